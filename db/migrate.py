"""Brings a database to the schema this program knows, or says plainly why it cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

import db.models as models
from db.engine import Database


@dataclass(frozen=True)
class Versions:
    """The revisions a program knows, oldest first, and the folder they are written in."""

    known: tuple[str, ...]
    folder: Path

    @property
    def head(self) -> str:
        return self.known[-1]

    def up_to(self, revision: str) -> "Versions":
        """Without those after it."""
        return Versions(self.known[: self.known.index(revision) + 1], self.folder)


OURS = Versions(known=("0001", "0002", "0003", "0004", "0005"), folder=Path(__file__).parent / "migrations")
KNOWN = OURS.known
HEAD = OURS.head
# Alembic keeps what it is working on in module globals, so within a process it works on one database at a time.
_ALEMBIC = Lock()


class SchemaError(Exception):
    """The database is of another version, or half-migrated; nothing was changed."""


def read_revision(connection: Connection) -> str | None:
    """The schema's revision; None for an empty database. Raises SchemaError where the tables do not fit it."""
    tables = set(inspect(connection).get_table_names())
    ours = {name for name in SQLModel.metadata.tables if name in tables}
    if "alembic_version" not in tables:
        if ours:
            raise SchemaError(
                f"The database holds tables ({', '.join(sorted(ours)[:3])}…) but no record of their version: "
                "it is half-migrated or another program's. Restore a backup, or name another DATABASE_URL."
            )
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(found) != 1:
        raise SchemaError(
            "The database is half-migrated (no single version is recorded). Restore the backup."
        )
    return str(found[0])


def check_revision(connection: Connection, versions: Versions = OURS) -> str | None:
    """As `read_revision`, and refuses a newer or incomplete schema."""
    revision = read_revision(connection)
    if revision is not None and revision not in versions.known:
        raise SchemaError(
            f"The database is of a newer version ({revision}) than this program knows ({versions.head}): "
            "install the newer program, or restore a backup made before the upgrade into a new database."
        )
    if revision == versions.head:
        missing = set(SQLModel.metadata.tables) - set(inspect(connection).get_table_names())
        if missing:
            raise SchemaError(
                f"The database is half-migrated: {', '.join(sorted(missing))} missing. Restore the backup."
            )
    return revision


def require_current(database: Database) -> None:
    """For commands that do not migrate. Raises SchemaError unless the schema is this program's."""
    with database.reader.connect() as connection:
        revision = check_revision(connection)
    if revision != HEAD:
        state = "is empty" if revision is None else f"is of an older version ({revision})"
        raise SchemaError(f"The database {state}: run `dondoc load` or `dondoc run` once, which prepares it.")


def migrate(
    database: Database, *, before: Callable[[], object] | None = None, versions: Versions = OURS
) -> bool:
    """Upgrades to the newest version in one transaction; `before` makes the backup.

    True where this call did it. Others that call it meanwhile wait; one that fails leaves all as it was.
    """
    with database.reader.connect() as connection:
        revision = check_revision(connection, versions)
    if revision == versions.head:
        return False
    if revision is not None and before is not None:
        before()
    return _upgrade(database, versions)


def _upgrade(database: Database, versions: Versions) -> bool:
    engine = database.migration_engine()
    try:
        with engine.begin() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(20230531)"))
            # Another process may have migrated while this one waited for the lock.
            if check_revision(connection, versions) == versions.head:
                return False
            run_steps(connection, versions)
            _record_installation(connection)
            return True
    finally:
        engine.dispose()


def run_steps(connection: Connection, versions: Versions) -> None:
    """The migrations that are missing, inside a transaction that is open (of `Database.migration_engine`)."""
    triggers = _list_triggers(connection)
    _run_alembic(connection, versions)
    _restore_triggers(connection, triggers)
    _check_foreign_keys(connection)


def _run_alembic(connection: Connection, versions: Versions) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(versions.folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _ALEMBIC:
        command.upgrade(config, versions.head)


def _list_triggers(connection: Connection) -> dict[str, tuple[str, str]]:
    """SQLite's triggers: name → (table, statement). PostgreSQL keeps them through every change of a table."""
    if connection.dialect.name != "sqlite":
        return {}
    query = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, sql) for name, table, sql in connection.execute(query)}


def _restore_triggers(connection: Connection, triggers: dict[str, tuple[str, str]]) -> None:
    # A batch change rebuilds the table, and its triggers go with the old one.
    lost = triggers.keys() - _list_triggers(connection).keys()
    tables = inspect(connection).get_table_names()
    for table, sql in (triggers[name] for name in sorted(lost)):
        if table in tables:
            connection.exec_driver_sql(sql)


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise SchemaError(
            f"The upgrade would leave {len(broken)} rows without their parent; nothing was changed."
        )


def _record_installation(connection: Connection) -> None:
    table = SQLModel.metadata.tables[str(models.Installation.__tablename__)]
    if connection.execute(table.select()).first() is None:
        connection.execute(table.insert().values(id=1, created_at=datetime.now(UTC)))
