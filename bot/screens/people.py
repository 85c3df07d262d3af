"""Joining, greeting, help, invitations."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.access import Role, Seat
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.texts import Html, Texts, clip, join

# The commands each role's menu shows (contract §4), in the order of use.
MENUS: dict[Role, tuple[str, ...]] = {
    Role.OFFICER: (
        "viec",
        "baocao",
        "giahan",
        "quahan",
        "denhan",
        "lichsu",
        "nhom",
        "caidat",
        "trogiup",
        "huy",
    ),
    Role.HEAD: (
        "viec",
        "baocao",
        "giahan",
        "phancong",
        "quahan",
        "denhan",
        "lichsu",
        "moi",
        "coquan",
        "nhom",
        "caidat",
        "trogiup",
        "huy",
    ),
    Role.SECRETARIAT: (
        "quahan",
        "denhan",
        "lichnhac",
        "tonghop",
        "giaoviec",
        "viec",
        "lichsu",
        "moi",
        "coquan",
        "nhom",
        "caidat",
        "trogiup",
        "huy",
    ),
    Role.VIEWER: ("tonghop", "quahan", "denhan", "caidat", "trogiup"),
}
STRANGER_MENU = ("start", "trogiup")
AGENCIES_A_PAGE = 8


def list_commands(seats: Sequence[Seat]) -> list[str]:
    """The commands of all roles a person holds, each once."""
    names = [name for seat in seats for name in MENUS[seat.role]]
    ordered = dict.fromkeys(name for name in names if name not in ("trogiup", "huy"))
    return [*ordered, *(name for name in ("trogiup", "huy") if name in names)]


def menu(t: Texts, seats: Sequence[Seat]) -> list[list[str]]:
    return [[name, t.plain(f"command.{name}")] for name in list_commands(seats)]


def welcome(t: Texts, name: str, seat: Seat, open_tasks: int) -> Screen:
    agency = t("welcome.of", agency=seat.agency_name) if seat.agency_name else Html("")
    own = "agency" if seat.role is Role.OFFICER else seat.role.value
    extra = t(f"welcome.{own}", count=open_tasks)
    return Screen(
        join(
            t("welcome", name=name, role=t(f"role.{seat.role.value}"), agency=agency),
            extra,
            _help_for(t, seat.role),
        ),
        home_buttons(t, [seat]),
    )


def home_buttons(t: Texts, seats: Sequence[Seat]) -> Keyboard:
    rows: Keyboard = []
    if any(seat.agency_id is not None for seat in seats):
        rows.append([Button(t.plain("button.my_tasks"), "tasks:0:0")])
    if any(seat.agency_id is None for seat in seats):
        rows.append(
            [Button(t.plain("button.overdue"), "over:0"), Button(t.plain("button.upcoming"), "soon:0")]
        )
    return rows


def greeting(t: Texts, name: str, seats: Sequence[Seat]) -> Screen:
    roles = "; ".join(describe(t, seat) for seat in seats)
    return Screen(t("greeting", name=name, roles=roles), home_buttons(t, seats))


def describe(t: Texts, seat: Seat) -> str:
    role = t.plain(f"role.{seat.role.value}")
    return t.plain("invite.who_agency", role=role, agency=seat.agency_name) if seat.agency_name else role


def help_screen(t: Texts, seats: Sequence[Seat]) -> Screen:
    roles = dict.fromkeys(_help_key(seat.role) for seat in seats)
    commands = [t("help.command", command=name, what=t(f"command.{name}")) for name in list_commands(seats)]
    return Screen(
        join(
            t("help.title"),
            *(t(key) for key in roles),
            Html("\n") + t("help.commands", commands=join(*commands)),
        ),
        home_buttons(t, seats),
    )


def _help_key(role: Role) -> str:
    return "help.agency" if role in (Role.OFFICER, Role.HEAD) else f"help.{role.value}"


def _help_for(t: Texts, role: Role) -> Html:
    return Html("\n" + t(_help_key(role))) if role in (Role.OFFICER, Role.HEAD) else Html("")


def choose_agency(t: Texts, title: str, agencies: Sequence[tuple[int, str]], data: str, page: int) -> Screen:
    """One agency of a list; its button asks for `{data}:{id}`, those that turn pages for `{data}p:{page}`."""
    first = page * AGENCIES_A_PAGE
    shown = agencies[first : first + AGENCIES_A_PAGE]
    rows: Keyboard = [[Button(clip(name, 60), f"{data}:{key}")] for key, name in shown]
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"{data}p:{page - 1}"))
    if first + AGENCIES_A_PAGE < len(agencies):
        turn.append(Button(t.plain("button.next"), f"{data}p:{page + 1}"))
    return Screen(title, [*rows, turn])


def choose_invite(t: Texts, agencies: Sequence[tuple[int, str]], page: int, *, anyone: bool) -> Screen:
    screen = choose_agency(t, t("invite.choose_agency"), agencies, "inva", page)
    if not anyone:
        return screen
    others = [
        Button(t.plain("invite.button_secretariat"), "invs:secretariat"),
        Button(t.plain("invite.button_viewer"), "invs:viewer"),
    ]
    return Screen(screen.text, [*screen.keyboard, *in_rows(others, 1)])


def choose_role(t: Texts, agency_id: int, agency: str, *, anyone: bool) -> Screen:
    buttons = [Button(t.plain("invite.button_officer"), f"invr:{agency_id}:officer")]
    if anyone:
        buttons.append(Button(t.plain("invite.button_head"), f"invr:{agency_id}:head"))
    rows = [*in_rows(buttons, 1), [Button(t.plain("button.back"), "invap:0")]]
    return Screen(t("invite.choose_role", agency=agency), rows)


def invite_link(t: Texts, seat: Seat, link: str, expires: datetime) -> Screen:
    back = [Button(t.plain("button.back"), "invap:0")]
    return Screen(t("invite.link", who=describe(t, seat), link=link, expires=expires), [back])
