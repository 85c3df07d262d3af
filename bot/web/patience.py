"""How long the web server waits for who says nothing, or says it byte by byte, and for how many at once.

Every connection costs an open file: a thousand that are held open would leave the bot none for its own work.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_S = 10.0
MOST_CONNECTIONS = 300


def make_protocol(headers_s: float = HEADERS_S, most: int = MOST_CONNECTIONS) -> type[H11Protocol]:
    """A protocol for uvicorn: the head of each request within `headers_s`, so many connections at once."""

    class Impatient(H11Protocol):
        _over: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > most:
                transport.close()
                return
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is h11.IDLE:
                self._wait()
            else:
                self._stop_waiting()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def _wait(self) -> None:
            """From the first byte on, or from the beginning: more bytes win no time."""
            if self._over is None:
                self._over = self.loop.call_later(headers_s, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._over is not None:
                self._over.cancel()
                self._over = None

    return Impatient
