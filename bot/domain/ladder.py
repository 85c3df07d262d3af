"""The reminder ladder: when an agency is reminded of one assignment, and of which step."""

import calendar as months
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Literal

from bot.domain.calendar import WorkCalendar
from bot.domain.timeliness import effective_due

Rhythm = Literal["", "monthly", "weekly", "other"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
MOST_DAYS = 250  # about a working year
MOST_STEPS = 20
_WEEK = timedelta(days=7)
_LAST_WEEK = date.max - 3 * _WEEK  # a deadline without end must not overflow


class PolicyError(ValueError):
    """An unusable policy; `sentences` name each field, its value and what would be right, in Vietnamese."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Policy:
    """Steps in working days (`far`: only for a deadline over `far_months` away); PolicyError if unusable."""

    before: tuple[int, ...] = (10, 5, 2, 0)
    far: tuple[int, ...] = (30,)
    far_months: int = 6
    monthly: tuple[int, ...] = (5, 1)
    weekly: tuple[int, ...] = (1,)
    after: tuple[int, ...] = (2, 5)
    weekly_on: int = 0  # Monday
    at: time = time(8)
    acknowledge_after: int = 2

    def __post_init__(self) -> None:
        read = _read_fields({each.name: getattr(self, each.name) for each in fields(self)})
        for name, value in read.items():
            object.__setattr__(self, name, value)

    def as_json(self) -> dict[str, Any]:
        """The policy as JSON values: lists of days, a weekday's English name, a time HH:MM."""
        return {
            **{name: list(getattr(self, name)) for name in ("before", "far", "monthly", "weekly", "after")},
            "far_months": self.far_months,
            "weekly_on": WEEKDAYS[self.weekly_on],
            "at": self.at.strftime("%H:%M"),
            "acknowledge_after": self.acknowledge_after,
        }

    @classmethod
    def from_json(cls, values: object) -> "Policy":
        """Read what `as_json` wrote; a missing field has its default; PolicyError names every fault."""
        if not isinstance(values, Mapping):
            raise PolicyError((f"Lịch nhắc: {_show(values)} không đúng; cần một đối tượng JSON.",))
        return cls(**_read_fields(values))


def _read_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in values.items():
        if name not in _READERS:
            near = get_close_matches(str(name), _READERS, n=1) or [", ".join(_READERS)]
            faults.append(f"Lịch nhắc: không có mục “{name}”; có phải là: {near[0]}?")
            continue
        try:
            read[name] = _READERS[name](value)
        except ValueError as fault:
            faults.append(f"Lịch nhắc, mục “{name}”: {_show(value)} không đúng; cần {fault}.")
    if faults:
        raise PolicyError(tuple(faults))
    return read


def _show(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_whole(value: object, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _days_reader(lowest: int, example: str, rising: bool = False) -> Callable[[Any], tuple[int, ...]]:
    wanted = (
        f"danh sách không quá {MOST_STEPS} số nguyên khác nhau từ {lowest} đến {MOST_DAYS}, ví dụ {example}"
    )

    def read(value: Any) -> tuple[int, ...]:
        is_list = isinstance(value, list | tuple) and len(value) <= MOST_STEPS
        if not is_list or not all(_is_whole(each, lowest, MOST_DAYS) for each in value):
            raise ValueError(wanted)
        if len(set(value)) < len(value):
            raise ValueError(wanted)
        return tuple(sorted(value, reverse=not rising))

    return read


def _number_reader(lowest: int, highest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not _is_whole(value, lowest, highest):
            raise ValueError(f"một số nguyên từ {lowest} đến {highest}")
        return int(value)

    return read


def _read_weekday(value: Any) -> int:
    if value in WEEKDAYS:
        return WEEKDAYS.index(value)
    if not _is_whole(value, 0, len(WEEKDAYS) - 1):
        raise ValueError(f"một ngày làm việc trong tuần: {', '.join(WEEKDAYS)}")
    return int(value)


def _read_time(value: Any) -> time:
    wanted = "giờ và phút theo giờ địa phương, ví dụ 08:00"
    if isinstance(value, time):
        if value.tzinfo is not None or value != value.replace(second=0, microsecond=0):
            raise ValueError(wanted)
        return value
    try:
        parsed = datetime.strptime(value, "%H:%M")  # noqa: DTZ007 a wall-clock time has no zone
    except (TypeError, ValueError):
        raise ValueError(wanted) from None
    return parsed.time()


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "before": _days_reader(0, "[10, 5, 2, 0]"),
    "far": _days_reader(0, "[30]"),
    "far_months": _number_reader(1, 120),
    "monthly": _days_reader(0, "[5, 1]"),
    "weekly": _days_reader(0, "[1]"),
    "after": _days_reader(1, "[2, 5]", rising=True),
    "weekly_on": _read_weekday,
    "at": _read_time,
    "acknowledge_after": _number_reader(1, MOST_DAYS),
}


class ReminderKind(StrEnum):
    """What a reminder is about."""

    ACKNOWLEDGE = "acknowledge"
    BEFORE = "before"
    AFTER = "after"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Plan:
    """What the ladder needs to know of one assignment and period; ValueError if `assigned_at` has no zone."""

    assigned_at: datetime
    due: date | None
    rhythm: Rhythm = ""
    acknowledged: bool = False
    handed_in: bool = False  # awaiting confirmation
    closed: bool = False  # completed, withdrawn or suspended

    def __post_init__(self) -> None:
        if self.assigned_at.tzinfo is None:
            raise ValueError("assigned_at must be aware")


@dataclass(frozen=True, order=True)
class Reminder:
    """One step to send: `at` is a UTC instant, `step` unique within the plan (a week: its nominal day)."""

    at: datetime
    step: str
    kind: ReminderKind


def next_reminder(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, after: datetime
) -> Reminder | None:
    """The first reminder strictly later than `after`; None once handed in or closed, or with nothing due."""
    ladder = _Ladder(plan, policy, calendar, tz)
    fixed = (each for each in ladder.list_fixed() if each.at > after)
    return min([*fixed, *ladder.find_weekly_after(after)], default=None)


def current_reminder(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, since: datetime, now: datetime
) -> Reminder | None:
    """The one to send at `now` after being down since `since`: the latest with since < at <= now."""
    ladder = _Ladder(plan, policy, calendar, tz)
    passed = [*ladder.list_fixed(), *ladder.find_weekly_until(now)]
    return max((each for each in passed if since < each.at <= now), default=None)


@dataclass(frozen=True)
class _Ladder:
    plan: Plan
    policy: Policy
    calendar: WorkCalendar
    tz: tzinfo

    @property
    def is_silent(self) -> bool:
        return self.plan.closed or self.plan.handed_in

    @property
    def assigned_on(self) -> date:
        return self.plan.assigned_at.astimezone(self.tz).date()

    def list_fixed(self) -> list[Reminder]:
        """All reminders but the weekly ones, at most one a day: the later step takes the day."""
        if self.is_silent:
            return []
        by_day = {day: (step, kind) for day, step, kind in self._steps() if day > self.assigned_on}
        return [self._reminder(day, step, kind) for day, (step, kind) in by_day.items()]

    def _steps(self) -> Iterator[tuple[date, str, ReminderKind]]:
        yield from self._acknowledge_steps()
        if self.plan.due is None:
            return
        for n in self._days_before(self.plan.due):
            day = self.calendar.add_working_days(self.plan.due, -n)
            step = f"before-{n}" if n else "due-0"
            yield self.calendar.previous_working_day(day), step, ReminderKind.BEFORE
        last_day = effective_due(self.plan.due, self.calendar)
        for n in self.policy.after:
            yield self.calendar.add_working_days(last_day, n), f"after-{n}", ReminderKind.AFTER

    def _acknowledge_steps(self) -> Iterator[tuple[date, str, ReminderKind]]:
        if self.plan.acknowledged:
            return
        day = self.calendar.add_working_days(self.assigned_on, self.policy.acknowledge_after)
        first = self._find_first_week()
        week = self._weekly_reminder(first, self._nominal(day)) if first else None
        # A day has one reminder: the deadline's goes first.
        if week is None or week.at.astimezone(self.tz).date() != day:
            yield day, "acknowledge", ReminderKind.ACKNOWLEDGE

    def _days_before(self, due: date) -> tuple[int, ...]:
        if self.plan.rhythm == "monthly":
            return self.policy.monthly
        if self.plan.rhythm == "weekly":
            return self.policy.weekly
        far = self.policy.far if due > _add_months(self.assigned_on, self.policy.far_months) else ()
        return tuple(sorted({*self.policy.before, *far}, reverse=True))

    def find_weekly_after(self, after: datetime) -> list[Reminder]:
        """The first weekly reminder strictly later than `after`, in a list of none or one."""
        first = self._find_first_week()
        if first is None:
            return []
        nominal = max(first, self._nominal(max(after.astimezone(self.tz).date(), self.assigned_on)))
        while nominal <= _LAST_WEEK:
            found = self._weekly_reminder(first, nominal)
            if found and found.at > after:
                return [found]
            nominal += _WEEK
        return []

    def find_weekly_until(self, now: datetime) -> list[Reminder]:
        """The last weekly reminder at or before `now`, in a list of none or one."""
        first = self._find_first_week()
        if first is None:
            return []
        nominal = self._nominal(now.astimezone(self.tz).date())
        while nominal >= first and nominal + _WEEK > self.assigned_on:
            found = self._weekly_reminder(first, nominal)
            if found and found.at <= now:
                return [found]
            nominal -= _WEEK
        return []

    def _weekly_reminder(self, first: date, nominal: date) -> Reminder | None:
        day = self.calendar.next_working_day(nominal)
        if nominal < first or day >= nominal + _WEEK or day <= self.assigned_on:
            return None
        # Named by the nominal day: an edited calendar moves this week's reminder and sends no second one.
        return self._reminder(day, f"week-{nominal.isoformat()}", ReminderKind.WEEKLY)

    def _find_first_week(self) -> date | None:
        """The nominal day of the first weekly step: strictly after the last fixed one."""
        if self.plan.due is None or self.is_silent:
            return None
        last_day = effective_due(self.plan.due, self.calendar)
        last_step = self.calendar.add_working_days(last_day, max(self.policy.after, default=0))
        return None if last_step > _LAST_WEEK else self._nominal(last_step + _WEEK)

    def _nominal(self, day: date) -> date:
        """The last weekly day at or before `day`."""
        return day - timedelta(days=(day.weekday() - self.policy.weekly_on) % 7)

    def _reminder(self, day: date, step: str, kind: ReminderKind) -> Reminder:
        local = datetime.combine(day, self.policy.at, tzinfo=self.tz)
        return Reminder(local.astimezone(UTC), step, kind)


def _add_months(day: date, n: int) -> date:
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
