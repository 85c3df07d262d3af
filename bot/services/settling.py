"""Deadlines that are open: which tasks have none yet or two readings, and **Ấn định thời hạn**."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.deadlines import DeadlineKind, DeadlineReading, read_deadline, render_deadline
from bot.domain.periods import first_period
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, load_calendar, require
from bot.services.notices import dispatch, say
from bot.services.recurrence import Why, follow, set_recurrence
from bot.services.reminders import answering_agency, replan
from bot.services.reports import check_content
from bot.services.said import Said
from db.models import Assignment, DeadlineChange, Document, Event, Member, Task

_FINISHED = (Status.COMPLETED.value, Status.WITHDRAWN.value)


@dataclass(frozen=True)
class OpenTask:
    """A task whose deadline is open, and how many agencies it concerns."""

    id: int
    clause_label: str
    title: str
    document: str
    words: str | None
    candidates: tuple[date, ...]
    agencies: int


@dataclass(frozen=True)
class Choice:
    """What the deadline is to be: of `kind` “none” there is none. `words` as read back to people."""

    kind: str
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None
    words: str = ""


NO_DEADLINE = Choice("none")


def _is_unsettled() -> ColumnElement[bool]:
    open_kind = or_(
        col(Task.deadline_kind).in_(("none", "relative")),
        and_(col(Task.deadline_kind) == "recurring", col(Task.recurrence).is_(None)),
    )
    return and_(
        open_kind, col(Task.due).is_(None), col(Task.deadline_confirmed), col(Task.settled_at).is_(None)
    )


def _is_unconfirmed() -> ColumnElement[bool]:
    return col(Task.deadline_confirmed).is_(False)


def _select_open(condition: ColumnElement[bool]) -> Any:
    agencies = func.count(func.distinct(col(Assignment.agency_id)))
    return (
        select(Task, Document.title, agencies)
        .join(Document, col(Document.id) == col(Task.document_id))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(condition, col(Task.withdrawn_at).is_(None), col(Assignment.status).not_in(_FINISHED))
        .group_by(col(Task.id), col(Document.title))
        .order_by(col(Task.document_id), col(Task.id))
    )


def list_unsettled(work: Work) -> list[OpenTask]:
    """“Chưa ấn định thời hạn”: no date, and nobody has said that there is none."""
    return _list(work, _is_unsettled())


def list_unconfirmed(work: Work) -> list[OpenTask]:
    """“Văn phòng xác nhận hạn”: the words can be read in two ways."""
    return _list(work, _is_unconfirmed())


def _list(work: Work, condition: ColumnElement[bool]) -> list[OpenTask]:
    return [
        OpenTask(
            task.id,
            task.clause_label,
            task.title,
            document,
            task.deadline_text,
            list_candidates(task),
            agencies,
        )
        for task, document, agencies in work.session.execute(_select_open(condition))
    ]


def list_candidates(task: Task) -> tuple[date, ...]:
    """The days of the possible readings, earliest first."""
    days = {date.fromisoformat(each) for each in task.candidates or ()}
    return tuple(sorted(days | ({task.due} if task.due else set())))


def count_open(work: Work) -> tuple[int, int]:
    """How many tasks have no deadline yet, and how many wait for a confirmation."""
    return len(list_unsettled(work)), len(list_unconfirmed(work))


def say_open(work: Work, document: Document) -> Said | None:
    """Asks the secretariat to settle what a load has left open; None where it has left nothing."""
    if not _count_of(work, document.id, _is_unsettled()) + _count_of(work, document.id, _is_unconfirmed()):
        return None
    loads = select(func.count()).where(col(Event.document_id) == document.id, col(Event.action) == "loaded")
    return say(
        work,
        "open_deadlines",
        f"open_deadlines:{document.id}:{work.session.exec(loads).one()}",
        audience="secretariat",
        data={"document_id": document.id},
    )


def count_of_document(work: Work, document_id: int) -> tuple[int, int]:
    """As `count_open`, of one document."""
    return _count_of(work, document_id, _is_unsettled()), _count_of(work, document_id, _is_unconfirmed())


def _count_of(work: Work, document_id: int, condition: ColumnElement[bool]) -> int:
    query = _select_open(and_(condition, col(Task.document_id) == document_id))
    return len(work.session.execute(query).all())


def get_task(work: Work, actor: Actor, task_id: int) -> Task:
    """A task whose deadline this person may settle. Raises UserError otherwise."""
    require(work, actor, Action.SETTLE_DEADLINE)
    task = work.session.get(Task, task_id)
    if task is None or task.withdrawn_at is not None:
        raise work.refuse("bad_button", actor.language)
    return task


def read_words(work: Work, task: Task, words: str) -> DeadlineReading:
    """Any phrase, on the document's date (today where it has none) and by the office's calendar."""
    document = work.session.get_one(Document, task.document_id)
    on = document.issued_on or work.today
    return read_deadline(words, on, load_calendar(work.session, on.year))


def choose(work: Work, actor: Actor, task: Task, reading: DeadlineReading, words: str) -> Choice:
    """The deadline read from the phrase. Raises UserError with what would be right."""
    language = actor.language
    if reading.problem:
        raise work.refuse("settle_problem", language, text=words[:100], problem=reading.problem)
    if reading.warning:
        raise work.refuse("settle_problem", language, text=words[:100], problem=reading.warning)
    has_deadline = reading.due or reading.recurrence or reading.kind is DeadlineKind.ONGOING
    if reading.ambiguous or not has_deadline:
        raise work.refuse("settle_unread", language, text=words[:100])
    shown = replace(reading, kind=DeadlineKind.DATE) if reading.kind is DeadlineKind.RELATIVE else reading
    return Choice(
        reading.kind.value, reading.due, reading.recurrence, reading.precision, render_deadline(shown)
    )


def find_first_due(work: Work, choice: Choice) -> date | None:
    """The day of the deadline, or of the first period."""
    if choice.recurrence is None:
        return choice.due
    found = first_period(choice.recurrence, work.today, work.today)
    return found.due if found else None


def settle(
    work: Work, actor: Actor, task_id: int, choice: Choice, reason: str, *, seen: datetime | None
) -> Task:
    """Fixes the deadline, or that there is none (with a reason), for all whose work is not finished.

    `seen`: when it had been settled as the person saw it. Raises UserError where somebody was faster.
    """
    get_task(work, actor, task_id)
    task = work.session.exec(
        select(Task)
        .where(col(Task.id) == task_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if task.settled_at != seen and task.settled_at is not None:
        member = work.session.get(Member, task.settled_by)
        name = member.name if member else "—"
        raise work.refuse("settled", actor.language, name=name, at=task.settled_at)
    check_content(work, actor, reason, ())
    if choice.kind == "none" and not reason:
        raise work.refuse("empty_reason", actor.language)
    before = _values(task)
    told = _apply(work, actor, task, choice, reason)
    task.settled_at, task.settled_by, task.settled_reason = work.now, actor.member_id, reason or None
    work.record(
        "deadline_settled",
        actor=actor,
        document_id=task.document_id,
        before={"clause": task.clause, **before},
        after={"clause": task.clause, **_values(task), "reason": reason or None},
    )
    dispatch(work, [_say(work, assignment, task, old) for assignment, old in told])
    return task


def _values(task: Task) -> dict[str, Any]:
    return {
        "deadline_kind": task.deadline_kind,
        "due": _iso(task.due),
        "recurrence": task.recurrence,
        "deadline_confirmed": task.deadline_confirmed,
    }


def _apply(
    work: Work, actor: Actor, task: Task, choice: Choice, reason: str
) -> list[tuple[Assignment, date | None]]:
    """The assignments that have another deadline now, with the one they had."""
    why = reason or choice.words
    rows = _list_assignments(work, task)
    old = {each.id: each.due for each in rows}
    if choice.recurrence is not None:
        moved = set_recurrence(work, task, choice.recurrence, reason=why, actor=actor)
        return [(each, old.get(each.id)) for each in moved]
    recurred = task.recurrence is not None
    task.deadline_kind, task.due, task.recurrence = choice.kind, choice.due, None
    task.precision, task.deadline_confirmed = choice.precision, True
    moved = follow(work, task, Why(why, actor)) if recurred else []
    done = {each.id for each in moved}
    others = [each for each in rows if not each.period and each.id not in done]
    told = [*moved, *(each for each in others if _set_due(work, actor, task, each, why))]
    return [(each, old.get(each.id)) for each in told]


def _list_assignments(work: Work, task: Task) -> Sequence[Assignment]:
    return work.session.exec(
        select(Assignment)
        .where(col(Assignment.task_id) == task.id, col(Assignment.status).not_in(_FINISHED))
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    ).all()


def _set_due(work: Work, actor: Actor, task: Task, assignment: Assignment, why: str) -> bool:
    """Whether it has another deadline now; reminders begin or end with it."""
    before = assignment.due
    if before == task.due:
        replan(work, assignment, task)
        return False
    work.session.add(
        DeadlineChange(
            assignment_id=assignment.id,
            old_due=before,
            new_due=task.due,
            reason=why,
            changed_by=actor.member_id,
            changed_at=work.now,
        )
    )
    assignment.due = task.due
    assignment.original_due = assignment.original_due or task.due
    assignment.version += 1
    replan(work, assignment, task)
    work.record(
        "deadline_changed",
        actor=actor,
        document_id=task.document_id,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before={"due": _iso(before)},
        after={"due": _iso(task.due), "reason": why},
    )
    return True


def _say(work: Work, assignment: Assignment, task: Task, old: date | None) -> Said | None:
    return say(
        work,
        "changed",
        f"changed:{assignment.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
        data={"changes": {"due": [_iso(old), _iso(assignment.due)]}},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
