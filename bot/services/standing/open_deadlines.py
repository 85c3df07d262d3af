"""Deadlines that are open: which tasks have none yet, and which can be read in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from bot.domain.timeliness import Status
from bot.services.context import Work
from db.models import Agency, Assignment, Document, Task

_FINISHED = (Status.COMPLETED.value, Status.WITHDRAWN.value)


@dataclass(frozen=True)
class OpenTask:
    """A task whose deadline is open, and how many agencies it concerns."""

    id: int
    clause_label: str
    title: str
    document: str
    words: str | None
    candidates: tuple[date, ...]
    agencies: int


def list_unsettled(work: Work) -> list[OpenTask]:
    """“Chưa ấn định thời hạn”: no date, and nobody has said that there is none."""
    return _list(work, _is_unsettled())


def list_unconfirmed(work: Work) -> list[OpenTask]:
    """“Văn phòng xác nhận hạn”: the words can be read in two ways."""
    return _list(work, _is_unconfirmed())


def count_open(work: Work, document_id: int | None = None) -> tuple[int, int]:
    """How many tasks (None: of all documents) the two lists have."""
    return _count(work, _is_unsettled(), document_id), _count(work, _is_unconfirmed(), document_id)


def count_agencies(work: Work, task_id: int) -> int:
    """For how many agencies the deadline of a task counts: those that have not finished it."""
    query = select(func.count(func.distinct(col(Assignment.agency_id))))
    return int(work.session.exec(query.where(col(Assignment.task_id) == task_id, _is_unfinished())).one())


def list_agency_names(work: Work, task_id: int) -> list[str]:
    """Those of `count_agencies`, by name."""
    query = select(Agency.name).join(Assignment, col(Assignment.agency_id) == col(Agency.id)).distinct()
    where = col(Assignment.task_id) == task_id
    return list(work.session.exec(query.where(where, _is_unfinished()).order_by(col(Agency.name))))


def list_candidates(task: Task) -> tuple[date, ...]:
    """The days of the possible readings, earliest first."""
    days = {date.fromisoformat(each) for each in task.candidates or ()}
    return tuple(sorted(days | ({task.due} if task.due else set())))


def is_open_or_settled(task: Task) -> bool:
    """Whether the secretariat may fix its deadline: the document fixes none, or it was fixed by the secretariat."""
    is_fixed = task.deadline_confirmed and (task.due is not None or task.recurrence is not None)
    return not is_fixed or task.settled_at is not None


def _is_unsettled() -> ColumnElement[bool]:
    open_kind = or_(
        col(Task.deadline_kind).in_(("none", "relative")),
        and_(col(Task.deadline_kind) == "recurring", col(Task.recurrence).is_(None)),
    )
    return and_(
        open_kind, col(Task.due).is_(None), col(Task.deadline_confirmed), col(Task.settled_at).is_(None)
    )


def _is_unconfirmed() -> ColumnElement[bool]:
    return col(Task.deadline_confirmed).is_(False)


def _is_unfinished() -> ColumnElement[bool]:
    return col(Assignment.status).not_in(_FINISHED)


def _list(work: Work, condition: ColumnElement[bool]) -> list[OpenTask]:
    return [
        OpenTask(
            id=task.id,
            clause_label=task.clause_label,
            title=task.title,
            document=document,
            words=task.deadline_text,
            candidates=list_candidates(task),
            agencies=agencies,
        )
        for task, document, agencies in _select_rows(work, condition)
    ]


def _select_rows(work: Work, condition: ColumnElement[bool]) -> Sequence[Any]:
    agencies = func.count(func.distinct(col(Assignment.agency_id)))
    query = (
        select(Task, Document.title, agencies)
        .join(Document, col(Document.id) == col(Task.document_id))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(condition, col(Task.withdrawn_at).is_(None), _is_unfinished())
        .group_by(col(Task.id), col(Document.title))
        .order_by(col(Task.document_id), col(Task.id))
    )
    return work.session.exec(query).all()


def _count(work: Work, condition: ColumnElement[bool], document_id: int | None) -> int:
    query = (
        select(func.count(func.distinct(col(Task.id))))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(condition, col(Task.withdrawn_at).is_(None), _is_unfinished())
    )
    if document_id is not None:
        query = query.where(col(Task.document_id) == document_id)
    return int(work.session.exec(query).one())
