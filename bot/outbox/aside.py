"""A message that a bug keeps from being drawn or recorded must not hold up those behind it."""

from datetime import datetime

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import col, select

from bot.domain.retry import retry_at
from bot.services.context import Work
from bot.services.saying.delivery import tell_undelivered
from db.models import OutboxMessage

MOST_TRIES = 5


def is_store_error(error: BaseException) -> bool:
    """The store (or the clock) cannot be reached: true of every message, so it is waited for.

    PostgreSQL's own troubles are InternalError in psycopg: a transaction it has ended, a copy that takes no writes.
    """
    known = OperationalError | InterfaceError | InternalError | PoolTimeoutError | OSError
    return isinstance(error, known)


def put_aside(work: Work, message_id: int, wall: datetime, jitter: float, error: str) -> None:
    """Tried again later and later; then failed, kept, and visible in `doctor`."""
    message = work.session.exec(
        select(OutboxMessage).where(col(OutboxMessage.id) == message_id).with_for_update()
    ).one()
    if message.status not in ("pending", "sending"):
        return
    message.attempts += 1
    message.error = error[:300]
    message.status = "failed" if message.attempts >= MOST_TRIES else "pending"
    message.not_before = retry_at(wall, message.attempts, jitter)
    if message.status == "failed":
        tell_undelivered(work)
