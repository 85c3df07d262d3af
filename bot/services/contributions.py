"""What agencies that only coordinate contribute, beside the reports of those that lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import OPEN, AssignmentView
from bot.services.context import Actor, Work, require
from bot.services.notices import say
from bot.services.reminders import answering_agency, replan
from bot.services.said import Said
from bot.services.views import get_view
from db.models import Agency, Assignment, DeadlineChange, Report, Task

KIND = "contribution"
_OPEN = [status.value for status in OPEN]


@dataclass(frozen=True)
class Partner:
    """An agency that coordinates: when it last contributed, if ever."""

    name: str
    at: datetime | None


def kind_for(view: AssignmentView, kind: str) -> str:
    """What a coordinating agency reports of its progress is a contribution."""
    return KIND if kind == "progress" and not view.is_lead else kind


def _of_task(task_id: int, period: str, role: str) -> ColumnElement[bool]:
    return and_(
        col(Assignment.task_id) == task_id,
        col(Assignment.period) == period,
        col(Assignment.role) == role,
        col(Assignment.status) != "withdrawn",
    )


def list_leads(work: Work, task_id: int, period: str) -> list[str]:
    """Names of the agencies that lead."""
    query = select(Agency.name).join(Assignment, col(Assignment.agency_id) == col(Agency.id))
    return list(work.session.exec(query.where(_of_task(task_id, period, "lead")).order_by(col(Agency.id))))


def list_partners(work: Work, view: AssignmentView) -> list[Partner]:
    """The agencies that coordinate, those that have contributed first."""
    last = func.max(col(Report.submitted_at))
    query = (
        select(Agency.name, last)
        .join(Assignment, col(Assignment.agency_id) == col(Agency.id))
        .join(
            Report,
            and_(col(Report.assignment_id) == col(Assignment.id), col(Report.kind) == KIND),
            isouter=True,
        )
        .where(_of_task(view.task_id, view.period, "coordinating"))
        .group_by(col(Agency.id), col(Agency.name))
        .order_by(last.is_(None), col(Agency.id))
    )
    return [Partner(name, at) for name, at in work.session.exec(query)]


def list_contributions(work: Work, actor: Actor, view: AssignmentView) -> list[tuple[Report, str]]:
    """The newest first, each with the agency it is of; for who may see a lead's assignment."""
    if not view.is_lead:
        raise work.refuse("bad_button", actor.language)
    query = (
        select(Report, Agency.name)
        .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(_of_task(view.task_id, view.period, "coordinating"), col(Report.kind) == KIND)
        .order_by(col(Report.id).desc())
    )
    return [(report, name) for report, name in work.session.exec(query)]


def require_reader(work: Work, actor: Actor, report: Report) -> None:
    """Raises UserError unless the person may read a report: also the leads, what is contributed to their task."""
    view = get_view(work, report.assignment_id)
    leads = [] if report.kind != KIND else _list_lead_rows(work, view.task_id, view.period)
    if not any(actor.can(Action.VIEW, answering_agency(lead, task)) for lead, task in leads):
        require(work, actor, Action.VIEW, view.answering_id)


def _list_lead_rows(work: Work, task_id: int, period: str) -> Sequence[tuple[Assignment, Task]]:
    query = select(Assignment, Task).join(Task, col(Task.id) == col(Assignment.task_id))
    query = query.where(_of_task(task_id, period, "lead")).order_by(col(Assignment.id))
    return work.session.exec(query).all()


def say_contributed(work: Work, report: Report) -> list[Said | None]:
    """To those that lead, while they are at work."""
    if report.kind != KIND:
        return []
    view = get_view(work, report.assignment_id)
    return [
        say(
            work,
            "contributed",
            f"contributed:{report.id}:{lead.id}",
            audience="agency",
            agency_id=answering_agency(lead, task),
            assignment_id=lead.id,
            report_id=report.id,
        )
        for lead, task in _list_lead_rows(work, view.task_id, view.period)
        if lead.status in _OPEN
    ]


def list_led(work: Work, rows: Iterable[Any]) -> set[int]:
    """Those of these coordinating assignments whose lead is still at work."""
    wanted = {row.id: (row.task_id, row.period) for row in rows}
    if not wanted:
        return set()
    tasks = {task_id for task_id, _ in wanted.values()}
    query = select(Assignment.task_id, Assignment.period).where(
        col(Assignment.task_id).in_(tasks),
        col(Assignment.role) == "lead",
        col(Assignment.status).in_(_OPEN),
    )
    led = set(work.session.exec(query.distinct()))
    return {key for key, place in wanted.items() if place in led}


def follow_lead(work: Work, actor: Actor, lead: Assignment, task: Task, reason: str) -> None:
    """After another deadline was agreed: those that coordinate have until the last of those that lead."""
    dues = [each.due for each, _ in _list_lead_rows(work, lead.task_id, lead.period)]
    if any(due is None for due in dues):
        return
    due = max(due for due in dues if due is not None)
    query = select(Assignment).where(
        _of_task(lead.task_id, lead.period, "coordinating"), col(Assignment.status).in_(_OPEN)
    )
    for each in work.session.exec(query.with_for_update()):
        if each.due != due:
            _move(work, actor, each, task, due, reason)


def _move(work: Work, actor: Actor, assignment: Assignment, task: Task, due: date, reason: str) -> None:
    before, assignment.due = assignment.due, due
    assignment.version += 1
    work.session.add(
        DeadlineChange(
            assignment_id=assignment.id,
            old_due=before,
            new_due=due,
            reason=reason,
            changed_by=actor.member_id,
            changed_at=work.now,
        )
    )
    replan(work, assignment, task)
    work.record(
        "deadline_changed",
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before={"due": before.isoformat() if before else None},
        after={"due": due.isoformat()},
    )
