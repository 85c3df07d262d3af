"""Brings an archive back: everything is checked first, and then all of it takes effect or nothing does."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from bot.attachments import attachment_path
from bot.backup.delivered import WAITING, apply_delivered, find_delivered
from bot.backup.manifest import Delivered, list_kept_tables
from bot.backup.reading import Archive
from bot.backup.versions import rebuild
from bot.backup.writing import BATCH, name_backup, write_from
from bot.clock import wall
from bot.errors import SettingsError, UserError
from bot.settings import Settings
from bot.store_errors import name_cause
from db.engine import Database, normalise_url
from db.migrate import HEAD, OURS, SchemaError, check_revision, migrate, run_steps
from db.models import Lease

LOCK_WAIT = "10s"
# Telegram says when a message was sent, by its own clock.
CLOCKS_DIFFER = timedelta(minutes=2)
MOST_LOST = 50
# Always one row, made with the schema: it does not make a database a used one.
_OF_THE_SCHEMA = "installation"


@dataclass(frozen=True)
class Restored:
    """Counts; `waiting`: messages to known chats, which will be sent. `old`: a backup of what was there before.

    `revision`: the version the archive was of; its rows are of this program's by now.
    """

    rows: int
    attachments: int
    waiting: int
    missing: tuple[str, ...]
    old: Path | None
    revision: str


def restore_backup(
    settings: Settings, database: Database, archive: Archive, *, force: bool = False
) -> Restored:
    """Call with the lock of `bot.app.one_process` held. Raises UserError, SettingsError; nothing is changed then."""
    _check_mode(settings, archive)
    archive.verify()
    _check_room(settings, archive)
    _prepare_schema(settings, database, force=force)
    engine = database.migration_engine()
    try:
        with _plain(settings), engine.begin() as connection:
            _take_over(connection)
            old = _set_aside(settings, connection, force=force)
            said = _find_said_since(connection, archive)
            with _attachments(settings.data_dir, archive):
                waiting = _replace(connection, archive, said)
    finally:
        engine.dispose()
    manifest = archive.manifest
    rows = sum(member.rows for member in manifest.tables.values())
    return Restored(rows, len(manifest.attachments), waiting, tuple(manifest.missing), old, manifest.revision)


def _check_mode(settings: Settings, archive: Archive) -> None:
    mode = archive.manifest.mode
    if mode is not None and mode != settings.mode:
        other = "a sandbox (BOT_TOKEN is set)" if mode == "sandbox" else "a bot (BOT_TOKEN is empty)"
        raise UserError(f"The backup is of {other}: it could not be used here. Nothing was changed.")


def _check_room(settings: Settings, archive: Archive) -> None:
    needed = sum(archive.manifest.attachments.values())
    free = shutil.disk_usage(settings.data_dir).free
    if needed > free:
        raise UserError(
            f"DATA_DIR has {free // 2**20} MB free and the attachments take {needed // 2**20} MB. "
            "Nothing was changed."
        )


def _prepare_schema(settings: Settings, database: Database, *, force: bool) -> None:
    """Makes the tables where there are none. An older schema is upgraded only where it may be overwritten."""
    try:
        with database.reader.connect() as connection:
            revision = check_revision(connection)
        if revision == HEAD:
            return
        if revision is not None and not force:
            raise UserError(_in_use())
        migrate(database, before=lambda: _keep_old(settings, database))
    except SchemaError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error


def _keep_old(settings: Settings, database: Database) -> None:
    with database.reader.connect() as connection, connection.begin():
        write_from(connection, settings.data_dir, name_backup(settings.data_dir, "before-restore"))


def _in_use() -> str:
    return (
        "The database is in use: it holds rows. With --force they are replaced, after a backup in "
        "DATA_DIR/backups; or name another DATABASE_URL. Nothing was changed."
    )


@contextmanager
def _plain(settings: Settings) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = name_cause(error, normalise_url(settings.database_url))
        raise UserError(f"The database did not take the backup ({cause}). Nothing was changed.") from error
    except SchemaError as error:
        raise UserError(f"The backup does not fit its version: {error} Nothing was changed.") from error
    except OSError as error:
        raise UserError(f"DATA_DIR cannot be written ({error.strerror}). Nothing was changed.") from error


@contextmanager
def _attachments(data_dir: Path, archive: Archive) -> Iterator[None]:
    """Puts the files in place; those that are new go again when the database does not follow."""
    made: list[Path] = []
    try:
        for sha256 in archive.manifest.attachments:
            path = attachment_path(data_dir, sha256)
            is_new = not path.exists()
            _put(path, archive.read_attachment(sha256))
            if is_new:
                made.append(path)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _put(path: Path, chunks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _take_over(connection: Connection) -> None:
    """On PostgreSQL: refuses beside a bot, and lets nobody in until the end. SQLite has the lock of the file."""
    if connection.dialect.name == "sqlite":
        return
    _refuse_running(connection)
    names = ", ".join(f'"{name}"' for name in (*list_kept_tables(), "lease"))
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
    connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    _refuse_running(connection)


def _refuse_running(connection: Connection) -> None:
    held = text("SELECT count(*) FROM lease WHERE expires_at > clock_timestamp()")
    if connection.execute(held).scalar_one():
        raise UserError("A bot is running on this database: stop it first (it is let go 8 s after a crash).")


def _set_aside(settings: Settings, connection: Connection, *, force: bool) -> Path | None:
    """Refuses a database in use without `force`; with it, backs up what will be replaced."""
    in_use = any(
        connection.execute(select(func.count()).select_from(_table(name))).scalar_one()
        for name in list_kept_tables()
        if name != _OF_THE_SCHEMA
    )
    if not in_use:
        return None
    if not force:
        raise UserError(_in_use())
    return write_from(connection, settings.data_dir, name_backup(settings.data_dir, "before-restore")).path


def _find_said_since(connection: Connection, archive: Archive) -> list[Delivered]:
    """What the database that is replaced has sent since the copy was made, where the copy is of this very database."""
    installation = _table("installation")
    copied = [row["created_at"] for row in archive.read_rows("installation")]
    if copied != list(connection.execute(select(installation.c.created_at)).scalars()):
        return []
    rows = archive.read_rows("outbox_message")
    return find_delivered(
        connection, {row["id"]: row["dedupe_key"] for row in rows if row["status"] in WAITING}
    )


def _replace(connection: Connection, archive: Archive, said: Sequence[Delivered]) -> int:
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
    outbox = _table("outbox_message")
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
    lease = _table(str(Lease.__tablename__))
    held = [dict(row) for row in connection.execute(lease.select()).mappings()]
    rebuild(connection, archive.manifest.revision)
    _insert_all(connection, archive)
    run_steps(connection, OURS)
    if held:
        connection.execute(lease.insert(), held)


def _note_lost_time(connection: Connection, archive: Archive) -> None:
    """Of the time since the copy nothing is known: buttons sent then name rows that are gone, or will be others."""
    installation = _table("installation")
    since, until = archive.manifest.created_at - CLOCKS_DIFFER, wall()
    before = connection.execute(select(installation.c.lost)).scalar_one_or_none() or []
    lost = [*before, [since.isoformat(), until.isoformat()]][-MOST_LOST:]
    connection.execute(installation.update().values(lost=lost))


def _table(name: str) -> Table:
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
        connection.execute(_table(name).delete())


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
        if "id" not in _table(name).columns:
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
