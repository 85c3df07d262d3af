"""The sandbox's clock: it stands still until moved, and a move is over when the bot has done what was due."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.core import Core
from bot.sandbox.state import Json, wait_for_ring

DONE_HEADER, NEXT_HEADER, TICKING_HEADER = "Dondoc-Done", "Dondoc-Next", "Dondoc-Ticking"
# In every answer: the id of the bot whose sandbox it is.
BOT_HEADER = "Dondoc-Bot"
LONGEST_WAIT_S = 60.0
ATTACHED_FOR_S = 10.0
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class ClockDesk:
    """What the bot tells about the clock (headers of its looks), and who waits for it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._done: datetime | None = None
        self._next: datetime | None = None
        self._seen_at = float("-inf")
        self._looking = 0

    def as_json(self) -> Json:
        return {"now": self._core.now.isoformat()}

    def next_json(self) -> Json:
        """When the bot will next remind (what it told last, or null), and whether one is attached."""
        is_attached = self.is_attached()
        upcoming = self._next.isoformat() if self._next and is_attached else None
        return {"next": upcoming, "attached": is_attached}

    def is_attached(self) -> bool:
        """A bot that ticks has looked within ten seconds, or is waiting now."""
        return self._looking > 0 or time.monotonic() - self._seen_at < ATTACHED_FOR_S

    async def look(
        self, done: str | None, upcoming: str | None, since: str | None, wait_s: float, *, ticks: bool
    ) -> Json:
        """The time, at once or (with `since`) as soon as it is another; `ticks`: it is a running bot that looks.

        Raises ValueError for a bad instant.
        """
        told = parse_instant(done) if done else None
        before = parse_instant(since) if since else None
        if done is not None:
            self._hear(told, parse_instant(upcoming) if upcoming else None)
        elif ticks:
            self._hear(self._done, self._next)
        self._looking += done is not None
        try:
            await self._wait_for_other(before, wait_s)
        finally:
            self._looking -= done is not None
            if done is not None:
                self._seen_at = time.monotonic()
        return self.as_json()

    def _hear(self, done: datetime | None, upcoming: datetime | None) -> None:
        core = self._core
        with core.lock:
            is_news = upcoming != self._next or not self.is_attached()
            self._done, self._next, self._seen_at = done, upcoming, time.monotonic()
            if is_news:
                core.publish({"kind": "next", **self.next_json()})
            core.lock.notify_all()
        core.bell.ring()

    async def _wait_for_other(self, before: datetime | None, wait_s: float) -> None:
        deadline = time.monotonic() + min(wait_s, LONGEST_WAIT_S)
        with self._core.bell.listen() as event:
            while before == self._core.now and not self._core.is_closed:
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                await wait_for_ring(event, left)

    def set(self, now: datetime) -> None:
        core = self._core
        with core.change():
            if now == core.now:
                return
            core.now = now
            core.set_value("now", now.isoformat())
            # What was done at this same instant before says nothing about this visit to it.
            self._done = None
            core.publish({"kind": "clock", **self.as_json()})

    async def move(self, now: datetime) -> Json:
        """Moves the clock; over when the bot is done with it, or when no bot is attached, or after a minute."""
        self.set(now)
        deadline = time.monotonic() + LONGEST_WAIT_S
        with self._core.bell.listen() as event:
            while not self._is_done(now):
                left = deadline - time.monotonic()
                if left <= 0 or self._core.now != now or not self.is_attached() or self._core.is_closed:
                    return {"now": now.isoformat(), "done": False}
                await wait_for_ring(event, min(left, 1.0))
        return {"now": now.isoformat(), "done": True}

    def _is_done(self, now: datetime) -> bool:
        return self._done == now


def parse_instant(text: object) -> datetime:
    """An aware instant in ISO 8601. Raises ValueError with a sentence."""
    if not isinstance(text, str):
        raise ValueError("“now” phải là thời điểm theo ISO 8601, ví dụ 2023-04-24T09:00:00+07:00.")
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"“{text}” không phải là thời điểm theo ISO 8601.") from error
    if at.tzinfo is None:
        raise ValueError(f"“{text}” thiếu múi giờ: cần ghi như 2023-04-24T09:00:00+07:00.")
    try:
        if not 1970 < at.year < 9990:
            raise OverflowError
        return at.astimezone(_ZONE)
    except OverflowError as error:
        raise ValueError(f"“{text}” nằm ngoài khoảng thời gian dùng được.") from error
