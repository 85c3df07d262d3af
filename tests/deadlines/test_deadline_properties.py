"""What holds for every phrase, not only for those of the table."""

import calendar
import random
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.deadlines import (
    DeadlineKind,
    DeadlineReading,
    read_deadline,
    word_deadline,
    word_due,
    word_recurrence,
)
from bot.domain.deadlines.grammar import parse
from bot.domain.deadlines.pattern import Stream
from bot.domain.deadlines.tokens import tokenize
from tests.saying import SAY

_DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))
_VOCABULARY = """
    trước ngày tháng năm quý hằng định kỳ từ đến và hoặc , ; ( ) / - . trong sau 15 6 2023 31/5/2023 II l5 mỗi lần
    thường xuyên giai đoạn đầu cuối tuần thứ Sáu kể làm việc ban hành 118/2025/NĐ-CP số % 0 99 20 25 tới này theo
    kế hoạch báo cáo 999 9999999999 ² ١ ﷺ Tết mai âm lịch rằm Quốc khánh kỷ niệm đạt lần đã hoàn thành :
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period_end(kind: DeadlineKind, day: date) -> date:
    months = {DeadlineKind.QUARTER: 3, DeadlineKind.HALF: 6, DeadlineKind.YEAR: 12}.get(kind, 1)
    return _month_end(day.replace(day=1, month=(day.month + months - 1) // months * months))


_DATED = st.sampled_from(
    [DeadlineKind.DATE, DeadlineKind.MONTH, DeadlineKind.QUARTER, DeadlineKind.HALF, DeadlineKind.YEAR]
)


@given(_DATED, _DAYS, st.integers(0, 4000))
def test_a_rendered_due_date_reads_back_the_same(kind: DeadlineKind, day: date, before: int) -> None:
    due = day if kind is DeadlineKind.DATE else _period_end(kind, day)
    for issued_on in (None, due - timedelta(days=before)):
        reading = read_deadline(SAY(word_due(kind, due)), issued_on)
        assert (reading.kind, reading.due, reading.ambiguous) == (kind, due, False)


@st.composite
def _rules(draw: st.DrawFn) -> str:
    day = draw(st.integers(1, 30))
    month = draw(st.integers(1, 12))
    quarter = draw(st.sampled_from(["1,4,7,10", "2,5,8,11", "3,6,9,12"]))
    weekday = draw(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]))
    last = calendar.monthrange(2023, month)[1]
    return draw(
        st.sampled_from(
            [
                "FREQ=DAILY",
                f"FREQ=DAILY;BYHOUR={draw(st.integers(1, 23))}",
                "FREQ=WEEKLY",
                "FREQ=MONTHLY",
                "FREQ=YEARLY",
                "FREQ=MONTHLY;INTERVAL=3",
                f"FREQ=MONTHLY;INTERVAL={draw(st.sampled_from([2, 4, 6]))}",
                f"FREQ=WEEKLY;INTERVAL={draw(st.integers(2, 9))}",
                f"FREQ=YEARLY;INTERVAL={draw(st.integers(2, 9))}",
                f"FREQ=WEEKLY;BYDAY={weekday}",
                f"FREQ=WEEKLY;BYDAY={weekday};BYHOUR={draw(st.integers(1, 23))}",
                f"FREQ=MONTHLY;BYDAY={draw(st.sampled_from([1, -1]))}{weekday}",
                f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={draw(st.sampled_from([1, -1]))}",
                f"FREQ=MONTHLY;BYMONTHDAY={draw(st.sampled_from([day, -1]))}",
                f"FREQ=MONTHLY;BYMONTHDAY={draw(st.sampled_from(['15,-1', '10,20,-1', '7,14,21,-1']))}",
                f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}",
                f"FREQ=YEARLY;BYMONTH={quarter};BYMONTHDAY={draw(st.sampled_from([day, -1]))}",
                f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={-1 if month == 2 else min(day, last)}",
                f"FREQ=YEARLY;BYMONTH=1,5,11;BYMONTHDAY={day}",
            ]
        )
    )


@given(_rules(), _DAYS)
def test_a_rendered_rhythm_reads_back_the_same(rule: str, issued_on: date) -> None:
    reading = read_deadline(SAY(word_recurrence(rule)), issued_on)
    assert (reading.kind, reading.recurrence) == (DeadlineKind.RECURRING, rule)


def test_several_rendered_rhythms_read_back_the_same() -> None:
    rules = (
        "FREQ=MONTHLY;BYMONTHDAY=25 + FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"
        " + FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    )
    assert read_deadline(SAY(word_recurrence(rules))).recurrence == rules


@pytest.mark.parametrize("kind", [DeadlineKind.ONGOING, DeadlineKind.RECURRING, DeadlineKind.NONE])
def test_what_has_no_day_reads_back_the_same(kind: DeadlineKind) -> None:
    assert read_deadline(SAY(word_deadline(DeadlineReading("", kind)))).kind is kind


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    read_deadline(text, date(2023, 4, 24))


@settings(max_examples=300)
@given(st.lists(_WORDS, max_size=24), st.one_of(st.none(), _DAYS, st.just(date.min), st.just(date.max)))
def test_no_order_of_known_words_makes_the_reader_raise(words: list[str], issued_on: date | None) -> None:
    reading = read_deadline(" ".join(words), issued_on)
    assert list(reading.as_json(SAY))[:5] == ["phrase", "kind", "due", "recurrence", "precision"]
    assert not (reading.problem and reading.due)
    assert reading.due is None or reading.due in reading.all


@given(st.lists(_WORDS, max_size=12), _DAYS)
def test_case_blanks_and_unicode_form_never_matter(words: list[str], issued_on: date) -> None:
    phrase = " ".join(words)
    wanted = _facts(read_deadline(phrase, issued_on))
    for other in (
        phrase.upper(),
        phrase.title(),
        unicodedata.normalize("NFD", phrase),
        "\u00a0 ".join(words),
    ):
        assert _facts(read_deadline(other, issued_on)) == wanted


def _facts(reading: DeadlineReading) -> dict[str, object]:
    row: dict[str, object] = dict(reading.as_json(SAY))
    del row["phrase"]
    return row


_HOSTILE = (
    "1-2-", "1/", "((", "tháng 1, ", "ngày ", "ng ày ", "a\u0301\u0323", "\u0323", "quý I và ", "hằng tháng ",
    "từ ngày 1 đến ", "30 ngày kể từ ngày ", "kế hoạch kiểm tra, ", "2023 - ", "118/2025/", "định kỳ 15/6 hoặc ",
    "ngày 3 1 ", "mỗi quý tổ chức họp ", "trước Tết ", "1.250.", "đến năm 2030 đạt ", "tính từ ngày 1/1 đến ",
    "thường xuyên, ", "15.6 ", "ó/", "và hằng năm ", "tháng, quý, năm ", "68 /2024/",
    "mạng lưới y tế đến năm 2030, ", "ngày 1/6 sang ngày 2/6 ",
)  # fmt: skip


@pytest.mark.parametrize("unit", _HOSTILE)
def test_twice_the_hostile_text_costs_twice_the_steps(unit: str) -> None:
    small, large = (_steps(unit, size) for size in (10_000, 20_000))
    assert large <= 2.1 * small + 200
    assert large <= 60 * 20_000


def _steps(unit: str, size: int) -> int:
    return parse(Stream(tokenize((unit * (size // len(unit) + 1))[:size]))).steps


def test_a_hundred_kilobytes_of_shuffled_words_are_read() -> None:
    text = " ".join(random.Random(7).choices(_VOCABULARY.split(), k=20_000))
    assert read_deadline(text, date(2023, 4, 24)).phrase == text
    small, large = (_steps(text, size) for size in (20_000, 40_000))
    assert large <= 2.2 * small
