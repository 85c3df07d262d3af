"""Many rows in one statement by the driver's own way: through the ORM one row costs as much as five here."""

import functools
import itertools
import json
from collections.abc import Collection, Mapping, Sequence
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
# As text: to put the same together from its parts takes four times as long.
_EACH = text("SELECT value FROM json_each(:listed)")


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
        listed = bindparam("listed", json.dumps(list(values)), String(), unique=True)
        return column.in_(_EACH.bindparams(listed))
    kind = BigInteger() if all(isinstance(each, int) for each in values) else String()
    return column == any_(bindparam(None, list(values), ARRAY(kind)))


def reserve_ids(session: Session, table: Table, count: int) -> list[int]:
    """Rising ids that nobody else gets. SQLite: this transaction alone writes."""
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    number = f"nextval(pg_get_serial_sequence('{table.name}', 'id'))"
    return list(session.execute(text(f"SELECT {number} FROM generate_series(1, :n)"), {"n": count}).scalars())


def insert_columns(
    session: Session,
    table: Table,
    columns: Mapping[str, Sequence[Any]],
    shared: Mapping[str, Any] | None = None,
) -> None:
    """Adds rows, given as the values of each column; `shared` columns have one value for all of them."""
    first, count = next((name, len(values)) for name, values in columns.items())
    if not count:
        return
    dialect = session.get_bind().dialect
    same = dict(shared or {})
    # A value given once is bound once; the first column stays with the rows, or there might be none.
    same.update(
        {name: each[0] for name, each in columns.items() if each.count(each[0]) == count and name != first}
    )
    varied = {
        name: _bind_all(table, dialect, name, each) for name, each in columns.items() if name not in same
    }
    fixed = [_bind_all(table, dialect, name, (value,))[0] for name, value in same.items()]
    into = f"INSERT INTO {table.name} ({', '.join((*varied, *same))})"
    if dialect.name == "sqlite":
        _insert_sqlite(session.connection(), into, list(zip(*varied.values(), strict=True)), fixed)
        return
    kinds = {name: table.c[name].type.compile(dialect=dialect) for name in (*varied, *same)}
    arrays = ", ".join(f"%s::{kinds[name]}[]" for name in varied)
    others = "".join(f", %s::{kinds[name]}" for name in same)
    statement = f"{into} SELECT each.*{others} FROM unnest({arrays}) AS each"
    session.connection().exec_driver_sql(statement, (*fixed, *map(list, varied.values())))


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


def _bind_all(table: Table, dialect: Dialect, name: str, values: Sequence[Any]) -> Sequence[Any]:
    """The values of a column as the driver takes them: only instants, days and JSON differ."""
    bind = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return [bind(value) for value in values] if bind else values
