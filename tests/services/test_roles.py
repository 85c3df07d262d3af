"""Every button and command, tried by every role on the own and on another agency's task, through the real handlers.

A refusal must say that it is one of permission and leave no trace; what the table allows is not refused for it.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.access import Action, Role, Seat, is_allowed
from bot.handlers.router import BUTTONS, COMMANDS
from bot.services.deadlines import extensions
from bot.services.tasks import reports, transfers
from bot.services.tasks.reports import Draft
from bot.texts import CATALOGS
from db.models import (
    Agency,
    Assignment,
    DialogueState,
    Document,
    Event,
    Membership,
    OutboxMessage,
    ReminderPolicy,
    Report,
    Snooze,
    Task,
)
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join, open_office

# who: (Telegram id, role, the agency of an officer or a head)
PEOPLE = {
    "officer": (CAST["binh"], Role.OFFICER, "hu-muong-te"),
    "head": (CAST["hoa"], Role.HEAD, "hu-muong-te"),
    "neighbour": (CAST["dung"], Role.OFFICER, "ban-tuyen-giao"),
    "secretariat": (CAST["an"], Role.SECRETARIAT, None),
    "viewer": (CAST["chi"], Role.VIEWER, None),
}
STRANGER = 4_242
OF_PERMISSION = ("not_allowed", "not_yours", "not_allowed_command")
# button: (what one must be allowed to do, its data). Where the data names a task, it is Mường Tè's.
PROBES: dict[str, tuple[Action, str]] = {
    "view": (Action.VIEW, "view:{assignment}"),
    "ctb": (Action.VIEW, "ctb:{assignment}"),
    "doc": (Action.VIEW, "doc:{assignment}"),
    "hist": (Action.VIEW, "hist:{assignment}"),
    "holds": (Action.HAND_ON, "holds:{agency}"),
    "hold": (Action.HAND_ON, "hold:{agency}:0"),
    "hand": (Action.HAND_ON, "hand:{assignment}"),
    "handp": (Action.HAND_ON, "handp:{assignment}:0"),
    "rcv": (Action.ACKNOWLEDGE, "rcv:{assignment}"),
    "cov": (Action.HAND_ON, "cov:{agency}"),
    "covn": (Action.HAND_ON, "covn:{agency}"),
    "ack": (Action.ACKNOWLEDGE, "ack:{assignment}"),
    "snz": (Action.SNOOZE, "snz:{assignment}"),
    "snzd": (Action.SNOOZE, "snzd:{assignment}:20230501"),
    "snzo": (Action.SNOOZE, "snzo:{assignment}"),
    "rep": (Action.REPORT, "rep:{assignment}:p"),
    "ent": (Action.ENTER_REPORT, "ent:{assignment}"),
    "repv": (Action.VIEW, "repv:{report}"),
    "reps": (Action.VIEW, "reps:{assignment}"),
    "acc": (Action.REVIEW, "acc:{report}"),
    "ret": (Action.REVIEW, "ret:{report}"),
    "ext": (Action.REQUEST_EXTENSION, "ext:{assignment}"),
    "exa": (Action.DECIDE_EXTENSION, "exa:{extension}"),
    "exr": (Action.DECIDE_EXTENSION, "exr:{extension}"),
    "exo": (Action.DECIDE_EXTENSION, "exo:{extension}"),
    "exu": (Action.DECIDE_EXTENSION, "exu:{assignment}"),
    "exg": (Action.DECIDE_EXTENSION, "exg:{assignment}"),
    "clr": (Action.STEER, "clr:{assignment}:person"),
    "undl": (Action.SETTLE_DEADLINE, "undl:0"),
    "uncf": (Action.SETTLE_DEADLINE, "uncf:0"),
    "fix": (Action.SETTLE_DEADLINE, "fix:{task}"),
    "stb": (Action.SETTLE_DEADLINE, "stb:{task}"),
    "asn": (Action.ASSIGN, "asn"),
    "asx": (Action.ASSIGN, "asx:1"),
    "asr": (Action.ASSIGN, "asr:1"),
    "gone": (Action.STEER, "gone:0"),
    "steers": (Action.STEER, "steers:{assignment}"),
    "steer": (Action.STEER, "steer:{assignment}:suspend"),
    "trf": (Action.DISPUTE, "trf:{assignment}"),
    "trfa": (Action.STEER, "trfa:{transfer}"),
    "trfr": (Action.STEER, "trfr:{transfer}"),
    "wait": (Action.REVIEW, "wait:0"),
    "fc": (Action.SEE_FORECAST, "fc:0"),
    "fcd": (Action.SEE_FORECAST, "fcd:20230517:0"),
    "ind": (Action.SEE_OVERVIEW, "ind:0"),
    "indt": (Action.SEE_OVERVIEW, "indt:1:0"),
    "prs": (Action.PRESS, "prs:{assignment}"),
    "prsd": (Action.PRESS, "prsd:{assignment}"),
    "tb": (Action.PRESS, "tb:b1"),
    "ltb": (Action.PRESS, "ltb:load-1-1"),
    "lsd": (Action.PRESS, "lsd:load-1-1"),
    "up": (Action.REPORT_UPWARD, "up:202304240100"),
    "upd": (Action.REPORT_UPWARD, "upd:202304240100"),
    "past": (Action.CHOOSE_PAST, "past:{document}:now"),
    "ag": (Action.MANAGE_PEOPLE, "ag:{agency}"),
    "agp": (Action.MANAGE_AGENCIES, "agp:0"),
    "agf": (Action.MANAGE_AGENCIES, "agf"),
    "aga": (Action.MANAGE_AGENCIES, "aga"),
    "agc": (Action.MANAGE_AGENCIES, "agc:{agency}:renamed"),
    "agx": (Action.MANAGE_AGENCIES, "agx:{agency}"),
    "agd": (Action.MANAGE_AGENCIES, "agd:{agency}:1"),
    "agl": (Action.MANAGE_PEOPLE, "agl:{seat}"),
    "agly": (Action.MANAGE_PEOPLE, "agly:{seat}"),
    "agw": (Action.MANAGE_AGENCIES, "agw:{agency}"),
    "agwp": (Action.MANAGE_AGENCIES, "agwp:{seat}:all"),
    "agwt": (Action.MANAGE_AGENCIES, "agwt:{assignment}:all"),
    "agwm": (Action.MANAGE_AGENCIES, "agwm:t:{assignment}:3.1:0"),
    "era": (Action.MANAGE_AGENCIES, "era"),
    "erac": (Action.MANAGE_AGENCIES, "erac:{member}"),
    "eray": (Action.MANAGE_AGENCIES, "eray:{member}"),
    "inva": (Action.INVITE_OFFICER, "inva:{agency}"),
    "invr": (Action.INVITE_OFFICER, "invr:{agency}:officer"),
    "invs": (Action.INVITE_ANYONE, "invs:viewer"),
    "setc": (Action.NAME_CONTACT, "setc:{agency}"),
    "setct": (Action.NAME_CONTACT, "setct:{agency}:{member}"),
    "setd": (Action.EDIT_SETTINGS, "setd:2023"),
    "setda": (Action.EDIT_SETTINGS, "setda:2023"),
    "setdx": (Action.EDIT_SETTINGS, "setdx:20230104"),
    "setw": (Action.EDIT_SETTINGS, "setw:on:0"),
    "setr": (Action.EDIT_SETTINGS, "setr:d:{document}"),
    "setrp": (Action.EDIT_SETTINGS, "setrp:0"),
    "setrt": (Action.EDIT_SETTINGS, "setrt:{document}:0"),
    "seti": (Action.EDIT_SETTINGS, "seti:d:{document}:before"),
    "setx": (Action.EDIT_SETTINGS, "setx:d:{document}"),
    "setm": (Action.EDIT_SETTINGS, "setm"),
    "setml": (Action.EDIT_SETTINGS, "setml:a:0"),
    "setmo": (Action.EDIT_SETTINGS, "setmo:a:{agency}:0"),
    "setmt": (Action.EDIT_SETTINGS, "setmt:a:{agency}:0:0"),
    "setg": (Action.EDIT_SETTINGS, "setg:0"),
    "setgt": (Action.EDIT_SETTINGS, "setgt:{member}:0"),
    "setgo": (Action.EDIT_SETTINGS, "setgo:off"),
    "setp": (Action.PAUSE, "setp"),
    "setpl": (Action.PAUSE, "setpl:0"),
    "setpc": (Action.PAUSE, "setpc:all"),
    "setpy": (Action.PAUSE, "setpy:all:on"),
}
# What shows only what is the person's own, or sets only the person's own; seen to in the tests of these screens.
PERSONAL = {
    *(
        "tasks",
        "repa",
        "file",
        "over",
        "soon",
        "unak",
        "upx",
        "set",
        "setl",
        "setq",
        "setcp",
        "invap",
        "cove",
    ),
}
COMMAND_ROLES = {
    "viec": ("officer", "head", "neighbour", "secretariat"),
    "baocao": ("officer", "head", "neighbour"),
    "giahan": ("officer", "head", "neighbour"),
    "quahan": tuple(PEOPLE),
    "denhan": tuple(PEOPLE),
    "lichnhac": ("secretariat",),
    "tonghop": ("secretariat", "viewer"),
    "giaoviec": ("secretariat",),
    "moi": ("head", "secretariat"),
    "lichsu": ("officer", "head", "neighbour", "secretariat"),
    "phancong": ("head",),
    "nhom": ("officer", "head", "neighbour", "secretariat"),
    "coquan": ("head", "secretariat"),
    "caidat": tuple(PEOPLE),
    "start": tuple(PEOPLE),
    "trogiup": tuple(PEOPLE),
}

# Who may do what is decided before the database is asked; the commands are tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Place:
    """The office with something of everything at Mường Tè, and its ids."""

    chat: Chat
    ids: dict[str, int]


def make_place(desk: Desk) -> Place:
    office = open_office(desk)
    hoa = join(desk, "hoa", Role.HEAD, "hu-muong-te")
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(desk, "chi", Role.VIEWER)
    with desk.work() as work:
        mine, other = (find_assignment(work, clause, "hu-muong-te") for clause in ("IV.2.b", "IV.2.a"))
        other.due = date(2023, 6, 30)
        ids = {
            "assignment": mine.id,
            "agency": find_agency(work, "hu-muong-te"),
            "task": work.session.exec(select(Task.id).where(col(Task.clause) == "IV.2.a")).one(),
            "document": work.session.exec(select(Document.id)).one(),
            "member": hoa.member_id,
            "seat": work.session.exec(
                select(Membership.id).where(col(Membership.member_id) == office.binh.member_id)
            ).one(),
            "extension": extensions.request(work, hoa, mine.id, date(2023, 7, 31), "31/7/2023", "Chậm").id,
            "transfer": transfers.request(work, hoa, mine.id, None, "Không thuộc").id,
            "report": reports.submit(work, hoa, other.id, Draft("completion", "Đã xong")).id,
        }
    return Place(Chat(office), ids)


def count_rows(office: Setting) -> list[int]:
    """Everything a button might write; what it has only read changes none of these."""
    tables = (Event, DialogueState, OutboxMessage, Report, Snooze, Membership, ReminderPolicy, Assignment)
    with office.desk.reading() as work:
        counts = [int(work.session.exec(select(func.count()).select_from(each)).one()) for each in tables]
        versions = work.session.exec(select(func.sum(Assignment.version), func.sum(Assignment.plan_no))).one()
        return [*counts, *map(int, versions), len(work.session.exec(select(Agency.key)).all())]


def is_of_permission(answers: dict[str, object]) -> bool:
    sent = answers["send"]
    said = str(answers["toast"]) or (str(sent["text"]) if isinstance(sent, dict) else "")
    return said in {CATALOGS["vi"][f"refuse.{key}"] for key in OF_PERMISSION}


def may(who: str, action: Action, agency_id: int, own: str | None) -> bool:
    _, role, _ = PEOPLE[who]
    seat = Seat(role, agency_id if own == "hu-muong-te" else agency_id + 1 if own else None)
    return is_allowed([seat], action, agency_id)


def test_every_button_is_tried_or_personal() -> None:
    assert set(PROBES) | PERSONAL == set(BUTTONS)
    assert not set(PROBES) & PERSONAL
    assert set(COMMAND_ROLES) | {"huy"} == set(COMMANDS)


@ON_ONE
def test_every_cell_of_the_table_through_the_buttons(desk: Desk) -> None:
    place = make_place(desk)
    # Those who may change something come last, so that the others meet everything as it was.
    for who in ("viewer", "neighbour", "officer", "head", "secretariat"):
        user, _, own = PEOPLE[who]
        for name, (action, data) in PROBES.items():
            before = count_rows(place.chat.office)
            answers = place.chat.press_data(user, data.format(**place.ids))
            allowed = may(who, action, place.ids["agency"], own)
            assert is_of_permission(answers) is not allowed, (who, name, answers["toast"], answers["send"])
            if not allowed:
                assert count_rows(place.chat.office) == before, (who, name)
            close_dialogues(place.chat.office)


def close_dialogues(office: Setting) -> None:
    with office.desk.work() as work:
        for state in work.session.exec(select(DialogueState)):
            work.session.delete(state)


@ON_ONE
def test_a_stranger_gets_through_with_nothing(desk: Desk) -> None:
    place = make_place(desk)
    before = count_rows(place.chat.office)
    for name in BUTTONS:
        data = PROBES[name][1].format(**place.ids) if name in PROBES else f"{name}:1:1"
        answers = place.chat.press_data(STRANGER, data)
        assert is_of_permission(answers), name
        assert answers["edit"] is None
    for name in COMMANDS:
        answers = place.chat.say(STRANGER, f"/{name}")
        assert "Mường Tè" not in str(answers)
    assert count_rows(place.chat.office) == before


BROKEN = ("", ":", ":0", ":-1", ":999999999", ":1:2:3:4", ":x", ":９", ":1e3", ":" + "9" * 40)


@ON_ONE
def test_guessed_and_broken_button_data_is_refused_and_changes_nothing(desk: Desk) -> None:
    place = make_place(desk)
    before = count_rows(place.chat.office)
    for name in PROBES:
        for rest in BROKEN:
            place.chat.press_data(PEOPLE["neighbour"][0], f"{name}{rest}")
            close_dialogues(place.chat.office)
    assert count_rows(place.chat.office) == before


def test_every_command_is_for_its_roles(desk: Desk) -> None:
    place = make_place(desk)
    for name, roles in COMMAND_ROLES.items():
        for who, (user, _, _) in PEOPLE.items():
            answers = place.chat.say(user, f"/{name}")
            assert is_of_permission(answers) is (who not in roles), (who, name, answers)
