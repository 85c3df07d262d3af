"""“Gửi Thường trực”: a look at what would be sent, then **Gửi**."""

from datetime import UTC, datetime

from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import weekly as screens
from bot.screens.base import Button, Screen
from bot.services.drawing.weekly import summary_screen
from bot.services.reminding import weekly

_FORM = "%Y%m%d%H%M"


def _read_instant(request: Request) -> datetime:
    try:
        at = datetime.strptime(request.args[0], _FORM).replace(tzinfo=UTC)
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    if at > request.work.now:
        raise request.work.refuse("bad_button", request.actor.language)
    return at


def preview(request: Request) -> Answers:
    """How many of the leadership, the exact words."""
    at = _read_instant(request)
    found = weekly.preview_leadership(request.work, request.actor, at)
    words = summary_screen(request.work, request.work.texts(), at).text
    asked = request.work.update_id or 0
    return Answers(send=screens.preview(request.t, words, found.viewers, f"upd:{at:{_FORM}}:{asked}"))


def send(request: Request) -> Answers:
    """**Gửi**."""
    at = _read_instant(request)
    found = weekly.send_leadership(request.work, request.actor, at, request.integer(1, 0))
    text = request.t("upward.held", n=found.viewers)
    return Answers(edit=Screen(text, [[Button(request.t.plain("button.take_back"), f"tb:{found.batch}")]]))


def cancel(request: Request) -> Answers:
    return Answers(edit=Screen(request.t("report.cancelled")))
