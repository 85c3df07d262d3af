"""Column types that keep what SQLite would forget."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

# SQLite only numbers rows by itself in a column of exactly INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")

# A missing value is NULL, not the JSON text "null", so that it can be asked for.
Json = JSON(none_as_null=True)


@functools.lru_cache(maxsize=4096)
def _read_utc(stored: str | None) -> datetime | None:
    # Computed from its argument alone; many rows were written at the same instant.
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC. A naive value is refused: SQLite would read it back hours wrong."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # A zone that names no offset is as good as none: Python would take the machine's own.
        if value.utcoffset() is None:
            raise ValueError(f"naive datetime {value!r}: instants are stored as aware UTC")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite's are read in one step: there are millions."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return _read_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
