"""Who can receive what is said, read once for many notices."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.context import Work
from bot.services.notice.said import Said
from db.bulk import is_listed, table_of, written_out
from db.models import Address, Assignment, Cover, GroupBinding, Member, Membership

Query = Select[*tuple[Any, ...]]
# These go to the one who has the task in hand, where somebody has.
TO_HOLDER = ("reminder", "acknowledge", "status")


class Chat(NamedTuple):
    """Where a message can go: an address, whose it is, and the language spoken there (None: the office's)."""

    id: int
    member_id: int | None
    language: str | None


class _Seat(NamedTuple):
    chat: Chat
    role: str
    is_contact: bool


def find_chat(work: Work, address: Address) -> Chat:
    member = work.session.get(Member, address.member_id) if address.member_id else None
    return Chat(address.id, address.member_id, (member.language if member else None) or address.language)


class Reach:
    """Who can receive these notices now. Asked when planning, and again at the moment of sending."""

    def __init__(self, work: Work, notices: Sequence[Said], holders: Mapping[int, int] | None = None) -> None:
        """`holders`: of the assignments, where they were read already; else they are looked up."""
        self._work = work
        self._notices = notices
        self._known = holders
        self._agencies = {each.agency_id for each in notices if each.audience == "agency"}
        self._roles = {each.audience for each in notices} - {"agency", "member"}
        self._members = {each.member_id for each in notices if each.audience == "member"}
        self._found: dict[tuple[int | None, str], list[Chat]] = {}

    def list_chats(self, notice: Said) -> list[Chat]:
        """Each chat once: people in the order of their addresses, then the groups that speak for the agency."""
        if notice.audience == "agency" and notice.assignment_id not in self._apart:
            return self._list_usual(notice)
        if notice.audience == "member":
            return [chat for chat in self._private if chat.member_id == notice.member_id]
        if notice.audience != "agency":
            return _chats(self._by_role.get(notice.audience, ()))
        found = self._list_of_agency(notice)
        silent = self._silent(notice)
        return [chat for chat in found if chat.member_id not in silent] if silent else found

    def read_state(self, work: Work) -> Sequence[Any]:
        """All that is asked here, as a transaction finds it: the same as long as people and chats are the same."""
        # One row, however many there are: to fetch a row is to hand the interpreter's lock over.
        is_sqlite = work.session.get_bind().dialect.name == "sqlite"
        return work.session.execute(_select_state(is_sqlite), self._asked).one()

    @functools.cached_property
    def _asked(self) -> Mapping[str, Sequence[Any]]:
        """The parameters of the queries below."""
        return {
            "agencies": [each for each in self._agencies if each is not None],
            "roles": list(self._roles),
            "members": [each for each in self._members if each is not None],
        }

    def is_silenced(self, notice: Said) -> bool:
        """Everyone who could receive it has put it off: it is not a matter of nobody being reachable."""
        return bool(self._silent(notice)) and bool(self._list_of_agency(notice))

    def _silent(self, notice: Said) -> frozenset[int]:
        if notice.kind != "reminder":
            return frozenset()
        return self._work.snoozed.get(notice.assignment_id or 0, frozenset())

    def _list_of_agency(self, notice: Said) -> list[Chat]:
        whom = _whom(notice)
        if notice.kind in TO_HOLDER and (holders := self._holders.get(notice.assignment_id or 0)):
            seats = self._by_agency.get(notice.agency_id, ())
            in_hand = [
                seat
                for seat in seats
                if seat.chat.member_id in holders or (seat.is_contact and whom == "contacts")
            ]
            if in_hand:
                return [*_chats(in_hand), *self._groups.get(notice.agency_id, ())]
        return self._list_usual(notice)

    def _list_usual(self, notice: Said) -> list[Chat]:
        """Who gets what concerns the agency."""
        key = notice.agency_id, _whom(notice)
        if key not in self._found:
            people = _choose(self._by_agency.get(notice.agency_id, ()), key[1])
            self._found[key] = [*people, *self._groups.get(notice.agency_id, ())]
        return self._found[key]

    @functools.cached_property
    def _apart(self) -> frozenset[int | None]:
        """Assignments that somebody has put off, or has in hand."""
        return frozenset((*self._work.snoozed, *self._holders))

    @functools.cached_property
    def _holders(self) -> Mapping[int, frozenset[int]]:
        """Who of the agency has an assignment in hand, and who covers for them today, by assignment."""
        holders = self._look_up_holders() if self._known is None else self._known
        if not holders:
            return {}
        today = self._work.today
        covering = select(Cover.absent_id, Cover.cover_id).where(
            col(Cover.absent_id).in_(set(holders.values())),
            col(Cover.agency_id).in_(self._agencies),
            col(Cover.starts_on) <= today,
            col(Cover.ends_on) >= today,
        )
        covers: dict[int, set[int]] = defaultdict(set)
        for absent, cover in self._work.session.execute(covering):
            covers[absent].add(cover)
        return {key: frozenset({holder} | covers[holder]) for key, holder in holders.items()}

    def _look_up_holders(self) -> Mapping[int, int]:
        asked = {each.assignment_id for each in self._notices if each.kind in TO_HOLDER}
        ids = [each for each in asked if each is not None]
        found = self._work.session.execute(_select_holders(), {"ids": ids}).all() if ids else ()
        return {row[0]: row[1] for row in found}

    @functools.cached_property
    def _by_agency(self) -> Mapping[int | None, Sequence[_Seat]]:
        found: dict[int | None, list[_Seat]] = defaultdict(list)
        if self._agencies:
            for agency_id, seat in self._read_seats(_select_of_agencies()):
                found[agency_id].append(seat)
        return found

    @functools.cached_property
    def _groups(self) -> Mapping[int | None, Sequence[Chat]]:
        """Groups bound to an agency that want its messages too."""
        found: dict[int | None, list[Chat]] = defaultdict(list)
        if self._agencies:
            for agency_id, key, language in self._work.session.execute(_select_groups(), self._asked):
                found[agency_id].append(Chat(key, None, language))
        return found

    @functools.cached_property
    def _by_role(self) -> Mapping[str, Sequence[_Seat]]:
        found: dict[str, list[_Seat]] = defaultdict(list)
        if self._roles:
            for _, seat in self._read_seats(_select_by_role()):
                found[seat.role].append(seat)
        return found

    def _read_seats(self, query: Query) -> list[tuple[int | None, _Seat]]:
        return [
            (agency_id, _Seat(Chat(key, member_id, own or chats), role, bool(is_contact)))
            for key, member_id, own, chats, agency_id, role, is_contact in self._work.session.execute(
                query, self._asked
            )
        ]

    @functools.cached_property
    def _private(self) -> Sequence[Chat]:
        if not self._members:
            return ()
        found = self._work.session.execute(_select_private(), self._asked)
        return [Chat(key, of, own or chats) for key, of, own, chats in found]


# Each query is put together once: that takes longer than to carry it out.
_ADDRESS, _MEMBER, _MEMBERSHIP, _BINDING, _ASSIGNMENT = (
    table_of(each).c for each in (Address, Member, Membership, GroupBinding, Assignment)
)
_CHAT = (
    _ADDRESS.id,
    _ADDRESS.member_id,
    _MEMBER.language.label("own"),
    _ADDRESS.language.label("chats"),
)


def _select_private_chats(*more: Any) -> Query:
    return (
        select_columns(*_CHAT, *more)
        .join(table_of(Member), _MEMBER.id == _ADDRESS.member_id)
        .where(_ADDRESS.reachable, _ADDRESS.kind == "private")
        .order_by(_ADDRESS.id)
    )


@functools.cache
def _select_private() -> Query:
    return _select_private_chats().where(is_listed(_ADDRESS.member_id, "members"))


def _select_seats(where: ColumnElement[bool]) -> Query:
    return (
        _select_private_chats(_MEMBERSHIP.agency_id, _MEMBERSHIP.role, _MEMBERSHIP.is_contact)
        .join(table_of(Membership), _MEMBERSHIP.member_id == _MEMBER.id)
        .where(_MEMBERSHIP.until_at.is_(None), where)
        .order_by(_MEMBERSHIP.id)
    )


@functools.cache
def _select_of_agencies() -> Query:
    return _select_seats(is_listed(_MEMBERSHIP.agency_id, "agencies"))


@functools.cache
def _select_by_role() -> Query:
    return _select_seats(is_listed(_MEMBERSHIP.role, "roles", str))


@functools.cache
def _select_groups() -> Query:
    return (
        select_columns(_BINDING.agency_id, _ADDRESS.id, _ADDRESS.language)
        .join(table_of(Address), _ADDRESS.id == _BINDING.address_id)
        .where(is_listed(_BINDING.agency_id, "agencies"), _BINDING.reminders, _ADDRESS.reachable)
        .order_by(_ADDRESS.id)
    )


@functools.cache
def _select_state(is_sqlite: bool) -> Query:
    asked = _select_of_agencies(), _select_groups(), _select_by_role(), _select_private()
    return select_columns(*(written_out(each, is_sqlite).scalar_subquery() for each in asked))


@functools.cache
def _select_holders() -> Query:
    is_held = _ASSIGNMENT.holder_id.is_not(None)
    return select_columns(_ASSIGNMENT.id, _ASSIGNMENT.holder_id).where(
        is_listed(_ASSIGNMENT.id, "ids"), is_held
    )


def _whom(notice: Said) -> str:
    # Pressing is a person's decision, and only it reaches the head.
    return "all" if notice.kind == "press" else "contacts" if notice.data.get("contact") else "officers"


def _choose(seats: Sequence[_Seat], whom: str) -> list[Chat]:
    officers = [seat for seat in seats if seat.role == Role.OFFICER.value]
    if whom == "all" or not officers:
        return _chats(seats)
    if whom == "officers":
        return _chats(officers)
    return _chats([seat for seat in seats if seat.is_contact or seat.role == Role.OFFICER.value])


def _chats(seats: Sequence[_Seat]) -> list[Chat]:
    return list({seat.chat.id: seat.chat for seat in seats}.values())
