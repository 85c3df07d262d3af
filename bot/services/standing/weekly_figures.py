"""The figures of the weekly digest, of any instant: told from the record, so that they stay the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import col, select

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import ByOriginal, Counts, Status, Timeliness
from bot.services.context import Work
from bot.services.standing.counting import count_by_original, count_views
from bot.services.standing.past import list_all_at
from bot.services.standing.past_settings import count_open_at, list_reachable_changes
from db.models import Address, Agency, GroupBinding, Membership

WEEK = timedelta(days=7)


ACKNOWLEDGE_DAYS = 2


@dataclass(frozen=True)
class Figures:
    """What the digest says, as it stood at `at`. `unreachable`: names of agencies; `undated`, `unconfirmed`: tasks;
    `original`: the counting by the deadlines given first, where any was extended.
    """

    at: datetime
    counts: Counts
    newly_overdue: tuple[AssignmentView, ...]
    due_next_week: tuple[AssignmentView, ...]
    waiting: tuple[AssignmentView, ...]
    unacknowledged: tuple[AssignmentView, ...]
    unreachable: tuple[str, ...]
    undated: int
    unconfirmed: int
    original: ByOriginal | None = None


def figures_at(work: Work, at: datetime) -> Figures:
    """Computed from the record: a later change of anything does not change them."""
    views = [each for each in list_all_at(work, at) if each.status is not Status.WITHDRAWN]
    leads = [each for each in views if each.is_lead]
    on = at.astimezone(work.office.zone).date()
    asked_before = work.calendar.add_working_days(on, -ACKNOWLEDGE_DAYS)
    undated, unconfirmed = count_open_at(
        work, at, {each.task_id for each in views if each.status is not Status.COMPLETED}
    )
    return Figures(
        at=at,
        counts=count_views(leads),
        original=count_by_original(work, leads, on),
        newly_overdue=_sorted(each for each in leads if _is_newly_overdue(each, on)),
        due_next_week=_sorted(
            each
            for each in leads
            if each.is_open and each.due is not None and not each.is_late(on) and each.due <= on + WEEK
        ),
        waiting=_sorted(each for each in leads if each.status is Status.AWAITING_CONFIRMATION),
        unacknowledged=_sorted(
            each
            for each in views
            if each.status is Status.NOT_STARTED
            and each.acknowledged_at is None
            and each.assigned_at.astimezone(work.office.zone).date() <= asked_before
        ),
        unreachable=_list_unreachable(work, views, at),
        undated=undated,
        unconfirmed=unconfirmed,
    )


def _sorted(views: object) -> tuple[AssignmentView, ...]:
    assert not isinstance(views, str)
    return tuple(sorted(views, key=lambda each: (each.due or date.max, each.clause, each.agency_id)))  # type: ignore[call-overload]


def _is_newly_overdue(view: AssignmentView, on: date) -> bool:
    is_overdue = view.is_open and view.timeliness is Timeliness.OVERDUE
    return is_overdue and view.met_until is not None and view.met_until >= on - WEEK


def _list_unreachable(work: Work, views: Sequence[AssignmentView], at: datetime) -> tuple[str, ...]:
    serving = (
        select(Membership.agency_id, Address.id, Address.reachable)
        .join(Address, col(Address.member_id) == col(Membership.member_id))
        .where(col(Membership.from_at) <= at)
        .where(or_(col(Membership.until_at).is_(None), col(Membership.until_at) > at))
    )
    grouped = (
        select(GroupBinding.agency_id, Address.id, Address.reachable)
        .join(Address, col(Address.id) == col(GroupBinding.address_id))
        .where(col(GroupBinding.reminders), col(GroupBinding.bound_at) <= at)
    )
    then = list_reachable_changes(work, at)
    reachable = {
        agency_id
        for query in (serving, grouped)
        for agency_id, address_id, is_now in work.session.exec(query)
        if then.get(address_id, is_now)
    }
    wanted = {each.answering_id for each in views if each.is_open}
    query = select(Agency.name).where(col(Agency.id).in_(wanted - reachable)).order_by(col(Agency.id))
    return tuple(work.session.exec(query))
