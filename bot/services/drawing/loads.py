"""Draws what the secretariat is told of a load that is about to tell several agencies."""

from bot.screens import loading
from bot.screens.base import Screen
from bot.services.context import Work
from bot.services.notice.holding import find_state
from bot.services.notice.said import Said
from bot.texts import Texts
from db.models import Document


def draw_load_held(work: Work, t: Texts, notice: Said) -> Screen | None:
    """While its messages wait with the way to take them back; None where they were taken back."""
    document = work.session.get(Document, notice.data["document_id"])
    telling = loading.Telling.from_json(notice.data)
    state = find_state(work, telling.batch or "")
    if document is None or state is None:
        return None
    return loading.held(t, document.title, telling, notice.due_at, waits=state == "held")
