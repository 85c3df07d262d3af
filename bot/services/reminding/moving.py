"""A deadline is moved: the new day, what it was before, a new plan; those that coordinate go with those that lead."""

from datetime import date

from sqlmodel import col, select

from bot.services.context import Actor, Work
from bot.services.reminding.reminders import replan
from bot.services.standing.partners import OPEN_STATUSES, is_of_task, list_lead_rows
from db.models import Assignment, DeadlineChange, Task


def set_due(
    work: Work, actor: Actor | None, assignment: Assignment, due: date | None, reason: str
) -> date | None:
    """Another deadline, or none; returns the one before, which stays on record. The caller plans and records."""
    before, assignment.due = assignment.due, due
    change = DeadlineChange(
        assignment_id=assignment.id,
        old_due=before,
        new_due=due,
        reason=reason,
        changed_by=actor.member_id if actor else None,
        changed_at=work.now,
    )
    work.session.add(change)
    return before


def move_lead(
    work: Work, actor: Actor, lead: Assignment, task: Task, due: date | None, reason: str
) -> date | None:
    """Another deadline for an agency that leads, and so for those that coordinate; returns the one before.

    The caller records what the decision was.
    """
    before = _move(work, actor, lead, task, due, reason)
    _follow(work, actor, lead, task, reason)
    return before


def _follow(work: Work, actor: Actor, lead: Assignment, task: Task, reason: str) -> None:
    """Those that coordinate have until the last of those that lead."""
    dues = [each.due for each, _ in list_lead_rows(work, lead.task_id, lead.period)]
    if any(due is None for due in dues):
        return
    due = max(due for due in dues if due is not None)
    query = select(Assignment).where(
        is_of_task(lead.task_id, lead.period, "coordinating"), col(Assignment.status).in_(OPEN_STATUSES)
    )
    for each in work.session.exec(query.with_for_update()):
        if each.due != due:
            before = _move(work, actor, each, task, due, reason)
            work.record(
                "deadline_changed",
                actor=actor,
                assignment_id=each.id,
                agency_id=each.agency_id,
                before={"due": before.isoformat() if before else None},
                after={"due": due.isoformat()},
            )


def _move(
    work: Work, actor: Actor, assignment: Assignment, task: Task, due: date | None, reason: str
) -> date | None:
    before = set_due(work, actor, assignment, due, reason)
    assignment.version += 1
    work.session.flush()
    replan(work, assignment, task)
    return before
