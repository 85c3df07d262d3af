"""How an assignment stands against its deadline, and how official reports count it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendar import WorkCalendar

DUE_SOON_DAYS = 3


class Status(StrEnum):
    """Where the work on an assignment stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Timeliness(StrEnum):
    """How an assignment stands against its deadline."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"


def effective_due(due: date, calendar: WorkCalendar) -> date:
    """The last day on which `due` is still met: a deadline on a day off is met on the next working day."""
    return calendar.next_working_day(due)


def last_day_of(due: date, calendar: WorkCalendar, grace_until: date | None = None) -> date:
    """As `effective_due`, or later where a report in time was returned after it: `grace_until`."""
    last = effective_due(due, calendar)
    return max(last, grace_until) if grace_until else last


def days_left(due: date, today: date) -> int:
    """Calendar days until `due`, never negative: 0 on the day itself and after it."""
    return max(0, (due - today).days)


def days_overdue(due: date, today: date) -> int:
    """Calendar days since `due` itself (not since the effective one), 0 while it is ahead."""
    return max(0, (today - due).days)


def timeliness(
    status: Status,
    due: date | None,
    submitted_on: date | None,
    today: date,
    calendar: WorkCalendar,
    grace_until: date | None = None,
) -> Timeliness:
    """Judge by the day of submission once handed in or completed (`today` if not known), else by `today`."""
    if due is None:
        return Timeliness.NO_DEADLINE
    last_day = last_day_of(due, calendar, grace_until)
    if status is Status.COMPLETED:
        in_time = (submitted_on or today) <= last_day
        return Timeliness.COMPLETED_ON_TIME if in_time else Timeliness.COMPLETED_LATE
    if status is Status.AWAITING_CONFIRMATION and submitted_on is not None:
        return Timeliness.ON_TIME if submitted_on <= last_day else Timeliness.OVERDUE
    if today > last_day:
        return Timeliness.OVERDUE
    left = days_left(max(due, grace_until or due), today)
    return Timeliness.DUE_SOON if left <= DUE_SOON_DAYS else Timeliness.ON_TIME


@dataclass(frozen=True)
class Counts:
    """Lead assignments as reports count them; `awaiting_…` are also in `open_…`; withdrawn ones nowhere."""

    completed_on_time: int = 0
    completed_late: int = 0
    open_within: int = 0
    open_overdue: int = 0
    awaiting_on_time: int = 0
    awaiting_late: int = 0
    undated: int = 0
    suspended: int = 0

    @property
    def completed(self) -> int:
        """Đã hoàn thành: on time and late."""
        return self.completed_on_time + self.completed_late

    @property
    def not_completed(self) -> int:
        """Chưa hoàn thành: within the deadline and overdue, those awaiting confirmation included."""
        return self.open_within + self.open_overdue

    @property
    def total(self) -> int:
        """Tổng số nhiệm vụ: dated and not suspended."""
        return self.completed + self.not_completed

    @property
    def counted_apart(self) -> int:
        """Undated and suspended ones, which `total` leaves out."""
        return self.undated + self.suspended


@dataclass(frozen=True)
class ByOriginal:
    """How many deadlines were extended, and the counting as if none had been."""

    extended: int
    counts: Counts


def count_groups(groups: Iterable[tuple[Status, Timeliness, int]]) -> Counts:
    """Count lead assignments, given as groups that stand alike: (status, timeliness, how many)."""
    found: Counter[str] = Counter()
    for status, judged, count in groups:
        for field in _list_fields(status, judged):
            found[field] += count
    return Counts(**found)


def _list_fields(status: Status, judged: Timeliness) -> tuple[str, ...]:
    late = judged in (Timeliness.OVERDUE, Timeliness.COMPLETED_LATE)
    if status is Status.WITHDRAWN:
        return ()
    if status is Status.SUSPENDED:
        return ("suspended",)
    if judged is Timeliness.NO_DEADLINE:
        return ("undated",)
    if status is Status.COMPLETED:
        return ("completed_late" if late else "completed_on_time",)
    is_open = "open_overdue" if late else "open_within"
    if status is Status.AWAITING_CONFIRMATION:
        return (is_open, "awaiting_late" if late else "awaiting_on_time")
    return (is_open,)
