"""Group chats: what is asked there is about its agency alone; what is written goes on in private."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from sqlmodel import col, select

from bot.domain.access import Action, Role, Seat
from bot.handlers import overview, report, tasks
from bot.handlers.answers import NOTHING, Answers
from bot.handlers.request import Request
from bot.inbox.parse import Incoming
from bot.screens import groups as screens
from bot.screens import people as people_screens
from bot.screens.base import Screen
from bot.services.context import Actor, Work
from bot.services.people import groups
from bot.services.people.groups import Group
from bot.services.standing.addresses import is_reachable
from bot.services.standing.views import get_view
from bot.texts import Texts
from db.models import Agency

Handler = Callable[[Request], Answers]


@dataclass(frozen=True)
class Room:
    """A group chat at the moment something happens in it, and who did it (None: a stranger)."""

    work: Work
    incoming: Incoming
    actor: Actor | None
    bot_name: str

    @cached_property
    def group(self) -> Group | None:
        return groups.find_group(self.work, self.incoming.chat_id)

    @property
    def is_theirs(self) -> bool:
        """Whether the group is bound, and the person may press in it."""
        return self.group is not None and self.actor is not None and self.group.is_of(self.actor)

    @property
    def is_discreet(self) -> bool:
        """Whether nothing of the agency's tasks may be shown here."""
        return self.group is not None and self.group.agency.is_discreet

    @property
    def t(self) -> Texts:
        """For everybody in the group."""
        return self.work.texts(self.group.address.language if self.group else None)

    def ask(self, args: tuple[str, ...] = ()) -> Request:
        """What the person asks for, as oneself."""
        assert self.actor is not None
        return Request(self.work, self.actor, self.incoming, self.bot_name, args)

    def ask_for_all(self, args: tuple[str, ...] = ()) -> Request:
        """The same for everybody in the group to see: what an officer of its agency sees, and nothing else."""
        assert self.group is not None
        seat = Seat(Role.OFFICER, self.group.agency_id, self.group.agency.name)
        everybody = Actor(0, self.group.agency.name, self.group.address.language, (seat,))
        return Request(self.work, everybody, self.incoming, self.bot_name, args)

    def ask_privately(self, args: tuple[str, ...] = ()) -> Request:
        """The same in the person's own chat with the bot. Raises UserError where there is none."""
        assert self.actor is not None
        user_id = self.incoming.user_id
        if not is_reachable(self.work, user_id):
            raise self.work.refuse(
                "group_no_private", self.actor.language, link=f"https://t.me/{self.bot_name}"
            )
        # A message's number means something in its own chat only.
        own = replace(self.incoming, chat_id=user_id, is_private=True, message_id=None)
        return Request(self.work, self.actor, own, self.bot_name, args)

    def tell_outsider(self) -> str:
        """Why someone may do nothing here."""
        t = self.work.texts(self.actor.language if self.actor else None)
        if self.group is None:
            return t.plain("refuse.group_unbound" if self.actor else "refuse.in_group_unbound")
        return t.plain("refuse.group_other", agency=self.group.agency.name)


# --- what everybody in the group sees

COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {"viec": tasks.list_tasks, "quahan": overview.overdue, "denhan": overview.upcoming}
)
IN_PLACE: Mapping[str, Handler] = MappingProxyType(
    {
        "tasks": tasks.list_tasks,
        "view": tasks.view_task,
        "over": overview.overdue,
        "soon": overview.upcoming,
    }
)


def command(room: Room, name: str) -> Answers:
    """A command typed in a group."""
    if name in ("start", "nhom"):
        return show(room)
    if not room.is_theirs:
        t = room.work.texts(room.actor.language if room.actor else None)
        if room.group is None:
            return Answers(send=Screen(t("refuse.in_group_unbound")))
        return Answers(send=Screen(t("refuse.in_group_other", agency=room.group.agency.name)))
    if name not in COMMANDS:
        return Answers(send=Screen(room.t("refuse.in_group")))
    if room.is_discreet:
        return _privately(room, COMMANDS[name](room.ask_privately()))
    return COMMANDS[name](room.ask_for_all())


def press(room: Room, go_on: Handler) -> Answers:
    """A button in a group. `go_on`: how it is handled in a private chat."""
    name, *args = room.incoming.data.split(":")
    if room.actor is None:
        return Answers(toast=room.tell_outsider(), alert=True)
    if name in OWN:
        return OWN[name](room, room.ask(tuple(args)))
    if not room.is_theirs:
        return Answers(toast=room.tell_outsider(), alert=True)
    if name == "ack":
        return _acknowledge(room, tuple(args))
    if name in IN_PLACE and not room.is_discreet:
        return IN_PLACE[name](room.ask_for_all(tuple(args)))
    return _privately(room, go_on(room.ask_privately(tuple(args))))


