"""What a tick finds due becomes notices and messages, a batch in each transaction."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, literal_column, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Plan, Reminder, ReminderKind, current_reminder, next_reminder
from bot.domain.policy import Policy
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.contributions import list_led
from bot.services.notices import dispatch, say
from bot.services.reminders import EARLIEST, Due, answering_agency, plan_of
from bot.services.said import NOTHING, Said, say_all
from bot.services.view_cache import ViewCache, select_assignments
from bot.services.views import list_told_lately
from db.bulk import is_among, table_of
from db.models import Assignment, Report, Snooze

# Whole agencies, so that what falls together for one becomes one digest; few, so that the lock is short.
BATCH = 300
SNOOZES = 50
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_FOR_CONTACT: Mapping[str, Any] = {"contact": True}
_KINDS = {ReminderKind.ACKNOWLEDGE: "acknowledge", ReminderKind.STATUS: "status"}


class Turn(NamedTuple):
    """Where a ladder stands at an instant: the last step that has come, and the next."""

    last: Reminder | None
    next: Reminder | None


def may_remind(work: Work) -> bool:
    """Never on a day off, and after a night's outage not before the morning."""
    local = work.now.astimezone(work.office.zone)
    return work.calendar.is_working_day(local.date()) and local.time() >= EARLIEST


def find_next_at(work: Work) -> datetime | None:
    """When the next tick has something to do; for people who move a clock."""
    queries = (select_soonest(), select_soonest_snooze())
    soonest = (work.session.exec(query).one() for query in queries)
    return min((each for each in soonest if each is not None), default=None)


def select_soonest() -> SelectOfScalar[Any]:
    """When the first reminder of all comes."""
    at = col(Assignment.next_reminder_at)
    # Said in so many words, or SQLite does not see that the partial index will do.
    return select(func.min(at)).where(at.is_not(None))


def select_soonest_snooze() -> SelectOfScalar[Any]:
    return select(func.min(col(Snooze.until_at))).where(col(Snooze.notified_at).is_(None))


# What is due is found by its time alone, whatever a database knows of how much is stored: PostgreSQL cannot search
# by an expression, SQLite is told.
_AGENCY = table_of(Assignment).c.agency_id + literal_column("0")
_BY_TIME = "INDEXED BY assignment_reminder"


def select_due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Agencies with something due, and how many assignments."""
    table = table_of(Assignment)
    query = select_columns(_AGENCY, func.count()).where(table.c.next_reminder_at <= now)
    return query.group_by(_AGENCY).with_hint(table, _BY_TIME, "sqlite")


def fire_due(work: Work) -> Due:
    """Plans what is due, some agencies at a time; the work is proportional to what is due."""
    agencies, more = _choose(work)
    batch = _Batch(work, agencies)
    notices = say_all(work, [*batch.list_said(), *_wake_snoozed(work)])
    batch.move_on()
    if not dispatch(work, notices, views=batch.views):
        week = f"{work.today:%G-W%V}"
        told = say(work, "unreachable", f"unreachable:{week}", audience="secretariat")
        dispatch(work, [told])
    return Due(len(notices), more)


def _choose(work: Work) -> tuple[list[int], bool]:
    """The first agencies with something due, and whether there are others."""
    counts = sorted(work.session.execute(select_due(work.now)).all())
    chosen: list[int] = []
    rows = 0
    for agency_id, count in counts:
        rows += count
        if chosen and rows > BATCH:
            break
        chosen.append(agency_id)
    return chosen, len(chosen) < len(counts)


def select_batch(work: Work, agencies: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The due assignments of these agencies."""
    table = table_of(Assignment)
    query = select_assignments().where(table.c.next_reminder_at <= work.now)
    query = query.where(is_among(work.session, _AGENCY, agencies)).order_by(table.c.next_reminder_at)
    return query.with_hint(table, _BY_TIME, "sqlite")


