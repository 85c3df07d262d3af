"""Draws what coordinating agencies contribute, for those that lead."""

from sqlmodel import col, select

from bot.screens.base import Button, Keyboard, Screen
from bot.services.context import Work
from bot.services.drawing.reports import attachment_names, field_lines, sender_name
from bot.services.notice.said import Said
from bot.services.standing.views import find_view
from bot.texts import Html, Texts, clip, join
from db.models import Agency, Attachment, Report


def draw_contributed(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To a lead: what an agency that coordinates has contributed."""
    report, view = work.session.get_one(Report, notice.report_id), find_view(work, notice.assignment_id or 0)
    if view is None or not view.is_open:
        return None
    agency = work.session.get_one(Agency, report.agency_id)
    text = join(
        t("contribution.told", agency=agency.name),
        t("digest.row", label=clip(view.clause_label, 200), task=clip(view.task, 300), due=Html("")).rstrip(),
        t("contribution.sent", number=report.id, at=report.submitted_at, name=sender_name(work, t, report)),
        *body_lines(work, t, report, 2400),
    )
    return Screen(text, [*file_rows(work, t, report), [Button(t.plain("button.view"), f"view:{view.id}")]])


def body_lines(work: Work, t: Texts, report: Report, longest: int) -> list[Html]:
    """What a contribution says, and the names of its files."""
    names = attachment_names(work, report.id)
    lines = field_lines(t, report)
    if report.text:
        lines.append(t("submitted.text", text=clip(report.text, longest)))
    if names:
        lines.append(t("receipt.files", names=clip(", ".join(names), 300)))
    return lines


def file_rows(work: Work, t: Texts, report: Report) -> Keyboard:
    """A button for each of its files."""
    query = select(Attachment).where(col(Attachment.report_id) == report.id).order_by(col(Attachment.id))
    return [
        [Button(t.plain("button.file", name=clip(each.name, 40)), f"file:{each.id}")]
        for each in work.session.exec(query)
    ]
