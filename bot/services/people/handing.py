"""Inside an agency: its head hands a task to one of its people, who receives it; and who covers for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from bot.domain.access import Action, Role
from bot.domain.assignment import OPEN, AssignmentView
from bot.services.context import Actor, Work, require
from bot.services.saying.notices import dispatch, say
from bot.services.standing.single import get_locked, refusal_of
from bot.services.standing.views import by_deadline, get_view, is_of_agency, read_views, select_rows
from db.models import Assignment, Cover, Member, Membership

_OPEN = [status.value for status in OPEN]
_AGENCY_ROLES = (Role.OFFICER.value, Role.HEAD.value)


@dataclass(frozen=True)
class Person:
    """Someone of an agency, with the open tasks in hand."""

    id: int
    name: str
    held: tuple[AssignmentView, ...] = ()


def list_people(work: Work, agency_id: int) -> list[Person]:
    """The people of an agency now, in the order of joining."""
    query = (
        select(Member.id, Member.name)
        .join(Membership, col(Membership.member_id) == col(Member.id))
        .where(
            col(Membership.agency_id) == agency_id,
            col(Membership.until_at).is_(None),
            col(Membership.role).in_(_AGENCY_ROLES),
        )
        .order_by(col(Membership.id))
    )
    return [Person(key, name) for key, name in dict(work.session.exec(query).all()).items()]


def list_held(work: Work, actor: Actor, agency_id: int) -> tuple[list[Person], list[AssignmentView]]:
    """Who holds what, and the open tasks that nobody holds. Raises UserError for another agency."""
    require(work, actor, Action.HAND_ON, agency_id)
    mine = is_of_agency(agency_id)
    query = (
        select_rows()
        .where(mine, col(Assignment.status).in_(_OPEN))
        .add_columns(col(Assignment.holder_id))
        .order_by(*by_deadline())
    )
    holders = {row[0].id: row[-1] for row in work.session.execute(query)}
    views = read_views(
        work, select_rows().where(mine, col(Assignment.status).in_(_OPEN)).order_by(*by_deadline())
    )
    people = list_people(work, agency_id)
    held = [
        Person(each.id, each.name, tuple(view for view in views if holders.get(view.id) == each.id))
        for each in people
    ]
    known = {each.id for each in people}
    return held, [view for view in views if holders.get(view.id) not in known]


@dataclass(frozen=True)
class Holder:
    """Who has a task in hand, and since when it is received."""

    id: int
    name: str
    received_at: datetime | None


def find_holder(work: Work, assignment_id: int) -> Holder | None:
    query = (
        select(Member.id, Member.name, Assignment.received_at)
        .join(Assignment, col(Assignment.holder_id) == col(Member.id))
        .where(col(Assignment.id) == assignment_id)
    )
    found = work.session.exec(query).first()
    return Holder(*found) if found else None


def list_lacking(view: AssignmentView, holder: Holder | None) -> list[str]:
    """Of the “six clears” what a task does not say: product, person in charge, deadline."""
    is_dated = view.due is not None or view.deadline_kind == "ongoing"
    has = {"product": view.product, "person": view.person or holder, "due": is_dated}
    return [name for name, value in has.items() if not value]


def check_can_hand_on(work: Work, actor: Actor, assignment_id: int) -> AssignmentView:
    """Raises UserError unless this person may hand the task on inside the agency now."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.HAND_ON, view.answering_id)
    if not view.is_open:
        raise work.refuse(refusal_of(view), actor.language, number="—")
    return view


def hand_on(work: Work, actor: Actor, assignment_id: int, member_id: int | None) -> Assignment:
    """Gives the task to one of the agency's people (None: to all of them again), who is told."""
    view = check_can_hand_on(work, actor, assignment_id)
    assignment, _task = get_locked(work, assignment_id)
    people = {each.id: each.name for each in list_people(work, view.answering_id)}
    if member_id is not None and member_id not in people:
        raise work.refuse("not_of_agency", actor.language)
    before = assignment.holder_id
    assignment.holder_id, assignment.received_at = member_id, None
    assignment.handed_by, assignment.handed_at = actor.member_id, work.now
    assignment.version += 1
    if assignment.acknowledged_at is None:
        assignment.acknowledged_at, assignment.acknowledged_by = work.now, actor.member_id
    work.record(
        "handed_on",
        actor=actor,
        assignment_id=assignment_id,
        agency_id=assignment.agency_id,
        before={"holder": before},
        after={"holder": member_id},
    )
    if member_id is not None and member_id != actor.member_id:
        told = say(
            work,
            "handed",
            f"handed:{assignment_id}:{assignment.version}",
            audience="member",
            member_id=member_id,
            agency_id=view.answering_id,
            assignment_id=assignment_id,
        )
        dispatch(work, [told])
    return assignment


