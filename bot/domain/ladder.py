"""The reminder ladder: when an agency is reminded of one assignment, and of which step."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Literal, Protocol

from bot.domain.calendar import WorkCalendar
from bot.domain.policy import Policy
from bot.domain.timeliness import effective_due

Rhythm = Literal["", "monthly", "weekly", "other"]
ASK_ON_DAY = 15
ASK_NOT_WITHIN = timedelta(days=30)
COORDINATING_BEFORE = 5  # working days
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LAST_NOMINAL = date.max - timedelta(days=800)  # a deadline without end must not overflow


class ReminderKind(StrEnum):
    """What a reminder is about."""

    ACKNOWLEDGE = "acknowledge"
    BEFORE = "before"
    AFTER = "after"
    WEEKLY = "weekly"
    STATUS = "status"


@dataclass(frozen=True)
class Plan:
    """What the ladder needs to know of one assignment and period; ValueError if `assigned_at` has no zone.

    `is_ongoing`: has no deadline by its nature, so that it is asked about from time to time. `is_coordinating`: is
    reminded once, before the deadline of those that lead.
    """

    assigned_at: datetime
    due: date | None
    rhythm: Rhythm = ""
    acknowledged: bool = False
    handed_in: bool = False  # awaiting confirmation
    closed: bool = False  # completed, withdrawn or suspended
    is_ongoing: bool = False
    is_coordinating: bool = False

    def __post_init__(self) -> None:
        if self.assigned_at.tzinfo is None:
            raise ValueError("assigned_at must be aware")


@dataclass(frozen=True)
class Reminder:
    """One step to send: `at` is a UTC instant, `step` unique within the plan (a week: its nominal day).

    `moved_from`: the local day it would have been on, had that been a working day. `for_contact`: the agency's contacts
    get it as well.
    """

    at: datetime
    step: str
    kind: ReminderKind
    moved_from: date | None = None
    for_contact: bool = False


def next_reminder(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, after: datetime
) -> Reminder | None:
    """The first reminder strictly later than `after`; None once handed in or closed, or with nothing due."""
    ladder = _Ladder(plan, policy, calendar, tz)
    fixed = (each for each in ladder.list_fixed() if each.at > after)
    return min([*fixed, *ladder.find_repeated_after(after)], default=None, key=_instant)


def current_reminder(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, since: datetime, now: datetime
) -> Reminder | None:
    """The one to send at `now` after being down since `since`: the latest with since < at <= now."""
    ladder = _Ladder(plan, policy, calendar, tz)
    passed = [*ladder.list_fixed(), *ladder.find_repeated_until(now)]
    return max((each for each in passed if since < each.at <= now), default=None, key=_instant)


def forecast(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, after: datetime, until: datetime
) -> list[Reminder]:
    """All that will come with after < at <= until while nothing is handed in, in order."""
    ladder = _Ladder(plan, policy, calendar, tz)
    found = [each for each in ladder.list_fixed() if after < each.at <= until]
    repeated = ladder.find_repeated_after(after)
    while repeated and repeated[0].at <= until:
        found += repeated
        repeated = ladder.find_repeated_after(repeated[0].at)
    return sorted(found, key=_instant)


def _instant(reminder: Reminder) -> datetime:
    return reminder.at


class _Beat(Protocol):
    """Nominal days that come again and again."""

    def last_until(self, day: date) -> date:
        """The last of them at or before `day`."""

    def following(self, nominal: date) -> date:
        """The one after."""


@dataclass(frozen=True)
class _EachWeek:
    weekday: int

    def last_until(self, day: date) -> date:
        return day - timedelta(days=(day.weekday() - self.weekday) % 7)

    def following(self, nominal: date) -> date:
        return nominal + _WEEK


@dataclass(frozen=True)
class _SomeMonths:
    """The fifteenth of the months that `every`, a divisor of 12, divides."""

    every: int

    def last_until(self, day: date) -> date:
        month = day.month - (day.day < ASK_ON_DAY)
        month -= month % self.every
        return date(day.year, month, ASK_ON_DAY) if month else date(day.year - 1, 12, ASK_ON_DAY)

    def following(self, nominal: date) -> date:
        return _add_months(nominal, self.every)


@dataclass(frozen=True)
class _Repeated:
    """Steps without end: from the nominal day `first` on, and only on days after `later_than`."""

    beat: _Beat
    kind: ReminderKind
    first: date
    later_than: date


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
        """All reminders that come once, at most one a day: the later step takes the day."""
        if self.is_silent:
            return []
        return list(
            {each.at: each for each in self._steps() if self._day_of(each) > self.assigned_on}.values()
        )

    def _steps(self) -> Iterator[Reminder]:
        yield from self._acknowledge_steps()
        if self.plan.due is None:
            return
        if self.plan.is_coordinating:
            if self.policy.before and self.plan.rhythm != "weekly":
                yield self._before(self.plan.due, COORDINATING_BEFORE)
            return
        for n in self._days_before(self.plan.due):
            yield self._before(self.plan.due, n)
        last_day = effective_due(self.plan.due, self.calendar)
        for n in self.policy.after:
            day = self.calendar.add_working_days(last_day, n)
            yield self._reminder(day, f"after-{n}", ReminderKind.AFTER, day)

    def _before(self, due: date, n: int) -> Reminder:
        nominal = self.calendar.add_working_days(due, -n)
        day = self.calendar.previous_working_day(nominal)
        return self._reminder(day, f"before-{n}" if n else "due-0", ReminderKind.BEFORE, nominal)

    def _acknowledge_steps(self) -> Iterator[Reminder]:
        if self.plan.acknowledged:
            return
        day = self.calendar.add_working_days(self.assigned_on, self.policy.acknowledge_after)
        found = self._reminder(day, "acknowledge", ReminderKind.ACKNOWLEDGE, day)
        repeated = self._find_repeated()
        other = self._repeat(repeated, repeated.beat.last_until(day)) if repeated else None
        # A day has one reminder: that of the work itself goes first.
        if other is None or other.at != found.at:
            yield found

    def _days_before(self, due: date) -> tuple[int, ...]:
        if self.plan.rhythm == "monthly":
            return self.policy.monthly
        if self.plan.rhythm == "weekly":
            return self.policy.weekly
        far = self.policy.far if due > _add_months(self.assigned_on, self.policy.far_months) else ()
        return tuple(sorted({*self.policy.before, *far}, reverse=True))

    def find_repeated_after(self, after: datetime) -> list[Reminder]:
        """The first repeated step strictly later than `after`, in a list of none or one."""
        repeated = self._find_repeated()
        if repeated is None:
            return []
        day = max(after.astimezone(self.tz).date(), repeated.later_than)
        nominal = max(repeated.first, repeated.beat.last_until(day))
        while nominal <= _LAST_NOMINAL:
            found = self._repeat(repeated, nominal)
            if found and found.at > after:
                return [found]
            nominal = repeated.beat.following(nominal)
        return []

    def find_repeated_until(self, now: datetime) -> list[Reminder]:
        """The last repeated step at or before `now`, in a list of none or one."""
        repeated = self._find_repeated()
        if repeated is None:
            return []
        nominal = repeated.beat.last_until(now.astimezone(self.tz).date())
        while nominal >= repeated.first and repeated.beat.following(nominal) > repeated.later_than:
            found = self._repeat(repeated, nominal)
            if found and found.at <= now:
                return [found]
            nominal = repeated.beat.last_until(nominal - _DAY)
        return []

    def _repeat(self, repeated: _Repeated, nominal: date) -> Reminder | None:
        day = self.calendar.next_working_day(nominal)
        if nominal < repeated.first or day <= repeated.later_than or day >= repeated.beat.following(nominal):
            return None
        # Named by the nominal day: an edited calendar moves the reminder and sends no second one.
        is_status = repeated.kind is ReminderKind.STATUS
        step = f"status-{nominal:%Y-%m}" if is_status else f"week-{nominal.isoformat()}"
        return self._reminder(day, step, repeated.kind, nominal)

    def _find_repeated(self) -> _Repeated | None:
        if self.is_silent or self.plan.is_coordinating:
            return None
        if self.plan.due is not None:
            return self._find_weeks(self.plan.due)
        if self.plan.is_ongoing and self.policy.ask_months:
            beat = _SomeMonths(self.policy.ask_months)
            first, later_than = beat.last_until(self.assigned_on), self.assigned_on + ASK_NOT_WITHIN
            return _Repeated(beat, ReminderKind.STATUS, first, later_than)
        return None

    def _find_weeks(self, due: date) -> _Repeated | None:
        """The weekly steps begin strictly after the last fixed one."""
        last_day = effective_due(due, self.calendar)
        last_step = self.calendar.add_working_days(last_day, max(self.policy.after, default=0))
        if last_step > _LAST_NOMINAL:
            return None
        beat = _EachWeek(self.policy.weekly_on)
        return _Repeated(beat, ReminderKind.WEEKLY, beat.last_until(last_step + _WEEK), self.assigned_on)

    def _reminder(self, day: date, step: str, kind: ReminderKind, nominal: date) -> Reminder:
        local = datetime.combine(day, self.policy.at, tzinfo=self.tz)
        moved_from = nominal if nominal != day else None
        return Reminder(local.astimezone(UTC), step, kind, moved_from, self._is_for_contact(day, kind))

    def _is_for_contact(self, day: date, kind: ReminderKind) -> bool:
        if kind not in (ReminderKind.AFTER, ReminderKind.WEEKLY) or not self.policy.contact_after:
            return False
        assert self.plan.due is not None
        last_day = effective_due(self.plan.due, self.calendar)
        return day >= self.calendar.add_working_days(last_day, self.policy.contact_after)

    def _day_of(self, reminder: Reminder) -> date:
        return reminder.at.astimezone(self.tz).date()


def _add_months(day: date, n: int) -> date:
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
