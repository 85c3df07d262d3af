"""Where due assignments stand on their ladders, and what is to be said about them now."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Plan, Reminder, ReminderKind, current_reminder, next_reminder
from bot.domain.policy import Policy
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.notice.said import NOTHING, Said
from bot.services.reminding.reminders import plan_of
from bot.services.standing.partners import list_led
from bot.services.standing.view_cache import ViewCache, values_of
from bot.services.standing.views import list_told_lately
from db.bulk import is_among
from db.models import Report

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_FOR_CONTACT: Mapping[str, Any] = {"contact": True}
_KINDS = {ReminderKind.ACKNOWLEDGE: "acknowledge", ReminderKind.STATUS: "status"}


class Turn(NamedTuple):
    """Where a ladder stands at an instant: the last step that has come, and the next."""

    last: Reminder | None
    next: Reminder | None


class Batch:
    """Due assignments; most stand at the same place of the same ladder.

    `steps`: once `list_said` was asked, when each is looked at again.
    """

    def __init__(self, work: Work, rows: Sequence[Any], views: ViewCache) -> None:
        self._work = work
        self._rows = rows
        self._views = views
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
        turn = _find_turn(self._work, row, self._views.tasks[row.task_id])
        next_at = turn.next.at if turn.next else None
        self.steps[next_at] += map(_id_of, rows)
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
        advising = self._views.tasks[first.task_id].advising_id if first.role == "lead" else None
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
_id_of = values_of("id")
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
