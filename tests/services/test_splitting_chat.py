"""In the chat: several successors of a split agency are chosen, personal data is erased, groups follow their agency."""

import re

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.agencies import successions
from bot.services.agencies.successions import Change
from bot.services.people import groups, leaving
from db.models import Agency, Assignment, GroupBinding, InboxUpdate, Member, Membership, OutboxMessage
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, join

AN, BINH = CAST["an"], CAST["binh"]
GROUP = -500


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    return Chat(small_office)


def split(office: Setting, count: int) -> int:
    """Mường Tè is split into so many communes; its id."""
    with office.desk.work() as work:
        heirs = tuple(successions.add(work, office.an, f"Đảng ủy xã {n}") for n in range(1, count + 1))
        old = work.session.get_one(Agency, find_agency(work, "hu-muong-te"))
        successions.make(work, office.an, Change("split", old, work.today, into=heirs))
        return old.id


def list_holders(office: Setting) -> list[str]:
    with office.desk.reading() as work:
        query = select(Agency.name).join(Assignment, col(Assignment.agency_id) == col(Agency.id))
        return sorted(work.session.exec(query.where(col(Agency.key) != "ban-tuyen-giao")))


# --- a split


def test_several_successors_and_not_all_can_be_chosen_for_a_person_and_for_a_task(
    small_office: Setting, chat: Chat
) -> None:
    old = split(small_office, 4)
    chat.press_data(AN, f"agw:{old}")
    chat.press(AN, "Chọn nhiều")
    assert not any("đã chọn" in label for label in chat.labels(AN)), "nothing is ticked"
    chat.press(AN, "☐ Đảng ủy xã 2")
    chat.press(AN, "☐ Đảng ủy xã 4")
    assert [label[:1] for label in chat.labels(AN)][:4] == ["☐", "☑", "☐", "☑"]
    chat.press(AN, "Giao cho 2 cơ quan đã chọn")
    with small_office.desk.reading() as work:
        seats = select(Agency.name).join(Membership, col(Membership.agency_id) == col(Agency.id))
        served = work.session.exec(seats.where(col(Membership.until_at).is_(None))).all()
        assert sorted(served) == ["Đảng ủy xã 2", "Đảng ủy xã 4"]

    chat.press(AN, "Chọn nhiều")
    assert "Cơ quan đầu tiên được chọn" in chat.last(AN)
    chat.press(AN, "☐ Đảng ủy xã 1")
    chat.press(AN, "☐ Đảng ủy xã 3")
    chat.press(AN, "☑ Đảng ủy xã 1")
    chat.press(AN, "☐ Đảng ủy xã 4")
    chat.press(AN, "Giao cho 2 cơ quan đã chọn")
    chat.press(AN, "Đảng ủy xã 1")  # the second task, to one alone
    assert list_holders(small_office) == ["Đảng ủy xã 1", "Đảng ủy xã 3", "Đảng ủy xã 4"]
    assert "mọi nhiệm vụ và mọi người" in chat.last(AN)


def test_communes_founded_on_the_day_of_the_split_are_added_while_it_is_asked_into_what(
    small_office: Setting, chat: Chat
) -> None:
    with small_office.desk.reading() as work:
        old = find_agency(work, "hu-muong-te")
    chat.press_data(AN, f"agc:{old}:split")
    chat.say(AN, "tuyen giao, Đảng ủy xã Bum Tở, Đảng ủy xã Mường Tè")
    assert "Chưa có trong hệ thống: <b>Đảng ủy xã Bum Tở; Đảng ủy xã Mường Tè</b>" in chat.last(AN)
    chat.press(AN, "Thêm 2 cơ quan mới")
    assert "Ban Tuyên giáo Tỉnh ủy, Đảng ủy xã Bum Tở, Đảng ủy xã Mường Tè" in chat.last(AN)
    chat.press(AN, "Đã đủ")
    chat.say(AN, "hôm nay")
    assert "Từ 16/5/2023" in chat.last(AN)
    chat.press(AN, "Xác nhận")
    assert "Đã thực hiện" in chat.last(AN)


def test_many_successors_fill_pages_that_a_phone_shows(small_office: Setting, chat: Chat) -> None:
    old = split(small_office, 38)
    chat.press_data(AN, f"agw:{old}")
    assert len(chat.labels(AN)) < 15
    chat.press(AN, "Trang sau")
    assert "Đảng ủy xã 9" in chat.labels(AN)
    chat.press(AN, "Chọn nhiều")
    for _ in range(4):
        chat.press(AN, "Trang sau")
    chat.press(AN, "☐ Đảng ủy xã 38")
    chat.press(AN, "Giao cho 1 cơ quan đã chọn")
    with small_office.desk.reading() as work:
        seat = work.session.exec(select(Membership).order_by(col(Membership.id))).all()[-1]
        assert work.session.get_one(Agency, seat.agency_id).name == "Đảng ủy xã 38"


