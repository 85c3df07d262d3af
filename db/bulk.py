"""Many rows in one statement by the driver's own way: through the ORM one row costs as much as five here."""

import functools
import itertools
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Select,
    SQLColumnExpression,
    String,
    Table,
    bindparam,
    false,
    func,
    select,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

ROWS_A_STATEMENT = (256, 64, 16, 4, 1)
Row = TypeVar("Row")


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
    kind = int if all(isinstance(each, int) for each in values) else str
    return _Among(column, bindparam(None, list(values), _Listed(kind), unique=True))


def is_listed(column: SQLColumnExpression[Any], name: str, kind: type = int) -> ColumnElement[bool]:
    """The same for a statement that is put together once: the values are its parameter `name`, a list."""
    return _Among(column, bindparam(name, type_=_Listed(kind)))


class _Listed(TypeDecorator[list[Any]]):
    """Many values in one parameter."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else _to_array(value or ())


class _Among(FunctionElement[bool]):
    """A column, and the parameter that lists its values."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        # Else “= 1” is added for SQLite, and no index serves any more.
        return self


@compiles(_Among)
def _write_among(element: _Among, compiler: Any, **kw: Any) -> str:
    column, listed = (compiler.process(each, **kw) for each in element.clauses)
    if compiler.dialect.name == "sqlite":
        return f"{column} IN (SELECT value FROM json_each({listed}))"
    kind = "BIGINT" if getattr(element.clauses.clauses[1].type, "kind", str) is int else "TEXT"
    return f"{column} = ANY (CAST({listed} AS {kind}[]))"


def written_out(query: Select[*tuple[Any, ...]], is_sqlite: bool) -> Select[tuple[str]]:
    """All rows of a query as one text, the same for the same rows in the same order."""
    rows = query.subquery()
    if is_sqlite:
        return select(func.json_group_array(func.json_array(*rows.c)))
    return select(func.json_agg(func.json_build_array(*rows.c)).cast(String))


def fetch_rows(
    session: Session,
    query: Select[*tuple[Any, ...]],
    asked: Mapping[str, Any],
    make: Callable[[Iterable[Any]], Row],
) -> list[Row]:
    """Rows of a query, each by `make`; of a column, values that are the same in many rows are converted once."""
    result = session.execute(query, asked)
    assert isinstance(result, CursorResult)
    assert result.cursor is not None
    columns: list[Sequence[Any]] = list(zip(*result.cursor.fetchall(), strict=True))
    result.close()
    dialect = session.get_bind().dialect
    for n, column in enumerate(query.selected_columns if columns else ()):
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if read is not None:
            known = {value: read(value) for value in set(columns[n])}
            columns[n] = [known[value] for value in columns[n]]
    return list(map(make, zip(*columns, strict=True)))


def reserve_ids(session: Session, table: Table, count: int) -> list[int]:
    """Rising ids that nobody else gets. SQLite: this transaction alone writes."""
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    # The sequence is looked up once, not for each number; and one row comes back.
    sequence = (
        f"(SELECT CAST(pg_get_serial_sequence('{table.name}', 'id') AS regclass) AS own OFFSET 0) AS each"
    )
    numbers = text(f"SELECT array_agg(nextval(own)) FROM {sequence}, generate_series(1, :n)")
    return list(session.execute(numbers, {"n": count}).scalar_one() or ())


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
    session.connection().exec_driver_sql(statement, (*fixed, *map(_to_array, varied.values())))


def _to_array(values: Collection[Any]) -> str:
    """As PostgreSQL writes an array: the driver, which looks at each value by itself, takes ten times as long."""
    return "{" + ",".join(["NULL" if each is None else _to_element(each) for each in values]) + "}"


def _to_element(value: Any) -> str:
    if type(value) is int:
        return str(value)
    stated = value if isinstance(value, str) else str(value)
    return '"' + stated.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _insert_sqlite(
    connection: Connection, insert: str, rows: Sequence[Sequence[Any]], shared: Sequence[Any]
) -> None:
    """Many rows a statement: to begin one takes longer than a row. Of few sizes, or each is parsed anew."""
    begun = 0
    for size in ROWS_A_STATEMENT:
        until = len(rows) - (len(rows) - begun) % size
        if until > begun:
            flat = [
                (*itertools.chain.from_iterable(rows[n : n + size]), *shared)
                for n in range(begun, until, size)
            ]
            connection.exec_driver_sql(f"{insert} VALUES {_marks(size, len(rows[0]), len(shared))}", flat)
        begun = until


@functools.lru_cache(maxsize=256)
def _marks(rows: int, own: int, shared: int) -> str:
    """Numbered parameters of so many rows, each with values of its own and, last of all, those of every row."""
    same = [f"?{rows * own + n}" for n in range(1, shared + 1)]
    listed = (", ".join([*(f"?{row * own + n}" for n in range(1, own + 1)), *same]) for row in range(rows))
    return ", ".join(f"({each})" for each in listed)


def _bind_all(table: Table, dialect: Dialect, name: str, values: Sequence[Any]) -> Sequence[Any]:
    """The values of a column as the driver takes them: only instants, days and JSON differ."""
    kind = table.c[name].type
    if isinstance(kind, JSON):
        return [None if value is None else json.dumps(value) for value in values]
    bind = kind.dialect_impl(dialect).bind_processor(dialect)
    return [bind(value) for value in values] if bind else values
