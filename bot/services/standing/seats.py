"""Who writes: the person behind a chat, and in which roles they serve at which agencies."""

import functools
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session

from bot.domain.access import Role, Seat
from bot.services.context import Actor, Work
from bot.services.standing.addresses import TELEGRAM
from db.bulk import is_listed, table_of
from db.models import Address, Agency, Member, Membership
from db.remembering import keep, remember


def find_actor(work: Work, user_id: int) -> Actor | None:
    """The person behind a Telegram user id who holds at least one role; None for strangers."""
    found = remember(
        work.session, (find_actor, str(user_id)), lambda: _read_actors(work.session, [str(user_id)])
    )
    return found[0]


def read_ahead(session: Session, user_ids: Collection[int]) -> None:
    """Those who are asked for next, in one statement: until something is written, `find_actor` knows them."""
    users = list(dict.fromkeys(map(str, user_ids)))
    if len(users) > 1:
        found = _read_actors(session, users)
        keep(session, {(find_actor, user): (actor,) for user, actor in zip(users, found, strict=True)})


def _read_actors(session: Session, users: Sequence[str]) -> Sequence[Actor | None]:
    seats: dict[str, list[Any]] = defaultdict(list)
    for user, *row in session.execute(_select_actors(), {"users": users}):
        seats[user].append(row)
    return tuple(_actor_of(seats[user]) for user in users)


def _actor_of(rows: Sequence[Any]) -> Actor | None:
    if not rows or rows[0][3] is not None:
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
def _select_actors() -> Select[*tuple[Any, ...]]:
    # Asked with every update: put together once.
    member, address, seat, agency = (table_of(each) for each in (Member, Address, Membership, Agency))
    return (
        select_columns(address.c.address, member.c.id, member.c.name, member.c.language, member.c.erased_at)
        .add_columns(seat.c.role, seat.c.agency_id, agency.c.name.label("agency"))
        .join(address, address.c.member_id == member.c.id)
        .join(seat, seat.c.member_id == member.c.id)
        .join(agency, agency.c.id == seat.c.agency_id, isouter=True)
        .where(address.c.channel == TELEGRAM, is_listed(address.c.address, "users", str))
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
