"""What will be sent, when and why, as things stand now: the planner's own rules, run ahead of the clock."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import defer
from sqlmodel import col

from bot.domain.access import Role
from bot.domain.assignment import OPEN
from bot.domain.forecast import Expected, Receiver
from bot.domain.ladder import Plan, Reminder, ReminderKind, current_reminder, forecast
from bot.domain.policy import Policy
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.office.holidays import list_days
from bot.services.office.office_settings import get_office_settings
from bot.services.reminding.periods_ahead import list_coming
from bot.services.reminding.reminders import EARLIEST, answering_agency, is_held, plan_of
from bot.services.standing.partners import list_led
from bot.services.standing.views import LATELY, Query, select_rows, to_view
from db.models import (
    Address,
    Agency,
    Assignment,
    Document,
    GroupBinding,
    Membership,
    Notice,
    Report,
    Snooze,
    Task,
)

_PLANNED = (*(status.value for status in OPEN), Status.AWAITING_CONFIRMATION.value)
_SILENCED = (ReminderKind.BEFORE, ReminderKind.AFTER, ReminderKind.WEEKLY)


def list_expected(
    work: Work, until: datetime, *, agency_id: int | None = None, language: str | None = None
) -> list[Expected]:
    """All that will be sent up to an instant, in order: about what is assigned today, and periods yet to be made.

    `language`: of holidays' names.
    """
    return _Outlook(work, until, agency_id, language).list_all()


def end_of_day(work: Work, days: int) -> datetime:
    """The end of the local day so many days ahead (0: today)."""
    after = datetime.combine(work.today + timedelta(days=days + 1), datetime.min.time(), work.office.zone)
    return after.astimezone(UTC) - timedelta(microseconds=1)


def _is_waiting(assignment: Assignment) -> bool:
    return assignment.status == Status.AWAITING_CONFIRMATION.value


@dataclass(frozen=True)
class _Seat:
    """Someone who can be reached, in one role."""

    address_id: int
    member_id: int
    is_officer: bool
    is_contact: bool


@dataclass(frozen=True)
class _Reach:
    """Who can receive what now, read once."""

    work: Work

    def count(self, agency_id: int, assignment_id: int, found: Reminder, at: datetime) -> int:
        """As the recipients of a notice are found (`notices.list_recipients`), at the time of the reminder."""
        seats = self._seats.get(agency_id, ())
        officers = [each for each in seats if each.is_officer]
        contacts = [each for each in seats if each.is_contact and found.for_contact]
        silent = self._silent(assignment_id, at) if found.kind in _SILENCED else ()
        told = [*officers, *contacts] if officers else seats
        people = {each.address_id for each in told if each.member_id not in silent}
        return len(people) + self._groups.get(agency_id, 0)

    def _silent(self, assignment_id: int, at: datetime) -> set[int]:
        return {member for member, until_at in self._put_off.get(assignment_id, ()) if until_at > at}

    @functools.cached_property
    def _put_off(self) -> Mapping[int, Sequence[tuple[int, datetime]]]:
        found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
        for snooze in self.work.snoozes:
            found[snooze.assignment_id].append((snooze.member_id, snooze.until_at))
        return found

    @functools.cached_property
    def _reachable(self) -> Sequence[Any]:
        query = (
            select(Address, Membership)
            .join(Membership, col(Membership.member_id) == col(Address.member_id))
            .where(col(Address.reachable), col(Address.kind) == "private", col(Membership.until_at).is_(None))
        )
        return self.work.session.execute(query).all()

    @functools.cached_property
    def _seats(self) -> Mapping[int, Sequence[_Seat]]:
        found: dict[int, list[_Seat]] = defaultdict(list)
        for address, seat in self._reachable:
            if seat.agency_id is not None:
                is_officer = seat.role == Role.OFFICER.value
                found[seat.agency_id].append(_Seat(address.id, seat.member_id, is_officer, seat.is_contact))
        return found

    @functools.cached_property
    def _groups(self) -> Mapping[int, int]:
        """How many groups get an agency's messages too."""
        query = (
            select(col(GroupBinding.agency_id), func.count())
            .join(Address, col(Address.id) == col(GroupBinding.address_id))
            .where(col(GroupBinding.reminders), col(Address.reachable))
            .group_by(col(GroupBinding.agency_id))
        )
        return {row[0]: row[1] for row in self.work.session.execute(query)}

    @functools.cached_property
    def secretariat(self) -> int:
        return len({row[0].id for row in self._reachable if row[1].role == Role.SECRETARIAT.value})

    @functools.cached_property
    def chats(self) -> Mapping[int, int]:
        """How many chats a member has."""
        query = (
            select(col(Address.member_id), func.count())
            .where(col(Address.reachable), col(Address.kind) == "private")
            .group_by(col(Address.member_id))
        )
        return {row[0]: row[1] for row in self.work.session.execute(query)}


