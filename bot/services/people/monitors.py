"""Chuyên viên theo dõi: who of the secretariat is told of an agency's matters first, and when all are."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, literal, text
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.duty import Due, Found, Queries
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.notice.said import Said, list_covered
from bot.services.office.secretaries import list_reachable, list_secretaries
from bot.services.saying.notices import dispatch, say
from bot.services.saying.posting import expire_messages
from db.models import (
    Address,
    Agency,
    Assignment,
    Document,
    Extension,
    Notice,
    OutboxCover,
    OutboxMessage,
    Report,
    Task,
    Transfer,
)

ALL = ":all"  # ends the key of what is said to the whole secretariat after it was said to one
BATCH = 50
# What is first said to one, or to those who decide, and must not end with a chat that is lost.
_TO_ONE = ("submitted", "corrected", "extension_requested", "transfer_requested", "proposed")
_PENDING: Mapping[str, tuple[Any, str]] = {
    # In so many words, or SQLite does not see that the partial indexes will do.
    "submitted": (Report, "report.kind = 'completion' AND report.review = 'pending'"),
    "extension_requested": (Extension, "extension.state = 'pending'"),
    "transfer_requested": (Transfer, "transfer.state = 'pending'"),
}
OF = {"a": Agency, "d": Document}


def find_monitor(work: Work, assignment_id: int) -> int | None:
    """The agency's monitor, else the document's, as far as messages can go to them."""
    query = (
        select(Agency.monitor_id, Document.monitor_id)
        .join(Assignment, col(Assignment.agency_id) == col(Agency.id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Document, col(Document.id) == col(Task.document_id))
        .where(col(Assignment.id) == assignment_id)
    )
    named = [each for each in work.session.exec(query).one() if each is not None]
    if not named:
        return None
    reachable = list_reachable(work)
    return next((each for each in named if each in reachable), None)


def say_first(
    work: Work,
    kind: str,
    key: str,
    *,
    assignment_id: int,
    report_id: int | None = None,
    data: dict[str, Any] | None = None,
    by: int | None = None,
) -> Said | None:
    """To the monitor alone, else to the whole secretariat. `by`: whose matter it is, who cannot decide on it."""
    monitor = find_monitor(work, assignment_id)
    is_for_one = monitor is not None and monitor != by
    return say(
        work,
        kind,
        key,
        audience="member" if is_for_one else "secretariat",
        member_id=monitor if is_for_one else None,
        assignment_id=assignment_id,
        report_id=report_id,
        data=data,
    )


def is_told_to_all(work: Work, key: str) -> bool:
    """Whether what was said by this key to one person has been said to all since."""
    return (
        work.session.exec(select(Notice.id).where(col(Notice.dedupe_key) == f"{key}{ALL}")).first()
        is not None
    )


# --- then to all


@dataclass(frozen=True)
class _Alone:
    """Something that only one person was told of; at `at` all are. `is_late`: it has waited, else the chat is lost."""

    notice: Any
    at: datetime
    is_late: bool


def ask_next() -> Queries:
    """Something that only one person was told of, where there is any."""
    asked = [*map(_select_pending, _PENDING), _select_stranded()]
    return [each.with_only_columns(col(Notice.id)).limit(1) for each in asked]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """When the tick has something to say to all."""
    if not any(found):
        return None
    return min((each.at for each in _list_alone(work)), default=None)


def fire(work: Work) -> Due:
    """Says to the whole secretariat what has waited for a working day, or what its monitor cannot get."""
    due = [each for each in _list_alone(work) if each.at <= work.now]
    said = [_say_to_all(work, each) for each in due[:BATCH]]
    dispatch(work, said)
    return Due(len(said), more=len(due) > BATCH)


def _say_to_all(work: Work, alone: _Alone) -> Said | None:
    notice = alone.notice
    return say(
        work,
        "waiting" if alone.is_late and notice.kind == "submitted" else notice.kind,
        f"{notice.dedupe_key}{ALL}",
        audience="secretariat",
        assignment_id=notice.assignment_id,
        report_id=notice.report_id,
        data=dict(notice.data),
    )


def _list_alone(work: Work) -> list[_Alone]:
    found = {each.id: each for kind in _PENDING for each in _list_pending(work, kind)}
    stranded = {each.id: each for each in _list_stranded(work)}
    if not found and not stranded:
        return []
    reachable = list_reachable(work)
    late = (_Alone(each, _a_day_after(work, each.due_at), True) for each in found.values())
    lost = [each for each in found.values() if each.member_id not in reachable]
    at_once = [_Alone(each, each.due_at, False) for each in {**stranded, **{n.id: n for n in lost}}.values()]
    gone = {each.notice.id for each in at_once}
    return sorted(
        [*at_once, *(each for each in late if each.notice.id not in gone)], key=lambda each: each.at
    )


def _list_pending(work: Work, kind: str) -> Iterator[Notice]:
    """Of what waits for a decision: what was said to one person and not yet to all."""
    yield from work.session.exec(_select_pending(kind))


def _list_stranded(work: Work) -> Iterator[Notice]:
    """What could not be delivered to the one person it was for."""
    yield from work.session.exec(_select_stranded())


# Written out once: every tick asks them, and it takes longer than the databases do.
@functools.cache
def _select_pending(kind: str) -> SelectOfScalar[Notice]:
    table, is_pending = _PENDING[kind]
    return (
        select(Notice)
        .join(table, col(Notice.dedupe_key) == literal(f"{kind}:") + cast(col(table.id), String))
        .where(text(is_pending), col(Notice.audience) == "member", _is_untold())
    )


@functools.cache
def _select_stranded() -> SelectOfScalar[Notice]:
    return (
        select(Notice)
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(
            text("outbox_message.status IN ('pending', 'sending')"),
            col(OutboxMessage.address_id).is_(None),
            col(OutboxMessage.kind).in_(_TO_ONE),
            col(Notice.audience) == "member",
            _is_untold(),
        )
    )


def _is_untold() -> ColumnElement[bool]:
    other = aliased(Notice)
    return ~select(other.id).where(col(other.dedupe_key) == col(Notice.dedupe_key) + ALL).exists()


def _a_day_after(work: Work, at: datetime) -> datetime:
    """One working day later, at the same time of day; what came on a day off counts from the next working day."""
    local = at.astimezone(work.office.zone)
    day = work.calendar.add_working_days(work.calendar.next_working_day(local.date()), 1)
    return datetime.combine(day, local.time(), work.office.zone).astimezone(UTC)


def hand_on(work: Work, member_id: int) -> None:
    """What waits for someone who is leaving the secretariat, and was for that person alone, is told to all."""
    mine = (
        select(OutboxMessage.id)
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .where(
            col(Address.member_id) == member_id,
            col(OutboxMessage.status) == "pending",
            col(OutboxMessage.kind).in_(_TO_ONE),
        )
    )
    waiting = [
        (message_id, notice)
        for message_id, notice in list_covered(work, work.session.exec(mine).all())
        if notice.audience == "member"
    ]
    expire_messages(work, [message_id for message_id, _ in waiting], NOT_CONCERNED)
    dispatch(work, [_say_to_all(work, _Alone(notice, work.now, False)) for _, notice in waiting])


# --- naming them


def set_monitor(work: Work, actor: Actor, of: str, key: int, member_id: int | None) -> None:
    """Names the monitor of an agency (`a`) or a document (`d`), None: nobody. UserError for a stranger."""
    require(work, actor, Action.EDIT_SETTINGS)
    row: Any = work.session.get(OF[of], key) if of in OF else None
    if row is None:
        raise work.refuse("bad_button", actor.language)
    known = {each.member_id for each in list_secretaries(work)}
    if member_id is not None and member_id not in known:
        raise work.refuse("not_in_secretariat", actor.language)
    before, row.monitor_id = row.monitor_id, member_id
    if before == member_id:
        return
    work.record(
        "monitor_changed",
        actor=actor,
        agency_id=key if of == "a" else None,
        document_id=key if of == "d" else None,
        before={"member": before},
        after={"member": member_id},
    )
    work.session.flush()
