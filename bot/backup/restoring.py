"""Brings an archive back: everything is checked first, and then all of it takes effect or nothing does."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.attachments import attachment_path
from bot.backup.manifest import list_kept_tables
from bot.backup.reading import Archive
from bot.backup.replacing import find_said_since, get_table, replace_all
from bot.backup.writing import name_backup, write_from
from bot.errors import SettingsError, UserError
from bot.settings import Settings
from bot.store_errors import name_cause
from db.engine import Database, normalise_url
from db.migrate import HEAD, SchemaError, check_revision, migrate

LOCK_WAIT = "10s"
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
    """Call with the lock of `one_process` held. Raises UserError, SettingsError; nothing is changed then."""
    _check_mode(settings, archive)
    archive.verify()
    _check_room(settings, archive)
    _prepare_schema(settings, database, force=force)
    engine = database.migration_engine()
    try:
        with _plain(settings), engine.begin() as connection:
            _take_over(connection)
            old = _set_aside(settings, connection, force=force)
            said = find_said_since(connection, archive)
            with _attachments(settings.data_dir, archive):
                waiting = replace_all(connection, archive, said)
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
        raise SettingsError(
            f"DATABASE_URL: {error} This program cannot replace it: move its file aside, or name another "
            "DATABASE_URL; the backup comes into a new one."
        ) from error


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
        raise UserError("A bot is running on this database: stop it first (it is let go 7 s after a crash).")


def _set_aside(settings: Settings, connection: Connection, *, force: bool) -> Path | None:
    """Refuses a database in use without `force`; with it, backs up what will be replaced."""
    in_use = any(
        connection.execute(select(func.count()).select_from(get_table(name))).scalar_one()
        for name in list_kept_tables()
        if name != _OF_THE_SCHEMA
    )
    if not in_use:
        return None
    if not force:
        raise UserError(_in_use())
    return write_from(connection, settings.data_dir, name_backup(settings.data_dir, "before-restore")).path
