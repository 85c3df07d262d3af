"""The secretariat's rooms of `/caidat`: days off, the weekly digest, the reminder ladder."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from bot.domain.access import Action
from bot.domain.hours import read_time
from bot.domain.office_days import YEARS, read_lines
from bot.domain.typed_policy import ITEMS, read_item
from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue
from bot.handlers.request import Request
from bot.handlers.settings import ask, stop_asking, take_quiet
from bot.screens import office_settings as screens
from bot.screens import settings as rooms
from bot.services.context import require
from bot.services.office import holidays
from bot.services.office.office_settings import change_office_settings, get_office_settings
from bot.services.reminding import ladders
from bot.texts import Html, clip
from db.models import DialogueState

MOST_FAULTS = 10  # of a message


def days(request: Request) -> Answers:
    """“Ngày nghỉ, ngày làm bù”: a year's days."""
    require(request.work, request.actor, Action.EDIT_SETTINGS)
    stop_asking(request)
    return _draw_days(request, _year(request), request.integer(1, 0))


def _year(request: Request) -> int:
    year = request.integer(0, request.work.today.year)
    if not YEARS[0] <= year <= YEARS[1]:
        raise request.work.refuse("bad_button", request.actor.language)
    return year


def _draw_days(
    request: Request, year: int, page: int = 0, *, toast: str = "", said: Html | None = None
) -> Answers:
    this = request.work.today.year
    rows = holidays.list_days(request.work, year, request.actor.language)
    screen = screens.days(rows, request.t, year, sorted({this, this + 1, year}), page, said=said)
    return request.show(screen, toast)


def ask_days(request: Request) -> Answers:
    require(request.work, request.actor, Action.EDIT_SETTINGS)
    stop_asking(request)
    t, year = request.t, _year(request)
    question = t("days.ask", year=year)
    screen = rooms.ask(t, [t.plain("days.room")], question, f"setd:{year}")
    return ask(request, {"field": "days"}, screen)


def take_days(request: Request, state: DialogueState) -> Answers:
    """Each line is a day; all are right, or none is taken."""
    rows, faults = read_lines(request.incoming.text)
    if faults:
        raise holidays.refuse_faults(request.work, faults, request.actor.language, most=MOST_FAULTS)
    added = holidays.add_days(request.work, request.actor, rows)
    end_dialogue(request.work, state)
    said = screens.added_days([(each.row.day, each.row.kind, each.remark) for each in added], request.t)
    return _draw_days(request, rows[0].day.year, said=said)


def remove_day(request: Request) -> Answers:
    stop_asking(request)
    try:
        day = date.fromisoformat(request.args[0])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    holidays.remove_day(request.work, request.actor, day)
    return _draw_days(request, day.year, toast=request.t.plain("days.removed", day=day))


def weekly(request: Request) -> Answers:
    """The weekly digest: shown, or a day or a time set, or another time asked for."""
    require(request.work, request.actor, Action.EDIT_SETTINGS)
    stop_asking(request)
    choice = request.args[0] if request.args else ""
    t = request.t
    if choice == "ask":
        screen = rooms.ask(t, [t.plain("weekly.room")], t("weekly.ask"), "setw")
        return ask(request, {"field": "weekly"}, screen)
    if choice == "on":
        return _save_weekly(request, weekly_on=request.integer(1))
    if choice == "at":
        number = request.integer(1)
        return _save_weekly(request, weekly_at=f"{number // 100:02}:{number % 100:02}")
    return _draw_weekly(request)


def take_weekly(request: Request, state: DialogueState) -> Answers:
    words = request.incoming.text.strip()
    try:
        minutes = read_time(words)
    except ValueError:
        raise request.work.refuse("weekly_at", request.actor.language, text=clip(words, 40)) from None
    end_dialogue(request.work, state)
    return _save_weekly(request, weekly_at=f"{minutes // 60:02}:{minutes % 60:02}")


