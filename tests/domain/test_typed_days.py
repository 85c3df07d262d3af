"""Days and spans of days as people type them."""

from datetime import date

import pytest

from bot.domain.typed_days import find_span, find_spoken_day

TODAY = date(2023, 4, 24)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("từ 12/6/2023 đến 20/6/2023", date(2023, 6, 12), date(2023, 6, 20)),
        ("từ ngày 2/5 đến hết ngày 20/5", date(2023, 5, 2), date(2023, 5, 20)),
        ("2/5 - 20/5", date(2023, 5, 2), date(2023, 5, 20)),
        ("từ 12 đến 20/6", date(2023, 6, 12), date(2023, 6, 20)),
        ("Tu 28/12 den 3/1.", date(2023, 12, 28), date(2024, 1, 3)),
        ("from 2/5 to 4/5/2024", date(2024, 5, 2), date(2024, 5, 4)),
        # The wrong way round is for the one who asks to refuse, not to be read as something else.
        ("từ 10/5 đến 5/5", date(2023, 5, 10), date(2023, 5, 5)),
    ],
)
def test_a_span_has_its_first_and_its_last_day(words: str, first: date, last: date) -> None:
    assert find_span(words, TODAY) == (first, last)


@pytest.mark.parametrize("words", ["20/6/2023", "đến 20/6", "từ 20/6", "hết tháng 6", "", "từ a đến b"])
def test_what_is_no_span_is_none(words: str) -> None:
    assert find_span(words, TODAY) is None


def test_a_day_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="day"):
        find_span("từ 1/2 đến 31/2", TODAY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hôm nay", TODAY),
        ("Ngày mai.", date(2023, 4, 25)),
        ("mai", date(2023, 4, 25)),
        ("hom qua", date(2023, 4, 23)),
    ],
)
def test_days_as_they_are_spoken_of(words: str, day: date) -> None:
    assert find_spoken_day(words, TODAY) == day
    assert find_spoken_day("25/4", TODAY) is None
