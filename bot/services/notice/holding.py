"""What goes to many waits a minute: which messages wait, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
)
from sqlmodel import col, select

from bot.clock import wall
from bot.services.context import Work
from db.bulk import table_of
from db.models import OutboxMessage


@dataclass(frozen=True)
class Hold:
    """Messages that can be taken back until an instant of the office's clock, or of the machine's.

    `batch` names all that one decision sent; what has no instant waits only for somebody to join.
    """

    batch: str
    until: datetime | None = None
    until_wall: datetime | None = None


def is_held(work: Work, wall_now: datetime) -> ColumnElement[bool]:
    """Whether a message can still be taken back: both clocks say so."""
    return _is_held(work.now, wall_now)


def _is_held(now: Any, wall_now: Any) -> ColumnElement[bool]:
    held_until, not_before = (table_of(OutboxMessage).c[name] for name in ("held_until", "not_before"))
    return and_(held_until.is_not(None), held_until > now, not_before > wall_now)


HOLD_FOR = timedelta(minutes=1)


def make_hold(work: Work, batch: str | None = None) -> Hold:
    """A minute by the office's clock or by the machine's, whichever is over first: a sandbox's clock stands still."""
    return Hold(
        batch or f"b{work.update_id or int(work.now.timestamp())}", work.now + HOLD_FOR, wall() + HOLD_FOR
    )


def find_state(work: Work, batch: str) -> str | None:
    """How its messages stand: `held`, `gone` where the minute is over, None where all were stopped."""
    mine = col(OutboxMessage.batch) == batch
    stands = select(OutboxMessage.id).where(mine, col(OutboxMessage.status) != "expired")
    if work.session.exec(stands.limit(1)).first() is None:
        return None
    waits = stands.where(col(OutboxMessage.status) == "pending", is_held(work, wall()))
    return "gone" if work.session.exec(waits.limit(1)).first() is None else "held"
