from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import (
    Plan,
    Reminder,
    ReminderKind,
    current_reminder,
    next_reminder,
)
from bot.domain.policy import Policy
from tests.domain.ladders import (
    DEFAULT,
    OFFICE,
    SEED,
    VIETNAM,
    at_eight,
    calendars,
    local_day,
    plans,
    policies,
    steps,
    walk,
    zones,
)

# --- the ladder of one plan -------------------------------------------------------------------------------


def test_the_first_document_is_reminded_on_exactly_the_days_of_the_design() -> None:
    assert steps(SEED, 8) == [
        "2023-05-17 before-10",
        "2023-05-24 before-5",
        "2023-05-29 before-2",
        "2023-05-31 due-0",
        "2023-06-02 after-2",
        "2023-06-07 after-5",
        "2023-06-12 week-2023-06-12",
        "2023-06-19 week-2023-06-19",
    ]


def test_every_reminder_is_a_utc_instant_at_eight_local() -> None:
    assert [each.at.isoformat() for each in walk(SEED, 1)] == ["2023-05-17T01:00:00+00:00"]
    assert [each.kind for each in walk(SEED, 7)] == ["before"] * 4 + ["after"] * 2 + ["weekly"]


def test_what_is_not_acknowledged_after_two_working_days_is_asked_for_once_more() -> None:
    assert steps(replace(SEED, acknowledged=False), 2) == ["2023-04-26 acknowledge", "2023-05-17 before-10"]


def test_without_a_date_only_the_acknowledgement_is_asked_for() -> None:
    undated = replace(SEED, due=None, acknowledged=False)
    assert steps(undated, 5) == ["2023-04-26 acknowledge"]
    assert steps(replace(undated, acknowledged=True), 5) == []


@pytest.mark.parametrize(("handed_in", "closed"), [(True, False), (False, True)])
@pytest.mark.parametrize("due", [None, date(2023, 5, 31)])
def test_nothing_is_sent_once_handed_in_or_closed(handed_in: bool, closed: bool, due: date | None) -> None:
    plan = replace(SEED, acknowledged=False, due=due, handed_in=handed_in, closed=closed)
    assert next_reminder(plan, DEFAULT, OFFICE, VIETNAM, plan.assigned_at) is None
    now = at_eight(date(2024, 1, 1))
    assert current_reminder(plan, DEFAULT, OFFICE, VIETNAM, plan.assigned_at, now) is None


def test_a_deadline_on_a_day_off_is_reminded_of_before_it_and_pressed_after_its_last_day() -> None:
    # 30/4/2023 is a Sunday within a break from 29/4 to 3/5.
    plan = replace(SEED, assigned_at=datetime(2023, 4, 3, 9, tzinfo=VIETNAM), due=date(2023, 4, 30))
    assert steps(plan, 7) == [
        "2023-04-17 before-10",
        "2023-04-24 before-5",
        "2023-04-27 before-2",
        "2023-04-28 due-0",
        "2023-05-08 after-2",
        "2023-05-11 after-5",
        "2023-05-15 week-2023-05-15",
    ]


def test_more_than_six_months_ahead_there_is_one_more_step_at_thirty_days() -> None:
    day = datetime(2023, 8, 31, 9, tzinfo=VIETNAM)
    exactly = replace(SEED, assigned_at=day, due=date(2024, 2, 29))
    assert walk(exactly, 1)[0].step == "before-10"
    assert walk(replace(exactly, due=date(2024, 3, 1)), 1)[0].step == "before-30"


def test_periodic_tasks_have_their_own_steps() -> None:
    monthly = replace(SEED, due=date(2023, 5, 25), rhythm="monthly")
    weekly = replace(SEED, due=date(2023, 4, 28), rhythm="weekly")
    quarterly = replace(SEED, rhythm="other")
    assert steps(monthly, 3) == ["2023-05-18 before-5", "2023-05-24 before-1", "2023-05-29 after-2"]
    assert steps(weekly, 2) == ["2023-04-27 before-1", "2023-05-05 after-2"]
    assert steps(quarterly, 8) == steps(SEED, 8)


def test_steps_up_to_the_day_of_assignment_are_not_sent() -> None:
    late = replace(SEED, assigned_at=datetime(2023, 5, 24, 1, tzinfo=UTC) - timedelta(hours=1))
    assert walk(late, 1)[0].step == "before-2"
    overdue = replace(SEED, assigned_at=datetime(2024, 1, 8, 7, tzinfo=VIETNAM))  # a Monday
    assert steps(overdue, 1) == ["2024-01-15 week-2024-01-15"]


