"""What can happen to an assignment, and how it stood at any instant of the past."""

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
    find_next_status,
    status_by_reports,
    value_at,
)
from bot.domain.timeliness import Status

PAGE = Path(__file__).resolve().parents[2] / "docs" / "working-life.md"
START = datetime(2023, 4, 24, 2, tzinfo=UTC)


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


# --- the past

DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2024, 12, 31)))


@given(st.lists(st.tuples(st.integers(1, 86400), DAYS), max_size=6), DAYS)
def test_a_value_of_the_past_is_the_one_that_held_then(
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
    assert value_at(due, tuple(changes), at) == due
    assert value_at(due, tuple(changes), START) == first
    for n, (since, then) in enumerate(held):
        until = held[n + 1][0] if n + 1 < len(held) else at + timedelta(days=1)
        assert value_at(due, tuple(changes), since) == then
        assert value_at(due, tuple(changes), until - timedelta(microseconds=1)) == then
