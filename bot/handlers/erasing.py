"""Personal data erased on request: the person is found by name, what will happen is said, and then it is done."""

from sqlmodel import col, select

from bot.documents.values import plain
from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_reason, start_dialogue
from bot.handlers.request import Request
from bot.screens import agencies as screens
from bot.screens.base import Screen
from bot.screens.people import STRANGER_MENU, describe
from bot.services.context import require
from bot.services.people import erasing
from bot.services.people.namesakes import tell_apart
from bot.services.standing.seats import list_seats
from db.models import Address, DialogueState, Member

MOST = 8


def begin(request: Request) -> Answers:
    """“Xóa dữ liệu cá nhân”: whose."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    data = {"what": request.t.plain("button.erase")}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "erase", data)
    return Answers(send=Screen(request.t("erase.ask"), [[cancel_button(request, state)]]))


def take(request: Request, state: DialogueState) -> Answers:
    """A name, or a part of one: also of those who have left."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    wanted = plain(read_reason(request)[:100]).split()
    query = select(Member).where(col(Member.erased_at).is_(None)).order_by(col(Member.id))
    found = [
        each for each in request.work.session.exec(query) if all(part in plain(each.name) for part in wanted)
    ]
    if not found:
        raise request.work.refuse("erase_unknown", request.actor.language, text=" ".join(wanted)[:60])
    end_dialogue(request.work, state)
    names = tell_apart(request.work, request.t, [(each.id, each.name) for each in found], with_roles=False)
    rows = [(each.id, names[each.id], _roles(request, each.id)) for each in found[:MOST]]
    return Answers(send=screens.choose_person_to_erase(request.t, rows, len(found)))


def _roles(request: Request, member_id: int) -> str:
    seats = list_seats(request.work, member_id)
    return "; ".join(describe(request.t, each) for each in seats) or request.t.plain("erase.left")


def confirm(request: Request) -> Answers:
    """What will happen; nothing has yet."""
    member = _check(request)
    return request.show(
        screens.confirm_erasing(request.t, member.id, member.name, _roles(request, member.id))
    )


def _check(request: Request) -> Member:
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    member = erasing.check_can_erase(request.work, request.actor, request.integer(0))
    if member.id == request.actor.member_id:
        raise request.work.refuse("erase_self", request.actor.language)
    return member


def erase(request: Request) -> Answers:
    """Done; it cannot be undone."""
    member = _check(request)
    chats = select(Address.address).where(
        col(Address.member_id) == member.id, col(Address.kind) == "private", col(Address.reachable)
    )
    t = request.work.texts(member.language)
    commands = [[name, t.plain(f"command.{name}")] for name in STRANGER_MENU]
    menus: list[list[object]] = [[chat, commands] for chat in request.work.session.exec(chats)]
    erased = erasing.erase_member(request.work, request.actor, member.id)
    return Answers(edit=screens.erased(request.t, erased.name), menus=menus)
