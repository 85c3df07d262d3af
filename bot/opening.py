"""The database as the settings name it: opened, migrated, and this bot's alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import structlog
from sqlmodel import Session, select

from bot.errors import SettingsError, UserError
from bot.services.context import Keeping, Office
from bot.settings import Settings
from bot.store_errors import find_cause, find_problem, first_words
from db.engine import Database, normalise_url, sqlite_path
from db.migrate import OURS, SchemaError, Versions, migrate
from db.models import Document, Installation

log = structlog.get_logger()


def make_office(settings: Settings) -> Office:
    keeping = Keeping(settings.keep_messages_days, settings.keep_updates_days)
    return Office(settings.timezone, settings.office_name, settings.language, keeping)


def open_database(settings: Settings, *, idle_s: float | None = None) -> Database:
    """The database of the settings. Raises SettingsError where its folder cannot be made."""
    try:
        path = sqlite_path(normalise_url(settings.database_url))
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"DATA_DIR or DATABASE_URL: the folder cannot be made ({error.strerror})"
        ) from error
    return Database(settings.database_url, idle_s=idle_s)


def prepare_database(settings: Settings, database: Database, versions: Versions = OURS) -> None:
    """Migrates, after a backup. Raises SettingsError with what to do where the schema does not fit, or that fails."""
    from bot.backup import back_up_before_migration

    copies: list[Path] = []
    try:
        migrate(
            database,
            before=lambda: copies.append(back_up_before_migration(settings, database, versions)),
            versions=versions,
        )
    except SchemaError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    except (UserError, SettingsError):
        raise
    except Exception as error:
        if not copies and find_problem(error, settings.database_url):
            raise  # it could not even be looked at
        log.debug("upgrade_failed", exc_info=error)
        cause = find_cause(error, database.url) or first_words(error)
        kept = f"; a backup of it is {copies[0]}" if copies else ""
        raise SettingsError(
            f"DATABASE_URL: the upgrade to version {versions.head} failed ({cause}) and was undone: the database is "
            f"as it was{kept}. Mend the cause and start again, or start the program of the version before."
        ) from error


def claim_mode(settings: Settings, database: Database) -> None:
    """A sandbox's database is refused by a bot, and the other way round."""
    with database.write() as session:
        check_mode(settings, session)
        session.get_one(Installation, 1).mode = settings.mode


def check_mode(settings: Settings, session: Session) -> None:
    """Raises SettingsError where the database belongs to the other kind."""
    found = session.get_one(Installation, 1).mode
    if found not in (None, settings.mode):
        other = "a sandbox's (BOT_TOKEN is set)" if found == "sandbox" else "a bot's (BOT_TOKEN is empty)"
        raise SettingsError(f"DATABASE_URL: this database is {other}; name another DATABASE_URL")


@contextmanager
def one_process(database: Database) -> Iterator[None]:
    """Two bots on one SQLite file are refused; the lock goes with the process, however it ends."""
    path = sqlite_path(database.url)
    if path is None:
        yield
        return
    with _open_lock(Path(f"{path}.lock")) as lock:
        _lock(lock, path)
        yield


def _open_lock(path: Path) -> IO[str]:
    try:
        return path.open("w")
    except OSError as error:
        raise SettingsError(
            f"DATABASE_URL: {path} cannot be written ({error.strerror}); allow writing to its folder"
        ) from error


def _lock(lock: IO[str], path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise SettingsError(f"DATABASE_URL: another dondoc is running on {path}; stop it first") from error


def has_document(database: Database) -> bool:
    with database.read() as session:
        return session.exec(select(Document.id).limit(1)).first() is not None
