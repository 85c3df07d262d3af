"""Days that the moon counts: Tết and what a document may be due before it."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadlines import read_deadline
from bot.domain.deadlines.lunar import find_lunar_day
from tests.saying import said

ISSUED_ON = date(2023, 12, 8)


@pytest.mark.parametrize(("month", "day", "name"), [(1, 1, "Lunar New Year"), (3, 10, "Hung Kings")])
def test_tet_and_the_hung_kings_fall_as_the_public_holidays_do(month: int, day: int, name: str) -> None:
    for year in range(2008, 2100):
        days = holidays.country_holidays("VN", years=year, language="en_US")
        named = [each for each, names in days.items() if names.startswith(name)]
        assert find_lunar_day(year, month, day) in named


@given(st.integers(1901, 2190), st.integers(1, 11))
def test_lunar_months_follow_each_other(year: int, month: int) -> None:
    first, second = find_lunar_day(year, month, 1), find_lunar_day(year, month + 1, 1)
    assert first
    assert second
    assert (second - first).days in (29, 30, 58, 59, 60)
    assert find_lunar_day(year, month, 0) == first - timedelta(days=1)
    assert find_lunar_day(year, month, 31) is None


def test_a_year_out_of_reach_has_no_lunar_days() -> None:
    assert find_lunar_day(1899, 1, 1) is None
    assert find_lunar_day(2200, 1, 1) is None


@pytest.mark.parametrize(
    ("phrase", "due", "precision"),
    [
        ("trước Tết Nguyên đán 2024", date(2024, 2, 9), "week"),
        ("trước Tết Nguyên đán Giáp Thìn", date(2024, 2, 9), "week"),
        ("trước Tết Dương lịch 2024", date(2023, 12, 31), "day"),
        ("trước ngày 10/3 âm lịch năm 2024", date(2024, 4, 18), "day"),
        ("hoàn thành trước rằm tháng 8 năm 2024", date(2024, 9, 17), "day"),
        ("trước ngày 23 tháng 12 âm lịch", date(2024, 2, 2), "day"),
    ],
)
def test_a_day_of_the_moon_is_read_as_a_day_of_the_sun(phrase: str, due: date, precision: str) -> None:
    reading = read_deadline(phrase, ISSUED_ON)
    assert (reading.due, reading.precision, reading.problem) == (due, precision, None)


@pytest.mark.parametrize("phrase", ["ngày 15 âm lịch", "ngày 31 tháng 8 âm lịch năm 2024"])
def test_a_lunar_day_that_is_none_is_refused_with_what_would_be_right(phrase: str) -> None:
    reading = read_deadline(phrase, ISSUED_ON)
    assert reading.due is None
    assert "dương lịch" in said(reading.problem)


@pytest.mark.parametrize(
    "phrase", ["trước, trong và sau Tết Nguyên đán", "dịp Tết Nguyên đán 2024", "thưởng Tết"]
)
def test_tet_itself_is_no_deadline(phrase: str) -> None:
    assert read_deadline(phrase, ISSUED_ON).due is None
