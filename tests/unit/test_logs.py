"""Logs: a token never appears, whatever writes it and wherever it hides."""

import asyncio
import errno
import io
import json
import logging
import sys
import threading
from dataclasses import dataclass

import httpx
import pytest
import structlog
from telegram.error import InvalidToken

from bot.channels.base import Later, Outgoing
from bot.channels.telegram import TelegramChannel, make_bot
from bot.logs import hide, set_up_logs
from bot.settings import Settings, parse_settings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
FORMATS = ("text", "json")


pytestmark = pytest.mark.usefixtures("logs_as_before")


@dataclass
class Holder:
    """Something whose repr shows a token."""

    token: str


def write_every_way() -> None:
    """The token as text, inside values, in errors and their causes, from us and from libraries."""
    log = structlog.get_logger()
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    log.info(f"started {TOKEN}", url=url, quoted=url.replace(":", "%3A"))
    log.warning("nested", values=[{"url": url}], holder=Holder(TOKEN), error=ValueError(TOKEN), **{TOKEN: 1})
    library = logging.getLogger("some.library")
    try:
        try:
            raise httpx.ConnectError(f"cannot reach {url}")
        except httpx.ConnectError as error:
            raise InvalidToken(f"The token `{TOKEN}` was rejected") from error
    except InvalidToken:
        log.error("failed", exc_info=True)
        library.exception("failed for %s", TOKEN)
        assert sys.exc_info()[0] is InvalidToken
        sys.excepthook(*sys.exc_info())
    library.error("request to %s with %r", url, {"token": TOKEN}, stack_info=True)
    httpx_log = logging.getLogger("httpx")
    httpx_log.error("HTTP Request: GET %s", url)
    logging.getLogger("asyncio").error("never retrieved", exc_info=ValueError(TOKEN))


@pytest.mark.parametrize("log_format", FORMATS)
def test_the_token_never_appears_whatever_writes_it(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(log_format, "debug")
    write_every_way()
    seen = capsys.readouterr()
    assert seen.out == ""
    assert TOKEN.partition(":")[2] not in seen.err
    assert seen.err.count("(token)") >= 14
    assert "InvalidToken" in seen.err
    assert "ConnectError" in seen.err


class Unraisable:
    """Fails while it is being collected."""

    def __del__(self) -> None:
        raise ValueError(TOKEN)


def test_a_thread_that_dies_and_an_error_nobody_can_catch_tell_no_token(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs("text", "info")

    def die() -> None:
        raise ValueError(TOKEN)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    Unraisable()
    seen = capsys.readouterr().err
    assert seen.count("ValueError: (token)") == 2
    assert TOKEN.partition(":")[2] not in seen


@pytest.mark.parametrize("log_format", FORMATS)
def test_the_library_against_an_unreachable_server_tells_no_token(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(log_format, "debug")
    for noisy in ("httpx", "httpcore", "telegram"):
        logging.getLogger(noisy).setLevel(logging.DEBUG)
    logging.getLogger().setLevel(logging.DEBUG)
    asyncio.run(
        _send_to_nobody(parse_settings({"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:1"}))
    )
    seen = capsys.readouterr().err
    assert TOKEN.partition(":")[2] not in seen
    assert "failed" in seen


async def _send_to_nobody(settings: Settings) -> None:
    bot = make_bot(settings)
    for request in bot._request:
        await request.initialize()
    try:
        await TelegramChannel(bot).send(Outgoing("1", "x", None))
    except Later as error:
        structlog.get_logger().error("send_failed", error=error, exc_info=True)
    finally:
        for request in bot._request:
            await request.shutdown()


@pytest.mark.parametrize("log_format", FORMATS)
def test_the_settings_secrets_never_appear_whatever_writes_them(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://alarm.example/ping/5f2c-1190?key=khoa-bi-mat"
    settings = parse_settings({"HEARTBEAT_URL": address, "WEBHOOK_SECRET": "chia-khoa-9"})
    set_up_logs(log_format, "debug", settings.secrets)
    structlog.get_logger().warning("failed", error=httpx.ConnectError(address), got=["chia-khoa-9"])
    logging.getLogger("some.library").error("GET %s with %s", address, "chia-khoa-9")
    try:
        raise ValueError(address)
    except ValueError:
        sys.excepthook(*sys.exc_info())
    seen = capsys.readouterr().err
    assert seen.count("(hidden)") >= 7
    assert "alarm.example" in seen
    for secret in ("5f2c-1190", "khoa-bi-mat", "chia-khoa-9"):
        assert secret not in seen


def test_json_lines_are_json_also_those_of_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json", "info")
    structlog.get_logger().info("sent", message=5, kind="nhắc việc")
    logging.getLogger("some.library").warning("odd “%s”", "việc")
    try:
        raise ValueError("so")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["sent", "odd “việc”", "failed"]
    assert (lines[0]["kind"], lines[0]["level"]) == ("nhắc việc", "info")
    assert (lines[1]["level"], lines[1]["logger"]) == ("warning", "some.library")
    assert lines[2]["exception"].endswith("ValueError: so")
    assert all(line["timestamp"] for line in lines)


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("debug", ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"]),
        ("warning", ["warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_a_level_shows_itself_and_what_is_worse(
    level: str, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("json", level)
    log = structlog.get_logger()
    for each in ("debug", "info", "warning", "error"):
        getattr(log, each)("x")
    assert [json.loads(line)["level"] for line in capsys.readouterr().err.splitlines()] == shown


@pytest.mark.parametrize(
    "text", ["12:30 ngày 17/5/2023", "http://127.0.0.1:8080/sandbox/clock", "sqlite:///x", "1:2"]
)
def test_what_is_no_token_stays_as_it_is(text: str) -> None:
    assert hide(text) == text


@pytest.mark.parametrize("token", [TOKEN, f"1:{'a' * 20}", f"{'9' * 20}:{'_-' * 50}"])
def test_every_token_the_settings_take_is_hidden(token: str) -> None:
    assert parse_settings({"BOT_TOKEN": token}).token == token
    assert hide(f"<{token}>") == "<(token)>"


class FullDisk(io.RawIOBase):
    """Takes nothing."""

    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_on_a_full_disk_halts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    full = io.TextIOWrapper(FullDisk(), encoding="utf-8", write_through=True)  # type: ignore[type-var]
    monkeypatch.setattr("sys.stderr", full)
    set_up_logs("text", "info")
    structlog.get_logger().error("outbox_store_failed")
    logging.getLogger("library").error("a library's own words")
    with pytest.raises(OSError, match="No space"):
        full.write("x")


def test_a_stream_that_is_closed_keeps_nobody_from_working(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    monkeypatch.setattr(sys, "stderr", closed)
    set_up_logs("text", "info")
    closed.close()
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    structlog.get_logger().info("started")
    logging.getLogger("psycopg").warning("cut off")
    assert said.getvalue() == ""
