"""Who writes: the person behind a chat, and in which roles they serve at which agencies."""

import functools
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns

from bot.domain.access import Role, Seat
from bot.services.context import Actor, Work
from bot.services.standing.addresses import TELEGRAM
from db.bulk import table_of
from db.models import Address, Agency, Member, Membership


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
