"""Agreeing to an extension on another day, or on somebody's word: the day, the word, a look, **Gửi**."""

from datetime import date

from bot.domain.deadlines import read_deadline
from bot.domain.document_numbers import find_citation
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen
from bot.services import extensions
from bot.services.extensions import Word
from bot.services.views import get_view
from bot.texts import clip, join
from db.models import DialogueState, Extension


def begin(request: Request) -> Answers:
    """“Đồng ý với hạn khác, ghi ý kiến chỉ đạo”."""
    asked = extensions.get_decidable(request.work, request.actor, request.integer(0))
    view = get_view(request.work, asked.assignment_id)
    data = {"extension": asked.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "agree_extension", data)
    t = request.t
    text = t(
        "extension.ask_other_day",
        agency=view.agency_name,
        label=clip(view.clause_label, 200),
        day=asked.wanted_due,
    )
    keep = Button(t.plain("button.keep_day", day=asked.wanted_due), f"dlg:{state.token}:keep")
    return Answers(send=Screen(text, [[keep], [cancel_button(request, state)]]))


def _get_asked(request: Request, state: DialogueState) -> Extension:
    return extensions.get_decidable(request.work, request.actor, state.data["extension"])


def keep_day(request: Request, state: DialogueState) -> Answers:
    """The day asked for."""
    return Answers(edit=_set_day(request, state, _get_asked(request, state).wanted_due))


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the day (any phrase the reader knows), then on whose word."""
    asked = _get_asked(request, state)
    if "date" not in state.data:
        words = request.incoming.text.strip()
        reading = read_deadline(words[:500], request.work.today, request.work.calendar)
        if reading.due is None or reading.ambiguous or reading.problem:
            due = get_view(request.work, asked.assignment_id).due or request.work.today
            raise request.work.refuse(
                "extension_date", request.actor.language, text=clip(words, 100), due=due
            )
        return Answers(send=_set_day(request, state, reading.due))
    update_dialogue(request.work, state, word=read_reason(request))
    return Answers(send=_draw_preview(request, state))


def _set_day(request: Request, state: DialogueState, day: date) -> Screen:
    extensions.check_can_agree(request.work, request.actor, state.data["extension"], day)
    update_dialogue(request.work, state, date=day.isoformat())
    t = request.t
    skip = Button(t.plain("button.skip_word"), f"dlg:{state.token}:skip")
    return Screen(t("extension.ask_word", day=day), [[skip], [cancel_button(request, state)]])


def skip_word(request: Request, state: DialogueState) -> Answers:
    """Nobody's word is recorded."""
    if "date" not in state.data:
        raise request.work.refuse("old_button", request.actor.language)
    return Answers(edit=_draw_preview(request, state))


def _draw_preview(request: Request, state: DialogueState) -> Screen:
    asked = _get_asked(request, state)
    view = get_view(request.work, asked.assignment_id)
    t, word = request.t, state.data.get("word", "")
    cited = find_citation(word)
    text = join(
        t(
            "extension.agree_preview",
            agency=view.agency_name,
            label=clip(view.clause_label, 200),
            day=date.fromisoformat(state.data["date"]),
        ),
        t("extension.word", word=clip(word, 1000)) if word else "",
        t("extension.word_doubt", doubt=cited.doubt) if cited and cited.doubt else "",
    )
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    return Screen(text, [[send], [cancel_button(request, state)]])


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    if "date" not in state.data:
        raise request.work.refuse("old_button", request.actor.language)
    words = state.data.get("word", "")
    cited = find_citation(words)
    word = Word(words, cited.number if cited else None, cited.on if cited else None) if words else None
    day = date.fromisoformat(state.data["date"])
    asked = extensions.decide(
        request.work, request.actor, state.data["extension"], agree=True, due=day, word=word
    )
    end_dialogue(request.work, state)
    view = get_view(request.work, asked.assignment_id)
    t = request.t
    text = join(
        t(
            "extension.requested_short",
            agency=view.agency_name,
            label=view.clause_label,
            day=asked.wanted_due,
        ),
        t("extension.done_other", name=request.actor.name, at=request.work.now, day=day),
    )
    return Answers(edit=Screen(text, [[Button(t.plain("button.view"), f"view:{view.id}")]]))