def receive(work: Work, actor: Actor, assignment_id: int) -> bool:
    """“Đã nhận việc” of the one who holds it, or covers. False where that was known."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.ACKNOWLEDGE, view.answering_id)
    assignment, _task = get_locked(work, assignment_id)
    holder = assignment.holder_id
    if holder is None or actor.member_id not in (holder, *find_covers(work, view.answering_id, [holder])):
        raise work.refuse("not_holder", actor.language)
    if assignment.received_at is not None:
        return False
    assignment.received_at = work.now
    work.record("received", actor=actor, assignment_id=assignment_id, agency_id=assignment.agency_id)
    return True


# --- cover


def find_covers(work: Work, agency_id: int, absent: Iterable[int]) -> list[int]:
    """Who covers today for any of these people of the agency."""
    query = select(Cover.cover_id).where(
        col(Cover.agency_id) == agency_id,
        col(Cover.absent_id).in_(list(absent)),
        col(Cover.starts_on) <= work.today,
        col(Cover.ends_on) >= work.today,
    )
    return list(work.session.exec(query.order_by(col(Cover.id))))


def list_covers(work: Work, actor: Actor, agency_id: int) -> Sequence[Cover]:
    """Covers of today and to come."""
    require(work, actor, Action.HAND_ON, agency_id)
    query = select(Cover).where(col(Cover.agency_id) == agency_id, col(Cover.ends_on) >= work.today)
    return work.session.exec(query.order_by(col(Cover.starts_on), col(Cover.id))).all()


def check_cover_days(work: Work, actor: Actor, starts_on: date, ends_on: date) -> None:
    """Raises UserError for a cover that ends before it begins, or before today."""
    if ends_on < starts_on or ends_on < work.today:
        raise work.refuse("cover_days", actor.language, first=starts_on, last=ends_on)


def name_cover(
    work: Work, actor: Actor, agency_id: int, absent_id: int, cover_id: int, starts_on: date, ends_on: date
) -> Cover:
    """“Người xử lý thay”, from one day to another; both are told. Raises UserError with what would be right."""
    require(work, actor, Action.HAND_ON, agency_id)
    people = {each.id for each in list_people(work, agency_id)}
    if absent_id == cover_id or not {absent_id, cover_id} <= people:
        raise work.refuse("not_of_agency", actor.language)
    check_cover_days(work, actor, starts_on, ends_on)
    overlapping = select(Cover.id).where(
        col(Cover.agency_id) == agency_id,
        col(Cover.absent_id) == absent_id,
        col(Cover.starts_on) <= ends_on,
        col(Cover.ends_on) >= starts_on,
    )
    if work.session.exec(overlapping).first() is not None:
        raise work.refuse("cover_twice", actor.language)
    cover = Cover(
        absent_id=absent_id, cover_id=cover_id, agency_id=agency_id, starts_on=starts_on, ends_on=ends_on
    )
    work.session.add(cover)
    work.session.flush()
    work.record(
        "cover_named",
        actor=actor,
        agency_id=agency_id,
        after={
            "absent": absent_id,
            "cover": cover_id,
            "from": starts_on.isoformat(),
            "until": ends_on.isoformat(),
        },
    )
    told = [
        say(
            work,
            "cover",
            f"cover:{cover.id}:{member}",
            audience="member",
            member_id=member,
            agency_id=agency_id,
            data={"cover_id": cover.id},
        )
        for member in (absent_id, cover_id)
        if member != actor.member_id
    ]
    dispatch(work, told)
    return cover


def end_cover(work: Work, actor: Actor, cover_id: int) -> int:
    """The absent person is back: the cover ends, or does not begin. Returns the agency's id."""
    cover = work.session.get(Cover, cover_id)
    if cover is None:
        raise work.refuse("bad_button", actor.language)
    require(work, actor, Action.HAND_ON, cover.agency_id)
    before = {"cover": cover.cover_id, "absent": cover.absent_id, "until": cover.ends_on.isoformat()}
    work.session.delete(cover)
    work.record("cover_ended", actor=actor, agency_id=cover.agency_id, before=before)
    return cover.agency_id