def _is_idle(expected: Expected, idle: Collection[int]) -> bool:
    return expected.kind == ReminderKind.BEFORE.value and expected.view.id in idle


@dataclass(frozen=True)
class _Outlook:
    work: Work
    until: datetime
    agency_id: int | None
    language: str | None

    def list_all(self) -> list[Expected]:
        coming = list_coming(self.work, self.until, self.agency_id)
        rows = self._rows()
        idle = self._list_idle(rows)
        found = [each for row in (*rows, *coming) for each in self._of_row(row) if not _is_idle(each, idle)]
        found += [each for row in self._snoozes() for each in self._of_snooze(row)]
        return sorted(found, key=lambda each: (each.at, each.view.document_id, each.view.id, each.kind))

    def _rows(self) -> Sequence[Any]:
        """Only what has a reminder up to `until`, or would have one if nothing held it back."""
        is_quiet = or_(col(Document.past).in_(("held", "silent")), col(Document.paused_at).is_not(None))
        query = select_rows().where(
            col(Assignment.status).in_(_PLANNED),
            or_(
                col(Assignment.next_reminder_at) <= self.until,
                and_(col(Assignment.next_reminder_at).is_(None), is_quiet),
            ),
        )
        return self._read(query)

    def _list_idle(self, rows: Sequence[Any]) -> Collection[int]:
        """What others wait for in vain: coordinating ones whose leads are done."""
        helping = [row[0] for row in rows if row[0].role != "lead"]
        return {each.id for each in helping} - list_led(self.work, helping)

    def _snoozes(self) -> Sequence[Any]:
        query = (
            select_rows()
            .add_columns(Snooze)
            .join(Snooze, col(Snooze.assignment_id) == col(Assignment.id))
            .where(
                col(Snooze.notified_at).is_(None),
                col(Snooze.until_at) <= self.until,
                col(Assignment.status).in_([status.value for status in OPEN]),
            )
        )
        return self._read(query)

    def _read(self, query: Query) -> Sequence[Any]:
        # What only a load needs is read with every row otherwise, and is most of it.
        loaded = (Task.loaded, Document.loaded, Agency.loaded, Agency.aliases)
        light = self._of_agency(query).options(*(defer(each) for each in loaded))  # type: ignore[arg-type]
        return self.work.session.execute(light).all()

    def _of_agency(self, query: Query) -> Query:
        if self.agency_id is None:
            return query
        is_lead_advised = and_(col(Assignment.role) == "lead", col(Task.advising_id) == self.agency_id)
        return query.where(or_(col(Assignment.agency_id) == self.agency_id, is_lead_advised))

    def _of_row(self, row: Any) -> Iterator[Expected]:
        assignment, task, document, _agency = row
        held = self._find_hold(assignment, task, document)
        if assignment.next_reminder_at is None and not held:
            return
        is_waiting = _is_waiting(assignment)
        view, receiver = to_view(self.work, row), answering_agency(assignment, task)
        for at, found, is_late in self._reminders(assignment, task):
            if self._is_said(assignment, found) or self._is_answered(assignment, found, at):
                continue
            yield Expected(
                at=at,
                on=self._day_of(at),
                kind="waiting" if is_waiting else found.kind.value,
                step=found.step,
                view=view,
                to=None if is_waiting else self._receivers[receiver],
                recipients=self._reach.secretariat
                if is_waiting
                else self._reach.count(receiver, assignment.id, found, at),
                moved_from=found.moved_from,
                moved_name=self._name_of(found.moved_from),
                is_late=is_late,
                held=held,
            )

    def _reminders(self, assignment: Assignment, task: Task) -> Iterator[tuple[datetime, Reminder, bool]]:
        """When each is said, and whether it is late for it."""
        plan, policy = plan_of(self.work, assignment, task)
        ahead = self._forecast(plan, policy)
        first = assignment.next_reminder_at
        if first is not None and first <= self._start:
            late = self._find_late(plan, policy, assignment.planned_until or assignment.assigned_at)
            # Today's own comes soon: never two on a day.
            if late and not (ahead and self._day_of(ahead[0].at) == self._day_of(self._start)):
                yield self._start, late, self._day_of(late.at) < self._day_of(self._start)
        for each in ahead:
            if first is None or each.at >= first:
                yield self._open_at(each.at), each, False

    def _forecast(self, plan: Plan, policy: Policy) -> Sequence[Reminder]:
        """Computed once for all agencies that share a plan."""
        key = (plan, policy)
        if key not in self._known:
            calendar, zone = self.work.calendar, self.work.office.zone
            self._known[key] = forecast(plan, policy, calendar, zone, self._start, self.until)
        return self._known[key]

    def _find_late(self, plan: Plan, policy: Policy, since: datetime) -> Reminder | None:
        if self._start > self.until:
            return None
        return current_reminder(plan, policy, self.work.calendar, self.work.office.zone, since, self._start)

    @functools.cached_property
    def _known(self) -> dict[tuple[Plan, Policy], Sequence[Reminder]]:
        return {}

    @functools.cached_property
    def _start(self) -> datetime:
        return self._open_at(self.work.now)

    def _open_at(self, at: datetime) -> datetime:
        """The instant, or the first at which the planner works after it."""
        local = at.astimezone(self.work.office.zone)
        day = self.work.calendar.next_working_day(local.date())
        if day == local.date() and local.time() >= EARLIEST:
            return at
        return datetime.combine(day, EARLIEST, self.work.office.zone).astimezone(UTC)

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self.work.office.zone).date()

    def _of_snooze(self, row: Any) -> Iterator[Expected]:
        snooze: Snooze = row[4]
        at = self._open_at(max(snooze.until_at, self.work.now))
        if at > self.until:
            return
        yield Expected(
            at=at,
            on=self._day_of(at),
            kind="snooze",
            step="snooze",
            view=to_view(self.work, row[:4]),
            to=self._receivers[answering_agency(row[0], row[1])],
            recipients=self._reach.chats.get(snooze.member_id, 0),
            is_late=snooze.until_at <= self.work.now,
            held=self._find_pause(row[2]),
        )

    # --- what keeps a reminder back

    def _find_hold(self, assignment: Assignment, task: Task, document: Document) -> str:
        pause = self._find_pause(document)
        if pause or not is_held(self.work, assignment, task, document):
            return pause
        return document.past

    def _find_pause(self, document: Document) -> str:
        if self._is_paused:
            return "paused"
        return "document_paused" if document.paused_at is not None else ""

    @functools.cached_property
    def _is_paused(self) -> bool:
        return get_office_settings(self.work).paused_at is not None

    def _is_said(self, assignment: Assignment, found: Reminder) -> bool:
        # Of a report that waits each step is said once, whatever the plan.
        plan_no = None if _is_waiting(assignment) else assignment.plan_no
        return (assignment.id, plan_no, found.step) in self._said_ahead

    @functools.cached_property
    def _said_ahead(self) -> frozenset[tuple[int | None, int | None, str | None]]:
        """Steps that were said at a later time than now: a clock set back says nothing twice."""
        query = select(col(Notice.assignment_id), col(Notice.plan_no), col(Notice.step)).where(
            col(Notice.due_at) > self.work.now, col(Notice.step).is_not(None)
        )
        return frozenset((row[0], row[1], row[2]) for row in self.work.session.execute(query))

    def _is_answered(self, assignment: Assignment, found: Reminder, at: datetime) -> bool:
        if found.kind is not ReminderKind.STATUS:
            return False
        told = self._told.get(assignment.id)
        return told is not None and told > at - LATELY

    @functools.cached_property
    def _told(self) -> Mapping[int, datetime]:
        """When something was last reported on an assignment, of late."""
        query = (
            select(col(Report.assignment_id), func.max(col(Report.submitted_at)))
            .where(col(Report.submitted_at) > self.work.now - LATELY)
            .group_by(col(Report.assignment_id))
        )
        return {row[0]: row[1] for row in self.work.session.execute(query)}

    @functools.cached_property
    def _reach(self) -> _Reach:
        return _Reach(self.work)

    @functools.cached_property
    def _receivers(self) -> Mapping[int, Receiver]:
        query = select(col(Agency.id), col(Agency.key), col(Agency.name))
        return {row[0]: Receiver(row[1], row[2]) for row in self.work.session.execute(query)}

    # --- why a day has moved

    def _name_of(self, day: date | None) -> str:
        return "" if day is None else self._names(day.year).get(day, "")

    def _names(self, year: int) -> Mapping[date, str]:
        if year not in self._holidays:
            days = list_days(self.work, year, self.language)
            self._holidays[year] = {each.day: each.name for each in days if each.kind == "off"}
        return self._holidays[year]

    @functools.cached_property
    def _holidays(self) -> dict[int, Mapping[date, str]]:
        return {}