class _Batch:
    """Due assignments, read at once; most stand at the same place of the same ladder."""

    def __init__(self, work: Work, agencies: Sequence[int]) -> None:
        self._work = work
        self.views = ViewCache(work)
        query = select_batch(work, agencies).with_for_update(skip_locked=True)
        self._rows: Sequence[Any] = work.session.execute(query).all() if agencies else ()
        self.views.keep(self._rows)
        self._turns = _Turns(work)
        self._today = work.today
        self._next: dict[datetime | None, list[int]] = defaultdict(list)

    def list_said(self) -> list[Said]:
        """What is to be said about them now; each has then a next step."""
        found = [(row, last) for row in self._rows if (last := self._take_turn(row)) is not None]
        waiting = [(row, last) for row, last in found if row.status == Status.AWAITING_CONFIRMATION]
        asked = [row.id for row, last in found if last.kind is ReminderKind.STATUS]
        told = list_told_lately(self._work, asked)
        reports = self._list_reports([row.id for row, _ in waiting])
        helping = [row for row, last in found if row.role != "lead" and last.kind is ReminderKind.BEFORE]
        done = {row.id for row in helping} - list_led(self._work, helping)
        found = [each for each in found if each[0].id not in done]
        said: list[Said] = []
        for row, last in found:
            if row.status == Status.AWAITING_CONFIRMATION:
                said += self._say_waiting(row, last, reports)
            elif last.kind is not ReminderKind.STATUS or row.id not in told:
                said += self._say_reminder(row, last)
        return said

    def move_on(self) -> None:
        """Each is looked at again when its next step comes."""
        for at, ids in self._next.items():
            moved = update(Assignment).where(is_among(self._work.session, col(Assignment.id), ids))
            self._work.session.execute(moved.values(planned_until=self._work.now, next_reminder_at=at))

    def _take_turn(self, row: Any) -> Reminder | None:
        """The step to send now, if any."""
        turn = self._turns.find(row, self.views.tasks[row.task_id])
        next_at = turn.next.at if turn.next else None
        self._next[next_at].append(row.id)
        since = row.planned_until or row.assigned_at
        if turn.last is None or turn.last.at <= since or self._is_today(next_at):
            return None  # today's own comes soon: never two on a day
        return turn.last

    def _is_today(self, at: datetime | None) -> bool:
        return at is not None and self._turns.day_of(at) == self._today

    def _list_reports(self, ids: Sequence[int]) -> Mapping[int, int]:
        """The completion report that waits, by assignment."""
        if not ids:
            return {}
        query = select(Report.assignment_id, Report.id).where(
            is_among(self._work.session, col(Report.assignment_id), ids),
            col(Report.kind) == "completion",
            col(Report.review) == "pending",
        )
        return dict(self._work.session.exec(query).all())

    def _say_waiting(self, row: Any, found: Reminder, reports: Mapping[int, int]) -> Iterator[Said]:
        report_id = reports.get(row.id)
        if report_id is not None:
            yield Said(
                dedupe_key=f"waiting:{row.id}:{report_id}:{found.step}",
                kind="waiting",
                audience="secretariat",
                due_at=self._work.now,
                assignment_id=row.id,
                report_id=report_id,
                step=found.step,
            )

    def _say_reminder(self, row: Any, found: Reminder) -> list[Said]:
        kind = _KINDS.get(found.kind, "reminder")
        about = Said(
            dedupe_key=f"{kind}:{row.id}:{row.period}:{row.plan_no}:{found.step}",
            kind=kind,
            audience="agency",
            due_at=self._work.now,
            agency_id=answering_agency(row, self.views.tasks[row.task_id]),
            assignment_id=row.id,
            plan_no=row.plan_no,
            step=found.step,
            data=_FOR_CONTACT if found.for_contact else NOTHING,
        )
        if kind != "acknowledge":
            return [about]
        key = f"unacknowledged:{self._today}"
        return [about, Said(key, "unacknowledged", "secretariat", self._work.now)]


class _Turns:
    """Where ladders stand now: many assignments stand at the same place of the same ladder."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[Any, ...], Turn] = {}
        self._days: dict[datetime, date] = {}

    def find(self, row: Any, task: Any) -> Turn:
        # All that `plan_of` looks at; of an instant a ladder knows only the local day.
        key = (
            row.task_id,
            row.role,
            row.status,
            row.due,
            row.complete_by,
            row.acknowledged_at is None,
            row.original_due if row.period else None,
            self.day_of(row.assigned_at),
            self.day_of(row.submitted_at) if row.submitted_at else None,
        )
        if key not in self._known:
            plan, policy = plan_of(self._work, row, task)
            noon = datetime.combine(self.day_of(plan.assigned_at), time(12), self._work.office.zone)
            plan = replace(plan, assigned_at=noon)
            self._known[key] = _turn(
                plan, policy, self._work.calendar, self._work.office.zone, self._work.now
            )
        return self._known[key]

    def day_of(self, at: datetime) -> date:
        if at not in self._days:
            self._days[at] = at.astimezone(self._work.office.zone).date()
        return self._days[at]


@functools.lru_cache(maxsize=512)
def _turn(plan: Plan, policy: Policy, calendar: WorkCalendar, zone: ZoneInfo, now: datetime) -> Turn:
    # Computed from its arguments alone; the batches of a tick ask for the same.
    last = current_reminder(plan, policy, calendar, zone, _LONG_AGO, now)
    return Turn(last, next_reminder(plan, policy, calendar, zone, now))


def _wake_snoozed(work: Work) -> list[Said]:
    """For those whose snooze is over."""
    rows = work.session.execute(
        select(Snooze.id, Snooze.member_id, Snooze.until_at, Snooze.assignment_id)
        .add_columns(col(Assignment.plan_no))
        .join(Assignment, col(Assignment.id) == col(Snooze.assignment_id))
        .where(col(Snooze.until_at) <= work.now, col(Snooze.notified_at).is_(None))
        .limit(SNOOZES)
    ).all()
    if rows:
        told = update(Snooze).where(col(Snooze.id).in_([row[0] for row in rows]))
        work.session.execute(told.values(notified_at=work.now))
    return [
        Said(
            dedupe_key=f"snooze:{assignment_id}:{member_id}:{until_at.astimezone(UTC):%Y%m%dT%H%M}",
            kind="snooze",
            audience="member",
            due_at=work.now,
            member_id=member_id,
            assignment_id=assignment_id,
            plan_no=plan_no,
        )
        for _, member_id, until_at, assignment_id, plan_no in rows
    ]
