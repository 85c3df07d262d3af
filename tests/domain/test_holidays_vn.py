"""Published days off of state offices: the yearly notices of the Ministry of Labour (later Home Affairs)."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from bot.domain.calendar import WorkCalendar
from bot.holidays_vn import DEFAULT_OVERRIDES, WORK, list_published, vietnam_calendar

# Weekdays off in each year, as (first, last) of unbroken breaks with the weekends in and around them.
BREAKS = {
    2023: [
        "2022-12-31 2023-01-02",
        "2023-01-20 2023-01-26",
        "2023-04-29 2023-05-03",
        "2023-09-01 2023-09-04",
    ],
    2024: [
        "2023-12-30 2024-01-01",
        "2024-02-08 2024-02-14",
        "2024-04-18 2024-04-18",
        "2024-04-27 2024-05-01",
        "2024-08-31 2024-09-03",
    ],
    2025: [
        "2025-01-01 2025-01-01",
        "2025-01-25 2025-02-02",
        "2025-04-05 2025-04-07",
        "2025-04-30 2025-05-04",
        "2025-08-30 2025-09-02",
    ],
    2026: [
        "2026-01-01 2026-01-04",
        "2026-02-14 2026-02-22",
        "2026-04-25 2026-04-27",
        "2026-04-30 2026-05-03",
        "2026-08-29 2026-09-02",
        "2026-11-24 2026-11-24",
    ],
}
WORKED = ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return vietnam_calendar(range(2023, 2028))


def list_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", sorted(BREAKS))
def test_exactly_the_published_days_of_a_year_are_off(calendar: WorkCalendar, year: int) -> None:
    breaks = [tuple(map(date.fromisoformat, each.split())) for each in BREAKS[year]]
    published = {day for first, last in breaks for day in list_days(first, last)}
    for day in list_days(date(year, 1, 1), date(year, 12, 31)):
        is_worked = day.weekday() < 5 or day.isoformat() in WORKED
        assert calendar.is_working_day(day) == (is_worked and day not in published), day


def test_each_published_break_ends_with_a_return_to_work(calendar: WorkCalendar) -> None:
    for first, last in (each.split() for year in BREAKS.values() for each in year):
        assert calendar.is_working_day(date.fromisoformat(first) - timedelta(days=1))
        assert calendar.is_working_day(date.fromisoformat(last) + timedelta(days=1))


def test_the_law_fixes_most_days_of_2027_before_any_notice(calendar: WorkCalendar) -> None:
    new_year, tet_eve, tet_third = date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8)
    hung_kings, reunification, may_day_moved = date(2027, 4, 16), date(2027, 4, 30), date(2027, 5, 3)
    national_days = (date(2027, 9, 2), date(2027, 9, 3))
    for day in (new_year, tet_eve, tet_third, hung_kings, reunification, may_day_moved, *national_days):
        assert not calendar.is_working_day(day), day
    assert calendar.is_working_day(date(2027, 5, 4))


@pytest.mark.parametrize("year", range(2023, 2028))
def test_the_published_days_of_a_year_are_what_the_calendar_keeps(calendar: WorkCalendar, year: int) -> None:
    days = list_published(year, "vi")
    assert [day for day, _, _ in days] == sorted({day for day, _, _ in days})
    assert all(calendar.is_working_day(day) == (kind == WORK) for day, kind, _ in days)
    assert sum("Tết Nguyên Đán" in (name or "") for _, _, name in days) >= 5


def test_published_days_have_names_in_both_languages() -> None:
    assert {name for day, _, name in list_published(2026, "vi") if day == date(2026, 9, 2)} == {"Quốc khánh"}
    assert {name for day, _, name in list_published(2026, "en") if day == date(2026, 9, 2)} == {
        "National Day"
    }


def test_the_office_has_the_last_word_over_the_package_and_our_own_facts() -> None:
    table = {date(2023, 5, 2): "work", date(2023, 5, 4): "off", date(2023, 5, 6): "work"}
    calendar = vietnam_calendar([2023], {**table, date(2026, 1, 10): "off", date(2024, 5, 4): "off"})
    assert [calendar.is_working_day(day) for day in table] == [True, False, True]
    assert not calendar.is_working_day(date(2026, 1, 10))
    assert not calendar.is_working_day(date(2024, 5, 4))


def test_a_day_exchanged_across_new_year_counts_in_both_years() -> None:
    assert vietnam_calendar([2019]).is_working_day(date(2019, 1, 5))


def test_an_unknown_kind_of_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"2023-05-02.*'holiday'"):
        vietnam_calendar([2023], {date(2023, 5, 2): "holiday"})


def test_our_own_facts_are_needed_or_at_least_do_no_harm() -> None:
    assert set(DEFAULT_OVERRIDES.values()) <= {"off", "work"}
    assert all((day.weekday() >= 5) == (kind == "work") for day, kind in DEFAULT_OVERRIDES.items())


def test_importing_the_module_does_not_import_the_holidays_package() -> None:
    script = "import sys, bot.holidays_vn; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
