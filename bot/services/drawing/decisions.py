"""Draws what is said about decisions: on extensions, on steering, on moving a task to another agency."""

from datetime import date

from bot.screens import steering as screens
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import agency_buttons
from bot.services.context import Work
from bot.services.notice.said import Said
from bot.services.standing import requests
from bot.services.standing.open_deadlines import count_open
from bot.services.standing.views import find_view
from bot.texts import Texts, clip, join
from db.models import Agency, Document, Extension, Transfer


def draw_steered(work: Work, t: Texts, notice: Said) -> Screen | None:
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
        today=work.today,
        keyboard=agency_buttons(view, t, work.today),
    )


def draw_transfer(work: Work, t: Texts, notice: Said) -> Screen | None:
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
        t("transfer.to", agency=wanted.name) if wanted else "",
        t("steer.reason", reason=clip(reason, 2000)),
    )
    if notice.kind == "transfer_refused":
        return Screen(text, agency_buttons(view, t, work.today))
    return Screen(text, [*transfer_buttons(t, asked), [Button(t.plain("button.view"), f"view:{view.id}")]])


def transfer_buttons(t: Texts, asked: Transfer) -> Keyboard:
    """The answers to a request to move a task."""
    return [
        [Button(t.plain("button.transfer_agree"), f"trfa:{asked.id}")],
        [Button(t.plain("button.transfer_refuse"), f"trfr:{asked.id}")],
    ]


def draw_extension(work: Work, t: Texts, notice: Said) -> Screen | None:
    """A request for the secretariat while it waits, or the answer for the agency."""
    asked = work.session.get_one(Extension, notice.data["extension_id"])
    view = find_view(work, asked.assignment_id)
    is_request = notice.kind == "extension_requested"
    is_unasked = asked.requested_by == asked.decided_by
    if view is None or (is_request and asked.state != "pending"):
        return None
    text = t(
        "extension.granted" if is_unasked else notice.kind.replace("extension_", "extension."),
        due=date.fromisoformat(notice.data["due"]),
        day=asked.decided_due or asked.wanted_due,
        reason=clip(asked.reason if is_request else asked.note or "", 2000),
        document=t("task.document", document=clip(view.document, 300)),
        **screens.about(t, view),
    )
    if not is_request:
        word = t("extension.word", word=clip(asked.on_whose_word, 500)) if asked.on_whose_word else ""
        why = t("steer.reason", reason=clip(asked.reason, 1000)) if is_unasked else ""
        return Screen(join(text, why, word), agency_buttons(view, t, work.today))
    rows = [*extension_buttons(t, asked), [Button(t.plain("button.view"), f"view:{asked.assignment_id}")]]
    return Screen(join(text, *_marks(work, t, asked)), rows)


def _marks(work: Work, t: Texts, asked: Extension) -> list[str]:
    sentences = {
        "late": t("extension.mark_late"),
        "again": t("extension.mark_again", n=requests.count_earlier(work, asked) + 1),
    }
    return [sentences[mark] for mark in requests.list_marks(work, asked)]


def extension_buttons(t: Texts, asked: Extension) -> Keyboard:
    """The answers to a request for another deadline."""
    return [
        [Button(t.plain("button.extension_agree"), f"exa:{asked.id}")],
        [Button(t.plain("button.extension_other"), f"exo:{asked.id}")],
        [Button(t.plain("button.extension_refuse"), f"exr:{asked.id}")],
    ]


def draw_open_deadlines(work: Work, t: Texts, notice: Said) -> Screen | None:
    """Which deadlines of a document the secretariat is asked to settle, as things stand now."""
    document = work.session.get_one(Document, notice.data["document_id"])
    none, two = count_open(work, document.id)
    if not none and not two:
        return None
    all_none, all_two = count_open(work)
    text = join(
        t("open_deadlines.title", document=clip(document.title, 300)),
        t("open_deadlines.unsettled", n=none) if none else "",
        t("open_deadlines.unconfirmed", n=two) if two else "",
    )
    rows: Keyboard = []
    if two:
        rows.append([Button(t.plain("button.unconfirmed", n=all_two), "uncf:0")])
    if none:
        rows.append([Button(t.plain("button.unsettled", n=all_none), "undl:0")])
    return Screen(text, rows)
