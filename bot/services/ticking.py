"""What a tick does: each duty has the instant at which it is next due, and one transaction of its work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services import monitors, periods, planning, reminders, replanning, weekly
from bot.services.context import Work


@dataclass(frozen=True)
class Duty:
    """`find_next_at`: when there is something to do (None: nothing known); `fire` does a part of it.

    `fire` says how many notices it made, and whether there is more to do at once. `in_hours`: only on working
    days and not before the morning.
    """

    find_next_at: Callable[[Work], datetime | None]
    fire: Callable[[Work], reminders.Due]
    in_hours: bool = True


DUTIES = (
    Duty(replanning.find_next_at, replanning.fire, in_hours=False),
    # Before the reminders, so that what was missed joins the others of its agency in one digest.
    Duty(periods.find_next_at, periods.fire, in_hours=False),
    Duty(planning.find_next_at, planning.fire_due),
    Duty(weekly.find_next_at, weekly.fire),
    Duty(monitors.find_next_at, monitors.fire),
)


def find_next_at(work: Work) -> datetime | None:
    """When the next tick has something to do; for people who move a clock."""
    known = [at for duty in DUTIES if (at := duty.find_next_at(work)) is not None]
    return min(known, default=None)


def list_due(work: Work) -> list[Duty]:
    """The duties that have something to do now; only reads."""
    may_remind = planning.may_remind(work)
    return [
        duty
        for duty in DUTIES
        if (may_remind or not duty.in_hours)
        and (at := duty.find_next_at(work)) is not None
        and at <= work.now
    ]
