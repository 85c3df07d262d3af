"""What waits to be handled and to be sent: how many, and since when. Kinds and states only, nothing of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.upkeep.health.late import count_stuck
from db.models import Address, InboxUpdate, OutboxMessage
from db.partial import OPEN_UPDATES, WAITING_MESSAGES


@dataclass(frozen=True)
class Queue:
    """How many wait, and the age of the oldest in seconds."""

    waiting: int
    oldest_s: float


@dataclass(frozen=True)
class Queues:
    """`outbox`: messages to chats that can be written to, by kind; `inbox`: updates by state.

    `unreceived`: messages that nobody can receive yet; `stuck`: messages to known chats that are late.
    """

    outbox: Mapping[str, Queue]
    inbox: Mapping[str, Queue]
    unreceived: int
    stuck: int


def read_queues(work: Work, wall: datetime) -> Queues:
    """`wall`: the machine's time, by which updates are stamped."""
    counted = func.count(col(OutboxMessage.id))
    outbox = (
        select(OutboxMessage.kind, counted, func.min(col(OutboxMessage.created_at)))
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .where(WAITING_MESSAGES, col(Address.reachable))
        .group_by(col(OutboxMessage.kind))
    )
    inbox = (
        select(InboxUpdate.state, func.count(), func.min(col(InboxUpdate.received_at)))
        .where(OPEN_UPDATES)
        .group_by(col(InboxUpdate.state))
    )
    unreceived = select(counted).where(WAITING_MESSAGES, col(OutboxMessage.address_id).is_(None))
    return Queues(
        outbox={kind: _queue(n, since, work.now) for kind, n, since in work.session.exec(outbox)},
        inbox={state: _queue(n, since, wall) for state, n, since in work.session.exec(inbox)},
        unreceived=work.session.exec(unreceived).one(),
        stuck=count_stuck(work, wall),
    )


def _queue(waiting: int, since: datetime | None, now: datetime) -> Queue:
    return Queue(waiting, max(0.0, (now - since).total_seconds()) if since else 0.0)
