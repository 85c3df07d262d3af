"""Assignments as they stood at an instant of the past, told from what changed later."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.domain.assignment import AssignmentView, Standing, value_at
from bot.domain.timeliness import Status, Timeliness, last_day_of, timeliness
from bot.services.context import Work
from bot.services.standing.agency_names import Names
from bot.services.standing.views import by_deadline, read_views, select_rows
from db.models import Agency, Assignment, DeadlineChange, Event, Report

_WITH_SUBMISSION = (Status.AWAITING_CONFIRMATION, Status.COMPLETED)


def end_of_day(work: Work, on: date) -> datetime:
    """The last instant of a local day."""
    end = datetime.combine(on + timedelta(days=1), time(), work.office.zone).astimezone(UTC)
    return end - timedelta(microseconds=1)


def list_all_at(work: Work, at: datetime) -> list[AssignmentView]:
    """All assignments given by then, as things stood; whoever looks later sees the same."""
    query = select_rows().where(col(Assignment.assigned_at) <= at).order_by(*by_deadline())
    views = read_views(work, query)
    standings, dues = _list_standings(work, at), _list_dues(work, at)
    owners, names = _list_owners(work, at), Names(work)
    on = at.astimezone(work.office.zone).date()
    told = []
    for view in views:
        now = Standing(view.status, view.submitted_at, view.completed_at, view.grace_until)
        then = value_at(now, standings.get(view.id, ()), at)
        due = value_at(view.due, dues.get(view.id, ()), at)
        day = then.submitted_at.astimezone(work.office.zone).date() if then.submitted_at else None
        is_acknowledged = view.acknowledged_at is not None and view.acknowledged_at <= at
        owner = owners.get(view.id) or (view.agency_id, view.agency_key, view.agency_name)
        told.append(
            replace(
                view,
                agency_id=owner[0],
                agency_key=owner[1],
                agency_name=names.name_at(owner[0], owner[2], at),
                status=then.status,
                submitted_at=then.submitted_at,
                completed_at=then.completed_at,
                due=due,
                met_until=last_day_of(due, work.calendar, then.grace_until) if due else None,
                grace_until=then.grace_until,
                acknowledged_at=view.acknowledged_at if is_acknowledged else None,
                timeliness=timeliness(then.status, due, day, on, work.calendar, then.grace_until),
            )
        )
    return told


def list_overdue_at(work: Work, on: date) -> list[AssignmentView]:
    """Lead assignments past their deadline and not reported on at the end of a local day, oldest first."""
    found = [
        view
        for view in list_all_at(work, end_of_day(work, on))
        if view.is_lead and view.is_open and view.timeliness is Timeliness.OVERDUE
    ]
    return sorted(found, key=lambda view: (view.due or date.max, view.clause, view.agency_id))


def _list_standings(work: Work, at: datetime) -> Mapping[int, list[tuple[datetime, Standing]]]:
    """What the record says of later changes of status: when, and how it stood before."""
    query = (
        select(Event.assignment_id, Event.at, Event.before, Event.after)
        .where(col(Event.assignment_id).is_not(None), col(Event.at) > at, col(Event.before).is_not(None))
        .order_by(col(Event.id))
    )
    changes: dict[int, list[tuple[datetime, Standing]]] = defaultdict(list)
    for assignment_id, changed_at, before, after in work.session.exec(query):
        if assignment_id and before and "status" in before and assignment_id not in changes:
            standing = _read_standing(work, dict(before), dict(after or {}))
            changes[assignment_id].append((changed_at, standing))
    return changes


def _read_standing(work: Work, before: dict[str, Any], after: dict[str, Any]) -> Standing:
    status = Status(before["status"])
    submitted = _instant(before.get("submitted_at"))
    if submitted is None and status in _WITH_SUBMISSION and "report" in after:
        # Entries of the first version name only the report.
        report = work.session.get(Report, after["report"])
        submitted = report.submitted_at if report else None
    grace = before.get("grace_until")
    return Standing(
        status, submitted, _instant(before.get("completed_at")), date.fromisoformat(grace) if grace else None
    )


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _list_owners(work: Work, at: datetime) -> Mapping[int, tuple[int, str, str]]:
    """Whose each assignment was, where it has followed into a successor since: id, key and present name."""
    query = (
        select(Event.assignment_id, Event.before)
        .where(col(Event.action) == "succeeded", col(Event.at) > at)
        .order_by(col(Event.id).desc())
    )
    first = {key: (before or {}).get("agency", 0) for key, before in work.session.exec(query) if key}
    agencies = select(Agency).where(col(Agency.id).in_(set(first.values())))
    known = {each.id: (each.id, each.key, each.name) for each in work.session.exec(agencies)} if first else {}
    return {key: known[owner] for key, owner in first.items() if owner in known}


def _list_dues(work: Work, at: datetime) -> Mapping[int, list[tuple[datetime, date | None]]]:
    changes: dict[int, list[tuple[datetime, date | None]]] = defaultdict(list)
    query = select(DeadlineChange).where(col(DeadlineChange.changed_at) > at).order_by(col(DeadlineChange.id))
    for change in work.session.exec(query):
        changes[change.assignment_id].append((change.changed_at, change.old_due))
    return changes
