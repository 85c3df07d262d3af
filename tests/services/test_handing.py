"""Inside an agency: the head hands a task to one of its people, who receives it; covers; who sees what."""

from datetime import date

import pytest

from bot.domain.access import Role
from bot.errors import UserError
from bot.services.people import handing
from db.models import Assignment
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join, open_office

AN, BINH, HOA, DUNG = CAST["an"], CAST["binh"], CAST["hoa"], CAST["dung"]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    office = open_office(desk)
    join(desk, "hoa", Role.HEAD, "hu-muong-te")
    join(desk, "dung", Role.OFFICER, "hu-muong-te")
    office.send_all()
    return Chat(office)


def mine(office: Setting) -> Assignment:
    with office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te")


def hand_to_dung(chat: Chat) -> None:
    chat.press_data(HOA, f"view:{mine(chat.office).id}")
    chat.press(HOA, "Phân công trong cơ quan")
    chat.press(HOA, "Dung")


def test_the_head_hands_a_task_on_and_it_is_received(chat: Chat) -> None:
    hand_to_dung(chat)
    assert "Người được phân công: Dung" in chat.last(HOA)
    (told,) = [each for each in chat.list_screens(DUNG) if "được phân công thực hiện" in each["text"]]
    assert "còn 37 ngày" in told["text"]
    assert "Báo cáo hoàn thành" in str(told["keyboard"])
    assert "không phân công cho đồng chí" in chat.press_data(BINH, f"rcv:{mine(chat.office).id}")["toast"]
    chat.press(DUNG, "Đã nhận việc")
    assert "đã nhận việc lúc" in chat.last(DUNG)
    assert mine(chat.office).received_at is not None


def test_its_reminders_go_to_the_one_who_has_it_in_hand(chat: Chat) -> None:
    hand_to_dung(chat)
    chat.office.send_all()
    chat.office.at("2023-05-17T08:00")
    assert reminded(chat) == {DUNG}


def reminded(chat: Chat) -> set[int]:
    return {to for to, text in chat.office.send_all() if "ban hành Kế hoạch" in text} - {AN}


def test_who_covers_gets_them_while_the_other_is_absent(chat: Chat) -> None:
    hand_to_dung(chat)
    chat.say(HOA, "/phancong")
    chat.press(HOA, "Người xử lý thay")
    chat.press(HOA, "Cử người xử lý thay")
    chat.press(HOA, "Dung")
    chat.press(HOA, "Binh")
    chat.say(HOA, "từ 15/5/2023 đến 20/5/2023")
    chat.press(HOA, "Xác nhận")
    assert any("xử lý thay" in each["text"] for each in chat.list_screens(BINH))
    chat.office.at("2023-05-17T08:00")
    assert reminded(chat) == {BINH, DUNG}
    chat.office.at("2023-05-24T08:00")
    assert reminded(chat) == {DUNG}


def test_a_cover_has_the_start_that_was_typed_also_without_a_year(chat: Chat) -> None:
    chat.press_data(HOA, f"covn:{mine(chat.office).agency_id}")
    chat.press(HOA, "Dung")
    chat.press(HOA, "Binh")
    chat.say(HOA, "từ 2/5 đến 20/5")
    assert "từ 2/5/2023 đến hết 20/5/2023" in chat.last(HOA)
    chat.say(HOA, "từ 10/5 đến 5/5")
    assert "từ 10/5/2023 đến 5/5/2023 không hợp lệ" in chat.last(HOA)
    chat.say(HOA, "ngày mai")
    assert "từ 24/4/2023 đến hết 25/4/2023" in chat.last(HOA)


def test_the_head_sees_who_holds_what(chat: Chat) -> None:
    hand_to_dung(chat)
    chat.say(HOA, "/phancong")
    assert "Dung: 1 nhiệm vụ (quá hạn: 0)" in chat.last(HOA)
    chat.press(HOA, "Dung")
    chat.press(HOA, "Phân công 1")
    chat.press(HOA, "Giao lại cho cả cơ quan")
    assert mine(chat.office).holder_id is None


def test_only_the_head_of_the_agency_hands_on(chat: Chat) -> None:
    office = chat.office
    dung = next(each for each in people(office) if each.name == "Dung")
    for actor in (office.binh, office.an):
        with pytest.raises(UserError), office.desk.work() as work:
            handing.hand_on(work, actor, mine(office).id, dung.id)
    assert "dành cho vai trò khác" in chat.say(BINH, "/phancong")["send"]["text"]


def people(office: Setting) -> list[handing.Person]:
    with office.desk.reading() as work:
        return handing.list_people(work, find_agency(work, "hu-muong-te"))


def test_nobody_outside_gets_a_task_and_no_two_cover_at_once(chat: Chat) -> None:
    office = chat.office
    hoa = join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    with office.desk.work() as work, pytest.raises(UserError, match="không thuộc cơ quan"):
        handing.hand_on(work, hoa, mine(office).id, office.an.member_id)
    binh, _, dung = (each.id for each in people(office))
    agency = mine(office).agency_id
    with office.desk.work() as work:
        handing.name_cover(work, hoa, agency, dung, binh, date(2023, 5, 1), date(2023, 5, 9))
    for first, last in ((date(2023, 5, 9), date(2023, 5, 12)), (date(2023, 5, 20), date(2023, 5, 10))):
        with office.desk.work() as work, pytest.raises(UserError):
            handing.name_cover(work, hoa, agency, dung, binh, first, last)


def test_the_secretariat_sees_what_a_task_does_not_say(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        vague = find_assignment(work, "IV.5", "ban-tuyen-giao").id
    chat.press_data(AN, f"view:{vague}")
    assert "Chưa rõ:" in chat.last(AN)
    assert "thời hạn" in chat.last(AN).split("Chưa rõ:")[1]
