from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2023, 5, 26) + timedelta(days=n) for n in range(4))

days = st.dates(date(2023, 1, 1), date(2024, 12, 31))
calendars = st.builds(WorkCalendar, st.frozensets(days, max_size=60), st.frozensets(days, max_size=20))


def test_weekends_are_off_unless_they_are_worked_and_a_listed_day_is_off() -> None:
    calendar = WorkCalendar(days_off=frozenset({FRIDAY}), worked=frozenset({SATURDAY}))
    assert [calendar.is_working_day(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_day_that_is_both_off_and_worked_is_off() -> None:
    assert not WorkCalendar(frozenset({SATURDAY}), frozenset({SATURDAY})).is_working_day(SATURDAY)


def test_the_nearest_working_day_is_the_day_itself_when_it_is_worked() -> None:
    calendar = WorkCalendar()
    assert calendar.next_working_day(FRIDAY) == calendar.previous_working_day(FRIDAY) == FRIDAY
    assert (calendar.next_working_day(SATURDAY), calendar.previous_working_day(SUNDAY)) == (MONDAY, FRIDAY)


def test_counting_leaves_the_day_itself_out_and_jumps_over_days_off() -> None:
    calendar = WorkCalendar()
    assert calendar.add_working_days(FRIDAY, 1) == calendar.add_working_days(SUNDAY, 1) == MONDAY
    assert calendar.add_working_days(MONDAY, -1) == calendar.add_working_days(SATURDAY, -1) == FRIDAY
    assert calendar.add_working_days(SATURDAY, 0) == SATURDAY


def test_the_ends_of_the_calendar_hold_instead_of_overflowing() -> None:
    calendar = WorkCalendar(days_off=frozenset({date.min, date.max}))
    assert calendar.next_working_day(date.max) == date.max
    assert calendar.previous_working_day(date.min) == date.min
    assert calendar.add_working_days(date.max, 3) == date.max
    assert calendar.add_working_days(date.min + timedelta(days=2), -9) == date.min


@given(calendars, days, st.integers(1, 60))
def test_the_nth_working_day_has_exactly_n_working_days_up_to_it(
    calendar: WorkCalendar, day: date, n: int
) -> None:
    later, earlier = calendar.add_working_days(day, n), calendar.add_working_days(day, -n)
    assert calendar.is_working_day(later)
    assert calendar.is_working_day(earlier)
    ahead = [day + timedelta(days=k) for k in range(1, (later - day).days + 1)]
    behind = [day - timedelta(days=k) for k in range(1, (day - earlier).days + 1)]
    assert sum(map(calendar.is_working_day, ahead)) == sum(map(calendar.is_working_day, behind)) == n


@given(calendars, days)
def test_only_days_off_lie_between_a_day_and_its_nearest_working_days(
    calendar: WorkCalendar, day: date
) -> None:
    before, after = calendar.previous_working_day(day), calendar.next_working_day(day)
    assert before <= day <= after
    between = [before + timedelta(days=k) for k in range(1, (after - before).days)]
    assert not any(map(calendar.is_working_day, between))
