"""A line between two programs that can go silent or be shared out, as networks and load balancers do."""

import asyncio
import contextlib
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

Target = tuple[str, int] | str
CHUNK = 65_536


class Line:
    """Listens on `port` and hands each connection to one of the targets in turn, to the next where one refuses.

    A target is (host, port) or the path of a socket. `answer_s`: a connection on which a target does not say a first
    word for so long is closed, as a load balancer does with a backend that hangs. `answered`: how many connections of
    each target have had an answer.
    """

    def __init__(self, *targets: Target, answer_s: float | None = None) -> None:
        self._targets = targets
        self._turns = itertools.count()
        self._answer_s = answer_s
        self._flows = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.answered: Counter[Target] = Counter()

    def silence(self, is_silent: bool) -> None:
        """Nothing gets through in either direction, and nobody is told."""
        change = self._flows.clear if is_silent else self._flows.set
        self._loop.call_soon_threadsafe(change)

    async def _serve(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._flows.set()
        self._over = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._over.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.closing(writer), contextlib.suppress(OSError, TimeoutError, asyncio.CancelledError):
            await self._flows.wait()
            target, far_reader, far_writer = await self._connect()
            with contextlib.closing(far_writer):
                there = asyncio.create_task(self._pump(reader, far_writer))
                back = asyncio.create_task(self._answer(target, far_reader, writer))
                try:
                    await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    there.cancel()
                    back.cancel()
                    await asyncio.gather(there, back, return_exceptions=True)

    async def _connect(self) -> tuple[Target, asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in self._targets:
            target = self._targets[next(self._turns) % len(self._targets)]
            try:
                if isinstance(target, str):
                    return target, *await asyncio.open_unix_connection(target)
                return target, *await asyncio.open_connection(*target)
            except OSError:
                continue
        raise ConnectionRefusedError

    async def _answer(
        self, target: Target, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        async with asyncio.timeout(self._answer_s):
            first = await reader.read(CHUNK)
        if first:
            self.answered[target] += 1
        writer.write(first)
        await writer.drain()
        await self._pump(reader, writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(CHUNK):
            await self._flows.wait()
            writer.write(chunk)
            await writer.drain()


@contextmanager
def laid(line: Line) -> Iterator[Line]:
    """The line, in a thread of its own."""
    started = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(line._serve(started)), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield line
    finally:
        line._loop.call_soon_threadsafe(line._over.set)
        thread.join(10)


def find_server(url: str) -> Target:
    """Where a PostgreSQL address leads to."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query).get("host", [""])[0]
    if folder.startswith("/"):
        return f"{folder}/.s.PGSQL.{parts.port or 5432}"
    return parts.hostname or "127.0.0.1", parts.port or 5432


def by_line(url: str, line: Line) -> str:
    """The same PostgreSQL database, by way of the line."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0] or "postgres"
    return f"postgresql://{user}@127.0.0.1:{line.port}{parts.path}"
