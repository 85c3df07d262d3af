"""What loading a document would change, as plain values: for `load`, and for showing it before."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from bot.documents.merge import Conflict, Fields, Merge, is_same, merge_fields, to_json
from bot.documents.moves import Moves, keys_of
from bot.documents.resolve import (
    ResolvedAgency,
    ResolvedDocument,
    ResolvedGroup,
    ResolvedTarget,
    ResolvedTask,
)
from bot.documents.state import (
    LEFT_FILE,
    ROLES,
    AssignmentChange,
    AssignmentKey,
    LoadedState,
    Stored,
    StoredAssignment,
    StoredTask,
)
from bot.domain.policy import POLICY_FIELDS

Action = Literal["created", "updated", "unchanged", "withdrawn", "restored"]
Given = dict[AssignmentKey, StoredAssignment]
# A date from one side under words from the other would be a deadline nobody set.
DEADLINE_FIELDS = ("deadline_text", "deadline_kind", "due", "recurrence", "precision", "deadline_confirmed")
LADDER = "reminders."  # before the name of an item of a ladder, so that each is merged on its own
_NOT_DOCUMENT_FIELDS = frozenset({"key", "agencies", "groups", "targets", "tasks", "warnings", "reminders"})
_NOT_TASK_FIELDS = frozenset({"clause", "reminders", *ROLES})


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One row: what to write in `changes` (native values), what to keep as `base` (JSON values)."""

    key: str
    action: Action
    changes: Fields
    before: Fields
    base: Fields
    conflicts: tuple[Conflict, ...] = ()
    assignments: tuple[AssignmentChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """All a load would do; `order` is the clauses as the file lists them."""

    document: EntryPlan
    agencies: tuple[EntryPlan, ...]
    groups: tuple[EntryPlan, ...]
    tasks: tuple[EntryPlan, ...]
    order: tuple[str, ...]
    assignments_total: int
    targets: tuple[EntryPlan, ...] = ()

    @property
    def entries(self) -> tuple[EntryPlan, ...]:
        """Every row of the plan, the document first."""
        return (self.document, *self.agencies, *self.groups, *self.targets, *self.tasks)

    @property
    def has_conflicts(self) -> bool:
        """Whether something needs a person (or was decided by force)."""
        return any(entry.conflicts for entry in self.entries)

    @property
    def has_changes(self) -> bool:
        """Whether carrying the plan out would write anything."""
        return any(entry.action != "unchanged" for entry in self.entries)

    def count_tasks(self, *actions: Action) -> int:
        """How many tasks meet with one of these."""
        return sum(task.action in actions for task in self.tasks)

    @property
    def counts(self) -> dict[str, int]:
        """Tasks created, updated (brought back ones too), unchanged, withdrawn; assignments in the file."""
        return {
            "created": self.count_tasks("created"),
            "updated": self.count_tasks("updated", "restored"),
            "unchanged": self.count_tasks("unchanged"),
            "withdrawn": self.count_tasks("withdrawn"),
            "assignments": self.assignments_total,
        }


def plan_load(previous: LoadedState | None, incoming: ResolvedDocument, *, force: bool = False) -> LoadPlan:
    """What loading `incoming` over `previous` does; with `force` every conflict is decided for the file."""
    state = previous or LoadedState()
    given = _by_clause(state)
    return LoadPlan(
        document=_plan_entry(incoming.key, state.document, document_fields(incoming), force),
        agencies=tuple(
            _plan_entry(a.key, state.agencies.get(a.key), agency_fields(a), force) for a in incoming.agencies
        ),
        groups=tuple(
            _plan_entry(g.key, state.groups.get(g.key), group_fields(g), force) for g in incoming.groups
        ),
        tasks=(
            *(
                _plan_task(state.tasks.get(task.clause), task, given[task.clause], force)
                for task in incoming.tasks
            ),
            *_plan_withdrawals(state, given, incoming),
        ),
        order=tuple(task.clause for task in incoming.tasks),
        assignments_total=sum(len(task.lead) + len(task.coordinating) for task in incoming.tasks),
        targets=(
            *(
                _plan_entry(each.key, state.targets.get(each.key), target_fields(each), force)
                for each in incoming.targets
            ),
            *_plan_gone_targets(state, incoming),
        ),
    )


def _plan_gone_targets(state: LoadedState, incoming: ResolvedDocument) -> Iterator[EntryPlan]:
    """A figure that left the file goes, unless numbers were reported on it."""
    staying = {each.key for each in incoming.targets}
    for key, stored in state.targets.items():
        if key not in staying and not stored.has_numbers:
            yield EntryPlan(key, "withdrawn", {}, stored.current, {})


def document_fields(document: ResolvedDocument) -> dict[str, object]:
    """The document's own fields by name, without its key."""
    own = {f.name: getattr(document, f.name) for f in fields(document) if f.name not in _NOT_DOCUMENT_FIELDS}
    return {**own, **ladder_fields(document.reminders)}


def agency_fields(agency: ResolvedAgency) -> dict[str, object]:
    """The agency's fields by name, without its key."""
    return {f.name: getattr(agency, f.name) for f in fields(agency) if f.name != "key"}


def target_fields(target: ResolvedTarget) -> dict[str, object]:
    """The figure's fields by name, without its key."""
    return {f.name: getattr(target, f.name) for f in fields(target) if f.name != "key"}


def group_fields(group: ResolvedGroup) -> dict[str, object]:
    """The group's fields by name, without its key."""
    return {f.name: getattr(group, f.name) for f in fields(group) if f.name != "key"}


def task_fields(task: ResolvedTask) -> dict[str, object]:
    """The task's own fields by name, without its clause and its assignments."""
    own = {f.name: getattr(task, f.name) for f in fields(task) if f.name not in _NOT_TASK_FIELDS}
    return {**own, **ladder_fields(task.reminders)}


def ladder_fields(ladder: Fields) -> dict[str, object]:
    """Each item of a ladder as JSON text, None where it is not given: no days at all are not nothing."""
    return {f"{LADDER}{name}": json.dumps(ladder[name]) if name in ladder else None for name in POLICY_FIELDS}


def split_ladder(values: Fields) -> tuple[dict[str, object], dict[str, object]]:
    """The fields without those of `ladder_fields`, and the ladder's items by their own names."""
    own = {name: value for name, value in values.items() if not name.startswith(LADDER)}
    ladder = {name.removeprefix(LADDER): values[name] for name in values if name.startswith(LADDER)}
    return own, {name: None if text is None else json.loads(str(text)) for name, text in ladder.items()}


def _plan_entry(key: str, stored: Stored | None, incoming: Fields, force: bool) -> EntryPlan:
    base = _base_of(incoming)
    if stored is None:
        return EntryPlan(key, "created", dict(incoming), {}, base)
    merge, conflicts = _merge(stored.base, stored.current, incoming, force)
    action: Action = "updated" if merge.changes else "unchanged"
    return EntryPlan(key, action, merge.changes, stored.current, base, conflicts)


def _base_of(values: Fields) -> dict[str, object]:
    """For keeping; of a ladder only what the file gives, since few have one."""
    return {
        name: value
        for name, value in to_json(values).items()
        if value is not None or not name.startswith(LADDER)
    }


def _merge(
    base: Fields | None, current: Fields, incoming: Fields, force: bool
) -> tuple[Merge, tuple[Conflict, ...]]:
    merge = merge_fields(base, current, incoming, together=(DEADLINE_FIELDS,))
    return (merge.forced() if force else merge), merge.conflicts


def _by_clause(state: LoadedState) -> defaultdict[str, Given]:
    given: defaultdict[str, Given] = defaultdict(dict)
    for key, assignment in state.assignments.items():
        given[key.clause][key] = assignment
    return given


def _plan_task(stored: StoredTask | None, task: ResolvedTask, given: Given, force: bool) -> EntryPlan:
    incoming = task_fields(task)
    base = _base_of({**incoming, "lead": task.lead, "coordinating": task.coordinating})
    if stored is None:
        made = tuple(AssignmentChange(key, "add") for key in keys_of(task.clause, base))
        return EntryPlan(task.clause, "created", incoming, {}, base, assignments=made)
    was_taken_back = stored.withdrawn and stored.in_file
    if was_taken_back and not (force and _is_edited(stored, base)):
        conflict = Conflict("status", "assigned", "withdrawn", "assigned")
        conflicts = (conflict,) if _is_edited(stored, base) else ()
        return EntryPlan(task.clause, "unchanged", {}, stored.current, base, conflicts)
    return _plan_stored_task(stored, task.clause, base, incoming, given, force)


def _plan_stored_task(
    stored: StoredTask, clause: str, base: Fields, incoming: Fields, given: Given, force: bool
) -> EntryPlan:
    merge, conflicts = _merge(stored.base, stored.current, incoming, force)
    returns = stored.withdrawn or not stored.in_file
    moves = Moves(given, keys_of(clause, base), () if returns else keys_of(clause, stored.base))
    assignments = moves.list_changes(force)
    action: Action = "updated" if merge.changes or assignments else "unchanged"
    if stored.withdrawn:
        action = "restored"
    conflicts += moves.conflicts
    return EntryPlan(clause, action, merge.changes, stored.current, base, conflicts, assignments)


def _is_edited(stored: StoredTask, base: Fields) -> bool:
    if stored.base is None:
        return True
    names = {*base, *(name for name in stored.base if name.startswith(LADDER))}
    return any(not is_same(base.get(name), stored.base.get(name)) for name in names)


def _plan_withdrawals(
    state: LoadedState, given: Mapping[str, Given], incoming: ResolvedDocument
) -> Iterator[EntryPlan]:
    staying = {task.clause for task in incoming.tasks}
    for clause, stored in state.tasks.items():
        if stored.in_file and clause not in staying:
            gone = tuple(
                AssignmentChange(key, "withdraw", assignment.has_reports)
                for key, assignment in given.get(clause, {}).items()
                if assignment.active
            )
            base = {**(stored.base or {}), LEFT_FILE: True}
            yield EntryPlan(clause, "withdrawn", {}, stored.current, base, assignments=gone)
