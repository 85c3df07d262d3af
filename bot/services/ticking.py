"""What a tick does: each duty has the instant at which it is next due, and one transaction of its work."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.services import monitors, periods, planning, reminders, replanning, retention, successions, weekly
from bot.services.context import Work


class Draft(Protocol):
    """A part of a duty's work, read and drawn before its transaction."""

    def write(self, work: Work) -> reminders.Due:
        """Raises StaleError, or IntegrityError, where what it was drawn from has changed."""


@dataclass(frozen=True)
class Duty:
    """`find_next_at`: when there is something to do (None: nothing known); `fire` does a part of it.

    `fire` says how many notices it made, and whether there is more to do at once. `in_hours`: only on working
    days and not before the morning. `prepare`: the same in two steps, so that nobody waits while it reads and
    draws: parts of about so many rows, each for a transaction.
    """

    find_next_at: Callable[[Work], datetime | None]
    fire: Callable[[Work], reminders.Due]
    in_hours: bool = True
    prepare: Callable[[Work, Callable[[], int]], Iterator[Draft]] | None = None


DUTIES = (
    Duty(replanning.find_next_at, replanning.fire, in_hours=False),
    # Before new periods are made: they are for the successor.
    Duty(successions.find_next_at, successions.fire, in_hours=False),
    # Before the reminders, so that what was missed joins the others of its agency in one digest.
    Duty(periods.find_next_at, periods.fire, in_hours=False),
    Duty(planning.find_next_at, planning.fire_due, prepare=planning.prepare),
    Duty(weekly.find_next_at, weekly.fire, prepare=weekly.prepare),
    Duty(monitors.find_next_at, monitors.fire),
    Duty(retention.find_next_at, retention.fire, in_hours=False),
)


@dataclass(frozen=True)
class Look:
    """When the next tick has something to do, and the duties that have something to do now."""

    next_at: datetime | None
    due: Sequence[Duty]


def look(work: Work) -> Look:
    """Each duty is asked once; only reads."""
    known = [(at, duty) for duty in DUTIES if (at := duty.find_next_at(work)) is not None]
    may_remind = planning.may_remind(work)
    due = [duty for at, duty in known if at <= work.now and (may_remind or not duty.in_hours)]
    return Look(min((at for at, _ in known), default=None), due)


def find_next_at(work: Work) -> datetime | None:
    """When the next tick has something to do; for people who move a clock."""
    return look(work).next_at


def list_due(work: Work) -> Sequence[Duty]:
    """The duties that have something to do now."""
    return look(work).due