@pytest.mark.parametrize("ticks", ["4.99", "3.1", "x.1", "4.-1", "4", "4.0", "9" * 30])
def test_ticks_of_another_list_of_successors_choose_nobody(
    small_office: Setting, chat: Chat, ticks: str
) -> None:
    old = split(small_office, 4)
    chat.press_data(AN, f"agw:{old}")
    seat = re.sub(r"\D", "", chat.find_button(AN, "Đảng ủy xã 1").split(":")[1])
    before = list_holders(small_office)
    assert chat.press_data(AN, f"agwp:{seat}:m{ticks}")["alert"]
    assert list_holders(small_office) == before
    if ticks != "4.0":
        assert chat.press_data(AN, f"agwm:p:{seat}:{ticks}:0")["alert"]


# --- groups


@pytest.mark.parametrize("kind", ["merged", "ended", "split"])
def test_a_group_follows_its_agency_or_speaks_for_nobody(
    small_office: Setting, chat: Chat, kind: str
) -> None:
    with small_office.desk.work() as work:
        old = work.session.get_one(Agency, find_agency(work, "hu-muong-te"))
        heir = work.session.get_one(Agency, find_agency(work, "ban-dan-van"))
        other = work.session.get_one(Agency, find_agency(work, "ban-tuyen-giao"))
        groups.bind(work, small_office.binh, GROUP, old.id)
        into = {"merged": (heir,), "split": (heir, other), "ended": ()}[kind]
        reason = "Sắp xếp tổ chức." if kind == "ended" else ""
        successions.make(work, small_office.an, Change(kind, old, work.today, into=into, reason=reason))
    with small_office.desk.reading() as work:
        bound = work.session.exec(select(GroupBinding.agency_id)).all()
        assert bound == ([find_agency(work, "ban-dan-van")] if kind == "merged" else [])
    chat.say(AN, "/nhom", group=GROUP)
    wanted = "Nhóm của Ban Dân vận" if kind == "merged" else "chưa gắn với cơ quan nào"
    assert wanted in chat.last(GROUP)


# --- personal data


def test_personal_data_is_erased_in_the_chat_after_a_look_at_what_it_means(
    small_office: Setting, chat: Chat
) -> None:
    CAST.setdefault("Trần Thị Lan", 204)
    lan = join(small_office.desk, "Trần Thị Lan", Role.OFFICER, "hu-muong-te")
    with small_office.desk.work() as work:
        work.session.get_one(Member, lan.member_id).name = "Trần Thị Lan"
        agency = find_agency(work, "hu-muong-te")
        leaving.end_membership(work, None, lan.member_id, Role.OFFICER, agency)
    chat.press_data(AN, "ag:0")
    chat.press(AN, "Xóa dữ liệu cá nhân")
    chat.say(AN, "khong ai ca")
    assert "Không có người nào" in chat.last(AN)
    chat.say(AN, "thi lan")
    assert "Trần Thị Lan – đã thôi phụ trách" in chat.last(AN)
    chat.press(AN, "Trần Thị Lan")
    assert "Không khôi phục được" in chat.last(AN)
    with small_office.desk.reading() as work:
        assert work.session.get_one(Member, lan.member_id).erased_at is None
    chat.press(AN, "Xóa, không khôi phục được")
    with small_office.desk.reading() as work:
        assert work.session.get_one(Member, lan.member_id).name.startswith("Người dùng đã xóa")
        raw = "".join(work.session.exec(select(InboxUpdate.raw)))
        sent = "".join(work.session.exec(select(OutboxMessage.text)))
        assert "Trần Thị Lan" not in raw + sent
    assert chat.press_data(AN, f"eray:{lan.member_id}")["alert"], "twice is once"


def test_nobody_erases_oneself_nor_the_last_of_the_secretariat(small_office: Setting, chat: Chat) -> None:
    assert "cuối cùng" in chat.press_data(AN, f"eray:{small_office.an.member_id}")["toast"]
    CAST.setdefault("bao", 102)
    join(small_office.desk, "bao", Role.SECRETARIAT)
    assert "không tự xóa" in chat.press_data(AN, f"eray:{small_office.an.member_id}")["toast"]
    assert "không có quyền" in chat.press_data(BINH, f"erac:{small_office.an.member_id}")["toast"]
