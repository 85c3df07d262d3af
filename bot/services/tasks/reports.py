"""Reports: handed in by an agency, confirmed or returned by the secretariat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import Move, find_next_status
from bot.domain.timeliness import Status, last_day_of
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from bot.services.office.secretaries import require_decider
from bot.services.people.monitors import is_told_to_all, say_first
from bot.services.reminding.reminders import answering_agency, go_on, replan
from bot.services.saying.notices import dispatch, say
from bot.services.standing import indicators, partners
from bot.services.standing.proposers import find_proposal
from bot.services.standing.requests import close_requests
from bot.services.standing.single import get_locked, refusal_of, state_of
from bot.services.standing.views import get_view
from bot.services.tasks import contributions
from bot.services.typed_words import check_content
from db.models import Assignment, Attachment, Member, Report, ReportVersion, Task

DAYS_TO_COMPLETE = 3  # working days after a return, unless the secretariat gives others
TIMES_TO_COMPLETE = (1, 3, 5, 10)
LONGEST_TO_COMPLETE = 60
LARGEST_FILE = 20 * 1024 * 1024  # what a bot may download (Bot API, getFile)


@dataclass(frozen=True)
class Draft:
    """What a person has written so far: text, ids of attachments, and what an official table asks beside them.

    `pieces`: the chat messages the text came in, as (message id, words), for corrections. `numbers`: for the
    document's targets, as (target id, number).
    """

    kind: str
    text: str
    attachment_ids: tuple[int, ...] = ()
    cause: str | None = None
    difficulties: str | None = None
    proposals: str | None = None
    expected_on: date | None = None
    document_number: str | None = None
    document_date: date | None = None
    signatory: str | None = None
    pieces: tuple[tuple[int, str], ...] = ()
    numbers: tuple[tuple[int, str], ...] = ()


def check_can_report(work: Work, actor: Actor, assignment_id: int, kind: str) -> None:
    """Raises UserError unless this person may hand in this kind of report now."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.REPORT, view.answering_id)
    if kind == "completion" and not view.is_lead:
        raise work.refuse("coordinating", actor.language)
    if kind == partners.KIND and view.is_lead:
        raise work.refuse("bad_button", actor.language)
    move = Move.SUBMIT if kind == "completion" else Move.PROGRESS
    if find_next_status(view.status, move) is None:
        pending = find_pending(work, assignment_id)
        raise work.refuse(refusal_of(view), actor.language, number=pending.id if pending else "—")


def find_pending(work: Work, assignment_id: int) -> Report | None:
    return work.session.exec(
        select(Report).where(
            col(Report.assignment_id) == assignment_id,
            col(Report.kind) == "completion",
            col(Report.review) == "pending",
        )
    ).first()


def submit(work: Work, actor: Actor, assignment_id: int, draft: Draft) -> Report:
    """Hands a report in: state, audit, receipt and the secretariat's message in one transaction.

    What an agency that only coordinates reports of its progress is a contribution, and the leads are told.
    """
    draft = replace(draft, kind=contributions.kind_for(get_view(work, assignment_id), draft.kind))
    check_can_report(work, actor, assignment_id, draft.kind)
    report = Report(
        **values_of(draft),
        assignment_id=assignment_id,
        agency_id=0,
        submitted_at=work.now,
        submitted_by=actor.member_id,
    )
    hand_in(work, actor, report, draft)
    told = contributions.say_contributed(work, report)
    dispatch(work, [say_receipt(work, actor, report), say_submitted(work, report), *told])
    return report


def values_of(draft: Draft) -> dict[str, Any]:
    """The columns of a report that a draft fills."""
    names = ("kind", "text", "cause", "difficulties", "proposals", "expected_on", "signatory")
    numbers = ("document_number", "document_date")
    pieces = [{"message": number, "text": words} for number, words in draft.pieces]
    return {name: getattr(draft, name) for name in (*names, *numbers)} | {"pieces": pieces or None}


def hand_in(work: Work, actor: Actor, report: Report, draft: Draft) -> None:
    """Stores a report with its files and moves the assignment on; what is to be said is the caller's."""
    assignment, task = get_locked(work, report.assignment_id)
    files = _list_files(work, actor, draft.attachment_ids)
    words = (draft.text, draft.cause or "", draft.difficulties or "", draft.proposals or "")
    check_content(work, actor, "\n".join(filter(None, words)), [each.name for each in files])
    if not (draft.text or files or draft.document_number or draft.numbers):
        raise work.refuse("empty_report", actor.language)
    report.agency_id = assignment.agency_id
    work.session.add(report)
    work.session.flush()
    for each in files:
        each.report_id = report.id
    numbers = indicators.record(work, actor, report, task, draft.numbers)
    before = state_of(assignment)
    _move_on(work, actor, assignment, task, report)
    work.record(
        f"reported_{report.kind}",
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after={
            **state_of(assignment),
            "report": report.id,
            "entered": report.entered_by is not None,
            **({"numbers": dict(numbers)} if numbers else {}),
        },
    )


