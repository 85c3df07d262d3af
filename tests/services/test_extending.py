"""Another deadline: asked for, agreed on another day, on somebody's word; what was before stays visible."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select

from bot.cli import digest
from bot.services.standing import overview, weekly_figures
from db.models import DeadlineChange, Extension
from tests.conftest import ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment, open_office

AN, BINH = CAST["an"], CAST["binh"]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def ask(chat: Chat, day: str) -> None:
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"ext:{mine}")
    chat.say(BINH, day)
    chat.say(BINH, "Chờ hướng dẫn")
    chat.press(BINH, "Gửi đề nghị")


def due(chat: Chat) -> date | None:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te").due


def test_it_is_agreed_on_another_day_on_somebodys_word(chat: Chat) -> None:
    ask(chat, "30/6/2023")
    chat.press(AN, "Hạn khác")
    chat.say(AN, "trước ngày 20/5/2023")
    assert "không muộn hơn hạn hiện nay" in chat.last(AN)
    chat.say(AN, "ngày nào cũng được")
    assert "Chưa xác định được thời hạn" in chat.last(AN)
    chat.say(AN, "trước ngày 20/6/2023")
    chat.say(AN, "đồng chí Phó Bí thư, Công văn 12-CV/TU ngày 1/6/2023")
    assert "Thời hạn mới: <b>20/6/2023</b>" in chat.last(AN)
    chat.press(AN, "Gửi")
    assert due(chat) == date(2023, 6, 20)
    (told,) = [each["text"] for each in chat.list_screens(BINH) if "Công văn 12-CV/TU" in each["text"]]
    assert "20/6/2023" in told
    with chat.office.desk.reading() as work:
        asked = work.session.exec(select(Extension)).one()
        assert (asked.wanted_due, asked.decided_due) == (date(2023, 6, 30), date(2023, 6, 20))
        assert (asked.document_number, asked.document_date) == ("12-CV/TU", date(2023, 6, 1))
        change = work.session.exec(select(DeadlineChange)).one()
        assert (change.old_due, change.new_due) == (date(2023, 5, 31), date(2023, 6, 20))


def test_the_day_asked_for_can_be_kept_and_nobodys_word_recorded(chat: Chat) -> None:
    ask(chat, "30/6/2023")
    for label in ("Hạn khác", "Giữ ngày đề nghị: 30/6/2023", "Không ghi ý kiến", "Gửi"):
        chat.press(AN, label)
    assert due(chat) == date(2023, 6, 30)
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(Extension.on_whose_word)).one() is None


def test_a_number_written_the_wrong_way_is_questioned_and_taken(chat: Chat) -> None:
    ask(chat, "30/6/2023")
    chat.press(AN, "Hạn khác")
    chat.press(AN, "Giữ ngày đề nghị")
    chat.say(AN, "Kết luận 20/KL-TU ngày 1/6/2023")
    assert "có phải là “20-KL/TU”" in chat.last(AN)
    chat.press(AN, "Gửi")
    assert due(chat) == date(2023, 6, 30)


def test_late_and_repeated_requests_are_marked(chat: Chat) -> None:
    ask(chat, "30/6/2023")
    assert not any("⚠️" in each["text"] for each in chat.list_screens(AN) if "30/6/2023" in each["text"])
    chat.press(AN, "Chưa đồng ý gia hạn")
    chat.say(AN, "Chưa đủ lý do")
    chat.press(AN, "Gửi")
    chat.office.at("2023-06-05T09:00")
    ask(chat, "15/7/2023")
    (seen,) = [each["text"] for each in chat.list_screens(AN) if "15/7/2023" in each["text"]]
    assert "khi đã quá hạn" in seen
    assert "lần thứ 2" in seen
    with chat.office.desk.reading() as work:
        states = work.session.exec(select(Extension.state).order_by(col(Extension.id))).all()
        assert list(states) == ["refused", "pending"]


def test_the_counting_tells_the_first_deadline_from_the_extended_one(chat: Chat) -> None:
    ask(chat, "30/6/2023")
    chat.press(AN, "Đồng ý gia hạn")
    chat.office.at("2023-06-05T09:00")
    chat.say(AN, "/tonghop")
    assert "Tính theo thời hạn ban đầu (1 nhiệm vụ đã gia hạn)" in chat.last(AN)
    with chat.office.desk.reading() as work:
        ((_, counts, original),) = overview.count_documents(work)
        assert original is not None
        assert (original.extended, original.counts.total) == (1, counts.total)
        assert (counts.open_overdue, original.counts.open_overdue) == (27, 28)
        found = weekly_figures.figures_at(work, work.now)
        assert found.original == original
        rows = {row["section"]: row["count"] for row in digest.list_rows(found)}
        assert (rows["extended"], rows["open_overdue"], rows["original_open_overdue"]) == (1, 27, 28)
        before = weekly_figures.figures_at(work, datetime(2023, 4, 24, 8, 0, tzinfo=ZONE))
        assert before.original is None
