"""**Ấn định thời hạn**: fixes a deadline that the document leaves open, or that there is none, for all concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.drawing.rendering import draw
from bot.services.notice.holding import make_hold
from bot.services.notice.said import Said
from bot.services.reminding.moving import set_due
from bot.services.reminding.recurrence import Why, follow, set_recurrence
from bot.services.reminding.reminders import answering_agency, replan
from bot.services.saying.notices import dispatch, say
from bot.services.standing.open_deadlines import count_open, is_open_or_settled
from bot.services.typed_deadlines import Choice, check_day, find_first_due, find_issued_on
from bot.services.typed_words import check_content
from bot.texts import Html
from db.models import Assignment, Document, Event, Member, Task

SETTLED = "deadline_settled"
_FINISHED = (Status.COMPLETED.value, Status.WITHDRAWN.value)
_ONGOING = "ongoing"


@dataclass(frozen=True)
class Settled:
    """Who has fixed a deadline, when and why."""

    name: str
    at: datetime
    reason: str | None


@dataclass(frozen=True)
class Settlement:
    """A task whose deadline was just fixed, and how many agencies are told; several, only after a minute."""

    task: Task
    agencies: int

    @property
    def is_held(self) -> bool:
        return self.agencies > 1


@dataclass(frozen=True)
class Told:
    """An assignment whose deadline is another: as it was, and as it is (a day, words, or what there is instead)."""

    assignment: Assignment
    before: str | None
    after: str | dict[str, Any] | None


def find_settled(work: Work, task: Task) -> Settled | None:
    """What has been settled about a task; None where nothing was."""
    if task.settled_at is None:
        return None
    member = work.session.get(Member, task.settled_by) if task.settled_by else None
    return Settled(member.name if member else "—", task.settled_at, task.settled_reason)


def say_open(work: Work, document: Document) -> Said | None:
    """Asks the secretariat to settle what a load has left open; None where it has left nothing."""
    if not any(count_open(work, document.id)):
        return None
    loads = select(func.count()).where(col(Event.document_id) == document.id, col(Event.action) == "loaded")
    return say(
        work,
        "open_deadlines",
        f"open_deadlines:{document.id}:{work.session.exec(loads).one()}",
        audience="secretariat",
        data={"document_id": document.id},
    )


def get_task(work: Work, actor: Actor, task_id: int) -> Task:
    """A task whose deadline this person may settle. Raises UserError otherwise."""
    require(work, actor, Action.SETTLE_DEADLINE)
    task = work.session.get(Task, task_id)
    if task is None or task.withdrawn_at is not None:
        raise work.refuse("bad_button", actor.language)
    _check_open(work, actor, task)
    return task


def _check_open(work: Work, actor: Actor, task: Task) -> None:
    if not is_open_or_settled(task):
        raise work.refuse("settle_fixed", actor.language, label=task.clause_label[:80])


def settle(
    work: Work, actor: Actor, task_id: int, choice: Choice, reason: str, *, seen: datetime | None
) -> Settlement:
    """Fixes the deadline, or that there is none (with a reason), for all whose work is not finished.

    `seen`: when it had been settled as the person saw it. Raises UserError where somebody was faster.
    """
    get_task(work, actor, task_id)
    task = lock(work, actor, task_id, seen)
    check_content(work, actor, reason, ())
    if choice.kind == "none" and not reason:
        raise work.refuse("empty_reason", actor.language)
    if choice.due:
        check_day(work, actor, find_issued_on(work, task), choice.due)
    before = {**values_of(task), "settled": _settled_values(task)}
    told = apply(work, actor, task, choice, reason)
    done = Settlement(task, len({answering_agency(each.assignment, task) for each in told}))
    hold = make_hold(work) if done.is_held else None
    task.settled_at, task.settled_by, task.settled_reason = work.now, actor.member_id, reason or None
    after = {"clause": task.clause, "task": task.id, **values_of(task), "reason": reason or None}
    work.record(
        SETTLED,
        actor=actor,
        document_id=task.document_id,
        before={"clause": task.clause, **before},
        after={**after, "batch": hold.batch} if hold else after,
    )
    dispatch(work, [say_told(work, each, task) for each in told], hold)
    return done


def draw_example(work: Work, task: Task, choice: Choice) -> Html | None:
    """The exact words of what one of several agencies would be told; None where at most one is."""
    rows = [each for each in _list_assignments(work, task) if not each.period or not choice.recurrence]
    if len({answering_agency(each, task) for each in rows}) < 2:
        return None
    due = find_first_due(work, choice)
    said = Said(
        dedupe_key="",
        kind="changed",
        audience="agency",
        due_at=work.now,
        agency_id=answering_agency(rows[0], task),
        assignment_id=rows[0].id,
        data={"changes": {"due": [_iso(rows[0].due), _iso(due) or _without_day(choice)]}},
    )
    screen = draw(work, [said], None)
    return Html(screen.text) if screen else None


def lock(work: Work, actor: Actor, task_id: int, seen: datetime | None) -> Task:
    """The task, for this transaction alone; `seen`: as in `settle`. Raises UserError where somebody was faster."""
    task = work.session.exec(
        select(Task)
        .where(col(Task.id) == task_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    settled = find_settled(work, task)
    if settled is not None and settled.at != seen:
        raise work.refuse("settled", actor.language, name=settled.name, at=settled.at)
    _check_open(work, actor, task)
    return task


def values_of(task: Task) -> dict[str, Any]:
    """The task's deadline as the record keeps it."""
    return {
        "deadline_kind": task.deadline_kind,
        "due": _iso(task.due),
        "recurrence": task.recurrence,
        "deadline_confirmed": task.deadline_confirmed,
        "precision": task.precision,
    }


