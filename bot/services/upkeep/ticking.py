"""What a tick does: each duty has the instant at which it is next due, and one transaction of its work."""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, select

from bot.services import duty
from bot.services.agencies import successions
from bot.services.context import Work
from bot.services.people import monitors
from bot.services.reminding import periods, planning, replanning, weekly
from bot.services.upkeep import retention


class Draft(Protocol):
    """A part of a duty's work, read and drawn before its transaction."""

    def write(self, work: Work) -> duty.Due:
        """Raises StaleError, or IntegrityError, where what it was drawn from has changed."""


@dataclass(frozen=True)
class Duty:
    """`find_next_at`: when there is something to do (None: nothing known), from what was found by the queries of
    `ask_next`; `fire` does a part of it.

    `fire` says how many notices it made, and whether there is more to do at once. `in_hours`: only on working
    days and not before the morning. `prepare`: the same in two steps, so that nobody waits while it reads and
    draws: parts of about so many rows, each for a transaction.
    """

    ask_next: Callable[[], duty.Queries]
    find_next_at: Callable[[Work, duty.Found], datetime | None]
    fire: Callable[[Work], duty.Due]
    in_hours: bool = True
    prepare: Callable[[Work, Callable[[], int]], Iterator[Draft]] | None = None


DUTIES = (
    Duty(replanning.ask_next, replanning.find_next_at, replanning.fire, in_hours=False),
    # Before new periods are made: they are for the successor.
    Duty(successions.ask_next, successions.find_next_at, successions.fire, in_hours=False),
    # Before the reminders, so that what was missed joins the others of its agency in one digest.
    Duty(periods.ask_next, periods.find_next_at, periods.fire, in_hours=False),
    Duty(planning.ask_next, planning.find_next_at, planning.fire_due, prepare=planning.prepare),
    Duty(weekly.ask_next, weekly.find_next_at, weekly.fire, prepare=weekly.prepare),
    Duty(monitors.ask_next, monitors.find_next_at, monitors.fire),
    Duty(retention.ask_next, retention.find_next_at, retention.fire, in_hours=False),
)


@dataclass(frozen=True)
class Look:
    """When the next tick has something to do, and the duties that have something to do now."""

    next_at: datetime | None
    due: Sequence[Duty]


def look(work: Work) -> Look:
    """Each duty is asked once; only reads."""
    query, counts = _ask_all()
    found = iter(work.session.execute(query).one())
    each_own = [(duty, list(itertools.islice(found, n))) for duty, n in zip(DUTIES, counts, strict=True)]
    known = [(at, duty) for duty, own in each_own if (at := duty.find_next_at(work, own)) is not None]
    may_remind = planning.may_remind(work)
    due = [duty for at, duty in known if at <= work.now and (may_remind or not duty.in_hours)]
    return Look(min((at for at, _ in known), default=None), due)


@functools.cache
def _ask_all() -> tuple[Select[*tuple[Any, ...]], Sequence[int]]:
    """What all duties ask, and how much of it each."""
    # One statement, put together once: there is a tick every second, and a round to the server takes longest.
    asked = [duty.ask_next() for duty in DUTIES]
    columns = [query.scalar_subquery() for queries in asked for query in queries]
    labelled = [each.label(f"asked_{n}") for n, each in enumerate(columns)]
    return select(*labelled), [len(queries) for queries in asked]
