"""Since when an assignment stands still, and why."""

from sqlmodel import col, select

from bot.services.context import Work
from db.models import Event

_STOPS = ("suspended", "withdrawn", "reassigned")


def find_stop(work: Work, assignment_id: int) -> Event | None:
    """The event by which work on it was stopped last: suspended, withdrawn, or moved to another agency."""
    query = select(Event).where(col(Event.assignment_id) == assignment_id, col(Event.action).in_(_STOPS))
    return work.session.exec(query.order_by(col(Event.id).desc())).first()
