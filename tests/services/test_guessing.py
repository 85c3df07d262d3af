"""Guessing invite links: few tries an hour, seen by the office, and nobody who holds a real link stays outside."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.access import Role
from bot.services.context import Actor
from bot.services.office.guessing import MOST, MOST_OVERALL, WITHIN, note_wrong
from bot.services.people import joining
from bot.services.upkeep.health import examine
from bot.services.upkeep.health.people import GUESSED
from db.models import Event, InboxUpdate, Membership, WrongInvite
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting

CHI, OTHER = CAST["chi"], 998


@pytest.fixture
def office(desk: Desk) -> Setting:
    """Nobody has joined yet, and there is no document."""
    nobody = Actor(0, "", None, ())
    return Setting(desk, nobody, nobody)


def make_token(office: Setting) -> str:
    with office.desk.work() as work:
        return joining.create_invite(work, Role.VIEWER, None, None).token


def open_link(office: Setting, token: str, who: int = CHI) -> str:
    chat = Chat(office)
    chat.numbers = iter(range(_next_number(office), 10**9))
    return str(chat.say(who, f"/start {token}")["send"]["text"])


def _next_number(office: Setting) -> int:
    with office.desk.reading() as work:
        return len(work.session.exec(select(InboxUpdate.id)).all()) + 1


def test_after_five_wrong_links_a_right_one_waits_for_an_hour_and_then_opens(office: Setting) -> None:
    token = make_token(office)
    for n in range(MOST):
        assert "không đúng" in open_link(office, f"wrong{n}")
    refused = open_link(office, token)
    assert "mở nhiều liên kết mời không đúng" in refused
    assert "10:00 ngày 24/4/2023" in refused
    office.desk.clock.move(office.desk.clock.now() + WITHIN)
    assert "Chào đồng chí" in open_link(office, token)


def test_one_who_guesses_keeps_nobody_else_out(office: Setting) -> None:
    for n in range(MOST + 3):
        open_link(office, f"wrong{n}", OTHER)
    assert "Chào đồng chí" in open_link(office, make_token(office))


def test_what_is_refused_is_not_counted_so_the_wait_ends(office: Setting) -> None:
    for n in range(MOST):
        open_link(office, f"wrong{n}")
    for minutes in (20, 40, 59):
        office.desk.clock.move(office.desk.clock.now().replace(minute=minutes))
        assert "mở nhiều" in open_link(office, "wrong")
    office.desk.clock.move(office.desk.clock.now() + timedelta(minutes=1))
    assert "Chào đồng chí" in open_link(office, make_token(office))


def test_who_opens_the_own_link_again_is_greeted_and_anyone_else_is_refused(office: Setting) -> None:
    token = make_token(office)
    assert "Chào đồng chí" in open_link(office, token)
    assert "Đồng chí là lãnh đạo" in open_link(office, token)
    assert "đã được dùng" in open_link(office, token, OTHER)


def test_when_many_guess_each_has_one_try_and_a_right_link_opens_at_once(office: Setting) -> None:
    with office.desk.work() as work:
        for n in range(MOST_OVERALL):
            note_wrong(work, 10_000 + n)
    assert "Chào đồng chí" in open_link(office, make_token(office))
    assert "không đúng, đã được dùng" in open_link(office, "wrong", OTHER)
    assert "mở nhiều" in open_link(office, make_token(office), OTHER)


def test_an_old_link_of_ones_own_is_no_guess(office: Setting) -> None:
    token = make_token(office)
    open_link(office, token)
    for _ in range(MOST + 1):
        assert "Đồng chí là lãnh đạo" in open_link(office, token)
    with office.desk.work() as work:
        work.session.exec(select(Membership)).one().until_at = work.now
    for _ in range(MOST + 1):
        assert "đã được dùng" in open_link(office, token)
    with office.desk.reading() as work:
        assert not work.session.exec(select(WrongInvite)).all()


def test_a_known_person_who_opens_wrong_links_goes_on_working(small_office: Setting) -> None:
    chat = Chat(small_office)
    for n in range(MOST + 1):
        chat.say(CAST["binh"], f"/start wrong{n}")
    assert "Nhiệm vụ của" in chat.say(CAST["binh"], "/viec")["send"]["text"]


def test_the_office_sees_guessing_in_the_record_and_in_doctor(office: Setting) -> None:
    with office.desk.reading() as work:
        assert [each.status for each in examine(work, work.now) if each.check == "invites"] == ["ok"]
    for n in range(GUESSED):
        open_link(office, f"wrong{n}", CHI + n // MOST)
    with office.desk.reading() as work:
        (finding,) = [each for each in examine(work, work.now) if each.check == "invites"]
        recorded = [each.action for each in work.session.exec(select(Event))].count("invite_guessed")
    assert finding.status == "warn"
    assert f"{GUESSED} wrong invite links were opened by 4 Telegram accounts" in finding.message
    assert recorded == 4


def test_a_clock_set_back_keeps_nobody_out(office: Setting) -> None:
    for n in range(MOST):
        open_link(office, f"wrong{n}")
    office.desk.clock.move(office.desk.clock.now() - timedelta(days=2))
    assert "Chào đồng chí" in open_link(office, make_token(office))


def test_what_is_counted_is_forgotten_after_a_week(office: Setting) -> None:
    open_link(office, "wrong")
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=8))
    open_link(office, "wrong again")
    with office.desk.reading() as work:
        assert len(work.session.exec(select(WrongInvite)).all()) == 1
