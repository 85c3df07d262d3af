"""Which messages should have gone out long ago."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.office.office_settings import is_paused
from bot.services.saying.delivery import ANSWERS, is_quiet
from db.models import Address, Member, OutboxMessage
from db.partial import WAITING_MESSAGES

NOT_SENT = timedelta(minutes=15)


def count_stuck(work: Work, wall: datetime) -> int:
    """Messages to known chats that should have gone out long ago."""
    stuck = select(func.count()).select_from(OutboxMessage).where(WAITING_MESSAGES, is_stuck(work, wall))
    return work.session.exec(stuck).one()


def is_stuck(work: Work, wall: datetime) -> ColumnElement[bool]:
    # A message never tried that is not to go out yet is not late.
    is_for_later = and_(
        col(OutboxMessage.attempts) == 0,
        col(OutboxMessage.not_before).is_not(None),
        col(OutboxMessage.not_before) > wall,
    )
    return (
        col(OutboxMessage.status).in_(("pending", "sending"))
        & col(OutboxMessage.address_id).is_not(None)
        & (col(OutboxMessage.created_at) < work.now - NOT_SENT)
        & ~is_for_later
        & _may_go(work)
    )


def _may_go(work: Work) -> ColumnElement[bool]:
    """Neither paused nor in somebody's quiet hours."""
    is_answer = col(OutboxMessage.kind).in_(ANSWERS)
    if is_paused(work):
        return is_answer
    quiet = select(Address.id).join(Member, col(Member.id) == col(Address.member_id)).where(is_quiet(work))
    return is_answer | col(OutboxMessage.address_id).not_in(quiet)
