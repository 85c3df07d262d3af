"""What a tick finds due becomes notices and messages, a batch in each transaction."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, func, literal_column, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Plan, Reminder, ReminderKind, current_reminder, next_reminder
from bot.domain.policy import Policy
from bot.domain.timeliness import Status
from bot.services.context import StaleError, Work
from bot.services.contributions import list_led
from bot.services.notices import is_left_to_nobody, sort_out
from bot.services.posting import Packed, pack, put
from bot.services.reach import Reach
from bot.services.reminders import EARLIEST, Due, plan_of
from bot.services.said import NOTHING, Said, list_unsaid, store
from bot.services.view_cache import ViewCache, select_assignments, values_of
from bot.services.views import list_told_lately
from db.bulk import is_among, table_of
from db.engine import count_changed
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


# What is due is found by its time alone, whatever a database knows of how much is stored: neither can search for an
# agency by an expression.
_AGENCY = table_of(Assignment).c.agency_id + literal_column("0")


def select_due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Agencies with something due, and how many assignments."""
    table = table_of(Assignment)
    query = select_columns(_AGENCY, func.count()).where(table.c.next_reminder_at <= now)
    return query.group_by(_AGENCY)


@dataclass(frozen=True)
class Draft:
    """What a batch will say, drawn already: only to be written, if nothing it was drawn from has changed.

    `steps`: assignments by when each is looked at again; `changes`: how often all of them have been changed.
    """

    said: Sequence[Said]
    packed: Packed
    steps: Mapping[datetime | None, Sequence[int]]
    changes: int
    snoozes: Sequence[int]
    reach: Reach
    more: bool

    def write(self, work: Work) -> Due:
        """Raises StaleError, or IntegrityError, where something has changed."""
        self._move_on(work)
        self._wake(work)
        if not self.reach.is_current(work):
            raise StaleError
        put(work, self.packed, store(work, self.said))
        return Due(len(self.said), self.more)

    def _move_on(self, work: Work) -> None:
        """Each is looked at again when its next step comes."""
        moved, table = 0, table_of(Assignment)
        for at, ids in self.steps.items():
            is_due = is_among(work.session, table.c.id, ids), table.c.next_reminder_at <= work.now
            step = update(table).where(*is_due).values(planned_until=work.now, next_reminder_at=at)
            moved += count_changed(work.session.execute(step))
        every = [each for ids in self.steps.values() for each in ids]
        # Both only grow: the same sum is the same of each.
        counted = func.coalesce(func.sum(table.c.version + table.c.plan_no), 0)
        now = select_columns(counted).where(is_among(work.session, table.c.id, every))
        if moved != len(every) or work.session.execute(now).scalar_one() != self.changes:
            raise StaleError

    def _wake(self, work: Work) -> None:
        if not self.snoozes:
            return
        these = col(Snooze.id).in_(self.snoozes), col(Snooze.notified_at).is_(None)
        told = update(Snooze).where(*these).values(notified_at=work.now)
        if count_changed(work.session.execute(told)) != len(self.snoozes):
            raise StaleError


def prepare(work: Work, most: int = BATCH, *, lock: bool = False) -> Draft:
    """Draws what is due, of some agencies with about `most` assignments; only reads.

    `lock`: for the same transaction to write it, with the rows held meanwhile.
    """
    agencies, more = _choose(work, most)
    batch = _Batch(work, agencies, lock=lock)
    snoozed = _list_snoozed(work)
    steps = batch.list_said()
    # That a step has been said already is rare: then writing it is refused, and it is asked for in one transaction.
    said = list_unsaid(work, steps) if lock else steps
    batch.views.read(each.assignment_id for each in snoozed)
    woken = [_say_snoozed(work, each, batch.views) for each in snoozed]
    said += list_unsaid(work, [*batch.list_asides(), *woken])
    reach = Reach(work, said)
    parcels = sort_out(said, reach)
    if is_left_to_nobody(parcels):
        week = f"{work.today:%G-W%V}"
        told = list_unsaid(work, [Said("unreachable:" + week, "unreachable", "secretariat", work.now)])
        said = [*said, *told]
        reach = Reach(work, said)
        parcels += sort_out(told, reach)
    reach.remember()
    return Draft(
        said=said,
        packed=pack(work, parcels, batch.views, lock=lock),
        steps=batch.steps,
        changes=batch.count_changes(),
        snoozes=[each.id for each in snoozed],
        reach=reach,
        more=more,
    )


