"""The page's own API, and the clock's: JSON under `/sandbox/`."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import fields
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.errors import UserError
from bot.sandbox import people
from bot.sandbox.bot_api import BotApi
from bot.sandbox.bot_chats import list_commands_for
from bot.sandbox.clocking import (
    BOT_HEADER,
    DONE_HEADER,
    NEXT_HEADER,
    TICKING_HEADER,
    ClockDesk,
    parse_instant,
)
from bot.sandbox.core import BOT_USERNAME, Core
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.personas import Persona
from bot.sandbox.state import Json, Room, wait_for_ring

_SHOWN_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_HEARTBEAT_S = 15.0
Action = Callable[["PageApi", Json], Any]


class PageApi:
    """What a person, or a test in another process, can do and see."""

    def __init__(self, core: Core, clock: ClockDesk, faults: Faults, bot_api: BotApi) -> None:
        self.core = core
        self.clock = clock
        self.faults = faults
        self.bot_api = bot_api

    def routes(self) -> list[Route]:
        api = "/sandbox/api"
        actions = [
            Route(f"{api}/{path}", self._acting(action), methods=["POST"])
            for path, action in _ACTIONS.items()
        ]
        return [
            Route("/sandbox/clock", self.clock_look, methods=["GET"]),
            Route("/sandbox/clock", self.clock_move, methods=["POST"]),
            Route("/sandbox/next", self.next, methods=["GET"]),
            Route(f"{api}/state", self.state, methods=["GET"]),
            Route(f"{api}/messages", self.messages, methods=["GET"]),
            Route(f"{api}/calls", self.calls, methods=["GET"]),
            Route(f"{api}/events", self.events, methods=["GET"]),
            Route(f"{api}/file/{{file_id}}", self.file, methods=["GET"]),
            Route(f"{api}/file", self.upload, methods=["POST"]),
            *actions,
        ]

    # --- the clock

    async def clock_look(self, request: Request) -> Response:
        headers, query = request.headers, request.query_params
        since = query.get("since")
        try:
            wait_s = float(query.get("wait", "0"))
            # In an address an unescaped + arrives as a space.
            since = since.replace(" ", "+") if since and "T" in since else since
            done, upcoming = headers.get(DONE_HEADER), headers.get(NEXT_HEADER)
            body = await self.clock.look(done, upcoming, since, wait_s, ticks=TICKING_HEADER in headers)
        except ValueError as error:
            return _sentence(400, str(error))
        return JSONResponse(body, headers={BOT_HEADER: self.core.token.partition(":")[0]})

    async def clock_move(self, request: Request) -> Response:
        try:
            body = await _read_object(request)
            now = parse_instant(body.get("now"))
        except ValueError as error:
            return _sentence(400, str(error))
        return JSONResponse(await self.clock.move(now))

    async def next(self, request: Request) -> Response:
        return JSONResponse(self.clock.next_json())

    # --- seeing

    async def state(self, request: Request) -> Response:
        with self.core.lock:
            return JSONResponse(self.state_json())

    def state_json(self) -> Json:
        core = self.core
        return {
            **self.clock.as_json(),
            **self.clock.next_json(),
            "event": core.event_number,
            "bot": {
                "username": BOT_USERNAME,
                "first_name": core.bot_user["first_name"],
                "id": core.bot_user["id"],
                "description": core.values.get("description", {}).get("", ""),
            },
            "personas": [each.as_json() for each in core.people.values()],
            "chats": [self._chat_json(room) for room in core.rooms.values()],
            "waiting": [each.as_json() for each in core.queries.values() if each.answer is None][-50:],
        }

    def _chat_json(self, room: Room) -> Json:
        core = self.core
        commands = {core.people[each].key: list_commands_for(core, room, each) for each in room.members}
        return {
            **room.as_json(),
            "commands": commands,
            "messages": list(core.messages[room.id].values()),
        }

    async def messages(self, request: Request) -> Response:
        with self.core.lock:
            room = self.core.find_room(_which(request.query_params.get("chat", "")))
            if room is None:
                return _sentence(404, "Không có cuộc trò chuyện ấy.")
            return JSONResponse(list(self.core.messages[room.id].values()))

    async def calls(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        with self.core.lock:
            return JSONResponse([each.as_json() for each in self.bot_api.calls if each.number > after])

    async def file(self, request: Request) -> Response:
        core = self.core
        with core.lock:
            record = core.files.get(request.path_params["file_id"])
            content = core.store.get_file(record["file_id"]) if record else b""
        if record is None:
            return _sentence(404, "Không còn tệp ấy.")
        is_picture = record["mime"] in _SHOWN_PICTURES and "download" not in request.query_params
        way = "inline" if is_picture else "attachment"
        headers = {
            "content-disposition": f"{way}; filename*=UTF-8''{quote(record['name'])}",
            "cache-control": "private, max-age=86400, immutable",
        }
        mime = record["mime"] if is_picture else "application/octet-stream"
        return Response(content, media_type=mime, headers=headers)

    async def events(self, request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("after") or ""
        after = int(last) if last.isdigit() else self.core.event_number
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._stream(after), media_type="text/event-stream", headers=headers)

    async def _stream(self, after: int) -> AsyncIterator[str]:
        core = self.core
        yield "retry: 1000\n\n"
        with core.bell.listen() as ring:
            while not core.is_closed:
                with core.lock:
                    fresh = [(number, event) for number, event in core.events if number > after]
                    # A number beyond ours comes from before a restart.
                    is_gap = core.event_number < after or (fresh and fresh[0][0] > after + 1)
                    after = core.event_number
                if is_gap:
                    fresh = [(after, {"kind": "reload"})]
                for number, event in fresh:
                    yield f"id: {number}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
                if not fresh:
                    await wait_for_ring(ring, _HEARTBEAT_S)
                    yield ": …\n\n"

    # --- acting

    def _acting(self, action: Action) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                body = await _read_object(request)
                return JSONResponse(action(self, body))
            except UserError as error:
                return _sentence(400, *error.sentences)
            except (ValueError, KeyError, TypeError) as error:
                return _sentence(400, f"Yêu cầu không đúng dạng: {error}")

        return answer

    async def upload(self, request: Request) -> Response:
        async with request.form(max_files=1, max_fields=10) as form:
            file, said = (
                form.get("file"),
                {name: str(value) for name, value in form.items() if name != "file"},
            )
            if file is None or isinstance(file, str):
                return _sentence(400, "Chưa chọn tệp.")
            content, name = await file.read(), file.filename or "tệp"
        if len(content) > people.UPLOAD_LIMIT:
            return _sentence(413, "Tệp lớn quá 50 MB.")
        try:
            message = await asyncio.to_thread(self._send_file, said, name, content)
        except UserError as error:
            return _sentence(400, *error.sentences)
        return JSONResponse(message)

    def _send_file(self, said: dict[str, str], name: str, content: bytes) -> Json:
        chat, reply_to = said.get("chat"), said.get("reply_to", "")
        return people.send_file(
            self.core,
            _which(said.get("user", "")),
            name,
            content,
            caption=said.get("caption") or None,
            as_photo=said.get("as_photo") == "true",
            chat=_which(chat) if chat else None,
            reply_to=int(reply_to) if reply_to.isdigit() else None,
            album=said.get("album", ""),
        )


def _which(value: str | int) -> str | int:
    """A chat or person: a number is an id, anything else a key."""
    return int(value) if str(value).lstrip("-").isdigit() else str(value)


def _chat(body: Json) -> str | int | None:
    return _which(body["chat"]) if body.get("chat") is not None else None


def _send(api: PageApi, body: Json) -> Json:
    return people.send_text(api.core, _which(body["user"]), body["text"], _chat(body), body.get("reply_to"))[
        -1
    ]


def _press(api: PageApi, body: Json) -> Json:
    wanted = body["data"] if body.get("data") is not None else body["label"]
    return people.press(
        api.core, _which(body["user"]), _chat(body), int(body["message_id"]), wanted
    ).as_json()


def _press_raw(api: PageApi, body: Json) -> Json:
    message_id = int(body["message_id"])
    return people.press_raw(
        api.core, _which(body["user"]), _which(body["chat"]), message_id, body["data"]
    ).as_json()


def _open(api: PageApi, body: Json) -> Json:
    return people.open_link(api.core, _which(body["user"]), body["link"])


def _edit(api: PageApi, body: Json) -> Json:
    return people.edit_text(
        api.core, _which(body["user"]), _chat(body), int(body["message_id"]), body["text"]
    )


def _block(api: PageApi, body: Json) -> Json:
    people.block_bot(api.core, _which(body["user"]), bool(body.get("blocked", True)))
    return {}


def _deactivate(api: PageApi, body: Json) -> Json:
    people.deactivate(api.core, _which(body["user"]))
    return {}


def _add_persona(api: PageApi, body: Json) -> Json:
    known = {each.name for each in fields(Persona)}
    unknown = sorted(set(body) - known)
    if unknown:
        raise UserError(f"Không có mục {', '.join(unknown)}; có thể ghi: {', '.join(sorted(known))}.")
    persona = Persona(**body)
    api.core.add_persona(persona)
    return persona.as_json()


def _group(api: PageApi, body: Json) -> Json:
    return people.create_group(
        api.core, body["key"], body["title"], [_which(each) for each in body["members"]]
    ).as_json()


def _migrate(api: PageApi, body: Json) -> Json:
    return people.migrate_group(api.core, _which(body["chat"])).as_json()


def _kick(api: PageApi, body: Json) -> Json:
    people.kick_bot(api.core, _which(body["chat"]))
    return {}


def _return(api: PageApi, body: Json) -> Json:
    people.return_bot(api.core, _which(body["chat"]), as_admin=bool(body.get("as_admin")))
    return {}


def _set_faults(api: PageApi, body: Json) -> Json:
    """`{"latency_s", "clear", "scripts": [Fault fields]}`."""
    if body.get("clear"):
        api.faults.clear()
    if "latency_s" in body:
        api.faults.latency_s = float(body["latency_s"])
    for script in body.get("scripts", ()):
        api.faults.add(Fault(**script))
    return {"latency_s": api.faults.latency_s, "waiting": sum(each.times for each in api.faults.scripts)}


_ACTIONS: dict[str, Action] = {
    "send": _send,
    "press": _press,
    "press-raw": _press_raw,
    "open": _open,
    "edit": _edit,
    "block": _block,
    "deactivate": _deactivate,
    "personas": _add_persona,
    "groups": _group,
    "groups/migrate": _migrate,
    "groups/kick": _kick,
    "groups/return": _return,
    "faults": _set_faults,
}


async def _read_object(request: Request) -> Json:
    """The JSON object of a body. Raises ValueError with a sentence."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ValueError("Cần Content-Type: application/json.")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise ValueError("Nội dung không phải là JSON.") from error
    if not isinstance(body, dict):
        raise ValueError('Nội dung phải là một đối tượng JSON, ví dụ {"now": "2023-04-24T09:00:00+07:00"}.')
    return body


def _sentence(status: int, *sentences: str) -> JSONResponse:
    return JSONResponse({"error": " ".join(sentences)}, status_code=status)
