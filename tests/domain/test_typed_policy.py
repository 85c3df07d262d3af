"""Items of a ladder as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import Policy, PolicyError
from bot.domain.typed_policy import ITEMS, LISTS, NUMBERS, read_item


def test_every_item_of_a_policy_can_be_set() -> None:
    assert set(ITEMS) == set(Policy().as_json())


@pytest.mark.parametrize(
    ("item", "words", "value"),
    [
        ("before", "10, 5, 2, 0", [10, 5, 2, 0]),
        ("before", "15;10 5", [15, 10, 5]),
        ("far", "Không", []),
        ("far_months", " 12 ", 12),
        ("contact_after", "không", 0),
        ("at", "7h30", "07:30"),
    ],
)
def test_typed_items_are_read(item: str, words: str, value: object) -> None:
    assert read_item(item, words) == value


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("before", "mười"),
        ("before", "10,,"),
        ("before", "-1"),
        ("far_months", "6.5"),
        ("at", "8:75"),
        ("weekly_on", "0"),
    ],
)
def test_what_is_no_value_is_refused(item: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_item(item, words)


@given(st.sampled_from(LISTS), st.lists(st.integers(1, 250), unique=True, max_size=20))
def test_shown_days_read_back_the_same(item: str, days: list[int]) -> None:
    words = ", ".join(map(str, days)) or "không"
    read = Policy.from_json({item: read_item(item, words)})
    assert sorted(getattr(read, item)) == sorted(days)


@given(st.sampled_from([*LISTS, *NUMBERS, "at"]), st.text(max_size=60) | st.text("0123456789, ", max_size=60))
def test_whatever_is_typed_is_a_policy_or_refused(item: str, words: str) -> None:
    try:
        Policy.from_json({item: read_item(item, words)})
    except (PolicyError, ValueError):
        return
