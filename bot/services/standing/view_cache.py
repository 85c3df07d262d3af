"""Assignments read many at a time, with what people see beside them."""

import functools
import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import SQLModel

from bot.domain.assignment import AssignmentView
from bot.services.context import Work
from bot.services.standing.views import to_view
from db.bulk import fetch_rows, is_listed, plain_columns, table_of
from db.models import Agency, Assignment, Document, Task

Rows = dict[int, Any]


class Stored(NamedTuple):
    """What an assignment is planned by and drawn from; the rest would take half as long again to read."""

    id: int
    agency_id: int
    assigned_at: datetime
    acknowledged_at: datetime | None
    planned_until: datetime | None
    plan_no: int
    version: int
    holder_id: int | None
    task_id: int
    role: str
    period: str
    status: str
    due: date | None
    original_due: date | None
    person: str | None
    submitted_at: datetime | None
    completed_at: datetime | None
    complete_by: date | None
    grace_until: date | None


_SHARED = (
    "task_id",
    "role",
    "period",
    "status",
    "due",
    "original_due",
    "person",
    "submitted_at",
    "completed_at",
    "complete_by",
    "grace_until",
)


@functools.cache
def _select(model: type[SQLModel]) -> Select[*tuple[Any, ...]]:
    table = table_of(model)
    return select(
        *(table.c[name] for name in Stored._fields) if model is Assignment else plain_columns(table)
    )


@functools.cache
def _select_some(model: type[SQLModel]) -> Select[*tuple[Any, ...]]:
    # Put together once: that takes longer than to carry it out.
    return _select(model).where(is_listed(table_of(model).c.id, "ids"))


def select_assignments() -> Select[*tuple[Any, ...]]:
    """Rows of `assignment` as a ViewCache keeps them; to be read as `Stored`."""
    return _select(Assignment)


def values_of(*names: str) -> Callable[[Any], Any]:
    """Takes these values, or this one, out of such a row: faster than by name."""
    return operator.itemgetter(*(Stored._fields.index(name) for name in names))


# By these the assignments of one task differ no more, and the same is said of them.
shared_values = values_of(*_SHARED)
id_of, task_of, agency_of = values_of("id"), values_of("task_id"), values_of("agency_id")


class ViewCache:
    """Rows by id, read once within a transaction; a view is made when it is asked for.

    `holders`: who has which assignment in hand.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self.assignments: Rows = {}
        self.tasks: Rows = {}
        self.documents: Rows = {}
        self.agencies: Rows = {}
        self.holders: dict[int, int] = {}
        self._views: dict[tuple[str, int], AssignmentView] = {}

    def keep(self, rows: Sequence[Stored]) -> None:
        """Rows of `assignment` that were read already; and what belongs to them."""
        self.assignments.update(zip(map(id_of, rows), rows, strict=True))
        self.holders.update({row.id: row.holder_id for row in rows if row.holder_id is not None})
        tasks = self._add(Task, self.tasks, set(map(task_of, rows)))
        self._add(Document, self.documents, {row.document_id for row in tasks})
        self._add(Agency, self.agencies, set(map(agency_of, rows)))

    def read(self, ids: Iterable[int]) -> None:
        """Reads the assignments that are missing, and what belongs to them."""
        missing = set(ids) - self.assignments.keys()
        if missing:
            asked = {"ids": list(missing)}
            self.keep(fetch_rows(self._work.session, _select_some(Assignment), asked, Stored._make))

    def _add(self, model: type[SQLModel], rows: Rows, ids: set[int]) -> Sequence[Any]:
        missing = ids - rows.keys()
        if not missing:
            return ()
        found = self._work.session.execute(_select_some(model), {"ids": list(missing)}).all()
        rows.update({row.id: row for row in found})
        return found

    def find_row(self, assignment_id: int) -> Any | None:
        return self.assignments.get(assignment_id)

    def get(self, work: Work, assignment_id: int) -> AssignmentView:
        """As the language of `work` names things."""
        key = work.office.language, assignment_id
        if key not in self._views:
            row = self.assignments[assignment_id]
            task = self.tasks[row.task_id]
            beside = task, self.documents[task.document_id], self.agencies[row.agency_id]
            self._views[key] = to_view(work, (row, *beside))
        return self._views[key]
