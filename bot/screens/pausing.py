"""Pausing what the bot sends by itself: the state, a look at what it means, then the button."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.screens.base import Button, Screen, in_rows
from bot.screens.settings import Paused, back, paused_lines, where
from bot.texts import Texts, clip, join

ROWS_A_PAGE = 8


def pausing(paused: Paused, waiting: int, t: Texts) -> Screen:
    """What is paused now, and the two things to do about it."""
    text = join(
        paused_lines(paused, t) or t("pause.running"),
        where(t, t.plain("pause.room")),
        t("pause.waiting", count=waiting),
    )
    key = "button.settings_resume_all" if paused.at else "button.settings_pause_all"
    return Screen(
        text,
        [
            [Button(t.plain(key), "setpc:all")],
            [Button(t.plain("button.settings_pause_document"), "setpl:0")],
            back(t),
        ],
    )


def choose_document(rows: Sequence[tuple[int, str, bool]], t: Texts, page: int) -> Screen:
    """Documents (id, name, whether paused), a button each."""
    first = page * ROWS_A_PAGE
    shown = rows[first : first + ROWS_A_PAGE]
    lines = [
        t("pause.row_paused" if is_paused else "pause.row", n=n, name=clip(name, 160))
        for n, (_, name, is_paused) in enumerate(shown, first + 1)
    ]
    buttons = [
        Button(t.plain("button.settings_choose_n", n=n), f"setpc:{key}")
        for n, (key, _, _) in enumerate(shown, first + 1)
    ]
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"setpl:{page - 1}"))
    if first + ROWS_A_PAGE < len(rows):
        turn.append(Button(t.plain("button.next"), f"setpl:{page + 1}"))
    asked = t("pause.choose") if rows else t("ladder.nothing")
    return Screen(
        join(where(t, t.plain("pause.room")), asked, *lines), [*in_rows(buttons, 4), turn, back(t, "setp")]
    )


@dataclass(frozen=True)
class Question:
    """About what (“all”, or a document's id and name), whether it is paused now, how many messages wait."""

    of: str
    name: str
    is_paused: bool
    waiting: int


def confirm(question: Question, t: Texts) -> Screen:
    """What it means and how many messages wait; nothing has changed yet."""
    is_all = question.of == "all"
    if question.is_paused:
        meaning = (
            t("pause.ask_resume_all")
            if is_all
            else t("pause.ask_resume_document", name=clip(question.name, 300))
        )
    else:
        meaning = t("pause.ask_all") if is_all else t("pause.ask_document", name=clip(question.name, 300))
    text = join(where(t, t.plain("pause.room")), meaning, t("pause.waiting", count=question.waiting))
    key = "button.settings_resume" if question.is_paused else "button.settings_pause"
    # The button says which of the two it is: pressed twice, it does not turn back.
    do = Button(t.plain(key), f"setpy:{question.of}:{'off' if question.is_paused else 'on'}")
    return Screen(text, [[do], back(t, "setp" if is_all else "setpl:0")])
