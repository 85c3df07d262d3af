"""What came of a message: sent, put off, refused, moved, or nobody there."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from bot.services.context import Work
from bot.services.saying.delivery.claims import Claimed
from bot.services.saying.delivery.lost import lose_chat
from bot.services.saying.notices import dispatch, say
from bot.services.standing.addresses import move_chat
from db.models import OutboxMessage


def record_arrived(work: Work, message: Claimed, telegram_id: int | None, bare: str = "") -> None:
    """Sent; also where it waits again, since we were taken for dead meanwhile: then nobody need repeat it."""
    waits = update(OutboxMessage).where(
        col(OutboxMessage.id) == message.id,
        col(OutboxMessage.epoch) == message.epoch,
        col(OutboxMessage.status) == "pending",
    )
    work.session.execute(waits.values(status="sending"))
    record_sent(work, message.id, telegram_id, bare)


def record_sent(work: Work, message_id: int, telegram_id: int | None, bare: str = "") -> None:
    """`bare`: why it went without its formatting or its buttons; kept for `doctor`."""
    error = bare[:300] or None
    _settle(work, message_id, status="sent", sent_at=work.now, message_id=telegram_id, error=error)


def put_back(work: Work, message: Claimed) -> None:
    """A claimed message that was not handed to Telegram."""
    _settle(work, message.id, status="pending", attempts=message.attempts - 1)


def record_later(
    work: Work, message_id: int, not_before: datetime, error: str, wall: datetime | None = None
) -> None:
    """Put off until an instant of the machine's clock. `wall`: what that clock says now."""
    _settle(work, message_id, status="pending", not_before=not_before, put_off_at=wall, error=error[:300])


def record_refused(work: Work, message_id: int, error: str) -> None:
    """Telegram will never take it as it is: kept, visible in `doctor`, and the secretariat is told once a day."""
    _settle(work, message_id, status="failed", error=error[:300])
    tell_undelivered(work)


def tell_undelivered(work: Work) -> None:
    notice = say(work, "undelivered", f"undelivered:{work.today}", audience="secretariat")
    dispatch(work, [notice])


def record_moved(work: Work, message_id: int, old: str, new: str, not_before: datetime) -> None:
    """A group became a supergroup: sent again to the new one; what cannot have moved is tried again later."""
    moved = move_chat(work, old, new)
    at = None if moved else not_before
    _settle(work, message_id, status="pending", not_before=at, error=f"chuyển sang {new}")


def _settle(work: Work, row_id: int, /, **values: object) -> None:
    work.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == row_id, col(OutboxMessage.status) == "sending")
        .values(**values)
    )


def record_unreachable(work: Work, message_id: int, chat: str, reason: str, error: str) -> None:
    """The person blocked the bot or is gone: this message, and all that waits for the chat, goes elsewhere."""
    message = work.session.get_one(OutboxMessage, message_id)
    message.status, message.error = "failed", error[:300]
    lose_chat(work, chat, reason, [message])
