"""Plans all reminders anew when the days off, the time zone or the clock they were computed by is another."""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from bot.domain.assignment import OPEN
from bot.domain.calendar import WorkCalendar
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.duty import Due, Found, Queries
from bot.services.office.office_settings import lock_office_settings
from bot.services.reminding.reminders import plan_again
from db.bulk import table_of
from db.models import Assignment, Document, Notice, OfficeSettings, Task

BATCH = 100  # assignments a transaction: others may write in between
SET_BACK = timedelta(minutes=5)  # less is a clock being put right
NOTED_EVERY = timedelta(minutes=1)
_SETTINGS = table_of(OfficeSettings).c
_PLANNED = (*(status.value for status in OPEN), Status.AWAITING_CONFIRMATION.value)


def ask_next() -> Queries:
    """By what this office's reminders were planned, how far planning anew has come, and when the time was noted."""
    return [select_columns(_SETTINGS[name]) for name in ("plan_key", "replanned_to", "seen_at")]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """Now, where there is something to plan anew or the time to be noted."""
    key, replanned_to, seen_at = found
    is_planned = key == plan_key(work) and replanned_to is None
    is_noted = seen_at is not None and seen_at - SET_BACK <= work.now <= seen_at + NOTED_EVERY
    return None if is_planned and is_noted else work.now


def plan_key(work: Work) -> str:
    """What reminders are computed from beside their own rows, as a short hash."""
    return _hash_of(work.office.zone.key, work.calendar)


@functools.lru_cache(maxsize=16)
def _hash_of(zone: str, calendar: WorkCalendar) -> str:
    # Computed from its arguments alone, at every tick.
    days = [sorted(days) for days in (calendar.days_off, calendar.worked)]
    text = "|".join([zone, *(",".join(map(str, each)) for each in days)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fire(work: Work) -> Due:
    """Notes the time, and plans one batch anew; after a crash it goes on where it stood."""
    row = lock_office_settings(work)
    key = plan_key(work)
    if row.plan_key != key or is_set_back(row.seen_at, work.now):
        row.plan_key, row.replanned_to = key, 0
        if row.next_weekly_at is not None and row.next_weekly_at > work.now:
            row.next_weekly_at = None  # computed again at the next tick
    row.seen_at = work.now
    if row.replanned_to is None:
        return Due(0, more=False)
    row.replanned_to = _plan_batch(work, row.replanned_to)
    return Due(0, more=True)  # also when it was the last: what has become due is said in the same tick


def is_set_back(seen_at: datetime | None, now: datetime) -> bool:
    """Whether the clock is well behind what a tick has seen."""
    return seen_at is not None and now < seen_at - SET_BACK


def _plan_batch(work: Work, after: int) -> int | None:
    """Plans the assignments after this id anew; the last one reached, None at the end."""
    rows = work.session.exec(
        _select_rows()
        .where(col(Assignment.id) > after, col(Assignment.status).in_(_PLANNED))
        .order_by(col(Assignment.id))
        .limit(BATCH)
        .with_for_update(of=Assignment)
    ).all()
    _plan_rows(work, rows)
    return rows[-1][0].id if len(rows) == BATCH else None


def plan_from_now(work: Work, *, document_id: int | None = None, task_id: int | None = None) -> None:
    """Plans the open assignments of a document or a task by another ladder: no step twice, none for days gone by.

    What is due already is left to the next tick, and what is paused to its resuming.
    """
    is_of = col(Task.id) == task_id if task_id is not None else col(Task.document_id) == document_id
    is_due = col(Assignment.next_reminder_at) <= work.now
    rows = work.session.exec(
        _select_rows()
        .where(is_of, col(Assignment.status).in_([status.value for status in OPEN]))
        .where(col(Document.paused_at).is_(None))
        .where(col(Assignment.next_reminder_at).is_(None) | ~is_due)
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    ).all()
    for assignment, _, _ in rows:
        assignment.planned_until = max(work.now, assignment.assigned_at)
    _plan_rows(work, rows)


def _select_rows() -> Select[Assignment, Task, Document]:
    # The documents as well: a session forgets what nobody holds, and would ask for each row's again.
    return (
        select(Assignment, Task, Document)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Document, col(Document.id) == col(Task.document_id))
    )


def _plan_rows(work: Work, rows: Sequence[tuple[Assignment, Task, Document]]) -> None:
    ids = [assignment.id for assignment, _, _ in rows]
    said, said_today = _list_said(work, ids), _list_said_today(work, ids)
    for assignment, task, _ in rows:
        not_on = work.today if assignment.id in said_today else None
        plan_again(work, assignment, task, said.get((assignment.id, assignment.plan_no), ()), not_on)


def _list_said_today(work: Work, ids: Sequence[int]) -> set[int | None]:
    start, end = (
        datetime.combine(day, time(), tzinfo=work.office.zone)
        for day in (work.today, work.today + timedelta(1))
    )
    query = select(Notice.assignment_id).where(
        col(Notice.assignment_id).in_(ids),
        col(Notice.step).is_not(None),
        # A clock that ran ahead has left later ones.
        (start <= col(Notice.due_at)) & (col(Notice.due_at) < end),
    )
    return set(work.session.exec(query))


def _list_said(work: Work, ids: Sequence[int]) -> Mapping[tuple[int, int], Sequence[str]]:
    """The steps that were said, by assignment and plan."""
    query = select(Notice.assignment_id, Notice.plan_no, Notice.step).where(
        col(Notice.assignment_id).in_(ids), col(Notice.step).is_not(None), col(Notice.plan_no).is_not(None)
    )
    said: dict[tuple[int, int], list[str]] = defaultdict(list)
    for assignment_id, plan_no, step in work.session.exec(query):
        said[assignment_id, plan_no].append(step)  # type: ignore[index, arg-type]
    return said
