"""Which messages may go now: the oldest of each chat that can be reached and wants to be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, false, func, not_, or_
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from bot.domain.retry import HORIZON
from bot.services.context import Work
from bot.services.notice.holding import is_held
from bot.services.office.office_settings import is_paused
from db.models import Address, Member, OutboxMessage
from db.partial import WAITING_MESSAGES

# They answer what the person has just done, so nothing holds them back.
ANSWERS = ("receipt",)


@dataclass(frozen=True)
class Candidate:
    """The oldest message waiting for a chat.

    `waiting`: how many do. `is_answer`: one of them answers what somebody has done. `is_retry`: it has been tried.
    """

    id: int
    chat: str
    is_group: bool
    waiting: int = 1
    is_answer: bool = False
    is_retry: bool = False


def list_candidates(work: Work, wall: datetime, busy: Collection[str], limit: int) -> list[Candidate]:
    """The oldest waiting message of each reachable chat: order is kept, no chat holds up another.

    What may not go yet (held, paused, in somebody's quiet hours) does not hold up what may.
    """
    may_go: ColumnElement[bool] = col(OutboxMessage.kind).in_(ANSWERS)
    if not is_paused(work):
        may_go = or_(may_go, not_(is_quiet(work)))
    is_answer = case((col(OutboxMessage.kind).in_(ANSWERS), 1), else_=0)
    oldest = (
        select(
            func.min(col(OutboxMessage.id)).label("id"),
            func.count().label("waiting"),
            func.max(is_answer).label("answers"),
        )
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .join(Member, col(Member.id) == col(Address.member_id), isouter=True)
        .where(WAITING_MESSAGES, col(OutboxMessage.status) == "pending", col(Address.reachable))
        .where(not_(is_held(work, wall)), may_go)
        .group_by(col(OutboxMessage.address_id))
        .subquery()
    )
    released = col(OutboxMessage.held_until) <= work.now
    query = (
        select(Address.address, Address.kind, OutboxMessage.attempts)
        .add_columns(oldest.c.id, oldest.c.waiting, oldest.c.answers)
        .join(OutboxMessage, col(OutboxMessage.address_id) == col(Address.id))
        .join(oldest, col(OutboxMessage.id) == oldest.c.id)
        .where(or_(_is_time(wall), released))
        .order_by(oldest.c.answers.desc(), oldest.c.id)
        .limit(limit)
    )
    return [
        Candidate(key, chat, kind == "group", waiting, bool(answers), attempts > 0)
        for chat, kind, attempts, key, waiting, answers in work.session.execute(query)
        if chat not in busy
    ]


def _is_time(wall: datetime) -> ColumnElement[bool]:
    """As `is_time`; where it is known when it was put off, a clock set back shows by that, however long the wait."""
    not_before, put_off_at = col(OutboxMessage.not_before), col(OutboxMessage.put_off_at)
    return case(
        (put_off_at.is_not(None), or_(not_before.is_(None), not_before <= wall, put_off_at > wall)),
        else_=is_time(not_before, wall),
    )


def is_time(not_before: Mapped[datetime | None], wall: datetime) -> ColumnElement[bool]:
    """Whether the time to try again has come; also where only a machine's clock set back has put it far off."""
    return not_before.is_(None) | (not_before <= wall) | (not_before > wall + HORIZON)


def is_quiet(work: Work) -> ColumnElement[bool]:
    """Whether it is a time at which the member wants nothing that comes by itself."""
    local = work.now.astimezone(work.office.zone)
    minute = local.hour * 60 + local.minute
    start, end = col(Member.quiet_from), col(Member.quiet_until)
    within = case(
        (start < end, and_(start <= minute, end > minute)),
        else_=or_(start <= minute, end > minute),
    )
    return func.coalesce(and_(start.is_not(None), within), false())
