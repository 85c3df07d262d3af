"""The draft of `/giaoviec` as the dialogue keeps it, and what is still missing of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.handlers.dialogues import cancel_button, update_dialogue
from bot.handlers.request import Request
from bot.screens.assigning import ITEMS, OPTIONAL, Buttons
from bot.services.tasks.assignment_drafts import NewTask, Source
from bot.services.typed_deadlines import Choice
from db.models import DialogueState

STEPS = ITEMS
# `done`: the steps that are answered; `offered`: a deadline that waits for a yes.
FRESH: Mapping[str, Any] = {
    "text": "",
    "lead": [],
    "coordinating": [],
    "choice": None,
    "said": "",
    "product": "",
    "person": "",
    "done": [],
    "offered": None,
    "unclear": [],
    "unknown": [],
    "already": [],
}
_KEPT = ("text", "lead", "coordinating", "choice", "said", "product", "person")


def next_step(state: DialogueState) -> str:
    """The first that is not answered; all are: the preview."""
    return next((each for each in STEPS if each not in state.data["done"]), "preview")


def answer(request: Request, state: DialogueState, step: str, **values: Any) -> None:
    """The step is answered: on to what is still missing."""
    done = [*dict.fromkeys([*state.data["done"], step])]
    update_dialogue(request.work, state, done=done, unclear=[], unknown=[], already=[], **values)
    update_dialogue(request.work, state, step=next_step(state))


def is_editing(state: DialogueState) -> bool:
    """Whether all but the step at hand is answered already, and that has an answer to keep."""
    step = state.data["step"]
    has_answer = {"deadline": "choice"}.get(step, step)
    others = [each for each in STEPS if each != step]
    return all(each in state.data["done"] for each in others) and (
        step == "coordinating" or bool(state.data.get(has_answer))
    )


def require_step(request: Request, state: DialogueState, *steps: str) -> str:
    """The step at hand. Raises UserError for a button of another one."""
    step = str(state.data["step"])
    if step not in steps:
        raise request.work.refuse("old_button", request.actor.language)
    return step


def make_buttons(request: Request, state: DialogueState) -> Buttons:
    return Buttons(request.t, state.token, cancel_button(request, state))


def list_tasks(state: DialogueState) -> list[NewTask]:
    """Those added before, and the one at hand."""
    return [_restore(each) for each in (*state.data["tasks"], current(state))]


def current(state: DialogueState) -> dict[str, Any]:
    """The task at hand, as it is kept."""
    return {name: state.data.get(name, FRESH[name]) for name in _KEPT}


def _restore(kept: Mapping[str, Any]) -> NewTask:
    choice = Choice.from_json(kept["choice"])
    lead, beside = tuple(kept["lead"]), tuple(kept["coordinating"])
    more = {name: kept.get(name, "") for name in OPTIONAL}
    return NewTask(kept["text"], lead, beside, choice, kept["said"] or None, **more)


def keep_task(task: NewTask) -> dict[str, Any]:
    """A task as the dialogue keeps it."""
    return {
        "text": task.words,
        "lead": [*task.lead],
        "coordinating": [*task.coordinating],
        "choice": task.choice.as_json(),
        "said": task.deadline_text or "",
        "product": task.product,
        "person": task.person,
    }


def keep_source(source: Source) -> dict[str, Any]:
    day = source.issued_on.isoformat() if source.issued_on else None
    return {"id": source.document_id, "title": source.title, "number": source.number, "on": day}


def find_source(state: DialogueState) -> Source | None:
    """The document as far as it is known."""
    kept = state.data.get("source")
    if kept is None:
        return None
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    return Source(kept["id"], kept["title"], kept["number"], on)
