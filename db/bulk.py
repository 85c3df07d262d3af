"""Many rows in one statement by the driver's own way: through the ORM one row costs as much as five here."""

import functools
import itertools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    SQLColumnExpression,
    String,
    Table,
    any_,
    bindparam,
    false,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, SQLModel

ROWS_A_STATEMENT = 40


def table_of(model: type[SQLModel]) -> Table:
    return cast(Table, model.__dict__["__table__"])


def plain_columns(table: Table) -> list[Column[Any]]:
    """All but those that hold JSON, which takes longer to read than the rest of the row."""
    return [column for column in table.c if not isinstance(column.type, JSON)]


def is_among(
    session: Session, column: SQLColumnExpression[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """As `IN`, but one parameter however many values there are: a list of them takes long to write out."""
    if not values:
        return false()
    if session.get_bind().dialect.name == "sqlite":
        listed = bindparam(None, json.dumps(list(values)), String())
        return column.in_(select(func.json_each(listed).table_valued("value").c.value))
    kind = BigInteger() if all(isinstance(each, int) for each in values) else String()
    return column == any_(bindparam(None, list(values), ARRAY(kind)))


def reserve_ids(session: Session, table: Table, count: int) -> list[int]:
    """Rising ids that nobody else gets. SQLite: this transaction alone writes."""
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    number = f"nextval(pg_get_serial_sequence('{table.name}', 'id'))"
    return list(session.execute(text(f"SELECT {number} FROM generate_series(1, :n)"), {"n": count}).scalars())


def insert_rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    shared: Mapping[str, Any] | None = None,
) -> None:
    """Adds rows of values in the order of `columns`; `shared` columns have one value for all of them."""
    if not rows:
        return
    dialect = session.get_bind().dialect
    same = shared or {}
    values = [_bind(table, dialect, name)(value) for name, value in same.items()]
    ready = _bind_rows(table, dialect, columns, rows)
    names = ", ".join((*columns, *same))
    connection = session.connection()
    if dialect.name == "sqlite":
        _insert_sqlite(connection, f"INSERT INTO {table.name} ({names})", ready, values)
        return
    kinds = {name: table.c[name].type.compile(dialect=dialect) for name in (*columns, *same)}
    arrays = ", ".join(f"%s::{kinds[name]}[]" for name in columns)
    fixed = "".join(f", %s::{kinds[name]}" for name in same)
    statement = f"INSERT INTO {table.name} ({names}) SELECT each.*{fixed} FROM unnest({arrays}) AS each"
    connection.exec_driver_sql(statement, (*values, *(list(column) for column in zip(*ready, strict=True))))


def _insert_sqlite(
    connection: Connection, insert: str, rows: Sequence[Sequence[Any]], shared: Sequence[Any]
) -> None:
    """Many rows a statement: to begin one takes longer than a row."""
    whole = len(rows) - len(rows) % ROWS_A_STATEMENT
    for size, part in ((ROWS_A_STATEMENT, rows[:whole]), (len(rows) - whole, rows[whole:])):
        if part:
            flat = [
                (*itertools.chain.from_iterable(part[n : n + size]), *shared)
                for n in range(0, len(part), size)
            ]
            connection.exec_driver_sql(f"{insert} VALUES {_marks(size, len(part[0]), len(shared))}", flat)


@functools.lru_cache(maxsize=256)
def _marks(rows: int, own: int, shared: int) -> str:
    """Numbered parameters of so many rows, each with values of its own and, last of all, those of every row."""
    same = [f"?{rows * own + n}" for n in range(1, shared + 1)]
    listed = (", ".join([*(f"?{row * own + n}" for n in range(1, own + 1)), *same]) for row in range(rows))
    return ", ".join(f"({each})" for each in listed)


def _bind_rows(
    table: Table, dialect: Dialect, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Sequence[Sequence[Any]]:
    """The rows as the driver takes them: only instants, days and JSON differ."""
    binds = [(n, bind) for n, name in enumerate(columns) if (bind := _find_bind(table, dialect, name))]
    if not binds:
        return rows
    ready = [list(row) for row in rows]
    for n, bind in binds:
        known: dict[int, Any] = {}  # most rows share one value: written out once
        for row in ready:
            value = row[n]
            if id(value) not in known:
                known[id(value)] = bind(value)
            row[n] = known[id(value)]
    return ready


def _bind(table: Table, dialect: Dialect, name: str) -> Callable[[Any], Any]:
    return _find_bind(table, dialect, name) or (lambda value: value)


def _find_bind(table: Table, dialect: Dialect, name: str) -> Callable[[Any], Any] | None:
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