def test_a_day_has_one_reminder_and_the_deadlines_goes_before_the_acknowledgement() -> None:
    assigned = datetime(2023, 5, 22, 9, tzinfo=VIETNAM)
    plan = replace(SEED, assigned_at=assigned, acknowledged=False)
    assert steps(plan, 2) == ["2023-05-24 before-5", "2023-05-29 before-2"]
    overdue = replace(plan, assigned_at=datetime(2023, 6, 15, 9, tzinfo=VIETNAM))  # two days before a Monday
    assert steps(overdue, 1) == ["2023-06-19 week-2023-06-19"]


def test_of_two_steps_on_one_day_the_later_one_is_sent() -> None:
    saturday = replace(SEED, due=date(2023, 6, 3))
    found = walk(saturday, 3, policy=Policy(before=(2, 1, 0)))
    assert [each.step for each in found] == ["before-2", "due-0", "after-2"]


def test_a_weekly_day_off_moves_within_its_week_and_a_week_off_is_skipped() -> None:
    assert "2023-09-05 week-2023-09-04" in steps(SEED, 30)
    assert [each for each in steps(SEED, 60) if "2024-02" in each] == [
        "2024-02-05 week-2024-02-05",
        "2024-02-15 week-2024-02-12",  # Tết
        "2024-02-19 week-2024-02-19",
        "2024-02-26 week-2024-02-26",
    ]
    week_off = WorkCalendar(days_off=frozenset(date(2023, 6, 12) + timedelta(days=n) for n in range(5)))
    assert walk(SEED, 7, calendar=week_off)[-1].step == "week-2023-06-19"


def test_the_weekly_tail_goes_on_after_five_years() -> None:
    found = next_reminder(SEED, DEFAULT, OFFICE, VIETNAM, at_eight(date(2028, 6, 7)))
    at = at_eight(date(2028, 6, 12)).astimezone(UTC)
    assert found == Reminder(at, "week-2028-06-12", ReminderKind.WEEKLY, for_contact=True)


def test_a_deadline_at_the_end_of_all_days_does_not_overflow() -> None:
    plan = replace(SEED, due=date.max)
    assert walk(plan, 1)[0].step == "before-30"
    assert (
        current_reminder(plan, DEFAULT, OFFICE, VIETNAM, plan.assigned_at, at_eight(date(2030, 1, 1))) is None
    )
    first = replace(SEED, due=date.min)
    assert walk(first, 1)[0].kind is ReminderKind.WEEKLY


def test_a_plan_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Plan(datetime(2023, 4, 24, 9), None)  # noqa: DTZ001


# --- catching up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        (date(2023, 5, 1), date(2023, 5, 16), None),
        (date(2023, 5, 1), date(2023, 5, 17), "before-10"),
        (date(2023, 5, 17), date(2023, 5, 23), None),
        (date(2023, 5, 1), date(2023, 5, 30), "before-2"),
        (date(2023, 5, 1), date(2023, 6, 1), "due-0"),
        (date(2023, 5, 1), date(2023, 6, 11), "after-5"),
        (date(2023, 5, 1), date(2026, 6, 12), "week-2026-06-08"),
    ],
)
def test_after_being_down_only_the_latest_step_counts(since: date, now: date, expected: str | None) -> None:
    found = current_reminder(SEED, DEFAULT, OFFICE, VIETNAM, at_eight(since), at_eight(now))
    assert (found.step if found else None) == expected


def test_catching_up_prefers_the_deadline_to_an_acknowledgement_of_the_same_day() -> None:
    plan = replace(SEED, assigned_at=datetime(2023, 5, 22, 9, tzinfo=VIETNAM), acknowledged=False)
    found = current_reminder(
        plan, DEFAULT, OFFICE, VIETNAM, plan.assigned_at, at_eight(date(2023, 5, 24)) + timedelta(hours=1)
    )
    assert found
    assert found.step == "before-5"


# --- rules that hold for every plan -----------------------------------------------------------------------


