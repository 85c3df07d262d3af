"""Who holds connections open and says nothing is cut off, and everybody else is served meanwhile."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.inbox.webhook import SECRET_HEADER, Webhook
from bot.vitals import Vitals
from bot.web.patience import make_protocol
from bot.web.server import WebServer
from db.engine import Database

HEADERS_S, MOST = 0.3, 8
ASK = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
CLOSING = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


def serving(app: Starlette, do: Callable[[int], Awaitable[None]]) -> None:
    async def main() -> None:
        server = WebServer(app, "127.0.0.1", 0, make_protocol(HEADERS_S, MOST))
        running = asyncio.create_task(server.run())
        while not server.port:
            await asyncio.sleep(0.005)
        try:
            await asyncio.wait_for(do(server.port), 20)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(main())


APP = Starlette(routes=[Route("/", hello)])


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield reader, writer
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def ask(port: int, request: bytes = ASK) -> bytes:
    async with connected(port) as (reader, writer):
        writer.write(request)
        return await reader.read(10_000)


@pytest.mark.parametrize("begun", [b"", b"GET", ASK[:-2], b"x" * 30])
def test_who_does_not_finish_a_head_is_cut_off_however_many_bytes_come(begun: bytes) -> None:
    async def do(port: int) -> None:
        began = asyncio.get_running_loop().time()
        async with connected(port) as (reader, writer):
            cut = asyncio.create_task(reader.read())
            writer.write(begun)
            while not cut.done():
                with suppress(ConnectionError):
                    writer.write(b"y" if begun == b"GET" else b"")
                    await writer.drain()
                await asyncio.sleep(0.05)
            await asyncio.gather(cut, return_exceptions=True)
        assert asyncio.get_running_loop().time() - began < HEADERS_S + 5

    serving(APP, do)


def test_a_second_request_of_a_connection_must_come_whole_too() -> None:
    async def do(port: int) -> None:
        async with connected(port) as (reader, writer):
            writer.write(ASK)
            assert b"200 OK" in await reader.readuntil(b"hello")
            writer.write(b"GET /slo")
            assert await reader.read() == b""

    serving(APP, do)


def test_an_answer_that_takes_long_is_waited_for() -> None:
    async def slow(_request: Request) -> Response:
        await asyncio.sleep(3 * HEADERS_S)
        return PlainTextResponse("late")

    async def do(port: int) -> None:
        assert b"late" in await ask(port, CLOSING)

    serving(Starlette(routes=[Route("/", slow)]), do)


def test_connections_held_open_are_counted_and_others_are_served_when_they_end() -> None:
    async def do(port: int) -> None:
        async with AsyncExitStack() as stack:
            held = [await stack.enter_async_context(connected(port)) for _ in range(3 * MOST)]
            assert {await reader.read() for reader, _ in held} == {b""}
            assert b"hello" in await ask(port, CLOSING)

    serving(APP, do)


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("GET /hook", f"{SECRET_HEADER}: s", 405),
        ("PUT /hook", f"{SECRET_HEADER}: s", 405),
        ("POST /hook", "x: y", 403),
        ("POST /hook", f"{SECRET_HEADER}: S", 403),
        ("POST /hook", f"{SECRET_HEADER}: wrong\r\n{SECRET_HEADER}: s", 403),
        ("POST /hook/", f"{SECRET_HEADER}: s", 404),
        ("POST /hook", f"{SECRET_HEADER}: s\r\ncontent-length: 99999999999999", 413),
        ("POST /hook", f"{SECRET_HEADER}: s\r\ncontent-length: -5", 400),
        ("POST /hook", f"{SECRET_HEADER}: s\r\ncontent-length: 5\r\ncontent-length: 6", 400),
        ("POST /hook HTTP/9\r\nx", "x: y", 400),
        ("POST /hook", "x: " + "y" * 100_000, 403),
    ],
)
def test_what_is_not_telegrams_is_turned_away_before_its_body(
    tmp_path: Path, request_line: str, headers: str, status: int
) -> None:
    unused = Database(f"sqlite:///{tmp_path}/unused.db")
    webhook = Webhook(unused, 1, "/hook", "s", lambda: None, Vitals())

    async def do(port: int) -> None:
        answer = await ask(port, f"{request_line} HTTP/1.1\r\nhost: x\r\n{headers}\r\n\r\n".encode())
        assert answer.startswith(f"HTTP/1.1 {status}".encode()), answer[:100]

    serving(webhook.make_app(), do)


def test_the_port_is_free_again_afterwards() -> None:
    ports: list[int] = []

    async def do(port: int) -> None:
        ports.append(port)

    serving(APP, do)
    with socket.create_server(("127.0.0.1", ports[0])):
        pass
