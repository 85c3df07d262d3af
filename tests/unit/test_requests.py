"""Requests as they go out, to servers and proxies of a few lines each."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.requests import ApiRequest, find_proxy

TOKEN = "7000000001:AAsecretsecretsecretsecretsecretsec"
OK = b'{"ok":true,"result":true}'
Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Answers each request with the same bytes, and keeps what it was asked."""

    answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(OK), OK)
    asked: list[bytes] = field(default_factory=list)
    lines: int = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                found = [each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length")]
                body = await reader.readexactly(int(found[0].split(b":")[1])) if found else b""
                self.asked.append(head + body)
                writer.write(self.answer)
                if b"200" not in self.answer[:20]:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()


@asynccontextmanager
async def listening(handle: Handle) -> AsyncIterator[int]:
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def asking(proxy: str | None = None, read_s: float = 5.0) -> AsyncIterator[ApiRequest]:
    request = ApiRequest(2, proxy, read_s=read_s)
    try:
        yield request
    finally:
        await request.shutdown()


def data_of(**values: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, each) for name, each in values.items()])


async def post(request: ApiRequest, port: int, **values: object) -> object:
    return await request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage", data_of(**values))


def test_words_go_as_json_and_the_line_is_used_again() -> None:
    async def main() -> None:
        server = Server()
        async with listening(server.handle) as port, asking() as request:
            for _ in range(3):
                assert (
                    await post(request, port, chat_id=5, text="Đôn đốc & nhắc\ud800", more={"a": [True]})
                    is True
                )
        assert server.lines == 1
        assert server.asked[0].startswith(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\n".encode())
        assert b"content-type: application/json\r\n" in server.asked[0].lower()
        body = json.loads(server.asked[0].partition(b"\r\n\r\n")[2])
        assert body == {"chat_id": 5, "text": "Đôn đốc & nhắc?", "more": {"a": [True]}}

    asyncio.run(main())


def test_a_file_goes_whole() -> None:
    content = bytes(range(256)) * 400

    async def main() -> None:
        server = Server()
        async with listening(server.handle) as port, asking() as request:
            file = InputFile(content, filename="báo cáo.pdf")
            assert await post(request, port, chat_id=5, document=file) is True
        assert content in server.asked[0]
        assert "báo cáo.pdf".encode() in server.asked[0]

    asyncio.run(main())


def test_an_answer_in_pieces_is_read_whole_and_a_redirect_is_not_followed() -> None:
    pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(OK), OK)
    away = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{}"

    async def main() -> None:
        async with listening(Server(pieces).handle) as port, asking() as request:
            assert await post(request, port) is True
        server = Server(away)
        async with listening(server.handle) as port, asking() as request:
            with pytest.raises(NetworkError):
                await post(request, port)
        assert len(server.asked) == 1

    asyncio.run(main())


def test_what_is_cut_off_is_not_sent_again_by_itself() -> None:
    async def main() -> None:
        server = Server()
        async with listening(server.handle) as port, asking() as request:
            await post(request, port)
            server.answer = b""  # from now on it hears, and says nothing before it closes
            with pytest.raises(NetworkError) as failed:
                await post(request, port)
        assert len(server.asked) == 2
        assert TOKEN not in str(failed.value)

    asyncio.run(main())


def test_silence_ends_by_the_clock_and_nobody_there_is_said_without_the_token() -> None:
    async def be_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async def main() -> None:
        async with listening(be_silent) as port, asking(read_s=0.2) as request:
            with pytest.raises(TimedOut):
                await post(request, port)
        async with asking() as request:
            with pytest.raises(NetworkError) as failed:
                await post(request, port)
        assert TOKEN not in str(failed.value)

    asyncio.run(main())


def test_requests_go_through_a_proxy() -> None:
    async def main() -> None:
        proxy = Server()
        async with listening(proxy.handle) as port, asking(f"http://u:p@127.0.0.1:{port}") as request:
            assert await post(request, 1) is True
        assert proxy.asked[0].startswith(f"POST http://127.0.0.1:1/bot{TOKEN}/sendMessage".encode())
        assert b"Proxy-Authorization: Basic" in proxy.asked[0]

    asyncio.run(main())


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_requests_go_through_a_socks_proxy_which_finds_the_server_by_its_name(scheme: str) -> None:
    server, wanted = Server(), list[bytes]()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928: no authentication, CONNECT to a name."""
        await reader.readexactly(2 + 1)
        writer.write(b"\x05\x00")
        size = (await reader.readexactly(5))[4]
        wanted.append(await reader.readexactly(size + 2))
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await server.handle(reader, writer)

    async def main() -> None:
        async with listening(carry) as port, asking(f"{scheme}://127.0.0.1:{port}") as request:
            url = f"http://api.telegram.invalid:8081/bot{TOKEN}/getMe"
            assert await request.post(url, data_of()) is True

    asyncio.run(main())
    assert wanted == [b"api.telegram.invalid\x1f\x91"]


def test_the_environments_proxy_is_used_where_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert find_proxy("https://api.telegram.org") is None
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert find_proxy("https://api.telegram.org") == "http://proxy.example:3128"
    assert find_proxy("http://127.0.0.1:8081") is None
    monkeypatch.setenv("no_proxy", "api.telegram.org")
    assert find_proxy("https://api.telegram.org") is None