def expected_days(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, years: int
) -> dict[date, str]:
    """The ladder said a second time, by looking at every single day."""
    assert plan.due
    due, assigned = plan.due, plan.assigned_at.astimezone(tz).date()
    start = min(due, assigned) - timedelta(days=150)
    every = [start + timedelta(days=n) for n in range(366 * years + 800)]
    working = [day for day in every if calendar.is_working_day(day)]
    until = [day for day in working if day < due]
    last_day = min(day for day in working if day >= due)
    later = [day for day in working if day > last_day]
    since = [day for day in working if day > assigned]
    found: dict[date, str] = {}
    if not plan.acknowledged:
        found[since[policy.acknowledge_after - 1]] = "acknowledge"
    for n in sorted(expected_before(plan, policy, assigned), reverse=True):
        found[until[-n] if n else max(day for day in working if day <= due)] = f"before-{n}" if n else "due-0"
    for n in policy.after:
        found[later[n - 1]] = f"after-{n}"
    last_step = later[policy.after[-1] - 1] if policy.after else last_day
    for monday in (day for day in every if day > last_step and day.weekday() == policy.weekly_on):
        week = [monday + timedelta(days=n) for n in range(7)]
        if first := next(filter(calendar.is_working_day, week), None):
            found[first] = f"week-{monday}"
    return {day: step for day, step in sorted(found.items()) if day > assigned}


def expected_before(plan: Plan, policy: Policy, assigned: date) -> set[int]:
    assert plan.due
    if plan.rhythm in ("monthly", "weekly"):
        return set(policy.monthly if plan.rhythm == "monthly" else policy.weekly)
    months = (plan.due.year - assigned.year) * 12 + plan.due.month - assigned.month
    is_far = months > 6 or (months == 6 and plan.due.day > assigned.day)
    return {*policy.before, *(policy.far if is_far else ())}


@settings(max_examples=60, deadline=None)
@given(plans(), policies, calendars(), zones)
def test_every_day_of_two_years_is_as_a_look_at_each_day_says(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo
) -> None:
    expected = list(expected_days(plan, policy, calendar, tz, years=2).items())[:100]
    found = walk(plan, len(expected), policy, calendar, tz)
    assert [(local_day(each, tz), each.step) for each in found] == expected


@settings(max_examples=20, deadline=None)
@given(plans(), policies, calendars(), zones)
def test_over_ten_years_the_rules_hold(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo
) -> None:
    assert plan.due
    found = walk(plan, 520, policy, calendar, tz)
    days = [local_day(each, tz) for each in found]
    assert len(found) == 520  # the ladder never ends
    assert len({each.step for each in found}) == 520
    assert days == sorted(set(days))  # never two on a day
    assert all(map(calendar.is_working_day, days))
    assert days[0] > plan.assigned_at.astimezone(tz).date()
    assert all(each.at.astimezone(tz).time() == policy.at for each in found)
    assert all(day <= plan.due for day, each in zip(days, found, strict=True) if each.kind == "before")
    assert all(day > plan.due for day, each in zip(days, found, strict=True) if each.kind == "after")
    weeks = [each for each in found if each.kind == "weekly"]
    assert all(later.at - each.at <= timedelta(days=150) for each, later in pairwise(weeks))


@settings(max_examples=100, deadline=None)
@given(plans(), policies, calendars(), zones, st.integers(0, 60 * 24 * 700), st.integers(0, 60 * 24 * 700))
def test_a_restart_changes_nothing(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, first: int, second: int
) -> None:
    since, now = (plan.assigned_at + timedelta(minutes=each) for each in sorted((first, second)))
    stepped = walk(plan, 130, policy, calendar, tz)
    missed = [each for each in stepped if since < each.at <= now]
    ahead = [each for each in stepped if each.at > now]
    assert next_reminder(plan, policy, calendar, tz, now) == ahead[0]
    assert current_reminder(plan, policy, calendar, tz, since, now) == (missed[-1] if missed else None)


@settings(max_examples=50, deadline=None)
@given(plans(), policies, calendars())
def test_the_instant_of_a_reminder_belongs_to_the_past_not_the_future(
    plan: Plan, policy: Policy, calendar: WorkCalendar
) -> None:
    first = walk(plan, 1, policy, calendar)[0]
    just_before = first.at - timedelta(microseconds=1)
    assert current_reminder(plan, policy, calendar, VIETNAM, just_before, first.at) == first
    assert current_reminder(plan, policy, calendar, VIETNAM, first.at, first.at) is None
    assert next_reminder(plan, policy, calendar, VIETNAM, just_before) == first
    assert next_reminder(plan, policy, calendar, VIETNAM, first.at) != first
