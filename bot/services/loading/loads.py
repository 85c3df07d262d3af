"""Loading an official document: one transaction; what people changed stays; the agencies concerned are told."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.describe import list_conflict_sentences
from bot.documents.merge import Conflict, is_same
from bot.documents.plan import DEADLINE_FIELDS, EntryPlan, LoadPlan, plan_load
from bot.documents.reading import DeadlineReader, DeadlineReading
from bot.documents.resolve import ResolvedDocument
from bot.domain.deadlines import read_deadline
from bot.domain.timeliness import Status
from bot.errors import UserError
from bot.screens.loading import Telling
from bot.services.context import Work, load_calendar
from bot.services.deadlines import settling
from bot.services.documents.document_writing import Outcome, Touched, carry_out
from bot.services.documents.stored_documents import StoredRows, lock_loading, read_rows, to_state
from bot.services.loading import load_messages
from bot.services.loading.ended_agencies import check_alive
from bot.services.notice.said import Said
from bot.services.reminding.periods import firm_due, latest_of
from bot.services.reminding.pressing import choose_past
from bot.services.reminding.reminders import answering_agency, replan, schedule
from bot.services.reminding.replanning import plan_from_now
from bot.services.saying.notices import dispatch, say
from bot.services.standing.overview import last_overdue_day
from bot.texts import Texts
from db.models import Assignment, Document, Event, Task

PAST_CHOICES = ("now", "all", "silent")
_FINISHED = (Status.COMPLETED, Status.WITHDRAWN)


def make_reader(work: Work) -> DeadlineReader:
    """The reader of deadline phrases, counting working days by the office's own calendar."""
    calendar_of = functools.cache(lambda year: load_calendar(work.session, year))

    def read(phrase: str, issued_on: date | None, /) -> DeadlineReading:
        return read_deadline(phrase, issued_on, calendar_of((issued_on or work.today).year))

    return read


def plan_document(work: Work, incoming: ResolvedDocument, *, force: bool = False) -> LoadPlan:
    """What loading it now would do; writes nothing."""
    rows = read_rows(work, incoming.key, lock=False)
    plan = _plan(work.texts(), rows, incoming, force=force)
    check_alive(work, rows, plan)
    return plan


@dataclass(frozen=True)
class Loaded:
    """What a load did, and whom it tells."""

    plan: LoadPlan
    telling: Telling


def load_document(
    work: Work,
    incoming: ResolvedDocument,
    *,
    force: bool = False,
    past: str | None = None,
    at_once: bool = False,
) -> Loaded:
    """Loads it. Raises UserError where file and people changed the same thing.

    Deadlines that have passed are held until the secretariat chooses; `past` (now, all, silent) chooses at once.
    What many people of several agencies are told waits a minute, unless `at_once`.
    """
    lock_loading(work)
    rows = read_rows(work, incoming.key, lock=True)
    plan = _plan(work.texts(), rows, incoming, force=force)
    check_alive(work, rows, plan)
    if plan.has_conflicts and not force:
        raise UserError(*list_conflict_sentences(plan, work.texts()))
    outcome = carry_out(work, rows, plan)
    if plan.has_changes:
        after: dict[str, Any] = {**plan.counts, "forced": plan.has_conflicts}
        work.record("loaded", document_id=outcome.document.id, after=after)
    return Loaded(plan, _follow_up(work, outcome, past, at_once))


def _plan(t: Texts, rows: StoredRows, incoming: ResolvedDocument, *, force: bool) -> LoadPlan:
    plan = plan_load(to_state(rows, incoming), incoming, force=force)
    tasks = (_with_settled_conflict(t, _with_due_conflicts(entry, rows), rows) for entry in plan.tasks)
    return replace(plan, tasks=tuple(tasks))


def _with_settled_conflict(t: Texts, entry: EntryPlan, rows: StoredRows) -> EntryPlan:
    """People settled that there is no deadline, which no field shows, and now the file names one."""
    task, names = rows.tasks.get(entry.key), set(DEADLINE_FIELDS)
    if task is None or task.settled_at is None or not names & entry.changes.keys():
        return entry
    if any(each.field in names for each in entry.conflicts):
        return entry
    settled = t.plain("plan.settled_none", reason=task.settled_reason or t("plan.settled"))
    incoming = entry.changes.get("deadline_text", task.deadline_text)
    found = Conflict("deadline_text", entry.before.get("deadline_text"), settled, incoming)
    return replace(entry, conflicts=(*entry.conflicts, found))


