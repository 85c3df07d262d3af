"""“Chưa ấn định thời hạn”, “Văn phòng xác nhận hạn”, and **Ấn định thời hạn**."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.access import Action
from bot.domain.deadlines import DeadlineKind, DeadlineReading, word_recurrence
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens import settling as screens
from bot.screens.base import Button, Keyboard, Screen
from bot.services import typed_deadlines
from bot.services.context import require
from bot.services.deadlines import settling, unsettling
from bot.services.standing import open_deadlines
from bot.services.standing.open_deadlines import OpenTask
from bot.services.typed_deadlines import NO_DEADLINE, Choice
from bot.texts import Html
from db.models import DialogueState, Task


def unsettled(request: Request) -> Answers:
    """“Chưa ấn định thời hạn”."""
    require(request.work, request.actor, Action.SETTLE_DEADLINE)
    return _list(request, open_deadlines.list_unsettled(request.work), "settle.unsettled", "undl")


def unconfirmed(request: Request) -> Answers:
    """“Văn phòng xác nhận hạn”."""
    require(request.work, request.actor, Action.SETTLE_DEADLINE)
    return _list(request, open_deadlines.list_unconfirmed(request.work), "settle.unconfirmed", "uncf")


def _list(request: Request, found: Sequence[OpenTask], title: str, data: str) -> Answers:
    rows = [(each.id, screens.row(request.t, each)) for each in found]
    page = request.integer(0, 0)
    return request.show(screens.open_list(rows, request.t, title=title, data=data, page=page))


def begin(request: Request) -> Answers:
    """“Ấn định thời hạn” of one task."""
    task = settling.get_task(request.work, request.actor, request.integer(0))
    seen = task.settled_at.isoformat() if task.settled_at else None
    data = {"task": task.id, "what": task.clause_label, "seen": seen}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "settle", data)
    return Answers(send=_draw_question(request, state, task))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question for the deadline, or what will be settled."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    if state.data.get("choice"):
        return _draw_preview(request, state, task)
    return _draw_question(request, state, task)


def ask_again(request: Request, state: DialogueState) -> Answers:
    """“Quay lại”: another deadline."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    update_dialogue(request.work, state, choice=None, reason="", days=[], rule=None)
    return Answers(edit=_draw_question(request, state, task))


def _draw_question(request: Request, state: DialogueState, task: Task) -> Screen:
    candidates = () if task.deadline_confirmed else open_deadlines.list_candidates(task)
    update_dialogue(request.work, state, days=[day.isoformat() for day in candidates])
    settled = settling.find_settled(request.work, task)
    return screens.ask(
        request.t,
        _describe(request, task),
        candidates,
        state.token,
        cancel_button(request, state),
        settled=screens.settled_line(request.t, settled.name, settled.at, settled.reason) if settled else "",
    )


def _describe(request: Request, task: Task) -> Html:
    return screens.describe(request.t, task.clause_label, task.title, task.deadline_text)


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the deadline, then a reason."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    words = read_reason(request)
    if state.data.get("choice"):
        update_dialogue(request.work, state, reason=words)
        return Answers(send=_draw_preview(request, state, task))
    issued_on = typed_deadlines.find_issued_on(request.work, task)
    reading = typed_deadlines.read_words(request.work, issued_on, words[:500])
    if reading.ambiguous and reading.candidates and not reading.problem:
        return Answers(send=_draw_readings(request, state, words, reading))
    choice = typed_deadlines.choose(request.work, request.actor, issued_on, reading, words)
    return Answers(send=_choose(request, state, task, choice))


def _draw_readings(request: Request, state: DialogueState, words: str, reading: DeadlineReading) -> Screen:
    days = [day.isoformat() for day in reading.candidates]
    update_dialogue(request.work, state, days=days, rule=reading.recurrence)
    cancel = cancel_button(request, state)
    rule = request.t.say(word_recurrence(reading.recurrence)) if reading.recurrence else ""
    return screens.ambiguous(request.t, words, reading.candidates, state.token, cancel, rule=rule)


