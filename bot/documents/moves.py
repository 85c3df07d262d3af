"""Who has a task: the three-way merge of its assignments, one by one."""

from collections.abc import Iterable, Mapping

from bot.documents.merge import Conflict, Fields
from bot.documents.state import ROLES, AssignmentChange, AssignmentKey, Role, StoredAssignment


def keys_of(clause: str, base: Fields | None) -> tuple[AssignmentKey, ...]:
    """The assignments that a task's fields name in `lead` and `coordinating`."""
    return tuple(AssignmentKey(clause, agency, role) for role in ROLES for agency in _agencies(base, role))


class Moves:
    """The three-way merge of who has a task: assignments, one by one."""

    def __init__(
        self,
        stored: Mapping[AssignmentKey, StoredAssignment],
        wanted: Iterable[AssignmentKey],
        base: Iterable[AssignmentKey],
    ) -> None:
        self._stored = stored
        # Dictionaries as ordered sets: a task may go to thousands of agencies.
        self._current = dict.fromkeys(key for key, assignment in stored.items() if assignment.active)
        self._wanted, self._base = dict.fromkeys(wanted), dict.fromkeys(base)
        self._add = dict.fromkeys(k for k in self._wanted if k not in self._base and k not in self._current)
        self._drop = dict.fromkeys(k for k in self._current if k in self._base and k not in self._wanted)
        self._disputed = [role for role in ROLES if self._is_replaced_twice(role)] or self._double_roles()
        self.conflicts = tuple(self._conflict(role) for role in self._disputed)

    def list_changes(self, force: bool) -> tuple[AssignmentChange, ...]:
        """What to add, bring back and withdraw; with `force` the file decides who has a disputed role."""
        add, drop = self._add, self._drop
        if force and self._disputed:
            add = dict.fromkeys(key for key in self._wanted if key in add or self._is_missing(key))
            moved = {key.agency for key in add}
            drop = dict.fromkeys(key for key in self._current if key in drop or self._gives_way(key, moved))
        return (*map(self._make, add), *map(self._withdraw, drop))

    def _gives_way(self, key: AssignmentKey, moved: set[str]) -> bool:
        return key not in self._wanted and (key.role in self._disputed or key.agency in moved)

    def _is_missing(self, key: AssignmentKey) -> bool:
        return key.role in self._disputed and key not in self._current

    def _is_replaced_twice(self, role: Role) -> bool:
        """Both sides took the task from the same agency and gave it to different ones."""
        was, stands, wanted = (_of_role(keys, role) for keys in (self._base, self._current, self._wanted))
        both_removed = was - stands - wanted
        return bool(both_removed and stands - was - wanted and wanted - was - stands)

    def _double_roles(self) -> list[Role]:
        """Roles in which the file puts an agency that people meanwhile gave the other role."""
        staying = {key.agency for key in self._current if key not in self._drop}
        return list(dict.fromkeys(key.role for key in self._add if key.agency in staying))

    def _conflict(self, role: Role) -> Conflict:
        sides = (self._base, self._current, self._wanted)
        base, current, incoming = (tuple(k.agency for k in keys if k.role == role) for keys in sides)
        return Conflict(role, base, current, incoming)

    def _make(self, key: AssignmentKey) -> AssignmentChange:
        stored = self._stored.get(key)
        if stored is None:
            return AssignmentChange(key, "add")
        return AssignmentChange(key, "reactivate", stored.has_reports)

    def _withdraw(self, key: AssignmentKey) -> AssignmentChange:
        return AssignmentChange(key, "withdraw", self._stored[key].has_reports)


def _of_role(keys: Iterable[AssignmentKey], role: Role) -> set[AssignmentKey]:
    return {key for key in keys if key.role == role}


def _agencies(base: Fields | None, role: Role) -> tuple[str, ...]:
    listed = base.get(role) if base else None
    return tuple(map(str, listed)) if isinstance(listed, list | tuple) else ()
