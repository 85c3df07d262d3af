"""`/coquan`: agencies and their people; who is no longer in charge."""

from collections import Counter

from sqlmodel import col, select

from bot.domain.access import Action, Role
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import agencies as screens
from bot.screens.agencies import Card, Row, SeatRow
from bot.screens.people import STRANGER_MENU, menu
from bot.services.agencies import splits, successions
from bot.services.agencies.handovers import UNFINISHED, list_unfinished
from bot.services.context import require
from bot.services.notice import discretion
from bot.services.people import leaving
from bot.services.people.namesakes import tell_apart
from bot.services.standing.agency_search import list_agencies, search_agencies
from bot.services.standing.seats import list_seats
from bot.texts import Html, join
from db.models import Address, Agency, Assignment, Member, Membership


def home(request: Request) -> Answers:
    """The agencies; a head sees the own ones."""
    if request.actor.can(Action.MANAGE_AGENCIES):
        words = request.incoming.argument.strip() if request.incoming.command else ""
        return search(request, words) if words else page(request)
    mine = [key for key in request.actor.agencies if request.actor.can(Action.MANAGE_PEOPLE, key)]
    if not mine:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    if len(mine) == 1:
        return _draw(request, mine[0])
    rows = [Row(key, request.actor.agencies[key], _count_people(request)[key]) for key in mine]
    return request.show(screens.choose_own(request.t, rows))


def page(request: Request) -> Answers:
    """A page of all agencies."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    people = _count_people(request)
    rows = [Row(each.id, each.name, people[each.id]) for each in list_agencies(request.work)]
    split = [
        (each.agency.id, each.agency.name, len(each.assignments) + len(each.seats))
        for each in splits.list_split(request.work)
    ]
    number = request.integer(0, 0) if request.incoming.callback_id else 0
    return request.show(screens.listing(request.t, rows, number, split))


def search(request: Request, words: str) -> Answers:
    """Those that the words may mean. Raises UserError where there is none."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    found, people = search_agencies(request.work, words), _count_people(request)
    if not found:
        raise request.work.refuse("agency_unknown", request.actor.language, text=words[:60])
    if len(found) == 1:
        return _draw(request, found[0].id)
    rows = [Row(each.id, each.name, people[each.id]) for each in found]
    return request.show(screens.listing(request.t, rows, 0, [], found_by=words))


def _count_people(request: Request) -> Counter[int | None]:
    seats = select(Membership.agency_id, Membership.member_id).where(col(Membership.until_at).is_(None))
    return Counter(agency for agency, _ in set(request.work.session.exec(seats).all()))


def show(request: Request) -> Answers:
    """One agency; 0: the office itself."""
    return _draw(request, request.integer(0))


def _draw(request: Request, agency_id: int, toast: str = "") -> Answers:
    work, t = request.work, request.t
    require(work, request.actor, Action.MANAGE_PEOPLE, agency_id or None)
    seats = _list_rows(request, agency_id)
    is_office = request.actor.can(Action.MANAGE_AGENCIES)
    back = "agp:0" if is_office else ""
    if not agency_id:
        return request.show(screens.card(t, Card(0, work.office.name, seats, back=back)), toast)
    agency = _get_agency(request, agency_id)
    waiting = any(each.agency.id == agency_id for each in splits.list_split(work)) if is_office else False
    found = Card(
        agency_id,
        agency.name,
        seats,
        aliases=agency.aliases,
        open=len(list_unfinished(work, agency_id)),
        ended=t("agency.ended", day=agency.ended_on) if agency.ended_on else Html(""),
        planned=_planned(request, agency_id),
        can_change=is_office,
        is_split=waiting,
        is_discreet=agency.is_discreet,
        back=back,
    )
    return request.show(screens.card(t, found), toast)


def _get_agency(request: Request, agency_id: int) -> Agency:
    agency = request.work.session.get(Agency, agency_id)
    if agency is None:
        raise request.work.refuse("no_agency", request.actor.language)
    return agency


def _planned(request: Request, agency_id: int) -> Html:
    rows = successions.find_planned(request.work, agency_id)
    if not rows:
        return Html("")
    into = [
        request.work.session.get_one(Agency, each.to_agency_id).name for each in rows if each.to_agency_id
    ]
    what = request.t(
        f"succession.{rows[0].kind}",
        day=rows[0].effective_on,
        old=rows[0].old_name,
        new=rows[0].new_name or ", ".join(into) or "—",
    )
    return join(request.t("agency.planned"), what)


