"""What must hold between the fields of a file; works on raw values, so that all faults show at once."""

from collections.abc import Iterator
from typing import Any

from bot.documents.problems import Problem, json_path, shown
from bot.documents.reasons import find_nearest_word
from bot.documents.secrecy import find_marking, is_ordinary, is_secret
from bot.documents.state import CHAT
from bot.documents.values import as_slug, plain
from bot.domain.policy import MOST_STEPS, POLICY_FIELDS, PolicyFault, list_policy_faults
from bot.domain.saying import saying

MAX_ASSIGNMENTS = 50_000
MAX_GUESSES = 50
_SECRET = saying("file.secret")
Row = tuple[int, dict[str, Any]]


class Names:
    """The keys that a file may point at, and what people mean when they write something near."""

    def __init__(self, raw: Any) -> None:
        self.agencies = {key: row for _, row in rows(raw, "agencies") if (key := _key(row))}
        self.groups = {key: row for _, row in rows(raw, "groups") if (key := _key(row))}
        self._guesses = 0
        self._spoken = {plain(name): key for key, row in self.agencies.items() for name in _names(row)}
        self._spoken |= {plain(name): key for key, row in self.groups.items() for name in _names(row)}

    def find_nearest(self, wanted: str, *, only_agencies: bool) -> str | None:
        """The known key that `wanted` most likely means: by name, by alias, by spelling."""
        known = self.agencies if only_agencies else {**self.groups, **self.agencies}
        for key in (as_slug(wanted[:300]), self._spoken.get(plain(wanted[:300]))):
            if key in known:
                return key
        self._guesses += 1
        if self._guesses > MAX_GUESSES:
            return None
        return find_nearest_word(as_slug(wanted[:100]), list(known))

    def fan_out(self, keys: Any) -> list[str]:
        """The agencies that agency and group keys stand for, in order, each once."""
        members: list[str] = []
        for key in strings(keys):
            group = self.groups.get(key)
            members += [key] if group is None else strings(group.get("members"))
        return list(dict.fromkeys(members))


def rows(raw: Any, part: str) -> list[Row]:
    """The objects of one of the file's lists with their places; whatever is no object is left out."""
    listed = raw.get(part) if isinstance(raw, dict) else None
    return (
        [(i, row) for i, row in enumerate(listed) if isinstance(row, dict)]
        if isinstance(listed, list)
        else []
    )


