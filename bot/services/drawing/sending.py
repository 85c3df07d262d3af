"""Draws what the secretariat is told of sending itself: messages refused, the bot replaced."""

from bot.screens.base import Screen
from bot.services.context import Work
from bot.services.notice.said import Said
from bot.services.office.sending_state import count_failed, count_unknown
from bot.texts import Texts
from db.models import Installation


def draw_undelivered(work: Work, t: Texts, notice: Said) -> Screen | None:
    """Once a day, with how many there are by then."""
    count = count_failed(work, notice.due_at)
    return Screen(t("undelivered", count=count)) if count else None


def draw_bot_changed(work: Work, t: Texts, notice: Said) -> Screen | None:
    """With the link that whoever has not started the new bot needs."""
    name = work.session.get_one(Installation, 1).bot_username
    return Screen(t("bot_changed", bot=name, count=count_unknown(work), at=notice.due_at)) if name else None
