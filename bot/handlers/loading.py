"""What a load is about to tell agencies: taken back within the minute, and sent after all."""

from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import loading as screens
from bot.screens.base import Screen
from bot.services.loading import load_messages
from db.models import Document


def take_back(request: Request) -> Answers:
    """“Thu lại”: nobody is told, what was loaded stays."""
    batch = _batch(request)
    done = load_messages.take_back(request.work, request.actor, batch)
    screen = screens.taken_back(request.t, done.document.title, batch, done.stopped, done.gone)
    return Answers(edit=screen)


def send(request: Request) -> Answers:
    """“Gửi thông báo”: what was taken back goes after all."""
    document, telling = load_messages.send_again(request.work, request.actor, _batch(request))
    return Answers(edit=_sent(request, document, telling))


def _sent(request: Request, document: Document, telling: screens.Telling) -> Screen:
    return screens.sent_again(request.t, document.title, telling, request.work.now)


def _batch(request: Request) -> str:
    if not request.args:
        raise request.work.refuse("bad_button", request.actor.language)
    return request.args[0]
