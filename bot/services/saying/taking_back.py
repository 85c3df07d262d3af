"""What goes to many waits a minute, in which it can be taken back."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import col, select

from bot.clock import wall
from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.notice.expiry import TAKEN_BACK
from db.bulk import is_among
from db.models import Assignment, Notice, OutboxCover, OutboxMessage


def take_back(work: Work, actor: Actor | None, batch: str, document_id: int | None = None) -> tuple[int, int]:
    """Stops the messages of a decision that have not gone. Returns how many, and how many had gone already.

    What waits for an agency nobody serves yet is stopped with them and not counted. Raises UserError where there
    is nothing left to stop.
    """
    if actor is not None:
        require(work, actor, Action.PRESS)
    messages = work.session.exec(
        select(OutboxMessage)
        .where(col(OutboxMessage.batch) == batch)
        .order_by(col(OutboxMessage.id))
        .with_for_update()
    ).all()
    waiting = [each for each in messages if each.status == "pending"]
    addressed = [each for each in messages if each.address_id is not None]
    stopped = sum(each.status == "pending" for each in addressed)
    is_in_time = bool(stopped) if addressed else any(_is_held(work, each) for each in waiting)
    if not is_in_time:
        raise work.refuse("gone_already" if messages else "bad_button", actor.language if actor else None)
    for message in waiting:
        message.status, message.error = "expired", TAKEN_BACK
    work.session.flush()
    _expire_notices(work, [each.id for each in waiting])
    gone = sum(each.status in ("sending", "sent") for each in addressed)
    after = {"messages": stopped, "gone": gone}
    work.record("taken_back", actor=actor, document_id=document_id, after=after)
    return stopped, gone


def list_told(work: Work, batch: str) -> set[int | None]:
    """The assignments that somebody has been told of by messages of the batch."""
    query = (
        select(Notice.assignment_id)
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(col(OutboxMessage.batch) == batch, col(OutboxMessage.status).in_(("sending", "sent")))
    )
    return set(work.session.exec(query))


def list_heard(work: Work, task_ids: Sequence[int]) -> set[int | None]:
    """The assignments of these tasks that somebody has been told of."""
    query = (
        select(Notice.assignment_id)
        .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(col(Assignment.task_id).in_(task_ids))
        .where(col(OutboxMessage.status).in_(("sending", "sent")))
    )
    return set(work.session.exec(query))


def _is_held(work: Work, message: OutboxMessage) -> bool:
    is_held = message.held_until is not None and message.held_until > work.now
    return is_held and (message.not_before is None or message.not_before > wall())


def _expire_notices(work: Work, message_ids: Sequence[int]) -> None:
    """But those that another message has said, or still says."""
    covered = set(
        work.session.exec(
            select(OutboxCover.notice_id).where(
                is_among(work.session, col(OutboxCover.message_id), message_ids)
            )
        )
    )
    said = set(
        work.session.exec(
            select(OutboxCover.notice_id)
            .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
            .where(is_among(work.session, col(OutboxCover.notice_id), covered))
            .where(col(OutboxMessage.status) != "expired")
        )
    )
    gone = update(Notice).where(is_among(work.session, col(Notice.id), covered - said))
    work.session.execute(gone.values(state="expired", reason=TAKEN_BACK))
