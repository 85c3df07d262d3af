"""What every table shares: id columns, foreign keys that never cascade, and checks written from lists."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlmodel import Field

from db.types import BigId, UtcDateTime


def row_id() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigId)


def link(target: str, *, optional: bool = False, index: bool = True) -> Any:
    """A foreign key; nothing is ever deleted by cascade."""
    return Field(
        default=None if optional else ...,
        sa_type=BigId,
        sa_column_args=(ForeignKey(f"{target}.id"),),
        nullable=optional,
        index=index,
    )


def key_link(target: str) -> Any:
    """A foreign key that is part of the primary key."""
    return Field(primary_key=True, sa_type=BigId, sa_column_args=(ForeignKey(f"{target}.id"),))


def instant(*, optional: bool = False, index: bool = False) -> Any:
    return Field(default=None if optional else ..., sa_type=UtcDateTime, nullable=optional, index=index)


def one_of(column: str, values: Iterable[str], *, name: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)
