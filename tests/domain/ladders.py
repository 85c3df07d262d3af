"""Plans, policies and calendars of every kind, and the ladder walked step by step."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import (
    Plan,
    Reminder,
    next_reminder,
)
from bot.domain.policy import ASK_MONTHS, Policy
from bot.holidays_vn import vietnam_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = vietnam_calendar(range(2023, 2036))
DEFAULT = Policy()
SEED = Plan(datetime(2023, 4, 24, 9, tzinfo=VIETNAM), date(2023, 5, 31), acknowledged=True)


def local_day(reminder: Reminder, tz: tzinfo = VIETNAM) -> date:
    return reminder.at.astimezone(tz).date()


def walk(
    plan: Plan,
    count: int,
    policy: Policy = DEFAULT,
    calendar: WorkCalendar = OFFICE,
    tz: tzinfo = VIETNAM,
    after: datetime | None = None,
    until: datetime | None = None,
) -> list[Reminder]:
    """The next `count` reminders, each asked for from the one before it, none later than `until`."""
    found: list[Reminder] = []
    at = after or plan.assigned_at
    while len(found) < count and (step := next_reminder(plan, policy, calendar, tz, at)):
        if until and step.at > until:
            break
        found.append(step)
        at = step.at
    return found


def steps(plan: Plan, count: int, **how: Any) -> list[str]:
    return [f"{local_day(each)} {each.step}" for each in walk(plan, count, **how)]


def at_eight(day: date) -> datetime:
    return datetime.combine(day, time(8), VIETNAM)


dates = st.dates(date(2023, 1, 1), date(2025, 12, 31))
breaks = st.lists(st.tuples(dates, st.integers(1, 20)), max_size=12)
zones = st.sampled_from([VIETNAM, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")])
day_lists = st.lists(st.integers(0, 40), max_size=4, unique=True).map(tuple)
after_lists = st.lists(st.integers(1, 15), max_size=3, unique=True).map(tuple)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    off = {first + timedelta(days=n) for first, length in draw(breaks) for n in range(length)}
    saturdays = {day - timedelta(days=(day.weekday() - 5) % 7) for day in draw(st.lists(dates, max_size=9))}
    return WorkCalendar(frozenset(off), frozenset(saturdays))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    due = draw(dates)
    ahead = draw(st.integers(-60, 420))
    minute = draw(st.integers(0, 1439))
    assigned = datetime.combine(due, time(0), UTC) - timedelta(days=ahead, minutes=minute)
    rhythm = draw(st.sampled_from(["", "monthly", "weekly", "other"]))
    return Plan(assigned, due, rhythm, acknowledged=draw(st.booleans()))  # type: ignore[arg-type]


@st.composite
def ongoing_plans(draw: st.DrawFn) -> Plan:
    return replace(draw(plans()), due=None, rhythm="", is_ongoing=True)


policies = st.just(DEFAULT) | st.builds(
    Policy,
    before=day_lists,
    far=day_lists,
    monthly=day_lists,
    weekly=day_lists,
    after=after_lists,
    weekly_on=st.integers(0, 4),
    at=times,
    acknowledge_after=st.integers(1, 40),
    contact_after=st.integers(0, 20),
    ask_months=st.sampled_from(ASK_MONTHS),
)
