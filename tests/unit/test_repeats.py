"""What the tests of kills call a fault: a repeat without a kill, two in a chat or nine in all by one."""

import pytest

from tests.e2e.repeats import find_faults

ONCE = [(1.0, "a", "x"), (1.1, "a", "y"), (1.2, "b", "x")]


@pytest.mark.parametrize(
    ("again", "killed_at", "faults"),
    [
        ([], [2.0], 0),
        ([(3.0, "a", "x")], [2.0], 0),
        ([(3.0, "a", "x"), (3.1, "b", "x")], [2.0], 0),
        ([(3.0, "a", "x"), (5.0, "a", "x")], [2.0, 4.0], 0),
        ([(3.0, "a", "x")], [], 1),
        ([(3.0, "a", "x")], [4.0], 1),
        ([(3.0, "a", "x"), (3.1, "a", "y")], [2.0], 1),
        ([(3.0, "a", "x"), (3.1, "a", "x")], [2.0], 1),
        ([(5.0, "a", "x"), (5.1, "a", "y")], [2.0, 4.0], 1),
    ],
)
def test_a_repeat_is_laid_at_its_kill(
    again: list[tuple[float, str, str]], killed_at: list[float], faults: int
) -> None:
    assert len(find_faults([*ONCE, *again], killed_at)) == faults


@pytest.mark.parametrize(("chats", "faults"), [(8, 0), (9, 1)])
def test_a_kill_may_cost_eight_repeats_in_all(chats: int, faults: int) -> None:
    arrivals = [(at, str(chat), "x") for chat in range(chats) for at in (1.0, 3.0)]
    assert len(find_faults(arrivals, [2.0])) == faults
