"""Who has received a task and who has not; and putting a reminder off for oneself."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.services.deadlines import settling
from bot.services.standing import overview
from bot.services.tasks import assignments, reports
from bot.services.typed_deadlines import Choice
from db.models import Assignment, Member, OutboxMessage, Snooze, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment, open_office

AN, BINH = CAST["an"], CAST["binh"]
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def id_of(chat: Chat, clause: str = "IV.2.b") -> int:
    with chat.office.desk.reading() as work:
        return find_assignment(work, clause, "hu-muong-te").id


def snoozed(chat: Chat) -> list[date]:
    with chat.office.desk.reading() as work:
        return [
            each.until_at.astimezone(work.office.zone).date() for each in work.session.exec(select(Snooze))
        ]


# --- received


def test_the_secretariat_sees_by_task_who_has_not_received_it_after_two_working_days(chat: Chat) -> None:
    chat.say(AN, "/tonghop")
    assert not any("Chưa nhận nhiệm vụ" in label for label in chat.labels(AN))
    chat.press_data(BINH, f"ack:{id_of(chat)}")
    chat.office.at("2023-04-27 09:00")
    with chat.office.desk.reading() as work:
        count = overview.count_unacknowledged_late(work)
        views = overview.list_unacknowledged_views(work, work.now)
        assert count == len(views) > 8
        assert id_of(chat) not in [view.id for view in views]
    chat.say(AN, "/tonghop")
    chat.press(AN, f"Chưa nhận nhiệm vụ ({count})")
    shown = chat.last(AN)
    assert views[0].task in shown
    assert views[0].agency_name in shown
    chat.press(AN, "Trang sau")
    assert f"9. {views[8].agency_name}" in chat.last(AN)
    chat.press(AN, "Xem nhiệm vụ 9")
    assert views[8].agency_name in chat.last(AN)


@ON_ONE
def test_the_list_of_who_has_not_received_is_for_the_secretariat(chat: Chat) -> None:
    assert "không có quyền" in chat.press_data(BINH, "unak:0")["toast"]
    chat.press_data(AN, "unak:0")
    assert "đều đã xác nhận tiếp nhận" in chat.last(AN)


@ON_ONE
def test_what_tells_of_it_leads_to_the_list(chat: Chat) -> None:
    chat.office.at("2023-04-26 08:00")
    chat.office.at("2023-04-27 08:00")
    told = [each for each in chat.list_screens(AN) if "Chưa xác nhận tiếp nhận" in each["text"]]
    assert [each["data"] for row in told[-1]["keyboard"] for each in row] == ["unak:0"]


@ON_ONE
def test_the_task_says_who_has_received_it_and_when(chat: Chat) -> None:
    chat.press_data(BINH, f"ack:{id_of(chat)}")
    with chat.office.desk.reading() as work:
        name = work.session.exec(
            select(Member.name).where(col(Member.id) == chat.office.binh.member_id)
        ).one()
    for who in (AN, BINH):
        chat.press_data(who, f"view:{id_of(chat)}")
        assert f"Đã tiếp nhận nhiệm vụ lúc 09:00 ngày 24/4/2023 ({name})" in chat.last(who)


# --- put off


@ON_ONE
def test_a_reminder_is_put_off_to_a_day_that_was_typed(chat: Chat) -> None:
    chat.press_data(BINH, f"snz:{id_of(chat)}")
    chat.press(BINH, "Chọn ngày khác")
    assert "từ 25/4/2023 đến 31/5/2023" in chat.last(BINH)
    chat.say(BINH, "ngày 15 tháng 5")
    assert "sáng 15/5/2023" in chat.last(BINH)
    assert snoozed(chat) == [date(2023, 5, 15)]
    # The dialogue has ended: what is typed next is no day.
    chat.say(BINH, "ngày 16 tháng 5")
    assert snoozed(chat) == [date(2023, 5, 15)]


@ON_ONE
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("trước ngày 1/6/2023", "chọn một ngày làm việc từ 25/4/2023 đến 31/5/2023"),
        ("hôm nay", "chọn một ngày làm việc từ 25/4/2023 đến 31/5/2023"),
        ("30/4/2023", "30/4/2023 là ngày nghỉ. Đề nghị chọn 28/4/2023 hoặc 4/5/2023."),
        ("31/4/2023", "Không có ngày 31/04/2023"),
        ("khi nào rảnh", "Chưa xác định được ngày từ “khi nào rảnh”"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_would_be_right(chat: Chat, words: str, said: str) -> None:
    chat.press_data(BINH, f"snzo:{id_of(chat)}")
    chat.say(BINH, words)
    assert said in chat.last(BINH)
    assert snoozed(chat) == []
    chat.say(BINH, "25/4/2023")
    assert snoozed(chat) == [date(2023, 4, 25)]


@ON_ONE
def test_words_that_may_mean_a_day_are_asked_about(chat: Chat) -> None:
    chat.press_data(BINH, f"snzo:{id_of(chat)}")
    chat.say(BINH, "10/5 hoặc 11/5")
    chat.press(BINH, "Sáng 11/5/2023")
    assert snoozed(chat) == [date(2023, 5, 11)]


@ON_ONE
@pytest.mark.parametrize(
    "data", ["snzd:{}:20230601", "snzd:{}:20230424", "snzd:{}:20230429", "snzd:{}:x", "snzd:{}"]
)
def test_a_forged_or_old_button_puts_nothing_off(chat: Chat, data: str) -> None:
    answers = chat.press_data(BINH, data.format(id_of(chat)))
    assert answers["alert"]
    assert snoozed(chat) == []


@ON_ONE
def test_nothing_is_put_off_once_due_nor_where_nothing_is_reminded(chat: Chat) -> None:
    assert "không cần hoãn" in chat.press_data(BINH, f"snz:{id_of(chat, 'IV.2.a')}")["toast"]
    chat.office.at("2023-05-31 09:00")
    for data in ("snz:{}", "snzo:{}", "snzd:{}:20230601"):
        assert "đến hạn hoặc quá hạn" in chat.press_data(BINH, data.format(id_of(chat)))["toast"]
    chat.press_data(BINH, f"view:{id_of(chat)}")
    assert not any("Nhắc lại sau" in label for label in chat.labels(BINH))


def test_a_deadline_brought_forward_ends_what_was_put_off_past_it(chat: Chat) -> None:
    office, mine = chat.office, id_of(chat, "IV.2.a")

    def settle(day: date) -> None:
        with office.desk.work() as work:
            task = work.session.get_one(Assignment, mine).task_id
            seen = work.session.get_one(Task, task).settled_at
            settling.settle(work, office.an, task, Choice("date", day), "", seen=seen)

    settle(date(2023, 5, 31))
    with office.desk.work() as work:
        assignments.snooze(work, office.binh, mine, date(2023, 5, 30))
    with office.desk.reading() as work:
        assert work.snoozed == {mine: {office.binh.member_id}}
    settle(date(2023, 5, 19))
    with office.desk.reading() as work:
        assert work.snoozed == {}


@ON_ONE
def test_what_waits_for_confirmation_is_not_put_off_and_the_report_is_named(chat: Chat) -> None:
    mine = id_of(chat)
    with chat.office.desk.work() as work:
        sent = reports.submit(work, chat.office.binh, mine, reports.Draft("completion", "Đã xong."))
    for data in (f"snz:{mine}", f"snzd:{mine}:20230425"):
        assert f"báo cáo hoàn thành số {sent.id}," in chat.press_data(BINH, data)["toast"]


@ON_ONE
def test_the_days_offered_are_worked(chat: Chat) -> None:
    chat.office.at("2023-04-28 09:00")
    chat.press_data(BINH, f"snz:{id_of(chat)}")
    # 29/4 to 3/5 is off.
    assert [label for label in chat.labels(BINH) if "Sáng" in label] == ["Sáng 4/5/2023"]


@ON_ONE
def test_a_digest_that_was_acknowledged_loses_the_button_and_keeps_its_words(chat: Chat) -> None:
    (digest,) = [each for each in chat.list_screens(BINH) if "2 nhiệm vụ" in each["text"]]
    with chat.office.desk.reading() as work:
        message = work.session.exec(
            select(OutboxMessage).where(
                col(OutboxMessage.text) == digest["text"], col(OutboxMessage.status) == "sent"
            )
        ).one()
    button = chat.find_button(BINH, "Đã nhận nhiệm vụ (2)")
    answers = chat.press_data(BINH, button, message_id=message.message_id or 0)
    assert answers["edit"]["text"] == digest["text"]
    labels = [each["text"] for row in answers["edit"]["keyboard"] for each in row]
    assert labels == ["🔎 Xem nhiệm vụ 1", "🔎 Xem nhiệm vụ 2", "📋 Nhiệm vụ của cơ quan"]
    again = chat.press_data(BINH, button, message_id=message.message_id or 0)
    assert "trước đó" in again["toast"]
