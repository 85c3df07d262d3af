"""“Gia hạn” by the office itself: the day, the reason, on whose word, a look, **Gửi**."""

from datetime import date

from bot.domain.document_numbers import find_citation
from bot.domain.typed_days import later_day
from bot.handlers.answers import Answers
from bot.handlers.dialogues import (
    end_dialogue,
    end_rows,
    read_reason,
    read_words,
    start_dialogue,
    update_dialogue,
)
from bot.handlers.later_days import read_later_day
from bot.handlers.request import Request
from bot.screens import steering as screens
from bot.screens.base import Button, Screen
from bot.screens.citations import doubt_line
from bot.services.deadlines import granting
from bot.services.deadlines.extensions import Word, clean_word
from bot.services.standing.views import get_view
from bot.texts import clip, join
from db.models import DialogueState

DIALOGUE = "grant"


def begin(request: Request) -> Answers:
    """“Gia hạn” of “Điều chỉnh nhiệm vụ”."""
    granting.check_can_grant(request.work, request.actor, request.integer(0))
    view = get_view(request.work, request.integer(0))
    data = {"assignment": view.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, DIALOGUE, data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the new deadline before it is given."""
    t, data, end = request.t, state.data, end_rows(request, state)
    due = granting.check_can_grant(request.work, request.actor, data["assignment"])
    about = screens.about(t, get_view(request.work, data["assignment"]))
    if "date" not in data:
        return Screen(t("grant.ask_day", due=due, example=later_day(due, request.work.today), **about), end)
    day = date.fromisoformat(data["date"])
    if not data.get("reason"):
        return Screen(t("grant.ask_reason", day=day), end)
    if "word" not in data:
        skip = Button(t.plain("button.skip_word"), f"dlg:{state.token}:skip")
        return Screen(t("extension.ask_word", day=day), [[skip], *end])
    cited = find_citation(data["word"])
    text = join(
        t("grant.preview", due=due, day=day, **about),
        t("steer.reason", reason=clip(data["reason"], 1000)),
        t("extension.word", word=clip(data["word"], 1000)) if data["word"] else "",
        doubt_line(t, cited.doubt.as_json()) if cited and cited.doubt else "",
    )
    return Screen(text, [[Button(t.plain("button.send"), f"dlg:{state.token}:send")], *end])


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the day (any phrase the reader knows), the reason, then on whose word."""
    if "date" not in state.data:
        _take_day(request, state)
    elif not state.data.get("reason"):
        update_dialogue(request.work, state, reason=read_reason(request))
    else:
        update_dialogue(request.work, state, word=clean_word(read_reason(request)))
    return Answers(send=draw(request, state))


def _take_day(request: Request, state: DialogueState) -> None:
    work, words = request.work, read_words(request)
    due = granting.check_can_grant(work, request.actor, state.data["assignment"])
    day = read_later_day(request, words, due)
    granting.check_can_grant(work, request.actor, state.data["assignment"], day)
    update_dialogue(work, state, date=day.isoformat(), words=words[:500])


def skip_word(request: Request, state: DialogueState) -> Answers:
    """Nobody's word is recorded."""
    if not state.data.get("reason"):
        raise request.work.refuse("old_button", request.actor.language)
    update_dialogue(request.work, state, word="")
    return Answers(edit=draw(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    data = state.data
    if "date" not in data or not data.get("reason"):
        raise request.work.refuse("old_button", request.actor.language)
    words, day = data.get("word", ""), date.fromisoformat(data["date"])
    cited = find_citation(words)
    word = Word(words, cited.number if cited else None, cited.on if cited else None) if words else None
    granting.grant(request.work, request.actor, data["assignment"], day, data["words"], data["reason"], word)
    end_dialogue(request.work, state)
    view = get_view(request.work, data["assignment"])
    done = request.t("grant.done", day=day, **screens.about(request.t, view))
    return Answers(edit=Screen(done, [[Button(request.t.plain("button.view"), f"view:{view.id}")]]))
