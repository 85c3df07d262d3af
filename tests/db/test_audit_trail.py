"""What happened is never rewritten: the database itself refuses, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import Database

CHANGES = {
    "UPDATE": "UPDATE event SET actor = 'Chi' WHERE id = 1",
    "UPDATE of all": "UPDATE event SET action = action",
    "DELETE": "DELETE FROM event WHERE id = 1",
    "DELETE of all": "DELETE FROM event",
}
SQLITE = {
    "REPLACE": "REPLACE INTO event (id, at, actor, action) VALUES (1, '2023-05-17 01:00:00', 'Chi', 'x')",
    "upsert": "INSERT INTO event (id, at, actor, action) VALUES (1, '2023-05-17 01:00:00', 'Chi', 'x') "
    "ON CONFLICT (id) DO UPDATE SET actor = 'Chi'",
}
POSTGRESQL = {
    "TRUNCATE": "TRUNCATE event",
    "TRUNCATE by cascade": "TRUNCATE member CASCADE",
    "upsert": "INSERT INTO event (id, at, actor, action) VALUES (1, now(), 'Chi', 'x') "
    "ON CONFLICT (id) DO UPDATE SET actor = 'Chi'",
    "MERGE": "MERGE INTO event USING (SELECT 1) AS one ON event.id = 1 WHEN MATCHED THEN DELETE",
}


def read_trail(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.execute(text("SELECT * FROM event ORDER BY id"))]


def test_no_statement_changes_or_deletes_an_event(filled: Database) -> None:
    before = read_trail(filled)
    assert len(before) == 2
    for statement in (CHANGES | (SQLITE if filled.is_sqlite else POSTGRESQL)).values():
        with pytest.raises(DBAPIError, match="the audit trail is append-only"), filled.write() as session:
            session.execute(text(statement))
    assert read_trail(filled) == before


def test_events_are_added(filled: Database) -> None:
    with filled.write() as session:
        session.execute(
            text(
                "INSERT INTO event (id, at, actor, action) VALUES (77, '2023-05-17 01:00:00', 'An', 'accepted')"
            )
        )
    assert [row[0] for row in read_trail(filled)] == [1, 2, 77]
