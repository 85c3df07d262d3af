"""What a service is given: the transaction, the time, the office and the person who asks."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from bot.domain.access import Action, Role, Seat, is_allowed
from bot.domain.calendar import WorkCalendar
from bot.domain.policy import DEFAULT_POLICY, Policy, overlay
from bot.errors import UserError
from bot.holidays_vn import vietnam_calendar
from bot.texts import Texts
from db.bulk import is_among, table_of
from db.models import Assignment, Event, Holiday, ReminderPolicy, Snooze
from db.remembering import remember

_LOOKED_UP = ("calendar", "snoozes", "snoozed", "policies")


class StaleError(Exception):
    """What a transaction was prepared from has changed since: nothing is written, it is prepared anew."""


@dataclass(frozen=True)
class Keeping:
    """For how many days what is over is kept: messages by the office's clock, updates by the machine's."""

    messages: int = 400
    updates: int = 30


@dataclass(frozen=True)
class Office:
    """The office's settings that sentences and days depend on."""

    zone: ZoneInfo
    name: str
    language: str = "vi"
    keeping: Keeping = Keeping()

    def texts(self, language: str | None = None) -> Texts:
        return Texts(language or self.language, self.zone, self.name)


@dataclass(frozen=True)
class Actor:
    """A known person, with the roles held now."""

    member_id: int
    name: str
    language: str | None
    seats: tuple[Seat, ...]

    @property
    def is_secretariat(self) -> bool:
        return any(seat.role is Role.SECRETARIAT for seat in self.seats)

    @property
    def is_viewer(self) -> bool:
        return any(seat.role is Role.VIEWER for seat in self.seats)

    @property
    def agencies(self) -> dict[int, str]:
        """Names by id of the agencies the person serves in, in the order of joining."""
        return {seat.agency_id: seat.agency_name for seat in self.seats if seat.agency_id is not None}

    def can(self, action: Action, agency_id: int | None = None) -> bool:
        return is_allowed(self.seats, action, agency_id)


@dataclass(frozen=True)
class Work:
    """One transaction's surroundings. `update_id`: the inbox row it answers, for the audit trail."""

    session: Session
    now: datetime
    office: Office
    update_id: int | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.office.zone).date()

    @functools.cached_property
    def calendar(self) -> WorkCalendar:
        return load_calendar(self.session, self.today.year)

    @functools.cached_property
    def snoozes(self) -> Sequence[Snooze]:
        """The reminders put off now; none past a deadline that has been brought forward since."""
        rows = self.session.exec(select(Snooze).where(col(Snooze.until_at) > self.now)).all()
        if not rows:
            return ()
        # By themselves: joined, SQLite may well read all assignments to find the few.
        asked = is_among(self.session, col(Assignment.id), [row.assignment_id for row in rows])
        dues = dict(
            self.session.execute(select(Assignment.id).add_columns(col(Assignment.due)).where(asked)).all()
        )
        zone = self.office.zone
        return [
            row
            for row in rows
            if (due := dues[row.assignment_id]) is None or row.until_at.astimezone(zone).date() <= due
        ]

    @functools.cached_property
    def snoozed(self) -> Mapping[int, frozenset[int]]:
        """Who has put which assignment's reminders off, by assignment."""
        members: dict[int, set[int]] = defaultdict(set)
        for row in self.snoozes:
            members[row.assignment_id].add(row.member_id)
        return {key: frozenset(found) for key, found in members.items()}

    def policy_of(self, task_id: int, document_id: int) -> Policy:
        """A task's ladder: what it sets, else what its document sets, else the default."""
        own = (self._ladders.get(("document", document_id)), self._ladders.get(("task", task_id)))
        if own == (None, None):
            return DEFAULT_POLICY
        key = (document_id, task_id if own[1] else None)
        if key not in self._policies:
            self._policies[key] = overlay(*(ladder for ladder in own if ladder))
        return self._policies[key]

    @functools.cached_property
    def _ladders(self) -> Mapping[tuple[str, int | None], Mapping[str, Any]]:
        """Those that differ from the default; an office has few."""
        rows = self.session.exec(select(ReminderPolicy)).all()
        return {
            ("task", row.task_id) if row.task_id else ("document", row.document_id): row.ladder
            for row in rows
        }

    @functools.cached_property
    def _policies(self) -> dict[tuple[int, int | None], Policy]:
        return {}

    def texts(self, language: str | None = None) -> Texts:
        return self.office.texts(language)

    def in_language(self, language: str) -> "Work":
        """The same transaction, to name things for a reader of that language."""
        if language == self.office.language:
            return self
        other = replace(self, office=replace(self.office, language=language))
        # What was looked up already need not be looked up again.
        other.__dict__.update({name: self.__dict__[name] for name in _LOOKED_UP if name in self.__dict__})
        return other

    def refuse(self, key: str, language: str | None = None, **values: object) -> UserError:
        """The refusal to raise; its sentence is plain text."""
        return UserError(self.texts(language).plain(f"refuse.{key}", **values))

    def record(
        self,
        action: str,
        *,
        actor: Actor | None = None,
        document_id: int | None = None,
        assignment_id: int | None = None,
        agency_id: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """An entry of the audit trail. People are named by id only, so that one can be erased."""
        self.session.add(
            Event(
                at=self.now,
                actor_id=actor.member_id if actor else None,
                actor=f"member:{actor.member_id}" if actor else "system",
                action=action,
                document_id=document_id,
                assignment_id=assignment_id,
                agency_id=agency_id,
                before=dict(before) if before is not None else None,
                after=dict(after) if after is not None else None,
                update_id=self.update_id,
            )
        )


def require(work: Work, actor: Actor, action: Action, agency_id: int | None = None) -> None:
    """Raises UserError unless the actor may do this on something of that agency."""
    if actor.can(action, agency_id):
        return
    mine = agency_id is None or agency_id in actor.agencies or actor.is_secretariat or actor.is_viewer
    raise work.refuse("not_allowed" if mine else "not_yours", actor.language)


def load_calendar(session: Session, year: int) -> WorkCalendar:
    """The working calendar around a year: the published one, overruled by the office's table."""
    own = remember(session, load_calendar, lambda: tuple(map(tuple, session.execute(_select_holidays()))))
    return _build_calendar(year, own)


@functools.cache
def _select_holidays() -> Select[*tuple[Any, ...]]:
    # Asked with nearly every update: put together once.
    table = table_of(Holiday)
    return select_columns(table.c.day, table.c.kind).order_by(table.c.day)


@functools.lru_cache(maxsize=64)
def _build_calendar(year: int, own: tuple[tuple[date, str], ...]) -> WorkCalendar:
    # Computed from its arguments alone; the package takes 20 ms a call.
    return vietnam_calendar(range(year - 3, year + 4), dict(own))
