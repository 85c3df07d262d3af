"""People who leave, and whose personal data is erased: access and messages end, the record stays."""

import json

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.errors import UserError
from bot.services.context import Actor
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.people import erasing, handing, joining, leaving
from bot.services.standing import addresses, seats
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.models import Address, DialogueState, Event, InboxUpdate, Member, OutboxMessage, Report
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import (
    CAST,
    Setting,
    find_agency,
    find_assignment,
    join,
    list_messages,
    open_office,
)

BINH, HOA, AN, DUNG = CAST["binh"], CAST["hoa"], CAST["an"], CAST["dung"]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


def leave(office: Setting, actor: Actor | None, who: Actor, role: Role, agency: str | None) -> None:
    with office.desk.work() as work:
        key = find_agency(work, agency) if agency else None
        leaving.end_membership(work, actor, who.member_id, role, key)


def waiting_for(office: Setting, chat: int | None) -> list[OutboxMessage]:
    with office.desk.reading() as work:
        address = addresses.find_address(work, chat) if chat else None
        return list_messages(work, address_id=address.id if address else None, status="pending")


def test_who_leaves_has_no_access_at_once_and_what_was_in_hand_is_free(office: Setting) -> None:
    hoa = join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    with office.desk.work() as work:
        key = find_assignment(work, "IV.2.b", "hu-muong-te").id
        handing.hand_on(work, hoa, key, office.binh.member_id)
        reports.submit(work, office.binh, key, Draft("progress", "Đang soạn"))
    office.send_all()
    chat = Chat(office)
    chat.press_data(BINH, f"rep:{key}:c")
    chat.say(BINH, "Nội dung đang soạn")
    leave(office, hoa, office.binh, Role.OFFICER, "hu-muong-te")
    answers = chat.say(BINH, "/viec")
    assert "chưa được mời" in str(answers)
    assert [name for name, _ in answers["menu"]] == ["start", "trogiup"]
    with office.desk.reading() as work:
        assert seats.find_actor(work, BINH) is None
        assert find_assignment(work, "IV.2.b", "hu-muong-te").holder_id is None
        assert work.session.exec(select(DialogueState)).first() is None
        assert work.session.exec(select(Report.submitted_by)).one() == office.binh.member_id
    (told,) = [text for who, text in office.send_all() if who == HOA]
    assert "Binh" in told
    assert "1 nhiệm vụ" in told


def test_what_waits_for_who_leaves_stops_and_waits_for_who_joins(office: Setting) -> None:
    assert waiting_for(office, BINH)
    leave(office, office.an, office.binh, Role.OFFICER, "hu-muong-te")
    assert not waiting_for(office, BINH)
    with office.desk.reading() as work:
        ended = list_messages(work, status="expired", error=NOT_CONCERNED)
    assert ended
    assert BINH not in {who for who, _ in office.send_all()}
    join(office.desk, "hoa", Role.OFFICER, "hu-muong-te")
    assert any("Mường Tè" in text for who, text in office.send_all() if who == HOA)


@ONE_DATABASE
def test_what_concerns_another_agency_of_the_person_stays(office: Setting) -> None:
    with office.desk.work() as work:
        second = joining.create_invite(work, Role.OFFICER, find_agency(work, "hu-sin-ho"), None).token
        assert joining.join(work, second, BINH, "Binh")
    office.at("2023-05-10T09:00")
    leave(office, office.an, office.binh, Role.OFFICER, "hu-muong-te")
    told = [text for who, text in office.send_all() if who == BINH]
    assert not any("Mường Tè" in text for text in told)
    with office.desk.reading() as work:
        actor = seats.find_actor(work, BINH)
        assert actor is not None
        assert list(actor.agencies.values()) == ["Huyện ủy Sìn Hồ"]


@ONE_DATABASE
def test_the_last_of_the_secretariat_stays(office: Setting) -> None:
    with pytest.raises(UserError, match="người cuối cùng"):
        leave(office, office.an, office.an, Role.SECRETARIAT, None)
    with pytest.raises(UserError, match="người cuối cùng"), office.desk.work() as work:
        erasing.erase_member(work, None, office.an.member_id)
    join(office.desk, "hoa", Role.SECRETARIAT)
    leave(office, office.an, office.an, Role.SECRETARIAT, None)
    with office.desk.reading() as work:
        assert seats.find_actor(work, AN) is None


@ONE_DATABASE
def test_a_head_ends_only_officers_of_the_own_agency(office: Setting) -> None:
    hoa = join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    dung = join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    for who, role, agency in (
        (hoa, Role.HEAD, "hu-muong-te"),
        (dung, Role.OFFICER, "ban-tuyen-giao"),
        (office.an, Role.SECRETARIAT, None),
    ):
        with pytest.raises(UserError):
            leave(office, hoa, who, role, agency)
    with pytest.raises(UserError):
        leave(office, office.binh, office.binh, Role.OFFICER, "hu-muong-te")
    leave(office, hoa, office.binh, Role.OFFICER, "hu-muong-te")


@ONE_DATABASE
def test_a_link_made_by_who_has_left_is_no_way_back(office: Setting) -> None:
    hoa = join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    with office.desk.work() as work:
        token = joining.create_invite(work, Role.OFFICER, find_agency(work, "hu-muong-te"), hoa).token
    leave(office, office.an, hoa, Role.HEAD, "hu-muong-te")
    with office.desk.work() as work:
        assert joining.join(work, token, HOA, "Hoa") is None


def test_erasing_takes_the_name_and_the_chat_and_keeps_the_record(office: Setting) -> None:
    chat = Chat(office)
    with office.desk.work() as work:
        work.session.get_one(Member, office.binh.member_id).name = "Nguyễn Văn Bình"
        key = find_assignment(work, "IV.2.b", "hu-muong-te").id
        assignments.acknowledge(work, office.binh, key)
    chat.say(BINH, "/viec")
    with office.desk.work() as work:
        reports.submit(work, office.binh, key, Draft("completion", "Đã ban hành"))
    office.send_all()
    with office.desk.reading() as work:
        events = [(each.id, each.actor_id, each.action) for each in work.session.exec(select(Event))]
        assert any("Nguyễn Văn Bình" in each.text for each in list_messages(work))
    with office.desk.work() as work:
        erasing.erase_member(work, office.an, office.binh.member_id)
    with office.desk.reading() as work:
        member = work.session.get_one(Member, office.binh.member_id)
        assert member.name == f"Người dùng đã xóa số {member.id}"
        address = work.session.exec(select(Address).where(col(Address.member_id) == member.id)).one()
        assert str(BINH) not in address.address
        assert not address.reachable
        assert not any("Nguyễn Văn Bình" in each.text for each in list_messages(work))
        raws = [each.raw for each in work.session.exec(select(InboxUpdate))]
        assert raws
        assert not any(str(BINH) in json.dumps(raw) for raw in raws)
        assert work.session.exec(select(Report.submitted_by)).one() == member.id
        now = [(each.id, each.actor_id, each.action) for each in work.session.exec(select(Event))]
        assert now[: len(events)] == events
    back = join(office.desk, "binh", Role.OFFICER, "hu-muong-te")
    assert back.member_id != office.binh.member_id
    with pytest.raises(UserError, match="đã được xóa"), office.desk.work() as work:
        erasing.erase_member(work, office.an, office.binh.member_id)