def _list_seats(request: Request, agency_id: int) -> list[tuple[Membership, Member]]:
    where = col(Membership.agency_id) == agency_id if agency_id else col(Membership.agency_id).is_(None)
    query = (
        select(Membership, Member)
        .join(Member, col(Member.id) == col(Membership.member_id))
        .where(where, col(Membership.until_at).is_(None))
        .order_by(col(Membership.id))
    )
    return list(request.work.session.exec(query).all())


def _list_rows(request: Request, agency_id: int) -> list[SeatRow]:
    """Those who hold a role there now; two of one name told apart."""
    found = _list_seats(request, agency_id)
    people = [(member.id, member.name) for _, member in found]
    names = tell_apart(request.work, request.t, people)
    return [_to_row(request, seat, names[member.id]) for seat, member in found]


def _to_row(request: Request, seat: Membership, name: str) -> SeatRow:
    can_end = request.actor.is_secretariat or seat.role == Role.OFFICER.value
    return SeatRow(seat.id, name, seat.role, can_end)


def switch_discretion(request: Request) -> Answers:
    """“Chế độ kín”: messages to the agency say no more what they are about, or say it again."""
    agency = _get_agency(request, request.integer(0))
    discretion.set_discreet(request.work, request.actor, agency, request.integer(1) == 1)
    return _draw(request, agency.id, request.t.plain("toast.done"))


def ask_end(request: Request) -> Answers:
    """“Thôi phụ trách”: says what will happen first."""
    seat = get_seat(request, request.integer(0))
    work = request.work
    leaving.check_can_end(work, request.actor, seat.member_id, Role(seat.role), seat.agency_id)
    rows = {each.id: each for each in _list_rows(request, seat.agency_id or 0)}
    row = rows.get(seat.id) or _to_row(request, seat, work.session.get_one(Member, seat.member_id).name)
    held = select(Assignment.id).where(
        col(Assignment.agency_id) == seat.agency_id,
        col(Assignment.holder_id) == seat.member_id,
        col(Assignment.status).in_(UNFINISHED),
    )
    count = len(work.session.exec(held).all())
    name = _get_agency(request, seat.agency_id).name if seat.agency_id else work.office.name
    return request.show(screens.confirm_end(request.t, row, name, count, f"ag:{seat.agency_id or 0}"))


def get_seat(request: Request, seat_id: int) -> Membership:
    """A role that somebody holds, or has held. Raises UserError for a forged one."""
    seat = request.work.session.get(Membership, seat_id)
    if seat is None:
        raise request.work.refuse("no_such_seat", request.actor.language)
    return seat


def end(request: Request) -> Answers:
    """Done: the person's command menu follows."""
    seat, work = get_seat(request, request.integer(0)), request.work
    leaving.end_membership(work, request.actor, seat.member_id, Role(seat.role), seat.agency_id)
    toast, menus = request.t.plain("toast.done"), list_menus(request, seat.member_id)
    if seat.member_id == request.actor.member_id:
        return Answers(toast=toast, edit=screens.gone(request.t), menus=menus)
    shown = _draw(request, seat.agency_id or 0, toast)
    return Answers(toast=shown.toast, edit=shown.edit, send=shown.send, menus=menus)


def list_menus(request: Request, member_id: int) -> list[list[object]]:
    """The commands of a person's chats now, for each of them."""
    work = request.work
    member, seats = work.session.get_one(Member, member_id), list_seats(work, member_id)
    t = work.texts(member.language)
    commands = menu(t, seats) if seats else [[name, t.plain(f"command.{name}")] for name in STRANGER_MENU]
    chats = select(Address.address).where(
        col(Address.member_id) == member_id, col(Address.kind) == "private", col(Address.reachable)
    )
    return [[chat, commands] for chat in work.session.exec(chats).all()]


def cancel_planned(request: Request) -> Answers:
    """“Bỏ thay đổi đã ghi trước”."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    agency = _get_agency(request, request.integer(0))
    successions.cancel(request.work, request.actor, agency)
    return _draw(request, agency.id, request.t.plain("toast.done"))
