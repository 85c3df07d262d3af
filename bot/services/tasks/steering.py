"""The secretariat steers an assignment: suspends, resumes, withdraws, reopens, undoes a decision, reassigns."""

import html
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView, Move, find_next_status, status_by_reports
from bot.domain.timeliness import Status
from bot.screens.tasks import status_words
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from bot.services.office.secretaries import require_decider
from bot.services.reminding.periods import give_current
from bot.services.reminding.reminders import answering_agency, replan
from bot.services.saying.notices import dispatch, say
from bot.services.standing.requests import close_requests
from bot.services.standing.single import get_locked, state_of
from bot.services.standing.views import get_view
from bot.services.typed_words import check_content
from db.models import Agency, Assignment, Event, Report, Task

MOVES = (Move.SUSPEND, Move.RESUME, Move.REASSIGN, Move.WITHDRAW, Move.REOPEN, Move.UNDO)
_NEEDS_NO_REASON = (Move.RESUME,)


def needs_reason(move: Move) -> bool:
    """Whether it is not done without one."""
    return move not in _NEEDS_NO_REASON


def list_moves(work: Work, view: AssignmentView) -> list[Move]:
    """What can be done to an assignment now, in the order people are offered it."""
    return [move for move in MOVES if _is_possible(work, view.id, view.status, move)]


def _is_possible(work: Work, assignment_id: int, status: Status, move: Move) -> bool:
    if find_next_status(status, move) is None:
        return False
    return move is not Move.UNDO or _find_undoable(work, assignment_id, status) is not None


def check_can_steer(work: Work, actor: Actor, assignment_id: int, move: Move) -> AssignmentView:
    """Raises UserError unless this person may do this to the assignment now."""
    require(work, actor, Action.STEER)
    view = get_view(work, assignment_id)
    if move not in MOVES or not _is_possible(work, assignment_id, view.status, move):
        t = work.texts(actor.language)
        if move not in MOVES:
            raise work.refuse("bad_button", actor.language)
        status = html.unescape(status_words(view, t))
        raise work.refuse("cannot_steer", actor.language, move=t.plain(f"steer.{move.value}"), status=status)
    agency = work.session.get_one(Agency, view.agency_id)
    if move is Move.REOPEN and agency.ended_on is not None:
        raise work.refuse("agency_ended", actor.language, agency=agency.name, day=agency.ended_on)
    undone = _find_undoable(work, assignment_id, view.status) if move is Move.UNDO else None
    if undone is not None:
        require_decider(work, actor, undone)
    return view


def steer(work: Work, actor: Actor, assignment_id: int, move: Move, reason: str) -> Assignment:
    """Does the move, with its reason; the agency is told and its reminders follow."""
    if move is Move.REASSIGN:
        raise ValueError("reassigning names an agency: use `reassign`")
    assignment, task = get_locked(work, assignment_id)
    check_can_steer(work, actor, assignment_id, move)
    _check_reason(work, actor, move, reason)
    _move(work, actor, assignment, move, reason)
    replan(work, assignment, task)
    give_current(work, task, assignment)
    dispatch(work, [_say(work, assignment, task, move, reason)])
    return assignment


def reassign(work: Work, actor: Actor, assignment_id: int, agency_id: int, reason: str) -> Assignment:
    """“Điều chỉnh cơ quan thực hiện”: taken from one agency and given to another, with the same deadline."""
    old, task = get_locked(work, assignment_id)
    check_can_steer(work, actor, assignment_id, Move.REASSIGN)
    _check_reason(work, actor, Move.REASSIGN, reason)
    agency = work.session.get(Agency, agency_id)
    if agency is None or agency.ended_on is not None or agency.id == old.agency_id:
        raise work.refuse("no_agency", actor.language)
    new = _take_over(work, actor, old, agency)
    _move(work, actor, old, Move.REASSIGN, reason, {"agency": agency.key})
    replan(work, old, task)
    work.session.flush()
    replan(work, new, task)
    work.record(
        "assigned",
        actor=actor,
        document_id=task.document_id,
        assignment_id=new.id,
        agency_id=new.agency_id,
        after={"status": new.status, "role": new.role, "due": _iso(new.due), "from": old.id},
    )
    notices = [_say(work, old, task, Move.REASSIGN, reason, {"agency_id": agency.id})]
    if new.period == old.period:
        notices.append(say_given(work, new, task))
    dispatch(work, notices)
    return new


