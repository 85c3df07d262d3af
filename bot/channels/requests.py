"""Requests to the Bot API over aiohttp: the library's own client takes five times the processor time."""

import json
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import httpx
from aiohttp import (
    BaseConnector,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from aiohttp_socks import ProxyConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_S = 5.0
ROOM_S = 30.0  # for one of the connections to be free
_SOCKS = ("socks5", "socks5h")
_JSON = {"Content-Type": "application/json"}


class ApiRequest(BaseRequest):
    """So many connections to one server, perhaps through a proxy. It sends nothing twice and follows no redirect.

    `read_s`: how long the server may be silent; `write_s`: how long it may take to send it something.
    """

    def __init__(
        self, connections: int, proxy: str | None = None, *, read_s: float, write_s: float = 5.0
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._read_s = read_s
        self._write_s = write_s
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_s

    async def initialize(self) -> None:
        """Nothing: it is made where it is needed, in the loop that needs it."""

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises NetworkError, TimedOut; neither tells the address, which holds the token."""
        read_s, write_s = _or(read_timeout, self._read_s), _or(write_timeout, self._write_s)
        connect_s, room_s = _or(connect_timeout, CONNECT_S), _or(pool_timeout, ROOM_S)
        timeout = ClientTimeout(
            total=room_s + write_s + read_s, sock_connect=connect_s, connect=room_s, sock_read=read_s
        )
        data, headers = _body_of(request_data) if request_data is not None else (None, None)
        session = self._session = self._session or self._make_session(url)
        try:
            async with session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            why = getattr(error, "strerror", None) or ""
            raise NetworkError(f"{type(error).__name__}: {why}") from error

    def _make_session(self, url: str) -> ClientSession:
        proxy = self._proxy
        # The authorities of the library's own client; reading them takes a while, so only where they are needed.
        trusted = httpx.create_ssl_context() if url.startswith("https:") else True
        connector: BaseConnector
        if proxy and urlsplit(proxy).scheme in _SOCKS:
            by_name = proxy.replace("socks5h:", "socks5:", 1)
            connector = ProxyConnector.from_url(by_name, rdns=True, limit=self._connections, ssl=trusted)
            proxy = None
        else:
            connector = TCPConnector(limit=self._connections, ssl=trusted)
        headers = {"User-Agent": self.USER_AGENT}
        return ClientSession(connector=connector, proxy=proxy, headers=headers, cookie_jar=DummyCookieJar())

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """A server that says “ok” and no more has done what it was asked."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            # The library would log all of it: half an answer may be what people wrote.
            raise TelegramError("Invalid server response") from error
        return {"result": None, **answer} if answer == {"ok": True} else answer


def _or(given: Any, own: float) -> float:
    return own if given is BaseRequest.DEFAULT_NONE or given is None else float(given)


def _body_of(request: RequestData) -> tuple[FormData | bytes, dict[str, str] | None]:
    """Words as JSON: a form would write each letter of Vietnamese as six to nine. With a file, its parts."""
    if not request.contains_files:
        return json.dumps(request.parameters, ensure_ascii=False).encode("utf-8", "replace"), _JSON
    form = FormData(request.json_parameters, quote_fields=False)
    for name, (file_name, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, None


def find_proxy(url: str) -> str | None:
    """The environment's (`HTTPS_PROXY`, `NO_PROXY` …) for a server."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    known = urllib.request.getproxies()
    return known.get(parts.scheme) or known.get("all")