def choose_day(request: Request, state: DialogueState) -> Answers:
    """One of the days the words can mean."""
    try:
        day = date.fromisoformat(request.args[2])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    if day.isoformat() not in state.data.get("days", ()):
        raise request.work.refuse("old_button", request.actor.language)
    task = settling.get_task(request.work, request.actor, state.data["task"])
    issued_on = typed_deadlines.find_issued_on(request.work, task)
    typed_deadlines.check_day(request.work, request.actor, issued_on, day)
    choice = Choice(DeadlineKind.DATE, day, None, "day")
    return Answers(edit=_choose(request, state, task, choice))


def choose_rule(request: Request, state: DialogueState) -> Answers:
    """The day comes back every year."""
    rule = state.data.get("rule")
    if not rule:
        raise request.work.refuse("old_button", request.actor.language)
    task = settling.get_task(request.work, request.actor, state.data["task"])
    choice = Choice(DeadlineKind.RECURRING, None, rule)
    return Answers(edit=_choose(request, state, task, choice))


def choose_none(request: Request, state: DialogueState) -> Answers:
    """“Không có thời hạn”: with a reason."""
    task = settling.get_task(request.work, request.actor, state.data["task"])
    return Answers(edit=_choose(request, state, task, NO_DEADLINE))


def _choose(request: Request, state: DialogueState, task: Task, choice: Choice) -> Screen:
    update_dialogue(request.work, state, choice=choice.as_json())
    return _draw_preview(request, state, task)


def _chosen(request: Request, state: DialogueState) -> Choice:
    kept = state.data.get("choice")
    if not kept:
        raise request.work.refuse("old_button", request.actor.language)
    return Choice.from_json(kept)


def _draw_preview(request: Request, state: DialogueState, task: Task) -> Screen:
    t, choice = request.t, _chosen(request, state)
    reason = state.data.get("reason", "")
    send = Button(t.plain("button.settle_send"), f"dlg:{state.token}:send")
    return screens.preview(
        t,
        _describe(request, task),
        _in_words(request, choice, task),
        reason,
        _to_whom(request, task, choice),
        send=send if reason or choice.kind != NO_DEADLINE.kind else None,
        back=Button(t.plain("button.back"), f"dlg:{state.token}:again"),
        cancel=cancel_button(request, state),
    )


def _to_whom(request: Request, task: Task, choice: Choice) -> Html:
    """To many: the names, and the words they get."""
    example = settling.draw_example(request.work, task, choice)
    if example is None:
        return Html("")
    return screens.to_whom(request.t, open_deadlines.list_agency_names(request.work, task.id), example)


def _in_words(request: Request, choice: Choice, task: Task) -> Html:
    """The choice read back: the day, and how many agencies it is the deadline of."""
    work = request.work
    due = typed_deadlines.find_first_due(work, choice)
    met_until = work.calendar.next_working_day(due) if due else None
    agencies = open_deadlines.count_agencies(work, task.id)
    found = screens.Reading(choice.kind, choice.wording, due, met_until, agencies)
    return screens.in_words(request.t, found, work.today)


def send(request: Request, state: DialogueState) -> Answers:
    """**Ấn định thời hạn**."""
    choice = _chosen(request, state)
    seen = datetime.fromisoformat(state.data["seen"]) if state.data["seen"] else None
    reason = state.data.get("reason", "")
    done = settling.settle(request.work, request.actor, state.data["task"], choice, reason, seen=seen)
    end_dialogue(request.work, state)
    words = _in_words(request, choice, done.task)
    screen = screens.done(
        request.t,
        done.task.clause_label,
        words,
        done.agencies,
        _open_rows(request),
        back=f"stb:{done.task.id}" if done.is_held else "",
    )
    return Answers(edit=screen)


def take_back(request: Request) -> Answers:
    """“Thu lại”, within the minute: the deadline is as it was."""
    task, gone = unsettling.take_back(request.work, request.actor, request.integer(0))
    t = request.t
    again = [Button(t.plain("button.settle"), f"fix:{task.id}")]
    return Answers(edit=screens.taken_back(t, task.clause_label, gone, [again, *_open_rows(request)]))


def _open_rows(request: Request) -> Keyboard:
    none, two = open_deadlines.count_open(request.work)
    return screens.open_rows(request.t, unsettled=none, unconfirmed=two)
