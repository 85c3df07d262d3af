"""The bot is replaced by another one on the same database: people are found again, and nothing is said in vain."""

import pytest
from sqlmodel import col, select

from bot.clock import wall
from bot.services.office.sending_state import list_unknown
from bot.services.people.new_bot import adopt_bot, welcome_back
from bot.services.upkeep.health import examine
from db.models import Address, Event, Installation, OutboxMessage
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, list_messages, open_office

AN, BINH = CAST["an"], CAST["binh"]
OLD, NEW = 7001, 7002


@pytest.fixture
def office(desk: Desk) -> Setting:
    office = open_office(desk)
    office.send_all()
    with desk.work() as work:
        assert adopt_bot(work, OLD, "old_bot") == 0
    return office


def replace_bot(office: Setting) -> int:
    with office.desk.work() as work:
        return adopt_bot(work, NEW, "new_bot")


def tell(office: Setting) -> list[str]:
    with office.desk.reading() as work:
        return [each.message for each in examine(work, wall()) if each.check == "people"]


def test_the_same_bot_with_another_token_changes_nothing(office: Setting) -> None:
    with office.desk.work() as work:
        assert adopt_bot(work, OLD, "renamed_bot") == 0
        assert work.session.get_one(Installation, 1).bot_username == "renamed_bot"
    with office.desk.reading() as work:
        assert list_unknown(work) == []


def test_nobody_is_written_to_who_has_not_started_the_new_bot_and_doctor_says_so(office: Setting) -> None:
    assert replace_bot(office) == 2
    office.at("2023-05-17T08:00")
    assert office.send_all() == []
    assert tell(office) == [
        "the bot has been replaced: 2 chats have not started @new_bot yet: "
        "send people https://t.me/new_bot, add it to the groups"
    ]
    with office.desk.reading() as work:
        assert list(list_unknown(work)) == [str(BINH), str(AN)]


def test_whoever_starts_the_new_bot_gets_what_is_current_and_nothing_twice(office: Setting) -> None:
    office.at("2023-05-16T17:00")
    replace_bot(office)
    office.at("2023-05-17T08:00")
    chat = Chat(office)
    chat.say(BINH, "/start")
    told = [text for to, text in office.send_all() if to == BINH]
    assert len([text for text in told if "Nhắc việc lần 1" in text]) == 1
    chat.say(BINH, "/start")
    assert office.send_all() == []
    with office.desk.reading() as work:
        assert list(list_unknown(work)) == [str(AN)]


def test_the_secretariat_is_told_with_the_link_once_it_is_there(office: Setting) -> None:
    replace_bot(office)
    Chat(office).say(AN, "/start")
    told = [text for to, text in office.send_all() if to == AN and "Bot đã được thay" in text]
    assert len(told) == 1
    assert "@new_bot" in told[0]
    assert "Còn 1 người" in told[0]


def test_what_waited_at_the_change_is_kept_for_who_comes_back(office: Setting) -> None:
    office.at("2023-05-17T08:00")
    replace_bot(office)
    with office.desk.reading() as work:
        waiting = [each for each in list_messages(work, status="pending") if each.address_id is None]
    assert any("Nhắc việc lần 1" in each.text for each in waiting)
    with office.desk.work() as work:
        welcome_back(work, str(BINH))
    told = [text for to, text in office.send_all() if to == BINH]
    assert any("Nhắc việc lần 1" in text for text in told)


def test_a_reply_to_the_new_bots_message_is_not_taken_for_one_to_the_old(office: Setting) -> None:
    with office.desk.reading() as work:
        assert [each for each in list_messages(work) if each.message_id is not None]
    replace_bot(office)
    with office.desk.reading() as work:
        query = select(OutboxMessage.id).where(col(OutboxMessage.message_id).is_not(None))
        assert work.session.exec(query).all() == []


def test_the_change_is_in_the_record_and_menus_are_set_again(office: Setting) -> None:
    replace_bot(office)
    with office.desk.reading() as work:
        assert "bot_changed" in work.session.exec(select(Event.action)).all()
        assert set(work.session.exec(select(Address.menu))) == {None}
