"""What a tick finds due becomes notices and messages, a batch in each transaction."""

import functools
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, Update, bindparam, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.services.context import StaleError, Work
from bot.services.drawing.rendering import Drawer
from bot.services.duty import Due, Found, Queries
from bot.services.notice.reach import Reach
from bot.services.notice.said import Said, list_unsaid, store
from bot.services.reminding.reminders import EARLIEST
from bot.services.reminding.turns import Batch
from bot.services.saying.notices import is_left_to_nobody, sort_out
from bot.services.saying.posting import Packed, Parcel, Place, pack, put
from bot.services.standing.view_cache import Stored, ViewCache, select_assignments
from db.bulk import fetch_rows, is_listed, table_of
from db.engine import count_changed
from db.models import Assignment, Snooze

# Whole agencies, so that what falls together for one becomes one digest; few, so that the lock is short.
BATCH = 300
SNOOZES = 50


def may_remind(work: Work) -> bool:
    """Never on a day off, and after a night's outage not before the morning."""
    local = work.now.astimezone(work.office.zone)
    return work.calendar.is_working_day(local.date()) and local.time() >= EARLIEST


def ask_next() -> Queries:
    """When the next reminder comes, and the next one that was put off."""
    return [select_soonest(), select_soonest_snooze()]


def find_next_at(_work: Work, found: Found) -> datetime | None:
    """When the next tick has something to do."""
    return min((each for each in found if each is not None), default=None)


def select_soonest() -> SelectOfScalar[Any]:
    """When the first reminder of all comes."""
    at = col(Assignment.next_reminder_at)
    # Said in so many words, or SQLite does not see that the partial index will do.
    return select(func.min(at)).where(at.is_not(None))


def select_soonest_snooze() -> SelectOfScalar[Any]:
    return select(func.min(col(Snooze.until_at))).where(col(Snooze.notified_at).is_(None))


@functools.cache
def select_due() -> Select[*tuple[Any, ...]]:
    """What is due `now`: agencies and assignments."""
    table = table_of(Assignment)
    is_due = table.c.next_reminder_at <= bindparam("now", type_=table.c.next_reminder_at.type)
    return select_columns(table.c.agency_id, table.c.id).where(is_due)


@dataclass(frozen=True)
class Draft:
    """What a batch will say, drawn already: only to be written, if nothing it was drawn from has changed.

    `steps`: assignments by when each is looked at again; `changes`: how often all of them have been changed;
    `reached`: what `reach` was drawn from.
    """

    said: Sequence[Said]
    packed: Packed
    steps: Mapping[datetime | None, Sequence[int]]
    changes: int
    snoozes: Sequence[int]
    reach: Reach
    reached: Sequence[Any]
    more: bool

    def write(self, work: Work) -> Due:
        """Raises StaleError, or IntegrityError, where something has changed."""
        self._move_on(work)
        self._wake(work)
        if self.reach.read_state(work) != self.reached:
            raise StaleError
        put(work, self.packed, store(work, self.said))
        return Due(len(self.said), self.more)

    def _move_on(self, work: Work) -> None:
        """Each is looked at again when its next step comes."""
        asked: dict[str, Any] = {"now": work.now}
        moved = 0
        for at, ids in self.steps.items():
            moved += count_changed(work.session.execute(_move_on(), {**asked, "at": at, "ids": ids}))
        every = [each for ids in self.steps.values() for each in ids]
        # Both numbers only grow: the same sum is the same of each.
        changes = work.session.execute(_select_changes(), {"ids": every}).scalar_one() if every else 0
        if moved != len(every) or changes != self.changes:
            raise StaleError

    def _wake(self, work: Work) -> None:
        if not self.snoozes:
            return
        these = col(Snooze.id).in_(self.snoozes), col(Snooze.notified_at).is_(None)
        told = update(Snooze).where(*these).values(notified_at=work.now)
        if count_changed(work.session.execute(told)) != len(self.snoozes):
            raise StaleError


@functools.cache
def _move_on() -> Update:
    table = table_of(Assignment)
    now, at = (bindparam(name, type_=table.c.next_reminder_at.type) for name in ("now", "at"))
    is_due = is_listed(table.c.id, "ids"), table.c.next_reminder_at <= now
    return update(table).where(*is_due).values(planned_until=now, next_reminder_at=at)


@functools.cache
def _select_changes() -> Select[*tuple[Any, ...]]:
    table = table_of(Assignment)
    counted = func.coalesce(func.sum(table.c.version + table.c.plan_no), 0)
    return select_columns(counted).where(is_listed(table.c.id, "ids"))


def prepare(work: Work, most: Callable[[], int] = lambda: BATCH, *, lock: bool = False) -> Iterator[Draft]:
    """Draws what is due, agencies with about `most` assignments at a time; only reads, as it was at one moment.

    `lock`: for the same transaction to write the first of it, with the rows held meanwhile.
    """
    due = _list_due(work)
    drawing = _Drawing(work, lock=lock)
    yield drawing.draw(_take(due, most()), with_snoozes=True, more=bool(due))
    while due:
        draft = drawing.draw(_take(due, most()), with_snoozes=False, more=bool(due))
        if draft.said or draft.steps:
            yield draft


