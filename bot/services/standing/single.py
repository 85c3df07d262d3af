"""One assignment: who may see it, its row locked for change, and why nothing more can be done about it."""

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.errors import UserError
from bot.services.context import Actor, Work, require
from bot.services.standing.views import get_view
from db.models import Assignment, Report, Task


def get_locked(work: Work, assignment_id: int) -> tuple[Assignment, Task]:
    """The row, locked against others until the transaction ends. Raises UserError where there is none."""
    row = work.session.exec(
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Assignment.id) == assignment_id)
        .with_for_update(of=Assignment)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise work.refuse("bad_button")
    return row


def state_of(assignment: Assignment) -> dict[str, str | None]:
    """Where it stands, for the record: what the past is told from (`past.py`)."""
    submitted, completed, grace = assignment.submitted_at, assignment.completed_at, assignment.grace_until
    complete_by = assignment.complete_by
    return {
        "complete_by": complete_by.isoformat() if complete_by else None,
        "grace_until": grace.isoformat() if grace else None,
        "status": assignment.status,
        "submitted_at": submitted.isoformat() if submitted else None,
        "completed_at": completed.isoformat() if completed else None,
    }


def see(work: Work, actor: Actor, assignment_id: int) -> AssignmentView:
    """An assignment someone may look at. Raises UserError otherwise."""
    view = get_view(work, assignment_id)
    if not actor.can(Action.VIEW, view.answering_id):
        require(work, actor, Action.VIEW, view.agency_id)
    return view


def refuse_closed(work: Work, actor: Actor, view: AssignmentView) -> UserError:
    """The refusal where nothing more can be done, which names the report that waits."""
    waiting = select(Report.id).where(
        col(Report.assignment_id) == view.id,
        col(Report.kind) == "completion",
        col(Report.review) == "pending",
    )
    number = work.session.exec(waiting).first()
    return work.refuse(refusal_of(view), actor.language, number=number or "—")


def refusal_of(view: AssignmentView) -> str:
    """Why nothing more can be done about an assignment that is not open."""
    if view.status is Status.COMPLETED:
        return "already_completed"
    return "already_waiting" if view.status is Status.AWAITING_CONFIRMATION else "closed"