def fire_due(work: Work) -> Due:
    """Plans what is due in one transaction, some agencies at a time; proportional to what is due."""
    return prepare(work, lock=True).write(work)


def _choose(work: Work, most: int) -> tuple[list[int], bool]:
    """The first agencies with something due, and whether there are others."""
    counts = sorted(work.session.execute(select_due(work.now)).all())
    chosen: list[int] = []
    rows = 0
    for agency_id, count in counts:
        rows += count
        if chosen and rows > most:
            break
        chosen.append(agency_id)
    return chosen, len(chosen) < len(counts)


def select_batch(work: Work, agencies: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The due assignments of these agencies."""
    table = table_of(Assignment)
    query = select_assignments().where(table.c.next_reminder_at <= work.now)
    return query.where(is_among(work.session, _AGENCY, agencies)).order_by(table.c.next_reminder_at)


class _Batch:
    """Due assignments, read at once; most stand at the same place of the same ladder."""

    def __init__(self, work: Work, agencies: Sequence[int], *, lock: bool) -> None:
        self._work = work
        self.views = ViewCache(work)
        query = select_batch(work, agencies)
        if lock:
            query = query.with_for_update(skip_locked=True)
        self._rows: Sequence[Any] = work.session.execute(query).all() if agencies else ()
        self.views.keep(self._rows)
        self._today = work.today
        self.steps: dict[datetime | None, list[int]] = defaultdict(list)
        self._found: list[tuple[Sequence[Any], Reminder]] = []
        self._waiting: list[tuple[Sequence[Any], Reminder]] = []

    def count_changes(self) -> int:
        """How often the assignments have been changed, all together."""
        return sum(map(sum, map(_changes, self._rows)))

    def list_said(self) -> list[Said]:
        """What is to be said to agencies about them now; each has then a next step."""
        for rows in self._list_places():
            last = self._take_turn(rows)
            if last is not None:
                is_waiting = rows[0].status == Status.AWAITING_CONFIRMATION
                (self._waiting if is_waiting else self._found).append((rows, last))
        done = self._list_done(self._found)
        said: list[Said] = []
        for rows, last in self._found:
            said += self._say_reminders([row for row in rows if row.id not in done] if done else rows, last)
        return said

    def list_asides(self) -> Iterator[Said]:
        """What is to be said to the secretariat beside it: of several batches of a day it may be the same."""
        for rows, last in self._waiting:
            yield from self._say_waiting(rows, last)
        if any(last.kind is ReminderKind.ACKNOWLEDGE for _, last in self._found):
            yield Said(f"unacknowledged:{self._today}", "unacknowledged", "secretariat", self._work.now)

    def _list_places(self) -> Iterable[Sequence[Any]]:
        """Those that stand at the same place of the same ladder, together."""
        places: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in self._rows:
            places[(*_ladder_values(row), row.acknowledged_at is None)].append(row)
        return places.values()

    def _take_turn(self, rows: Sequence[Any]) -> Reminder | None:
        """The step of one place to send now, if any."""
        row = rows[0]
        turn = _find_turn(self._work, row, self.views.tasks[row.task_id])
        next_at = turn.next.at if turn.next else None
        self.steps[next_at] += [each.id for each in rows]
        since = row.planned_until or row.assigned_at
        is_today = next_at is not None and _day_of(self._work, next_at) == self._today
        if turn.last is None or turn.last.at <= since or is_today:
            return None  # today's own comes soon: never two on a day
        return turn.last

    def _list_done(self, found: Sequence[tuple[Sequence[Any], Reminder]]) -> Collection[int]:
        """Ongoing tasks that somebody has told of lately, and what others wait for in vain: nothing is said."""
        asked = [row.id for rows, last in found if last.kind is ReminderKind.STATUS for row in rows]
        helping = [
            row
            for rows, last in found
            if rows[0].role != "lead" and last.kind is ReminderKind.BEFORE
            for row in rows
        ]
        idle = {row.id for row in helping} - list_led(self._work, helping) if helping else set()
        return {*list_told_lately(self._work, asked), *idle}

    def _say_waiting(self, rows: Sequence[Any], found: Reminder) -> Iterator[Said]:
        """To the secretariat: the completion reports that wait."""
        ids = [row.id for row in rows]
        query = select(Report.assignment_id, Report.id).where(
            is_among(self._work.session, col(Report.assignment_id), ids),
            col(Report.kind) == "completion",
            col(Report.review) == "pending",
        )
        for assignment_id, report_id in self._work.session.exec(query):
            yield Said(
                dedupe_key=f"waiting:{assignment_id}:{report_id}:{found.step}",
                kind="waiting",
                audience="secretariat",
                due_at=self._work.now,
                assignment_id=assignment_id,
                report_id=report_id,
                step=found.step,
            )

    def _say_reminders(self, rows: Sequence[Any], found: Reminder) -> list[Said]:
        """To the agencies, of one place."""
        if not rows:
            return []
        first, now = rows[0], self._work.now
        kind = _KINDS.get(found.kind, "reminder")
        rest = f":{first.period}:{first.plan_no}:{found.step}"
        data = _FOR_CONTACT if found.for_contact else NOTHING
        advising = self.views.tasks[first.task_id].advising_id if first.role == "lead" else None
        step, plan_no = found.step, first.plan_no
        return [
            # By place: by name it takes three times as long.
            Said(
                f"{kind}:{key}{rest}",
                kind,
                "agency",
                now,
                advising or agency_id,
                None,
                key,
                None,
                plan_no,
                step,
                data,
            )
            for key, agency_id in map(_whose, rows)
        ]


# All that a ladder is computed from, and what a reminder's key names.
_LADDER = (
    "task_id",
    "role",
    "period",
    "status",
    "due",
    "complete_by",
    "original_due",
    "assigned_at",
    "submitted_at",
    "planned_until",
    "plan_no",
)
_ladder_values = values_of(*_LADDER)
_changes = values_of("version", "plan_no")
_whose = values_of("id", "agency_id")


def _find_turn(work: Work, row: Any, task: Any) -> Turn:
    plan, policy = plan_of(work, row, task)
    # Of an instant a ladder knows only the local day.
    noon = datetime.combine(_day_of(work, plan.assigned_at), time(12), work.office.zone)
    return _turn(replace(plan, assigned_at=noon), policy, work.calendar, work.office.zone, work.now)


def _day_of(work: Work, at: datetime) -> date:
    return at.astimezone(work.office.zone).date()


@functools.lru_cache(maxsize=512)
def _turn(plan: Plan, policy: Policy, calendar: WorkCalendar, zone: ZoneInfo, now: datetime) -> Turn:
    # Computed from its arguments alone; the batches of a tick ask for the same.
    last = current_reminder(plan, policy, calendar, zone, _LONG_AGO, now)
    return Turn(last, next_reminder(plan, policy, calendar, zone, now))


def _list_snoozed(work: Work) -> Sequence[Any]:
    """Some of the snoozes that are over: their ids, members, ends and assignments."""
    return work.session.execute(_select_snoozed(), {"now": work.now}).all()


@functools.cache
def _select_snoozed() -> Select[*tuple[Any, ...]]:
    # Put together once: most often it finds nothing.
    snooze = table_of(Snooze)
    query = select_columns(snooze.c.id, snooze.c.member_id, snooze.c.until_at, snooze.c.assignment_id)
    is_over = snooze.c.until_at <= bindparam("now", type_=snooze.c.until_at.type)
    return query.where(is_over, snooze.c.notified_at.is_(None)).limit(SNOOZES)


def _say_snoozed(work: Work, row: Any, views: ViewCache) -> Said:
    return Said(
        dedupe_key=f"snooze:{row.assignment_id}:{row.member_id}:{row.until_at.astimezone(UTC):%Y%m%dT%H%M}",
        kind="snooze",
        audience="member",
        due_at=work.now,
        member_id=row.member_id,
        assignment_id=row.assignment_id,
        plan_no=views.assignments[row.assignment_id].plan_no,
    )