def _take_over(work: Work, actor: Actor, old: Assignment, agency: Agency) -> Assignment:
    same = select(Assignment).where(
        col(Assignment.task_id) == old.task_id,
        col(Assignment.agency_id) == agency.id,
        col(Assignment.period) == old.period,
    )
    found = work.session.exec(same.with_for_update()).all()
    if any(each.status != Status.WITHDRAWN for each in found):
        raise work.refuse("has_task", actor.language, agency=agency.name)
    new = next((each for each in found if each.role == old.role), None)
    if new is None:
        new = Assignment(
            task_id=old.task_id,
            agency_id=agency.id,
            role=old.role,
            period=old.period,
            due=old.due,
            original_due=old.original_due,
            assigned_at=work.now,
        )
        work.session.add(new)
    else:
        new.status, new.due, new.assigned_at = Status.NOT_STARTED.value, old.due, work.now
        new.acknowledged_at = new.acknowledged_by = new.submitted_at = new.completed_at = None
        new.version += 1
    work.session.flush()
    return new


def _check_reason(work: Work, actor: Actor, move: Move, reason: str) -> None:
    check_content(work, actor, reason, ())
    if not reason and needs_reason(move):
        raise work.refuse("empty_reason", actor.language)


def _move(
    work: Work,
    actor: Actor,
    assignment: Assignment,
    move: Move,
    reason: str,
    more: dict[str, Any] | None = None,
) -> None:
    before = state_of(assignment)
    reports = _list_reports(work, assignment.id)
    if move is Move.UNDO:
        undone = _find_undoable(work, assignment.id, Status(assignment.status))
        assert undone is not None
        _undo(work, assignment, undone)
    reported = status_by_reports(is_waiting=_waiting(reports) is not None, has_reports=bool(reports))
    status = find_next_status(Status(assignment.status), move, reported)
    assert status is not None
    assignment.status = status.value
    assignment.completed_at = None
    waiting = _waiting(reports)
    assignment.submitted_at = waiting.submitted_at if waiting else None
    assignment.version += 1
    if move in (Move.WITHDRAW, Move.REASSIGN):
        close_requests(work, actor, assignment)
    work.record(
        _ACTIONS[move],
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after={**state_of(assignment), "reason": reason or None, **(more or {})},
    )


def _undo(work: Work, assignment: Assignment, report: Report) -> None:
    """The report waits again; the time that a return gave to complete it is taken back with the return."""
    if report.review == "returned":
        query = select(Event).where(
            col(Event.assignment_id) == assignment.id, col(Event.action) == "returned"
        )
        event = work.session.exec(query.order_by(col(Event.id).desc())).first()
        before = (event.before if event else None) or {}
        complete_by, grace = before.get("complete_by"), before.get("grace_until")
        assignment.complete_by = date.fromisoformat(complete_by) if complete_by else None
        assignment.grace_until = date.fromisoformat(grace) if grace else None
    report.review = "pending"
    report.review_note = report.reviewed_by = report.reviewed_at = None
    work.session.flush()


_ACTIONS = {
    Move.SUSPEND: "suspended",
    Move.RESUME: "resumed",
    Move.REASSIGN: "reassigned",
    Move.WITHDRAW: "withdrawn",
    Move.REOPEN: "reopened",
    Move.UNDO: "decision_undone",
}


def _list_reports(work: Work, assignment_id: int) -> list[Report]:
    query = select(Report).where(col(Report.assignment_id) == assignment_id).order_by(col(Report.id))
    return list(work.session.exec(query))


def _waiting(reports: list[Report]) -> Report | None:
    return next((each for each in reports if each.kind == "completion" and each.review == "pending"), None)


def _find_undoable(work: Work, assignment_id: int, status: Status) -> Report | None:
    """The report whose decision can be taken back: the latest, and nothing was reported after it."""
    reports = _list_reports(work, assignment_id)
    wanted = "accepted" if status is Status.COMPLETED else "returned"
    last = reports[-1] if reports else None
    return last if last and last.kind == "completion" and last.review == wanted else None


def _say(
    work: Work,
    assignment: Assignment,
    task: Task,
    move: Move,
    reason: str,
    more: dict[str, Any] | None = None,
) -> Said | None:
    return say(
        work,
        "steered",
        f"steered:{assignment.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        data={"move": move.value, "reason": reason, **(more or {})},
    )


def say_given(work: Work, assignment: Assignment, task: Task) -> Said | None:
    """The notice that an agency is given a task."""
    return say(
        work,
        "assignment",
        f"assignment:{assignment.id}:{assignment.plan_no}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
    )


def _iso(value: datetime | Any) -> str | None:
    return value.isoformat() if value else None
