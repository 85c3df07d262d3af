"""Hours as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import DAY_MINUTES, read_quiet_hours, read_time, show_minutes

MINUTES = st.integers(0, DAY_MINUTES - 1)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("22:00-6:00", (1320, 360)),
        ("21:00–6:30", (1260, 390)),
        (" từ 21 giờ 30 đến 6 giờ ", (1290, 360)),
        ("22h30 - 6h", (1350, 360)),
        ("22-6", (1320, 360)),
        ("0:00-24:00", None),
        ("12:00 tới 24:00", (720, 0)),
        ("tu 20h den 7h", (1200, 420)),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(words: str, span: tuple[int, int] | None) -> None:
    if span is None:
        with pytest.raises(ValueError, match="same"):
            read_quiet_hours(words)
    else:
        assert read_quiet_hours(words) == span


@pytest.mark.parametrize("words", ["tắt", "Tắt", "TAT", "off", "không"])
def test_quiet_hours_are_switched_off_by_a_word(words: str) -> None:
    assert read_quiet_hours(words) is None


@pytest.mark.parametrize(
    "words", ["", "22:00", "22:00-6:60", "25-6", "6:00-6:00", "tối", "22:00-6:00-7:00", "-1-6"]
)
def test_what_is_no_span_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_quiet_hours(words)


@given(MINUTES, MINUTES)
def test_shown_hours_read_back_the_same(start: int, end: int) -> None:
    assert read_time(show_minutes(start)) == start
    if start != end:
        assert read_quiet_hours(f"{show_minutes(start)}–{show_minutes(end)}") == (start, end)


@given(st.text(max_size=80) | st.text("0123456789:h-–giờđến ", max_size=70))
def test_nothing_typed_raises_anything_else(words: str) -> None:
    try:
        span = read_quiet_hours(words)
    except ValueError:
        return
    assert span is None or all(0 <= each < DAY_MINUTES for each in span)
