"""A deadline that the office moves of its own accord: what is asked, told, counted, and taken back."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.errors import UserError
from bot.services.deadlines import extensions, granting
from bot.services.standing import requests
from db.models import Assignment, DeadlineChange, Event
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment
from tests.services.small_office import open_small_office

AN, BINH = CAST["an"], CAST["binh"]
JULY = date(2023, 7, 31)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_small_office(desk))


def mine(chat: Chat) -> Assignment:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te")


def grant(chat: Chat, day: str = "15/6/2023") -> None:
    chat.press_data(AN, f"steers:{mine(chat).id}")
    chat.press(AN, "Gia hạn")
    for words in (
        day,
        "Chờ hướng dẫn của Trung ương",
        "theo ý kiến của đồng chí A, Công văn 12-CV/TU ngày 9/5/2023",
    ):
        chat.say(AN, words)
    chat.press(AN, "Gửi")


def test_the_office_extends_unasked_with_a_reason_and_on_somebodys_word(chat: Chat) -> None:
    grant(chat)
    assert "Đã gia hạn đến 15/6/2023" in chat.last(AN)
    (told,) = [each["text"] for each in chat.list_screens(BINH) if "gia hạn nhiệm vụ" in each["text"]]
    for words in ("<b>15/6/2023</b> (trước đây 31/5/2023)", "Chờ hướng dẫn", "Theo ý kiến: đồng chí A"):
        assert words in told
    assert (str(mine(chat).due), str(mine(chat).original_due)) == ("2023-06-15", "2023-05-31")
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(DeadlineChange)).one().new_due == mine(chat).due
        assert "extension_granted" in work.session.exec(select(Event.action)).all()
    chat.press_data(BINH, f"view:{mine(chat).id}")
    assert "Thời hạn ban đầu: 31/5/2023" in chat.last(BINH)


def test_what_was_given_is_taken_back_and_no_request_waits(chat: Chat) -> None:
    grant(chat)
    chat.press_data(AN, f"steers:{mine(chat).id}")
    chat.press(AN, "Rút lại gia hạn")
    assert "chờ trả lời" not in chat.last(AN)
    chat.say(AN, "Nhầm cơ quan")
    chat.press(AN, "Gửi")
    assert str(mine(chat).due) == "2023-05-31"
    with chat.office.desk.work() as work:
        asked = extensions.request(work, chat.office.binh, mine(chat).id, JULY, "31/7", "Chậm")
        assert requests.list_marks(work, asked) == [], "it is the agency's first request"


def test_what_cannot_be_extended_is_refused_with_the_way_on(chat: Chat) -> None:
    office = chat.office
    with office.desk.work() as work:
        extensions.request(work, office.binh, mine(chat).id, JULY, "31/7", "Chậm")
        other = find_assignment(work, "IV.2.a", "hu-muong-te")
        with pytest.raises(UserError, match="trả lời đề nghị đó"):
            granting.check_can_grant(work, office.an, mine(chat).id)
        with pytest.raises(UserError, match="không muộn hơn"):
            granting.check_can_grant(work, office.an, other.id, other.due)
        with pytest.raises(UserError, match="không có quyền"):
            granting.grant(work, office.binh, other.id, date(2023, 9, 1), "…", "Tự gia hạn")
        other.due = None
        with pytest.raises(UserError, match="Ấn định thời hạn"):
            granting.check_can_grant(work, office.an, other.id)


def test_a_new_deadline_that_is_over_or_cannot_be_is_told_as_such(chat: Chat) -> None:
    chat.office.at("2023-06-12T09:00")
    chat.press_data(AN, f"steers:{mine(chat).id}")
    chat.press(AN, "Gia hạn")
    for words, told in (
        ("10/6", "“10/6” đã qua (hôm nay là 12/6/2023)"),
        ("32/6", "Không có ngày 32"),
        ("sớm thôi", "Chưa xác định được thời hạn từ “sớm thôi”"),
    ):
        chat.say(AN, words)
        assert told in chat.last(AN)
        assert "ngày sau 12/6/2023" in chat.last(AN)


def test_examples_are_days_that_would_be_taken(chat: Chat) -> None:
    grant(chat)
    chat.press_data(BINH, f"ext:{mine(chat).id}")
    assert "ví dụ: 30/6/2023 hoặc “trong tháng 6/2023”" in chat.last(BINH)
    chat.say(BINH, "hôm nào đó")
    assert "ví dụ: 30/6/2023" in chat.last(BINH)
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(Event.id).where(col(Event.action) == "extension_granted")).one()