def _acknowledge(room: Room, args: tuple[str, ...]) -> Answers:
    assert room.group is not None
    request = room.ask(args)
    ids = tasks.list_ids(request)
    if any(get_view(room.work, each).answering_id != room.group.agency_id for each in ids):
        raise room.work.refuse("not_yours", request.actor.language)
    answers = tasks.acknowledge(request)
    if len(ids) > 1:
        return answers  # the message as it was sent there, without the button
    if answers.edit is None or room.is_discreet:
        return replace(answers, edit=None)
    return replace(answers, edit=tasks.draw_task(room.ask_for_all(args), get_view(room.work, ids[0])))


def _privately(room: Room, answers: Answers) -> Answers:
    screen = answers.send or answers.edit
    if not (screen or answers.document or answers.upload):
        return answers
    assert room.actor is not None
    toast = answers.toast or room.work.texts(room.actor.language).plain("toast.group_private")
    return replace(answers, toast=toast, edit=None, send=screen, to=str(room.incoming.user_id))


def reply(room: Room) -> Answers:
    """Words typed in a group are no report, but a reply to a reminder begins one in the person's own chat."""
    if room.incoming.is_edit or not room.incoming.reply_to or not room.is_theirs:
        return NOTHING
    assert room.group is not None
    replied = report.find_replied(room.ask())
    found = [view for view in replied if view.answering_id == room.group.agency_id]
    if not found:
        return NOTHING
    answers = report.take_reply(room.ask_privately(), found)
    return replace(answers, to=str(room.incoming.user_id))


def find_own_chat(work: Work, incoming: Incoming) -> str:
    """Where a refusal of words goes: not into the group, where the person can be told alone."""
    if incoming.is_private or incoming.command or not is_reachable(work, incoming.user_id):
        return ""
    return str(incoming.user_id)


# --- the binding


def come_in(room: Room) -> Answers:
    """The bot was put into a group."""
    return show(room) if groups.come_back(room.work, room.incoming.chat_id) is None else _draw(room)


def show(room: Room) -> Answers:
    """`/nhom`, `/start`: whose group it is; of nobody's, who may bind it."""
    if room.group is not None:
        if room.actor is None or not room.is_theirs:
            return Answers(send=Screen(room.t("refuse.in_group_other", agency=room.group.agency.name)))
        return _draw(room)
    if room.actor is not None and room.actor.is_secretariat:
        return Answers(send=_choose(room.ask(), 0))
    return Answers(send=screens.offer(room.t, _list_own(room.actor)))


def _list_own(actor: Actor | None) -> list[tuple[int, str]]:
    agencies = actor.agencies if actor else {}
    return [(key, name) for key, name in agencies.items() if actor and actor.can(Action.BIND_GROUP, key)]


def _choose(request: Request, page: int) -> Screen:
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    agencies = [(each.id, each.name) for each in request.work.session.exec(query)]
    return people_screens.choose_agency(request.t, request.t("group.choose"), agencies, "grpb", page)


def _draw(room: Room, toast: str = "") -> Answers:
    group = groups.find_group(room.work, room.incoming.chat_id)
    if group is None:
        return Answers(toast=room.tell_outsider(), alert=True)
    screen = screens.state(
        room.t,
        group.agency.name,
        group.bound_by,
        group.binding.bound_at,
        reminders=group.binding.reminders,
    )
    if room.incoming.callback_id:
        return Answers(toast=toast, edit=screen, menu=screens.menu(room.t))
    return Answers(send=screen, menu=screens.menu(room.t))


def _turn_page(room: Room, request: Request) -> Answers:
    if not request.actor.is_secretariat:
        raise request.work.refuse("not_allowed", request.actor.language)
    return Answers(edit=_choose(request, request.integer(0)))


def _bind(room: Room, request: Request) -> Answers:
    groups.bind(room.work, request.actor, room.incoming.chat_id, request.integer(0))
    return _draw(room, request.t.plain("toast.done"))


def _switch(room: Room, request: Request) -> Answers:
    wanted = request.integer(0) == 1
    groups.set_reminders(room.work, request.actor, room.incoming.chat_id, wanted)
    return _draw(room, request.t.plain("toast.done"))


def _ask_unbind(room: Room, request: Request) -> Answers:
    group = groups.get_group(room.work, request.actor, room.incoming.chat_id)
    return Answers(edit=screens.ask_unbind(room.t, group.agency.name))


def _unbind(room: Room, request: Request) -> Answers:
    t = room.t
    groups.unbind(room.work, request.actor, room.incoming.chat_id)
    return Answers(toast=request.t.plain("toast.done"), edit=Screen(t("group.unbound_now")))


def _show_again(room: Room, request: Request) -> Answers:
    groups.get_group(room.work, request.actor, room.incoming.chat_id)
    return _draw(room)


OWN: Mapping[str, Callable[[Room, Request], Answers]] = MappingProxyType(
    {
        "grp": _show_again,
        "grpb": _bind,
        "grpbp": _turn_page,
        "grpr": _switch,
        "grpu": _ask_unbind,
        "grpuy": _unbind,
    }
)


def explain(request: Request) -> Answers:
    """`/nhom` in a private chat: how a group is bound."""
    if not request.actor.can(Action.BIND_GROUP) and not _list_own(request.actor):
        raise request.work.refuse("not_allowed_command", request.actor.language)
    return request.show(Screen(request.t("group.explain")))
