"""What people set for themselves, and whom an agency names for what is overdue for days."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.hours import DAY_MINUTES, Span
from bot.services.context import Actor, Work, require
from bot.texts import CATALOGS
from db.models import Member, Membership


def get_quiet_hours(work: Work, actor: Actor) -> Span | None:
    """Minutes after local midnight, from and until; None where none are set."""
    member = work.session.get_one(Member, actor.member_id)
    if member.quiet_from is None or member.quiet_until is None:
        return None
    return member.quiet_from, member.quiet_until


def set_quiet_hours(work: Work, actor: Actor, hours: Span | None) -> None:
    """Sets or clears one's own quiet hours. Raises UserError for hours that are none."""
    if hours is not None and (hours[0] == hours[1] or not all(0 <= each < DAY_MINUTES for each in hours)):
        raise work.refuse("bad_button", actor.language)
    member = work.session.get_one(Member, actor.member_id)
    before = get_quiet_hours(work, actor)
    if before == hours:
        return
    member.quiet_from, member.quiet_until = hours or (None, None)
    work.record("quiet_hours_changed", actor=actor, before=_as_json(before), after=_as_json(hours))
    work.session.flush()


def _as_json(hours: Span | None) -> dict[str, int | None]:
    start, end = hours or (None, None)
    return {"quiet_from": start, "quiet_until": end}


def set_language(work: Work, actor: Actor, language: str) -> None:
    """Sets one's own language. Raises UserError for one there is no catalogue of."""
    if language not in CATALOGS:
        raise work.refuse("bad_button", actor.language)
    member = work.session.get_one(Member, actor.member_id)
    if member.language == language:
        return
    before = {"language": member.language}
    member.language = language
    work.record("language_changed", actor=actor, before=before, after={"language": language})
    work.session.flush()


@dataclass(frozen=True)
class Person:
    """Someone of an agency, with the roles held there; `is_contact`: also gets what is overdue for days."""

    member_id: int
    name: str
    roles: tuple[str, ...]
    is_contact: bool


def list_people(work: Work, actor: Actor, agency_id: int) -> Sequence[Person]:
    """Who serves in an agency now, in the order of joining."""
    require(work, actor, Action.NAME_CONTACT, agency_id)
    rows = work.session.exec(
        select(Membership, Member)
        .join(Member, col(Member.id) == col(Membership.member_id))
        .where(_serving(agency_id))
        .order_by(col(Membership.id))
    ).all()
    held: dict[int, list[Membership]] = {}
    names = {}
    for membership, member in rows:
        held.setdefault(member.id, []).append(membership)
        names[member.id] = member.name
    return [
        Person(key, names[key], tuple(each.role for each in seats), any(each.is_contact for each in seats))
        for key, seats in held.items()
    ]


def toggle_contact(work: Work, actor: Actor, agency_id: int, member_id: int) -> bool:
    """Makes a person of the agency a contact, or no longer; whether they are one now. UserError for a stranger."""
    require(work, actor, Action.NAME_CONTACT, agency_id)
    query = select(Membership).where(_serving(agency_id), col(Membership.member_id) == member_id)
    seats = work.session.exec(query.with_for_update()).all()
    if not seats:
        raise work.refuse("not_in_agency", actor.language)
    was = any(seat.is_contact for seat in seats)
    for seat in seats:
        seat.is_contact = not was
    work.record(
        "contact_changed",
        actor=actor,
        agency_id=agency_id,
        before={"member": member_id, "is_contact": was},
        after={"member": member_id, "is_contact": not was},
    )
    work.session.flush()
    return not was


def _serving(agency_id: int) -> ColumnElement[bool]:
    return and_(col(Membership.agency_id) == agency_id, col(Membership.until_at).is_(None))
