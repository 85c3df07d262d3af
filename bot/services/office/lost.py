"""Times of which nothing is known here: between a backup and its restoring, the bot went on and nobody kept it."""

from datetime import UTC, datetime

from bot.services.context import Work
from db.models import Installation


def is_lost(work: Work, drawn_at: int | None) -> bool:
    """Whether a message was written in such a time: its buttons name rows that are gone, or are others by now.

    `drawn_at`: Unix seconds by Telegram's clock.
    """
    lost = work.session.get_one(Installation, 1).lost
    if not lost or drawn_at is None:
        return False
    try:
        at = datetime.fromtimestamp(drawn_at, UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return any(datetime.fromisoformat(since) <= at <= datetime.fromisoformat(until) for since, until in lost)
