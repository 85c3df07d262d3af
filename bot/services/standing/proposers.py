"""Who has proposed what about a report, and is told how it was decided."""

from sqlmodel import col, select

from bot.services.context import Work
from db.models import Proposal


def find_proposal(work: Work, report_id: int) -> Proposal | None:
    """What was proposed about a report last, also where it has been decided since."""
    return work.session.exec(select(Proposal).where(col(Proposal.report_id) == report_id)).first()
