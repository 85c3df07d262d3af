"""Who works on a task beside whom: the agencies that lead, and those that coordinate with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select

from bot.domain.assignment import OPEN, AssignmentView
from bot.services.context import Work
from db.models import Agency, Assignment, Report, Task

KIND = "contribution"


OPEN_STATUSES = [status.value for status in OPEN]


@dataclass(frozen=True)
class Partner:
    """An agency that coordinates: when it last contributed, if ever."""

    name: str
    at: datetime | None


def is_of_task(task_id: int, period: str, role: str) -> ColumnElement[bool]:
    return and_(
        col(Assignment.task_id) == task_id,
        col(Assignment.period) == period,
        col(Assignment.role) == role,
        col(Assignment.status) != "withdrawn",
    )


def list_leads(work: Work, task_id: int, period: str) -> list[str]:
    """Names of the agencies that lead."""
    query = select(Agency.name).join(Assignment, col(Assignment.agency_id) == col(Agency.id))
    return list(work.session.exec(query.where(is_of_task(task_id, period, "lead")).order_by(col(Agency.id))))


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
        .where(is_of_task(view.task_id, view.period, "coordinating"))
        .group_by(col(Agency.id), col(Agency.name))
        .order_by(last.is_(None), col(Agency.id))
    )
    return [Partner(name, at) for name, at in work.session.exec(query)]


def list_lead_rows(work: Work, task_id: int, period: str) -> Sequence[tuple[Assignment, Task]]:
    query = select(Assignment, Task).join(Task, col(Task.id) == col(Assignment.task_id))
    query = query.where(is_of_task(task_id, period, "lead")).order_by(col(Assignment.id))
    return work.session.exec(query).all()


def list_led(work: Work, rows: Iterable[Any]) -> set[int]:
    """Those of these coordinating assignments whose lead is still at work."""
    wanted = {row.id: (row.task_id, row.period) for row in rows}
    if not wanted:
        return set()
    tasks = {task_id for task_id, _ in wanted.values()}
    query = select(Assignment.task_id, Assignment.period).where(
        col(Assignment.task_id).in_(tasks),
        col(Assignment.role) == "lead",
        col(Assignment.status).in_(OPEN_STATUSES),
    )
    led = set(work.session.exec(query.distinct()))
    return {key for key, place in wanted.items() if place in led}
