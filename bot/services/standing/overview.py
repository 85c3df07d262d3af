"""What stands where: overdue, upcoming, waiting, the official counting, who cannot be reached."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, text
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.domain.assignment import OPEN, AssignmentView
from bot.domain.calendar import WorkCalendar
from bot.domain.timeliness import ByOriginal, Counts, Status, Timeliness, effective_due
from bot.services.context import Work
from bot.services.standing.counting import Group, count_by_original, count_views, list_groups
from bot.services.standing.views import (
    by_deadline,
    label_period,
    name_document,
    read_views,
    select_rows,
    to_view,
)
from db.bulk import table_of
from db.models import Address, Agency, Assignment, Document, GroupBinding, Membership, Report, Task

_OPEN = [status.value for status in OPEN]
# In so many words, or SQLite does not see that the partial indexes will do.
OPEN_LEADS = text("assignment.role = 'lead' AND assignment.status IN ('not_started', 'in_progress')")
_WAITING = text("report.kind = 'completion' AND report.review = 'pending'")
UNRECEIVED = text("assignment.acknowledged_at IS NULL AND assignment.status = 'not_started'")


def is_overdue(work: Work) -> ColumnElement[bool]:
    """Lead assignments past their deadline and not reported on; a deadline on a day off is met on the next."""
    return and_(
        OPEN_LEADS,
        col(Assignment.due) <= last_overdue_day(work.today, work.calendar),
        or_(col(Assignment.grace_until).is_(None), col(Assignment.grace_until) < work.today),
    )


def last_overdue_day(today: date, calendar: WorkCalendar) -> date:
    """The latest deadline that is overdue today: a later one is still met today, or on a day to come."""
    day = today - timedelta(days=1)
    while effective_due(day, calendar) >= today:
        day -= timedelta(days=1)
    return day


def list_overdue(work: Work, *, agency_ids: Iterable[int] | None = None) -> list[AssignmentView]:
    """Overdue now, oldest first."""
    query = select_rows().where(is_overdue(work)).order_by(*by_deadline())
    if agency_ids is not None:
        ids = list(agency_ids)
        query = query.where(col(Assignment.agency_id).in_(ids) | col(Task.advising_id).in_(ids))
    return read_views(work, query)


@dataclass(frozen=True)
class OverduePage:
    """Some of what is overdue, by agency; `count`: of all; `unreachable`: names of agencies shown."""

    views: Sequence[AssignmentView]
    count: int
    unreachable: Collection[str]


def page_overdue(work: Work, page: int, size: int) -> OverduePage:
    """One page of all that is overdue: the agency with the oldest deadline first, and its oldest first."""
    groups = work.session.execute(_select_overdue_groups(work)).all()
    views: list[AssignmentView] = []
    skip = page * size
    for agency_id, count in groups:
        wanted = size - len(views)
        if wanted and skip < count:
            query = select_rows().where(is_overdue(work), col(Assignment.agency_id) == agency_id)
            views += read_views(work, query.order_by(*by_deadline()).limit(wanted).offset(skip))
        skip = max(0, skip - count)
    reached = list_reached(work)
    unreachable = {view.agency_name for view in views if view.answering_id not in reached}
    return OverduePage(views, sum(count for _, count in groups), unreachable)


def _select_overdue_groups(work: Work) -> Select[*tuple[Any, ...]]:
    """Agencies, the one with the oldest deadline first, and how much is overdue there."""
    table = table_of(Assignment)
    # By an expression, or SQLite reads all that there is, agency by agency.
    agency = (table.c.agency_id + literal_column("0")).label("agency_id")
    query = select_columns(agency, func.count()).where(is_overdue(work)).group_by(agency)
    return query.order_by(func.min(table.c.due), agency)


def page_own_overdue(work: Work, agency_ids: Iterable[int], page: int, size: int) -> OverduePage:
    """The same of some agencies, for their own people."""
    groups = group_by_agency(list_overdue(work, agency_ids=agency_ids))
    views = [view for _, group in groups for view in group]
    return OverduePage(views[page * size : (page + 1) * size], len(views), ())


@dataclass(frozen=True)
class Waiting:
    """A completion report that waits for the secretariat."""

    view: AssignmentView
    report: Report


def list_waiting(work: Work, page: int = 0, size: int | None = None) -> list[Waiting]:
    """Completion reports waiting for confirmation, oldest first; of all, or of one page."""
    query = (
        select_rows()
        .add_columns(Report)
        .join(Report, col(Report.assignment_id) == col(Assignment.id))
        .where(_WAITING, _is_waiting())
        .order_by(col(Report.submitted_at), col(Report.id))
    )
    if size is not None:
        query = query.limit(size).offset(page * size)
    return [Waiting(to_view(work, row[:4]), row[4]) for row in work.session.execute(query)]


def count_waiting(work: Work) -> int:
    """How many `list_waiting` has."""
    return int(work.session.exec(select(func.count(col(Assignment.id))).where(_is_waiting())).one())


def _is_waiting() -> ColumnElement[bool]:
    # Found by their reports, of which few wait: there are many assignments.
    with_report = select(Report.assignment_id).where(_WAITING)
    is_status = col(Assignment.status) == Status.AWAITING_CONFIRMATION.value
    return and_(col(Assignment.id).in_(with_report), is_status)


def list_upcoming(work: Work, days: int) -> list[AssignmentView]:
    """Open lead assignments due from today to so many calendar days ahead."""
    query = (
        select_rows()
        .where(
            OPEN_LEADS,
            col(Assignment.due) >= work.today - timedelta(days=10),
            col(Assignment.due) <= work.today + timedelta(days=days),
        )
        .order_by(*by_deadline())
    )
    return [view for view in read_views(work, query) if view.timeliness is not Timeliness.OVERDUE]


class DocumentCounts(NamedTuple):
    """A document's lead assignments as reports count them; `original`: by the deadlines given first, if extended."""

    name: str
    counts: Counts
    original: ByOriginal | None


