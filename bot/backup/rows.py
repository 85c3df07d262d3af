"""Rows as JSON lines and back: the same text whichever database they come from."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table
from sqlmodel import AutoString

from db.types import UtcDateTime

_LARGEST_INT = 2**63


def encode_row(row: Mapping[str, Any]) -> bytes:
    """A line of JSON in UTF-8. A naive instant is UTC, as SQLite keeps it."""
    plain = {name: _plain(value) for name, value in row.items()}
    try:
        return (json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    except UnicodeEncodeError:
        # Half of a character pair has no UTF-8; its escape has.
        return (json.dumps(plain, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def decode_row(table: Table, line: bytes) -> dict[str, Any]:
    """The values of a row for this table. Raises ValueError naming the column; never shows a value."""
    try:
        raw = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(raw, dict) or raw.keys() != set(table.columns.keys()):
        raise ValueError("other columns than this program's")
    return {name: _decode(column, raw[name]) for name, column in table.columns.items()}


def _decode(column: Column[Any], value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise ValueError(f"{column.name} is empty")
        return None
    for kind, decode in _DECODERS.items():
        if isinstance(column.type, kind):
            try:
                return decode(value)
            except (TypeError, ValueError):
                raise ValueError(f"{column.name} is of another kind") from None
    raise ValueError(f"{column.name}: unknown kind of column")


def _instant(value: Any) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError
    return at.astimezone(UTC)


def _whole(value: Any) -> int:
    if type(value) is not int or not -_LARGEST_INT <= value < _LARGEST_INT:
        raise ValueError
    return value


def _exactly(kind: type[Any]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return check


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODERS: Mapping[type[Any], Callable[[Any], Any]] = {
    UtcDateTime: _instant,
    Date: date.fromisoformat,
    Boolean: _exactly(bool),
    Integer: _whole,
    JSON: lambda value: value,
    AutoString: _exactly(str),
}
