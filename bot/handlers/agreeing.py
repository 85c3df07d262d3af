"""Agreeing to an extension on another day, or on somebody's word: the day, the word, a look, **Gửi**."""

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
from bot.screens.base import Button, Screen
from bot.screens.citations import doubt_line
from bot.services.deadlines import extensions, unextending
from bot.services.deadlines.extensions import Word, clean_word
from bot.services.standing.views import get_view
from bot.texts import clip, join
from db.models import DialogueState, Extension


def begin(request: Request) -> Answers:
    """“Đồng ý với hạn khác, ghi ý kiến chỉ đạo”."""
    asked = extensions.get_decidable(request.work, request.actor, request.integer(0))
    view = get_view(request.work, asked.assignment_id)
    data = {"extension": asked.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "agree_extension", data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the answer before it is sent."""
    t, data, asked = request.t, state.data, _get_asked(request, state)
    view = get_view(request.work, asked.assignment_id)
    about = {"agency": view.agency_name, "label": clip(view.clause_label, 200)}
    if "date" not in data:
        keep = Button(t.plain("button.keep_day", day=asked.wanted_due), f"dlg:{state.token}:keep")
        example = later_day(view.due or asked.wanted_due, request.work.today)
        text = t("extension.ask_other_day", day=asked.wanted_due, example=example, **about)
        return Screen(text, [[keep], *end_rows(request, state)])
    day = date.fromisoformat(data["date"])
    if "word" not in data:
        skip = Button(t.plain("button.skip_word"), f"dlg:{state.token}:skip")
        return Screen(t("extension.ask_word", day=day), [[skip], *end_rows(request, state)])
    cited = find_citation(data["word"])
    text = join(
        t("extension.agree_preview", day=day, **about),
        t("extension.word", word=clip(data["word"], 1000)) if data["word"] else "",
        doubt_line(t, cited.doubt.as_json()) if cited and cited.doubt else "",
    )
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    return Screen(text, [[send], *end_rows(request, state)])


def _get_asked(request: Request, state: DialogueState) -> Extension:
    return extensions.get_decidable(request.work, request.actor, state.data["extension"])


def keep_day(request: Request, state: DialogueState) -> Answers:
    """The day asked for."""
    _set_day(request, state, _get_asked(request, state).wanted_due)
    return Answers(edit=draw(request, state))


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the day (any phrase the reader knows), then on whose word."""
    asked = _get_asked(request, state)
    if "date" not in state.data:
        due = get_view(request.work, asked.assignment_id).due or request.work.today
        _set_day(request, state, read_later_day(request, read_words(request), due))
    else:
        update_dialogue(request.work, state, word=clean_word(read_reason(request)))
    return Answers(send=draw(request, state))


def _set_day(request: Request, state: DialogueState, day: date) -> None:
    extensions.check_can_agree(request.work, request.actor, state.data["extension"], day)
    update_dialogue(request.work, state, date=day.isoformat())


def skip_word(request: Request, state: DialogueState) -> Answers:
    """Nobody's word is recorded."""
    if "date" not in state.data:
        raise request.work.refuse("old_button", request.actor.language)
    update_dialogue(request.work, state, word="")
    return Answers(edit=draw(request, state))


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


# --- an agreed extension taken back


def begin_undoing(request: Request) -> Answers:
    """“Rút lại gia hạn”: asks for the reason first."""
    unextending.check_can_undo(request.work, request.actor, request.integer(0))
    view = get_view(request.work, request.integer(0))
    data = {"assignment": view.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "unextend", data)
    return Answers(send=draw_undoing(request, state))


def draw_undoing(request: Request, state: DialogueState) -> Screen:
    """The question for the reason, or what will be done."""
    t, reason = request.t, state.data.get("reason")
    asked = unextending.check_can_undo(request.work, request.actor, state.data["assignment"])
    view = get_view(request.work, asked.assignment_id)
    about = {"agency": view.agency_name, "label": clip(view.clause_label, 200)}
    key = "unextend.title_granted" if unextending.is_unasked(asked) else "unextend.title"
    text = t(key, day=asked.decided_due or "—", **about)
    if not reason:
        return Screen(join(text, t("unextend.ask_reason")), end_rows(request, state))
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    return Screen(join(text, t("steer.reason", reason=reason)), [[send], *end_rows(request, state)])


def take_reason(request: Request, state: DialogueState) -> Answers:
    """The reason, typed."""
    update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw_undoing(request, state))


def send_undoing(request: Request, state: DialogueState) -> Answers:
    """**Gửi**: the deadline is as it was, and the request waits again."""
    asked = unextending.check_can_undo(request.work, request.actor, state.data["assignment"])
    done = "unextend.done_granted" if unextending.is_unasked(asked) else "unextend.done"
    row = unextending.undo(
        request.work, request.actor, state.data["assignment"], state.data.get("reason", "")
    )
    end_dialogue(request.work, state)
    text = request.t(done, day=row.due or "—")
    return Answers(edit=Screen(text, [[Button(request.t.plain("button.view"), f"view:{row.id}")]]))