def _settled_values(task: Task) -> dict[str, Any] | None:
    if task.settled_at is None:
        return None
    return {"at": task.settled_at.isoformat(), "by": task.settled_by, "reason": task.settled_reason}


def apply(work: Work, actor: Actor, task: Task, choice: Choice, reason: str) -> list[Told]:
    """Writes the deadline to the task and to all whose work is not finished; returns those that have another now."""
    why = Why(reason or work.texts().say(choice.wording), actor)
    rows = _list_assignments(work, task)
    had = {each.id: _iso(each.due) for each in rows}
    if choice.recurrence is not None:
        moved = set_recurrence(work, task, choice.recurrence, reason=why.reason, actor=actor)
        return [Told(each, had.get(each.id), _iso(each.due)) for each in moved]
    recurred, is_news = task.recurrence is not None, _is_news(task, choice)
    task.deadline_kind, task.due, task.recurrence = choice.kind, choice.due, None
    task.precision, task.deadline_confirmed = choice.precision, True
    moved = follow(work, task, why) if recurred else []
    done = {each.id for each in moved}
    others = [each for each in rows if not each.period and each.id not in done]
    changed = [*moved, *(each for each in others if _set_due(work, actor, task, each, why))]
    if not is_news:
        return [Told(each, had.get(each.id), _iso(each.due) or _without_day(choice)) for each in changed]
    for each in others:
        each.version += 1
    both = {each.id: each for each in (*changed, *others)}
    return [Told(each, had.get(each.id), _without_day(choice)) for each in both.values()]


def _without_day(choice: Choice) -> dict[str, Any]:
    """What is told in place of a day; each reader's language has its own words for it."""
    return {"kind": choice.kind, "recurrence": choice.recurrence}


def _is_news(task: Task, choice: Choice) -> bool:
    """Whether agencies are told though no day changes: it is ongoing, or they were told that it was in doubt."""
    if choice.due is not None or choice.recurrence is not None:
        return False
    return choice.kind == _ONGOING != task.deadline_kind or not task.deadline_confirmed


def _list_assignments(work: Work, task: Task) -> Sequence[Assignment]:
    return work.session.exec(
        select(Assignment)
        .where(col(Assignment.task_id) == task.id, col(Assignment.status).not_in(_FINISHED))
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    ).all()


def _set_due(work: Work, actor: Actor, task: Task, assignment: Assignment, why: Why) -> bool:
    """Whether it has another deadline now; reminders begin or end with it."""
    before = assignment.due
    if before == task.due:
        replan(work, assignment, task)
        return False
    set_due(work, actor, assignment, task.due, why.reason)
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
        after={"due": _iso(task.due), "reason": why.reason},
    )
    return True


def say_told(work: Work, told: Told, task: Task) -> Said | None:
    """The message to the agency that has another deadline."""
    assignment = told.assignment
    return say(
        work,
        "changed",
        f"changed:{assignment.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
        data={"changes": {"due": [told.before, told.after]}},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
