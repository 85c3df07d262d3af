"""Two people of one name in one list: each with what tells them apart, where names alone do not."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlmodel import col, select

from bot.services.context import Work
from bot.services.standing.seats import list_seats
from bot.texts import Texts
from db.bulk import is_among
from db.models import Member, Membership

Describe = Callable[[int], str]


def tell_apart(
    work: Work, t: Texts, people: Iterable[tuple[int, str]], *, with_roles: bool = True
) -> dict[int, str]:
    """The names of a list by member id; namesakes with their role, else the agency too, else the day they joined, else
    their number.

    `with_roles`: the list does not show them anyway.
    """
    names = dict(people)
    groups: dict[str, list[int]] = defaultdict(list)
    for key, name in names.items():
        groups[_plain(name)].append(key)
    shown = dict(names)
    for same in groups.values():
        if len(same) > 1:
            shown |= {
                key: t.plain("namesake", name=names[key], what=what)
                for key, what in _describe(work, t, same, with_roles).items()
            }
    return shown


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _describe(work: Work, t: Texts, same: Sequence[int], with_roles: bool) -> Mapping[int, str]:
    days = _find_days(work, t, same)
    ways: list[Describe] = [
        *(
            [lambda key: _roles(work, t, key, False), lambda key: _roles(work, t, key, True)]
            if with_roles
            else []
        ),
        lambda key: days.get(key, ""),
        lambda key: t.plain("namesake.number", n=key),
    ]
    for describe in ways:
        found = {key: describe(key) for key in same}
        if all(found.values()) and len(set(found.values())) == len(same):
            return found
    raise AssertionError("numbers differ")


def _roles(work: Work, t: Texts, member_id: int, with_agency: bool) -> str:
    seats = list_seats(work, member_id)
    said = (
        ", ".join(filter(None, (t.plain(f"role.{seat.role.value}"), seat.agency_name if with_agency else "")))
        for seat in seats
    )
    return "; ".join(dict.fromkeys(said))


def _find_days(work: Work, t: Texts, same: Sequence[int]) -> Mapping[int, str]:
    """When each first came in: by the first role, or, where there is none, by the person's own row."""
    zone = work.office.zone
    first: dict[int, str] = {}
    rows = (
        select(Member.id, Member.created_at).where(is_among(work.session, col(Member.id), list(same))),
        select(Membership.member_id, Membership.from_at)
        .where(is_among(work.session, col(Membership.member_id), list(same)))
        .order_by(col(Membership.from_at).desc()),
    )
    for query in rows:
        for key, at in work.session.exec(query):
            first[key] = t.plain("namesake.joined", day=at.astimezone(zone).date())
    return first
