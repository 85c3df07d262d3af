"""The Bot API over HTTP: `/bot{TOKEN}/{method}` and `/file/bot{TOKEN}/{path}`."""

import hmac
import json
import re
import time
from collections import deque
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.answers import Refused, failure, success
from bot.sandbox.bot_updates import Poller, pause
from bot.sandbox.core import Core
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.schema import Upload, load_schema
from bot.sandbox.state import Call, Json

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
_CALLS_KEPT = 50_000
_UPLOAD_LIMIT = 50 * 1024 * 1024


class CutConnection(Response):
    """Promises a body and ends without it, so that the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


class BotApi:
    """Answers the bot's calls and keeps the journal of them."""

    def __init__(self, core: Core, faults: Faults) -> None:
        self._core = core
        self._faults = faults
        self._schema = load_schema()
        self._poller = Poller(core)
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self._count = 0

    async def handle(self, request: Request) -> Response:
        arrived = time.monotonic()
        try:
            self._check_token(request.path_params["token"])
            method = self._schema.find_method(request.path_params["method"])
            raw = await _read_raw(request)
            if method is None:
                raise Refused(404, "method not found")
        except Refused as refused:
            return _respond(refused)
        return await self._answer(method, raw, arrived)

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refused(401, "invalid token specified")
        if not hmac.compare_digest(token, self._core.token):
            raise Refused(401)

    async def _answer(self, method: str, raw: Json, arrived: float) -> Response:
        call = self._note(method, raw, arrived)
        await pause(self._faults.latency_s / 2)
        fault = self._faults.take(method, call.params)
        if fault is not None and fault.moment == "before":
            return await self._fail(call, fault)
        outcome = await self._run(call, raw)
        await pause(self._faults.latency_s / 2)
        if fault is not None:
            return await self._fail(call, fault)
        return self._close(call, outcome)

    def _note(self, method: str, raw: Json, arrived: float) -> Call:
        self._count += 1
        try:
            params, ignored = self._schema.read(method, raw)
        except Refused:
            params, ignored = dict(raw), ()
        call = Call(self._count, method, params, arrived, ignored=ignored)
        with self._core.lock:
            self.calls.append(call)
        return call

    async def _run(self, call: Call, raw: Json) -> Any:
        core = self._core
        try:
            params, _ = self._schema.read(call.method, raw)
            if call.method == "getUpdates":
                return success(await self._poller.poll(params))
            with core.change():
                return success(METHODS[call.method](core, params))
        except Refused as refused:
            return refused

    async def _fail(self, call: Call, fault: Fault) -> Response:
        if fault.kind == "answer":
            return self._close(call, fault.refusal())
        if fault.kind == "garble":
            return Response(fault.description, status_code=fault.status)
        if fault.kind == "hang":
            await pause(fault.seconds)
        with self._core.lock:
            self._core.lock.notify_all()
        return CutConnection()

    def _close(self, call: Call, outcome: Any) -> Response:
        response = _respond(outcome)
        with self._core.lock:
            call.answer = failure(outcome) if isinstance(outcome, Refused) else outcome
            call.status = response.status_code
            self._core.lock.notify_all()
        return response

    async def handle_file(self, request: Request) -> Response:
        core = self._core
        try:
            self._check_token(request.path_params["token"])
        except Refused as refused:
            return _respond(refused)
        path = request.path_params["path"]
        await pause(self._faults.latency_s)
        fault = self._faults.take("download", {})
        if fault is not None:
            return await self._fail(self._note_download(path), fault)
        with core.lock:
            record = next((each for each in core.files.values() if each["file_path"] == path), None)
            content = core.store.get_file(record["file_id"]) if record else b""
        if record is None:
            return _respond(Refused(404, "file not found"))
        return Response(content, media_type="application/octet-stream")

    def _note_download(self, path: str) -> Call:
        self._count += 1
        return Call(self._count, "download", {"path": path}, time.monotonic())


def _respond(outcome: Any) -> JSONResponse:
    if isinstance(outcome, Refused):
        return JSONResponse(failure(outcome), status_code=outcome.status)
    return JSONResponse(outcome)


async def _read_raw(request: Request) -> Json:
    """Parameters of the address and of the body, whatever form it has; files as Upload."""
    raw: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method != "POST":
        return raw
    if kind == "application/json":
        raw |= await _read_json(request)
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            async with request.form(max_part_size=2**20, max_files=20, max_fields=200) as form:
                raw |= await _read_form(form)
        except Refused:
            raise
        except Exception as error:
            if type(error).__name__ == "_TooLarge":
                raise
            raise Refused(400, f"can't parse the body ({type(error).__name__})") from error
    return raw


async def _read_json(request: Request) -> Json:
    body = await request.body()
    try:
        parsed = json.loads(body) if body else {}
    except ValueError as error:
        raise Refused(400, "can't parse the body as JSON") from error
    if not isinstance(parsed, dict):
        raise Refused(400, "the body must be a JSON object")
    return parsed


async def _read_form(form: FormData) -> Json:
    raw: Json = {}
    uploads: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if len(content) > _UPLOAD_LIMIT:
                raise Refused(413, "Request Entity Too Large")
            mime = value.content_type or "application/octet-stream"
            uploads[name] = Upload(value.filename or "file", content, mime)
        else:
            raw[name] = value
    attached = {name for name, value in raw.items() if str(value).removeprefix("attach://") in uploads}
    raw |= {name: uploads[str(raw[name]).removeprefix("attach://")] for name in attached}
    raw |= {
        name: upload for name, upload in uploads.items() if name not in raw and upload not in raw.values()
    }
    return raw
