"""What a load tells agencies: counted and shown before it goes, held a minute, taken back, and told after all."""

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.screens.loading import Telling
from bot.services.loading import load_messages, loads
from bot.services.loading.loads import make_reader
from db.models import Event, OutboxMessage, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, join, list_messages
from tests.services.small_office import SMALL, open_small_office

AN, BINH, DUNG = CAST["an"], CAST["binh"], CAST["dung"]
COLLEAGUES = ("dung", "em", "giang", "hai", "khanh")
ALL = {BINH, *(CAST[name] for name in COLLEAGUES)}
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Values = dict[str, Any]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    """The small office, where both agencies have somebody, and one of them five."""
    office = open_small_office(desk)
    for name in COLLEAGUES:
        join(desk, name, Role.OFFICER, "ban-tuyen-giao")
    office.send_all()
    return Chat(office)


def with_news(**changes: Any) -> Values:
    """The document with another task for both agencies, whose words may be others."""
    values: Values = copy.deepcopy(SMALL)
    values["tasks"].append(
        {**values["tasks"][0], "clause": "V", "clause_label": "Mục V", "title": "Việc mới"}
    )
    values["tasks"][-1].update({"deadline": "trong tháng 9/2023", **changes})
    return values


def load(office: Setting, values: Values, **how: Any) -> Telling:
    with office.desk.work() as work:
        incoming = read_file(json.dumps(values).encode(), make_reader(work))
        return loads.load_document(work, incoming, **how).telling


def wait(office: Setting, seconds: int) -> None:
    office.desk.clock.move(office.desk.clock.now() + timedelta(seconds=seconds))


def told(office: Setting, words: str) -> set[int]:
    return {to for to, text in office.send_all() if words in text and to != AN}


def test_what_several_agencies_are_told_waits_a_minute_and_the_secretariat_sees_it_first(chat: Chat) -> None:
    telling = load(chat.office, with_news())
    assert (telling.chats, telling.unreached) == (6, ())
    assert telling.agencies == ("Ban Tuyên giáo Tỉnh ủy", "Huyện ủy Mường Tè")
    shown = chat.list_screens(AN)[-1]["text"]
    assert "Sắp báo cho các cơ quan" in shown
    assert "6 người nhận ở 2 cơ quan: Ban Tuyên giáo Tỉnh ủy, Huyện ủy Mường Tè" in shown
    assert told(chat.office, "Việc mới") == set()
    wait(chat.office, 61)
    sent = [text for to, text in chat.office.send_all() if to == BINH]
    assert sent == [telling.examples[0].text]
    assert sent[0] in shown


def test_taken_back_in_the_chat_nobody_is_told_and_what_was_loaded_stays(chat: Chat) -> None:
    load(chat.office, with_news())
    data = chat.find_button(AN, "Thu lại")
    assert "không có quyền" in chat.press_data(BINH, data)["toast"]
    chat.press_data(AN, data)
    assert "Đã thu lại 6 tin" in chat.last(AN)
    assert "Nhiệm vụ đã nạp giữ nguyên" in chat.last(AN)
    wait(chat.office, 61)
    assert told(chat.office, "Việc mới") == set()
    with chat.office.desk.reading() as work:
        stopped = [each for each in list_messages(work, status="expired") if each.batch]
        assert {each.error for each in stopped} == {"đã thu lại trước khi gửi"}
        assert work.session.exec(select(Task).where(col(Task.clause) == "V")).one().withdrawn_at is None
        event = work.session.exec(select(Event).where(col(Event.action) == "taken_back")).one()
        assert (event.document_id is not None, event.after) == (True, {"messages": 6, "gone": 0})
    assert "đã được thu lại" in chat.press_data(AN, data)["toast"]


@ON_ONE
def test_what_was_taken_back_is_sent_after_all_and_can_be_taken_back_once_more(chat: Chat) -> None:
    load(chat.office, with_news())
    chat.press(AN, "Thu lại")
    again = chat.find_button(AN, "Gửi thông báo")
    assert "không có quyền" in chat.press_data(BINH, again)["toast"]
    chat.press_data(AN, again)
    assert "Sắp báo cho các cơ quan" in chat.last(AN)
    chat.press(AN, "Thu lại")
    chat.press(AN, "Gửi thông báo")
    wait(chat.office, 61)
    assert told(chat.office, "Việc mới") == ALL
    assert chat.press_data(AN, again)["toast"]
    wait(chat.office, 61)
    assert told(chat.office, "Việc mới") == set()


