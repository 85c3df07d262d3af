"""Puts an archive's rows in place of all that a database holds, within one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlmodel import SQLModel

from bot.backup.delivered import WAITING, apply_delivered, find_delivered
from bot.backup.manifest import Delivered, list_kept_tables
from bot.backup.reading import Archive
from bot.backup.versions import rebuild
from bot.backup.writing import BATCH
from bot.clock import wall
from bot.errors import UserError
from db.migrate import HEAD, OURS, run_steps
from db.models import Lease

# Telegram says when a message was sent, by its own clock.
CLOCKS_DIFFER = timedelta(minutes=2)
MOST_LOST = 50


def find_said_since(connection: Connection, archive: Archive) -> list[Delivered]:
    """What the database that is replaced has sent since the copy was made, where the copy is of this very database."""
    installation = get_table("installation")
    copied = [row["created_at"] for row in archive.read_rows("installation")]
    if copied != list(connection.execute(select(installation.c.created_at)).scalars()):
        return []
    rows = archive.read_rows("outbox_message")
    return find_delivered(
        connection, {row["id"]: row["dedupe_key"] for row in rows if row["status"] in WAITING}
    )


def replace_all(connection: Connection, archive: Archive, said: Sequence[Delivered]) -> int:
    """All rows out, the archive's in. Returns how many messages wait to be sent."""
    if archive.manifest.revision == HEAD:
        with _without_triggers(connection):
            _clear(connection)
            _insert_all(connection, archive)
    else:
        _replace_with_earlier(connection, archive)
    apply_delivered(connection, [*archive.manifest.delivered, *said])
    _note_lost_time(connection, archive)
    # Whoever was sending before must not go on as if nothing had happened.
    lease = SQLModel.metadata.tables[str(Lease.__tablename__)]
    connection.execute(
        lease.update().values(owner="restore", epoch=lease.columns.epoch + 1, expires_at=wall())
    )
    _check_foreign_keys(connection)
    outbox = get_table("outbox_message")
    pending = select(func.count()).where(
        outbox.columns.status == "pending", outbox.columns.address_id.is_not(None)
    )
    waiting = int(connection.execute(pending).scalar_one())
    if connection.dialect.name == "postgresql":
        _move_sequences(connection)
    return waiting


def _insert_all(connection: Connection, archive: Archive) -> None:
    for name, table in archive.tables.items():
        _insert(connection, table, archive.read_rows(name))


def _replace_with_earlier(connection: Connection, archive: Archive) -> None:
    """The rows go into tables of their own version, which are then upgraded as that version's database would be."""
    lease = get_table(str(Lease.__tablename__))
    held = [dict(row) for row in connection.execute(lease.select()).mappings()]
    rebuild(connection, archive.manifest.revision)
    _insert_all(connection, archive)
    run_steps(connection, OURS)
    if held:
        connection.execute(lease.insert(), held)


def _note_lost_time(connection: Connection, archive: Archive) -> None:
    """Of the time since the copy nothing is known: buttons sent then name rows that are gone, or will be others."""
    installation = get_table("installation")
    since, until = archive.manifest.created_at - CLOCKS_DIFFER, wall()
    before = connection.execute(select(installation.c.lost)).scalar_one_or_none() or []
    lost = [*before, [since.isoformat(), until.isoformat()]][-MOST_LOST:]
    connection.execute(installation.update().values(lost=lost))


def get_table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """The audit trail's triggers step aside inside this transaction only: an error brings them back as well."""
    if connection.dialect.name == "postgresql":
        names = list_kept_tables()
        _each(connection, [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in names])
        yield
        _each(connection, [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in names])
        return
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = connection.execute(query).all()
    _each(connection, [f'DROP TRIGGER "{name}"' for name, _ in triggers])
    yield
    _each(connection, [sql for _, sql in triggers])


def _each(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _clear(connection: Connection) -> None:
    names = list_kept_tables()
    if connection.dialect.name == "postgresql":
        listed = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(f"TRUNCATE {listed}")
        return
    for name in reversed(names):
        connection.execute(get_table(name).delete())


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        if table.name == "outbox_message":
            # Begun when the copy was made: it may have arrived, and is sent once more.
            batch = [row | {"status": "pending"} if row["status"] == "sending" else row for row in batch]
        connection.execute(table.insert(), batch)


def _check_foreign_keys(connection: Connection) -> None:
    """PostgreSQL has checked each row by now."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise UserError(f"The backup has {len(broken)} rows without their parent. Nothing was changed.")


def _move_sequences(connection: Connection) -> None:
    """Numbers go on after the largest; never back, since old buttons in chats carry the numbers in between."""
    for name in list_kept_tables():
        if "id" not in get_table(name).columns:
            continue
        find = text("SELECT pg_get_serial_sequence(:name, 'id')")
        sequence = connection.execute(find, {"name": f'"{name}"'}).scalar_one()
        if sequence is not None:
            connection.execute(
                text(
                    f"SELECT setval('{sequence}', GREATEST((SELECT max(id) FROM \"{name}\"), "
                    f"(SELECT last_value FROM {sequence})))"
                )
            )
