from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.timeliness import (
    Counts,
    Status,
    Timeliness,
    count_groups,
    days_left,
    days_overdue,
    effective_due,
    timeliness,
)

PLAIN = WorkCalendar()
DUE = date(2023, 5, 31)  # a Wednesday
SATURDAY, MONDAY, TUESDAY = date(2023, 6, 3), date(2023, 6, 5), date(2023, 6, 6)
ALL_STATUSES = st.sampled_from(Status)
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def count_each(pairs: Iterable[tuple[Status, Timeliness]]) -> Counts:
    return count_groups((*pair, 1) for pair in pairs)


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS])
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2023, 5, 27), Timeliness.ON_TIME),
        (date(2023, 5, 28), Timeliness.DUE_SOON),
        (DUE, Timeliness.DUE_SOON),
        (date(2023, 6, 1), Timeliness.OVERDUE),
    ],
)
def test_open_work_is_judged_by_today(status: Status, today: date, expected: Timeliness) -> None:
    assert timeliness(status, DUE, None, today, PLAIN) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [(SATURDAY, Timeliness.DUE_SOON), (MONDAY, Timeliness.DUE_SOON), (TUESDAY, Timeliness.OVERDUE)],
)
def test_a_deadline_on_a_day_off_is_still_met_on_the_next_working_day(
    today: date, expected: Timeliness
) -> None:
    assert effective_due(SATURDAY, PLAIN) == MONDAY
    assert timeliness(Status.IN_PROGRESS, SATURDAY, None, today, PLAIN) is expected


def test_a_report_handed_in_on_time_is_never_overdue_however_long_it_waits() -> None:
    status, later = Status.AWAITING_CONFIRMATION, date(2024, 1, 1)
    assert timeliness(status, DUE, DUE, later, PLAIN) is Timeliness.ON_TIME
    assert timeliness(status, SATURDAY, MONDAY, later, PLAIN) is Timeliness.ON_TIME
    assert timeliness(status, DUE, date(2023, 6, 1), later, PLAIN) is Timeliness.OVERDUE


def test_completed_work_is_judged_by_its_submission_not_by_its_confirmation() -> None:
    later = date(2023, 7, 1)
    assert timeliness(Status.COMPLETED, DUE, DUE, later, PLAIN) is Timeliness.COMPLETED_ON_TIME
    assert timeliness(Status.COMPLETED, SATURDAY, MONDAY, later, PLAIN) is Timeliness.COMPLETED_ON_TIME
    assert timeliness(Status.COMPLETED, SATURDAY, TUESDAY, later, PLAIN) is Timeliness.COMPLETED_LATE


def test_a_returned_report_no_longer_stops_the_clock() -> None:
    assert timeliness(Status.IN_PROGRESS, DUE, DUE, date(2023, 6, 1), PLAIN) is Timeliness.OVERDUE


@pytest.mark.parametrize("status", list(Status))
def test_without_a_deadline_there_is_nothing_to_judge(status: Status) -> None:
    assert timeliness(status, None, DUE, DUE, PLAIN) is Timeliness.NO_DEADLINE


def test_days_left_and_overdue_are_calendar_days_from_the_deadline_itself() -> None:
    assert (days_left(DUE, date(2023, 5, 24)), days_overdue(DUE, date(2023, 5, 24))) == (7, 0)
    assert (days_left(DUE, DUE), days_overdue(DUE, DUE)) == (0, 0)
    assert (days_left(DUE, date(2023, 6, 5)), days_overdue(DUE, date(2023, 6, 5))) == (0, 5)


def test_counting_follows_official_reports() -> None:
    counts = count_each(
        [
            (Status.COMPLETED, Timeliness.COMPLETED_ON_TIME),
            (Status.COMPLETED, Timeliness.COMPLETED_LATE),
            (Status.NOT_STARTED, Timeliness.ON_TIME),
            (Status.IN_PROGRESS, Timeliness.DUE_SOON),
            (Status.IN_PROGRESS, Timeliness.OVERDUE),
            (Status.AWAITING_CONFIRMATION, Timeliness.ON_TIME),
            (Status.AWAITING_CONFIRMATION, Timeliness.OVERDUE),
            (Status.IN_PROGRESS, Timeliness.NO_DEADLINE),
            (Status.COMPLETED, Timeliness.NO_DEADLINE),
            (Status.SUSPENDED, Timeliness.OVERDUE),
            (Status.SUSPENDED, Timeliness.NO_DEADLINE),
            (Status.WITHDRAWN, Timeliness.ON_TIME),
        ]
    )
    assert counts == Counts(
        completed_on_time=1,
        completed_late=1,
        open_within=3,
        open_overdue=2,
        awaiting_on_time=1,
        awaiting_late=1,
        undated=2,
        suspended=2,
    )
    assert (counts.completed, counts.not_completed, counts.total, counts.counted_apart) == (2, 5, 7, 4)


@given(st.lists(st.tuples(ALL_STATUSES, st.none() | DAYS, st.none() | DAYS)), DAYS)
def test_the_parts_of_a_count_add_up(
    rows: list[tuple[Status, date | None, date | None]], today: date
) -> None:
    pairs = [(status, timeliness(status, due, handed, today, PLAIN)) for status, due, handed in rows]
    counts = count_each(pairs)
    withdrawn = sum(status is Status.WITHDRAWN for status, _ in pairs)
    awaiting = sum(
        status is Status.AWAITING_CONFIRMATION and judged is not Timeliness.NO_DEADLINE
        for status, judged in pairs
    )
    assert counts.total == counts.completed + counts.not_completed
    assert counts.total + counts.undated + counts.suspended + withdrawn == len(pairs)
    assert counts.awaiting_on_time + counts.awaiting_late == awaiting
    assert counts.awaiting_on_time <= counts.open_within
    assert counts.awaiting_late <= counts.open_overdue


@given(ALL_STATUSES, DAYS, DAYS, DAYS)
def test_lateness_never_turns_back_as_days_go_by(
    status: Status, due: date, handed: date, today: date
) -> None:
    order = [Timeliness.ON_TIME, Timeliness.DUE_SOON, Timeliness.OVERDUE]
    now = timeliness(status, due, handed, today, PLAIN)
    then = timeliness(status, due, handed, today + timedelta(days=1), PLAIN)
    assert now == then or order.index(now) < order.index(then)
