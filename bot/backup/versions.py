"""The tables of an archive: of this version, or of an earlier one as its migrations made them."""

import functools
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from sqlalchemy import Column, Connection, MetaData, Table, inspect
from sqlmodel import SQLModel

from bot.backup.manifest import list_kept_tables
from db.engine import Database
from db.migrate import HEAD, OURS, run_steps


def list_tables(revision: str) -> Mapping[str, Table]:
    """By name, parents before children; of a known version."""
    if revision == HEAD:
        return {name: SQLModel.metadata.tables[name] for name in list_kept_tables()}
    return _list_earlier_tables(revision)


@functools.cache
def _list_earlier_tables(revision: str) -> Mapping[str, Table]:
    # Versions only add: their columns are among this version's. Migrations do not change once released.
    columns = _read_columns(revision)
    now = SQLModel.metadata.tables
    return MappingProxyType(
        {name: _narrow(now[name], columns[name]) for name in list_kept_tables() if name in columns}
    )


def _narrow(table: Table, names: frozenset[str]) -> Table:
    kept = [Column(each.name, each.type, nullable=each.nullable) for each in table.c if each.name in names]
    return Table(table.name, MetaData(), *kept)


def _read_columns(revision: str) -> Mapping[str, frozenset[str]]:
    with TemporaryDirectory(prefix="dondoc-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'earlier.db'}")
        engine = database.migration_engine()
        try:
            with engine.begin() as connection:
                run_steps(connection, OURS.up_to(revision))
                found = inspect(connection)
                return {
                    name: frozenset(each["name"] for each in found.get_columns(name))
                    for name in found.get_table_names()
                }
        finally:
            engine.dispose()
            database.close()


def rebuild(connection: Connection, revision: str) -> None:
    """Drops all tables of this program and makes those of an earlier version, within the transaction."""
    there = set(inspect(connection).get_table_names())
    cascade = "" if connection.dialect.name == "sqlite" else " CASCADE"
    names = [name for name in (*SQLModel.metadata.tables, "alembic_version") if name in there]
    for name in names:
        connection.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_event_change()")
    run_steps(connection, OURS.up_to(revision))
