"""What the reader of deadlines has to say is said in the language of who reads it."""

import io
import json
import sys
from datetime import date

import pytest

from bot.__main__ import main
from bot.documents.recurrence import find_rule_fault
from bot.domain.deadlines import DeadlineKind, read_deadline, word_due, word_recurrence, word_values
from tests.saying import SAY, SAY_IN_ENGLISH, is_english

ISSUED_ON = date(2023, 4, 24)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("ngày 31/02/2023", "There is no 31/02/2023; that month ends on 28/02/2023."),
        ("trước ngày 31/4 hằng năm", "There is no 31/04; that month ends on 30/04."),
        ("trước ngày 5/23/2023", "There is no month 23; the day comes first, then the month: 23/05/2023?"),
        ("trước ngày 5/23", "There is no month 23; the day comes first, then the month: 23/05?"),
        ("trong tháng 13/2023", "There is no month 13; months are 01 to 12."),
        ("quý V/2023", "There is no quarter 5; quarters are I, II, III and IV."),
        ("ngày 32/5/2023", "There is no day 32; the days of a month are 01 to 31."),
        ("trước ngày 15/6/203", "The year of 15/06 cannot be read; please write its four figures"),
        ("ngày 15 âm lịch", "please write the solar date"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_english_with_what_would_be_right(
    phrase: str, sentence: str
) -> None:
    problem = read_deadline(phrase, ISSUED_ON).problem
    assert problem is not None
    assert sentence in SAY_IN_ENGLISH(problem)
    assert is_english(SAY_IN_ENGLISH(problem))
    assert not is_english(SAY(problem))


@pytest.mark.parametrize("phrase", ["trước ngày 15/6", "hôm nay", "trước ngày 15", "trước ngày 15/3/2023"])
def test_what_the_documents_date_is_needed_for_is_said_in_english(phrase: str) -> None:
    reading = read_deadline(phrase, ISSUED_ON if "2023" in phrase else None)
    found = reading.problem or reading.warning
    assert found is not None
    assert is_english(SAY_IN_ENGLISH(found))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "regularly"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=MONTHLY;INTERVAL=3", "every quarter"),
        ("FREQ=MONTHLY;INTERVAL=6", "every 6 months"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "by day 25, every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day, every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", "2 times a month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5,20", "on days 5 and 20, every quarter"),
        ("FREQ=WEEKLY;BYDAY=FR", "every Friday"),
        ("FREQ=DAILY;BYHOUR=16;BYMINUTE=30", "before 16:30 every day"),
        ("FREQ=WEEKLY;BYDAY=FR;BYHOUR=16", "before 16:00 every Friday"),
        ("FREQ=MONTHLY;BYDAY=-1MO", "the last Monday of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "the last working day of every month"),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
            "by day 15 of the last month of every quarter",
        ),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 + FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
         "by 1 June, every year; in December, every year"),
    ],
)  # fmt: skip
def test_a_rhythm_has_its_words_in_english(rule: str | None, words: str) -> None:
    assert SAY_IN_ENGLISH(word_recurrence(rule)) == words


@pytest.mark.parametrize(
    ("kind", "due", "words", "in_vietnamese"),
    [
        ("date", date(2023, 5, 1), "by 1 May 2023", "trước ngày 01/5/2023"),
        ("month", date(2023, 2, 28), "in February 2023", "trong tháng 02/2023"),
        ("month", date(2023, 5, 10), "early in May 2023", "đầu tháng 5/2023"),
        ("quarter", date(2023, 6, 30), "in quarter II of 2023", "trong quý II/2023"),
        ("half", date(2023, 12, 31), "in the second half of 2023", "trong 6 tháng cuối năm 2023"),
        ("year", date(2023, 12, 31), "in 2023", "trong năm 2023"),
        ("year", date(2023, 6, 30), "in the middle of 2023", "giữa năm 2023"),
    ],
)
def test_a_day_has_its_words_in_both_languages(kind: str, due: date, words: str, in_vietnamese: str) -> None:
    said = word_due(DeadlineKind(kind), due)
    assert (SAY_IN_ENGLISH(said), SAY(said)) == (words, in_vietnamese)


def test_what_has_no_day_has_words_too() -> None:
    assert SAY_IN_ENGLISH(word_values("ongoing", None, None)) == "ongoing"
    assert SAY_IN_ENGLISH(word_values("none", None, None)) == "no deadline"
    assert SAY(word_values("none", None, None)) == "không có thời hạn"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYHOUR=4",
        "FREQ=MONTHLY;INTERVAL=2;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;COUNT=2;UNTIL=20251231",
        "FREQ=MONTHLY;UNTIL=20251331",
        "FREQ=MONTHLY;UNTIL=20201231",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTHDAY=29;BYWEEKNO=1",
        "FREQ=MONTHLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYMONTH=77",
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_in_both_languages(rule: str) -> None:
    fault = find_rule_fault(rule, ISSUED_ON)
    assert fault is not None
    assert is_english(SAY_IN_ENGLISH(fault))
    assert SAY(fault) != SAY_IN_ENGLISH(fault)


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "ngày cuối của tháng này"), ("en", "that month ends on")]
)
def test_the_command_says_problems_in_the_offices_language(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "ngày 31/02/2023\ntrước ngày 15/3/2023\t2023-04-24\n"
    monkeypatch.setenv("LANGUAGE", language)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["deadlines"]) == 0
    impossible, early = map(json.loads, capsys.readouterr().out.splitlines())
    assert words in impossible["problem"]
    assert list(impossible) == ["phrase", "kind", "due", "recurrence", "precision", "problem"]
    assert "15/03/2023" in early["warning"]


def test_a_line_that_is_wrong_is_named_and_all_others_are_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "trong tháng 5/2023\ntrong tháng 6\t24.4.2023\nquý III/2023\t2023-04-24\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["deadlines"]) == 1
    said = capsys.readouterr()
    assert [json.loads(each)["phrase"] for each in said.out.splitlines()] == [
        "trong tháng 5/2023",
        "quý III/2023",
    ]
    assert (
        said.err
        == "line 2 is not answered: '24.4.2023' is no day; after the tab: YYYY-MM-DD, like 2023-04-24\n"
    )
