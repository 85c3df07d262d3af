"""Assignments read many at a time, with what people see beside them."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import SQLModel

from bot.domain.assignment import AssignmentView
from bot.services.context import Work
from bot.services.views import to_view
from db.bulk import table_of
from db.models import Agency, Assignment, Document, Task

Rows = dict[int, Any]


class ViewCache:
    """Rows by id, read once within a transaction; a view is made when it is asked for."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.assignments: Rows = {}
        self.tasks: Rows = {}
        self.documents: Rows = {}
        self.agencies: Rows = {}
        self._views: dict[tuple[str, int], AssignmentView] = {}

    def keep(self, rows: Iterable[Any]) -> None:
        """Rows of `assignment` that were read already, and what belongs to them."""
        self.assignments.update((row.id, row) for row in rows)
        self._complete()

    def read(self, ids: Iterable[int]) -> None:
        """Reads the assignments that are missing, and what belongs to them."""
        self._add(Assignment, self.assignments, ids)
        self._complete()

    def _complete(self) -> None:
        self._add(Task, self.tasks, (row.task_id for row in self.assignments.values()))
        self._add(Document, self.documents, (row.document_id for row in self.tasks.values()))
        self._add(Agency, self.agencies, (row.agency_id for row in self.assignments.values()))

    def _add(self, model: type[SQLModel], rows: Rows, ids: Iterable[int]) -> None:
        missing = set(ids) - rows.keys()
        if missing:
            table = table_of(model)
            found = self._work.session.execute(table.select().where(table.c.id.in_(missing)))
            rows.update((row.id, row) for row in found)

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
