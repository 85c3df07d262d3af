"""`/phancong`: who of the agency holds what; handing a task on; naming who covers for an absent person."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.access import Action
from bot.domain.deadlines import read_deadline
from bot.domain.typed_days import find_span, find_spoken_day
from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, end_rows, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.handlers.tasks import draw_task
from bot.screens import handing as screens
from bot.screens.base import Button, Keyboard, Screen
from bot.services.drawing.reports import member_name
from bot.services.people import handing
from bot.services.people.namesakes import tell_apart
from bot.services.standing import single
from bot.texts import Html, clip
from db.models import Agency, Assignment, DialogueState


def _agency_id(request: Request) -> int:
    """The agency of the button, else the only one whose head the person is. Raises UserError."""
    mine = [key for key in request.actor.agencies if request.actor.can(Action.HAND_ON, key)]
    chosen = request.integer(0, 0)
    if chosen:
        return chosen
    if not mine:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    return mine[0]


def who_holds(request: Request) -> Answers:
    """`/phancong`; a head of two agencies chooses first."""
    mine = {
        key: name for key, name in request.actor.agencies.items() if request.actor.can(Action.HAND_ON, key)
    }
    if len(mine) > 1 and not request.integer(0, 0):
        rows: Keyboard = [[Button(name, f"holds:{key}")] for key, name in mine.items()]
        return request.show(Screen(request.t("tasks.choose_agency"), rows))
    agency_id = _agency_id(request)
    people, free = handing.list_held(request.work, request.actor, agency_id)
    agency = request.work.session.get_one(Agency, agency_id)
    names = _names(request, people)
    return request.show(
        screens.who_holds(
            request.t,
            agency.name,
            agency_id,
            [(each.id, names[each.id], each.held) for each in people],
            free,
            request.work.today,
        )
    )


def held(request: Request) -> Answers:
    """The tasks of one person (0: of nobody)."""
    agency_id, member_id = request.integer(0), request.integer(1)
    people, free = handing.list_held(request.work, request.actor, agency_id)
    t, back = request.t, f"holds:{agency_id}"
    if not member_id:
        title = t("handing.free", n=len(free))
        return request.show(screens.held(t, title, free, request.work.today, back))
    person = next((each for each in people if each.id == member_id), None)
    if person is None:
        raise request.work.refuse("not_of_agency", request.actor.language)
    title = t("handing.of", name=_names(request, people)[person.id], n=len(person.held))
    return request.show(screens.held(t, title, person.held, request.work.today, back))


def _names(request: Request, people: Sequence[handing.Person]) -> dict[int, str]:
    """As they are shown: two of one name told apart."""
    return tell_apart(request.work, request.t, [(each.id, each.name) for each in people])


def choose_person(request: Request) -> Answers:
    """“Phân công”: to whom."""
    view = handing.check_can_hand_on(request.work, request.actor, request.integer(0))
    people = [*_names(request, handing.list_people(request.work, view.answering_id)).items()]
    holder = request.work.session.get_one(Assignment, view.id).holder_id
    return request.show(screens.choose_person(request.t, view, people, is_held=holder is not None))


def hand_on(request: Request) -> Answers:
    member_id = request.integer(1) or None
    handing.hand_on(request.work, request.actor, request.integer(0), member_id)
    view = single.see(request.work, request.actor, request.integer(0))
    return Answers(toast=request.t.plain("toast.done"), edit=draw_task(request, view))


def receive(request: Request) -> Answers:
    """“Đã nhận việc” of the one it was handed to."""
    is_new = handing.receive(request.work, request.actor, request.integer(0))
    view = single.see(request.work, request.actor, request.integer(0))
    key = "toast.received" if is_new else "toast.acknowledged_already"
    return Answers(toast=request.t.plain(key), edit=draw_task(request, view))


def covers(request: Request) -> Answers:
    """“Người xử lý thay”."""
    agency_id = request.integer(0)
    found = handing.list_covers(request.work, request.actor, agency_id)
    work, names = request.work, _names(request, handing.list_people(request.work, agency_id))
    rows = [
        (
            each.id,
            names.get(each.absent_id) or member_name(work, each.absent_id),
            names.get(each.cover_id) or member_name(work, each.cover_id),
            each.starts_on,
            each.ends_on,
        )
        for each in found
    ]
    return request.show(screens.covers(request.t, rows, agency_id))


def end_cover(request: Request) -> Answers:
    agency_id = handing.end_cover(request.work, request.actor, request.integer(0))
    back = Button(request.t.plain("button.back"), f"cov:{agency_id}")
    return Answers(edit=Screen(request.t("handing.cover_ended"), [[back]]))


def begin_cover(request: Request) -> Answers:
    """Who is absent, who covers, from when to when."""
    agency_id = request.integer(0)
    handing.list_covers(request.work, request.actor, agency_id)
    data = {"agency": agency_id, "what": request.t.plain("button.covers")}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "cover", data)
    return Answers(send=draw_cover(request, state))


def draw_cover(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the cover before it is named."""
    t, data, end = request.t, state.data, end_rows(request, state)
    if "absent" not in data:
        return _ask_person(request, state, t("handing.ask_absent"))
    names = _names(request, handing.list_people(request.work, data["agency"]))
    absent = names.get(data["absent"]) or member_name(request.work, data["absent"])
    if "cover" not in data:
        return _ask_person(request, state, t("handing.ask_cover", absent=absent))
    cover = names.get(data["cover"]) or member_name(request.work, data["cover"])
    if "span" not in data:
        return Screen(t("handing.ask_until", absent=absent, cover=cover), end)
    first, last = (date.fromisoformat(each) for each in data["span"])
    text = t("handing.cover_row", absent=absent, cover=cover, first=first, last=last)
    return Screen(text, [[Button(t.plain("button.confirm_cover"), f"dlg:{state.token}:send")], *end])


