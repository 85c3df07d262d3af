"""Answers HTTP inside the bot's own loop; a port that is taken keeps nobody from working."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import structlog
import uvicorn
from starlette.types import ASGIApp

from bot.web.patience import make_protocol

log = structlog.get_logger()
AGAIN_S = 15.0
CLOSE_S = 2


class _Server(uvicorn.Server):
    """Leaves the signals to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Listens on one address. `port`: where it listens once it does, 0 before."""

    def __init__(
        self, app: ASGIApp, host: str, port: int, protocol: type[asyncio.Protocol] | None = None
    ) -> None:
        self._app = app
        self._protocol = protocol or make_protocol()
        self._host = host.strip("[]")
        self._wanted = port
        self.port = 0

    async def run(self) -> None:
        """Until cancelled; then what is being answered is finished, in two seconds at most."""
        with contextlib.closing(await self._listen()) as listener:
            self.port = listener.getsockname()[1]
            log.info("web_listens", port=self.port)
            server = _Server(
                uvicorn.Config(
                    self._app,
                    http=self._protocol,
                    ws="none",
                    log_config=None,
                    access_log=False,
                    lifespan="off",
                    server_header=False,
                    timeout_graceful_shutdown=CLOSE_S,
                )
            )
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                await asyncio.shield(serving)
            except asyncio.CancelledError:
                server.should_exit = True
                await asyncio.wait([serving], timeout=CLOSE_S + 1)
                raise

    async def _listen(self) -> socket.socket:
        """Asked again and again: the process before may still be on its way out."""
        said = False
        while True:
            try:
                return _open(self._host, self._wanted)
            except OSError as error:
                if not said:
                    log.warning("web_address_taken", port=self._wanted, error=error.strerror)
                said = True
                await asyncio.sleep(AGAIN_S)


def _open(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # asyncio turns Nagle off only where the protocol is named.
    listener = socket.socket(found[0], socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(found[4])
        listener.listen(128)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener
