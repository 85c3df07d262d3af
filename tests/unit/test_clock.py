"""The clock: the only place that tells the time, always as an instant."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

import pytest

from bot.clock import (
    ClockUnreachableError,
    FixedClock,
    RemoteClock,
    SystemClock,
    clock_address,
    local_date,
    make_clock,
    monotonic,
    to_utc,
    wall,
)
from tests.conftest import ZONE

NAIVE = datetime(2023, 4, 24, 9)  # noqa: DTZ001


class Desk(ThreadingHTTPServer):
    """Answers every GET with `answer`, and remembers paths and headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = b'{"now": "2023-04-24T09:00:00+07:00"}'
        self.status = 200
        self.length: int | None = None
        self.seen: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Desk

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers.get("X-Done")))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(self.server.length or len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_remote_clock_tells_the_sandboxs_time_in_utc(desk: Desk) -> None:
    clock = RemoteClock(desk.url)
    assert clock.now() == datetime(2023, 4, 24, 2, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert desk.seen[0][0] == "/sandbox/clock"


def test_a_moved_clock_is_seen_at_the_next_look_forth_or_back(desk: Desk) -> None:
    clock = RemoteClock(desk.url)
    for told in ("2023-06-01T08:00:00+07:00", "2023-05-01T01:00:00Z"):
        desk.answer = f'{{"now": "{told}"}}'.encode()
        assert clock.now() == datetime.fromisoformat(told)


def test_a_look_can_say_what_has_been_done(desk: Desk) -> None:
    RemoteClock(desk.url).look({"X-Done": "2023-04-24"})
    assert desk.seen == [("/sandbox/clock", "2023-04-24")]


def test_a_proxy_of_the_environment_is_not_asked_for_the_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert RemoteClock(desk.url).now().year == 2023


@pytest.mark.parametrize(
    "answer",
    [
        b'{"now": "2023-04-24T09:00:00"}',
        b'{"now": "soon"}',
        b'{"now": 5}',
        b'{"now": null}',
        b'{"time": "2023-04-24T09:00:00+07:00"}',
        b"[]",
        b'"x"',
        b"<html>",
        b"\xff\xfe",
    ],
)
def test_an_answer_that_is_no_instant_is_refused(desk: Desk, answer: bytes) -> None:
    desk.answer = answer
    with pytest.raises(ClockUnreachableError, match=r"CLOCK_URL=.*no clock answers"):
        RemoteClock(desk.url).now()


def test_an_answer_that_is_cut_off_or_an_error_is_a_fault_of_the_line(desk: Desk) -> None:
    desk.length = 5000
    with pytest.raises(OSError, match="cut off"):
        RemoteClock(desk.url).now()
    desk.length, desk.status = None, 503
    with pytest.raises(ClockUnreachableError, match="503") as refused:
        RemoteClock(desk.url).now()
    cause = refused.value.__cause__
    assert isinstance(cause, HTTPError)
    cause.close()


def test_nobody_answering_is_a_fault_of_the_line() -> None:
    with pytest.raises(OSError, match=r"."):
        RemoteClock("http://127.0.0.1:1", timeout_s=1).now()


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/sandbox/clock"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/sandbox/clock"),
        ("http://127.0.0.1:8080/sandbox/clock", "http://127.0.0.1:8080/sandbox/clock"),
        ("http://[::1]:80/time?x=1#part", "http://[::1]:80/time?x=1"),
    ],
)
def test_an_address_without_a_path_gets_the_contracts(given: str, address: str) -> None:
    assert clock_address(given) == address


def test_a_naive_time_is_refused_everywhere() -> None:
    clock = FixedClock(datetime(2023, 4, 24, 2, tzinfo=UTC))
    refused = pytest.raises(ValueError, match="naive")
    with refused:
        FixedClock(NAIVE)
    with refused:
        clock.move(NAIVE)
    with refused:
        to_utc(NAIVE)
    with refused:
        local_date(NAIVE, ZONE)
    assert clock.now() == datetime(2023, 4, 24, 2, tzinfo=UTC)


def test_a_fixed_clock_stands_until_it_is_moved_forth_or_back() -> None:
    clock = FixedClock(datetime(2023, 4, 24, 9, tzinfo=ZONE))
    assert clock.now() is clock.now()
    assert clock.now().tzinfo is UTC
    for days in (40, -40):
        to = datetime(2023, 4, 24, 9, tzinfo=ZONE) + timedelta(days=days)
        clock.move(to)
        assert clock.now() == to


def test_the_local_date_is_the_offices_and_not_the_machines() -> None:
    assert local_date(datetime(2023, 5, 31, 16, 59, 59, tzinfo=UTC), ZONE) == date(2023, 5, 31)
    assert local_date(datetime(2023, 5, 31, 17, 0, tzinfo=UTC), ZONE) == date(2023, 6, 1)


def test_without_an_address_the_machines_clock_is_used() -> None:
    assert isinstance(make_clock(""), SystemClock)
    assert isinstance(make_clock("http://127.0.0.1:1"), RemoteClock)
    before = wall()
    assert before <= make_clock("").now() <= wall()
    assert wall().tzinfo is UTC
    assert monotonic() <= monotonic()