def fire_due(work: Work) -> Due:
    """Plans what is due in one transaction, some agencies at a time; proportional to what is due."""
    return next(prepare(work, lock=True)).write(work)


def _list_due(work: Work) -> deque[Sequence[int]]:
    """What is due, agency by agency: to look for some of them among all of them would take the longer the more."""
    agencies: dict[int, list[int]] = defaultdict(list)
    for agency_id, key in fetch_rows(work.session, select_due(), {"now": work.now}, tuple):
        agencies[agency_id].append(key)
    return deque(agencies[each] for each in sorted(agencies))


def _take(due: deque[Sequence[int]], most: int) -> list[int]:
    """The assignments of the next agencies, about so many."""
    taken: list[int] = []
    while due and (not taken or len(taken) + len(due[0]) <= most):
        taken += due.popleft()
    return taken


@functools.cache
def select_batch() -> Select[*tuple[Any, ...]]:
    """Those of some assignments, `ids`, that are due `now`."""
    # Put together once: that takes longer than to carry it out.
    table = table_of(Assignment)
    due_at = table.c.next_reminder_at
    is_due = is_listed(table.c.id, "ids"), due_at <= bindparam("now", type_=due_at.type)
    return select_assignments().where(*is_due).order_by(due_at)


class _Drawing:
    """Draws one batch after the other, none of which is written yet."""

    def __init__(self, work: Work, *, lock: bool) -> None:
        self._work = work
        self._lock = lock
        self._views = ViewCache(work)
        self._drawer = Drawer(work, self._views)
        self._told: set[str] = set()
        self._places: set[Place] = set()
        self._has_put_off = False

    def draw(self, ids: Sequence[int], *, with_snoozes: bool, more: bool) -> Draft:
        """What is due of these assignments, all that are due of their agencies."""
        rows = self._read(ids)
        snoozed = _list_snoozed(self._work) if with_snoozes else ()
        batch, said, parcels = self._sort(rows, snoozed)
        if crowded := self._list_crowded(parcels):
            self._has_put_off = True
            batch, said, parcels = self._sort([row for row in rows if row.agency_id not in crowded], snoozed)
        self._places.update(each.place for each in parcels if each.is_digest)
        self._told.update(each.dedupe_key for each in said if each.audience != "agency")
        reach = self._reach(said)
        return Draft(
            said=said,
            packed=pack(self._work, parcels, self._drawer, lock=self._lock),
            steps=batch.steps,
            changes=batch.count_changes(),
            snoozes=[each.id for each in snoozed],
            reach=reach,
            reached=reach.read_state(self._work),
            more=more or self._has_put_off,
        )

    def _read(self, ids: Sequence[int]) -> Sequence[Stored]:
        query = select_batch().with_for_update(skip_locked=True) if self._lock else select_batch()
        asked = {"now": self._work.now, "ids": ids}
        rows = fetch_rows(self._work.session, query, asked, Stored._make) if ids else ()
        self._views.keep(rows)
        return rows

    def _sort(self, rows: Sequence[Any], snoozed: Sequence[Any]) -> tuple[Batch, list[Said], list[Parcel]]:
        """What is to be said, and which messages it goes into."""
        work, batch = self._work, Batch(self._work, rows, self._views)
        steps = batch.list_said()
        # That a step has been said already is rare: then writing it is refused, and it is asked for in one transaction.
        said = list_unsaid(work, steps) if self._lock else steps
        self._views.read(each.assignment_id for each in snoozed)
        woken = [_say_snoozed(work, each, self._views) for each in snoozed]
        said = [*said, *self._list_untold([*batch.list_asides(), *woken])]
        parcels = sort_out(said, self._reach(said))
        if is_left_to_nobody(parcels):
            week = f"{work.today:%G-W%V}"
            told = self._list_untold([Said("unreachable:" + week, "unreachable", "secretariat", work.now)])
            said += told
            parcels += sort_out(told, Reach(work, told))
        return batch, said, parcels

    def _reach(self, said: Sequence[Said]) -> Reach:
        return Reach(self._work, said, self._views.holders)

    def _list_untold(self, wanted: Sequence[Said]) -> list[Said]:
        """Not said yet, by an earlier batch either."""
        return [each for each in list_unsaid(self._work, wanted) if each.dedupe_key not in self._told]

    def _list_crowded(self, parcels: Sequence[Parcel]) -> set[int]:
        """Agencies whose people get a digest of an earlier batch, with which what is said here has to wait."""
        notices = [
            n for each in parcels if each.is_digest and each.place in self._places for n in each.notices
        ]
        return {
            self._views.assignments[each.assignment_id].agency_id for each in notices if each.assignment_id
        }


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
