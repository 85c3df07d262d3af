"""Who may speak to the sandbox: pages of this very address, and programs of this machine."""

import re
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import SettingsError

BODY_LIMIT = 55 * 1024 * 1024
_LOOPBACK = re.compile(r"(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.IGNORECASE)
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def check_loopback(host: str) -> None:
    """Raises SettingsError for an address that others could reach."""
    if not _LOOPBACK.fullmatch(f"[{host}]" if host == "::1" else host):
        raise SettingsError(f"{host}: the sandbox answers on loopback only: use 127.0.0.1, localhost or ::1")


def find_objection(headers: Headers) -> str | None:
    """Why a request is refused: a foreign Host (DNS rebinding) or a foreign Origin (another site's page)."""
    host = headers.get("host", "")
    if not _LOOPBACK.fullmatch(host):
        return "Host: bàn thử chỉ trả lời ở địa chỉ nội bộ của máy này."
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return "Origin: trang khác không được điều khiển bàn thử."
    if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
        return "Sec-Fetch-Site: trang khác không được điều khiển bàn thử."
    return None


class Guard:
    """Refuses foreign requests (403) and bodies beyond 55 MB (413); adds the headers every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        objection = find_objection(headers)
        if objection is not None:
            await _refusal(403, f"Forbidden: {objection}")(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > BODY_LIMIT:
            await _refusal(413, "Request Entity Too Large")(scope, receive, send)
            return
        await self._pass_on(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0
        has_answered = False

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_LIMIT:
                raise _TooLarge
            return message

        async def with_headers(message: Message) -> None:
            nonlocal has_answered
            if message["type"] == "http.response.start":
                has_answered = True
                message["headers"] = [*message.get("headers", []), *_EVERY_ANSWER]
            await send(message)

        try:
            await self._app(scope, bounded, with_headers)
        except _TooLarge:
            if not has_answered:
                await _refusal(413, "Request Entity Too Large")(scope, receive, send)


class _TooLarge(Exception):
    pass


_EVERY_ANSWER = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def _refusal(status: int, description: str) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return JSONResponse(body, status_code=status, headers={"connection": "close"})
