"""Who people are, how they join, and where they can be reached."""

import functools
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.domain.access import Action, Role, Seat
from bot.services.context import Actor, Work, require
from bot.services.guessing import note_wrong
from db.bulk import table_of
from db.models import Address, Agency, GroupBinding, Invite, Member, Membership

INVITE_FOR = timedelta(days=7)
TELEGRAM = "telegram"


@dataclass(frozen=True)
class NewInvite:
    """`token` is shown once; only its hash is stored."""

    token: str
    invite: Invite


def find_actor(work: Work, user_id: int) -> Actor | None:
    """The person behind a Telegram user id who holds at least one role; None for strangers."""
    work.session.flush()
    rows = work.session.execute(_select_actor(), {"user": str(user_id)}).all()
    if not rows or rows[0].erased_at is not None:
        return None
    member_id, name, language, *_ = rows[0]
    return Actor(member_id, name, language, tuple(_seat_of(*row[-3:]) for row in rows))


def list_seats(work: Work, member_id: int) -> tuple[Seat, ...]:
    work.session.flush()
    rows = work.session.execute(_select_seats(), {"member": member_id})
    return tuple(_seat_of(*row) for row in rows)


def _seat_of(role: str, agency_id: int | None, name: str | None) -> Seat:
    return Seat(Role(role), agency_id, name or "")


@functools.cache
def _select_actor() -> Select[*tuple[Any, ...]]:
    # Asked with every update: put together once.
    member, address, seat, agency = (table_of(each) for each in (Member, Address, Membership, Agency))
    return (
        select_columns(member.c.id, member.c.name, member.c.language, member.c.erased_at)
        .add_columns(seat.c.role, seat.c.agency_id, agency.c.name.label("agency"))
        .join(address, address.c.member_id == member.c.id)
        .join(seat, seat.c.member_id == member.c.id)
        .join(agency, agency.c.id == seat.c.agency_id, isouter=True)
        .where(address.c.channel == TELEGRAM, address.c.address == bindparam("user"))
        .where(seat.c.until_at.is_(None))
        .order_by(seat.c.id)
    )


@functools.cache
def _select_seats() -> Select[*tuple[Any, ...]]:
    seat, agency = table_of(Membership), table_of(Agency)
    return (
        select_columns(seat.c.role, seat.c.agency_id, agency.c.name)
        .join(agency, agency.c.id == seat.c.agency_id, isouter=True)
        .where(seat.c.member_id == bindparam("member"), seat.c.until_at.is_(None))
        .order_by(seat.c.id)
    )


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
    """`is_new` is false where the person held that role already, and the invite stays unused."""

    actor: Actor
    seat: Seat
    is_new: bool


def join(work: Work, token: str, user_id: int, name: str) -> Joined | None:
    """Uses a one-time invite; None where it is unknown, used or expired."""
    invite = work.session.exec(
        select(Invite).where(col(Invite.token_hash) == hash_token(token)).with_for_update()
    ).first()
    if invite is None:
        note_wrong(work, user_id)
        return None
    if invite.used_at is not None or invite.expires_at <= work.now:
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


def find_address(work: Work, chat_id: int | str) -> Address | None:
    return work.session.exec(
        select(Address).where(col(Address.channel) == TELEGRAM, col(Address.address) == str(chat_id))
    ).first()


def is_reachable(work: Work, chat_id: int | str) -> bool:
    """Whether a person's own chat can be written to, as far as is known."""
    address = find_address(work, chat_id)
    return address is not None and address.kind == "private" and address.reachable


def set_reachable(work: Work, chat_id: int | str, reason: str | None) -> Address | None:
    """Marks a chat as reachable (`reason` None) or not. Returns it where that changed something."""
    address = find_address(work, chat_id)
    if address is None or address.reachable == (reason is None):
        return None
    address.reachable = reason is None
    address.unreachable_reason = reason
    address.unreachable_at = None if reason is None else work.now
    told = {"address": address.id, "member": address.member_id}
    work.record("chat_back" if reason is None else "chat_lost", after=told)
    return address


def move_chat(work: Work, old: int | str, new: int | str) -> bool:
    """A group became a supergroup: what is bound to it goes along. False where nothing moves."""
    address = find_address(work, old)
    # A person's chat never moves: whoever says so would take the person's place.
    if address is None or address.kind != "group" or not str(new).startswith("-"):
        return False
    twin = find_address(work, new)
    if twin is not None and twin.id != address.id:
        # Telegram announces the move in both chats; whichever came first has made the new address.
        _take_binding(work, twin.id, address.id)
        twin.address = f"{new}-twin-{twin.id}"
        twin.reachable = False
        work.session.flush()
    address.address = str(new)
    address.reachable, address.unreachable_reason, address.unreachable_at = True, None, None
    return True


def _take_binding(work: Work, twin_id: int, address_id: int) -> None:
    """Of a group bound again under its new address: one binding is left, the earlier."""
    query = select(GroupBinding).where(col(GroupBinding.address_id).in_((twin_id, address_id)))
    bindings = sorted(work.session.exec(query), key=lambda each: each.id)
    for each in bindings[1:]:
        work.session.delete(each)
    work.session.flush()
    for each in bindings[:1]:
        each.address_id = address_id


def make_link(bot_name: str, token: str) -> str:
    return f"https://t.me/{bot_name}?start={token}"
