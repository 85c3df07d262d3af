"""Periods that are not made yet, as the tick will make them: to be looked at, never stored."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import col, select

from bot.domain.periods import first_period
from bot.services.context import Work
from bot.services.reminding.periods import build, list_lacking, midnight, rule_of
from db.models import Agency, Assignment, Document, Task

_DAY = timedelta(days=1)
_ALL = 1_000_000


class Coming(NamedTuple):
    """An assignment that will be made, with the rows of `select_rows`; its id is 0."""

    assignment: Assignment
    task: Task
    document: Document
    agency: Agency


def list_coming(work: Work, until: datetime, agency_id: int | None = None) -> Iterator[Coming]:
    """Those that begin up to an instant, of one agency or of the leads it advises."""
    on = until.astimezone(work.office.zone).date()
    query = (
        select(Task, Document)
        .join(Document, col(Document.id) == col(Task.document_id))
        .where(col(Task.next_period_on) <= on)
        .order_by(col(Task.id))
    )
    for task, document in work.session.exec(query).all():
        for made in _of_task(work, task, until):
            if agency_id in (None, made.agency_id, task.advising_id if made.role == "lead" else None):
                yield Coming(made, task, document, work.session.get_one(Agency, made.agency_id))


def _of_task(work: Work, task: Task, until: datetime) -> Iterator[Assignment]:
    rule, on = rule_of(task), task.next_period_on
    before: list[Assignment] | None = None
    while rule and on is not None and midnight(work, on) <= until:
        period = first_period(rule, on, task.recurs_since or on)
        if period is None:
            return
        before = list(list_lacking(work, task, period, _ALL)) if before is None else before
        at = min(work.now, midnight(work, on)) if on <= work.today else midnight(work, on)
        for each in before:
            made: Any = build(each, at, period.key, period.due)
            made.id, made.next_reminder_at = 0, at
            yield made
        on = period.due + _DAY
