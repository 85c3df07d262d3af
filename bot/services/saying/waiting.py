"""How many messages have not gone out yet."""

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.saying.delivery import ANSWERS
from db.models import Assignment, Notice, OutboxCover, OutboxMessage, Task


def count_waiting(work: Work, document_id: int | None = None) -> int:
    """Messages but receipts that wait for reachable people; of a document: those that speak of a task of it."""
    query = select(func.count(func.distinct(col(OutboxMessage.id)))).where(
        col(OutboxMessage.status) == "pending",
        col(OutboxMessage.address_id).is_not(None),
        col(OutboxMessage.kind).not_in(ANSWERS),
    )
    if document_id is not None:
        query = (
            query.join(OutboxCover, col(OutboxCover.message_id) == col(OutboxMessage.id))
            .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
            .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
            .join(Task, col(Task.id) == col(Assignment.task_id))
            .where(col(Task.document_id) == document_id)
        )
    return work.session.exec(query).one()
