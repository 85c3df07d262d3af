"""Draws what is said inside an agency: a task handed on, a cover named."""

from bot.screens.base import Button, Screen
from bot.screens.steering import about
from bot.screens.tasks import agency_buttons, due_line
from bot.services.context import Work
from bot.services.drawing.reports import member_name
from bot.services.notice.said import Said
from bot.services.standing.views import find_view
from bot.texts import Texts, clip, join
from db.models import Cover


def draw_handed(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To the one who has it in hand now."""
    view = find_view(work, notice.assignment_id or 0)
    if view is None or not view.is_open:
        return None
    text = join(
        t("handing.told", **about(t, view)),
        t("task.document", document=clip(view.document, 300)),
        due_line(view, t, work.today),
    )
    received = Button(t.plain("button.received"), f"rcv:{view.id}")
    return Screen(text, [[received], *agency_buttons(view, t, work.today)])


def draw_cover(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To both: who covers for whom, and when."""
    cover = work.session.get(Cover, notice.data["cover_id"])
    if cover is None:
        return None
    return Screen(
        t(
            "handing.cover_told",
            absent=member_name(work, cover.absent_id),
            cover=member_name(work, cover.cover_id),
            first=cover.starts_on,
            last=cover.ends_on,
        )
    )
