"""Carries a load plan out: rows and audit events, and what happened to which assignment."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.documents.merge import Fields, to_json
from bot.documents.plan import DEADLINE_FIELDS, EntryPlan, LoadPlan, split_ladder
from bot.documents.state import AssignmentChange
from bot.domain.assignment import Move, find_next_status, status_by_reports
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work
from bot.services.documents.stored_documents import GROUPS, TARGETS, StoredRows
from bot.services.documents.target_writing import write_target
from bot.services.reminding.moving import set_due
from bot.services.reminding.periods import find_current, firm_due, latest_of, make, restart, rule_of
from bot.services.reminding.recurrence import Followed, Why, follow_rule, move
from db.models import (
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Assignment,
    Document,
    ReminderPolicy,
    Report,
    Task,
)

# What an agency is told when it changes; how the words were read is told by the new deadline itself.
TOLD = (
    "clause_label",
    "title",
    "text",
    "product",
    "person",
    "coordinating_text",
    "report_to",
    "deadline_text",
)
_CLOSED = (Status.COMPLETED, Status.WITHDRAWN)
# Any of them may begin, change or end how a task recurs.
_RULE_FIELDS = frozenset({"recurrence", "deadline_kind", "deadline_confirmed"})


@dataclass(frozen=True)
class Touched:
    """One assignment that a load gave, changed or withdrew; `changes`: field → before and after, as JSON."""

    assignment: Assignment
    task: Task
    changes: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def has_new_due(self) -> bool:
        return "due" in self.changes


@dataclass
class Outcome:
    """What a load did; `given` are new assignments and those brought back.

    `replanned`: tasks known before whose ladder is another; `is_replanned`: the document's is.
    """

    document: Document
    given: list[Touched] = field(default_factory=list)
    changed: list[Touched] = field(default_factory=list)
    withdrawn: list[Touched] = field(default_factory=list)
    replanned: list[Task] = field(default_factory=list)
    is_replanned: bool = False


def _reason(work: Work) -> str:
    """Why a deadline changed, in the record's language."""
    return work.texts().plain("load.reason")


def carry_out(work: Work, rows: StoredRows, plan: LoadPlan) -> Outcome:
    """Writes everything the plan says; reminders and messages are the caller's."""
    outcome = Outcome(_write_document(work, rows, plan))
    outcome.is_replanned = plan.document.action == "updated" and bool(split_ladder(plan.document.changes)[1])
    for entry in plan.agencies:
        _write_agency(work, rows, entry, outcome.document)
    for entry in plan.groups:
        _write_group(work, rows, entry)
    for entry in plan.targets:
        write_target(work, rows, entry, outcome.document)
    for entry in plan.tasks:
        _Writer(work, rows, outcome, entry).write()
    work.session.flush()
    return outcome


def _write_document(work: Work, rows: StoredRows, plan: LoadPlan) -> Document:
    document = rows.document
    if document is None:
        document = Document(key=plan.document.key, title="", created_at=work.now)
        work.session.add(document)
    values, items = split_ladder(plan.document.changes)
    _set(document, values)
    loaded = {**plan.document.base, GROUPS: {entry.key: dict(entry.base) for entry in plan.groups}}
    if figures := {entry.key: dict(entry.base) for entry in plan.targets if entry.action != "withdrawn"}:
        loaded[TARGETS] = figures
    if document.loaded != loaded:
        document.loaded = loaded
    work.session.flush()
    rows.ladder = _write_ladder(work, rows.ladder, items, document_id=document.id)
    if plan.document.action == "updated":
        before, after = _both(plan.document)
        work.record("document_changed", document_id=document.id, before=before, after=after)
    return document


def _write_agency(work: Work, rows: StoredRows, entry: EntryPlan, document: Document) -> None:
    agency = rows.agencies.get(entry.key)
    if agency is None:
        agency = rows.agencies[entry.key] = Agency(key=entry.key, name="")
        work.session.add(agency)
    _set(agency, to_json(entry.changes))
    # Several documents name the same agency, each with its own last load.
    if agency.loaded.get(document.key) != entry.base:
        agency.loaded = {**agency.loaded, document.key: dict(entry.base)}
    work.session.flush()
    if entry.action == "updated":
        before, after = _both(entry)
        work.record(
            "agency_changed", document_id=document.id, agency_id=agency.id, before=before, after=after
        )


def _write_group(work: Work, rows: StoredRows, entry: EntryPlan) -> None:
    group = rows.groups.get(entry.key)
    if group is None:
        group = rows.groups[entry.key] = AgencyGroup(key=entry.key, name="")
        work.session.add(group)
    values = dict(entry.changes)
    members = values.pop("members", None)
    _set(group, values)
    work.session.flush()
    if isinstance(members, list | tuple):
        _set_members(work, group, [rows.agencies[key].id for key in members])