def _save_weekly(request: Request, **values: object) -> Answers:
    change_office_settings(request.work, request.actor, **values)
    return _draw_weekly(request, request.t.plain("settings.saved"))


def _draw_weekly(request: Request, toast: str = "") -> Answers:
    row = get_office_settings(request.work)
    return request.show(screens.weekly(row.weekly_on, row.weekly_at, request.t), toast)


def choose_document(request: Request) -> Answers:
    """“Lịch nhắc của văn bản”: the only document there is, or a choice."""
    stop_asking(request)
    documents = ladders.list_documents(request.work, request.actor)
    return request.show(screens.choose_ladder(request.t, documents, request.integer(0, 0)))


def choose_task(request: Request) -> Answers:
    stop_asking(request)
    document_id = request.integer(0)
    tasks = ladders.list_tasks(request.work, request.actor, document_id)
    screen = screens.choose_ladder(request.t, tasks, request.integer(1, 0), document_id=document_id)
    return request.show(screen)


def ladder(request: Request) -> Answers:
    """A document's or a task's ladder in words."""
    stop_asking(request)
    return _draw_ladder(request, _find_ladder(request))


def _find_ladder(request: Request) -> ladders.Ladder:
    of = request.args[0] if request.args else ""
    return ladders.get_ladder(request.work, request.actor, of, request.integer(1))


def _draw_ladder(request: Request, found: ladders.Ladder, toast: str = "") -> Answers:
    screen = screens.ladder(
        request.t,
        found.of,
        found.id,
        found.name,
        found.policy,
        is_own=found.is_own,
        document_id=found.document_id,
    )
    return request.show(screen, toast)


def ask_item(request: Request) -> Answers:
    """Asks for one item; the weekday comes with its button."""
    stop_asking(request)
    found = _find_ladder(request)
    item = request.args[2] if len(request.args) > 2 else ""
    if item not in ITEMS:
        raise request.work.refuse("bad_button", request.actor.language)
    if item == "weekly_on" and len(request.args) > 3:
        return _save_item(request, found, item, request.integer(3))
    t = request.t
    path = [t.plain("ladder.room"), t.plain(f"ladder.item.{item}")]
    line = screens.ladder_line(t, found.policy, item)
    if item == "weekly_on":
        question = t("ladder.ask_weekday", line=line)
        return request.show(screens.ask_weekday(t, found.of, found.id, path, question))
    question = t("ladder.ask", line=line, right=t.plain(f"ladder.right.{item}"))
    data = {"field": "ladder", "of": found.of, "id": found.id, "item": item}
    return ask(request, data, rooms.ask(t, path, question, f"setr:{found.of}:{found.id}"))


def take_item(request: Request, state: DialogueState) -> Answers:
    work, actor, item = request.work, request.actor, state.data["item"]
    words = request.incoming.text.strip()
    try:
        value = read_item(item, words)
    except ValueError:
        raise ladders.refuse_item(work, actor, item, words) from None
    found = ladders.get_ladder(work, actor, state.data["of"], state.data["id"])
    end_dialogue(work, state)
    return _save_item(request, found, item, value)


def _save_item(request: Request, found: ladders.Ladder, item: str, value: object) -> Answers:
    changed = ladders.change_item(request.work, request.actor, found, item, value)
    return _draw_ladder(request, changed, request.t.plain("settings.saved"))


def reset(request: Request) -> Answers:
    """Back to what is above: the document's ladder, or the default."""
    stop_asking(request)
    found = ladders.reset(request.work, request.actor, _find_ladder(request))
    return _draw_ladder(request, found, request.t.plain("settings.saved"))


_TAKERS: Mapping[str, Callable[[Request, DialogueState], Answers]] = MappingProxyType(
    {"quiet": take_quiet, "days": take_days, "weekly": take_weekly, "ladder": take_item}
)


def take(request: Request, state: DialogueState) -> Answers:
    """What was typed, for the room that asked."""
    return _TAKERS[state.data["field"]](request, state)
