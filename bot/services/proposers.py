"""Who has proposed what about a report, and is told how it was decided."""

from sqlmodel import col, select

from bot.services.context import Work
from bot.services.notices import say
from bot.services.said import Said
from db.models import Proposal, Report


def find_proposal(work: Work, report_id: int) -> Proposal | None:
    """What was proposed about a report last, also where it has been decided since."""
    return work.session.exec(select(Proposal).where(col(Proposal.report_id) == report_id)).first()


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
