"""What can happen to an assignment, and how it stood at any instant of the past."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignment import (
    CLOSED,
    MOVES,
    OPEN,
    Move,
    Standing,
    Submission,
    due_at,
    find_next_status,
    standing_at,
    status_by_reports,
)
from bot.domain.timeliness import Status

PAGE = Path(__file__).resolve().parents[2] / "docs" / "working-life.md"
START = datetime(2023, 4, 24, 2, tzinfo=UTC)
BEGINNING = Standing(Status.NOT_STARTED, None, None)


def test_the_table_in_the_docs_is_the_one_in_the_code() -> None:
    lines = [
        "| | " + " | ".join(f"`{status.value}`" for status in Status) + " |",
        "|---|" + "---|" * len(Status),
    ]
    for move in Move:
        cells = (MOVES.get((status, move), "") for status in Status)
        lines.append(f"| {move.value} | " + " | ".join(map(str, cells)) + " |")
    wanted = "\n".join(lines)
    assert wanted in PAGE.read_text(encoding="utf-8"), f"put this into {PAGE.name}:\n{wanted}"


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
def test_what_is_closed_takes_no_report_until_it_goes_on(status: Status) -> None:
    possible = {move for move in Move if find_next_status(status, move) is not None}
    assert not possible & {Move.PROGRESS, Move.SUBMIT, Move.ACCEPT, Move.RETURN, Move.EXTEND}
    back = Move.RESUME if status is Status.SUSPENDED else Move.REOPEN
    for reported in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_CONFIRMATION):
        assert find_next_status(status, back, reported) is reported


def test_where_work_stands_is_told_by_its_reports() -> None:
    assert status_by_reports(is_waiting=True, has_reports=True) is Status.AWAITING_CONFIRMATION
    assert status_by_reports(is_waiting=False, has_reports=True) is Status.IN_PROGRESS
    assert status_by_reports(is_waiting=False, has_reports=False) is Status.NOT_STARTED


def test_every_status_is_open_waiting_or_closed() -> None:
    assert {*OPEN, *CLOSED, Status.AWAITING_CONFIRMATION} == set(Status)
    assert len(OPEN) + len(CLOSED) + 1 == len(Status)


def test_only_a_confirmation_completes_and_only_a_submission_can_be_confirmed() -> None:
    assert [key for key, after in MOVES.items() if after is Status.COMPLETED] == [
        (Status.AWAITING_CONFIRMATION, Move.ACCEPT)
    ]
    assert {after for (_, move), after in MOVES.items() if move is Move.SUBMIT} == {
        Status.AWAITING_CONFIRMATION
    }


@dataclass
class Life:
    """An assignment that lived through moves, with its state noted after each."""

    status: Status = Status.NOT_STARTED
    submitted_at: datetime | None = None
    completed_at: datetime | None = None
    progress_at: datetime | None = None
    submissions: list[Submission] = field(default_factory=list)
    states: list[tuple[datetime, Standing]] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        return Standing(self.status, self.submitted_at, self.completed_at)

    def do(self, move: Move, at: datetime) -> None:
        after = find_next_status(self.status, move)
        if after is None:
            return
        self.status = after
        if move is Move.PROGRESS:
            self.progress_at = self.progress_at or at
        elif move is Move.SUBMIT:
            self.submitted_at = at
            self.submissions.append(Submission(at, "pending", None))
        else:
            review = "accepted" if move is Move.ACCEPT else "returned"
            self.submissions[-1] = Submission(self.submissions[-1].submitted_at, review, at)
            self.completed_at = at if move is Move.ACCEPT else None
            self.submitted_at = self.submitted_at if move is Move.ACCEPT else None
        self.states.append((at, self.standing))

    def at(self, instant: datetime) -> Standing:
        return standing_at(self.standing, tuple(self.submissions), self.progress_at, instant)


@st.composite
def lives(draw: st.DrawFn, shortest: int) -> Life:
    """Moves one after another, so many seconds apart at least."""
    life, at = Life(), START
    steps = st.tuples(
        st.sampled_from([Move.PROGRESS, Move.SUBMIT, Move.SUBMIT, Move.ACCEPT, Move.RETURN, Move.RETURN]),
        st.integers(shortest, 10 * 86400),
    )
    for move, seconds in draw(st.lists(steps, max_size=12)):
        at += timedelta(seconds=seconds)
        life.do(move, at)
    return life


@given(lives(1))
def test_the_past_is_told_as_it_was_then(life: Life) -> None:
    for n, (at, state) in enumerate(life.states):
        until = life.states[n + 1][0] if n + 1 < len(life.states) else at + timedelta(days=1)
        assert life.at(at) == state
        assert life.at(until - timedelta(microseconds=1)) == state


@given(lives(0))
def test_at_present_the_past_is_the_present_even_where_the_clock_stood_still(life: Life) -> None:
    now = life.states[-1][0] if life.states else START
    assert life.at(now) == life.standing


@given(lives(1))
def test_before_any_report_nothing_was_started(life: Life) -> None:
    first = life.states[0][0] if life.states else START + timedelta(days=1)
    assert life.at(first - timedelta(microseconds=1)) == BEGINNING


@given(lives(0), st.integers(0, 100 * 86400))
def test_later_reports_and_decisions_change_nothing_of_what_was_known(life: Life, seconds: int) -> None:
    at = START + timedelta(seconds=seconds)
    told = life.at(at)
    later = max(at, life.states[-1][0] if life.states else START)
    for n, move in enumerate((Move.ACCEPT, Move.RETURN, Move.SUBMIT, Move.RETURN, Move.SUBMIT), 1):
        life.do(move, later + timedelta(seconds=n))
        assert life.at(at) == told


def test_the_latest_report_counts_where_the_clock_was_set_back_between_two() -> None:
    life = Life()
    life.do(Move.SUBMIT, START + timedelta(days=9))
    life.do(Move.RETURN, START + timedelta(days=9))
    life.do(Move.SUBMIT, START + timedelta(days=1))
    assert life.at(START + timedelta(days=10)).status is Status.AWAITING_CONFIRMATION


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
def test_what_is_suspended_or_withdrawn_stays_out_of_every_list_of_the_past(status: Status) -> None:
    now = Standing(status, None, None)
    assert standing_at(now, (Submission(START, "pending", None),), START, START + timedelta(days=1)) == now


# --- deadlines of the past

DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2024, 12, 31)))


@given(st.lists(st.tuples(st.integers(1, 86400), DAYS), max_size=6), DAYS)
def test_the_deadline_of_the_past_is_the_one_that_held_then(
    steps: list[tuple[int, date | None]], first: date | None
) -> None:
    at, due = START, first
    changes: list[tuple[datetime, date | None]] = []
    held = [(START, due)]
    for seconds, new in steps:
        at += timedelta(seconds=seconds)
        changes.append((at, due))
        due = new
        held.append((at, due))
    assert due_at(due, tuple(changes), at) == due
    assert due_at(due, tuple(changes), START) == first
    for n, (since, then) in enumerate(held):
        until = held[n + 1][0] if n + 1 < len(held) else at + timedelta(days=1)
        assert due_at(due, tuple(changes), since) == then
        assert due_at(due, tuple(changes), until - timedelta(microseconds=1)) == then
