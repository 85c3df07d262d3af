"""Rooms of `/caidat` about the people of the secretariat: who follows what, and who decides."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sqlmodel import col, select

from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.handlers.settings import stop_asking
from bot.screens import office_people as screens
from bot.screens.office_people import PersonRow, Watched
from bot.services.context import require
from bot.services.drawing.reports import member_name
from bot.services.office import secretaries
from bot.services.office.office_settings import get_office_settings
from bot.services.people import monitors
from bot.services.people.namesakes import tell_apart
from bot.services.standing.views import is_in_use, name_document
from db.models import Agency, Document


def show_monitors(request: Request) -> Answers:
    """“Chuyên viên theo dõi”."""
    _enter(request)
    return request.show(screens.monitors(request.t))


def _enter(request: Request) -> None:
    require(request.work, request.actor, Action.EDIT_SETTINGS)
    stop_asking(request)


def choose_watched(request: Request) -> Answers:
    """The agencies, or the documents."""
    _enter(request)
    of = request.args[0] if request.args else ""
    if of not in _LISTS:
        raise request.work.refuse("bad_button", request.actor.language)
    rows = [Watched(key, name, _name_of(request, who)) for key, name, who in _LISTS[of](request)]
    return request.show(screens.choose_watched(request.t, of, rows, request.integer(1, 0)))


def _name_of(request: Request, member_id: int | None) -> str | None:
    return member_name(request.work, member_id) if member_id else None


Row = tuple[int, str, int | None]


def _list_agencies(request: Request) -> list[Row]:
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    return [(each.id, each.name, each.monitor_id) for each in request.work.session.exec(query)]


def _list_documents(request: Request) -> list[Row]:
    query = select(Document).where(is_in_use()).order_by(col(Document.id))
    return [
        (each.id, name_document(each, request.t), each.monitor_id)
        for each in request.work.session.exec(query)
    ]


_LISTS: Mapping[str, Callable[[Request], list[Row]]] = MappingProxyType(
    {"a": _list_agencies, "d": _list_documents}
)


def choose_monitor(request: Request) -> Answers:
    """The people of the secretariat, for one agency or document."""
    _enter(request)
    return _draw_monitor(request, request.integer(2, 0))


def set_monitor(request: Request) -> Answers:
    """A name was pressed; 0 clears."""
    of = request.args[0] if request.args else ""
    monitors.set_monitor(request.work, request.actor, of, request.integer(1), request.integer(2) or None)
    return _draw_monitor(request, request.integer(3, 0), request.t.plain("settings.saved"))


def _draw_monitor(request: Request, page: int, toast: str = "") -> Answers:
    of, key = (request.args[0] if request.args else ""), request.integer(1)
    found = next((each for each in _LISTS[of](request) if each[0] == key), None) if of in _LISTS else None
    if found is None:
        raise request.work.refuse("bad_button", request.actor.language)
    names, everyone = _list_secretaries(request)
    watched = Watched(key, found[1], names.get(found[2] or 0) or _name_of(request, found[2]))
    people = [
        PersonRow(each.member_id, names[each.member_id], each.member_id == found[2], each.is_reachable)
        for each in everyone
    ]
    return request.show(screens.choose_monitor(request.t, of, watched, people, page), toast)


def _list_secretaries(request: Request) -> tuple[dict[int, str], Sequence[secretaries.Secretary]]:
    """The people of the secretariat, and their names as they are shown: two of one name told apart."""
    everyone = secretaries.list_secretaries(request.work)
    names = [(each.member_id, each.name) for each in everyone]
    return tell_apart(request.work, request.t, names), everyone


def show_deciding(request: Request) -> Answers:
    """“Đề xuất và quyết định”."""
    _enter(request)
    return _draw_deciding(request, request.integer(0, 0))


def toggle_decider(request: Request) -> Answers:
    decides = secretaries.toggle_decider(request.work, request.actor, request.integer(0))
    toast = request.t.plain("decide.added" if decides else "decide.removed")
    return _draw_deciding(request, request.integer(1, 0), toast)


def switch_deciding(request: Request) -> Answers:
    """On or off; the button says which."""
    wanted = request.args[0] if request.args else ""
    if wanted not in ("on", "off"):
        raise request.work.refuse("bad_button", request.actor.language)
    secretaries.set_heads_decide(request.work, request.actor, on=wanted == "on")
    return _draw_deciding(request, 0, request.t.plain("settings.saved"))


def _draw_deciding(request: Request, page: int, toast: str = "") -> Answers:
    names, everyone = _list_secretaries(request)
    people = [PersonRow(each.member_id, names[each.member_id], each.decides) for each in everyone]
    is_on = get_office_settings(request.work).heads_decide
    return request.show(screens.deciding(request.t, people, page, is_on=is_on), toast)
