"""“Tạm dừng gửi”: all sending or one document's, confirmed after a look at what it means."""

from sqlmodel import col, select

from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.handlers.settings import find_paused, stop_asking
from bot.screens import pausing as screens
from bot.services.context import require
from bot.services.office.office_settings import get_office_settings
from bot.services.reminding import pausing
from bot.services.saying.waiting import count_waiting
from bot.services.standing.views import is_in_use, name_document
from db.models import Document

ALL = "all"


def show(request: Request) -> Answers:
    """The state."""
    require(request.work, request.actor, Action.PAUSE)
    stop_asking(request)
    return _draw(request)


def _draw(request: Request, toast: str = "") -> Answers:
    screen = screens.pausing(find_paused(request), count_waiting(request.work), request.t)
    return request.show(screen, toast)


def choose_document(request: Request) -> Answers:
    require(request.work, request.actor, Action.PAUSE)
    stop_asking(request)
    documents = request.work.session.exec(select(Document).where(is_in_use()).order_by(col(Document.id)))
    rows = [(each.id, name_document(each, request.t), each.paused_at is not None) for each in documents]
    return request.show(screens.choose_document(rows, request.t, request.integer(0, 0)))


def confirm(request: Request) -> Answers:
    """What pausing or resuming would mean; nothing changes yet."""
    require(request.work, request.actor, Action.PAUSE)
    stop_asking(request)
    if request.args[:1] == (ALL,):
        is_paused = get_office_settings(request.work).paused_at is not None
        question = screens.Question(ALL, "", is_paused, count_waiting(request.work))
    else:
        question = _ask_about(request, request.integer(0))
    return request.show(screens.confirm(question, request.t))


def _ask_about(request: Request, document_id: int) -> screens.Question:
    document = request.work.session.get(Document, document_id)
    if document is None:
        raise request.work.refuse("bad_button", request.actor.language)
    name = name_document(document, request.t)
    waiting = count_waiting(request.work, document_id)
    return screens.Question(str(document_id), name, document.paused_at is not None, waiting)


def do(request: Request) -> Answers:
    """Pauses or resumes, as the button said; somebody may have been first."""
    turn = request.args[1] if len(request.args) > 1 else ""
    if turn not in ("on", "off"):
        raise request.work.refuse("bad_button", request.actor.language)
    changed = _pause(request) if turn == "on" else _resume(request)
    if not changed:
        return _draw(request, request.t.plain("pause.already"))
    return _draw(request, request.t.plain("pause.done" if turn == "on" else "pause.resumed"))


def _pause(request: Request) -> bool:
    if request.args[0] == ALL:
        return pausing.pause_all(request.work, request.actor)
    return pausing.pause_document(request.work, request.actor, request.integer(0))


def _resume(request: Request) -> bool:
    if request.args[0] == ALL:
        return pausing.resume_all(request.work, request.actor)
    return pausing.resume_document(request.work, request.actor, request.integer(0))
