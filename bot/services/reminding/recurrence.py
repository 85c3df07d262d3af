"""What becomes of a task's assignments when it begins to recur, recurs otherwise, or stops recurring."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from sqlmodel import col, select

from bot.documents.recurrence import find_rule_fault
from bot.domain.assignment import OPEN
from bot.domain.periods import Period, iterate_periods
from bot.errors import UserError
from bot.services.context import Actor, Work
from bot.services.reminding.moving import set_due
from bot.services.reminding.periods import (
    find_current,
    find_latest_made,
    firm_due,
    is_over,
    latest_of,
    make,
    restart,
    rule_of,
)
from bot.services.reminding.reminders import replan, schedule
from db.models import Assignment, Task

_DAY = timedelta(days=1)


@dataclass
class Followed:
    """`moved`: what took another deadline (which it was before); `given`: assignments that are new."""

    moved: dict[int, date | None] = field(default_factory=dict)
    given: list[Assignment] = field(default_factory=list)


@dataclass(frozen=True)
class Why:
    """Who changed how a task recurs (None: a file), and for what reason."""

    reason: str
    actor: Actor | None = None


def set_recurrence(
    work: Work, task: Task, rule: str, *, reason: str, actor: Actor | None = None
) -> list[Assignment]:
    """The secretariat says how a task recurs; what is open without a period becomes the first one.

    Periods already made keep their deadline. Returns the assignments that were moved or are new, planned anew.
    Raises UserError where the rule cannot be followed. Who may do this, and who is told, is the caller's.
    """
    if (fault := find_rule_fault(rule, work.today)) is not None:
        raise UserError(work.texts(actor.language if actor else None).say(fault))
    # Against a tick that is making periods of it.
    work.session.refresh(task, with_for_update=True)
    task.recurrence, task.deadline_kind, task.due, task.deadline_confirmed = rule, "recurring", None, True
    return follow(work, task, Why(reason, actor))


def follow(work: Work, task: Task, why: Why) -> list[Assignment]:
    """As `follow_rule`, for all who have the task, and plans what was moved or is new; returns that."""
    rows = work.session.exec(
        select(Assignment)
        .where(col(Assignment.task_id) == task.id)
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    ).all()
    holders: dict[tuple[int, str], list[Assignment]] = {}
    for each in rows:
        holders.setdefault((each.agency_id, each.role), []).append(each)
    followed = follow_rule(work, task, holders.values(), why)
    moved = [each for each in rows if each.id in followed.moved]
    for each in moved:
        each.version += 1
        replan(work, each, task)
    for each in followed.given:
        schedule(work, each, task)
    work.session.flush()
    return [*moved, *followed.given]


def follow_rule(work: Work, task: Task, holders: Iterable[list[Assignment]], why: Why) -> Followed:
    """Makes the assignments of a task fit its rule, which has changed; `holders`: the rows of each agency and role.

    Planning and telling are the caller's.
    """
    followed = Followed()
    recurs, made = rule_of(task) is not None, find_latest_made(work, task)
    on = max(work.today, made.due + _DAY) if made else work.today
    task.recurs_since = on if recurs else None
    current = find_current(work, task)
    for rows in holders:
        last = latest_of(rows)
        if is_over(last):
            continue
        if current is not None and not last.period:
            _begin(work, task, rows, current, why, followed)
        elif not recurs and last.period:
            _stop(work, task, rows, why, followed)
    work.session.flush()
    restart(work, task)
    return followed


def _begin(
    work: Work, task: Task, rows: list[Assignment], current: Period, why: Why, followed: Followed
) -> None:
    """What is open becomes the first period, with its history; after what is handed in comes a new one."""
    last, had = latest_of(rows), {each.period for each in rows}
    later = iterate_periods(rule_of(task) or "", current.due + _DAY, task.recurs_since)
    period = next((each for each in chain([current], later) if each.key not in had), None)
    if period is None:
        return
    if last.status in OPEN:
        followed.moved[last.id] = last.due
        move(work, task, last, why, period=period.key, due=period.due)
    else:
        followed.given.append(make(work, task, last, work.now, period=period.key, due=period.due))


def _stop(work: Work, task: Task, rows: list[Assignment], why: Why, followed: Followed) -> None:
    """The period whose day has not passed becomes the task's one assignment, or else there is a new one."""
    last = latest_of(rows)
    if any(not each.period for each in rows):
        return
    if last.status in OPEN and last.original_due is not None and last.original_due >= work.today:
        followed.moved[last.id] = last.due
        move(work, task, last, why, period="", due=firm_due(task))
    else:
        followed.given.append(make(work, task, last, work.now, period="", due=firm_due(task)))


def move(work: Work, task: Task, assignment: Assignment, why: Why, *, period: str, due: date | None) -> None:
    """The same assignment for another period; the earlier deadline stays on record."""
    before = {"period": assignment.period, "due": _iso(assignment.due)}
    if assignment.due != due:
        set_due(work, why.actor, assignment, due, why.reason)
    assignment.period, assignment.original_due = period, due
    work.record(
        "deadline_changed",
        actor=why.actor,
        document_id=task.document_id,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after={"period": period, "due": _iso(due), "reason": why.reason},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
