"""The database of every released version, after six weeks of work, becomes this program's, and the bot works on it."""

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.clock import FixedClock
from bot.services.context import Office
from bot.services.standing import overview
from bot.services.standing.seats import find_actor
from db.engine import Database
from db.migrate import HEAD, OURS, check_revision, migrate
from tests.conftest import START, ZONE, Desk
from tests.db.schemas import Schema, read_schema
from tests.services.chat import Chat
from tests.services.office import CAST, Setting

FOLDER = Path(__file__).parent / "released"
# This program's own too, once it is released: what it left is read by it as it is.
RELEASED = sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.sql")})
Rows = dict[str, list[Any]]


@pytest.fixture(params=RELEASED)
def released(empty_url: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database as the program of that version left it."""
    database = open_released(empty_url, request.param)
    yield database
    database.close()


def open_released(empty_url: str, version: str) -> Database:
    """The database, filled with what is kept of that version."""
    database = Database(empty_url)
    kind = "sqlite" if database.is_sqlite else "postgresql"
    _RUN[kind](empty_url, (FOLDER / f"{version}.{kind}.sql").read_text(encoding="utf-8"))
    return database


def _run_sqlite(url: str, script: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.executescript(script)


def _run_postgresql(url: str, script: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(script.encode())


_RUN: dict[str, Callable[[str, str], None]] = {"sqlite": _run_sqlite, "postgresql": _run_postgresql}


def read_rows(connection: Connection, columns: dict[str, list[str]]) -> Rows:
    """Of these tables these columns."""
    return {
        table: sorted(
            repr(tuple(row))
            for row in connection.execute(text(f"SELECT {', '.join(map(_quoted, names))} FROM {table}"))
        )
        for table, names in columns.items()
    }


def _quoted(name: str) -> str:
    return f'"{name}"'


def list_columns(connection: Connection) -> dict[str, list[str]]:
    found = inspect(connection)
    return {
        table: [each["name"] for each in found.get_columns(table)]
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_every_earlier_version_is_kept_here_of_both_databases() -> None:
    assert set(OURS.known[:-1]) <= set(RELEASED) <= set(OURS.known)
    kept = {path.name for path in FOLDER.glob("*.sql")}
    assert kept == {f"{version}.{kind}.sql" for version in RELEASED for kind in _RUN}


def test_its_rows_stay_its_schema_becomes_that_of_a_new_database_and_the_bot_works_on_it(
    released: Database, request: pytest.FixtureRequest
) -> None:
    _upgrade(released)
    assert _plain(read_schema(released.writer)) == _plain(_read_new_schema(released, request))
    for statement in ("UPDATE event SET actor = 'x'", "DELETE FROM event"):
        with pytest.raises(DBAPIError, match="append-only"), released.write() as session:
            session.execute(text(statement))
    _work_on(released)


def _upgrade(released: Database) -> None:
    with released.reader.connect() as connection:
        columns = list_columns(connection)
        before = read_rows(connection, columns)
        is_older = check_revision(connection) != HEAD
    assert all(before.values()), "a row in every table"
    called: list[str] = []
    assert migrate(released, before=lambda: called.append("backup")) is is_older
    assert called == ["backup"] * is_older
    with released.reader.connect() as connection:
        assert read_rows(connection, columns) == before


def _plain(schema: Schema) -> Schema:
    """PostgreSQL writes the casts of a condition in another way once it has been dumped and read back."""
    return {
        key: re.sub(r"::[a-z ]+(\[\])?|[()]", "", sql) if key[0] in ("constraint", "index") else sql
        for key, sql in schema.items()
    }


def _read_new_schema(released: Database, request: pytest.FixtureRequest) -> Schema:
    if released.is_sqlite:
        url = f"sqlite:///{request.getfixturevalue('sqlite_pattern')}"
    else:
        server = released.url.set(database="pattern")
        url = server.render_as_string(hide_password=False)
    database = Database(url)
    try:
        return read_schema(database.writer)
    finally:
        database.close()


def _work_on(released: Database) -> None:
    desk = Desk(released, FixedClock(START), Office(ZONE, "Văn phòng Tỉnh ủy"))
    with desk.reading() as work:
        people = [find_actor(work, CAST[name]) for name in ("binh", "an")]
    binh, an = people
    assert binh is not None
    assert an is not None
    office = Setting(desk, binh, an)
    desk.clock.move(START.replace(month=6, day=5))
    waited = office.send_all()
    assert {who for who, _ in waited} == {CAST["dung"], CAST["an"]}, "what had not gone out yet"
    office.at("2023-06-06T08:00")
    office.send_all()
    _report_what_is_overdue(office)


def _report_what_is_overdue(office: Setting) -> None:
    chat = Chat(office, numbers=itertools.count(10))
    dung = CAST["dung"]
    chat.say(dung, "/baocao")
    chat.press(dung, "Báo cáo hoàn thành")
    chat.say(dung, "Đã ban hành Kế hoạch số 15")
    chat.press(dung, "Gửi báo cáo")
    told = office.send_all()
    assert dung in {who for who, _ in told}, "a receipt"
    chat.press(CAST["an"], "Xác nhận hoàn thành")
    with office.desk.reading() as work:
        assert [view.agency_name for view in overview.list_overdue(work)] == ["Ban Tổ chức Tỉnh ủy"]
