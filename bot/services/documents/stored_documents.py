"""What is stored of a document: as rows to write, and as the plain values that a load is planned from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, cast

from sqlalchemy import Select, text
from sqlmodel import SQLModel, col, select

from bot.documents.merge import Fields
from bot.documents.plan import LADDER, document_fields, ladder_fields
from bot.documents.resolve import ResolvedAgency, ResolvedDocument, ResolvedTarget, ResolvedTask
from bot.documents.state import (
    ROLES,
    AssignmentKey,
    LoadedState,
    Role,
    Stored,
    StoredAssignment,
    StoredTarget,
    StoredTask,
)
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.reminding.periods import latest_of
from db.models import (
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Assignment,
    Document,
    Indicator,
    ReminderPolicy,
    Report,
    Target,
    Task,
)

TARGETS = "targets"  # likewise of its targets
GROUPS = "groups"  # the name in Document.loaded under which the bases of the document's groups are kept
_LOADING = 20230424  # PostgreSQL's advisory lock; SQLite has one writer anyway
_AGENCY_FIELDS = tuple(each.name for each in fields(ResolvedAgency) if each.name != "key")
_TARGET_FIELDS = tuple(each.name for each in fields(ResolvedTarget) if each.name != "key")
_NOT_COLUMNS = frozenset({"clause", "reminders", *ROLES})
_TASK_FIELDS = tuple(each.name for each in fields(ResolvedTask) if each.name not in _NOT_COLUMNS)


@dataclass
class StoredRows:
    """A document's rows (none before its first load), with every agency and group there is, by their keys.

    `ladder` is the document's own, `ladders` those of its tasks by clause.
    """

    document: Document | None = None
    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, AgencyGroup] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    assignments: dict[str, dict[AssignmentKey, list[Assignment]]] = field(default_factory=dict)
    reported: frozenset[int] = frozenset()
    targets: dict[str, Target] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    ladder: ReminderPolicy | None = None
    ladders: dict[str, ReminderPolicy] = field(default_factory=dict)

    def assignments_of(self, clause: str) -> dict[AssignmentKey, list[Assignment]]:
        """The assignments of one task, of each agency and role all periods."""
        return self.assignments.get(clause, {})


def lock_loading(work: Work) -> None:
    """One load at a time: the second one plans from what the first has committed."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text(f"SELECT pg_advisory_xact_lock({_LOADING})"))


def read_rows(work: Work, key: str, *, lock: bool) -> StoredRows:
    """The rows of the document with that key; with `lock` nobody changes them until the transaction ends."""
    rows = StoredRows(agencies={each.key: each for each in _list(work, select(Agency), Agency, lock=False)})
    _read_groups(work, rows)
    # In this order everywhere (the document, then its assignments), so that no two wait for each other.
    found = _list(work, select(Document).where(col(Document.key) == key), Document, lock=lock)
    if not found:
        return rows
    rows.document = found[0]
    tasks = select(Task).where(col(Task.document_id) == found[0].id).order_by(col(Task.id))
    rows.tasks = {each.clause: each for each in _list(work, tasks, Task, lock=lock)}
    _read_ladders(work, rows, lock=lock)
    _read_targets(work, rows, lock=lock)
    _read_assignments(work, rows, lock=lock)
    return rows


def _list(work: Work, query: Any, table: type[SQLModel], *, lock: bool) -> list[Any]:
    if lock:
        # Not the key: what refers to the row (a notice of the tick) need not wait.
        query = cast(Select[Any], query).with_for_update(of=table, key_share=True)
    return list(work.session.exec(query.execution_options(populate_existing=True)))


def _read_groups(work: Work, rows: StoredRows) -> None:
    rows.groups = {each.key: each for each in work.session.exec(select(AgencyGroup))}
    members: defaultdict[str, list[str]] = defaultdict(list)
    pairs = (
        select(AgencyGroup.key, Agency.key)
        .join(AgencyGroupMember, col(AgencyGroupMember.group_id) == col(AgencyGroup.id))
        .join(Agency, col(Agency.id) == col(AgencyGroupMember.agency_id))
        .order_by(col(Agency.id))
    )
    for group, agency in work.session.exec(pairs):
        members[group].append(agency)
    rows.members = {key: tuple(members[key]) for key in rows.groups}


def _read_ladders(work: Work, rows: StoredRows, *, lock: bool) -> None:
    assert rows.document is not None
    clauses = {each.id: clause for clause, each in rows.tasks.items()}
    is_mine = (col(ReminderPolicy.document_id) == rows.document.id) | col(ReminderPolicy.task_id).in_(clauses)
    found = select(ReminderPolicy).where(is_mine).order_by(col(ReminderPolicy.id))
    for each in _list(work, found, ReminderPolicy, lock=lock):
        if each.task_id is None:
            rows.ladder = each
        else:
            rows.ladders[clauses[each.task_id]] = each


