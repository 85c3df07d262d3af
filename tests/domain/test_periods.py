"""Periods: exact days, names that never repeat, one sequence wherever one begins to look."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.recurrence import find_rule_fault
from bot.domain.periods import (
    Period,
    find_gap,
    find_span,
    first_period,
    iterate_periods,
    list_periods,
    name_span,
    next_period,
)
from bot.domain.rhythm import Width
from bot.screens.periods import period_words
from bot.texts import Texts
from tests.conftest import ZONE

START = date(2023, 4, 24)
PHRASES = Path(__file__).parents[1] / "deadlines" / "phrases.tsv"
DAY = timedelta(days=1)
MANY = 12


def keys(rule: str, on: date = START, most: int = 4) -> str:
    return " ".join(period.key for period in islice(iterate_periods(rule, on), most))


def dues(rule: str, on: date = START, most: int = 3) -> str:
    return " ".join(f"{period.due:%d/%m/%y}" for period in islice(iterate_periods(rule, on), most))


# --- a rule that names no day is due on the last day of what it repeats by


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", "30/04/23 31/05/23 30/06/23"),
        ("FREQ=MONTHLY;INTERVAL=2", "30/04/23 30/06/23 31/08/23"),
        ("FREQ=MONTHLY;INTERVAL=3", "30/06/23 30/09/23 31/12/23"),
        ("FREQ=MONTHLY;INTERVAL=4", "30/04/23 31/08/23 31/12/23"),
        ("FREQ=MONTHLY;INTERVAL=6", "30/06/23 31/12/23 30/06/24"),
        ("FREQ=MONTHLY;INTERVAL=24", "31/12/24 31/12/26 31/12/28"),
        ("FREQ=YEARLY", "31/12/23 31/12/24 31/12/25"),
        ("FREQ=YEARLY;INTERVAL=5", "31/12/25 31/12/30 31/12/35"),
        ("FREQ=YEARLY;BYMONTH=2", "29/02/24 28/02/25 28/02/26"),
        ("FREQ=WEEKLY", "28/04/23 05/05/23 12/05/23"),
        ("FREQ=DAILY", "24/04/23 25/04/23 26/04/23"),
    ],
)
def test_a_rule_without_a_day_ends_with_its_part_of_the_calendar(rule: str, expected: str) -> None:
    assert dues(rule) == expected


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2024, 1, 31), "31/01/24 29/02/24 31/03/24"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", date(2023, 1, 31), "28/02/23 30/03/23 30/04/23"),
        ("FREQ=MONTHLY;BYMONTHDAY=29", date(2023, 2, 1), "28/02/23 29/03/23 29/04/23"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2023, 1, 1), "28/02/23 29/02/24 28/02/25"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31", date(2023, 1, 1), "31/03/23 30/06/23 30/09/23"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", date(2023, 2, 1), "15/02/23 28/02/23 15/03/23"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", START, "25/04/23 25/05/23 25/06/23"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", START, "28/04/23 31/05/23 30/06/23"),
        ("FREQ=WEEKLY;BYDAY=WE;BYHOUR=15", START, "26/04/23 03/05/23 10/05/23"),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTH=3,9", START, "30/09/23 31/03/24 30/09/24"),
        ("FREQ=YEARLY;UNTIL=20241231", START, "31/12/23 31/12/24"),
        ("FREQ=MONTHLY;COUNT=2", START, "30/04/23 31/05/23"),
    ],
)
def test_a_day_is_kept_and_a_shorter_month_has_its_last(rule: str, on: date, expected: str) -> None:
    assert dues(rule, on) == expected


def test_a_count_counts_from_when_the_rule_holds() -> None:
    later = list_periods("FREQ=MONTHLY;COUNT=3", date(2023, 5, 31), date.max, since=START)
    assert [period.key for period in later] == ["2023-06"]
    assert next_period("FREQ=MONTHLY;COUNT=3", date(2023, 6, 30), since=START) is None


# --- names


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", "2023-04 2023-05 2023-06 2023-07"),
        ("FREQ=MONTHLY;INTERVAL=3", "2023-Q2 2023-Q3 2023-Q4 2024-Q1"),
        ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", "2023-Q3 2023-Q4 2024-Q1 2024-Q2"),
        ("FREQ=MONTHLY;INTERVAL=6", "2023-H1 2023-H2 2024-H1 2024-H2"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15", "2023-H2 2024-H1 2024-H2 2025-H1"),
        ("FREQ=YEARLY", "2023 2024 2025 2026"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15", "2024 2025 2026 2027"),
        ("FREQ=WEEKLY;BYDAY=MO", "2023-W17 2023-W18 2023-W19 2023-W20"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "2023-04-24 2023-04-28 2023-05-01 2023-05-05"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", "2023-04-30 2023-05-15 2023-05-30 2023-06-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15 + FREQ=MONTHLY;BYMONTHDAY=30", "2023-04-30 2023-05-15 2023-05-30 2023-06-15"),
        ("FREQ=DAILY", "2023-04-24 2023-04-25 2023-04-26 2023-04-27"),
        ("FREQ=MONTHLY;INTERVAL=5", "2023-06 2023-11 2024-04 2024-09"),
    ],
)  # fmt: skip
def test_a_period_is_named_by_what_the_rule_repeats_by(rule: str, expected: str) -> None:
    assert keys(rule) == expected


def test_where_rhythms_meet_there_is_one_period_and_the_widest_names_it() -> None:
    rule = "FREQ=MONTHLY;INTERVAL=3 + FREQ=MONTHLY;INTERVAL=6 + FREQ=YEARLY"
    assert keys(rule, date(2023, 1, 1)) == "2023-Q1 2023-H1 2023-Q3 2023"


def test_reports_asked_for_once_a_year_each_are_the_half_year_and_the_year() -> None:
    """“6 tháng (trước ngày 20/6), năm (trước ngày 15/11)”."""
    rule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20 + FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"
    assert keys(rule) == "2023-H1 2023 2024-H1 2024"


def test_the_gap_to_the_next_period_is_told_even_after_the_end() -> None:
    assert find_gap("FREQ=MONTHLY;COUNT=1 + FREQ=WEEKLY;BYDAY=TU;UNTIL=20230101", date(2023, 4, 30)) == 2
    assert find_gap("FREQ=YEARLY", date(2023, 12, 31)) == 366


def test_every_rule_that_is_read_from_a_phrase_has_periods() -> None:
    columns = [line.split("\t") for line in PHRASES.read_text(encoding="utf-8").splitlines()]
    rules = {each for row in columns for each in row if each.startswith("FREQ=")}
    assert len(rules) > 50
    for rule in rules:
        found = list(islice(iterate_periods(rule, START), 3))
        assert found, rule
        assert len({period.key for period in found}) == len(found), rule


@pytest.mark.parametrize(
    ("period", "vietnamese", "english"),
    [
        ("2023-05", "kỳ tháng 5/2023", "month 5/2023"),
        ("2023-Q2", "kỳ quý II/2023", "quarter II/2023"),
        ("2023-H1", "kỳ 6 tháng đầu năm 2023", "first half of 2023"),
        ("2023-H2", "kỳ 6 tháng cuối năm 2023", "second half of 2023"),
        ("2023", "kỳ năm 2023", "year 2023"),
        ("2023-W21", "kỳ tuần 21 (đến 26/5/2023)", "week 21 (to 26/5/2023)"),
        ("2023-05-15", "kỳ ngày 15/5/2023", "day 15/5/2023"),
        ("", "", ""),
    ],
)
def test_people_read_the_period_in_their_words(period: str, vietnamese: str, english: str) -> None:
    said = [period_words(period, None, Texts(language, ZONE, "")) for language in ("vi", "en")]
    assert said == [vietnamese, english]


# --- properties

DAYS = st.dates(date(1990, 1, 1), date(2120, 12, 31))
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)
MONTH_DAYS = st.lists(st.integers(1, 31) | st.integers(-31, -1), min_size=1, max_size=3, unique=True)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True)


def _joined(
    name: str, values: st.SearchStrategy[list[int]] | st.SearchStrategy[list[str]]
) -> st.SearchStrategy[str]:
    return st.just("") | values.map(lambda each: f";{name}=" + ",".join(map(str, each)))


PLAIN = st.builds(
    "FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 12),
    _joined("BYMONTH", MONTHS),
    _joined("BYMONTHDAY", MONTH_DAYS) | _joined("BYDAY", NAMES),
).filter(lambda rule: not ("WEEKLY" in rule and "BYMONTHDAY" in rule))
PLACED = [f"{place}{name}" for place in (1, 2, -1, 5) for name in WEEKDAYS]
ANY = st.builds(
    "FREQ={}{}{}{}{}{}{}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    _joined("INTERVAL", st.integers(1, 99).map(lambda n: [n])),
    _joined("BYMONTH", MONTHS),
    _joined("BYMONTHDAY", MONTH_DAYS),
    _joined("BYDAY", NAMES) | _joined("BYDAY", st.lists(st.sampled_from(PLACED), min_size=1, max_size=2)),
    _joined("BYYEARDAY", st.lists(st.integers(1, 366), min_size=1, max_size=2)),
    _joined("BYWEEKNO", st.lists(st.integers(1, 53), min_size=1, max_size=2)),
    _joined("BYSETPOS", st.lists(st.sampled_from([1, 2, -1]), min_size=1, max_size=2)),
    st.sampled_from(["", ";COUNT=3", ";UNTIL=20991231", ";WKST=SU"]),
)
RULES = st.lists(PLAIN | ANY, min_size=1, max_size=3).map(" + ".join)


def some(rule: str, on: date, since: date | None = None) -> list[Period]:
    return list(islice(iterate_periods(rule, on, since), MANY))


@settings(max_examples=60)
@given(RULES, DAYS)
def test_whatever_is_accepted_gives_rising_days_and_names_of_its_own(rule: str, on: date) -> None:
    if find_rule_fault(rule, START) is not None:
        return
    found = some(rule, on)
    assert all(on <= period.due for period in found)
    assert all(earlier.due < later.due for earlier, later in pairwise(found))
    assert len({period.key for period in found}) == len(found)


@settings(max_examples=60)
@given(RULES, DAYS, st.integers(0, MANY))
def test_wherever_one_begins_it_is_the_same_sequence(rule: str, on: date, skipped: int) -> None:
    if find_rule_fault(rule, START) is not None:
        return
    found = some(rule, on, since=on)
    rest = found[skipped:]
    if rest:
        again = some(rule, found[skipped - 1].due + DAY if skipped else on, since=on)
        assert again[: len(rest)] == rest
        assert first_period(rule, rest[0].due, since=on) == rest[0]
    for earlier, later in pairwise(found):
        assert next_period(rule, earlier.due, since=on) == later


@settings(max_examples=50)
@given(st.lists(PLAIN, min_size=1, max_size=2), DAYS)
def test_the_days_are_those_that_a_look_at_every_day_finds(rules: list[str], on: date) -> None:
    until = on + timedelta(days=800)
    expected = [day for day in _days(on, until) if any(_falls(rule, day) for rule in rules)]
    found = list_periods(" + ".join(rules), on - DAY, until)
    assert [period.due for period in found] == expected


def _days(on: date, until: date) -> list[date]:
    return [on + timedelta(days=n) for n in range((until - on).days + 1)]


def _falls(rule: str, day: date) -> bool:
    parts = dict(part.split("=") for part in rule.split(";"))
    months = [int(each) for each in parts.get("BYMONTH", "").split(",") if each]
    if months and day.month not in months:
        return False
    return _is_in_step(parts["FREQ"], int(parts["INTERVAL"]), months, day) and _is_day(parts, months, day)


def _is_in_step(freq: str, interval: int, months: list[int], day: date) -> bool:
    if freq == "WEEKLY":
        return (day - date(1, 1, 1)).days // 7 % interval == 0
    if freq == "YEARLY":
        return day.year % interval == 0
    steps = {n for n in range(12 * interval) if (n - 11) % interval == 0}
    if months and not any(n % 12 + 1 in months for n in steps):
        steps = {n for n in range(12 * interval) if (n - (min(months) - 1)) % interval == 0}
    # Where the interval is no part of a year, December of the year 0 is in step.
    return (day.year * 12 + day.month - 1) % (12 * interval) in steps


def _is_day(parts: dict[str, str], months: list[int], day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    if "BYDAY" in parts:
        return WEEKDAYS[day.weekday()] in parts["BYDAY"].split(",")
    if "BYMONTHDAY" in parts:
        wanted = [int(each) for each in parts["BYMONTHDAY"].split(",")]
        return day.day in [min(each, last) for each in wanted if each > 0] or day.day - last - 1 in wanted
    if parts["FREQ"] == "WEEKLY":
        return day.weekday() == 4
    return day.day == last and (bool(months) or parts["FREQ"] == "MONTHLY" or day.month == 12)


@given(DAYS, st.sampled_from(list(Width)))
def test_a_span_holds_its_days_and_they_share_its_name(day: date, width: Width) -> None:
    first, last = find_span(day, width)
    assert first <= day <= last
    assert name_span(first, width) == name_span(day, width) == name_span(last, width)
    if width is not Width.DAY:
        assert name_span(first - DAY, width) != name_span(day, width) != name_span(last + DAY, width)