def _set_members(work: Work, group: AgencyGroup, agency_ids: list[int]) -> None:
    work.session.execute(delete(AgencyGroupMember).where(col(AgencyGroupMember.group_id) == group.id))
    work.session.add_all(AgencyGroupMember(group_id=group.id, agency_id=each) for each in agency_ids)
    work.session.flush()


def _write_ladder(
    work: Work, row: ReminderPolicy | None, items: Fields, **owner: int
) -> ReminderPolicy | None:
    """Sets the items of a ladder, None: back to what is above it; a row that says nothing is none."""
    before = row.ladder if row else {}
    ladder = {name: value for name, value in {**before, **items}.items() if value is not None}
    if ladder == before:
        return row
    if row is None:
        row = ReminderPolicy(ladder=ladder, **owner)
    row.ladder = ladder
    if ladder:
        work.session.add(row)
    else:
        work.session.delete(row)
    work.session.flush()
    return row if ladder else None


@dataclass
class _Writer:
    """Writes one task with its assignments."""

    work: Work
    rows: StoredRows
    outcome: Outcome
    entry: EntryPlan

    def write(self) -> None:
        entry, task = self.entry, self.rows.tasks.get(self.entry.key)
        is_new = task is None
        if task is None:
            document_id = self.outcome.document.id
            task = Task(document_id=document_id, clause=entry.key, clause_label="", title="")
        items = self._fill(task)
        self.work.session.add(task)
        self.work.session.flush()
        _write_ladder(self.work, self.rows.ladders.get(entry.key), items, task_id=task.id)
        if items and not is_new:
            self.outcome.replanned.append(task)
        if not is_new and entry.changes:
            self._record_change(task)
            self._change_staying(task)
        for change in entry.assignments:
            self._change_assignment(task, change)
        if is_new or entry.action in ("withdrawn", "restored"):
            restart(self.work, task)

    def _fill(self, task: Task) -> Fields:
        """Sets its columns; the changed items of its ladder are left."""
        entry = self.entry
        values, items = split_ladder(entry.changes)
        if "advising" in values:
            key = values.pop("advising")
            task.advising_id = self.rows.agencies[str(key)].id if key else None
        _set(task, values)
        if values.keys() & set(DEADLINE_FIELDS):
            # The file decides now, so what is open is asked anew.
            task.settled_at = task.settled_by = task.settled_reason = None
        if task.loaded != entry.base:
            task.loaded = dict(entry.base)
        if entry.action == "withdrawn":
            task.withdrawn_at = task.withdrawn_at or self.work.now
        elif entry.action == "restored":
            task.withdrawn_at = None
        return items

    def _record_change(self, task: Task) -> None:
        before, after = ({"clause": task.clause} | values for values in _both(self.entry))
        self.work.record("task_changed", document_id=task.document_id, before=before, after=after)

    def _change_staying(self, task: Task) -> None:
        moved = {change.key for change in self.entry.assignments}
        rows = self.rows.assignments_of(task.clause)
        staying = [periods for key, periods in rows.items() if key not in moved]
        followed = Followed()
        if _RULE_FIELDS & self.entry.changes.keys():
            followed = follow_rule(self.work, task, staying, Why(_reason(self.work)))
            self.outcome.given += [Touched(each, task) for each in followed.given]
        for periods in staying:
            # Of a task with periods the last one is told of, for all.
            if latest_of(periods).status not in _CLOSED:
                self._tell_change(latest_of(periods), task, followed)

    def _tell_change(self, assignment: Assignment, task: Task, followed: Followed) -> None:
        before, after = to_json(self.entry.before), to_json(self.entry.changes)
        changes = {name: [before.get(name), after[name]] for name in TOLD if name in after}
        changes.pop("due", None)
        if assignment.id in followed.moved:
            changes["due"] = [_iso(followed.moved[assignment.id]), _iso(assignment.due)]
        elif {"due", "deadline_confirmed"} & after.keys() and assignment.due != _due_of(task, assignment):
            changes["due"] = [_iso(assignment.due), _iso(firm_due(task))]
            _set_due(self.work, assignment, task)
        if changes:
            assignment.version += 1
            self.outcome.changed.append(Touched(assignment, task, changes))

    def _change_assignment(self, task: Task, change: AssignmentChange) -> None:
        if change.action == "add":
            agency = self.rows.agencies[change.key.agency]
            self.outcome.given.append(Touched(_add(self.work, task, agency, change.key.role), task))
            return
        periods = self.rows.assignments_of(task.clause)[change.key]
        if change.action == "reactivate":
            given = _give_again(self.work, periods, task)
            self.outcome.given += [Touched(given, task)] if given else []
            return
        gone = [each for each in periods if withdraw(self.work, each, task)]
        self.outcome.withdrawn += [Touched(each, task) for each in gone]
        last = latest_of(periods)
        if last.period and last.status == Status.COMPLETED:
            last.ended_at = self.work.now


