"""The periods of recurring tasks, made one ahead: each is an assignment with its own deadline and history."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.domain.periods import Period, first_period
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.duty import Due, Found, Queries
from bot.services.reminding.reminders import plan_again
from db.models import Assignment, Document, Task

# A transaction's share, so that others may write in between.
TASKS = 20
ROWS = 40
_DAY = timedelta(days=1)
_OVER = (Status.WITHDRAWN.value, Status.SUSPENDED.value)


def rule_of(task: Task) -> str | None:
    """The rule that makes periods now: none while its reading is not confirmed (docs/decisions/0005)."""
    recurs = task.deadline_kind == "recurring" and task.deadline_confirmed and task.withdrawn_at is None
    return task.recurrence or None if recurs else None


def firm_due(task: Task) -> date | None:
    """The deadline that may press: none while its reading is not confirmed (docs/decisions/0005)."""
    return task.due if task.deadline_confirmed else None


def latest_of(rows: Iterable[Assignment]) -> Assignment:
    """Of an agency's assignments of one task, the one that was given last."""
    return max(rows, key=lambda each: (each.assigned_at, each.id))


def is_over(assignment: Assignment) -> bool:
    """Whether the agency gets no period after this one."""
    return assignment.status in _OVER or assignment.ended_at is not None


def find_current(work: Work, task: Task) -> Period | None:
    """The period whose day has not passed, made or yet to be made; None where the task has no more."""
    rule = rule_of(task)
    if rule is None:
        return None
    made = find_latest_made(work, task)
    if made is not None and made.due >= work.today:
        return made
    on = max(work.today, made.due + _DAY) if made else work.today
    return first_period(rule, on, task.recurs_since or on)


def find_latest_made(work: Work, task: Task, earlier_than: date = date.max) -> Period | None:
    """The last period that any agency has, whatever became of it."""
    query = (
        select(Assignment)
        .where(
            col(Assignment.task_id) == task.id,
            col(Assignment.period) != "",
            col(Assignment.original_due) < earlier_than,
        )
        .order_by(col(Assignment.original_due).desc(), col(Assignment.id))
    )
    last = work.session.exec(query.limit(1)).first()
    return Period(last.original_due, last.period) if last and last.original_due else None


def restart(work: Work, task: Task) -> None:
    """When the next period is to be made, after its rule or its agencies were changed; only ahead of today."""
    rule = rule_of(task)
    if rule is None:
        task.next_period_on = None
        return
    rows = work.session.exec(select(Assignment).where(col(Assignment.task_id) == task.id)).all()
    holders: dict[tuple[int, str], list[Assignment]] = {}
    for each in rows:
        holders.setdefault((each.agency_id, each.role), []).append(each)
    latest = [latest_of(each) for each in holders.values()]
    made = [each.original_due for each in latest if each.period and each.original_due and not is_over(each)]
    on = max(work.today, min(made) + _DAY) if made else work.today
    task.recurs_since = task.recurs_since or work.today
    task.next_period_on = _find_day(task, rule, on)


def _find_day(task: Task, rule: str, on: date) -> date | None:
    """`on`, if the rule goes on to some day after it."""
    return on if first_period(rule, on, task.recurs_since or on) else None


def make(
    work: Work, task: Task, before: Assignment, at: datetime, *, period: str, due: date | None
) -> Assignment:
    """The agency's assignment after `before`, for the same person: whoever has received the task has received it."""
    made = build(before, at, period, due)
    work.session.add(made)
    work.session.flush()
    _note(work, task, made)
    return made


def build(before: Assignment, at: datetime, period: str, due: date | None) -> Assignment:
    """As `make`, not stored."""
    return Assignment(
        task_id=before.task_id,
        agency_id=before.agency_id,
        role=before.role,
        period=period,
        due=due,
        original_due=due,
        person=before.person,
        assigned_at=max(at, before.assigned_at),
        acknowledged_at=before.acknowledged_at,
        acknowledged_by=before.acknowledged_by,
        holder_id=before.holder_id,
        handed_by=before.handed_by,
        handed_at=before.handed_at,
        received_at=before.received_at,
    )


