"""Finding an agency by what people type: a name, an alias, without diacritics, in part."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import col, select

from bot.documents.values import plain
from bot.services.context import Work
from db.models import Agency, AgencyGroup, AgencyGroupMember

MOST_FOUND = 8


LONGEST = 200


MOST_NAMES = 60


_BETWEEN = re.compile(r"[,;\n]")


_AND = re.compile(r"\s+(?:và|va|and)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """A name for several agencies; `members`: those that still exist."""

    id: int
    name: str
    members: tuple[int, ...]


@dataclass
class Named:
    """What typed names mean: agencies for certain, names that may mean several, and names nobody has."""

    certain: list[int] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def list_agencies(work: Work) -> list[Agency]:
    """Agencies that still exist, in the order they were named."""
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    return list(work.session.exec(query))


def search_agencies(work: Work, words: str) -> list[Agency]:
    """The agencies the words most likely mean: those so called, else those whose names hold all the words."""
    return Directory(work).search_agencies(words)


def list_groups(work: Work) -> list[Group]:
    """Groups of agencies that still exist, in the order they were named."""
    members: dict[int, list[int]] = defaultdict(list)
    pairs = (
        select(AgencyGroupMember.group_id, AgencyGroupMember.agency_id)
        .join(Agency, col(Agency.id) == col(AgencyGroupMember.agency_id))
        .where(col(Agency.ended_on).is_(None))
        .order_by(col(Agency.id))
    )
    for group_id, agency_id in work.session.exec(pairs):
        members[group_id].append(agency_id)
    groups = work.session.exec(select(AgencyGroup).order_by(col(AgencyGroup.id)))
    return [Group(each.id, each.name, tuple(members[each.id])) for each in groups if members[each.id]]


def read_names(work: Work, text: str) -> Named:
    """Agencies and groups named one after the other: names, aliases, without diacritics, in part."""
    directory, named = Directory(work), Named()
    whole = " ".join(text.split())
    names = [whole] if directory.find_certain(whole) else _BETWEEN.split(text)
    for name in filter(None, (" ".join(each.split()) for each in names[:MOST_NAMES])):
        _read_name(directory, name, named)
    named.certain = list(dict.fromkeys(named.certain))
    return named


def _read_name(directory: "Directory", name: str, named: Named) -> None:
    if found := directory.find_certain(name):
        named.certain += found
    elif directory.search_agencies(name) or directory.search_groups(name):
        named.unclear.append(name)
    elif len(parts := _AND.split(name)) > 1:
        for each in parts:
            _read_name(directory, each, named)
    else:
        named.unknown.append(name)


class Directory:
    """All agencies and groups that still exist, read once to look names up in."""

    def __init__(self, work: Work) -> None:
        self._agencies = [
            (each, [plain(name) for name in (each.key, each.name, *each.aliases)])
            for each in list_agencies(work)
        ]
        self._groups = [(each, plain(each.name)) for each in list_groups(work)]

    def search_agencies(self, words: str) -> list[Agency]:
        """Those so called, else those whose names hold all the words."""
        wanted = plain(words[:LONGEST])
        if not wanted:
            return []
        exact = self._list_called(wanted)
        if exact:
            return exact[:MOST_FOUND]
        parts = wanted.split()
        found = [
            each for each, names in self._agencies if any(all(p in name for p in parts) for name in names)
        ]
        return found[:MOST_FOUND]

    def search_groups(self, words: str) -> list[Group]:
        """Those whose names hold all the words."""
        parts = plain(words[:LONGEST]).split()
        found = [each for each, name in self._groups if parts and all(part in name for part in parts)]
        return found[:MOST_FOUND]

    def find_certain(self, name: str) -> list[int]:
        """The one agency meant, or the members of the group that is called just so; else none."""
        wanted = plain(name[:LONGEST])
        called = self._list_called(wanted)
        if len(called) == 1:
            return [called[0].id]
        group = next((each for each, named in self._groups if named == wanted), None)
        if group is not None:
            return list(group.members)
        found = self.search_agencies(name)
        return [found[0].id] if len(found) == 1 and not self.search_groups(name) else []

    def _list_called(self, wanted: str) -> list[Agency]:
        return [each for each, names in self._agencies if wanted in names]
