"""What a transaction remembers ends with its first write; a connection that broke at rest is nobody's trouble."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select, update

from db.engine import Database
from db.models import Member
from db.remembering import remember
from tests.db.rows import make_row


def count_members(session: Session) -> int:
    return remember(session, "members", lambda: len(session.exec(select(Member.id)).all()))


@pytest.fixture
def peopled(database: Database) -> Database:
    with database.write() as session:
        session.add(make_row("member", 1))
    return database


def test_what_was_read_is_not_read_again(peopled: Database) -> None:
    asked: list[int] = []
    with peopled.write() as session:
        for _ in range(3):
            remember(session, "one", lambda: asked.append(1))
    with peopled.write() as session:
        remember(session, "one", lambda: asked.append(2))
    assert asked == [1, 2]


@pytest.mark.parametrize(
    "write",
    [
        lambda session: session.add(make_row("member", 2)),
        lambda session: session.execute(text("INSERT INTO lease SELECT 'x', 'y', 1, created_at FROM member")),
        lambda session: session.execute(update(Member).where(col(Member.id) == 1).values(name="Chi")),
        lambda session: session.connection().exec_driver_sql("UPDATE member SET name = 'Chi'"),
    ],
)
def test_it_ends_with_a_write_of_any_kind(peopled: Database, write: Callable[[Session], object]) -> None:
    asked: list[int] = []
    with peopled.write() as session:
        for _ in range(2):
            remember(session, "asked", lambda: asked.append(1))
        write(session)
        for _ in range(2):
            remember(session, "asked", lambda: asked.append(2))
    assert asked == [1, 2]


def test_what_a_savepoint_undoes_is_not_remembered(peopled: Database) -> None:
    with peopled.write() as session:
        with session.begin_nested() as savepoint:
            session.add(make_row("member", 2))
            assert count_members(session) == 2
            savepoint.rollback()
        assert count_members(session) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_connections_that_broke_at_rest_are_replaced_unseen(peopled: Database) -> None:
    with peopled.read() as session, peopled.write() as another:
        others = [each.execute(text("SELECT pg_backend_pid()")).scalar_one() for each in (session, another)]
    closer = Database(peopled.url.render_as_string(hide_password=False))
    with closer.write() as session:
        for each in others:
            session.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": each})
    closer.close()
    with peopled.read() as session:
        assert count_members(session) == 1
    with peopled.write() as session:
        session.add(make_row("member", 2))
        assert count_members(session) == 2