def _note(work: Work, task: Task, made: Assignment) -> None:
    due = made.due.isoformat() if made.due else None
    work.record(
        "period_made" if made.period else "assigned",
        document_id=task.document_id,
        assignment_id=made.id,
        agency_id=made.agency_id,
        after={"role": made.role, "period": made.period, "due": due},
    )


def give_current(work: Work, task: Task, assignment: Assignment) -> Assignment | None:
    """To an agency that goes on after a while with its last assignment: the period whose day has not passed."""
    query = select(Assignment).where(
        col(Assignment.task_id) == task.id,
        col(Assignment.agency_id) == assignment.agency_id,
        col(Assignment.role) == assignment.role,
    )
    rows, current = work.session.exec(query).all(), find_current(work, task)
    if current is None or is_over(assignment) or not assignment.period or latest_of(rows) is not assignment:
        return None
    if any(each.period == current.key for each in rows):
        return None
    made = make(work, task, assignment, work.now, period=current.key, due=current.due)
    plan_again(work, made, task, ())
    return made


def ask_next() -> Queries:
    """The earliest day on which a period is to be made."""
    return [select(func.min(col(Task.next_period_on))).where(col(Task.next_period_on).is_not(None))]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """The local midnight that begins that day."""
    (on,) = found
    return None if on is None else midnight(work, on)


def midnight(work: Work, on: date) -> datetime:
    """The instant at which a local day begins: periods are made then."""
    return datetime.combine(on, time(), work.office.zone).astimezone(UTC)


def fire(work: Work) -> Due:
    """Makes the periods of a few tasks, those missed first; none is made twice, whoever else is making them."""
    query = (
        select(Task)
        .where(col(Task.next_period_on) <= work.today)
        .order_by(col(Task.next_period_on), col(Task.id))
        .limit(TASKS)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    tasks = work.session.exec(query).all()
    left = ROWS
    for task in tasks:
        while left > 0 and task.next_period_on is not None and task.next_period_on <= work.today:
            left -= _make_next(work, task, task.next_period_on, left)
    work.session.flush()
    return Due(0, bool(tasks))


def _make_next(work: Work, task: Task, on: date, most: int) -> int:
    """Makes the first period due on `on` or later for the agencies that lack it; how much of the share it took."""
    rule = rule_of(task)
    period = first_period(rule, on, task.recurs_since or on) if rule else None
    if rule is None or period is None:
        task.next_period_on = None
        return 1
    lacking = list_lacking(work, task, period, most)
    # As if in time: what was missed while nothing ran gets the one reminder that is current now.
    at = min(work.now, midnight(work, on))
    document = work.session.get_one(Document, task.document_id)
    made = [build(before, at, period.key, period.due) for before in lacking]
    work.session.add_all(made)
    work.session.flush()
    for each in made:
        _note(work, task, each)
        plan_again(work, each, task, ())
    # Held until here, or the session would forget it and read it for each.
    del document
    if len(lacking) < most:
        task.next_period_on = _find_day(task, rule, period.due + _DAY)
    return max(1, len(lacking))


def list_lacking(work: Work, task: Task, period: Period, most: int) -> Sequence[Assignment]:
    """The last assignments of the agencies that have the period before this one, and not this one."""
    last = find_latest_made(work, task, period.due)
    if last is None:
        return []
    other = aliased(Assignment)
    of_same = and_(
        col(other.task_id) == col(Assignment.task_id),
        col(other.agency_id) == col(Assignment.agency_id),
        col(other.role) == col(Assignment.role),
    )
    newer = tuple_(col(other.assigned_at), col(other.id)) > tuple_(
        col(Assignment.assigned_at), col(Assignment.id)
    )
    query = (
        select(Assignment)
        .where(
            col(Assignment.task_id) == task.id,
            # An agency that was given a single earlier one has not been given the task.
            (col(Assignment.period) == last.key) | (col(Assignment.original_due) == last.due),
            col(Assignment.status).not_in(_OVER),
            col(Assignment.ended_at).is_(None),
            ~select(other.id).where(of_same, (col(other.period) == period.key) | newer).exists(),
        )
        .order_by(col(Assignment.agency_id), col(Assignment.role))
    )
    return work.session.exec(query.limit(most)).all()
