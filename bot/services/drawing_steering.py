"""Draws what is said about steering an assignment and about moving it to another agency."""

from bot.screens import steering as screens
from bot.screens.base import Button, Screen
from bot.screens.tasks import agency_buttons
from bot.services.context import Work
from bot.services.views import find_view
from bot.texts import Texts, clip, join
from db.models import Agency, Notice, Transfer


def draw_steered(work: Work, t: Texts, notice: Notice) -> Screen | None:
    view = find_view(work, notice.assignment_id or 0)
    if view is None:
        return None
    target = work.session.get(Agency, notice.data["agency_id"]) if "agency_id" in notice.data else None
    return screens.steered(
        view,
        notice.data["move"],
        t,
        notice.data.get("reason") or "",
        target.name if target else "",
        keyboard=agency_buttons(view, t, work.today),
    )


def draw_transfer(work: Work, t: Texts, notice: Notice) -> Screen | None:
    """A request for the secretariat while it waits, or the refusal for the agency."""
    asked = work.session.get_one(Transfer, notice.data["transfer_id"])
    view = find_view(work, asked.assignment_id)
    if view is None or (notice.kind == "transfer_requested" and asked.state != "pending"):
        return None
    wanted = work.session.get(Agency, asked.wanted_agency_id) if asked.wanted_agency_id else None
    reason = asked.reason if notice.kind == "transfer_requested" else asked.note or ""
    text = join(
        t(notice.kind.replace("_", ".", 1), **screens.about(t, view)),
        t("task.document", document=clip(view.document, 300)),
        t("steer.to", agency=wanted.name) if wanted else "",
        t("steer.reason", reason=clip(reason, 2000)),
    )
    if notice.kind == "transfer_refused":
        return Screen(text, agency_buttons(view, t, work.today))
    return Screen(
        text,
        [
            [Button(t.plain("button.transfer_agree"), f"trfa:{asked.id}")],
            [Button(t.plain("button.transfer_refuse"), f"trfr:{asked.id}")],
            [Button(t.plain("button.view"), f"view:{view.id}")],
        ],
    )