def strings(value: Any) -> list[str]:
    """The strings of a list; nothing where it is no list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def list_rule_faults(raw: Any) -> Iterator[Problem]:
    """Secrecy, doubled keys and clauses, unknown agencies, roles that exclude each other."""
    names = Names(raw)
    yield from _secrecy_faults(raw)
    yield from _ladder_faults(raw)
    for part in ("agencies", "groups", "targets"):
        yield from _doubled(raw, part, "key", "file.key_twice")
    for index, row in rows(raw, "groups"):
        if _key(row) in names.agencies:
            path = json_path(("groups", index, "key"))
            yield Problem(path, shown(_key(row)), saying("file.group_key"))
        yield from _reference_faults(names, ("groups", index, "members"), row, only_agencies=True)
    yield from _doubled(raw, "tasks", "clause", "file.clause_twice")
    for index, row in rows(raw, "tasks"):
        yield from _task_faults(names, index, row)
    yield from _size_faults(names, raw)


def _secrecy_faults(raw: Any) -> Iterator[Problem]:
    document = raw.get("document") if isinstance(raw, dict) else None
    if not isinstance(document, dict):
        return
    level = document.get("secrecy")
    if isinstance(level, str) and is_secret(level):
        yield Problem("$.document.secrecy", shown(level), _SECRET, "null")
    elif isinstance(level, str) and not is_ordinary(level):
        reason = saying("file.secrecy_unknown")
        yield Problem("$.document.secrecy", shown(level), reason, "null")
    for field in ("number", "title"):
        value = document.get(field)
        if isinstance(value, str) and (marking := find_marking(value)) is not None:
            reason = saying("file.marking", marking=marking, reason=_SECRET)
            yield Problem(f"$.document.{field}", shown(value), reason)


def _ladder_faults(raw: Any) -> Iterator[Problem]:
    document = raw.get("document") if isinstance(raw, dict) else None
    places: list[tuple[tuple[str | int, ...], Any]] = [(("document",), document)]
    places += [(("tasks", index), row) for index, row in rows(raw, "tasks")]
    for place, row in places:
        ladder = row.get("reminders") if isinstance(row, dict) else None
        for fault in list_policy_faults(ladder) if ladder is not None else ():
            yield _ladder_fault((*place, "reminders"), fault)


def _ladder_fault(place: tuple[str | int, ...], fault: PolicyFault) -> Problem:
    if fault.is_unknown:
        unknown = saying("file.no_field_but", names=", ".join(POLICY_FIELDS))
        reason = saying("file.no_field") if fault.nearest else unknown
        return Problem(json_path((*place, fault.name)), shown(fault.name), reason, fault.nearest)
    path = json_path((*place, fault.name) if fault.name else place)
    return Problem(path, _shown_days(fault.value), saying("file.wanted", wanted=fault.wanted))


def _shown_days(value: Any) -> str:
    is_short = isinstance(value, list) and len(value) <= MOST_STEPS
    if is_short and all(isinstance(each, int | float) for each in value):
        return f"[{', '.join(map(shown, value))}]"
    return shown(value)


def _doubled(raw: Any, part: str, field: str, key: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, row in rows(raw, part):
        value = row.get(field)
        if not isinstance(value, str):
            continue
        if value in first:
            elsewhere = json_path((part, first[value], field))
            path = json_path((part, index, field))
            yield Problem(path, shown(value), saying(key, elsewhere=elsewhere, field=field))
        first.setdefault(value, index)


def _task_faults(names: Names, index: int, row: dict[str, Any]) -> Iterator[Problem]:
    for role in ("lead", "coordinating"):
        yield from _reference_faults(names, ("tasks", index, role), row, only_agencies=False)
    clause = row.get("clause")
    if isinstance(clause, str) and clause.strip().startswith(CHAT):
        reason = saying("file.reserved", start=CHAT)
        yield Problem(
            json_path(("tasks", index, "clause")), shown(clause), reason, clause.strip()[len(CHAT) :]
        )
    leads = set(strings(row.get("lead")))
    for place, key in enumerate(row["coordinating"] if isinstance(row.get("coordinating"), list) else ()):
        if isinstance(key, str) and key in leads:
            path = json_path(("tasks", index, "coordinating", place))
            yield Problem(path, shown(key), saying("file.both_roles"))
    advising = row.get("advising")
    if isinstance(advising, str) and advising not in names.agencies:
        yield _unknown(names, ("tasks", index, "advising"), advising, only_agencies=True)


def _reference_faults(
    names: Names, path: tuple[str | int, ...], row: dict[str, Any], *, only_agencies: bool
) -> Iterator[Problem]:
    listed, seen = row.get(str(path[-1])), set[str]()
    for place, key in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(key, str):
            continue
        if key in seen:
            yield Problem(json_path((*path, place)), shown(key), saying("file.listed_twice"))
        elif key not in names.agencies and (only_agencies or key not in names.groups):
            yield _unknown(names, (*path, place), key, only_agencies=only_agencies)
        seen.add(key)


def _unknown(names: Names, path: tuple[str | int, ...], key: str, *, only_agencies: bool) -> Problem:
    if only_agencies and key in names.groups:
        reason = saying("file.is_group")
    else:
        reason = saying("file.no_agency" if only_agencies else "file.no_agency_or_group")
    nearest = names.find_nearest(key, only_agencies=only_agencies)
    return Problem(json_path(path), shown(key), reason, nearest)


def _size_faults(names: Names, raw: Any) -> Iterator[Problem]:
    total = 0
    for _, row in rows(raw, "tasks"):
        total += len(names.fan_out(row.get("lead"))) + len(names.fan_out(row.get("coordinating")))
        if total > MAX_ASSIGNMENTS:
            reason = saying("file.assignments", n=MAX_ASSIGNMENTS)
            yield Problem("$.tasks", f"{total}+", reason)
            return


def _key(row: dict[str, Any]) -> str:
    key = row.get("key")
    return key if isinstance(key, str) else ""


def _names(row: dict[str, Any]) -> list[str]:
    name = row.get("name")
    return ([name] if isinstance(name, str) else []) + strings(row.get("aliases"))
