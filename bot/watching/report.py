"""Whether the bot is well, and why not: judged from what its parts last told and the last look at the database."""

from dataclasses import dataclass, field
from typing import Literal

from bot.clock import monotonic
from bot.services.upkeep.queues import Queues
from bot.vitals import Part, Vitals

# Without a success of the part for so long, something is wrong.
MOST_S: dict[Part, float] = {"tick": 90.0, "intake": 150.0, "worker": 120.0, "sender": 120.0}
# Without even a try its loop has stopped: only a new start helps. Waits after failures are shorter.
STOPPED_S: dict[Part, float] = {"tick": 150.0, "intake": 180.0}
DATABASE_S = 30.0
UPDATES_S = 300.0
# A clock put forward makes all that waits late for the moment it takes to send it.
STAYS_LATE_S = 60.0
WORDS: dict[Part, str] = {
    "tick": "nothing that is due has been looked for",
    "intake": "Telegram has not been heard",
    "worker": "what was received has not been handled",
    "sender": "the outbox has not been looked at",
}


@dataclass(frozen=True)
class Report:
    """`reasons`: a sentence for each thing that is wrong; `ages`: seconds since each part last succeeded.

    `queues`: None before the first look.
    """

    reasons: tuple[str, ...]
    ages: dict[str, float]
    queues: Queues | None

    @property
    def is_starting(self) -> bool:
        """Nothing is wrong as far as is known, and nothing is known yet."""
        return self.queues is None and not self.reasons

    @property
    def is_ok(self) -> bool:
        return self.queues is not None and not self.reasons

    @property
    def status(self) -> Literal["ok", "starting", "failing"]:
        return "ok" if self.is_ok else "starting" if self.is_starting else "failing"


@dataclass
class Reports:
    """What the last look at the database found, and a judgment whenever somebody asks."""

    vitals: Vitals
    queues: Queues | None = None
    error: str = ""
    _looked_at: float = field(default_factory=monotonic)
    _late_since: float | None = None

    def found(self, queues: Queues) -> None:
        self.queues, self.error, self._looked_at = queues, "", monotonic()
        if not queues.stuck:
            self._late_since = None
        elif self._late_since is None:
            self._late_since = self._looked_at

    def failed(self, error: str) -> None:
        """The database refused: known at once, unlike one that is silent."""
        self.error = error

    def judge(self) -> Report:
        """How it is now."""
        silent_s = monotonic() - self._looked_at
        ages: dict[str, float] = {part: round(self.vitals.since_done(part), 1) for part in MOST_S}
        reasons = [
            f"{part}: {WORDS[part]} for {self.vitals.since_done(part):.0f} s"
            for part, most_s in MOST_S.items()
            if self.vitals.since_done(part) > most_s
        ]
        if self.error:
            reasons.insert(0, f"database: {self.error}")
        elif silent_s > DATABASE_S:
            reasons.insert(0, f"database: no answer for {silent_s:.0f} s")
        reasons += self._late()
        return Report(tuple(reasons), {**ages, "database": round(silent_s, 1)}, self.queues)

    def _late(self) -> list[str]:
        if self.queues is None:
            return []
        reasons = []
        received = self.queues.inbox.get("received")
        if received is not None and received.oldest_s > UPDATES_S:
            reasons.append(f"inbox: an update has waited for {received.oldest_s:.0f} s")
        if self._late_since is not None and monotonic() - self._late_since > STAYS_LATE_S:
            stuck = self.queues.stuck
            reasons.append(f"outbox: {stuck} messages to known chats are more than 15 minutes late")
        return reasons

    def is_alive(self) -> bool:
        """Whether ticks and intake still go round: else a new start is the only help."""
        return all(self.vitals.since_tried(part) <= most_s for part, most_s in STOPPED_S.items())