def _due_of(task: Task, assignment: Assignment) -> date | None:
    """The deadline that the document gives it: its period's, or the task's."""
    if assignment.period:
        return assignment.original_due
    return assignment.due if rule_of(task) else firm_due(task)


def first_assignment(work: Work, task: Task, agency_id: int, role: str) -> Assignment:
    """The first one of an agency, not stored: of a task that recurs the period whose day has not passed."""
    current = find_current(work, task)
    due = current.due if current else firm_due(task)
    return Assignment(
        task_id=task.id,
        agency_id=agency_id,
        role=role,
        period=current.key if current else "",
        due=due,
        original_due=due,
        assigned_at=work.now,
    )


def _add(work: Work, task: Task, agency: Agency, role: str) -> Assignment:
    assignment = first_assignment(work, task, agency.id, role)
    work.session.add(assignment)
    work.session.flush()
    period = {"period": assignment.period} if assignment.period else {}
    after = {"role": role, "due": _iso(assignment.due), **period}
    _record(work, "assigned", assignment, task, None, after)
    return assignment


def _give_again(work: Work, periods: list[Assignment], task: Task) -> Assignment | None:
    """To an agency it was taken from; of a task with periods only the last one goes on."""
    last, current = latest_of(periods), find_current(work, task)
    last.ended_at = None
    same = next((each for each in periods if current and each.period == current.key), None)
    if current is not None and same is None and last.period:
        made = make(work, task, last, work.now, period=current.key, due=current.due)
        made.acknowledged_at = made.acknowledged_by = None
        return made
    again = same or last
    if again.status != Status.WITHDRAWN:
        return None
    _bring_back(work, again, task)
    if current is not None and not again.period:
        move(work, task, again, Why(_reason(work)), period=current.key, due=current.due)
    elif again.period and rule_of(task) is None and all(each.period for each in periods):
        move(work, task, again, Why(_reason(work)), period="", due=firm_due(task))
    return again


def _bring_back(work: Work, assignment: Assignment, task: Task) -> None:
    """Given again: by the document's deadline, to be acknowledged again unless work was reported on it."""
    before, status = assignment.status, _find_status(work, assignment)
    if status is Status.NOT_STARTED:
        assignment.acknowledged_at = assignment.acknowledged_by = None
    if status is not Status.AWAITING_CONFIRMATION:
        assignment.submitted_at = None
    assignment.status = status.value
    assignment.assigned_at = work.now
    assignment.version += 1
    _record(work, "restored", assignment, task, {"status": before}, {"status": status.value})
    if assignment.due != _due_of(task, assignment):
        _set_due(work, assignment, task)


def _find_status(work: Work, assignment: Assignment) -> Status:
    """Where the work stood when it was withdrawn, told from its reports."""
    reports = list(work.session.exec(select(Report).where(col(Report.assignment_id) == assignment.id)))
    waiting = any(each.kind == "completion" and each.review == "pending" for each in reports)
    return status_by_reports(is_waiting=waiting, has_reports=bool(reports))


def withdraw(work: Work, assignment: Assignment, task: Task, actor: Actor | None = None) -> bool:
    """False for what is completed: that stays as it is. Planning and telling are the caller's."""
    before = assignment.status
    status = find_next_status(Status(before), Move.WITHDRAW)
    if status is None:
        return False
    assignment.status = status.value
    assignment.version += 1
    after = {"status": status.value}
    _record(work, "withdrawn", assignment, task, {"status": before}, after, actor)
    return True


def _set_due(work: Work, assignment: Assignment, task: Task) -> None:
    """The task's deadline from now on; the earlier one stays on record."""
    before = set_due(work, None, assignment, _due_of(task, assignment), _reason(work))
    _record(work, "deadline_changed", assignment, task, {"due": _iso(before)}, {"due": _iso(assignment.due)})


def _record(
    work: Work,
    action: str,
    assignment: Assignment,
    task: Task,
    before: Fields | None,
    after: Fields,
    actor: Actor | None = None,
) -> None:
    work.record(
        action,
        actor=actor,
        document_id=task.document_id,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after=after,
    )


def _both(entry: EntryPlan) -> tuple[dict[str, object], dict[str, object]]:
    """The changed fields before and after, as JSON values."""
    before = to_json(entry.before)
    return {name: before.get(name) for name in entry.changes}, to_json(entry.changes)


def _set(row: object, values: Fields) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
