"""What a reader of deadlines answers: plain values, no behaviour beyond showing themselves as JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.domain.saying import Saying

Json = str | bool | None | list[str]


class DeadlineKind(StrEnum):
    """The family a deadline phrase belongs to, named as the listings name it."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RELATIVE = "relative"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    NONE = "none"


class WorkingDays(Protocol):
    """The working days of an office, as far as a relative deadline needs them."""

    def add_working_days(self, day: date, n: int, /) -> date:
        """The n-th working day after `day`, `day` itself not counted."""
        ...


@dataclass(frozen=True)
class DeadlineReading:
    """One phrase as read. `due` is the last day on which the whole phrase is still met.

    `precision` says how exactly `due` is stated: day, week, ten_days, half_month, month, quarter, half, year or
    school_year.
    `all` holds every date of the phrase in order, `candidates` the due dates of the possible readings when
    `ambiguous`. `year_assumed`: the year was taken from the document's date. `problem` says why
    the phrase cannot stand as written and what would be right, `warning` that `due` lies before the document.
    """

    phrase: str
    kind: DeadlineKind = DeadlineKind.NONE
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None
    all: tuple[date, ...] = ()
    ambiguous: bool = False
    candidates: tuple[date, ...] = ()
    warning: Saying | None = None
    problem: Saying | None = None
    year_assumed: bool = field(default=False, kw_only=True)

    def as_json(self, say: Callable[[Saying], str]) -> dict[str, Json]:
        """The contract's five fields, and the others where they say something; `say` finds the words."""
        row: dict[str, Json] = {
            "phrase": self.phrase,
            "kind": self.kind.value,
            "due": self.due.isoformat() if self.due else None,
            "recurrence": self.recurrence,
            "precision": self.precision,
        }
        extras: dict[str, Json] = {
            "all": [day.isoformat() for day in self.all],
            "ambiguous": self.ambiguous,
            "candidates": [day.isoformat() for day in self.candidates],
            "year_assumed": self.year_assumed,
            "warning": say(self.warning) if self.warning else None,
            "problem": say(self.problem) if self.problem else None,
        }
        return row | {name: value for name, value in extras.items() if value}
