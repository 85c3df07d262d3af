"""The first question of a report, and the ways back while it is written."""

from collections.abc import Iterator

from bot.domain.assignment import AssignmentView
from bot.handlers import report_fields
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, has_content, update_dialogue
from bot.handlers.request import Request
from bot.handlers.tasks import draw_task
from bot.screens.base import Button, Screen
from bot.services.standing.views import get_view
from bot.services.tasks.reports import drop_files
from bot.texts import Html, clip, join
from db.models import Attachment, DialogueState


def draw_first(request: Request, state: DialogueState) -> Screen:
    """What is to be written; “Quay lại” leads to the task."""
    t, view, kind = request.t, get_view(request.work, state.data["assignment"]), state.data["kind"]
    text = t(
        "report.ask" if view.is_lead else "report.ask_contribution",
        kind=t(f"report.kind.{kind or 'any'}").capitalize(),
        label=clip(view.clause_label, 200),
        task=clip(view.task, 300),
    )
    back = Button(t.plain("button.back"), f"dlg:{state.token}:leave")
    return Screen(join(text, _what_to_say(request, view, kind)), [[back], [cancel_button(request, state)]])


def _what_to_say(request: Request, view: AssignmentView, kind: str | None) -> Html:
    """What the office's tables ask of a report of this kind."""
    if kind == "progress":
        return request.t("report.ask_columns")
    if kind == "completion" and view.product:
        return request.t("report.ask_product", product=clip(view.product, 100))
    return Html("")


def leave(request: Request, state: DialogueState) -> Answers:
    """Back to the task, while nothing is written. Raises UserError where something is."""
    if has_content(state):
        raise request.work.refuse("old_button", request.actor.language)
    view = get_view(request.work, state.data["assignment"])
    end_dialogue(request.work, state)
    return Answers(edit=draw_task(request, view))


def step_back(request: Request, state: DialogueState) -> Html:
    """One step: to the question before, or what was sent last is taken out again; says what."""
    if report_fields.is_asking(state):
        report_fields.ask_previous(request, state)
    elif state.data.get("choices"):
        update_dialogue(request.work, state, assignment=None, kind=None)
    elif last := max(_list_numbers(state), default=0):
        return _take_out(request, state, last)
    elif state.data.get("entering"):
        report_fields.ask_last(request, state)
    return Html("")


def _list_numbers(state: DialogueState) -> Iterator[int]:
    """Of the messages that the draft is made of."""
    for each in (*state.data["text"], *state.data.get("pieces", [])):
        yield each[0]


def _take_out(request: Request, state: DialogueState, number: int) -> Html:
    texts = [words for message, words in state.data["text"] if message == number]
    files = [piece[1] for piece in state.data.get("pieces", []) if piece[0] == number]
    names = [each.name for key in files if (each := request.work.session.get(Attachment, key))]
    drop_files(request.work, request.actor, files)
    update_dialogue(
        request.work,
        state,
        text=[each for each in state.data["text"] if each[0] != number],
        pieces=[each for each in state.data.get("pieces", []) if each[0] != number],
        files=[each for each in state.data["files"] if each not in files],
    )
    return request.t("report.taken_out", what=clip(", ".join([*names, *texts]), 200))
