"""How sending stands, in numbers: what was refused, and whom a new bot cannot write to yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Work
from db.models import Address, GroupBinding, Membership, OutboxMessage

# Why a chat is not written to: the bot is another one than it has started.
NEW_BOT = "new_bot"


def list_unknown(work: Work) -> Sequence[str]:
    """Chats of people and groups in office of which nobody knows yet whether the bot may write there."""
    serving = select(Membership.member_id).where(col(Membership.until_at).is_(None))
    bound = select(GroupBinding.address_id)
    query = select(Address.address).where(
        col(Address.unreachable_reason) == NEW_BOT,
        col(Address.member_id).in_(serving) | col(Address.id).in_(bound),
    )
    return work.session.exec(query.order_by(col(Address.id))).all()


def count_unknown(work: Work) -> int:
    return len(list_unknown(work))


def count_failed(work: Work, since: datetime) -> int:
    """Messages of a day and less before that were refused, for another reason than that their chat is lost."""
    lost = select(Address.id).where(col(Address.reachable).is_(False))
    query = select(func.count()).where(
        col(OutboxMessage.status) == "failed",
        col(OutboxMessage.created_at) >= since - timedelta(days=1),
        col(OutboxMessage.address_id).not_in(lost),
    )
    return work.session.exec(query).one()
