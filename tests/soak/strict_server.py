"""A Telegram that takes its limits literally: 30 messages a second, one a second a chat, twenty a minute a group.

A process of its own (`python -m tests.soak.strict_server LATENCY_S`, prints its address), so that its times of arrival
are not those of a busy test. `POST /say {"chat", "user", "text"}` is a person's message; `GET /report` what arrived.
"""

import asyncio
import contextlib
import socket
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

OVERALL, OVERALL_S = 30, 1.0
CHAT_S = 1.0
GROUP_MOST, GROUP_S = 20, 60.0
MESSAGES = ("sendMessage", "sendDocument", "editMessageText")
BOT_ID = 7000000001


@dataclass
class Window:
    """So many in so many seconds; every one that arrives is judged by those that were taken before."""

    most: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def wait_s(self, now: float) -> float:
        """Zero where one more fits."""
        return 0.0 if len(self.taken) < self.most else self.taken[0] + self.seconds - now

    def take(self, now: float) -> None:
        self.taken.append(now)
        if len(self.taken) > self.most:
            self.taken.popleft()


@dataclass
class Limits:
    """All three, over every message that is sent; an edit counts overall and in a group."""

    overall: Window = field(default_factory=lambda: Window(OVERALL, OVERALL_S))
    chats: dict[str, Window] = field(default_factory=dict)
    groups: dict[str, Window] = field(default_factory=dict)

    def judge(self, method: str, chat: str, now: float) -> tuple[float, str]:
        """Seconds to wait (0: taken) and by which limit."""
        windows = {"overall": self.overall}
        if method != "editMessageText":
            windows["chat"] = self.chats.setdefault(chat, Window(1, CHAT_S))
        if chat.startswith("-"):
            windows["group"] = self.groups.setdefault(chat, Window(GROUP_MOST, GROUP_S))
        for name, window in windows.items():
            if (wait_s := window.wait_s(now)) > 0:
                return wait_s, name
        for window in windows.values():
            window.take(now)
        return 0.0, ""


@dataclass
class Arrival:
    """`at`: time.monotonic() of this machine; `refused`: the limit that was broken."""

    at: float
    method: str
    chat: str
    text: str
    refused: str


class Server:
    """The few methods the bot needs."""

    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._limits = Limits()
        self._arrivals: list[Arrival] = []
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._count = 0

    def make_app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"]),
                Route("/say", self.say, methods=["POST"]),
                Route("/report", self.report),
            ]
        )

    async def answer(self, request: Request) -> JSONResponse:
        now = time.monotonic()
        method = request.path_params["method"]
        if request.headers.get("content-type", "").startswith("application/json"):
            sent = await request.json()
        else:
            async with request.form() as form:
                sent = dict(form.items())
        given = {**request.query_params, **{key: str(value) for key, value in sent.items()}}
        if method == "getUpdates":
            return JSONResponse({"ok": True, "result": await self._poll(given)})
        if method in MESSAGES and (refusal := self._judge(method, given, now)) is not None:
            return refusal
        await asyncio.sleep(self._latency_s)
        return JSONResponse({"ok": True, "result": self._result(method, given)})

    def _judge(self, method: str, given: dict[str, str], now: float) -> JSONResponse | None:
        chat = given["chat_id"]
        wait_s, limit = self._limits.judge(method, chat, now)
        self._arrivals.append(Arrival(now, method, chat, given.get("text", ""), limit))
        if not limit:
            return None
        seconds = int(wait_s) + 1
        body = {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {seconds}",
            "parameters": {"retry_after": seconds},
        }
        return JSONResponse(body, status_code=429)

    def _result(self, method: str, given: dict[str, str]) -> Any:
        if method == "getMe":
            return {"id": BOT_ID, "is_bot": True, "first_name": "Đôn Đốc", "username": "strict_bot"}
        if method == "getWebhookInfo":
            return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        if method not in MESSAGES:
            return True
        self._count += 1
        chat = int(given["chat_id"])
        return {
            "message_id": self._count,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "group" if chat < 0 else "private"},
            "text": given.get("text", ""),
        }

    async def _poll(self, given: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(given.get("offset", 0))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(given.get("timeout", 0))):
                    await self._news.wait()
        return list(self._updates)[:100]

    async def say(self, request: Request) -> JSONResponse:
        said = await request.json()
        self._count += 1
        user = {"id": said["user"], "is_bot": False, "first_name": f"Người {said['user']}"}
        kind = "private" if said["chat"] > 0 else "group"
        message = {
            "message_id": self._count,
            "date": int(time.time()),
            "from": user,
            "chat": {"id": said["chat"], "type": kind, "title": "Nhóm", "first_name": "Người"},
            "text": said["text"],
        }
        self._updates.append({"update_id": self._count, "message": message})
        self._news.set()
        return JSONResponse({"at": time.monotonic()})

    async def report(self, request: Request) -> JSONResponse:
        since = int(request.query_params.get("since", 0))
        return JSONResponse([asdict(each) for each in self._arrivals[since:]])


def main() -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    app = Server(float(sys.argv[1])).make_app()
    config = uvicorn.Config(app, log_config=None, log_level="critical", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
