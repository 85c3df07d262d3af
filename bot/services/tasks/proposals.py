"""Proposing and deciding: where that is switched on, the record keeps what was proposed beside what was decided."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Actor, Work
from bot.services.notice.said import Said
from bot.services.office.secretaries import list_deciders, must_propose
from bot.services.saying.notices import dispatch, say
from bot.services.standing.proposers import find_proposal
from bot.services.tasks.reports import check_days, get_reviewable
from bot.services.typed_words import check_content
from db.models import Event, Member, Proposal, Report

VERDICTS = ("accept", "return")
_ACTIONS = {"accept": "proposed_accept", "return": "proposed_return"}


def check_can_propose(work: Work, actor: Actor, report_id: int) -> Report:
    """Raises UserError where it is decided, or someone else has proposed and waits for the decision."""
    report = get_reviewable(work, actor, report_id)
    if not must_propose(work, actor.member_id, report):
        raise work.refuse("old_button", actor.language)
    standing = find_proposal(work, report_id)
    if standing is None or standing.proposed_by == actor.member_id or _is_answered(work, report, standing):
        return report
    proposer = work.session.get(Member, standing.proposed_by)
    name = proposer.name if proposer else "—"
    raise work.refuse("proposed", actor.language, name=name, at=standing.proposed_at)


def _is_answered(work: Work, report: Report, proposal: Proposal) -> bool:
    """Decided since, and that undone: the matter begins anew."""
    query = select(Event.id).where(
        col(Event.assignment_id) == report.assignment_id,
        col(Event.action).in_(("accepted", "returned")),
        col(Event.at) >= proposal.proposed_at,
    )
    return work.session.exec(query).first() is not None


def propose(
    work: Work, actor: Actor, report_id: int, verdict: str, note: str, *, days: int | None = None
) -> Proposal:
    """“Đề xuất xác nhận” or “Đề xuất trả lại” (with the reason); those who decide are told.

    `days`: working days to complete what is returned, where the deadline has passed while it waited.
    """
    report = check_can_propose(work, actor, report_id)
    if verdict not in VERDICTS:
        raise work.refuse("bad_button", actor.language)
    check_content(work, actor, note, ())
    if verdict == "return" and not note:
        raise work.refuse("empty_reason", actor.language)
    if days is not None:
        check_days(work, actor, days)
    proposal = find_proposal(work, report_id)
    before = {"verdict": proposal.verdict, "reason": proposal.note} if proposal else None
    if proposal is None:
        proposal = Proposal(
            report_id=report.id, verdict=verdict, proposed_by=actor.member_id, proposed_at=work.now
        )
        work.session.add(proposal)
    proposal.verdict, proposal.note, proposal.days = verdict, note or None, days
    proposal.proposed_by, proposal.proposed_at = actor.member_id, work.now
    work.session.flush()
    work.record(
        _ACTIONS[verdict],
        actor=actor,
        assignment_id=report.assignment_id,
        agency_id=report.agency_id,
        before=before,
        after={"report": report.id, "verdict": verdict, "reason": note or None, "days": days},
    )
    dispatch(work, _say_proposed(work, report, proposal))
    return proposal


def _say_proposed(work: Work, report: Report, proposal: Proposal) -> list[Said | None]:
    """To each who decides; where none of them can be reached, to the whole secretariat."""
    key = f"proposed:{report.id}:{_count(work, report)}"
    about: dict[str, Any] = {
        "assignment_id": report.assignment_id,
        "report_id": report.id,
        "data": {"at": proposal.proposed_at.isoformat(), "verdict": proposal.verdict},
    }
    reachable = [each.member_id for each in list_deciders(work, report) if each.is_reachable]
    if not reachable:
        return [say(work, "proposed", key, audience="secretariat", **about)]
    return [
        say(work, "proposed", f"{key}:{each}", audience="member", member_id=each, **about)
        for each in reachable
    ]


def _count(work: Work, report: Report) -> int:
    """How often something was proposed about the assignment."""
    query = select(func.count(col(Event.id))).where(
        col(Event.assignment_id) == report.assignment_id, col(Event.action).in_(_ACTIONS.values())
    )
    return int(work.session.exec(query).one())
