"""The record as people may read it: of one assignment, of one's agency, of everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, Work
from bot.services.standing.agency_names import Names
from bot.services.standing.single import see
from bot.services.standing.sources import Source, find_sources
from bot.services.standing.views import name_document
from db.models import Agency, Assignment, Document, Event, Member, Task

# What the office weighs among its own people before it decides.
INTERNAL = ("proposed_accept", "proposed_return")
_PEOPLE = ("holder", "member", "absent", "cover")


@dataclass(frozen=True)
class Entry:
    """One change: who, when, from what, to what, by which message, with people and agencies by name.

    `actor` None: the program itself.
    """

    at: datetime
    actor: str | None
    action: str
    agency: str | None
    label: str | None
    document: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    source: Source | None = None


def list_entries(
    work: Work, actor: Actor, assignment_id: int | None, *, page: int, size: int
) -> tuple[list[Entry], int]:
    """One page, the newest first, and how many there are. Raises UserError for what is not the person's."""
    where = [_of_assignment(work, actor, assignment_id)] if assignment_id else [*_of_person(work, actor)]
    if not actor.is_secretariat:
        where.append(col(Event.action).not_in(INTERNAL))
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
    rows = work.session.exec(query).all()
    sources = find_sources(work, [event.update_id for event, *_ in rows])
    entries = [_entry(work, names, *row) for row in rows]
    found = [
        replace(entry, source=sources.get(row[0].update_id)) for entry, row in zip(entries, rows, strict=True)
    ]
    return found, total


def _of_assignment(work: Work, actor: Actor, assignment_id: int) -> Any:
    see(work, actor, assignment_id)
    return col(Event.assignment_id) == assignment_id


def _of_person(work: Work, actor: Actor) -> Sequence[Any]:
    if actor.is_secretariat:
        return ()
    if not actor.agencies or not all(actor.can(Action.VIEW, each) for each in actor.agencies):
        raise work.refuse("not_allowed_command", actor.language)
    return (col(Event.agency_id).in_(list(actor.agencies)),)


def _entry(
    work: Work, names: Names, event: Event, name: str | None, agency: Agency | None, label: str | None
) -> Entry:
    called = names.name_at(agency.id, agency.name, event.at) if agency else None
    document = work.session.get(Document, event.document_id) if event.document_id and not agency else None
    return Entry(
        event.at,
        name,
        event.action,
        called,
        label,
        name_document(document, work.texts()) if document else None,
        with_names(work, event.before or {}),
        with_names(work, event.after or {}),
    )


def with_names(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """What an event holds, with the names of people and agencies in place of their ids."""
    named = dict(values)
    for key in _PEOPLE:
        if isinstance(values.get(key), int):
            member = work.session.get(Member, values[key])
            named[key] = member.name if member else None
    if "agency_name" in values:
        named.pop("agency", None)
    for key in ("agency", "wanted"):
        if key in named:
            named[key] = _name_agency(work, named[key])
    if isinstance(values.get("into"), list):
        named["into"] = ", ".join(filter(None, (_name_agency(work, each) for each in values["into"])))
    if "cover" in values and "from" in values:
        named["since"] = values["from"]
    return named


def _name_agency(work: Work, value: object) -> str | None:
    """By id or by key."""
    if isinstance(value, int):
        agency = work.session.get(Agency, value)
        return agency.name if agency else None
    return work.session.exec(select(Agency.name).where(col(Agency.key) == str(value))).first()
