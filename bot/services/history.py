"""The record as people may read it: of one assignment, of one's agency, of everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.agency_names import Names
from bot.services.assignments import see
from bot.services.context import Actor, Work
from db.models import Agency, Assignment, Event, Member, Task


@dataclass(frozen=True)
class Entry:
    """One change: who, when, from what, to what. `actor` is None for the program itself."""

    at: datetime
    actor: str | None
    action: str
    agency: str | None
    label: str | None
    before: dict[str, Any]
    after: dict[str, Any]


def list_entries(
    work: Work, actor: Actor, assignment_id: int | None, *, page: int, size: int
) -> tuple[list[Entry], int]:
    """One page, the newest first, and how many there are. Raises UserError for what is not the person's."""
    where = [_of_assignment(work, actor, assignment_id)] if assignment_id else _of_person(work, actor)
    total = int(work.session.exec(select(func.count(col(Event.id))).where(*where)).one())
    query = (
        select(Event, Member.name, Agency, Task.clause_label)
        .join(Member, col(Member.id) == col(Event.actor_id), isouter=True)
        .join(Agency, col(Agency.id) == col(Event.agency_id), isouter=True)
        .join(Assignment, col(Assignment.id) == col(Event.assignment_id), isouter=True)
        .join(Task, col(Task.id) == col(Assignment.task_id), isouter=True)
        .where(*where)
        .order_by(col(Event.id).desc())
        .limit(size)
        .offset(page * size)
    )
    names = Names(work)
    return [_entry(names, *row) for row in work.session.exec(query)], total


def _of_assignment(work: Work, actor: Actor, assignment_id: int) -> Any:
    see(work, actor, assignment_id)
    return col(Event.assignment_id) == assignment_id


def _of_person(work: Work, actor: Actor) -> Sequence[Any]:
    if actor.is_secretariat:
        return ()
    if not actor.agencies or not all(actor.can(Action.VIEW, each) for each in actor.agencies):
        raise work.refuse("not_allowed_command", actor.language)
    return (col(Event.agency_id).in_(list(actor.agencies)),)


def _entry(names: Names, event: Event, name: str | None, agency: Agency | None, label: str | None) -> Entry:
    called = names.name_at(agency.id, agency.name, event.at) if agency else None
    return Entry(event.at, name, event.action, called, label, event.before or {}, event.after or {})
