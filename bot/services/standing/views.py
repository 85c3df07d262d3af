"""Reads assignments with what people see beside them."""

import functools
import itertools
from collections import namedtuple
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, union_all
from sqlmodel import SQLModel, col
from sqlmodel import select as sql_select

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status, last_day_of, timeliness
from bot.screens.periods import period_words
from bot.services.context import Work
from bot.texts import Texts, clip
from db.among import is_found
from db.bulk import table_of
from db.models import Agency, Assignment, Document, Report, Task

Query = Select[*tuple[Any, ...]]
LATELY = timedelta(days=30)


# What is shown of each; the rest, above all what a load compares, would take three times as long to read.
_SHOWN: Mapping[type[SQLModel], Sequence[str]] = MappingProxyType(
    {
        Assignment: (
            *("id", "role", "period", "status", "due", "original_due", "person", "assigned_at"),
            *("acknowledged_at", "submitted_at", "completed_at", "version", "plan_no", "complete_by"),
            "grace_until",
        ),
        Task: (
            *("id", "clause", "clause_label", "settled_at", "title", "text", "product", "person"),
            *("coordinating_text", "advising_id", "deadline_kind", "deadline_text", "deadline_confirmed"),
        ),
        Document: ("id", "key", "title", "number", "issued_on"),
        Agency: ("id", "key", "name"),
    }
)
_ASSIGNMENT, _TASK, _DOCUMENT, _AGENCY = (table_of(each) for each in _SHOWN)
_COLUMNS = [table_of(model).c[name] for model, names in _SHOWN.items() for name in names]
_PARTS: Sequence[Any] = [namedtuple(model.__name__, names) for model, names in _SHOWN.items()]
_ENDS = list(itertools.accumulate(map(len, _SHOWN.values())))


