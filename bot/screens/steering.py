"""Steering an assignment, and requests to move it to another agency."""

from collections.abc import Sequence
from datetime import date

from bot.domain.assignment import AssignmentView, Move
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import due_line
from bot.texts import Html, Texts, clip, join


def about(t: Texts, view: AssignmentView) -> dict[str, object]:
    """The values that name an assignment in a sentence."""
    return {
        "agency": view.agency_name,
        "label": clip(view.clause_label, 200),
        "task": clip(view.task, 300),
    }


def choose_move(
    view: AssignmentView, moves: Sequence[Move], t: Texts, status: Html, more: Keyboard
) -> Screen:
    """What the secretariat can do to the assignment now, a button each; `more`: beside the moves."""
    rows: Keyboard = [
        *more,
        *([Button(t.plain(f"button.{move.value}"), f"steer:{view.id}:{move.value}")] for move in moves),
    ]
    rows += [[Button(t.plain("button.back"), f"view:{view.id}")]]
    return Screen(t("steer.choose", status=status, **about(t, view)), rows)


def ask_reason(
    view: AssignmentView, move: Move, t: Texts, end: Keyboard, target: str = "", *, needs_reason: bool = True
) -> Screen:
    """Asks for the reason of a move; `target` names the agency a task is moved to; `end`: the last rows."""
    what = t(f"steer.{move.value}")
    chosen = t("steer.chosen", what=what, **about(t, view))
    ask = t("steer.ask_reason" if needs_reason else "steer.ask_reason_or_send")
    return Screen(join(join(chosen, _to(t, target)), ask, by="\n\n"), end)


def preview(
    view: AssignmentView, move: Move, t: Texts, reason: str, end: Keyboard, target: str = ""
) -> Screen:
    """What will be done and said; `end`: to send it, to go back."""
    lines = join(
        t("steer.preview", what=t(f"steer.{move.value}"), **about(t, view)),
        _to(t, target),
        t("steer.reason", reason=clip(reason, 2000)) if reason else "",
    )
    return Screen(lines, end)


def _to(t: Texts, target: str) -> str:
    return t("steer.to", agency=target) if target else ""


def steered(
    view: AssignmentView, move: str, t: Texts, reason: str, target: str, *, today: date, keyboard: Keyboard
) -> Screen:
    """Told to the agency; with the deadline where it works on."""
    lines = join(
        t(f"steered.{move}", **about(t, view)),
        t("task.document", document=clip(view.document, 300)),
        due_line(view, t, today) if view.is_open else "",
        _to(t, target),
        t("steer.reason", reason=clip(reason, 2000)) if reason else "",
    )
    return Screen(lines, keyboard)


def choose_target(
    view: AssignmentView, found: Sequence[tuple[int, str]], t: Texts, data: str, words: str, end: Keyboard
) -> Screen:
    """Which agency is meant: those that what was typed may mean, or how to type it."""
    rows: Keyboard = [[Button(clip(name, 60), f"{data}:{key}")] for key, name in found]
    if words and not found:
        asked = t("steer.agency_unknown", words=clip(words, 100))
    elif words:
        asked = t("steer.agency_choose", words=clip(words, 100))
    else:
        asked = t("steer.agency_ask", **about(t, view))
    return Screen(asked, [*rows, *end])
