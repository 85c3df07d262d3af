"""Ongoing tasks, contacts, moved days, and all that is to come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import (
    Plan,
    ReminderKind,
    current_reminder,
    forecast,
    next_reminder,
)
from bot.domain.policy import Policy
from tests.domain.ladders import (
    SEED,
    VIETNAM,
    calendars,
    local_day,
    ongoing_plans,
    plans,
    policies,
    steps,
    walk,
    zones,
)


def expected_questions(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, last: int
) -> dict[date, str]:
    """The questions about an ongoing task, by looking at every fifteenth of a month."""
    assigned = plan.assigned_at.astimezone(tz).date()
    months = [(year, month) for year in range(assigned.year, last) for month in range(1, 13)]
    asked = [date(*each, 15) for each in months if policy.ask_months and each[1] % policy.ask_months == 0]
    found: dict[date, str] = {}
    for nominal, following in pairwise([*asked, date(last, 12, 31)]):
        days = [nominal + timedelta(days=n) for n in range((following - nominal).days)]
        if first := next(filter(calendar.is_working_day, days), None):
            found[first] = f"status-{nominal:%Y-%m}"
    return {day: step for day, step in found.items() if day > assigned + timedelta(days=30)}


# --- ongoing tasks ----------------------------------------------------------------------------------------

ONGOING = replace(SEED, due=None, is_ongoing=True)


def test_an_ongoing_task_is_asked_about_in_the_middle_of_each_quarters_last_month() -> None:
    assert steps(ONGOING, 5) == [
        "2023-06-15 status-2023-06",
        "2023-09-15 status-2023-09",
        "2023-12-15 status-2023-12",
        "2024-03-15 status-2024-03",
        "2024-06-17 status-2024-06",  # the 15th is a Saturday
    ]
    assert {each.kind for each in walk(ONGOING, 5)} == {ReminderKind.STATUS}


@pytest.mark.parametrize(("day", "first"), [(15, "status-2023-06"), (16, "status-2023-09")])
def test_an_ongoing_task_is_not_asked_about_within_thirty_days_of_its_assignment(
    day: int, first: str
) -> None:
    plan = replace(ONGOING, assigned_at=datetime(2023, 5, day, 9, tzinfo=VIETNAM))
    assert walk(plan, 1)[0].step == first


def test_how_often_an_ongoing_task_is_asked_about_can_be_set_and_switched_off() -> None:
    assert steps(ONGOING, 3, policy=Policy(ask_months=1))[:2] == [
        "2023-06-15 status-2023-06",
        "2023-07-17 status-2023-07",
    ]
    assert steps(ONGOING, 1, policy=Policy(ask_months=12)) == ["2023-12-15 status-2023-12"]
    assert walk(ONGOING, 1, policy=Policy(ask_months=0)) == []


def test_nothing_is_asked_of_an_ongoing_task_that_is_closed_or_has_been_given_a_date() -> None:
    assert walk(replace(ONGOING, closed=True), 1) == []
    assert walk(replace(ONGOING, handed_in=True), 1) == []
    assert {each.kind for each in walk(replace(ONGOING, due=SEED.due), 40)} == {"before", "after", "weekly"}


@settings(max_examples=40, deadline=None)
@given(ongoing_plans(), policies, calendars(), zones)
def test_ten_years_of_questions_are_one_a_quarter_and_never_on_a_day_off(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo
) -> None:
    last = plan.assigned_at.year + 10
    found = walk(plan, 200, policy, calendar, tz, until=datetime(last, 1, 1, tzinfo=UTC))
    days = [local_day(each, tz) for each in found]
    asked = {day: each.step for day, each in zip(days, found, strict=True) if each.kind == "status"}
    expected = expected_questions(plan, policy, calendar, tz, last + 1)
    assert asked == {day: step for day, step in expected.items() if day.year < last}
    assert days == sorted(set(days))
    assert all(map(calendar.is_working_day, days))
    assert {each.kind for each in found} <= {"status", "acknowledge"}
    assert not any(each.for_contact for each in found)


@settings(max_examples=40, deadline=None)
@given(
    ongoing_plans(),
    policies,
    calendars(),
    zones,
    st.integers(0, 60 * 24 * 700),
    st.integers(0, 60 * 24 * 700),
)
def test_a_restart_changes_no_question(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, first: int, second: int
) -> None:
    since, now = (plan.assigned_at + timedelta(minutes=each) for each in sorted((first, second)))
    stepped = walk(plan, 40, policy, calendar, tz, until=plan.assigned_at + timedelta(days=1500))
    missed = [each for each in stepped if since < each.at <= now]
    ahead = [each for each in stepped if each.at > now]
    assert next_reminder(plan, policy, calendar, tz, now) == (ahead[0] if ahead else None)
    assert current_reminder(plan, policy, calendar, tz, since, now) == (missed[-1] if missed else None)


# --- contacts, moved days, what is to come ----------------------------------------------------------------


def test_the_contact_gets_what_is_five_working_days_overdue_and_all_that_follows() -> None:
    told = {each.step: each.for_contact for each in walk(SEED, 8)}
    assert [step for step, too in told.items() if too] == ["after-5", "week-2023-06-12", "week-2023-06-19"]
    assert not any(each.for_contact for each in walk(SEED, 20, policy=Policy(contact_after=0)))
    late = walk(SEED, 20, policy=Policy(contact_after=10))
    assert next(each.step for each in late if each.for_contact) == "week-2023-06-19"


def test_what_a_day_off_has_moved_says_from_which_day() -> None:
    def moved(plan: Plan, count: int) -> dict[str, date]:
        return {each.step: each.moved_from for each in walk(plan, count) if each.moved_from}

    assert moved(SEED, 8) == {}
    on_sunday = replace(SEED, assigned_at=datetime(2023, 4, 3, 9, tzinfo=VIETNAM), due=date(2023, 4, 30))
    assert moved(on_sunday, 6) == {"due-0": date(2023, 4, 30)}
    assert moved(SEED, 30)["week-2023-09-04"] == date(2023, 9, 4)
    assert moved(ONGOING, 5) == {"status-2024-06": date(2024, 6, 15)}


@settings(max_examples=60, deadline=None)
@given(plans() | ongoing_plans(), policies, calendars(), zones, st.integers(0, 600), st.integers(0, 700))
def test_the_forecast_is_each_next_reminder_after_the_other(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo, first: int, length: int
) -> None:
    after = plan.assigned_at + timedelta(days=first)
    until = after + timedelta(days=length)
    found = forecast(plan, policy, calendar, tz, after, until)
    assert found == walk(plan, 800, policy, calendar, tz, after=after, until=until)
    for each in found:
        day = local_day(each, tz)
        assert each.moved_from != day
        assert each.moved_from is None or not calendar.is_working_day(each.moved_from)
        if each.for_contact:
            assert policy.contact_after
            assert each.kind in ("after", "weekly")
    silent = [replace(plan, closed=True), replace(plan, handed_in=True)]
    assert [forecast(each, policy, calendar, tz, after, until) for each in silent] == [[], []]


@settings(max_examples=30, deadline=None)
@given(plans(), policies, calendars(), zones)
def test_contacts_are_told_from_the_day_the_policy_names_on(
    plan: Plan, policy: Policy, calendar: WorkCalendar, tz: tzinfo
) -> None:
    assert plan.due
    found = [each for each in walk(plan, 60, policy, calendar, tz) if each.kind in ("after", "weekly")]
    last_day = calendar.next_working_day(plan.due)
    limit = calendar.add_working_days(last_day, policy.contact_after) if policy.contact_after else date.max
    assert [each.for_contact for each in found] == [local_day(each, tz) >= limit for each in found]
