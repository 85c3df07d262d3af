"""`/caidat`: what each person sets, and an agency's contacts. One message that is redrawn in place."""

from typing import Any

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.hours import Span, read_quiet_hours
from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, find_dialogue, start_dialogue
from bot.handlers.request import Request
from bot.screens import people as people_screens
from bot.screens import settings as screens
from bot.screens.base import Screen
from bot.services.office.office_settings import get_office_settings
from bot.services.people import personal
from bot.services.people.namesakes import tell_apart
from bot.services.standing.views import name_document
from bot.texts import Texts, clip
from db.models import Agency, DialogueState, Document

DIALOGUE = "setting"
PEOPLE_A_PAGE = 8


def home(request: Request) -> Answers:
    """`/caidat`."""
    stop_asking(request)
    return request.show(draw_home(request, request.t))


def draw_home(request: Request, t: Texts) -> Screen:
    work, actor = request.work, request.actor
    found = screens.Home(
        name=actor.name,
        seats=actor.seats,
        quiet=personal.get_quiet_hours(work, actor),
        rooms=_list_rooms(request),
        paused=find_paused(request),
    )
    return screens.home(found, t)


def _list_rooms(request: Request) -> list[str]:
    rooms = ["contacts"] if _list_agencies(request) else []
    if request.actor.can(Action.EDIT_SETTINGS):
        rooms += ["days", "weekly", "ladder", "monitors", "decide"]
    if request.actor.can(Action.PAUSE):
        rooms.append("pause")
    return rooms


def find_paused(request: Request) -> screens.Paused:
    """What waits, for those who see the whole; nobody else is told."""
    if not request.actor.can(Action.SEE_OVERVIEW):
        return screens.Paused(None, ())
    query = select(Document).where(col(Document.paused_at).is_not(None)).order_by(col(Document.id))
    names = [name_document(each, request.t) for each in request.work.session.exec(query)]
    return screens.Paused(get_office_settings(request.work).paused_at, names)


def ask(request: Request, data: dict[str, Any], screen: Screen) -> Answers:
    """Waits for something typed; the screen's own button goes back and stops waiting."""
    start_dialogue(request.work, request.actor, request.incoming.chat_id, DIALOGUE, data)
    return request.show(screen)


def stop_asking(request: Request) -> None:
    state = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    if state is not None and state.name == DIALOGUE:
        end_dialogue(request.work, state)


def nothing_to_send(request: Request, state: DialogueState) -> Answers:
    """No screen here has a send button: the press is forged."""
    raise request.work.refuse("bad_button", request.actor.language)


def set_language(request: Request) -> Answers:
    """The chat's command menu follows."""
    stop_asking(request)
    language = request.args[0] if request.args else ""
    personal.set_language(request.work, request.actor, language)
    t = request.work.texts(language)
    menu = people_screens.menu(t, request.actor.seats)
    return Answers(toast=t.plain("settings.saved"), edit=draw_home(request, t), menu=menu)


def quiet(request: Request) -> Answers:
    """“Giờ không nhận tin”: shown, or a preset taken, or other hours asked for."""
    stop_asking(request)
    choice = request.args[0] if request.args else ""
    if choice == "ask":
        t = request.t
        return ask(
            request, {"field": "quiet"}, screens.ask(t, [t.plain("quiet.room")], t("quiet.ask"), "setq")
        )
    if choice:
        hours = None if choice == "off" else (request.integer(0), request.integer(1))
        return _save_quiet(request, hours)
    return _draw_quiet(request)


def take_quiet(request: Request, state: DialogueState) -> Answers:
    words = request.incoming.text.strip()
    try:
        hours = read_quiet_hours(words)
    except ValueError:
        raise request.work.refuse("quiet_hours", request.actor.language, text=clip(words, 40)) from None
    end_dialogue(request.work, state)
    return _save_quiet(request, hours)


def _save_quiet(request: Request, hours: Span | None) -> Answers:
    personal.set_quiet_hours(request.work, request.actor, hours)
    return _draw_quiet(request, request.t.plain("settings.saved"))


def _draw_quiet(request: Request, toast: str = "") -> Answers:
    hours = personal.get_quiet_hours(request.work, request.actor)
    return request.show(screens.quiet(hours, request.t), toast)


def choose_contacts(request: Request) -> Answers:
    """“Đầu mối khi quá hạn”: the only agency there is to name them for, or a choice."""
    stop_asking(request)
    agencies = _list_agencies(request)
    if not agencies:
        raise request.work.refuse("not_allowed", request.actor.language)
    if len(agencies) == 1:
        return _draw_contacts(request, agencies[0][0], 0, "set")
    return request.show(screens.choose_contact_agency(request.t, agencies, request.integer(0, 0)))


def _list_agencies(request: Request) -> list[tuple[int, str]]:
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    return [
        (each.id, each.name)
        for each in request.work.session.exec(query)
        if request.actor.can(Action.NAME_CONTACT, each.id)
    ]


def contacts(request: Request) -> Answers:
    """The people of one agency."""
    stop_asking(request)
    return _draw_contacts(request, request.integer(0), request.integer(1, 0), _back_from_contacts(request))


def toggle_contact(request: Request) -> Answers:
    agency_id, member_id = request.integer(0), request.integer(1)
    is_contact = personal.toggle_contact(request.work, request.actor, agency_id, member_id)
    toast = request.t.plain("contacts.added" if is_contact else "contacts.removed")
    back_to = _back_from_contacts(request)
    return _draw_contacts(request, agency_id, request.integer(2, 0), back_to, toast)


def _back_from_contacts(request: Request) -> str:
    return "setcp:0" if len(_list_agencies(request)) > 1 else "set"


def _draw_contacts(request: Request, agency_id: int, page: int, back_to: str, toast: str = "") -> Answers:
    agency = request.work.session.get(Agency, agency_id)
    if agency is None:
        raise request.work.refuse("no_agency", request.actor.language)
    people = personal.list_people(request.work, request.actor, agency_id)
    names = tell_apart(
        request.work, request.t, [(each.member_id, each.name) for each in people], with_roles=False
    )
    rows = [
        screens.ContactRow(each.member_id, names[each.member_id], each.roles, each.is_contact)
        for each in people
    ]
    screen = screens.contacts(
        request.t, agency_id, agency.name, rows, page=page, most=PEOPLE_A_PAGE, back_to=back_to
    )
    return request.show(screen, toast)
