"""How people join: an invite made, its link, and the seat it gives to whoever opens it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from bot.domain.access import Action, Role, Seat
from bot.services.context import Actor, Work, require
from bot.services.office.guessing import note_wrong
from bot.services.standing.addresses import TELEGRAM, find_address
from bot.services.standing.seats import list_seats
from db.models import Address, Agency, Invite, Member, Membership

INVITE_FOR = timedelta(days=7)


@dataclass(frozen=True)
class NewInvite:
    """`token` is shown once; only its hash is stored."""

    token: str
    invite: Invite


def create_invite(work: Work, role: Role, agency_id: int | None, actor: Actor | None) -> NewInvite:
    """A one-time link's token (32 of A-Z a-z 0-9 _ -). `actor` None: from the command line."""
    if actor is not None:
        wanted = Action.INVITE_OFFICER if role is Role.OFFICER else Action.INVITE_ANYONE
        require(work, actor, wanted, agency_id)
    agency = work.session.get(Agency, agency_id) if agency_id else None
    if agency is not None and agency.ended_on is not None:
        language = actor.language if actor else None
        raise work.refuse("agency_ended", language, agency=agency.name, day=agency.ended_on)
    token = secrets.token_urlsafe(24)
    invite = Invite(
        token_hash=hash_token(token),
        role=role.value,
        agency_id=agency_id,
        created_by=actor.member_id if actor else None,
        created_at=work.now,
        expires_at=work.now + INVITE_FOR,
    )
    work.session.add(invite)
    work.record("invited", actor=actor, agency_id=agency_id, after={"role": role.value})
    return NewInvite(token, invite)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Joined:
    """`is_new` is false where the person held that role already; `is_spent` where this very link gave it."""

    actor: Actor
    seat: Seat
    is_new: bool
    is_spent: bool = False


def join(work: Work, token: str, user_id: int, name: str) -> Joined | None:
    """Uses a one-time invite; None where it is unknown, used or expired."""
    invite = work.session.exec(
        select(Invite).where(col(Invite.token_hash) == hash_token(token)).with_for_update()
    ).first()
    if invite is None:
        note_wrong(work, user_id)
        return None
    if invite.used_at is not None:
        return _find_used(work, invite, user_id)
    if invite.expires_at <= work.now:
        return None
    if invite.agency_id is not None and work.session.get_one(Agency, invite.agency_id).ended_on is not None:
        return None
    member = find_or_create_member(work, user_id, name)
    seat = next((each for each in list_seats(work, member.id) if _is_same(each, invite)), None)
    is_new = seat is None
    if is_new:
        invite.used_at, invite.used_by = work.now, member.id
        work.session.add(
            Membership(member_id=member.id, agency_id=invite.agency_id, role=invite.role, from_at=work.now)
        )
        work.session.flush()
        seat = next(each for each in list_seats(work, member.id) if _is_same(each, invite))
    assert seat is not None
    actor = Actor(member.id, member.name, member.language, list_seats(work, member.id))
    if is_new:
        work.record("joined", actor=actor, agency_id=invite.agency_id, after={"role": invite.role})
    return Joined(actor, seat, is_new)


def _find_used(work: Work, invite: Invite, user_id: int) -> Joined | None:
    """Who opens the own link a second time is in already; to all others it is a used one."""
    address = find_address(work, user_id)
    if address is None or address.member_id is None or address.member_id != invite.used_by:
        return None
    member = work.session.get_one(Member, address.member_id)
    seats = list_seats(work, member.id)
    seat = next((each for each in seats if _is_same(each, invite)), None)
    if seat is None:
        return None
    return Joined(Actor(member.id, member.name, member.language, seats), seat, is_new=False, is_spent=True)


def _is_same(seat: Seat, invite: Invite) -> bool:
    return seat.role.value == invite.role and seat.agency_id == invite.agency_id


def find_or_create_member(work: Work, user_id: int, name: str) -> Member:
    address = find_address(work, user_id)
    if address is not None and address.member_id is not None:
        member = work.session.get_one(Member, address.member_id)
        if member.erased_at is None:
            return member
    member = Member(name=name, created_at=work.now)
    work.session.add(member)
    work.session.flush()
    if address is None:
        work.session.add(Address(channel=TELEGRAM, address=str(user_id), member_id=member.id))
    else:
        address.member_id = member.id
    work.session.flush()
    return member


def make_link(bot_name: str, token: str) -> str:
    return f"https://t.me/{bot_name}?start={token}"
