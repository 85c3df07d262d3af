"""What is held for a minute, taken back, paused, or waits for somebody's quiet hours to end."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.clock import wall
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.reminding import pausing, pressing
from bot.services.saying import delivery, taking_back
from bot.services.tasks import assignments
from db.models import Member, Notice
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join, list_messages, open_office, open_once

AN, BINH, DUNG = CAST["an"], CAST["binh"], CAST["dung"]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_once(desk, "5 June", open_in_june))


def open_in_june(desk: Desk) -> Setting:
    office = open_office(desk)
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    office.at("2023-06-05T09:00")
    office.send_all()
    return office


def wait(office: Setting, seconds: int) -> None:
    clock = office.desk.clock
    clock.move(clock.now() + timedelta(seconds=seconds))
    office.tick()


def pressed(office: Setting) -> set[int]:
    return {to for to, text in office.send_all() if "Đôn đốc lần" in text}


def press_all(chat: Chat) -> None:
    chat.say(AN, "/quahan")
    chat.press(AN, "Đôn đốc tất cả")
    chat.press(AN, "Gửi")


def test_what_goes_to_many_waits_a_minute_and_then_goes(chat: Chat) -> None:
    press_all(chat)
    assert "sau 1 phút" in chat.last(AN)
    assert pressed(chat.office) == set()
    wait(chat.office, 61)
    assert pressed(chat.office) == {BINH, DUNG}


def test_the_minute_is_over_by_the_machines_clock_where_the_offices_stands_still(chat: Chat) -> None:
    press_all(chat)
    with chat.office.desk.reading() as work:
        assert delivery.list_candidates(work, wall(), (), 10) == []
        later = wall() + timedelta(seconds=61)
        assert {each.chat for each in delivery.list_candidates(work, later, (), 10)} == {str(BINH), str(DUNG)}


def test_it_is_taken_back_in_time_and_not_after(chat: Chat) -> None:
    press_all(chat)
    data = chat.find_button(AN, "Thu lại")
    assert "không có quyền" in chat.press_data(BINH, data)["toast"]
    chat.press(AN, "Thu lại")
    assert "Đã thu lại 2 tin nhắn" in chat.last(AN)
    wait(chat.office, 61)
    assert pressed(chat.office) == set()
    with chat.office.desk.reading() as work:
        taken = [each for each in list_messages(work, status="expired") if each.batch]
        assert {each.error for each in taken} == {"đã thu lại trước khi gửi"}
    press_all(chat)
    wait(chat.office, 61)
    pressed(chat.office)
    assert "Đã quá 1 phút" in chat.press(AN, "Thu lại")["toast"]


def test_what_is_held_does_not_hold_up_what_comes_after_it(chat: Chat) -> None:
    press_all(chat)
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Đang làm")
    chat.press(BINH, "Gửi báo cáo")
    assert [text[:20] for to, text in chat.office.send_all() if to == BINH] == ["🧾 <b>Biên nhận báo c"]


def test_one_agency_is_pressed_at_once(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(AN, f"prs:{mine}")
    chat.press(AN, "Gửi")
    assert pressed(chat.office) == {BINH}


def test_a_button_pressed_twice_sends_once(chat: Chat) -> None:
    chat.say(AN, "/quahan")
    chat.press(AN, "Đôn đốc tất cả")
    send = chat.find_button(AN, "Gửi")
    chat.press_data(AN, send)
    again = chat.press_data(AN, send)
    assert "đang chờ 1 phút" in again["toast"]
    assert again["edit"] is None
    wait(chat.office, 61)
    assert pressed(chat.office) == {BINH, DUNG}
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(AN, f"prs:{mine}")
    send = chat.find_button(AN, "Gửi")
    chat.press_data(AN, send)
    assert "Đã gửi rồi" in chat.press_data(AN, send)["toast"]
    told = [text for to, text in chat.office.send_all() if to == BINH]
    assert len(told) == 1


def test_what_waits_for_somebody_to_join_is_taken_back_as_well(chat: Chat) -> None:
    press_all(chat)
    chat.press(AN, "Thu lại")
    assert "Đã thu lại 2 tin nhắn" in chat.last(AN)
    wait(chat.office, 61)
    join(chat.office.desk, "hoa", Role.OFFICER, "ban-dan-van")
    told = [text for to, text in chat.office.send_all() if to == CAST["hoa"]]
    assert told
    assert not any("Đôn đốc lần 2" in text for text in told)
    with chat.office.desk.reading() as work:
        said = work.session.exec(select(Notice.reason).where(col(Notice.kind) == "press"))
        assert set(said) == {"đã thu lại trước khi gửi"}


def test_what_could_no_longer_be_taken_back_joins_what_comes_while_all_is_paused(chat: Chat) -> None:
    press_all(chat)
    with chat.office.desk.work() as work:
        pausing.pause_all(work, chat.office.an)
    wait(chat.office, 61)
    assert chat.office.send_all() == []
    chat.office.at("2023-06-12T08:00")
    with chat.office.desk.work() as work:
        pausing.resume_all(work, chat.office.an)
    assert [to for to, _ in chat.office.send_all()].count(BINH) == 1


def test_while_all_is_paused_only_receipts_leave_and_then_each_gets_one_message(desk: Desk) -> None:
    office = open_office(desk)
    office.send_all()
    with desk.work() as work:
        assert pausing.pause_all(work, office.an)
        assert not pausing.pause_all(work, office.an)
    for day in ("17", "24", "29"):
        office.at(f"2023-05-{day}T08:00")
        assert office.send_all() == []
    with desk.work() as work:
        assert pausing.resume_all(work, office.an)
    sent = [text for to, text in office.send_all() if to == BINH]
    assert len(sent) == 1
    assert "Nhắc việc lần 1" in sent[0]


def test_a_paused_document_says_nothing_and_on_resuming_only_what_is_current(desk: Desk) -> None:
    office = open_office(desk)
    office.send_all()
    office.at("2023-05-17T08:00")
    with desk.work() as work:
        assert pausing.pause_document(work, office.an, 1)
    assert not [text for to, text in office.send_all() if to == BINH]
    for moment in ("2023-05-24T08:00", "2023-05-29T10:00"):
        office.at(moment)
        assert not [text for to, text in office.send_all() if to == BINH]
    with pytest.raises(UserError, match="tạm dừng gửi về văn bản"), desk.work() as work:
        pressing.press(work, office.an, [find_assignment(work, "IV.2.b", "hu-muong-te").id])
    with desk.work() as work:
        assert pausing.resume_document(work, office.an, 1)
    office.tick()
    (sent,) = [text for to, text in office.send_all() if to == BINH]
    assert sent.count("Mục IV, điểm 2 (ban hành Kế hoạch)") == 1
    office.at("2023-05-31T08:00")
    assert any("Ban hành Kế hoạch" in text for to, text in office.send_all() if to == BINH)


def test_only_the_secretariat_pauses_and_takes_back(chat: Chat) -> None:
    office = chat.office
    with pytest.raises(UserError), office.desk.work() as work:
        pausing.pause_all(work, office.binh)
    with pytest.raises(UserError), office.desk.work() as work:
        pausing.pause_document(work, office.binh, 1)
    with pytest.raises(UserError), office.desk.work() as work:
        taking_back.take_back(work, office.binh, "b1")


def test_what_was_given_and_not_announced_before_a_pause_is_announced_on_resuming(desk: Desk) -> None:
    office = open_office(desk)
    office.send_all()
    for change in (pausing.pause_document, pausing.resume_document):
        with desk.work() as work:
            assert change(work, office.an, 1)
        office.tick()
        assert not [to for to, _ in office.send_all() if to == BINH]
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    (told,) = [text for to, text in office.send_all() if to == DUNG]
    assert "Giao nhiệm vụ: 3 nhiệm vụ" in told


def test_what_was_put_off_until_a_day_of_the_pause_comes_on_resuming(small_office: Setting) -> None:
    office = small_office
    office.at("2023-05-24T08:00")
    office.send_all()
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        assignments.snooze(work, office.binh, mine, date(2023, 5, 25))
    with office.desk.work() as work:
        pausing.pause_document(work, office.an, 1)
    office.at("2023-05-25T08:00")
    assert not [text for to, text in office.send_all() if to == BINH]
    with office.desk.reading() as work:
        (dropped,) = work.session.exec(select(Notice.reason).where(col(Notice.kind) == "snooze"))
        assert dropped == "tạm dừng gửi của văn bản"
    with office.desk.work() as work:
        pausing.resume_document(work, office.an, 1)
    office.tick()
    (told,) = [text for to, text in office.send_all() if to == BINH]
    assert "IV.2.b" in told
    office.tick()
    assert not [text for to, text in office.send_all() if to == BINH]


@pytest.mark.parametrize(("start", "end"), [(7 * 60, 12 * 60), (20 * 60, 9 * 60)])
def test_in_quiet_hours_messages_wait_and_come_together_after_them(desk: Desk, start: int, end: int) -> None:
    office = open_office(desk)
    office.send_all()
    with desk.work() as work:
        member = work.session.get_one(Member, office.binh.member_id)
        member.quiet_from, member.quiet_until = start, end
    office.at("2023-05-17T08:00")
    assert BINH not in {to for to, _ in office.send_all()}
    office.at(f"2023-05-17T{end // 60:02}:00")
    assert [to for to, _ in office.send_all()].count(BINH) == 1


def test_choosing_what_is_overdue_too_shows_it_first_and_can_be_taken_back(desk: Desk) -> None:
    desk.clock.move(desk.clock.now() + timedelta(days=60))
    office = open_office(desk)
    chat = Chat(office)
    chat.press(AN, "Nhắc cả việc đã quá hạn")
    assert "28 nhiệm vụ" in chat.last(AN)
    chat.press(AN, "Gửi")
    assert "sau 1 phút" in chat.last(AN)
    chat.press(AN, "Thu lại")
    wait(office, 61)
    assert pressed(office) == set()
