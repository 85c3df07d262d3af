"""“Ghi nhận báo cáo thay”: an agency's signed document came another way; the day it arrived counts."""

from datetime import date, datetime, time

from bot.domain.access import Action
from bot.domain.assignment import Move, find_next_status
from bot.services.context import Actor, Work, require
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.single import get_locked, refusal_of
from bot.services.standing.views import get_view
from bot.services.tasks.reports import Draft, find_pending, hand_in, say_receipt, say_submitted, values_of
from db.models import Report

NOON = time(12)


def check_can_enter(work: Work, actor: Actor, assignment_id: int) -> None:
    """Raises UserError unless this person may record a report for the agency now."""
    require(work, actor, Action.ENTER_REPORT)
    view = get_view(work, assignment_id)
    if not view.is_lead:
        raise work.refuse("enter_lead", actor.language)
    if find_next_status(view.status, Move.SUBMIT) is None:
        pending = find_pending(work, assignment_id)
        raise work.refuse(refusal_of(view), actor.language, number=pending.id if pending else "—")


def check_arrival(work: Work, actor: Actor, arrived_on: date, document_date: date | None = None) -> None:
    """Raises UserError for a day that is still to come, or lies before the document's own date."""
    if arrived_on > work.today:
        raise work.refuse("arrived_later", actor.language, day=arrived_on, today=work.today)
    if document_date is not None and arrived_on < document_date:
        raise work.refuse("arrived_before", actor.language, day=arrived_on, document=document_date)


def enter(work: Work, actor: Actor, assignment_id: int, draft: Draft, arrived_on: date) -> Report:
    """Records the report; it counts as submitted on the day its document arrived."""
    check_can_enter(work, actor, assignment_id)
    check_arrival(work, actor, arrived_on, draft.document_date)
    report = Report(
        **values_of(draft),
        assignment_id=assignment_id,
        agency_id=0,
        submitted_at=_arrival(work, arrived_on),
        submitted_by=None,
        entered_by=actor.member_id,
        entered_at=work.now,
        arrived_on=arrived_on,
    )
    hand_in(work, actor, report, draft)
    assignment, task = get_locked(work, assignment_id)
    told = say(
        work,
        "entered",
        f"entered:{report.id}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        report_id=report.id,
    )
    dispatch(work, [say_receipt(work, actor, report), say_submitted(work, report), told])
    return report


def _arrival(work: Work, arrived_on: date) -> datetime:
    """Now for a document of today; of an earlier day only the day is known."""
    if arrived_on == work.today:
        return work.now
    return datetime.combine(arrived_on, NOON, work.office.zone)
