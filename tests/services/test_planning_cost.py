"""A tick costs what is due in it: it searches by time alone, and reads and writes many rows at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func
from sqlmodel import col, select

from bot.scheduler.running import Runner
from bot.services.context import Work
from bot.services.reminding import planning
from bot.services.upkeep.ticking import DUTIES
from db.engine import Database
from db.models import Assignment, Membership, Notice, OutboxCover, OutboxMessage
from tests.bench.office import NOW, OFFICE, seed
from tests.bench.ticks import explain, run_tick

REMINDING = next(duty for duty in DUTIES if duty.prepare)
AGENCIES, DUE, LATER = 20, 200, 3_000
MOST_STATEMENTS = 30


@pytest.fixture
def office(database: Database) -> Database:
    seed(database, AGENCIES, DUE, LATER)
    return database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(database.writer, "before_cursor_execute", note)
    yield statements
    event.remove(database.writer, "before_cursor_execute", note)


INDEXES = {
    "when the next reminder comes": ("assignment_reminder",),
    "what is due": ("assignment_reminder",),
    "some of it": ("PRIMARY KEY", "assignment_pkey"),
}


def test_what_is_due_is_found_by_the_index_of_reminders_and_then_by_its_number(office: Database) -> None:
    for what, lines in explain(office).items():
        assert any(index in line for line in lines for index in INDEXES[what]), (what, lines)
        assert not any("SCAN assignment" in line or "Seq Scan" in line for line in lines), (what, lines)


def test_the_statements_of_a_batch_do_not_grow_with_what_is_due(office: Database) -> None:
    with counted(office) as statements, office.write() as session:
        due = planning.fire_due(Work(session, NOW, OFFICE))
    assert (due.notices, due.more) == (DUE, False)
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_everyone_has_one_digest_and_every_reminder_is_in_one(office: Database) -> None:
    assert run_tick(office).notices == DUE
    with office.read() as session:
        made = session.exec(select(OutboxMessage).where(col(OutboxMessage.status) == "pending")).all()
        assert sorted(message.address_id or 0 for message in made) == list(range(1, AGENCIES + 1))
        assert all("10 nhiệm vụ" in message.text and "Nhắc việc lần 2" in message.text for message in made)
        covers = select(func.count()).where(col(OutboxCover.message_id).in_([message.id for message in made]))
        assert session.exec(covers).one() == DUE
        steps = select(Notice.step, func.count()).group_by(col(Notice.step)).order_by(col(Notice.step))
        assert session.exec(steps).all() == [("before-10", DUE), ("before-5", DUE)]
        left = select(func.count()).where(col(Assignment.next_reminder_at) <= NOW)
        assert session.exec(left).one() == 0
    assert run_tick(office).notices == 0


def test_an_office_with_more_due_than_a_batch_is_worked_off_agency_by_agency(database: Database) -> None:
    seed(database, 3, 60, 0)
    runner = Runner(database, OFFICE, most=20)
    done = list(runner.run(REMINDING, NOW))
    assert [(each.notices, each.more) for each in done] == [(20, True), (20, True), (20, False)]
    with database.read() as session:
        waiting = session.exec(select(OutboxMessage).where(col(OutboxMessage.status) == "pending")).all()
    assert len(waiting) == 3


def test_whoever_serves_in_two_agencies_has_one_digest_though_their_batches_are_two(
    database: Database,
) -> None:
    seed(database, 3, 60, 0)
    with database.write() as session:
        session.add(Membership(member_id=1, agency_id=2, role="officer", from_at=NOW))
    runner = Runner(database, OFFICE, most=20)
    done = list(runner.run(REMINDING, NOW))
    assert [(each.notices, each.more) for each in done] == [(20, True), (20, True)]
    assert [each.notices for each in runner.run(REMINDING, NOW)] == [20]
    with database.read() as session:
        waiting = session.exec(select(OutboxMessage).where(col(OutboxMessage.status) == "pending")).all()
        to_both = next(each.id for each in waiting if each.address_id == 1)
        covered = select(func.count()).where(col(OutboxCover.message_id) == to_both)
        assert session.exec(covered).one() == 40
    assert sorted(each.address_id or 0 for each in waiting) == [1, 2, 3]


LARGE = ("assignment", "notice", "outbox_message", "outbox_cover", "event", "inbox_update", "report")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_statement_of_a_tick_reads_all_that_is_stored(office: Database) -> None:
    """PostgreSQL reads the whole of a table as small as these, whatever indexes it has."""
    with stated(office) as statements:
        run_tick(office)
    with office.read() as session:
        for statement, values in statements:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            lines = [str(row[-1]) for row in plan]
            # An index read from its beginning is a partial one, of what is open.
            assert not [each for each in lines if each in [f"SCAN {name}" for name in LARGE]], (
                statement,
                lines,
            )
            assert not any("outbox_message_telegram" in each for each in lines), (statement, lines)


@contextmanager
def stated(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Each statement that reads or changes, with the values of one of its runs."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((statement, values))

    engines = (database.reader, database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
