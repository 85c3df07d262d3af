"""What goes to many waits a minute, in which it can be taken back."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from bot.clock import wall
from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.expiry import TAKEN_BACK
from bot.services.posting import Hold
from db.models import Notice, OutboxCover, OutboxMessage

HOLD_FOR = timedelta(minutes=1)


def make_hold(work: Work) -> Hold:
    """A minute by the office's clock or by the machine's, whichever is over first: a sandbox's clock stands still."""
    return Hold(f"b{work.update_id or int(work.now.timestamp())}", work.now + HOLD_FOR, wall() + HOLD_FOR)


def take_back(work: Work, actor: Actor, batch: str) -> tuple[int, int]:
    """Stops the messages of a decision that have not gone. Returns how many, and how many had gone already.

    Raises UserError where there is nothing left to stop.
    """
    require(work, actor, Action.PRESS)
    messages = work.session.exec(
        select(OutboxMessage)
        .where(col(OutboxMessage.batch) == batch, col(OutboxMessage.status) == "pending")
        .order_by(col(OutboxMessage.id))
        .with_for_update()
    ).all()
    every = select(func.count(col(OutboxMessage.id))).where(col(OutboxMessage.batch) == batch)
    total = int(work.session.exec(every).one())
    if not messages:
        raise work.refuse("gone_already" if total else "bad_button", actor.language)
    ids = [each.id for each in messages]
    for message in messages:
        message.status, message.error = "expired", TAKEN_BACK
    for notice in work.session.exec(
        select(Notice)
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .where(col(OutboxCover.message_id).in_(ids))
    ):
        notice.state, notice.reason = "expired", TAKEN_BACK
    gone = total - len(messages)
    work.record("taken_back", actor=actor, after={"messages": len(messages), "gone": gone})
    return len(messages), gone
