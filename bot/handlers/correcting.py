"""A message edited after its report was sent: the correction is shown, and sent when wanted."""

from sqlmodel import col, select

from bot.handlers.answers import NOTHING, Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, start_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen
from bot.services.tasks import reports
from bot.texts import clip
from db.models import DialogueState, Report

LATEST = 50


def offer(request: Request) -> Answers:
    """Of an edited message: whether its report is to be corrected; nothing where it belongs to none."""
    report = _find_report(request)
    if report is None:
        return NOTHING
    if request.incoming.text in _words_of(report, request.incoming.message_id):
        # Telegram tells of an edit also where another file was put below the same words.
        if request.incoming.file is None:
            return NOTHING
        raise request.work.refuse("file_edited", request.actor.language, number=report.id)
    reports.check_can_correct(request.work, request.actor, report.id)
    words = request.incoming.text
    data = {
        "report": report.id,
        "message": request.incoming.message_id,
        "text": words,
        "what": f"#{report.id}",
    }
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "correction", data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The correction, before it is sent."""
    t, data = request.t, state.data
    send = Button(t.plain("button.send_correction"), f"dlg:{state.token}:send")
    text = t("correction.offer", number=data["report"], text=clip(data["text"], 2500))
    return Screen(text, [[send], [cancel_button(request, state)]])


def while_drafting(request: Request) -> Answers:
    """The same while another report is being written: that goes first."""
    report = _find_report(request)
    if report is None:
        return NOTHING
    raise request.work.refuse("edited_sent", request.actor.language, number=report.id)


def _words_of(report: Report, message_id: int | None) -> list[str]:
    return [each["text"] for each in report.pieces or [] if each["message"] == message_id]


def _find_report(request: Request) -> Report | None:
    if not request.incoming.text:
        return None
    query = (
        select(Report)
        .where(col(Report.submitted_by) == request.actor.member_id, col(Report.pieces).is_not(None))
        .order_by(col(Report.id).desc())
        .limit(LATEST)
    )
    number = request.incoming.message_id
    for report in request.work.session.exec(query):
        if any(each["message"] == number for each in report.pieces or []):
            return report
    return None


def take(request: Request, state: DialogueState) -> Answers:
    """Words typed meanwhile belong to no correction."""
    raise request.work.refuse("correction_open", request.actor.language)


def send(request: Request, state: DialogueState) -> Answers:
    """“Gửi bản sửa”."""
    data = state.data
    report = reports.correct(request.work, request.actor, data["report"], data["message"], data["text"])
    end_dialogue(request.work, state)
    view = Button(request.t.plain("button.view"), f"view:{report.assignment_id}")
    return Answers(edit=Screen(request.t("correction.sent", number=report.id), [[view]]))