def test_a_mended_file_tells_what_was_taken_back_as_it_stands_then(chat: Chat) -> None:
    load(chat.office, with_news())
    chat.press(AN, "Thu lại")
    mended = with_news()
    mended["tasks"][0]["title"] = "Việc đã sửa"
    mended["tasks"][0]["lead"] = ["hu-muong-te"]
    load(chat.office, mended)
    wait(chat.office, 61)
    sent = chat.office.send_all()
    assert {to for to, text in sent if "Việc mới" in text} >= ALL
    assert any(to == BINH and "Việc đã sửa" in text for to, text in sent)
    load(chat.office, mended)
    wait(chat.office, 61)
    assert chat.office.send_all() == []


@ON_ONE
def test_one_agency_is_told_at_once_and_nobody_is_bothered_with_it(chat: Chat) -> None:
    telling = load(chat.office, with_news(lead=["hu-muong-te"]))
    assert (telling.batch, telling.agencies) == (None, ("Huyện ủy Mường Tè",))
    sent = chat.office.send_all()
    assert {to for to, _ in sent} == {BINH}


@ON_ONE
def test_a_few_people_of_two_agencies_are_told_at_once(desk: Desk) -> None:
    office = open_small_office(desk)
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    office.send_all()
    assert load(office, with_news()).batch is None
    assert told(office, "Việc mới") == {BINH, DUNG}


def test_where_it_is_asked_for_several_are_told_at_once(chat: Chat) -> None:
    assert load(chat.office, with_news(), at_once=True).batch is None
    assert told(chat.office, "Việc mới") == ALL


@ON_ONE
def test_the_minute_is_over_for_the_command_as_for_the_button(chat: Chat) -> None:
    load(chat.office, with_news())
    data = chat.find_button(AN, "Thu lại")
    wait(chat.office, 61)
    chat.office.send_all()
    with pytest.raises(UserError, match="đang chờ"), chat.office.desk.work() as work:
        load_messages.take_back(work, None)
    assert "Đã quá 1 phút" in chat.press_data(AN, data)["toast"]


@ON_ONE
def test_the_command_takes_back_the_latest_load(chat: Chat) -> None:
    load(chat.office, with_news())
    with chat.office.desk.work() as work:
        done = load_messages.take_back(work, None)
        assert (done.document.key, done.stopped, done.gone) == ("small", 6, 0)
    with pytest.raises(UserError, match="đang chờ"), chat.office.desk.work() as work:
        load_messages.take_back(work, None)


@ON_ONE
def test_who_joins_within_the_minute_hears_at_once(chat: Chat) -> None:
    values = with_news(lead=["hu-muong-te", "ban-tuyen-giao", "ban-dan-van"])
    telling = load(chat.office, values)
    assert telling.unreached == ("Ban Dân vận Tỉnh ủy",)
    assert "1 cơ quan chưa có người nhận" in chat.list_screens(AN)[-1]["text"]
    join(chat.office.desk, "hoa", Role.OFFICER, "ban-dan-van")
    assert told(chat.office, "Việc mới") == {CAST["hoa"]}


@ON_ONE
def test_what_waits_for_somebody_to_join_is_taken_back_with_the_rest(chat: Chat) -> None:
    load(chat.office, with_news(lead=["hu-muong-te", "ban-tuyen-giao", "ban-dan-van"]))
    chat.press(AN, "Thu lại")
    join(chat.office.desk, "hoa", Role.OFFICER, "ban-dan-van")
    assert told(chat.office, "Việc mới") == set()


@ON_ONE
def test_a_first_load_that_reaches_nobody_holds_nothing(desk: Desk) -> None:
    with desk.work() as work:
        incoming = read_file(json.dumps(SMALL).encode(), make_reader(work))
        telling = loads.load_document(work, incoming).telling
        assert (telling.chats, telling.batch, len(telling.unreached)) == (0, None, 2)
        assert not work.session.exec(select(OutboxMessage).where(col(OutboxMessage.batch).is_not(None))).all()


@ON_ONE
def test_guessed_button_data_is_refused(chat: Chat) -> None:
    for data in ("ltb", "ltb:x", "ltb:load-9-1", "ltb:load-x-1", "lsd:load-1-9", "lsd:b1", "lsd"):
        assert chat.press_data(AN, data)["toast"], data
