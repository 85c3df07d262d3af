"""Interruptions are the gaps between the recorded spans, on both databases."""

import itertools
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.services.office import uptime
from bot.services.office.uptime import SHORT, Gap
from db.models import RunningSpan
from tests.conftest import START, Desk

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def record(desk: Desk, *spans: tuple[int, int]) -> None:
    """Spans in minutes after START."""
    with desk.work() as work:
        for first, last in spans:
            work.session.add(RunningSpan(started_at=at(first), seen_at=at(last)))


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def gaps(desk: Desk, since: int = -1000, until: int = 10_000) -> list[Gap]:
    with desk.reading() as work:
        return uptime.list_gaps(work, at(since), at(until))


def test_a_restart_is_no_interruption_and_an_outage_is_one(desk: Desk) -> None:
    record(desk, (0, 100), (103, 200), (320, 400))
    assert gaps(desk) == [Gap(at(200), at(320))]


def test_while_one_of_several_processes_is_well_there_is_no_interruption(desk: Desk) -> None:
    record(desk, (0, 100), (50, 500), (200, 220), (600, 700))
    assert gaps(desk) == [Gap(at(500), at(600))]


def test_an_interruption_belongs_to_the_week_in_which_it_began(desk: Desk) -> None:
    record(desk, (0, 100), (200, 300))
    assert gaps(desk, until=100) == [Gap(at(100), at(200))]
    assert gaps(desk, until=99) == []
    assert gaps(desk, since=100, until=300) == []
    assert gaps(desk, since=99) == [Gap(at(100), at(200))]


def test_told_week_by_week_each_interruption_is_told_once(desk: Desk) -> None:
    record(desk, (0, 100), (200, 300), (330, 340), (2000, 2100))
    told = [gap for until in range(50, 3000, 50) for gap in gaps(desk, until - 50, until)]
    # A digest whose time falls into an interruption is sent only afterwards, and only the last one of them.
    sent = [gap for gap in told if gap.end - gap.start < timedelta(minutes=50)]
    assert sent == [Gap(at(300), at(330))]
    assert Gap(at(340), at(2000)) in gaps(desk, 1900, 1950)
    assert gaps(desk, 1950, 2000) == []


def test_a_span_goes_on_while_the_clock_does_and_ends_where_it_is_set_back(desk: Desk) -> None:
    with desk.work() as work:
        span_id = uptime.begin(work)
    desk.clock.move(at(1))
    with desk.work() as work:
        assert uptime.keep(work, span_id)
    desk.clock.move(at(-10))
    with desk.work() as work:
        assert not uptime.keep(work, span_id)
        assert not uptime.keep(work, span_id + 1)


def test_what_is_long_past_is_forgotten(desk: Desk) -> None:
    record(desk, (0, 1))
    desk.clock.move(START + uptime.KEPT + timedelta(days=1))
    with desk.work() as work:
        uptime.begin(work)
        assert uptime.find_first(work) == work.now


minutes = st.integers(0, 300)


@given(st.lists(st.tuples(minutes, minutes), max_size=8))
def test_no_minute_within_a_gap_is_in_any_span(pairs: list[tuple[int, int]]) -> None:
    spans = sorted((at(min(pair)), at(max(pair))) for pair in pairs)
    found = uptime.find_gaps(spans)
    for gap in found:
        assert gap.end - gap.start > SHORT
        assert all(seen <= gap.start or started >= gap.end for started, seen in spans)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
