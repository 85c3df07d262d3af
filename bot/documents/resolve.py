"""The file as the services want it: groups fanned out to agencies, deadlines read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.documents.checking import check_file
from bot.documents.reading import DeadlineReader
from bot.documents.tasks_file import Document, Task, TasksFile
from bot.domain.saying import Saying, saying


@dataclass(frozen=True, slots=True)
class ResolvedAgency:
    """A body that tasks are given to."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    confirmed: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedGroup:
    """Agencies the document names together; `members` are agency keys."""

    key: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedTarget:
    """A figure the document sets; `value` in its own words, `by_on` the day until which."""

    key: str
    name: str
    value: str | None = None
    unit: str | None = None
    by_on: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task is to be done: `text` the document's words, `due` a local date or None."""

    text: str | None
    kind: str
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None
    confirmed: bool = True
    candidates: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ResolvedTask:
    """One obligation; `lead` and `coordinating` are agency keys, each agency in one role only."""

    clause: str
    clause_label: str
    title: str
    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    coordinating_text: str | None = None
    deadline_text: str | None = None
    deadline_kind: str = "none"
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None
    deadline_confirmed: bool = True
    candidates: tuple[str, ...] | None = None
    product: str | None = None
    person: str | None = None
    report_to: str | None = None
    advising: str | None = None
    reminders: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """One document ready to be loaded: never a secret one; `received` holds `office`, `number`, `on` (ISO).

    `reminders`, here and in a task, are items of the ladder as JSON values, only those the file gives.
    `warnings` are sentences for the person who loads it. Notes on document and groups stay in the file.
    """

    key: str
    title: str
    issuer: str
    number: str | None
    issued_on: date | None
    received: dict[str, str | None] | None
    signed_by: str | None
    file: str | None
    agencies: tuple[ResolvedAgency, ...]
    groups: tuple[ResolvedGroup, ...]
    tasks: tuple[ResolvedTask, ...]
    warnings: tuple[Saying, ...] = ()
    reminders: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[ResolvedTarget, ...] = ()


def read_file(data: bytes, reader: DeadlineReader) -> ResolvedDocument:
    """Checks and resolves a `tasks.json`; raises FileRefused with every problem."""
    return resolve(check_file(data, reader), reader)


def resolve(file: TasksFile, reader: DeadlineReader) -> ResolvedDocument:
    """A checked file with groups fanned out and deadlines read."""
    document, received = file.document, file.document.received
    groups = {group.key: group.members for group in file.groups}
    tasks = tuple(_resolve_task(task, groups, document.issued_on, reader) for task in file.tasks)
    return ResolvedDocument(
        key=document.key,
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        issued_on=document.issued_on,
        received=received.model_dump(mode="json") if received else None,
        signed_by=document.signed_by,
        file=document.file,
        agencies=tuple(ResolvedAgency(a.key, a.name, a.aliases, a.confirmed, a.note) for a in file.agencies),
        groups=tuple(ResolvedGroup(g.key, g.name, g.members) for g in file.groups),
        targets=tuple(
            ResolvedTarget(each.key, each.name, each.value, each.unit, each.by) for each in file.targets
        ),
        tasks=tasks,
        reminders=document.reminders.as_ladder() if document.reminders else {},
        warnings=(*_document_warnings(document), *_task_warnings(file.tasks, tasks)),
    )


def read_task_deadline(task: Task, issued_on: date | None, reader: DeadlineReader) -> Deadline:
    """The task's deadline: `due` or `recurrence` beside the words overrides their reading."""
    confirmed = task.deadline_confirmed is not False
    if task.due is not None:
        return Deadline(task.deadline, "date", task.due, None, "day", confirmed)
    if task.recurrence is not None:
        return Deadline(task.deadline, "recurring", None, task.recurrence, None, confirmed)
    if task.deadline is None:
        return Deadline(None, "none", confirmed=confirmed)
    reading = reader(task.deadline, issued_on)
    # Two readings stay open even where the file says “confirmed”: it does not say which of them.
    confirmed = confirmed and not reading.ambiguous
    days = tuple(each.isoformat() for each in reading.candidates)
    return Deadline(
        task.deadline,
        str(reading.kind),
        reading.due,
        reading.recurrence,
        reading.precision,
        confirmed,
        days or None,
    )


def _resolve_task(
    task: Task, groups: Mapping[str, tuple[str, ...]], issued_on: date | None, reader: DeadlineReader
) -> ResolvedTask:
    lead = _fan_out(task.lead, groups)
    deadline = read_task_deadline(task, issued_on, reader)
    return ResolvedTask(
        clause=task.clause,
        clause_label=task.clause_label,
        title=task.title,
        text=task.text,
        lead=lead,
        coordinating=tuple(key for key in _fan_out(task.coordinating, groups) if key not in lead),
        coordinating_text=task.coordinating_text,
        deadline_text=deadline.text,
        deadline_kind=deadline.kind,
        due=deadline.due,
        recurrence=deadline.recurrence,
        precision=deadline.precision,
        deadline_confirmed=deadline.confirmed,
        candidates=deadline.candidates,
        product=task.product,
        person=task.person,
        report_to=task.report_to,
        advising=task.advising,
        reminders=task.reminders.as_ladder() if task.reminders else {},
        note=task.note,
    )


def _fan_out(keys: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    members = (member for key in keys for member in groups.get(key, (key,)))
    return tuple(dict.fromkeys(members))


def _document_warnings(document: Document) -> tuple[Saying, ...]:
    issued_on, received = document.issued_on, document.received
    if received is None or received.on is None or issued_on is None or received.on >= issued_on:
        return ()
    days = {"received": f"{received.on:%d/%m/%Y}", "issued": f"{issued_on:%d/%m/%Y}"}
    return (saying("file.received_early", **days),)


def _task_warnings(written: Iterable[Task], tasks: Iterable[ResolvedTask]) -> Iterator[Saying]:
    for task, resolved in zip(written, tasks, strict=True):
        about = {"label": resolved.clause_label, "words": resolved.deadline_text or ""}
        if resolved.deadline_kind == "relative" and resolved.due is None:
            yield saying("file.uncounted", **about)
        elif not resolved.deadline_confirmed and task.deadline_confirmed is not False:
            yield saying("file.ambiguous", **about)