@functools.cache
def select_rows() -> Query:
    """Assignment, task, document and agency, joined."""
    return (
        select(Assignment, Task, Document, Agency)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Document, col(Document.id) == col(Task.document_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
    )


@functools.cache
def select_shown() -> Query:
    """The same, and of it only what is shown. By tables: put together with classes, it takes half as long again."""
    return (
        select(*_COLUMNS)
        .join(_TASK, _TASK.c.id == _ASSIGNMENT.c.task_id)
        .join(_DOCUMENT, _DOCUMENT.c.id == _TASK.c.document_id)
        .join(_AGENCY, _AGENCY.c.id == _ASSIGNMENT.c.agency_id)
    )


def read_views(work: Work, query: Query) -> list[AssignmentView]:
    """Those of a query made of `select_rows`."""
    return read_shown(work, query.with_only_columns(*_COLUMNS), {})


def read_shown(work: Work, query: Query, values: Mapping[str, Any]) -> list[AssignmentView]:
    """Those of a query made of `select_shown`, which is best put together once; the values are its parameters'."""
    work.session.flush()
    return [to_view(work, _split(row)) for row in work.session.execute(query, values).all()]


def _split(row: Sequence[Any]) -> Sequence[Any]:
    """Assignment, task, document and agency."""
    starts = (0, *_ENDS)
    return [part._make(row[start:end]) for part, start, end in zip(_PARTS, starts, _ENDS, strict=False)]


def is_of_agency(agency_id: Any) -> ColumnElement[bool]:
    """Assignments of its own, and of tasks it advises on. By an index each: an OR of two tables reads all there are."""
    assignment, task = table_of(Assignment).alias("mine"), table_of(Task).alias("advised")
    own = select(assignment.c.id).where(assignment.c.agency_id == agency_id)
    advised = select(assignment.c.id).join(task, task.c.id == assignment.c.task_id)
    return is_found(_ASSIGNMENT.c.id, union_all(own, advised.where(task.c.advising_id == agency_id)))


@functools.cache
def _select_one() -> Query:
    return select_shown().where(_ASSIGNMENT.c.id == bindparam("wanted"))


def find_view(work: Work, assignment_id: int) -> AssignmentView | None:
    found = read_shown(work, _select_one(), {"wanted": assignment_id})
    return found[0] if found else None


def get_view(work: Work, assignment_id: int) -> AssignmentView:
    """Raises UserError where there is no such assignment (a forged or very old button)."""
    view = find_view(work, assignment_id)
    if view is None:
        raise work.refuse("bad_button")
    return view


def list_views(work: Work, ids: Iterable[int]) -> list[AssignmentView]:
    return read_views(work, select_rows().where(col(Assignment.id).in_(list(ids))).order_by(*by_deadline()))


def by_deadline() -> Sequence[Any]:
    """Oldest deadline first, those without one last; the same on both databases."""
    return (_ASSIGNMENT.c.due.is_(None), _ASSIGNMENT.c.due, _TASK.c.clause, _AGENCY.c.id)


def list_told_lately(work: Work, ids: Collection[int]) -> set[int]:
    """Those of these assignments on which something was reported within the last 30 days."""
    if not ids:
        return set()
    query = select(col(Report.assignment_id)).where(
        col(Report.assignment_id).in_(ids), col(Report.submitted_at) > work.now - LATELY
    )
    return set(work.session.execute(query).scalars())


def count_rows(work: Work, query: Query) -> int:
    counted = query.with_only_columns(func.count(col(Assignment.id))).order_by(None)
    return int(work.session.execute(counted).scalar_one())


def to_view(work: Work, row: Any) -> AssignmentView:
    assignment, task, document, agency = row
    submitted = assignment.submitted_at
    submitted_on = submitted.astimezone(work.office.zone).date() if submitted else None
    status = Status(assignment.status)
    return AssignmentView(
        id=assignment.id,
        document_id=document.id,
        document_key=document.key,
        document=name_document(document, work.texts()),
        task_id=task.id,
        clause=task.clause,
        clause_label=label_period(task.clause_label, assignment, work.texts()),
        own_label=task.clause_label,
        is_settled=task.settled_at is not None,
        task=task.title,
        text=task.text,
        product=task.product,
        person=assignment.person or task.person,
        coordinating_text=task.coordinating_text,
        agency_id=agency.id,
        agency_key=agency.key,
        agency_name=agency.name,
        advising_id=task.advising_id if assignment.role == "lead" else None,
        role=assignment.role,
        period=assignment.period,
        due=assignment.due,
        original_due=assignment.original_due,
        met_until=last_day_of(assignment.due, work.calendar, assignment.grace_until)
        if assignment.due
        else None,
        deadline_kind=task.deadline_kind,
        deadline_text=task.deadline_text,
        deadline_confirmed=task.deadline_confirmed,
        status=status,
        timeliness=timeliness(
            status, assignment.due, submitted_on, work.today, work.calendar, assignment.grace_until
        ),
        assigned_at=assignment.assigned_at,
        acknowledged_at=assignment.acknowledged_at,
        submitted_at=submitted,
        completed_at=assignment.completed_at,
        version=assignment.version,
        plan_no=assignment.plan_no,
        complete_by=assignment.complete_by,
        grace_until=assignment.grace_until,
    )


def is_in_use() -> Any:
    """Documents of which some task stands: one whose tasks were all taken back is nothing to choose from."""
    of_it = sql_select(Task.id).where(col(Task.document_id) == col(Document.id))
    return or_(~of_it.exists(), of_it.where(col(Task.withdrawn_at).is_(None)).exists())


def label_period(label: str, assignment: Any, t: Texts) -> str:
    """The clause as people read it, and of a task that recurs the period with it."""
    period = period_words(assignment.period, assignment.original_due, t)
    # Lists cut long labels: not the period.
    return f"{clip(label, 50)}, {period}" if period else label


def name_document(document: Document, t: Texts) -> str:
    """By number and date where it has them, else by its title alone: no blank “số … ngày …”."""
    if document.number and document.issued_on:
        return t.plain(
            "task.numbered_dated", title=document.title, number=document.number, day=document.issued_on
        )
    if document.number:
        return t.plain("task.numbered", title=document.title, number=document.number)
    if document.issued_on:
        return t.plain("task.dated", title=document.title, day=document.issued_on)
    return document.title
