"""The deadline of a task given in chat: typed, read back, and counted only after a yes."""

from datetime import date

from bot.domain.deadlines import DeadlineKind
from bot.handlers.answers import Answers
from bot.handlers.assign_draft import answer, find_source, require_step
from bot.handlers.assign_drawing import draw
from bot.handlers.dialogues import update_dialogue
from bot.handlers.request import Request
from bot.services import typed_deadlines
from bot.services.tasks import assignment_drafts
from bot.services.tasks.assignment_drafts import Source
from bot.services.typed_deadlines import NO_DEADLINE, Choice
from bot.services.typed_words import check_content
from db.models import DialogueState


def take(request: Request, state: DialogueState) -> None:
    """A phrase as it was typed."""
    read(request, state, request.incoming.text.strip()[:500])


def read(request: Request, state: DialogueState, words: str) -> None:
    """What can be read is shown for a yes; what counts from the document's date waits for the document."""
    work, source = request.work, find_source(state)
    check_content(work, request.actor, words, ())
    issued_on = _find_issued_on(request, source)
    reading = typed_deadlines.read_words(work, issued_on, words)
    is_counted = typed_deadlines.is_counted(reading) and not reading.problem
    if is_counted and source is None:
        update_dialogue(work, state, counted=words, step="source")
        return
    if reading.ambiguous and reading.candidates and not reading.problem:
        days = [day.isoformat() for day in reading.candidates]
        update_dialogue(work, state, step="readings", typed=words, days=days, rule=reading.recurrence)
        return
    if is_counted and source == Source():
        issued_on = work.today  # no document: it counts from the day on which the task is given
    choice = typed_deadlines.choose(work, request.actor, issued_on, reading, words)
    _offer(request, state, choice, words)


def read_counted(request: Request, state: DialogueState, words: str) -> None:
    """What waited for the document: counted from its date. One without a date leaves the question open."""
    work, source = request.work, find_source(state)
    if source == Source() or _find_issued_on(request, source) is not None:
        read(request, state, words)
        return
    day = typed_deadlines.read_words(work, work.today, words).due
    update_dialogue(work, state, undated=[words, day.isoformat() if day else None])


def count_from_today(request: Request, state: DialogueState) -> Answers:
    """“Tính từ hôm nay”: the document has no date that it could be counted from."""
    require_step(request, state, "deadline")
    if not state.data.get("undated"):
        raise request.work.refuse("old_button", request.actor.language)
    work, words = request.work, state.data["undated"][0]
    reading = typed_deadlines.read_words(work, work.today, words)
    choice = typed_deadlines.choose(work, request.actor, work.today, reading, words)
    _offer(request, state, choice, words)
    return Answers(edit=draw(request, state))


def _find_issued_on(request: Request, source: Source | None) -> date | None:
    if source is None:
        return None
    return assignment_drafts.get_document(request.work, request.actor, source).issued_on


def _offer(request: Request, state: DialogueState, choice: Choice, words: str) -> None:
    update_dialogue(
        request.work, state, offered=choice.as_json(), typed=words, counted="", undated=None, step="confirm"
    )


def say_yes(request: Request, state: DialogueState) -> Answers:
    """It was read right."""
    require_step(request, state, "confirm")
    answer(request, state, "deadline", choice=state.data["offered"], said=state.data["typed"])
    return Answers(edit=draw(request, state))


def choose_none(request: Request, state: DialogueState) -> Answers:
    """“Không có thời hạn”."""
    require_step(request, state, "deadline")
    answer(request, state, "deadline", choice=NO_DEADLINE.as_json(), said="", counted="", undated=None)
    return Answers(edit=draw(request, state))


def choose_day(request: Request, state: DialogueState) -> Answers:
    """One of the days the words can mean."""
    require_step(request, state, "readings")
    try:
        day = date.fromisoformat(request.args[2])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    if day.isoformat() not in state.data["days"]:
        raise request.work.refuse("old_button", request.actor.language)
    typed_deadlines.check_day(request.work, request.actor, _find_issued_on(request, find_source(state)), day)
    choice = Choice(DeadlineKind.DATE, day, None, "day")
    _offer(request, state, choice, state.data["typed"])
    return Answers(edit=draw(request, state))


def choose_rule(request: Request, state: DialogueState) -> Answers:
    """The day comes back every year."""
    require_step(request, state, "readings")
    rule = state.data["rule"]
    if not rule:
        raise request.work.refuse("old_button", request.actor.language)
    choice = Choice(DeadlineKind.RECURRING, None, rule)
    _offer(request, state, choice, state.data["typed"])
    return Answers(edit=draw(request, state))
