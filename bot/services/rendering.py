"""Draws a message from its notices as things stand now; nothing where it has become pointless."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.screens import messages
from bot.screens.base import Button, Screen
from bot.screens.tasks import agency_buttons
from bot.services import overview
from bot.services.context import Work
from bot.services.drawing_decisions import draw_extension, draw_open_deadlines, draw_steered, draw_transfer
from bot.services.drawing_reports import (
    common_values,
    draw_corrected,
    draw_decided,
    draw_entered,
    draw_receipt,
    draw_submitted,
    draw_waiting,
    member_name,
)
from bot.services.expiry import is_outdated
from bot.services.notices import BUNDLED, DIGESTIBLE, NUMBERED
from bot.services.views import find_view, has_told_lately
from bot.texts import Html, Texts, clip, join
from db.models import (
    Address,
    Document,
    Member,
    Notice,
    OutboxCover,
    OutboxMessage,
)

MOST_CHANGES = 12


def texts_for(work: Work, address: Address | None) -> Texts:
    if address is None:
        return work.texts()
    member = work.session.get(Member, address.member_id) if address.member_id else None
    return work.texts((member.language if member else None) or address.language)


def draw(work: Work, notices: Sequence[Notice], address: Address | None) -> Screen | None:
    """The words and buttons for one chat; None where nothing of it is worth saying any more."""
    t = texts_for(work, address)
    work = work.in_language(t.language)
    if notices[0].kind in BUNDLED and len(notices) > 1:
        return _changes(work, t, notices)
    if notices[0].kind not in DIGESTIBLE:
        return _DRAW[notices[0].kind](work, t, notices[0])
    items = [item for notice in notices if (item := _find_item(work, notice)) is not None]
    if not items:
        return None
    if len(items) == 1:
        return messages.about_assignment(items[0], t, work.today)
    return messages.digest(items, t, work.today)


def _find_item(work: Work, notice: Notice) -> messages.Item | None:
    assert notice.assignment_id is not None
    view = find_view(work, notice.assignment_id)
    if view is None or not view.is_open or is_outdated(notice, view):
        return None
    if notice.kind == "acknowledge" and view.acknowledged_at is not None:
        return None
    if notice.kind == "status" and (view.due is not None or has_told_lately(work, view.id)):
        return None
    return messages.Item(notice.kind, view, notice.number or next_number(work, notice.assignment_id))


def list_pointless(work: Work, notices: Sequence[Notice]) -> list[Notice]:
    """Those of a digest that are not worth saying any more."""
    return [each for each in notices if each.kind in DIGESTIBLE and _find_item(work, each) is None]


def next_number(work: Work, assignment_id: int) -> int:
    """The N of the next “Nhắc việc lần N”: one more than were sent about the assignment and period."""
    sent = (
        select(func.max(Notice.number))
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(
            col(Notice.assignment_id) == assignment_id,
            col(Notice.kind).in_(NUMBERED),
            col(OutboxMessage.status).in_(("sending", "sent")),
        )
    )
    return (work.session.exec(sent).one() or 0) + 1


def give_numbers(work: Work, notices: Sequence[Notice]) -> None:
    """Called when a message is claimed for sending: every chat then reads the same N."""
    for notice in notices:
        if notice.kind in NUMBERED and notice.number is None and notice.assignment_id:
            notice.number = next_number(work, notice.assignment_id)
            work.session.flush()


def _changes(work: Work, t: Texts, notices: Sequence[Notice]) -> Screen:
    """What a load changed for one chat, in one message."""
    lines = []
    for notice in notices[:MOST_CHANGES]:
        view = find_view(work, notice.assignment_id or 0)
        if view is not None:
            common = common_values(t, view)
            lines.append(t(f"changes.{notice.kind}", label=common["label"], task=clip(view.task, 120)))
    more = len(notices) - MOST_CHANGES
    if more > 0:
        lines.append(t("digest.more", count=more))
    screen = join(t("changes.title", count=len(notices)), *lines)
    return Screen(screen, [[Button(t.plain("button.my_tasks"), "tasks:0:0")]])


def _withdrawn(work: Work, t: Texts, notice: Notice) -> Screen | None:
    view = find_view(work, notice.assignment_id or 0)
    return Screen(t("withdrawn", **common_values(t, view))) if view else None


def _changed(work: Work, t: Texts, notice: Notice) -> Screen | None:
    view = find_view(work, notice.assignment_id or 0)
    if view is None:
        return None
    changes: dict[str, list[Any]] = notice.data.get("changes", {})
    lines = join(*(_change_line(t, field, *pair) for field, pair in changes.items()))
    return Screen(t("changed", changes=lines, **common_values(t, view)), agency_buttons(view, t, work.today))


def _change_line(t: Texts, field: str, before: Any, after: Any) -> Html:
    key = f"changed.field.{field}"
    known = field in ("title", "text", "due", "deadline_text", "product")
    shown = [_shown(t, value) for value in (before, after)]
    return t(
        "changed.field", field=t(key if known else "changed.field.other"), before=shown[0], after=shown[1]
    )


def _shown(t: Texts, value: Any) -> Html:
    if value in (None, ""):
        return t("changed.empty")
    try:
        return Html(t.day(date.fromisoformat(str(value))))
    except ValueError:
        return Html(t._show(clip(str(value), 300)))


def _past(work: Work, t: Texts, notice: Notice) -> Screen | None:
    document = work.session.get_one(Document, notice.data["document_id"])
    if document.past != "held":
        return None
    text = join(
        t("past.title"),
        t(
            "past.body",
            document=clip(document.title, 500),
            count=notice.data["count"],
            day=date.fromisoformat(notice.data["first"]),
        ),
    )
    choices = [
        [Button(t.plain(f"button.past_{each}"), f"past:{document.id}:{each}")]
        for each in ("now", "all", "silent")
    ]
    return Screen(text, choices)


def _unreachable(work: Work, t: Texts, notice: Notice) -> Screen | None:
    if notice.member_id or "reason" in notice.data:
        person = t(
            "unreachable.person",
            name=member_name(work, notice.data.get("member_id")),
            agency=notice.data.get("agency", ""),
            at=notice.due_at,
            reason=t(f"unreachable.{notice.data['reason']}"),
        )
        return Screen(join(t("unreachable.title"), person))
    names = overview.list_unreachable_agencies(work)
    if not names:
        return None
    listed = t("summary.unreachable", n=len(names), names=t.names(names, 12))
    return Screen(join(t("unreachable.title"), listed))


def _unacknowledged(work: Work, t: Texts, notice: Notice) -> Screen | None:
    rows = overview.list_unacknowledged(work, notice.due_at)
    if not rows:
        return None
    lines = [
        t("unacknowledged.row", task=clip(label, 200), names=t.names(names, 8)) for label, names in rows[:6]
    ]
    button = Button(t.plain("button.unacknowledged", n=overview.count_unacknowledged_late(work)), "unak:0")
    return Screen(join(t("unacknowledged.title"), *lines), [[button]])


_DRAW: Mapping[str, Callable[[Work, Texts, Notice], Screen | None]] = {
    "receipt": draw_receipt,
    "submitted": draw_submitted,
    "waiting": draw_waiting,
    "entered": draw_entered,
    "corrected": draw_corrected,
    "accepted": draw_decided,
    "returned": draw_decided,
    "withdrawn": _withdrawn,
    "changed": _changed,
    "past": _past,
    "unreachable": _unreachable,
    "unacknowledged": _unacknowledged,
    "extension_requested": draw_extension,
    "extension_agreed": draw_extension,
    "extension_refused": draw_extension,
    "open_deadlines": draw_open_deadlines,
    "steered": draw_steered,
    "transfer_requested": draw_transfer,
    "transfer_refused": draw_transfer,
}
