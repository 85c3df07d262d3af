"""An extension that was agreed by mistake is taken back: the deadline is as it was, the request waits again."""

from datetime import date

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import CLOSED
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.reminding.moving import move_lead
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.requests import find_pending
from bot.services.standing.single import get_locked
from bot.services.typed_words import check_content
from db.models import Assignment, DeadlineChange, Extension


def find_undoable(work: Work, assignment_id: int) -> Extension | None:
    """The agreed extension that the present deadline comes from; None where something has changed since."""
    assignment = work.session.get(Assignment, assignment_id)
    if assignment is None or Status(assignment.status) in CLOSED:
        return None
    last = _find_last_change(work, assignment_id)
    agreed = select(Extension).where(
        col(Extension.assignment_id) == assignment_id, col(Extension.state) == "agreed"
    )
    asked = work.session.exec(agreed.order_by(col(Extension.id).desc())).first()
    if asked is None or last is None or find_pending(work, Extension, assignment_id) is not None:
        return None
    is_of_it = last.new_due == asked.decided_due == assignment.due and last.changed_at == asked.decided_at
    return asked if is_of_it and last.old_due is not None else None


def check_can_undo(work: Work, actor: Actor, assignment_id: int) -> Extension:
    """Raises UserError unless this person may take the extension back now."""
    require(work, actor, Action.DECIDE_EXTENSION)
    asked = find_undoable(work, assignment_id)
    if asked is None:
        raise work.refuse("no_extension_to_undo", actor.language)
    if asked.requested_by == actor.member_id and not is_unasked(asked):
        raise work.refuse("own_request", actor.language)
    return asked


def is_unasked(asked: Extension) -> bool:
    """Whether the office gave it of its own accord."""
    return asked.requested_by == asked.decided_by


def undo(work: Work, actor: Actor, assignment_id: int, reason: str) -> Assignment:
    """“Rút lại gia hạn”, with the reason; the agency is told, the record keeps both decisions."""
    assignment, task = get_locked(work, assignment_id)
    asked = check_can_undo(work, actor, assignment_id)
    check_content(work, actor, reason, ())
    if not reason:
        raise work.refuse("empty_reason", actor.language)
    last = _find_last_change(work, assignment_id)
    assert last is not None
    if is_unasked(asked):
        asked.state, asked.note, asked.decided_due = "refused", reason, None  # no request waits again
    else:
        asked.state, asked.decided_by, asked.decided_at, asked.decided_due = "pending", None, None, None
        asked.note = asked.on_whose_word = asked.document_number = asked.document_date = None
    before = move_lead(work, actor, assignment, task, last.old_due, reason)
    _record(work, actor, assignment, before, reason)
    told = say(
        work,
        "steered",
        f"unextended:{asked.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment_id,
        data={"move": "unextend_unasked" if is_unasked(asked) else "unextend", "reason": reason},
    )
    dispatch(work, [told])
    return assignment


def _record(work: Work, actor: Actor, assignment: Assignment, before: date | None, reason: str) -> None:
    work.record(
        "extension_undone",
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before={"due": before.isoformat() if before else None},
        after={"due": assignment.due.isoformat() if assignment.due else None, "reason": reason},
    )


def _find_last_change(work: Work, assignment_id: int) -> DeadlineChange | None:
    changes = select(DeadlineChange).where(col(DeadlineChange.assignment_id) == assignment_id)
    return work.session.exec(changes.order_by(col(DeadlineChange.id).desc())).first()
