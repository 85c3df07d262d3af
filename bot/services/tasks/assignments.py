"""What an agency does with its assignment: receives it, puts a reminder off, looks at it."""

import functools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.reminding.reminders import go_on
from bot.services.standing.single import get_locked, refuse_closed
from bot.services.standing.views import (
    Query,
    by_deadline,
    count_rows,
    get_view,
    is_of_agency,
    read_shown,
    read_views,
    select_rows,
    select_shown,
)
from db.bulk import table_of
from db.models import Agency, Assignment, Member, Snooze, Task

MORNING = time(8)
_ASSIGNMENT = table_of(Assignment)


def list_page(
    work: Work, actor: Actor, *, agency_id: int | None, page: int, size: int
) -> tuple[list[AssignmentView], int]:
    """One page of an agency's assignments (of all, for the secretariat), open ones first; and how many."""
    if agency_id is not None:
        require(work, actor, Action.VIEW, agency_id)
    elif not actor.is_secretariat:
        raise work.refuse("not_allowed", actor.language)
    query = _select_all(of_agency=agency_id is not None)
    values = {"agency": agency_id} if agency_id is not None else {}
    skipped = max(0, page) * size
    shown = _select_page(of_agency=agency_id is not None)
    views = read_shown(work, shown, {**values, "size": size, "skipped": skipped})
    # A page that is not full is the last, and tells how many there are.
    is_last = len(views) < size and (views or not skipped)
    return views, skipped + len(views) if is_last else count_rows(work, query.params(**values))


@functools.cache
def _select_all(*, of_agency: bool) -> Query:
    query = select_shown().where(_ASSIGNMENT.c.status != Status.WITHDRAWN.value)
    return query.where(is_of_agency(bindparam("agency"))) if of_agency else query


@functools.cache
def _select_page(*, of_agency: bool) -> Query:
    is_done = _ASSIGNMENT.c.status.in_(("completed", "suspended"))
    ordered = _select_all(of_agency=of_agency).order_by(is_done, *by_deadline())
    return ordered.limit(bindparam("size")).offset(bindparam("skipped"))


def list_withdrawn(work: Work, actor: Actor, *, page: int, size: int) -> tuple[list[AssignmentView], int]:
    """One page of what was withdrawn and can be given again, the latest first; and how many."""
    require(work, actor, Action.STEER)
    query = select_rows().where(
        col(Assignment.status) == Status.WITHDRAWN.value,
        col(Task.withdrawn_at).is_(None),
        col(Agency.ended_on).is_(None),
    )
    ordered = query.order_by(col(Assignment.id).desc()).limit(size).offset(max(0, page) * size)
    return read_views(work, ordered), count_rows(work, query)


def acknowledge(work: Work, actor: Actor, assignment_id: int) -> bool:
    """“Đã nhận nhiệm vụ”: who and when. False where the agency had done so before."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.ACKNOWLEDGE, view.answering_id)
    assignment, task = get_locked(work, assignment_id)
    if assignment.acknowledged_at is not None:
        return False
    if not view.is_open:
        raise refuse_closed(work, actor, view)
    assignment.acknowledged_at, assignment.acknowledged_by = work.now, actor.member_id
    assignment.version += 1
    go_on(work, assignment, task)
    work.record("acknowledged", actor=actor, assignment_id=assignment.id, agency_id=assignment.agency_id)
    return True


def find_receiver(work: Work, assignment_id: int) -> str | None:
    """Who pressed “Đã nhận nhiệm vụ”, by name; None while nobody has."""
    query = (
        select(Member.name)
        .join(Assignment, col(Assignment.acknowledged_by) == col(Member.id))
        .where(col(Assignment.id) == assignment_id)
    )
    return work.session.exec(query).first()


@dataclass(frozen=True)
class SnoozeDays:
    """The first and the last day to which reminders can be put off, and those offered at once."""

    first: date
    last: date
    offered: tuple[date, ...]


def get_snooze_days(work: Work, actor: Actor, assignment_id: int) -> SnoozeDays:
    """Working days after today and not after the deadline. Raises UserError where there is none."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.SNOOZE, view.answering_id)
    if not view.is_open:
        raise refuse_closed(work, actor, view)
    if view.due is None or not view.is_lead:
        raise work.refuse("snooze_not_reminded", actor.language)
    if view.due <= work.today:
        raise work.refuse("snooze_overdue", actor.language)
    wanted = [work.calendar.next_working_day(work.today + timedelta(days=n)) for n in (1, 3)]
    first, last = wanted[0], work.calendar.previous_working_day(view.due)
    if first > last:
        raise work.refuse("snooze_no_day", actor.language, day=view.due)
    return SnoozeDays(first, last, tuple(sorted({day for day in wanted if day <= last})))


def check_snooze_day(work: Work, actor: Actor, days: SnoozeDays, day: date) -> None:
    """Raises UserError, with what would be right, where reminders cannot be put off to that day."""
    if not days.first <= day <= days.last:
        raise work.refuse("snooze_day", actor.language, day=day, first=days.first, last=days.last)
    if not work.calendar.is_working_day(day):
        before = work.calendar.previous_working_day(day)
        after = work.calendar.next_working_day(day)
        raise work.refuse("snooze_day_off", actor.language, day=day, before=before, after=after)


def snooze(work: Work, actor: Actor, assignment_id: int, day: date) -> None:
    """Silences an assignment's reminders for this person until the morning of that day."""
    check_snooze_day(work, actor, get_snooze_days(work, actor, assignment_id), day)
    until = datetime.combine(day, MORNING, work.office.zone)
    row = work.session.exec(
        select(Snooze).where(
            col(Snooze.assignment_id) == assignment_id, col(Snooze.member_id) == actor.member_id
        )
    ).first()
    if row is None:
        work.session.add(Snooze(assignment_id=assignment_id, member_id=actor.member_id, until_at=until))
    else:
        row.until_at, row.notified_at = until, None
    work.record("snoozed", actor=actor, assignment_id=assignment_id, after={"until": day.isoformat()})
