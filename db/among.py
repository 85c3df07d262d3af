"""Rows by ids that a subquery finds, begun with those ids on either database."""

from typing import Any

from sqlalchemy import Boolean, CompoundSelect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement


class _IsFound(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


def is_found(column: ColumnElement[int], ids: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """As `column IN (ids)`, for few ids: PostgreSQL, which guesses how many they are, may read the whole table then."""
    return _IsFound(column, ids.scalar_subquery())


@compiles(_IsFound)
def _write_in(element: _IsFound, compiler: SQLCompiler, **more: Any) -> str:
    column, ids = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} IN {ids}"


@compiles(_IsFound, "postgresql")
def _write_any(element: _IsFound, compiler: SQLCompiler, **more: Any) -> str:
    column, ids = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} = ANY (ARRAY{ids})"
