"""`/moi`: a one-time link for an agency, the secretariat or a viewer."""

from sqlmodel import col, select

from bot.domain.access import Action, Role, Seat
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import people as screens
from bot.services.context import require
from bot.services.people import joining
from db.models import Agency


def choose(request: Request) -> Answers:
    """The agencies the person may invite to."""
    return request.show(
        screens.choose_invite(
            request.t, _list_agencies(request), request.integer(0, 0), anyone=_anyone(request)
        )
    )


def _anyone(request: Request) -> bool:
    return request.actor.can(Action.INVITE_ANYONE)


def _list_agencies(request: Request) -> list[tuple[int, str]]:
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    found = [
        (each.id, each.name)
        for each in request.work.session.exec(query)
        if request.actor.can(Action.INVITE_OFFICER, each.id)
    ]
    if not found:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    return found


def choose_role(request: Request) -> Answers:
    agency = request.work.session.get(Agency, request.integer(0))
    if agency is None:
        raise request.work.refuse("no_agency", request.actor.language)
    require(request.work, request.actor, Action.INVITE_OFFICER, agency.id)
    return request.show(screens.choose_role(request.t, agency.id, agency.name, anyone=_anyone(request)))


def invite_to_agency(request: Request) -> Answers:
    agency = request.work.session.get(Agency, request.integer(0))
    role = request.args[1] if len(request.args) > 1 else ""
    if agency is None or role not in ("officer", "head"):
        raise request.work.refuse("bad_button", request.actor.language)
    return _create(request, Seat(Role(role), agency.id, agency.name))


def invite_elsewhere(request: Request) -> Answers:
    role = request.args[0] if request.args else ""
    if role not in ("secretariat", "viewer"):
        raise request.work.refuse("bad_button", request.actor.language)
    return _create(request, Seat(Role(role)))


def _create(request: Request, seat: Seat) -> Answers:
    if not request.bot_name:
        raise request.work.refuse("no_link_yet", request.actor.language)
    new = joining.create_invite(request.work, seat.role, seat.agency_id, request.actor)
    link = joining.make_link(request.bot_name, new.token)
    return request.show(screens.invite_link(request.t, seat, link, new.invite.expires_at))