def count_documents(work: Work) -> list[DocumentCounts]:
    """The official counting of each document's lead assignments."""
    documents = work.session.exec(select(Document).order_by(col(Document.id))).all()
    groups = list_groups(work)
    by_name: dict[str, list[Group]] = defaultdict(list)
    for each in documents:
        by_name[name_document(each, work.texts())] += groups.get(each.id, ())
    return [
        DocumentCounts(name, count_views(found), count_by_original(work, found, work.today))
        for name, found in by_name.items()
        if any(each.status is not Status.WITHDRAWN for each in found)
    ]


def list_unreachable_agencies(work: Work) -> list[str]:
    """Agencies with open assignments and nobody to receive a message."""
    is_open = col(Assignment.status).in_(_OPEN)
    is_lead, is_advised = col(Assignment.role) == "lead", col(Task.advising_id).is_not(None)
    given = select(Assignment.id).join(Task, col(Task.id) == col(Assignment.task_id)).where(is_open)
    own = given.where(col(Assignment.agency_id) == col(Agency.id), ~and_(is_lead, is_advised))
    advised = given.where(col(Task.advising_id) == col(Agency.id), is_lead)
    query = select(Agency.name).where(or_(own.exists(), advised.exists())).order_by(col(Agency.id))
    return list(work.session.exec(query.where(col(Agency.id).not_in(list_reached(work)))))


def list_reached(work: Work) -> set[int | None]:
    """Agencies with a person or a group that messages reach."""
    people = (
        select(Membership.agency_id)
        .join(Address, col(Address.member_id) == col(Membership.member_id))
        .where(
            col(Membership.until_at).is_(None), col(Address.reachable), col(Membership.agency_id).is_not(None)
        )
    )
    groups = (
        select(GroupBinding.agency_id)
        .join(Address, col(Address.id) == col(GroupBinding.address_id))
        .where(col(GroupBinding.reminders), col(Address.reachable))
    )
    return {*work.session.exec(people), *work.session.exec(groups)}


def list_unacknowledged(work: Work, until: datetime, most: int) -> list[tuple[str, list[str]]]:
    """As `list_unacknowledged_views`, of the first tasks: clause labels with the agencies."""
    is_late = _is_unreceived(work, until)
    first = (
        select(Task.id)
        .where(col(Task.id).in_(select(Assignment.task_id).where(*is_late)))
        .order_by(col(Task.document_id), col(Task.id))
        .limit(most)
    )
    query = (
        select(Task.clause_label, Assignment.period, Agency.name)
        .add_columns(col(Assignment.original_due))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(*is_late, col(Task.id).in_(list(work.session.exec(first))))
        .order_by(col(Task.document_id), col(Task.id), col(Agency.id))
    )
    by_clause: dict[str, list[str]] = defaultdict(list)
    for row in work.session.execute(query):
        by_clause[label_period(row.clause_label, row, work.texts())].append(row.name)
    return list(by_clause.items())


def list_unacknowledged_views(work: Work, until: datetime) -> list[AssignmentView]:
    """What was assigned 2 working days before `until` and nobody has acknowledged, by task."""
    query = select_rows().where(*_is_unreceived(work, until))
    return read_views(work, query.order_by(col(Task.document_id), col(Task.id), col(Agency.id)))


def count_unacknowledged_late(work: Work) -> int:
    """How many `list_unacknowledged_views` has now."""
    query = select(func.count(col(Assignment.id))).where(*_is_unreceived(work, work.now))
    return int(work.session.exec(query).one())


def _is_unreceived(work: Work, until: datetime) -> tuple[ColumnElement[bool], ...]:
    day = until.astimezone(work.office.zone).date()
    last_day = work.calendar.add_working_days(day, -2) + timedelta(days=1)
    limit = datetime.combine(last_day, time(), work.office.zone).astimezone(UTC)
    return cast(ColumnElement[bool], UNRECEIVED), col(Assignment.assigned_at) < limit


def group_by_agency(views: Sequence[AssignmentView]) -> list[tuple[str, list[AssignmentView]]]:
    """By agency, the one with the oldest deadline first; the order within is kept."""
    groups: dict[str, list[AssignmentView]] = defaultdict(list)
    for view in views:
        groups[view.agency_name].append(view)
    return list(groups.items())


def count_unacknowledged(work: Work) -> int:
    """Assignments nobody has acknowledged yet."""
    query = select(func.count(col(Assignment.id))).where(UNRECEIVED)
    return int(work.session.exec(query).one())
