"""Joining, greeting, help, cancelling; what strangers see."""

from sqlmodel import col

from bot.domain.assignment import OPEN
from bot.handlers.answers import NOTHING, Answers
from bot.handlers.dialogues import end_dialogue, find_dialogue
from bot.handlers.request import Request
from bot.inbox.parse import Incoming
from bot.screens import people as screens
from bot.screens.base import Button, Screen
from bot.services.context import Actor, Work
from bot.services.office.guessing import check_may_try
from bot.services.people import joining
from bot.services.saying.delivery import lose_chat
from bot.services.saying.notices import Welcome, deliver_waiting
from bot.services.standing import addresses
from bot.services.standing.views import count_rows, is_of_agency, select_rows
from bot.services.tasks.reports import drop_files
from db.models import Assignment, DialogueState


def open_link(work: Work, incoming: Incoming, actor: Actor | None) -> Answers:
    """`/start <token>`: uses an invite. A known person with a wrong link keeps what they have."""
    language = actor.language if actor else None
    t = work.texts(language)
    check_may_try(work, incoming.user_id, language)
    joined = joining.join(work, incoming.argument, incoming.user_id, incoming.user_name)
    if joined is None:
        return Answers(send=Screen(t("invite.bad")))
    if joined.is_spent:
        screen = screens.greeting(t, joined.actor.name, joined.actor.seats)
        return Answers(send=screen, menu=screens.menu(t, joined.actor.seats))
    if not joined.is_new:
        return Answers(send=Screen(t("welcome.again"), screens.home_buttons(t, joined.actor.seats)))
    addresses.set_reachable(work, incoming.chat_id, None)
    address = addresses.find_address(work, incoming.chat_id)
    assert address is not None
    deliver_waiting(work, address, Welcome(joined.seat.agency_id, joined.seat.role))
    count = _count_open(work, joined.seat.agency_id) if joined.seat.agency_id else 0
    screen = screens.welcome(t, joined.actor.name, joined.seat, count)
    return Answers(send=screen, menu=screens.menu(t, joined.actor.seats))


def _count_open(work: Work, agency_id: int) -> int:
    mine = is_of_agency(agency_id)
    return count_rows(
        work, select_rows().where(mine, col(Assignment.status).in_([each.value for each in OPEN]))
    )


def stranger(work: Work, incoming: Incoming) -> Answers:
    """Also someone who was known once: the chat's command menu follows."""
    t = work.texts()
    was_known = addresses.find_address(work, incoming.chat_id) is not None
    menu = [[name, t.plain(f"command.{name}")] for name in screens.STRANGER_MENU] if was_known else []
    return Answers(send=Screen(t("stranger")), menu=menu)


def greet(request: Request) -> Answers:
    """`/start` of someone who is known: also the way back after having blocked the bot."""
    if addresses.set_reachable(request.work, request.incoming.chat_id, None) is not None:
        return come_back(request.work, request.incoming.chat_id, request.actor)
    screen = screens.greeting(request.t, request.actor.name, request.actor.seats)
    return Answers(send=screen, menu=screens.menu(request.t, request.actor.seats))


def come_back(work: Work, chat_id: int, actor: Actor) -> Answers:
    """Someone is reachable again and gets what is current."""
    address = addresses.find_address(work, chat_id)
    if address is not None:
        for seat in actor.seats:
            deliver_waiting(work, address, Welcome(seat.agency_id, seat.role))
    t = work.texts(actor.language)
    return Answers(send=screens.greeting(t, actor.name, actor.seats), menu=screens.menu(t, actor.seats))


def show_help(request: Request) -> Answers:
    return request.show(screens.help_screen(request.t, request.actor.seats))


def cancel(request: Request) -> Answers:
    """`/huy`: ends the dialogue, nothing is sent."""
    state = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    if state is None:
        raise request.work.refuse("nothing_to_cancel", request.actor.language)
    return end_draft(request, state)


def end_draft(request: Request, state: DialogueState) -> Answers:
    """Dropped, unsent; and the way back to what it was about."""
    rows = screens.home_buttons(request.t, request.actor.seats)
    if (assignment_id := state.data.get("assignment")) is not None:
        rows = [[Button(request.t.plain("button.view"), f"view:{assignment_id}")]]
    drop_files(
        request.work, request.actor, [*state.data.get("files", ()), *(state.data.get("file") or ())[:1]]
    )
    end_dialogue(request.work, state)
    return request.show(Screen(request.t("report.cancelled"), rows))


def change_membership(work: Work, incoming: Incoming, actor: Actor | None) -> Answers:
    """The bot was blocked or unblocked by a person, or put into or out of a group (Bot API: my_chat_member)."""
    if incoming.membership == "out":
        lose_chat(work, incoming.chat_id, "blocked")
    elif actor is not None and incoming.is_private:
        addresses.set_reachable(work, incoming.chat_id, None)
        return come_back(work, incoming.chat_id, actor)
    elif not incoming.is_private:
        # Its rights in a group have changed: where it may write again, it does.
        addresses.set_reachable(work, incoming.chat_id, None)
    return NOTHING
