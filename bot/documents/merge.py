"""Three-way merge of fields: what the file said at its last load, what stands now, what the file says today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field changed in the file and, differently, by people meanwhile."""

    field: str
    base: object
    current: object
    incoming: object


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write (`changes`, the file's own values) and what needs a person (`conflicts`)."""

    changes: dict[str, object]
    conflicts: tuple[Conflict, ...] = ()

    def forced(self) -> "Merge":
        """The same with each conflict decided for the file."""
        decided = {conflict.field: conflict.incoming for conflict in self.conflicts}
        return Merge(self.changes | decided)


def merge_fields(
    base: Fields | None, current: Fields, incoming: Fields, together: Sequence[Iterable[str]] = ()
) -> Merge:
    """Merges field by field; the fields of one set in `together` only change as one.

    Without a base (never loaded from a file) an empty field is filled and a differing one is a conflict.
    Lists are merged item by item and never conflict: what either side added or removed stays so.
    """
    known = base if base is not None else {}
    changes: dict[str, object] = {}
    conflicts: list[Conflict] = []
    for unit in _units(incoming, together):
        differing = [n for n in unit if not is_same(_wanted(n, known, current, incoming), current.get(n))]
        if all(is_same(incoming[name], known.get(name)) for name in unit):
            continue
        if all(_is_list(incoming[n]) or is_same(current.get(n), known.get(n)) for n in unit):
            changes |= {name: _wanted(name, known, current, incoming) for name in differing}
        else:
            conflicts += [Conflict(n, known.get(n), current.get(n), incoming[n]) for n in differing]
    return Merge(changes, tuple(conflicts))


def is_same(one: object, other: object) -> bool:
    """Whether two values say the same, also where one went through JSON; nothing equals empty."""
    return _comparable(one) == _comparable(other)


def to_json(fields: Fields) -> dict[str, object]:
    """The fields as JSON values, for keeping as the next load's base."""
    return {name: _json_value(value) for name, value in fields.items()}


def _units(incoming: Fields, together: Sequence[Iterable[str]]) -> list[list[str]]:
    joined = [[name for name in unit if name in incoming] for unit in together]
    taken = {name for unit in joined for name in unit}
    return [unit for unit in joined if unit] + [[name] for name in incoming if name not in taken]


def _wanted(name: str, base: Fields, current: Fields, incoming: Fields) -> object:
    value = incoming[name]
    return merge_items(base.get(name), current.get(name), value) if _is_list(value) else value


def merge_items(base: object, current: object, incoming: object) -> tuple[str, ...]:
    """One list from three: the standing order, less what the file removed, then what the file added."""
    was, stands, wanted = _items(base), _items(current), _items(incoming)
    kept = [item for item in stands if item in wanted or item not in was]
    added = [item for item in wanted if item not in was and item not in stands]
    return (*kept, *added)


def _items(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _comparable(value: object) -> object:
    if isinstance(value, list | tuple):
        return frozenset(value) or None
    return None if value == "" else _json_value(value)


def _json_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
