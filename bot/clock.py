"""The only place that reads the time. `now` is the office's time; `monotonic` and `wall` are the machine's."""

import json
import re
import time
import urllib.request
from datetime import UTC, date, datetime
from http.client import HTTPException, HTTPResponse
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

_CLOCK_PATH = "/sandbox/clock"
# In what a sandbox answers: the id of its bot, by which a database knows its own sandbox.
BOT_HEADER = "Dondoc-Bot"


class Clock(Protocol):
    """Where the office's time comes from."""

    def now(self) -> datetime:
        """The office's present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and for trying things. Refuses naive times."""

    def __init__(self, at: datetime) -> None:
        self._at = to_utc(at)

    def now(self) -> datetime:
        return self._at

    def move(self, to: datetime) -> None:
        self._at = to_utc(to)


class ClockUnreachableError(OSError):
    """No clock answers at CLOCK_URL, or it tells no time."""


class RemoteClock:
    """The clock of a sandbox (contract §6). Each look is a request, so a moved clock is never seen late.

    `bot_id`: the sandbox has to be that bot's.
    """

    def __init__(self, url: str, *, timeout_s: float = 5.0, bot_id: int | None = None) -> None:
        self.url = clock_address(url)
        self._timeout_s = timeout_s
        self._bot_id = bot_id

    def now(self) -> datetime:
        """Raises ClockUnreachableError."""
        try:
            return self.look({})
        except (OSError, ValueError, LookupError, TypeError) as error:
            # Without a password that may stand in it.
            shown = re.sub(r"//[^/]*@", "//", self.url)
            raise ClockUnreachableError(f"CLOCK_URL={shown}: no clock answers there ({error})") from error

    def look(self, headers: dict[str, str]) -> datetime:
        """One request, with headers that tell the sandbox what has been done. Raises OSError, ValueError."""
        request = urllib.request.Request(self.url, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=self._timeout_s) as response:
            body = _read_json(response)
            told = response.headers.get(BOT_HEADER)
        if self._bot_id is not None and told != str(self._bot_id):
            raise ValueError(f"{self.url} is another sandbox's")
        try:
            return to_utc(datetime.fromisoformat(body["now"]))
        except (ValueError, LookupError, TypeError) as error:
            raise ValueError(f"{self.url} told no time with a zone ({type(error).__name__})") from error


def _read_json(response: HTTPResponse) -> Any:
    try:
        return json.load(response)
    except HTTPException as error:
        raise OSError(f"the answer was cut off ({type(error).__name__})") from error


def clock_address(url: str) -> str:
    """`http://host:port` is enough: the contract's path is added where none is given."""
    parts = urlsplit(url)
    path = parts.path if parts.path.strip("/") else _CLOCK_PATH
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def make_clock(clock_url: str) -> Clock:
    return RemoteClock(clock_url) if clock_url else SystemClock()


def wall() -> datetime:
    """The machine's own time, for retries, leases and pacing; never for deadlines."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never run backwards."""
    return time.monotonic()


def elapsed() -> float:
    """Seconds that never run backwards, and run on while the machine sleeps (where it can tell)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def to_utc(at: datetime) -> datetime:
    """The same instant in UTC. A naive time is refused: it would be taken for the machine's own zone."""
    if at.tzinfo is None:
        raise ValueError(f"naive time {at!r}: an instant has a zone")
    return at.astimezone(UTC)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    return to_utc(at).astimezone(zone).date()
