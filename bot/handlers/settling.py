"""“Chưa ấn định thời hạn”, “Văn phòng xác nhận hạn”, and **Ấn định thời hạn**."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens import settling as screens
from bot.screens.base import Button, Screen
from bot.services import settling
from bot.services.context import require
from bot.services.settling import NO_DEADLINE, Choice, OpenTask
from bot.texts import Html
from db.models import DialogueState, Task


def unsettled(request: Request) -> Answers:
    """“Chưa ấn định thời hạn”."""
    require(request.work, request.actor, Action.SETTLE_DEADLINE)
    return _list(request, settling.list_unsettled(request.work), "settle.unsettled", "undl")


def unconfirmed(request: Request) -> Answers:
    """“Văn phòng xác nhận hạn”."""
    require(request.work, request.actor, Action.SETTLE_DEADLINE)
    return _list(request, settling.list_unconfirmed(request.work), "settle.unconfirmed", "uncf")


def _list(request: Request, found: Sequence[OpenTask], title: str, data: str) -> Answers:
    rows = [(each.id, _row(request, each)) for each in found]
    page = request.integer(0, 0)
    return request.show(screens.open_list(rows, request.t, title=title, data=data, page=page))


def _row(request: Request, task: OpenTask) -> Html:
    return screens.row(request.t, task.clause_label, task.title, task.words, task.candidates, task.agencies)


def begin(request: Request) -> Answers:
    """“Ấn định thời hạn” of one task."""
    task = settling.get_task(request.work, request.actor, request.integer(0))
    seen = task.settled_at.isoformat() if task.settled_at else None
    data = {"task": task.id, "what": task.clause_label, "seen": seen}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "settle", data)
    t = request.t
    settled = t("settle.before", at=task.settled_at, reason=task.settled_reason or "—") if seen else ""
    candidates = () if task.deadline_confirmed else settling.list_candidates(task)
    return Answers(
        send=screens.ask(
            t,
            _describe(request, task),
            candidates,
            state.token,
            cancel_button(request, state),
            settled=settled,
        )
    )


def _describe(request: Request, task: Task) -> Html:
    t = request.t
    said = t("settle.words", words=task.deadline_text) if task.deadline_text else t("settle.no_words")
    return t("settle.task", label=task.clause_label, task=task.title, said=said)


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the deadline, then a reason."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    words = read_reason(request)
    if "choice" in state.data:
        update_dialogue(request.work, state, reason=words)
        return Answers(send=_draw_preview(request, state, task))
    reading = settling.read_words(request.work, task, words[:500])
    if reading.ambiguous and reading.candidates and not reading.problem:
        cancel = cancel_button(request, state)
        return Answers(send=screens.ambiguous(request.t, words, reading.candidates, state.token, cancel))
    choice = settling.choose(request.work, request.actor, task, reading, words)
    return Answers(send=_choose(request, state, task, choice))


def choose_day(request: Request, state: DialogueState) -> Answers:
    """One of the days the words can mean."""
    try:
        day = date.fromisoformat(request.args[2])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    task = settling.get_task(request.work, request.actor, state.data["task"])
    choice = Choice("date", day, None, "day", request.t.day(day))
    return Answers(edit=_choose(request, state, task, choice))


def choose_none(request: Request, state: DialogueState) -> Answers:
    """“Không có thời hạn”: with a reason."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    return Answers(edit=_choose(request, state, task, NO_DEADLINE))


def _choose(request: Request, state: DialogueState, task: Task, choice: Choice) -> Screen:
    kept = {
        "kind": choice.kind,
        "due": choice.due.isoformat() if choice.due else None,
        "recurrence": choice.recurrence,
        "precision": choice.precision,
        "words": choice.words,
    }
    update_dialogue(request.work, state, choice=kept)
    return _draw_preview(request, state, task)


def _chosen(request: Request, state: DialogueState) -> Choice:
    kept = state.data.get("choice")
    if kept is None:
        raise request.work.refuse("old_button", request.actor.language)
    due = date.fromisoformat(kept["due"]) if kept["due"] else None
    return Choice(kept["kind"], due, kept["recurrence"], kept["precision"], kept["words"])


def _draw_preview(request: Request, state: DialogueState, task: Task) -> Screen:
    t, choice = request.t, _chosen(request, state)
    reason = state.data.get("reason", "")
    send = Button(t.plain("button.settle_send"), f"dlg:{state.token}:send")
    due = settling.find_first_due(request.work, choice)
    return screens.preview(
        t,
        _describe(request, task),
        _in_words(request, choice, due),
        reason,
        is_past=choice.recurrence is None and due is not None and due < request.work.today,
        send=send if reason or choice.kind != "none" else None,
        cancel=cancel_button(request, state),
    )


def _in_words(request: Request, choice: Choice, due: date | None) -> Html:
    t = request.t
    if choice.kind == "none":
        return t("settle.reads_none")
    if choice.kind == "ongoing":
        return t("settle.reads_ongoing")
    if choice.recurrence is not None:
        return t("settle.reads_recurring", words=choice.words, day=due or "—")
    return t("settle.reads_date", day=due or "—", words=choice.words)


def send(request: Request, state: DialogueState) -> Answers:
    """**Ấn định thời hạn**."""
    choice = _chosen(request, state)
    seen = datetime.fromisoformat(state.data["seen"]) if state.data["seen"] else None
    task = settling.settle(
        request.work,
        request.actor,
        state.data["task"],
        choice,
        state.data.get("reason", ""),
        seen=seen,
    )
    end_dialogue(request.work, state)
    t = request.t
    words = _in_words(request, choice, settling.find_first_due(request.work, choice))
    none, two = settling.count_open(request.work)
    rows = [
        [Button(t.plain("button.unsettled", n=none), "undl:0")] if none else [],
        [Button(t.plain("button.unconfirmed", n=two), "uncf:0")] if two else [],
    ]
    return Answers(edit=Screen(t("settle.done", label=task.clause_label, words=words), rows))