def _read_targets(work: Work, rows: StoredRows, *, lock: bool) -> None:
    assert rows.document is not None
    mine = select(Target).where(col(Target.document_id) == rows.document.id).order_by(col(Target.id))
    rows.targets = {each.key: each for each in _list(work, mine, Target, lock=lock)}
    ids = [each.id for each in rows.targets.values()]
    counted = select(Indicator.target_id).where(col(Indicator.target_id).in_(ids)).distinct()
    found = work.session.exec(counted) if ids else ()
    rows.counted = frozenset(each for each in found if each is not None)


def _read_assignments(work: Work, rows: StoredRows, *, lock: bool) -> None:
    clauses = {each.id: clause for clause, each in rows.tasks.items()}
    agencies = {each.id: key for key, each in rows.agencies.items()}
    assert rows.document is not None
    mine = col(Task.document_id) == rows.document.id
    of_document = select(Assignment).join(Task, col(Task.id) == col(Assignment.task_id)).where(mine)
    for each in _list(work, of_document.order_by(col(Assignment.id)), Assignment, lock=lock):
        key = AssignmentKey(clauses[each.task_id], agencies[each.agency_id], cast(Role, each.role))
        rows.assignments.setdefault(key.clause, {}).setdefault(key, []).append(each)
    reported = (
        select(Report.assignment_id)
        .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(mine)
    )
    rows.reported = frozenset(work.session.exec(reported))


def to_state(rows: StoredRows, incoming: ResolvedDocument) -> LoadedState:
    """The rows as the values a load is planned from."""
    loaded = rows.document.loaded if rows.document else {}
    known, figures = loaded.get(GROUPS, {}), loaded.get(TARGETS, {})
    names = {each.id: key for key, each in rows.agencies.items()}
    return LoadedState(
        document=_document_state(rows.document, rows.ladder, incoming),
        agencies={
            a.key: _agency_state(rows.agencies[a.key], a, incoming.key) for a in _known(rows, incoming)
        },
        groups={
            key: Stored({"name": group.name, "members": rows.members[key]}, known.get(key))
            for key, group in rows.groups.items()
        },
        tasks={
            clause: _task_state(task, rows.ladders.get(clause), names) for clause, task in rows.tasks.items()
        },
        assignments={
            key: _assignment_state(periods, rows.reported)
            for given in rows.assignments.values()
            for key, periods in given.items()
        },
        targets={
            key: StoredTarget(
                {name: getattr(each, name) for name in _TARGET_FIELDS},
                figures.get(key),
                each.id in rows.counted,
            )
            for key, each in rows.targets.items()
        },
    )


def _known(rows: StoredRows, incoming: ResolvedDocument) -> Iterable[ResolvedAgency]:
    return (agency for agency in incoming.agencies if agency.key in rows.agencies)


def _document_state(
    document: Document | None, ladder: ReminderPolicy | None, incoming: ResolvedDocument
) -> Stored | None:
    if document is None:
        return None
    names = [name for name in document_fields(incoming) if not name.startswith(LADDER)]
    current = {name: getattr(document, name) for name in names} | _ladder_state(ladder)
    return Stored(current, document.loaded or None)


def _agency_state(agency: Agency, incoming: ResolvedAgency, document_key: str) -> Stored:
    current = {name: getattr(agency, name) for name in _AGENCY_FIELDS}
    # Another document's file does not decide whether an agency, known already, exists.
    base: Fields = agency.loaded.get(document_key) or {"confirmed": incoming.confirmed}
    return Stored(current, base)


def _task_state(task: Task, ladder: ReminderPolicy | None, agency_keys: Mapping[int, str]) -> StoredTask:
    current = {name: getattr(task, name) for name in _TASK_FIELDS if name != "advising"}
    current["advising"] = agency_keys[task.advising_id] if task.advising_id else None
    current |= _ladder_state(ladder)
    return StoredTask(current, task.loaded or None, task.withdrawn_at is not None)


def _ladder_state(ladder: ReminderPolicy | None) -> dict[str, object]:
    return ladder_fields(ladder.ladder if ladder else {})


def _assignment_state(periods: Iterable[Assignment], reported: frozenset[int]) -> StoredAssignment:
    rows = list(periods)
    last = latest_of(rows)
    return StoredAssignment(
        active=last.status != Status.WITHDRAWN and last.ended_at is None,
        has_reports=any(each.id in reported for each in rows),
    )
