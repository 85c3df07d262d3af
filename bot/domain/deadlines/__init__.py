"""Reads the deadline phrases of Vietnamese official documents."""

from datetime import date, timedelta

from .grammar import parse
from .judge import judge
from .pattern import Stream
from .reading import DeadlineKind, DeadlineReading, WorkingDays
from .tokens import tokenize

__all__ = ["DeadlineKind", "DeadlineReading", "WorkingDays", "read_deadline"]

_SATURDAY = 5


class _MondayToFriday:
    """Working days where no office's calendar is known."""

    def add_working_days(self, day: date, n: int, /) -> date:
        left = n
        while left > 0 and day < date.max:
            day += timedelta(days=1)
            left -= day.weekday() < _SATURDAY
        return day


def read_deadline(
    phrase: str, issued_on: date | None = None, calendar: WorkingDays | None = None
) -> DeadlineReading:
    """What `phrase` says of a deadline, in a document of `issued_on`; never raises, takes linear time."""
    parsed = parse(Stream(tokenize(phrase)))
    return judge(phrase, parsed.nodes, issued_on, calendar or _MondayToFriday())
