"""Numbers as clerks type them, and as the bot shows them again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import AmbiguousNumberError, read_number, show_number, split_number, store_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("125", "125"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.250", "1250"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1 250", "1250"),
        ("1.250,75", "1250.75"),
        ("1,250.75", "1250.75"),
        ("0,125", "0.125"),
        ("04", "4"),
        ("-3,5", "-3.5"),
        ("12,50", "12.5"),
    ],
)
def test_a_number_is_read_as_people_here_write_it(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)
    assert store_number(read_number(text)) == number


@pytest.mark.parametrize(
    "text", ["", "mười", "12,5,3", "1.25.000", "12 5", "1e5", "１２", "9" * 16, "12..5", "."]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_number(text)


@pytest.mark.parametrize("text", ["1,250", "12,345"])
def test_what_has_two_readings_is_refused_as_such(text: str) -> None:
    with pytest.raises(AmbiguousNumberError):
        read_number(text)


def test_words_behind_a_number_are_its_unit() -> None:
    assert split_number("12,5 %") == (Decimal("12.5"), "%")
    assert split_number(" 1.250 tổ hợp tác. ") == (Decimal(1250), "tổ hợp tác")
    with pytest.raises(ValueError):  # noqa: PT011
        split_number("khoảng 12")


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_shown_is_read_again_as_the_same(number: Decimal) -> None:
    shown = show_number(number, "vi")
    try:
        assert read_number(shown) == number
    except AmbiguousNumberError:
        assert len(shown.rpartition(",")[2]) == 3