def _ask_person(request: Request, state: DialogueState, text: Html) -> Screen:
    names = _names(request, handing.list_people(request.work, state.data["agency"]))
    rows: Keyboard = [
        [Button(clip(name, 60), f"dlg:{state.token}:who:{key}")]
        for key, name in names.items()
        if key != state.data.get("absent")
    ]
    return Screen(text, [*rows, *end_rows(request, state)])


def choose_who(request: Request, state: DialogueState) -> Answers:
    """First the one who is absent, then the one who covers."""
    chosen = request.integer(2)
    if chosen not in {each.id for each in handing.list_people(request.work, state.data["agency"])}:
        raise request.work.refuse("not_of_agency", request.actor.language)
    if "absent" not in state.data:
        update_dialogue(request.work, state, absent=chosen)
    elif "cover" not in state.data:
        update_dialogue(request.work, state, cover=chosen)
    else:
        raise request.work.refuse("old_button", request.actor.language)
    return Answers(edit=draw_cover(request, state))


def take(request: Request, state: DialogueState) -> Answers:
    """The days: “đến 20/6/2023”, or “từ 12/6/2023 đến 20/6/2023”."""
    if "cover" not in state.data:
        raise request.work.refuse("press_button", request.actor.language)
    days = _read_days(request, read_reason(request))
    update_dialogue(request.work, state, span=[each.isoformat() for each in days])
    return Answers(send=draw_cover(request, state))


def _read_days(request: Request, words: str) -> tuple[date, date]:
    today = request.work.today
    try:
        span = find_span(words, today)
    except ValueError:
        raise request.work.refuse("no_day", request.actor.language, text=clip(words, 100)) from None
    if span is None and (spoken := find_spoken_day(words, today)) is not None:
        span = today, spoken
    if span is None:
        reading = read_deadline(words[:200], today - timedelta(days=1), request.work.calendar)
        if reading.due is None or reading.problem:
            raise request.work.refuse("no_day", request.actor.language, text=clip(words, 100))
        span = (reading.all[0] if len(reading.all) > 1 else today), reading.due
    handing.check_cover_days(request.work, request.actor, *span)
    return span


def send(request: Request, state: DialogueState) -> Answers:
    data = state.data
    if "span" not in data:
        raise request.work.refuse("old_button", request.actor.language)
    first, last = (date.fromisoformat(each) for each in data["span"])
    handing.name_cover(
        request.work, request.actor, data["agency"], data["absent"], data["cover"], first, last
    )
    end_dialogue(request.work, state)
    back = Button(request.t.plain("button.back"), f"cov:{data['agency']}")
    return Answers(edit=Screen(request.t("handing.cover_done"), [[back]]))
