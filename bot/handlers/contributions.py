"""What coordinating agencies have contributed, and the source document, from “Xem nhiệm vụ”."""

from bot.domain.assignment import AssignmentView
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard, Screen
from bot.services.drawing.contributions import body_lines, file_rows
from bot.services.standing import partners, single
from bot.services.tasks import contributions
from bot.texts import Html, clip, join
from db.models import Document

SHOWN = 4


def list_lines(request: Request, view: AssignmentView) -> list[Html]:
    """Below a task: who leads, for those that coordinate; for the others who has contributed, and who has not."""
    t = request.t
    if not view.is_lead:
        leads = partners.list_leads(request.work, view.task_id, view.period)
        return [t("contribution.leads", names=t.names(leads))] if leads else []
    helping = partners.list_partners(request.work, view)
    done = [each.name for each in helping if each.at]
    missing = [each.name for each in helping if not each.at]
    lines = [t("contribution.done", names=t.names(done))] if done else []
    return [*lines, t("contribution.missing", names=t.names(missing))] if missing else lines


def list_buttons(request: Request, view: AssignmentView) -> Keyboard:
    """“Ý kiến phối hợp” where there are some, “Mở văn bản” where it is kept."""
    t, rows = request.t, []
    if view.is_lead:
        count = len(contributions.list_contributions(request.work, request.actor, view))
        if count:
            rows.append([Button(t.plain("button.contributions", n=count), f"ctb:{view.id}")])
    document = request.work.session.get_one(Document, view.document_id)
    if document.file_sha256:
        rows.append([Button(t.plain("button.open_document"), f"doc:{view.id}")])
    return rows


def show(request: Request) -> Answers:
    """The latest contributions to a task."""
    t = request.t
    view = single.see(request.work, request.actor, request.integer(0))
    found = contributions.list_contributions(request.work, request.actor, view)
    blocks, rows = [t("contribution.title", n=len(found), label=view.clause_label)], []
    for report, agency in found[:SHOWN]:
        head = t("contribution.of", agency=agency, number=report.id, at=report.submitted_at)
        blocks.append(join(head, *body_lines(request.work, t, report, 600)))
        rows += file_rows(request.work, t, report)
    if len(found) > SHOWN:
        blocks.append(t("contribution.more", n=len(found) - SHOWN))
    back = [Button(t.plain("button.back"), f"view:{view.id}")]
    return request.show(Screen(join(*blocks, by="\n\n"), [*rows, back]))


def open_document(request: Request) -> Answers:
    """“Mở văn bản”: the source document itself."""
    view = single.see(request.work, request.actor, request.integer(0))
    document = request.work.session.get_one(Document, view.document_id)
    if document.file_sha256 is None or document.file is None:
        raise request.work.refuse("no_document_file", request.actor.language)
    name = document.file.replace("\\", "/").rpartition("/")[2]
    lost = Screen(request.t("refuse.file_lost", name=clip(name, 100)))
    return Answers(upload=(document.file_sha256, name), lost=lost)
