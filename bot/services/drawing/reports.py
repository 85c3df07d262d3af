"""Draws reports: the receipt, what the secretariat reads and presses, the decision."""

from datetime import date

from sqlmodel import col, select

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import days_overdue, last_day_of
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import agency_buttons
from bot.services.context import Work
from bot.services.drawing.indicators import number_lines
from bot.services.notice.said import Said
from bot.services.standing.views import find_view
from bot.texts import Html, Texts, clip, join
from db.models import Attachment, Member, Report


def attachment_names(work: Work, report_id: int) -> list[str]:
    query = select(Attachment.name).where(col(Attachment.report_id) == report_id).order_by(col(Attachment.id))
    return list(work.session.exec(query))


def _report(work: Work, notice: Said) -> tuple[Report, AssignmentView]:
    report = work.session.get_one(Report, notice.report_id)
    view = find_view(work, report.assignment_id)
    assert view is not None
    return report, view


def member_name(work: Work, member_id: int | None) -> str:
    member = work.session.get(Member, member_id) if member_id else None
    return member.name if member else "—"


def result_line(work: Work, t: Texts, view: AssignmentView, report: Report) -> Html:
    """Handed in on time or late, judged by the submission; time given after a return counts."""
    due = view.due
    if due is None:
        return Html("")
    on = report.submitted_at.astimezone(work.office.zone).date()
    if on <= last_day_of(due, work.calendar, view.grace_until):
        return t("receipt.on_time", day=due)
    return t("receipt.late", day=due, days=days_overdue(due, on))


def common_values(t: Texts, view: AssignmentView) -> dict[str, object]:
    """The values that name an assignment and its document in a sentence."""
    return {
        "label": clip(view.clause_label, 200),
        "task": clip(view.task, 300),
        "agency": view.agency_name,
        "document": t("task.document", document=clip(view.document, 300)),
    }


def draw_receipt(work: Work, t: Texts, notice: Said) -> Screen:
    report, view = _report(work, notice)
    names = attachment_names(work, report.id)
    done = report.kind == "completion"
    text = join(
        t(
            "receipt",
            number=report.id,
            at=report.submitted_at,
            kind=t(f"report.kind.{report.kind}").capitalize(),
            sender=sender_name(work, t, report),
            **common_values(t, view),
        ),
        *field_lines(t, report),
        *number_lines(work, t, report.id),
        t("report.no_document") if lacks_document(work, report, view) else "",
        t("receipt.files", names=clip(", ".join(names), 500)) if names else "",
        result_line(work, t, view, report) if done else "",
        t("receipt.waiting") if done else "",
        t("contribution.receipt") if report.kind == "contribution" else "",
    )
    return Screen(text, [[Button(t.plain("button.view"), f"view:{view.id}")]])


def review_buttons(work: Work, t: Texts, report: Report) -> Keyboard:
    """What the secretariat can do with a report: its files, and the decision while it waits."""
    files = work.session.exec(
        select(Attachment).where(col(Attachment.report_id) == report.id).order_by(col(Attachment.id))
    )
    rows: Keyboard = [
        [Button(t.plain("button.file", name=clip(each.name, 40)), f"file:{each.id}")] for each in files
    ]
    if report.kind == "completion" and report.review == "pending":
        rows.append([Button(t.plain("button.accept"), f"acc:{report.id}")])
        rows.append([Button(t.plain("button.return"), f"ret:{report.id}")])
    rows.append([Button(t.plain("button.view"), f"view:{report.assignment_id}")])
    return rows


def field_lines(t: Texts, report: Report) -> list[Html]:
    """What an official table asks beside the words, as far as it was said."""
    longest = 600
    texts = {name: getattr(report, name) for name in ("signatory", "cause", "difficulties", "proposals")}
    lines = [t(f"report.field.{name}", text=clip(words, longest)) for name, words in texts.items() if words]
    if report.expected_on:
        lines.append(t("report.field.expected", text=t.day(report.expected_on)))
    if report.document_number:
        lines.insert(
            0,
            t("report.field.document", text=document_words(t, report.document_number, report.document_date)),
        )
    if report.arrived_on:
        lines.insert(0, t("report.field.arrived", text=t.day(report.arrived_on)))
    return lines


def document_words(t: Texts, number: str, on: date | None) -> str:
    """A document as people cite it."""
    return t.plain("report.dated", number=number, day=on) if on else number


def lacks_document(work: Work, report: Report, view: AssignmentView) -> bool:
    """“Chưa có văn bản”: the task's product is a document, and a completion names none and brings no file."""
    if report.kind != "completion" or not view.product or report.document_number:
        return False
    return not attachment_names(work, report.id)


def sender_name(work: Work, t: Texts, report: Report) -> str:
    """Who handed it in, or who of the secretariat recorded it."""
    if report.entered_by is None:
        return member_name(work, report.submitted_by)
    return t.plain("report.entered_by", name=member_name(work, report.entered_by))


def report_screen(work: Work, t: Texts, report: Report, view: AssignmentView, title: Html) -> Screen:
    numbers = number_lines(work, t, report.id)
    names = attachment_names(work, report.id)
    done = report.kind == "completion"
    text = join(
        title,
        t(
            "submitted.body",
            at=report.submitted_at,
            sender=sender_name(work, t, report),
            **common_values(t, view),
        ),
        result_line(work, t, view, report) if done else "",
        t("submitted.text", text=clip(report.text, 2400 - sum(map(len, numbers)))) if report.text else "",
        *field_lines(t, report),
        *numbers,
        t("report.no_document") if lacks_document(work, report, view) else "",
        t("receipt.files", names=clip(", ".join(names), 300)) if names else "",
    )
    return Screen(text, review_buttons(work, t, report))


def draw_submitted(work: Work, t: Texts, notice: Said) -> Screen | None:
    report, view = _report(work, notice)
    if report.review != "pending" and report.kind == "completion":
        return None
    kind = t(f"report.kind.{report.kind}").capitalize()
    return report_screen(work, t, report, view, t("submitted.title", kind=kind, number=report.id))


def draw_waiting(work: Work, t: Texts, notice: Said) -> Screen | None:
    report, view = _report(work, notice)
    if report.review != "pending":
        return None
    title = t("waiting.title", number=report.id, at=report.submitted_at)
    return report_screen(work, t, report, view, title)


def draw_decided(work: Work, t: Texts, notice: Said) -> Screen:
    report, view = _report(work, notice)
    text = t(
        notice.kind,
        number=report.id,
        at=report.reviewed_at or work.now,
        result=result_line(work, t, view, report),
        reason=clip(report.review_note or "", 2000),
        **common_values(t, view),
    )
    if notice.kind == "returned":
        by = view.complete_by
        again = t("returned.complete_by", day=by) if by and by >= work.today else t("returned.again")
        text = join(text, again)
    return Screen(text, agency_buttons(view, t, work.today))


def draw_entered(work: Work, t: Texts, notice: Said) -> Screen:
    """Told to the agency: its document has been recorded."""
    report, view = _report(work, notice)
    text = join(
        t("entered", number=report.id, at=report.submitted_at, **common_values(t, view)),
        *field_lines(t, report),
        result_line(work, t, view, report) if report.kind == "completion" else "",
    )
    return Screen(text, [[Button(t.plain("button.view"), f"view:{view.id}")]])


def draw_corrected(work: Work, t: Texts, notice: Said) -> Screen:
    """Told to the secretariat: the words of a report have changed; the earlier ones are kept."""
    report, view = _report(work, notice)
    return report_screen(work, t, report, view, t("corrected.title", number=report.id, at=notice.due_at))
