"""Requests of an agency that wait for an answer, and what becomes of them when there is nothing left to answer."""

from datetime import date
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.timeliness import effective_due
from bot.services.context import Actor, Work
from db.models import Assignment, DeadlineChange, Extension, Transfer

Request = TypeVar("Request", Extension, Transfer)


def find_pending(work: Work, table: type[Request], assignment_id: int) -> Request | None:
    """The request of its kind that waits; there is never more than one."""
    query = select(table).where(col(table.assignment_id) == assignment_id, col(table.state) == "pending")
    return work.session.exec(query).first()


def close_requests(work: Work, actor: Actor | None, assignment: Assignment) -> None:
    """Nothing is left to be asked of an assignment that is over: what waits is answered by that, on the record."""
    note = work.texts().plain("request.over")
    waiting = {
        "extension": find_pending(work, Extension, assignment.id),
        "transfer": find_pending(work, Transfer, assignment.id),
    }
    for name, asked in waiting.items():
        if asked is None:
            continue
        asked.state, asked.note = "refused", note
        asked.decided_by, asked.decided_at = actor.member_id if actor else None, work.now
        work.record(
            f"{name}_refused",
            actor=actor,
            assignment_id=assignment.id,
            agency_id=assignment.agency_id,
            after={name: asked.id, "reason": note},
        )
    work.session.flush()


def list_earlier_dues(work: Work, assignment_id: int) -> list[date]:
    """The deadlines an assignment had before the present one, the first of all at the beginning."""
    query = (
        select(DeadlineChange)
        .where(col(DeadlineChange.assignment_id) == assignment_id, col(DeadlineChange.old_due).is_not(None))
        .order_by(col(DeadlineChange.id))
    )
    return [each.old_due for each in work.session.exec(query) if each.old_due is not None]


def list_marks(work: Work, asked: Extension) -> list[str]:
    """What the secretariat should see beside a request: `late` (after the deadline), `again` (not the first)."""
    assignment = work.session.get_one(Assignment, asked.assignment_id)
    marks = []
    on = asked.requested_at.astimezone(work.office.zone).date()
    if assignment.due is not None and effective_due(assignment.due, work.calendar) < on:
        marks.append("late")
    if count_earlier(work, asked):
        marks.append("again")
    return marks


def count_earlier(work: Work, asked: Extension) -> int:
    """Requests made before about the same assignment; what the office gave unasked is none."""
    earlier = select(func.count(col(Extension.id))).where(
        col(Extension.assignment_id) == asked.assignment_id,
        col(Extension.id) < asked.id,
        col(Extension.decided_by).is_distinct_from(col(Extension.requested_by)),
    )
    return int(work.session.exec(earlier).one())
