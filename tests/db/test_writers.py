"""The bot, `dondoc load` and the page write at once, and nothing is lost; a reader cannot write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from typing import TypeVar

import pytest
from sqlalchemy import Connection, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from db.engine import BUSY_MS, Database, count_changed
from db.models import InboxUpdate, Lease, Member
from tests.db.rows import NOW, make_row

T = TypeVar("T")
THREADS = 8
STEPS = 50


def in_threads(work: Callable[[int], T]) -> list[T]:
    """Begins all at the same moment; raises what any of them raised."""
    barrier = Barrier(THREADS)

    def start(number: int) -> T:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def test_increments_of_eight_writers_are_all_there(database: Database) -> None:
    with database.write() as session:
        session.add(make_row("lease", 1, epoch=0))

    def increment(_number: int) -> None:
        for _ in range(STEPS):
            with database.write() as session:
                # SQLite ignores FOR UPDATE: there BEGIN IMMEDIATE has locked the file already.
                lease = session.exec(select(Lease).with_for_update()).one()
                lease.epoch += 1

    in_threads(increment)
    with database.read() as session:
        assert session.exec(select(Lease.epoch)).one() == THREADS * STEPS


def test_a_conditional_update_claims_each_row_once(database: Database) -> None:
    with database.write() as session:
        session.add_all(make_row("inbox_update", number) for number in range(1, 101))

    def claim(_number: int) -> list[int]:
        return [number for number in range(1, 101) if _claim(database, number)]

    claimed = [number for numbers in in_threads(claim) for number in numbers]
    assert sorted(claimed) == list(range(1, 101))


def _claim(database: Database, number: int) -> bool:
    statement = (
        update(InboxUpdate)
        .where(col(InboxUpdate.id) == number, col(InboxUpdate.state) == "received")
        .values(state="applied", applied_at=NOW)
    )
    with database.write() as session:
        return count_changed(session.execute(statement)) == 1


def test_two_databases_on_one_address_see_each_other_at_once(database: Database) -> None:
    """As two processes do: the bot and a command."""
    other = Database(database.url.render_as_string(hide_password=False))
    with database.write() as session:
        session.add(make_row("member", 1))
    with other.read() as session:
        assert count_members(session) == 1
    other.close()


def count_members(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Member)).one()


def test_a_reader_is_not_kept_waiting_and_sees_only_what_is_committed(database: Database) -> None:
    with database.write() as writing:
        writing.add(make_row("member", 1))
        writing.flush()
        with database.read() as reading:
            assert count_members(reading) == 0
    with database.read() as reading:
        assert count_members(reading) == 1


def test_a_read_sees_one_moment_from_its_first_question_on(database: Database) -> None:
    with database.read() as reading:
        assert count_members(reading) == 0
        with database.write() as writing:
            writing.add(make_row("member", 1))
        assert count_members(reading) == 0


WRITES = (
    "INSERT INTO lease (name, owner, epoch, expires_at) VALUES ('x', 'y', 1, '2023-05-17 01:00:00')",
    "UPDATE installation SET bot_id = 1",
    "DELETE FROM installation",
    "CREATE TABLE mine (id integer)",
    "DROP TABLE lease",
)


@pytest.mark.parametrize("statement", WRITES)
def test_the_read_session_cannot_write(database: Database, statement: str) -> None:
    refusal = r"readonly database|read-only transaction"
    with pytest.raises(DBAPIError, match=refusal), database.read() as session:
        session.execute(text(statement))
    with pytest.raises(DBAPIError, match=refusal), database.reader.begin() as connection:
        connection.execute(text(statement))


def test_a_writer_after_a_reader_can_write(database: Database) -> None:
    """On PostgreSQL both take their connections from one pool."""
    for number in (1, 2, 3):
        with database.read() as session:
            assert count_members(session) == number - 1
        with database.write() as session:
            session.add(make_row("member", number))


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    def fail_half_way(session: Session) -> None:
        session.add(make_row("member", 1))
        session.flush()
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"), database.write() as session:
        fail_half_way(session)
    with database.read() as session:
        assert count_members(session) == 0


PRAGMAS = {
    "writer": {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": BUSY_MS,
        "query_only": 0,
    },
    "reader": {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": BUSY_MS,
        "query_only": 1,
    },
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", PRAGMAS)
def test_sqlite_is_set_to_lose_nothing(database: Database, name: str) -> None:
    """WAL; synchronous 2 is FULL: a commit is on the disk before it is said to be done."""
    engine = {"writer": database.writer, "reader": database.reader}[name]
    # Two at once, so that it is not only the pool's first connection. The writer's would wait for each other.
    with engine.connect() as connection:
        assert _read_pragmas(connection) == PRAGMAS[name]
    with database.reader.connect() as one, database.reader.connect() as another:
        assert _read_pragmas(one) == _read_pragmas(another) == PRAGMAS["reader"]


def _read_pragmas(connection: Connection) -> dict[str, object]:
    return {
        pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in PRAGMAS["writer"]
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_foreign_keys_are_off_only_while_the_schema_changes(database: Database) -> None:
    engine = database.migration_engine()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 0
    engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_commits_to_the_disk_before_it_says_so(database: Database) -> None:
    with database.write() as session:
        assert session.execute(text("SHOW synchronous_commit")).scalar_one() == "on"


def test_one_who_writes_all_the_time_keeps_nobody_out(database: Database) -> None:
    with database.write() as session:
        session.add(make_row("lease", 1, epoch=0))
    written, is_over, overtaken = 0, Event(), []

    def write_on() -> None:
        nonlocal written
        while not is_over.is_set():
            _raise_epoch(database)
            written += 1
            sleep(0.0005)  # as a program does that has something else to do between two transactions

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(write_on)
        while written < 5:
            sleep(0.001)
        for _ in range(30):
            before = written
            _raise_epoch(database)
            overtaken.append(written - before)
            sleep(0.002)
        is_over.set()
        busy.result()
    assert max(overtaken) <= 6, overtaken


def _raise_epoch(database: Database) -> None:
    with database.write() as session:
        for _ in range(5):
            session.execute(update(Lease).values(epoch=Lease.epoch + 1))