def _move_on(work: Work, actor: Actor, assignment: Assignment, task: Task, report: Report) -> None:
    move = Move.SUBMIT if report.kind == "completion" else Move.PROGRESS
    status = find_next_status(Status(assignment.status), move)
    assert status is not None
    # Who reports has plainly received the task.
    if assignment.acknowledged_at is None:
        assignment.acknowledged_at, assignment.acknowledged_by = work.now, actor.member_id
    assignment.status = status.value
    assignment.version += 1
    if report.kind == "completion":
        assignment.submitted_at = report.submitted_at
        replan(work, assignment, task)
    else:
        go_on(work, assignment, task)


def _list_files(work: Work, actor: Actor, ids: Sequence[int]) -> list[Attachment]:
    query = select(Attachment).where(
        col(Attachment.id).in_(list(ids)),
        col(Attachment.member_id) == actor.member_id,
        col(Attachment.report_id).is_(None),
    )
    return list(work.session.exec(query.order_by(col(Attachment.id))))


def drop_files(work: Work, actor: Actor, ids: Sequence[int]) -> None:
    """Files of a draft that is not sent: nobody needs them, so they are not fetched."""
    for each in _list_files(work, actor, ids):
        if each.document_id is None:
            work.session.delete(each)
    work.session.flush()


def say_receipt(work: Work, actor: Actor, report: Report) -> Said | None:
    return say(
        work,
        "receipt",
        f"receipt:{report.id}",
        audience="member",
        member_id=actor.member_id,
        agency_id=report.agency_id,
        assignment_id=report.assignment_id,
        report_id=report.id,
    )


def check_can_correct(work: Work, actor: Actor, report_id: int) -> Report:
    """A report this person may correct: one's own, while no decision has been made on it."""
    report = work.session.exec(select(Report).where(col(Report.id) == report_id).with_for_update()).first()
    if report is None or report.submitted_by != actor.member_id:
        raise work.refuse("bad_button", actor.language)
    require(work, actor, Action.REPORT, get_view(work, report.assignment_id).answering_id)
    if report.reviewed_at is not None:
        raise work.refuse("corrected_late", actor.language, number=report.id, at=report.reviewed_at)
    return report


def correct(work: Work, actor: Actor, report_id: int, message_id: int, words: str) -> Report:
    """The words of one of a report's messages, after it was sent: both versions are kept, the secretariat is told."""
    report = check_can_correct(work, actor, report_id)
    pieces = [dict(each) for each in report.pieces or []]
    changed = [each for each in pieces if each["message"] == message_id]
    if not changed or not words:
        raise work.refuse("old_button", actor.language)
    changed[0]["text"] = words
    text = "\n".join(each["text"] for each in pieces)
    check_content(work, actor, text, ())
    count = select(func.count(col(ReportVersion.id))).where(col(ReportVersion.report_id) == report.id)
    number = int(work.session.exec(count).one()) + 1
    work.session.add(
        ReportVersion(
            report_id=report.id,
            number=number,
            values={"text": report.text},
            replaced_at=work.now,
            replaced_by=actor.member_id,
        )
    )
    before, report.text, report.pieces = report.text, text, pieces
    work.record(
        "report_corrected",
        actor=actor,
        assignment_id=report.assignment_id,
        agency_id=report.agency_id,
        before={"report": report.id, "text": before},
        after={"report": report.id, "text": text},
    )
    dispatch(work, [_say_corrected(work, report, number)])
    return report


def _say_corrected(work: Work, report: Report, number: int) -> Said | None:
    key = f"corrected:{report.id}:{number}"
    about: dict[str, Any] = {"assignment_id": report.assignment_id, "report_id": report.id}
    if is_told_to_all(work, f"submitted:{report.id}"):
        return say(work, "corrected", key, audience="secretariat", **about)
    return say_first(work, "corrected", key, by=report.submitted_by, **about)


def say_submitted(work: Work, report: Report) -> Said | None:
    return say_first(
        work,
        "submitted",
        f"submitted:{report.id}",
        assignment_id=report.assignment_id,
        report_id=report.id,
        by=report.submitted_by,
    )


