"""Pausing what is sent by itself: of everything, or of one document; on resuming each gets what is current."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import OPEN
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.expiry import PAUSED
from bot.services.office_settings import get_office_settings, lock_office_settings
from bot.services.reminders import plan_again
from bot.services.said import DIGESTIBLE
from db.models import Assignment, Document, Notice, OutboxCover, OutboxMessage, Task

_INSTANT = timedelta(microseconds=1)
_PLANNED = (*(status.value for status in OPEN), Status.AWAITING_CONFIRMATION.value)


def is_paused(work: Work) -> bool:
    """Whether nothing leaves but receipts."""
    return get_office_settings(work).paused_at is not None


def pause_all(work: Work, actor: Actor) -> bool:
    """Nothing leaves any more but receipts; what is planned meanwhile waits and is merged. False: it was so."""
    require(work, actor, Action.PAUSE)
    row = lock_office_settings(work)
    if row.paused_at is not None:
        return False
    row.paused_at, row.paused_by = work.now, actor.member_id
    work.record("paused", actor=actor)
    return True


def resume_all(work: Work, actor: Actor) -> bool:
    """What waits goes out, one message a chat, as things stand then. False: nothing was paused."""
    require(work, actor, Action.PAUSE)
    row = lock_office_settings(work)
    if row.paused_at is None:
        return False
    row.paused_at = row.paused_by = None
    work.record("unpaused", actor=actor)
    return True


def pause_document(work: Work, actor: Actor, document_id: int) -> bool:
    """Nothing is sent by itself about the document's tasks, and what waits unsent is dropped. False: it was so."""
    document = _get_locked(work, actor, document_id)
    if document.paused_at is not None:
        return False
    document.paused_at = work.now
    dropped = _drop_waiting(work, document_id)
    for assignment, _task in _list_planned(work, document_id):
        assignment.next_reminder_at = None
        earliest = min((each.due_at for each in dropped if each.assignment_id == assignment.id), default=None)
        if earliest is not None and assignment.planned_until is not None:
            # Strictly before, so that the step that was dropped is the current one again.
            assignment.planned_until = min(assignment.planned_until, earliest) - _INSTANT
    work.record("document_paused", actor=actor, document_id=document_id)
    return True


def resume_document(work: Work, actor: Actor, document_id: int) -> bool:
    """Each open assignment gets its one current reminder with the next tick. False: it was not paused."""
    document = _get_locked(work, actor, document_id)
    if document.paused_at is None:
        return False
    document.paused_at = None
    work.session.flush()
    for assignment, task in _list_planned(work, document_id):
        assignment.plan_no += 1
        plan_again(work, assignment, task, ())
    work.record("document_unpaused", actor=actor, document_id=document_id)
    return True


def _get_locked(work: Work, actor: Actor, document_id: int) -> Document:
    require(work, actor, Action.PAUSE)
    document = work.session.exec(
        select(Document)
        .where(col(Document.id) == document_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if document is None:
        raise work.refuse("bad_button", actor.language)
    return document


def _list_planned(work: Work, document_id: int) -> list[tuple[Assignment, Task]]:
    query = (
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Task.document_id) == document_id, col(Assignment.status).in_(_PLANNED))
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    )
    return list(work.session.exec(query))


def _drop_waiting(work: Work, document_id: int) -> list[Notice]:
    """Takes the document's notices out of the messages that have not gone; empty messages expire."""
    rows = work.session.exec(
        select(OutboxMessage, Notice)
        .join(OutboxCover, col(OutboxCover.message_id) == col(OutboxMessage.id))
        .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
        .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(
            col(OutboxMessage.status) == "pending",
            col(Notice.kind).in_(DIGESTIBLE),
            col(Task.document_id) == document_id,
        )
    ).all()
    for message, notice in rows:
        work.session.execute(
            delete(OutboxCover).where(
                col(OutboxCover.message_id) == message.id, col(OutboxCover.notice_id) == notice.id
            )
        )
        notice.state, notice.reason = "expired", PAUSED
    work.session.flush()
    for message in {message.id: message for message, _ in rows}.values():
        left = select(OutboxCover.notice_id).where(col(OutboxCover.message_id) == message.id)
        if work.session.exec(left).first() is None:
            message.status, message.error = "expired", PAUSED
    return [notice for _message, notice in rows]
