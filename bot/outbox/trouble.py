"""What waits after a failure: one chat's trouble is its own, and only what several have together holds up all."""

import random

import structlog

from bot.clock import monotonic
from bot.domain.pacing import Pacer
from bot.domain.retry import LONGEST_LINE_S, wait_seconds

log = structlog.get_logger()
TWO_CHATS_S = 5.0


class Trouble:
    """Remembers failures until something succeeds."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._failing: set[str] = set()
        self._failures = 0
        self._failed_at = 0.0
        self._too_fast: tuple[str, float] = ("", 0.0)
        self._floods = 0

    def note_success(self) -> None:
        self._failing.clear()
        self._failures = self._floods = 0

    def note_failure(self, chat: str, begun: float) -> float:
        """A time-out, a 5xx. Two chats in a row: it is the line, which is tried later and later.

        `begun`: when the call was; what was under way together fails as one. Returns the seconds the line waits, 0
        where the trouble is the chat's own: after an outage nobody has to wait for having been tried in it.
        """
        self._failing.add(chat)
        now = monotonic()
        if len(self._failing) < 2:
            return 0.0
        if begun >= self._failed_at:
            self._failures += 1
            self._failed_at = now
            wait_s = wait_seconds(self._failures, random.random(), LONGEST_LINE_S)
            self._pacer.park_outbox(now + wait_s)
            log.warning("outbox_waits", failures=self._failures, wait_s=round(wait_s, 1))
        return max(0.0, self._pacer.outbox_ready_at() - now)

    def note_too_fast(self, chat: str, seconds: float) -> None:
        """A 429 is for one chat. Two chats together: everything waits, and one more chat is tried before long.

        What is asked for the two may be an hour, and yet be theirs alone.
        """
        before, at = self._too_fast
        now = monotonic()
        self._pacer.park_chat(chat, now + seconds)
        if before not in ("", chat) and now - at < TWO_CHATS_S:
            self._floods += 1
            longest = LONGEST_LINE_S * 2.0 ** min(self._floods - 1, 20)
            self._pacer.park_all(now + min(seconds, longest))
            log.warning("everything_waits", wait_s=round(min(seconds, longest), 1))
        self._too_fast = (chat, now)
