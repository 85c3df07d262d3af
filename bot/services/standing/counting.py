"""The official counting, and the same by the deadlines that were given first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import func, select

from bot.domain.timeliness import ByOriginal, Counts, Status, Timeliness, count_groups, timeliness
from bot.services.context import Work
from db.bulk import table_of
from db.models import Assignment, Task


class Counted(Protocol):
    """What counts of an assignment, or of some that stand alike."""

    @property
    def status(self) -> Status: ...
    @property
    def timeliness(self) -> Timeliness: ...
    @property
    def due(self) -> date | None: ...
    @property
    def original_due(self) -> date | None: ...
    @property
    def submitted_at(self) -> datetime | None: ...


class Group(NamedTuple):
    """Lead assignments of one document that stand alike; `size`: how many."""

    status: Status
    timeliness: Timeliness
    due: date | None
    original_due: date | None
    submitted_at: datetime | None
    size: int


def list_groups(work: Work) -> Mapping[int, Sequence[Group]]:
    """All lead assignments by document, grouped by the database: there may be a million of them."""
    given, task = table_of(Assignment).c, table_of(Task).c
    alike = (
        task.document_id,
        given.status,
        given.due,
        given.original_due,
        given.grace_until,
        given.submitted_at,
    )
    query = select(*alike, func.count()).join(table_of(Task), task.id == given.task_id)
    groups: dict[int, list[Group]] = defaultdict(list)
    for document_id, name, due, original_due, grace, at, size in work.session.execute(
        query.where(given.role == "lead").group_by(*alike)
    ).all():
        status, on = Status(name), at.astimezone(work.office.zone).date() if at else None
        judged = timeliness(status, due, on, work.today, work.calendar, grace)
        groups[document_id].append(Group(status, judged, due, original_due, at, size))
    return groups


def count_views(views: Sequence[Counted]) -> Counts:
    """Lead assignments as reports count them."""
    return count_groups((each.status, each.timeliness, _size(each)) for each in views)


def count_by_original(work: Work, views: Sequence[Counted], on: date) -> ByOriginal | None:
    """None where no deadline was extended: there is nothing to tell apart."""
    extended = sum(_size(each) for each in views if is_extended(each))
    if not extended:
        return None
    return ByOriginal(
        extended,
        count_groups((each.status, judge_by_original(work, each, on), _size(each)) for each in views),
    )


def _size(each: Counted) -> int:
    return each.size if isinstance(each, Group) else 1


def is_extended(view: Counted) -> bool:
    """Whether its deadline is later than the one given first."""
    return view.due is not None and view.original_due is not None and view.due > view.original_due


def judge_by_original(work: Work, view: Counted, on: date) -> Timeliness:
    """How it stands on a local day against the deadline given first."""
    if not is_extended(view):
        return view.timeliness
    submitted = view.submitted_at.astimezone(work.office.zone).date() if view.submitted_at else None
    # Days to complete a returned report were given by the later deadline.
    return timeliness(view.status, view.original_due, submitted, on, work.calendar)
