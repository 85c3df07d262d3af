"""A sandbox that answers over HTTP: in a thread of its own, or as a whole process."""

import contextlib
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.routing import BaseRoute

from bot.errors import SettingsError
from bot.sandbox.app import make_app
from bot.sandbox.guard import check_loopback
from bot.sandbox.sandbox import Sandbox

_START_S = 15.0


class RunningSandbox:
    """A handle: `.url` for TELEGRAM_API_URL, `.clock_url` for CLOCK_URL, `.page_url` for people, `.token`."""

    def __init__(self, sandbox: Sandbox, server: uvicorn.Server, listener: socket.socket, host: str) -> None:
        self.sandbox = sandbox
        self.port: int = listener.getsockname()[1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._server = server
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    @property
    def token(self) -> str:
        return self.sandbox.token

    @property
    def page_url(self) -> str:
        return f"{self.url}/"

    @property
    def clock_url(self) -> str:
        return f"{self.url}/sandbox/clock"

    def start(self) -> "RunningSandbox":
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(_START_S / 0.01)):
            if self._server.started or not self._thread.is_alive():
                break
            waited.wait(0.01)
        if not self._server.started:
            raise SettingsError(f"{self.url}: the sandbox did not start")
        return self

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    def join(self) -> None:
        """Returns when the server has ended."""
        self._thread.join()

    def stop(self) -> None:
        """Ends the server and closes the sandbox; calling it again does nothing."""
        self.sandbox.close()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    def __enter__(self) -> "RunningSandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0, beside: Sequence[BaseRoute] = ()
) -> RunningSandbox:
    """Starts answering (port 0: a free one). Raises SettingsError: not loopback, or the port is taken.

    `beside`: pages of others that are shown at the same address.
    """
    check_loopback(host)
    host = host.strip("[]")
    listener = _listen(host, port)
    return RunningSandbox(sandbox, _make_server(sandbox, beside), listener, host).start()


def run_standalone(host: str, port: int, folder: Path | None) -> int:
    """Runs until interrupted; prints the address and the token, a line each. Raises SettingsError."""
    check_loopback(host)
    host = host.strip("[]")
    listener = _listen(host, port)
    sandbox = Sandbox(folder)
    running = RunningSandbox(sandbox, _make_server(sandbox), listener, host)
    print(running.url, flush=True)
    print(running.token, flush=True)
    # In the main thread uvicorn ends itself on SIGINT and SIGTERM.
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        running._run()
    sandbox.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle off only where the protocol is named: else each answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise SettingsError(f"{host}:{port}: the sandbox cannot listen there ({error.strerror})") from error
    return listener


def _make_server(sandbox: Sandbox, beside: Sequence[BaseRoute] = ()) -> uvicorn.Server:
    config = uvicorn.Config(
        make_app(sandbox, beside),
        log_config=None,
        # A connection cut on purpose would otherwise be reported as an error.
        log_level="critical",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
        server_header=False,
    )
    return uvicorn.Server(config)
