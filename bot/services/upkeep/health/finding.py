"""A line of `doctor`, and how its numbers, times and lists are put."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func
from sqlmodel import select

from bot.services.context import Work

# Whatever went wrong longer ago has been seen; it is still told, and no longer an alarm.
RECENT = timedelta(days=30)
_SHOWN = 12

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One line. `fail`: work is lost or held up until a person does something."""

    check: str
    status: Level
    message: str


def count(work: Work, condition: ColumnElement[bool]) -> int:
    return work.session.exec(select(func.count()).where(condition)).one()


def listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


def lasting(span: timedelta) -> str:
    """Roughly: the largest unit of which there are two."""
    seconds = int(span.total_seconds())
    for name, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {name}"
    return f"{seconds} seconds"


def local(work: Work, at: datetime) -> str:
    return f"{at.astimezone(work.office.zone):%Y-%m-%d %H:%M}"
