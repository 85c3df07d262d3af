"""What every table shares: id columns, foreign keys that never cascade, and checks written from lists."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, false, text
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


def whole(*, default: int) -> Any:
    """A whole number that rows from before the column have as `default`."""
    return Field(default=default, sa_column_kwargs={"server_default": text(str(default))})


def switch() -> Any:
    """A flag that is off unless set, also in rows from before the column."""
    return Field(default=False, sa_column_kwargs={"server_default": false()})


def one_of(column: str, values: Iterable[str], *, name: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)