def _with_due_conflicts(entry: EntryPlan, rows: StoredRows) -> EntryPlan:
    """Agencies whose own deadline was changed by people (an extension), and now by the file."""
    task = rows.tasks.get(entry.key)
    if task is None or not {"due", "deadline_confirmed", "recurrence"} & entry.changes.keys():
        return entry
    then = {name: entry.changes.get(name, getattr(task, name)) for name in DEADLINE_FIELDS}
    incoming = then["due"] if then["deadline_confirmed"] else None
    goes_on = then["deadline_confirmed"] and then["recurrence"]
    moved = {change.key for change in entry.assignments}
    found = []
    for key, periods in rows.assignments_of(entry.key).items():
        last = latest_of(periods)
        was = last.original_due if last.period else firm_due(task)
        # Another rule leaves the periods that are made as they are.
        is_touched = key not in moved and last.status not in _FINISHED and not (last.period and goes_on)
        if is_touched and last.due != was and not is_same(last.due, incoming):
            found.append(Conflict(f"due ({key.agency})", was, last.due, incoming))
    return replace(entry, conflicts=(*entry.conflicts, *found)) if found else entry


def keep_source(work: Work, key: str, sha256: str | None) -> None:
    """The source document's file, kept under DATA_DIR; None where the tasks file names none any more."""
    document = work.session.exec(select(Document).where(col(Document.key) == key)).one()
    if document.file_sha256 == sha256:
        return
    before, document.file_sha256 = document.file_sha256, sha256
    work.record("document_file", document_id=document.id, before={"sha256": before}, after={"sha256": sha256})


def _follow_up(work: Work, outcome: Outcome, past: str | None, at_once: bool) -> Telling:
    """Reminders and messages, after all is written: what is held decides both."""
    document, last_day = outcome.document, last_overdue_day(work.today, work.calendar)
    newly_due = [*outcome.given, *(each for each in outcome.changed if each.has_new_due)]
    found_past = any(each.assignment.role == "lead" and _is_past(each, last_day) for each in newly_due)
    if found_past and document.past != "silent":
        document.past = "held"
    # Afresh: this transaction may have read the ladders before.
    _plan_reminders(replace(work), outcome)
    notices = []
    if document.past == "held" and past is not None:
        choose_past(work, None, document.id, past)
    elif document.past == "held" and found_past:
        notices.append(_say_past(work, document, last_day))
    if outcome.given or outcome.changed:
        notices.append(settling.say_open(work, document))
    news = [each for each in _say_all(work, outcome, last_day) if each is not None]
    telling = load_messages.tell(work, document, news, at_once=at_once)
    dispatch(work, notices)
    return telling


def _is_past(touched: Touched, last_day: date) -> bool:
    """Also by a reading that is not confirmed yet: going live on an old document must not flood anyone."""
    due = touched.assignment.due or touched.task.due
    return due is not None and due <= last_day


def _plan_reminders(work: Work, outcome: Outcome) -> None:
    for each in outcome.given:
        # Given again, its ladder begins anew: steps sent before the withdrawal may come once more.
        (replan if each.assignment.version else schedule)(work, each.assignment, each.task)
    for each in outcome.changed:
        if each.has_new_due:
            replan(work, each.assignment, each.task)
    for each in outcome.withdrawn:
        schedule(work, each.assignment, each.task)
    if outcome.is_replanned:
        plan_from_now(work, document_id=outcome.document.id)
    for task in outcome.replanned:
        plan_from_now(work, task_id=task.id)


def _say_all(work: Work, outcome: Outcome, last_day: date) -> Iterator[Said | None]:
    is_held = outcome.document.past in ("held", "silent")
    for each in outcome.given:
        # What had passed is not announced as new: once that is chosen, its reminders speak of it.
        if not _is_past(each, last_day):
            yield _say(work, "assignment", each.assignment.plan_no, each)
    for kind, touched in (("changed", outcome.changed), ("withdrawn", outcome.withdrawn)):
        for each in touched:
            if not (is_held and _is_past(each, last_day)):
                yield _say(work, kind, each.assignment.version, each)


def _say(work: Work, kind: str, number: int, touched: Touched) -> Said | None:
    assignment = touched.assignment
    return say(
        work,
        kind,
        f"{kind}:{assignment.id}:{number}",
        audience="agency",
        agency_id=answering_agency(assignment, touched.task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
        data={"changes": touched.changes} if touched.changes else None,
    )


def _say_past(work: Work, document: Document, last_day: date) -> Said | None:
    # As in _is_past: also by a reading that is not confirmed yet.
    due = func.coalesce(col(Assignment.due), col(Task.due))
    passed = (
        select(func.count(), func.min(due))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(
            col(Task.document_id) == document.id,
            col(Assignment.role) == "lead",
            col(Assignment.status).not_in(_FINISHED),
            due <= last_day,
        )
    )
    loads = select(func.count()).where(col(Event.document_id) == document.id, col(Event.action) == "loaded")
    count, first = work.session.exec(passed).one()
    return say(
        work,
        "past",
        f"past:{document.id}:{work.session.exec(loads).one()}",
        audience="secretariat",
        data={"document_id": document.id, "count": count, "first": str(first)},
    )
