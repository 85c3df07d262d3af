"""A Bot API that answers as fast as it can, in a process of its own: what is measured is the bot.

`python -m tests.bench.quick_server UPDATES CHATS TEXT` prints its address; `GET /report` tells how many messages came
and when the first update was asked for and the last message came (seconds of this process's clock).
"""

import asyncio
import json
import sys
import time
from typing import Any

BOT = {"id": 7000000001, "is_bot": True, "first_name": "Đôn Đốc", "username": "dondoc_bench_bot"}
MOST = 100
IDLE_S = 0.2
FIRST_USER = 1000


class Server:
    """Updates that wait, and what has been sent."""

    def __init__(self, updates: int, chats: int, text: str) -> None:
        self._updates = [_update(n, FIRST_USER + n % chats, text) for n in range(updates)]
        self._message_id = 0
        self._report: dict[str, float] = {"sent": 0, "first": 0.0, "last": 0.0}

    async def answer(self, method: str, body: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._list_updates(int(body.get("offset") or 0))
        if method == "getMe":
            return BOT
        if method != "sendMessage":
            return True
        self._message_id += 1
        self._report["sent"] += 1
        self._report["last"] = time.monotonic()
        chat = {"id": int(body["chat_id"]), "type": "private", "first_name": "A"}
        return {"message_id": self._message_id, "date": 1, "chat": chat, "text": body["text"], "from": BOT}

    async def _list_updates(self, offset: int) -> list[dict[str, Any]]:
        # Numbered from 1 on: those before `offset` are confirmed.
        found = self._updates[max(0, offset - 1) :][:MOST]
        if not found:
            await asyncio.sleep(IDLE_S)
        elif not self._report["first"]:
            self._report["first"] = time.monotonic()
        return found

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                body = await reader.readexactly(_length(head))
                if path == "/report":
                    result: Any = self._report
                else:
                    result = await self.answer(path.rsplit("/", 1)[1], _read(head, body))
                writer.write(_response({"ok": True, "result": result}))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _update(n: int, user: int, text: str) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": f"Cán bộ {user}"}
    chat = {"id": user, "type": "private", "first_name": person["first_name"]}
    message: dict[str, Any] = {"message_id": n + 1, "date": 1, "chat": chat, "from": person, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": n + 1, "message": message}


def _length(head: str) -> int:
    lines = (line.partition(":") for line in head.splitlines())
    return next((int(value) for name, _, value in lines if name.lower() == "content-length"), 0)


def _read(head: str, body: bytes) -> dict[str, Any]:
    """The parameters, as JSON or as a form."""
    if "application/json" in head.lower():
        return dict(json.loads(body or b"{}"))
    from urllib.parse import parse_qsl

    return dict(parse_qsl(body.decode()))


def _response(answer: dict[str, Any]) -> bytes:
    content = json.dumps(answer).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


async def main(updates: int, chats: int, text: str) -> None:
    server = await asyncio.start_server(Server(updates, chats, text).serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
