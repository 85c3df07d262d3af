"""The sandbox delivers to a webhook as Telegram does: in order within a chat, again where it was not taken."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from bot.sandbox import Persona, RunningSandbox, Sandbox, serve

AN, BINH = Persona("an", 101, "An"), Persona("binh", 201, "Bình")


class Hook(ThreadingHTTPServer):
    """Takes what it is given, or refuses: `refusing` holds the chats whose updates are not taken."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[tuple[int, str]] = []
        self.refused: list[tuple[int, float]] = []
        self.secrets: set[str | None] = set()
        self.refusing: set[int] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    def texts(self, chat: int) -> list[str]:
        return [text for whose, text in self.taken if whose == chat]


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["content-length"])))
        message = update["message"]
        chat = message["chat"]["id"]
        self.server.secrets.add(self.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        is_refused = chat in self.server.refusing
        if is_refused:
            self.server.refused.append((chat, time.monotonic()))
        else:
            self.server.taken.append((chat, message["text"]))
        self.send_response(503 if is_refused else 200)
        self.send_header("retry-after", "1")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def hooked() -> Iterator[tuple[Hook, RunningSandbox]]:
    with serve(Sandbox(personas=[AN, BINH])) as running, Hook() as hook:
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        given = {"url": hook.url, "secret_token": "geheim"}
        httpx.post(f"{running.url}/bot{running.token}/setWebhook", json=given).raise_for_status()
        yield hook, running
        hook.shutdown()


def ask(running: RunningSandbox) -> dict[str, Any]:
    answer = httpx.get(f"{running.url}/bot{running.token}/getWebhookInfo").json()
    found: dict[str, Any] = answer["result"]
    return found


def test_what_one_chat_says_comes_in_order_and_with_the_secret() -> None:
    with hooked() as (hook, running):
        said = [f"lời {n}" for n in range(20)]
        for text in said:
            running.sandbox.send_text("an", text)
            running.sandbox.send_text("binh", text)
        running.sandbox.wait_until(lambda: not running.sandbox.updates)
        assert hook.texts(AN.user_id) == said
        assert hook.texts(BINH.user_id) == said
        assert hook.secrets == {"geheim"}
        assert ask(running)["pending_update_count"] == 0


def test_a_chat_whose_update_is_not_taken_waits_alone_and_it_comes_again() -> None:
    with hooked() as (hook, running):
        hook.refusing.add(AN.user_id)
        for who in ("an", "binh"):
            for text in ("một", "hai"):
                running.sandbox.send_text(who, text)
        running.sandbox.wait_until(lambda: len(hook.refused) == 2)
        assert hook.texts(BINH.user_id) == ["một", "hai"]
        assert hook.refused[1][1] - hook.refused[0][1] >= 1, "it waits as long as it is asked to"
        info = ask(running)
        assert info["pending_update_count"] == 2
        assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
        hook.refusing.clear()
        running.sandbox.wait_until(lambda: not running.sandbox.updates)
        assert hook.texts(AN.user_id) == ["một", "hai"]
