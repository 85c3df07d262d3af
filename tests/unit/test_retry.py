"""Waits before another try: growing, jittered downwards by a quarter at most, capped."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.retry import FIRST_S, LONGEST_LINE_S, LONGEST_S, retry_at, wait_seconds

ATTEMPTS = st.integers(1, 10_000)
JITTER = st.floats(0, 1)


@given(ATTEMPTS)
def test_waits_grow_until_they_reach_the_longest(attempts: int) -> None:
    now, later = wait_seconds(attempts, 0), wait_seconds(attempts + 1, 0)
    assert later == min(LONGEST_S, 2 * now)


@given(ATTEMPTS, JITTER)
def test_jitter_takes_off_a_quarter_at_most(attempts: int, jitter: float) -> None:
    whole = wait_seconds(attempts, 0)
    assert 0.75 * whole <= wait_seconds(attempts, jitter) <= whole


@given(ATTEMPTS, JITTER, JITTER)
def test_a_later_try_never_waits_less_even_with_jitter(attempts: int, one: float, other: float) -> None:
    if wait_seconds(attempts + 1, 0) < LONGEST_S:
        assert wait_seconds(attempts + 1, one) >= wait_seconds(attempts, other)


def test_the_first_wait_is_short_and_none_is_longer_than_the_longest() -> None:
    assert wait_seconds(1, 0) == FIRST_S
    assert wait_seconds(10**9, 0) == LONGEST_S
    assert [wait_seconds(n, 0) for n in range(1, 6)] == [1, 2, 4, 8, 16]


@given(ATTEMPTS, JITTER)
def test_the_next_try_is_that_much_later(attempts: int, jitter: float) -> None:
    now = datetime(2023, 5, 17, 1, tzinfo=UTC)
    assert retry_at(now, attempts, jitter) - now == timedelta(seconds=wait_seconds(attempts, jitter))


@given(st.lists(JITTER, min_size=300, max_size=300))
def test_an_outage_of_an_hour_is_some_150_tries_and_is_over_half_a_minute_after_its_end(
    jitters: list[float],
) -> None:
    hour, tries = 3600.0, [0.0]
    for n, jitter in enumerate(jitters, 1):
        tries.append(tries[-1] + wait_seconds(n, jitter, LONGEST_LINE_S))
    during, after = [at for at in tries if at <= hour], [at for at in tries if at > hour]
    assert 120 <= len(during) <= 170
    assert after[0] - hour <= LONGEST_LINE_S
