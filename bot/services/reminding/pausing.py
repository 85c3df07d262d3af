"""Pausing what is sent by itself: of everything, or of one document; on resuming each gets what is current."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import OPEN
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.notice.expiry import PAUSED
from bot.services.notice.said import DIGESTIBLE, Said
from bot.services.office.office_settings import lock_office_settings
from bot.services.reminding.reminders import answering_agency, is_held, plan_again, was_past
from bot.services.saying.notices import dispatch, say
from db.bulk import is_among
from db.models import Assignment, Document, Notice, OutboxCover, OutboxMessage, Task

_INSTANT = timedelta(microseconds=1)
_PLANNED = (*(status.value for status in OPEN), Status.AWAITING_CONFIRMATION.value)


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
    rows = _list_planned(work, document_id)
    snoozed = _list_snoozed(work, [assignment.id for assignment, _ in rows])
    for assignment, task in rows:
        assignment.plan_no += 1
        plan_again(work, assignment, task, ())
    silent = [row for row in rows if row[0].next_reminder_at is None or row[0].next_reminder_at > work.now]
    untold = [_say_given(work, *row) for row in _list_untold(work, document, silent)]
    awake = [_wake(work, each, snoozed.get(each.id, ())) for each, _ in silent]
    dispatch(work, [*untold, *(notice for of_one in awake for notice in of_one)])
    work.record("document_unpaused", actor=actor, document_id=document_id)
    return True


def _list_untold(
    work: Work, document: Document, rows: list[tuple[Assignment, Task]]
) -> list[tuple[Assignment, Task]]:
    """What was given and never announced."""
    new = [
        (assignment, task)
        for assignment, task in rows
        if assignment.status == Status.NOT_STARTED
        and assignment.acknowledged_at is None
        # What had passed when it was given is never announced as new.
        and not was_past(work, assignment, task)
        and not is_held(work, assignment, task, document)
    ]
    is_one = is_among(work.session, col(Notice.assignment_id), [assignment.id for assignment, _ in new])
    query = select(Notice.assignment_id).where(
        is_one, col(Notice.state) == "open", col(Notice.kind).in_(DIGESTIBLE)
    )
    told = set(work.session.exec(query))
    return [(assignment, task) for assignment, task in new if assignment.id not in told]


def _say_given(work: Work, assignment: Assignment, task: Task) -> Said | None:
    return say(
        work,
        "assignment",
        f"assignment:{assignment.id}:{assignment.plan_no}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
    )


def _list_snoozed(work: Work, assignment_ids: list[int]) -> Mapping[int, Sequence[Notice]]:
    """What people had put off until a day on which the document was paused, by assignment."""
    found: dict[int, list[Notice]] = defaultdict(list)
    query = (
        select(Notice)
        .where(is_among(work.session, col(Notice.assignment_id), assignment_ids))
        .where(col(Notice.kind) == "snooze", col(Notice.state) == "expired", col(Notice.reason) == PAUSED)
    )
    for notice in work.session.exec(query):
        assert notice.assignment_id is not None
        found[notice.assignment_id].append(notice)
    return found


def _wake(work: Work, assignment: Assignment, snoozed: Sequence[Notice]) -> list[Said | None]:
    """Those of the plan that was paused: whoever put it off has not been reminded since."""
    return [
        say(
            work,
            "snooze",
            f"snooze:{assignment.id}:{each.member_id}:{assignment.plan_no}",
            audience="member",
            member_id=each.member_id,
            assignment_id=assignment.id,
            plan_no=assignment.plan_no,
        )
        for each in snoozed
        if each.plan_no == assignment.plan_no - 1
    ]


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
