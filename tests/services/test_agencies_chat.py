"""`/coquan` as the secretariat and heads use it."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from db.models import Agency, Assignment, DialogueState, Membership
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_agency, find_assignment, join
from tests.services.small_office import open_small_office

AN, BINH, HOA, DUNG = CAST["an"], CAST["binh"], CAST["hoa"], CAST["dung"]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_small_office(desk))


def seats_of(chat: Chat, key: str) -> list[str]:
    with chat.office.desk.reading() as work:
        query = select(Membership.role).where(
            col(Membership.agency_id) == find_agency(work, key), col(Membership.until_at).is_(None)
        )
        return list(work.session.exec(query))


@ONE_DATABASE
def test_the_secretariat_ends_a_role_after_being_asked_and_the_menu_follows(chat: Chat) -> None:
    assert "muong te" not in str(chat.say(AN, "/coquan"))
    chat.say(AN, "/coquan muong te")
    assert "Binh" in chat.last(AN)
    chat.press(AN, "Thôi phụ trách: Binh")
    assert "báo cáo đã gửi vẫn giữ nguyên" in chat.last(AN)
    assert seats_of(chat, "hu-muong-te") == ["officer"]
    answers = chat.press(AN, "✅ Thôi phụ trách")
    assert seats_of(chat, "hu-muong-te") == []
    ((menu_of, commands),) = answers["menus"]
    assert (menu_of, [name for name, _ in commands]) == (str(BINH), ["start", "trogiup"])
    assert "không còn ai nhận tin" in str(chat.list_screens(AN))
    chat.press(AN, "Quay lại")
    chat.press(AN, "Người của Văn phòng")
    chat.press(AN, "Thôi phụ trách: An")
    assert "người cuối cùng" in chat.press_data(AN, "agl:2")["toast"]


@ONE_DATABASE
def test_a_head_sees_the_own_agency_and_ends_its_officers(chat: Chat) -> None:
    join(chat.office.desk, "hoa", Role.HEAD, "hu-muong-te")
    chat.say(HOA, "/agency")
    assert "Huyện ủy Mường Tè" in chat.last(HOA)
    assert chat.labels(HOA) == ["✉️ Mời người tham gia", "Thôi phụ trách: Binh"]
    chat.press(HOA, "Thôi phụ trách: Binh")
    chat.press(HOA, "✅ Thôi phụ trách")
    assert seats_of(chat, "hu-muong-te") == ["head"]


@ONE_DATABASE
def test_an_agency_is_added_renamed_and_merged_with_a_preview(chat: Chat) -> None:
    chat.say(AN, "/coquan")
    chat.press(AN, "Thêm cơ quan")
    chat.say(AN, "Đảng ủy xã Bum Tở")
    chat.press(AN, "Xác nhận")
    chat.press(AN, "Xem cơ quan")
    chat.press(AN, "Đổi tên")
    chat.say(AN, "Huyện ủy Mường Tè")
    assert "Đã có cơ quan tên" in chat.last(AN)
    chat.say(AN, "Đảng ủy xã Bum Tở mới")
    chat.say(AN, "hôm nào đó")
    assert "Chưa xác định được ngày" in chat.last(AN)
    chat.press(AN, "Từ hôm nay")
    assert "đổi tên thành" in chat.last(AN)
    chat.press(AN, "Xác nhận")
    chat.press_data(AN, f"agc:{agency_id(chat, 'hu-muong-te')}:merged")
    chat.say(AN, "khong co")
    assert "Không tìm thấy" in chat.last(AN)
    chat.say(AN, "bum to moi")
    chat.say(AN, "từ ngày 1/7/2023")
    assert "Nhiệm vụ đang thực hiện: 2. Người phụ trách: 1." in chat.last(AN)
    chat.press(AN, "Xác nhận")
    chat.press(AN, "Xem cơ quan")
    assert "Đã ghi trước" in chat.last(AN)
    chat.press(AN, "Bỏ thay đổi")
    assert "Đã ghi trước" not in chat.last(AN)


def agency_id(chat: Chat, key: str) -> int:
    with chat.office.desk.reading() as work:
        return find_agency(work, key)


@ONE_DATABASE
def test_a_split_asks_for_each_person_and_each_task(chat: Chat) -> None:
    chat.press_data(AN, f"agc:{agency_id(chat, 'hu-muong-te')}:split")
    chat.say(AN, "ban dan van")
    assert "Đã đủ" not in str(chat.labels(AN))
    chat.say(AN, "tuyen giao")
    chat.press(AN, "Đã đủ")
    chat.press(AN, "Từ hôm nay")
    chat.press(AN, "Xác nhận")
    chat.press(AN, "Chọn cơ quan tiếp nhận")
    assert "Binh" in chat.last(AN)
    answers = chat.press(AN, "Ban Dân vận")
    assert answers["menus"]
    while "chờ chọn" in chat.last(AN):
        chat.press(AN, "Tất cả")
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.a", "ban-dan-van")
        assert mine.status == "not_started"
        assert find_assignment(work, "IV.2.a", "ban-tuyen-giao").status == "not_started"
        rows = work.session.exec(select(Assignment).where(col(Assignment.id) == mine.id)).one()
        assert rows.due == date(2023, 5, 26)
        assert work.session.exec(select(DialogueState)).first() is None
        assert work.session.get_one(Agency, agency_id(chat, "hu-muong-te")).ended_on == date(2023, 5, 16)
    assert seats_of(chat, "ban-dan-van") == ["officer"]


@ONE_DATABASE
def test_an_agency_with_tasks_is_asked_why_they_are_withdrawn(chat: Chat) -> None:
    chat.press_data(AN, f"agc:{agency_id(chat, 'hu-muong-te')}:ended")
    assert "đề nghị nhập lý do" in chat.last(AN)
    chat.press(AN, "Bỏ qua")
    assert "còn 2 nhiệm vụ" in chat.press(AN, "Từ hôm nay")["toast"]
    chat.say(AN, "1/7/2023")
    assert "thực hiện vào đầu ngày" in chat.last(AN)
    chat.press(AN, "Hủy, không gửi")
    chat.press_data(AN, f"agc:{agency_id(chat, 'hu-muong-te')}:ended")
    chat.say(AN, "Giải thể theo Nghị quyết")
    chat.press(AN, "Từ hôm nay")
    chat.press(AN, "Xác nhận")
    assert seats_of(chat, "hu-muong-te") == []
    assert "Đề nghị chọn cơ quan đang hoạt động" in str(
        chat.press_data(AN, f"agc:{agency_id(chat, 'hu-muong-te')}:renamed")
    )
