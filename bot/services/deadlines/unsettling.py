"""**Thu lại** of a deadline that was just settled for many: it stands as before, and who had heard of it is told so."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.services.context import Actor, Work
from bot.services.deadlines.settling import SETTLED, Told, apply, get_task, lock, say_told, values_of
from bot.services.saying import taking_back
from bot.services.saying.notices import dispatch
from bot.services.typed_deadlines import Choice
from db.models import Assignment, Event, Task


def take_back(work: Work, actor: Actor, task_id: int) -> tuple[Task, int]:
    """Within the minute: the deadline is again what it was. Returns the task, and how many messages had gone.

    Raises UserError where it is too late, or where the deadline has been settled anew since.
    """
    task = get_task(work, actor, task_id)
    event = _find_settlement(work, task)
    batch = event.after.get("batch") if event and event.after else None
    if event is None or event.before is None or not batch:
        raise work.refuse("bad_button", actor.language)
    _, gone = taking_back.take_back(work, actor, batch)
    lock(work, actor, task_id, task.settled_at)
    heard = taking_back.list_told(work, batch)
    after = values_of(task)
    told = _restore(work, actor, task, event.before)
    work.record(
        "deadline_unsettled",
        actor=actor,
        document_id=task.document_id,
        before={"clause": task.clause, **after},
        after={"clause": task.clause, **event.before},
    )
    dispatch(work, [say_told(work, each, task) for each in told if each.assignment.id in heard])
    return task, gone


def _find_settlement(work: Work, task: Task) -> Event | None:
    """The one that stands."""
    query = (
        select(Event)
        .where(col(Event.document_id) == task.document_id, col(Event.action) == SETTLED)
        .where(col(Event.at) == task.settled_at)
        .order_by(col(Event.id).desc())
    )
    return next(
        (each for each in work.session.exec(query) if (each.after or {}).get("task") == task.id), None
    )


def _restore(work: Work, actor: Actor, task: Task, before: dict[str, Any]) -> list[Told]:
    choice = Choice.from_json(
        {
            "kind": before["deadline_kind"],
            "due": before["due"] if before["deadline_confirmed"] else None,
            "recurrence": before["recurrence"] if before["deadline_confirmed"] else None,
            "precision": before["precision"],
        }
    )
    told = apply(work, actor, task, choice, work.texts().plain("settle.taken_back_reason"))
    stood = Choice.from_json({**choice.as_json(), "due": before["due"], "recurrence": before["recurrence"]})
    task.due, task.recurrence, task.precision = stood.due, stood.recurrence, stood.precision
    task.deadline_confirmed = before["deadline_confirmed"]
    earlier = before["settled"] or {"at": None, "by": None, "reason": None}
    task.settled_at = datetime.fromisoformat(earlier["at"]) if earlier["at"] else None
    task.settled_by, task.settled_reason = earlier["by"], earlier["reason"]
    for each in told:
        _forget_first_day(each.assignment)
    return [_as_written(each, task) for each in told]


def _as_written(told: Told, task: Task) -> Told:
    """Where there is no day again, what the document says counts."""
    if not isinstance(told.after, dict) or not task.deadline_text:
        return told
    return replace(told, after=task.deadline_text)


def _forget_first_day(assignment: Assignment) -> None:
    """One that has no deadline again never had a first one."""
    if assignment.due is None:
        assignment.original_due = None