def get_reviewable(work: Work, actor: Actor, report_id: int) -> Report:
    """A report this person may confirm or return now. Raises UserError naming who was faster, and when."""
    report = work.session.exec(select(Report).where(col(Report.id) == report_id).with_for_update()).first()
    if report is None:
        raise work.refuse("bad_button", actor.language)
    require(work, actor, Action.REVIEW, report.agency_id)
    if report.reviewed_at is not None:
        reviewer = work.session.get(Member, report.reviewed_by)
        name = reviewer.name if reviewer else "—"
        raise work.refuse("reviewed", actor.language, name=name, at=report.reviewed_at)
    if report.kind != "completion":
        raise work.refuse("bad_button", actor.language)
    if report.submitted_by == actor.member_id or _is_entered_for_own(work, actor, report):
        raise work.refuse("own_report", actor.language)
    return report


def _is_entered_for_own(work: Work, actor: Actor, report: Report) -> bool:
    """Recorded for the agency one serves in: that is one's own report by another way."""
    if report.entered_by != actor.member_id:
        return False
    view = get_view(work, report.assignment_id)
    return view.answering_id in actor.agencies or view.agency_id in actor.agencies


def accept(work: Work, actor: Actor, report_id: int) -> Report:
    """“Xác nhận hoàn thành”: on time means the submission, not this moment."""
    report = get_reviewable(work, actor, report_id)
    require_decider(work, actor, report)
    return _review(work, actor, report, Move.ACCEPT, "")


def return_report(
    work: Work, actor: Actor, report_id: int, reason: str, *, days: int = DAYS_TO_COMPLETE
) -> Report:
    """“Trả lại để bổ sung”, with the reason; the agency's reminders begin again.

    `days`: working days to complete it, where the deadline has passed while it waited.
    """
    report = get_reviewable(work, actor, report_id)
    require_decider(work, actor, report)
    check_content(work, actor, reason, ())
    if not reason:
        raise work.refuse("empty_reason", actor.language)
    check_days(work, actor, days)
    return _review(work, actor, report, Move.RETURN, reason, days)


def _review(
    work: Work, actor: Actor, report: Report, move: Move, note: str, days: int = DAYS_TO_COMPLETE
) -> Report:
    assignment, task = get_locked(work, report.assignment_id)
    before = state_of(assignment)
    status = find_next_status(Status(assignment.status), move)
    if status is None:
        raise work.refuse("old_button", actor.language)
    report.review = "accepted" if move is Move.ACCEPT else "returned"
    report.review_note, report.reviewed_by, report.reviewed_at = note or None, actor.member_id, work.now
    assignment.status = status.value
    assignment.version += 1
    assignment.completed_at = work.now if move is Move.ACCEPT else None
    if move is Move.ACCEPT:
        close_requests(work, actor, assignment)
    if move is Move.RETURN:
        _set_time_to_complete(work, assignment, report, days)
        assignment.submitted_at = None
    work.session.flush()
    replan(work, assignment, task)
    work.record(
        report.review,
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after={**state_of(assignment), "report": report.id, "reason": note or None},
    )
    told = say_decided(work, report, assignment.version)
    dispatch(work, [_say_decision(work, report, assignment, task), told])
    return report


def check_days(work: Work, actor: Actor, days: int) -> None:
    """Raises UserError for a number of working days that is no time to complete a report in."""
    if not 1 <= days <= LONGEST_TO_COMPLETE:
        raise work.refuse("days_to_complete", actor.language, longest=LONGEST_TO_COMPLETE)


def find_time_to_complete(work: Work, report: Report, days: int) -> date | None:
    """Until when a returned report is to be completed, where its deadline has passed while it waited; else None."""
    assignment = work.session.get_one(Assignment, report.assignment_id)
    if assignment.due is None:
        return None
    if last_day_of(assignment.due, work.calendar, assignment.grace_until) >= work.today:
        return None
    return work.calendar.add_working_days(work.today, days)


def _set_time_to_complete(work: Work, assignment: Assignment, report: Report, days: int) -> None:
    until = find_time_to_complete(work, report, days)
    if until is None or assignment.due is None:
        return
    last_day = last_day_of(assignment.due, work.calendar, assignment.grace_until)
    was_in_time = report.submitted_at.astimezone(work.office.zone).date() <= last_day
    assignment.complete_by = until
    assignment.grace_until = until if was_in_time else assignment.grace_until


def _say_decision(work: Work, report: Report, assignment: Assignment, task: Task) -> Said | None:
    return say(
        work,
        report.review,
        # A decision taken back and made again is told again.
        f"{report.review}:{report.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        report_id=report.id,
    )


def say_decided(work: Work, report: Report, version: int) -> Said | None:
    """To whoever proposed, where someone else decided. `version`: of the assignment, after the decision."""
    proposal = find_proposal(work, report.id)
    if proposal is None or proposal.proposed_by == report.reviewed_by:
        return None
    return say(
        work,
        "proposal_decided",
        f"proposal_decided:{report.id}:{version}",
        audience="member",
        member_id=proposal.proposed_by,
        assignment_id=report.assignment_id,
        report_id=report.id,
    )
