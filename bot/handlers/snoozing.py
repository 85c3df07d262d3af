"""“Nhắc lại sau”: tomorrow, in three days, or another working day before the deadline, for oneself."""

from datetime import date

from bot.domain.deadlines import read_deadline
from bot.errors import UserError
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_words, start_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard, Screen
from bot.services.standing.views import get_view
from bot.services.tasks import assignments
from bot.services.tasks.assignments import SnoozeDays
from bot.texts import clip
from db.models import DialogueState


def ask(request: Request) -> Answers:
    """“Nhắc lại sau”: never past the deadline."""
    assignment_id = request.integer(0)
    days = assignments.get_snooze_days(request.work, request.actor, assignment_id)
    t = request.t
    rows = _day_rows(request, days.offered, f"snzd:{assignment_id}")
    rows.append([Button(t.plain("button.snooze_other"), f"snzo:{assignment_id}")])
    rows.append([Button(t.plain("button.view"), f"view:{assignment_id}")])
    return Answers(send=Screen(t("snooze.ask"), rows))


def _day_rows(request: Request, days: tuple[date, ...], data: str) -> Keyboard:
    return [[Button(request.t.plain("snooze.day", day=day), f"{data}:{day:%Y%m%d}")] for day in days]


def snooze(request: Request) -> Answers:
    """One of the days offered."""
    return Answers(edit=_snooze(request, request.integer(0), _get_day(request, 1)))


def _get_day(request: Request, index: int) -> date:
    try:
        return date.fromisoformat(request.args[index])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None


def _snooze(request: Request, assignment_id: int, day: date) -> Screen:
    assignments.snooze(request.work, request.actor, assignment_id, day)
    rows = [[Button(request.t.plain("button.view"), f"view:{assignment_id}")]]
    return Screen(request.t("snooze.done", day=day), rows)


def ask_other_day(request: Request) -> Answers:
    """“Chọn ngày khác”: to be typed."""
    assignment_id = request.integer(0)
    days = assignments.get_snooze_days(request.work, request.actor, assignment_id)
    label = clip(get_view(request.work, assignment_id).clause_label, 80)
    data = {"assignment": assignment_id, "what": request.t.plain("snooze.what", label=label)}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "snooze", data)
    text = request.t("snooze.ask_day", first=days.first, last=days.last)
    return Answers(send=Screen(text, [[cancel_button(request, state)]]))


def take_day(request: Request, state: DialogueState) -> Answers:
    """Any phrase the reader knows; where it can mean several days, one is chosen."""
    assignment_id = int(state.data["assignment"])
    days = assignments.get_snooze_days(request.work, request.actor, assignment_id)
    found = _read_days(request, days)
    if len(found) > 1:
        text = request.t("snooze.choose_day", text=clip(request.incoming.text.strip(), 100))
        rows = [*_day_rows(request, found, f"dlg:{state.token}:day"), [cancel_button(request, state)]]
        return Answers(send=Screen(text, rows))
    screen = _snooze(request, assignment_id, found[0])
    end_dialogue(request.work, state)
    return Answers(send=screen)


def choose_day(request: Request, state: DialogueState) -> Answers:
    """One of the days that what was typed can mean."""
    screen = _snooze(request, int(state.data["assignment"]), _get_day(request, 2))
    end_dialogue(request.work, state)
    return Answers(edit=screen)


def _read_days(request: Request, days: SnoozeDays) -> tuple[date, ...]:
    """The days the words can mean. Raises UserError with what would be right where there is none."""
    work, language = request.work, request.actor.language
    words = read_words(request)
    reading = read_deadline(words[:500], work.today, work.calendar)
    right = {"first": days.first, "last": days.last}
    if reading.problem:
        raise work.refuse("snooze_problem", language, problem=reading.problem, **right)
    meant = reading.candidates or ((reading.due,) if reading.due else ())
    if not meant:
        raise work.refuse("snooze_unread", language, text=clip(words, 100), **right)
    possible = tuple(day for day in meant if _is_possible(request, days, day))
    return possible or meant[:1]


def _is_possible(request: Request, days: SnoozeDays, day: date) -> bool:
    try:
        assignments.check_snooze_day(request.work, request.actor, days, day)
    except UserError:
        return False
    return True
