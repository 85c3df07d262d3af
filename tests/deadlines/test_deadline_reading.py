"""What a reading says beside its due date: doubts, warnings, problems, the office's calendar."""

from datetime import date, timedelta

import pytest

from bot.domain.deadlines import DeadlineKind, read_deadline
from tests.saying import SAY, said

ISSUED_ON = date(2023, 4, 24)


def test_the_answer_as_json_has_five_fields_and_what_else_applies() -> None:
    assert read_deadline("trong tháng 5/2023", ISSUED_ON).as_json(SAY) == {
        "phrase": "trong tháng 5/2023",
        "kind": "month",
        "due": "2023-05-31",
        "recurrence": None,
        "precision": "month",
        "all": ["2023-05-31"],
    }
    assert list(read_deadline("kịp thời").as_json(SAY)) == [
        "phrase",
        "kind",
        "due",
        "recurrence",
        "precision",
    ]


def test_of_several_dates_the_last_is_due_and_all_are_kept() -> None:
    reading = read_deadline("dự thảo trước ngày 01/6/2023, ban hành trước ngày 25/6/2023", ISSUED_ON)
    assert reading.due == date(2023, 6, 25)
    assert reading.all == (date(2023, 6, 1), date(2023, 6, 25))


def test_of_a_range_only_the_end_is_a_deadline() -> None:
    assert read_deadline("từ ngày 01/6 đến ngày 30/6/2023", ISSUED_ON).all == (date(2023, 6, 30),)


@pytest.mark.parametrize(
    ("phrase", "right"),
    [
        ("ngày 31/02/2023", "28/02/2023"),
        ("trước ngày 31/11/2023", "30/11/2023"),
        ("trước ngày 31/4 hằng năm", "30/04"),
        ("trước ngày 5/23/2023", "23/05/2023"),
        ("trong tháng 13/2023", "từ 01 đến 12"),
        ("quý V/2023", "I, II, III hoặc IV"),
        ("ngày 32/5/2023", "từ 01 đến 31"),
        ("trước ngày 32 hằng tháng", "từ 01 đến 31"),
        ("trước ngày 15/6/203", "bốn chữ số"),
    ],
)
def test_a_time_that_cannot_be_has_no_due_date_and_says_what_would_be_right(phrase: str, right: str) -> None:
    reading = read_deadline(phrase, ISSUED_ON)
    assert reading.due is None
    assert reading.recurrence is None
    assert right in said(reading.problem)


def test_a_missing_year_cannot_be_known_without_the_date_of_the_document() -> None:
    reading = read_deadline("trước ngày 15/6")
    assert (reading.kind, reading.due) == (DeadlineKind.DATE, None)
    assert "năm" in said(reading.problem)


@pytest.mark.parametrize("phrase", ["hôm nay", "trước 17 giờ ngày mai", "thứ Sáu tuần này"])
def test_what_counts_from_today_needs_the_date_of_the_document(phrase: str) -> None:
    reading = read_deadline(phrase)
    assert reading.due is None
    assert "không rõ ngày" in said(reading.problem)


def test_the_weather_of_today_is_no_deadline_in_a_document_without_a_date() -> None:
    reading = read_deadline("hôm nay trời nắng to")
    assert (reading.kind, reading.problem) == (DeadlineKind.NONE, None)


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("trước ngày 15/6", date(2023, 6, 15)),
        ("trước ngày 15/4", date(2024, 4, 15)),
        ("cuối năm", date(2023, 12, 31)),
    ],
)
def test_a_missing_year_is_the_next_and_said_to_be_assumed(phrase: str, due: date) -> None:
    reading = read_deadline(phrase, ISSUED_ON)
    assert (reading.due, reading.year_assumed) == (due, True)
    assert not read_deadline("trước ngày 15/6/2023", ISSUED_ON).year_assumed


def test_a_day_before_the_document_is_warned_of() -> None:
    reading = read_deadline("hoàn thành trước ngày 15/3/2023", ISSUED_ON)
    assert reading.due == date(2023, 3, 15)
    assert "15/03/2023" in said(reading.warning)
    assert read_deadline("trước ngày 24/4/2023", ISSUED_ON).warning is None


@pytest.mark.parametrize(
    ("phrase", "candidates"),
    [
        ("tháng 6 hoặc tháng 7/2023", (date(2023, 6, 30), date(2023, 7, 31))),
        ("giai đoạn 2021-2025", (date(2025, 12, 31),)),
        ("trước ngày 30 tháng 12", (date(2023, 12, 30),)),
        ("sau 10 ngày kể từ ngày ký", (date(2023, 5, 4),)),
        ("trong vòng 30 ngày", (date(2023, 5, 24),)),
        ("trước ngày 25", (date(2023, 4, 25),)),
        ("năm 2024 và các năm tiếp theo", (date(2024, 12, 31),)),
        ("trong năm học 2023-2024", (date(2024, 5, 31), date(2024, 8, 31))),
        ("đến năm 2025, tỷ lệ che phủ rừng đạt 54%", (date(2025, 12, 31),)),
        ("thường xuyên trong năm 2024", (date(2024, 12, 31),)),
    ],
)
def test_two_readings_are_said_and_not_guessed(phrase: str, candidates: tuple[date, ...]) -> None:
    reading = read_deadline(phrase, ISSUED_ON)
    assert (reading.ambiguous, reading.candidates) == (True, candidates)


def test_a_period_is_a_deadline_where_no_document_can_have_named_it() -> None:
    assert read_deadline("giai đoạn 2021-2025").due == date(2025, 12, 31)
    assert read_deadline("hoàn thành trong giai đoạn 2021-2025", ISSUED_ON).due == date(2025, 12, 31)


class _NoMondays:
    def add_working_days(self, day: date, n: int, /) -> date:
        while n:
            day += timedelta(days=1)
            n -= day.weekday() in (1, 2, 3, 4)
        return day


def test_working_days_are_those_of_the_office() -> None:
    phrase = "trong thời hạn 05 ngày làm việc kể từ ngày ban hành"
    assert read_deadline(phrase, ISSUED_ON).due == date(2023, 5, 1)
    assert read_deadline(phrase, ISSUED_ON, _NoMondays()).due == date(2023, 5, 2)


@pytest.mark.parametrize(
    ("phrase", "precision"),
    [
        ("trước ngày 15/6/2023", "day"),
        ("tuần 2 tháng 6/2023", "week"),
        ("đầu tháng 6/2023", "ten_days"),
        ("nửa đầu tháng 6/2023", "half_month"),
        ("cuối tháng 6/2023", "month"),
        ("đầu năm 2024", "quarter"),
        ("giữa năm 2024", "half"),
        ("trong năm 2024", "year"),
        ("trong năm học 2023-2024", "school_year"),
    ],
)
def test_a_reading_says_how_exactly_its_day_is_meant(phrase: str, precision: str) -> None:
    assert read_deadline(phrase, ISSUED_ON).precision == precision
