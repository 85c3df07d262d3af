"""Groups: bound to an agency, reminded, pressed by its people only; what is written goes on in private."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.standing import overview
from db.models import Address, Agency, DialogueState, Event, GroupBinding, Member, Membership, OutboxMessage
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment, join, open_office

GROUP, SUPERGROUP = -500, -1001500
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BINH, DUNG, AN, CHI, HOA = (CAST[name] for name in ("binh", "dung", "an", "chi", "hoa"))


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def bind(chat: Chat) -> None:
    chat.say(BINH, "/nhom", group=GROUP)
    chat.press(BINH, "Gắn nhóm này với Huyện ủy Mường Tè", group=GROUP)


def mine(chat: Chat, clause: str = "IV.2.b", agency: str = "hu-muong-te") -> int:
    with chat.office.desk.reading() as work:
        return find_assignment(work, clause, agency).id


def actions(chat: Chat) -> list[str]:
    with chat.office.desk.reading() as work:
        return [each.action for each in work.session.exec(select(Event).order_by(col(Event.id)))]


def texts_of(chat: Chat, who: int) -> list[str]:
    return [each["text"] for each in chat.list_screens(who)]


def labels_of(screen: dict[str, Any] | None) -> str:
    return " ".join(each["text"] for row in (screen or {})["keyboard"] or [] for each in row)


def test_an_officer_binds_a_group_and_it_gets_what_the_agency_gets(chat: Chat) -> None:
    chat.office.send_all()
    added = chat.put_bot(BINH, "left", "member", group=GROUP)
    assert "chưa gắn" in added["send"]["text"]
    done = chat.press(BINH, "Gắn nhóm này", group=GROUP)
    assert "Nhóm của Huyện ủy Mường Tè" in done["edit"]["text"]
    assert [each[0] for each in done["menu"]] == ["viec", "quahan", "denhan", "nhom"]
    assert actions(chat)[-1] == "group_bound"
    chat.office.at("2023-05-24T08:00")
    reminded = texts_of(chat, GROUP)[0]
    assert "Nhắc việc lần 1" in reminded
    assert "Nhắc việc lần 1" in texts_of(chat, BINH)[-1]


@ON_ONE
def test_only_its_people_and_the_secretariat_bind_a_group(chat: Chat) -> None:
    join(chat.office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(chat.office.desk, "hoa", Role.VIEWER)
    chat.say(BINH, "/start@dondoc_bot", group=GROUP)
    data = chat.find_button(GROUP, "Gắn nhóm này")
    for who in (DUNG, HOA, CHI):
        refused = chat.press_data(who, data, group=GROUP)
        assert refused["alert"], who
        assert refused["edit"] is None, who
        right = "chuyên viên, lãnh đạo cơ quan gửi /nhom" if who == CHI else "chỉ người của huyện ủy mường tè"
        assert right in refused["toast"].lower(), who
    for who in (HOA, CHI):
        assert labels_of(chat.say(who, "/nhom", group=GROUP)["send"]) == ""
    assert chat.press_data(BINH, data)["alert"], "no group is bound from a private chat"
    chosen = chat.say(AN, "/group", group=GROUP)["send"]
    assert "chọn cơ quan" in chosen["text"]
    chat.press(AN, "Trang sau", group=GROUP)
    chat.press_data(AN, data, group=GROUP)
    with chat.office.desk.reading() as work:
        (binding,) = work.session.exec(select(GroupBinding)).all()
        agency = work.session.get_one(Agency, binding.agency_id)
        assert (agency.key, binding.reminders) == ("hu-muong-te", True)
    other = data.split(":")[0] + f":{other_agency(chat)}"
    assert "đang gắn với Huyện ủy Mường Tè" in chat.press_data(DUNG, other, group=GROUP)["toast"]


def other_agency(chat: Chat) -> int:
    with chat.office.desk.reading() as work:
        return work.session.exec(select(Agency.id).where(col(Agency.key) == "ban-tuyen-giao")).one()


@ON_ONE
def test_acknowledging_works_in_place_as_oneself(chat: Chat) -> None:
    bind(chat)
    done = chat.press_data(BINH, f"ack:{mine(chat)}", group=GROUP)
    assert "cơ quan đã nhận" in done["toast"]
    assert "Đã nhận nhiệm vụ" not in labels_of(done["edit"])
    assert done["to"] == ""
    with chat.office.desk.reading() as work:
        assignment = find_assignment(work, "IV.2.b", "hu-muong-te")
        assert work.session.get_one(Member, assignment.acknowledged_by).name == "Binh"


@ON_ONE
def test_others_are_told_alone_why_and_nothing_changes(chat: Chat) -> None:
    join(chat.office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(chat.office.desk, "hoa", Role.VIEWER)
    bind(chat)
    before, assignment = actions(chat), mine(chat)
    for who in (DUNG, HOA, CHI):
        for data in (f"ack:{assignment}", f"rep:{assignment}:c", f"view:{assignment}", "grpr:0", "grpuy"):
            refused = chat.press_data(who, data, group=GROUP)
            assert refused["alert"], (who, data)
            assert refused["toast"], (who, data)
            assert (refused["edit"], refused["send"]) == (None, None), (who, data)
    assert "của Huyện ủy Mường Tè" in chat.press_data(CHI, f"ack:{assignment}", group=GROUP)["toast"]
    # The secretariat may press, and may no more than elsewhere.
    assert "không có quyền" in chat.press_data(AN, f"ack:{assignment}", group=GROUP)["toast"]
    assert actions(chat) == before


@ON_ONE
def test_a_group_shows_its_own_agencys_tasks_and_no_others(chat: Chat) -> None:
    join(chat.office.desk, "binh", Role.OFFICER, "ban-tuyen-giao")
    bind(chat)
    theirs = mine(chat, agency="ban-tuyen-giao")
    assert "không thuộc cơ quan" in chat.press_data(BINH, f"view:{theirs}", group=GROUP)["toast"]
    assert "không thuộc cơ quan" in chat.press_data(BINH, f"ack:{theirs}", group=GROUP)["toast"]
    chat.office.at("2023-06-05T09:00")
    for who in (BINH, AN):
        for command in ("/viec", "/overdue", "/denhan"):
            shown = chat.say(who, command, group=GROUP)["send"]
            assert "Ban Tuyên giáo" not in shown["text"], command
        assert "Huyện ủy Mường Tè" in chat.say(who, "/viec", group=GROUP)["send"]["text"]
    seen = chat.press_data(AN, f"view:{mine(chat)}", group=GROUP)["edit"]
    assert "Báo cáo hoàn thành" in labels_of(seen)
    assert "Điều chỉnh" not in labels_of(seen)


@ON_ONE
def test_other_commands_point_to_the_private_chat_and_strangers_see_nothing(chat: Chat) -> None:
    assert "chưa gắn" in chat.say(CHI, "/viec", group=GROUP)["send"]["text"]
    bind(chat)
    assert "tin nhắn riêng" in chat.say(BINH, "/baocao", group=GROUP)["send"]["text"]
    assert "tin nhắn riêng" in chat.say(CHI, "/viec", group=GROUP)["send"]["text"]
    assert "tin nhắn riêng" in chat.say(CHI, "/nhom", group=GROUP)["send"]["text"]
    for silent in ("/khac", "/viec@another_bot", "Chào cả nhóm", "/start@another_bot token"):
        assert chat.say(BINH, silent, group=GROUP)["send"] is None, silent


@ON_ONE
def test_a_report_begun_in_a_group_is_written_in_private(chat: Chat) -> None:
    bind(chat)
    opened = chat.press_data(BINH, f"rep:{mine(chat)}:c", group=GROUP)
    assert opened["toast"] == "Đã mở trong tin nhắn riêng."
    assert opened["to"] == str(BINH)
    assert opened["edit"] is None
    assert "nhập nội dung báo cáo" in opened["send"]["text"]
    assert chat.say(BINH, "Lời nói trong nhóm", group=GROUP)["send"] is None
    chat.say(BINH, "Đã ban hành Kế hoạch")
    assert "Lời nói trong nhóm" not in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    assert "reported_completion" in actions(chat)
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(DialogueState)).all() == []


@ON_ONE
@pytest.mark.parametrize("data", ["ext:{}", "snz:{}", "trf:{}", "hist:{}"])
def test_what_is_ones_own_opens_in_private(chat: Chat, data: str) -> None:
    bind(chat)
    opened = chat.press_data(BINH, data.format(mine(chat)), group=GROUP)
    assert (opened["edit"], opened["to"], bool(opened["send"])) == (None, str(BINH), True)


@ON_ONE
def test_who_cannot_be_written_to_is_told_how(chat: Chat) -> None:
    bind(chat)
    chat.put_bot(BINH, "member", "kicked")
    refused = chat.press_data(BINH, f"rep:{mine(chat)}:c", group=GROUP)
    assert refused["alert"]
    assert "https://t.me/dondoc_bot" in refused["toast"]
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(DialogueState)).all() == []
    assert "đã nhận" in chat.press_data(BINH, f"ack:{mine(chat)}", group=GROUP)["toast"]


@ON_ONE
def test_a_reply_to_a_reminder_in_the_group_begins_a_draft_in_private(chat: Chat) -> None:
    join(chat.office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    bind(chat)
    chat.office.at("2023-05-24T08:00")
    reply = {"reply_to_message": reminder_in(chat, GROUP)}
    for who in (DUNG, CHI, AN):
        assert chat.say(who, "Không phải việc của tôi", group=GROUP, **reply)["send"] is None, who
    drafted = chat.say(BINH, "Đã ban hành", group=GROUP, **reply)
    assert drafted["to"] == str(BINH)
    assert "Đã ban hành" in drafted["send"]["text"]
    chat.press(BINH, "ban hành Kế hoạch")
    chat.press(BINH, "Gửi báo cáo hoàn thành")
    again = chat.say(BINH, "Thêm nữa", group=GROUP, **reply)
    assert (again["to"], chat.screens.get(GROUP, [])[-1:]) == (str(BINH), chat.screens[GROUP][-1:])


def reminder_in(chat: Chat, group: int) -> dict[str, Any]:
    chat.office.send_all()
    with chat.office.desk.reading() as work:
        number = work.session.exec(
            select(OutboxMessage.message_id)
            .join(Address, col(Address.id) == col(OutboxMessage.address_id))
            .where(col(Address.address) == str(group), col(OutboxMessage.status) == "sent")
            .order_by(col(OutboxMessage.id).desc())
        ).first()
    place = {"chat": {"id": group, "type": "group", "title": "Nhóm"}, "date": 1, "text": "…"}
    return {"message_id": number, **place}


def test_reminders_are_switched_off_and_on_and_the_group_unbound(chat: Chat) -> None:
    bind(chat)
    assert "không" in chat.press(BINH, "Nhận nhắc việc trong nhóm: có", group=GROUP)["edit"]["text"]
    chat.office.at("2023-05-24T08:00")
    assert not any("Nhắc việc" in text for text in sent_to(chat, GROUP))
    chat.press(AN, "Nhận nhắc việc trong nhóm: không", group=GROUP)
    chat.office.at("2023-05-29T08:00")
    with chat.office.desk.reading() as work:
        assert "pending" in [each.status for each in waiting_for(work, GROUP)]
    asked = chat.press_data(BINH, "grpu", group=GROUP)
    assert "Bỏ gắn nhóm này" in labels_of(asked["edit"])
    chat.press_data(BINH, "grpuy", group=GROUP)
    assert not any("Nhắc việc" in text for text in sent_to(chat, GROUP))
    assert actions(chat)[-1] == "group_unbound"
    assert chat.press_data(BINH, f"ack:{mine(chat)}", group=GROUP)["alert"]


def waiting_for(work: Any, address: int) -> Any:
    query = select(OutboxMessage).join(Address, col(Address.id) == col(OutboxMessage.address_id))
    return work.session.exec(query.where(col(Address.address) == str(address))).all()


def sent_to(chat: Chat, address: int) -> list[str]:
    chat.office.send_all()
    with chat.office.desk.reading() as work:
        return [each.text for each in waiting_for(work, address) if each.status == "sent"]


@ON_ONE
def test_a_group_that_becomes_a_supergroup_keeps_its_binding_and_what_waits(chat: Chat) -> None:
    bind(chat)
    chat.office.at("2023-05-24T08:00")
    chat.say(BINH, group=GROUP, migrate_to_chat_id=SUPERGROUP)
    assert any("Nhắc việc lần 1" in text for text in sent_to(chat, SUPERGROUP))
    assert "Nhóm của Huyện ủy Mường Tè" in chat.say(BINH, "/nhom", group=SUPERGROUP)["send"]["text"]
    assert "chưa gắn" in chat.say(BINH, "/nhom", group=GROUP)["send"]["text"]


def test_a_supergroup_bound_again_before_the_move_is_told_has_one_binding(chat: Chat) -> None:
    bind(chat)
    chat.say(BINH, "/nhom", group=SUPERGROUP)
    chat.press(BINH, "Gắn nhóm này", group=SUPERGROUP)
    chat.say(BINH, group=GROUP, migrate_to_chat_id=SUPERGROUP)
    chat.office.at("2023-05-24T08:00")
    assert len([text for text in sent_to(chat, SUPERGROUP) if "Nhắc việc lần 1" in text]) == 1
    with chat.office.desk.reading() as work:
        assert len(work.session.exec(select(GroupBinding)).all()) == 1


def test_a_bot_put_out_of_a_group_is_noticed_once_and_people_are_still_reached(chat: Chat) -> None:
    bind(chat)
    chat.office.at("2023-05-24T08:00")
    chat.put_bot(BINH, "member", "kicked", group=GROUP)
    chat.put_bot(BINH, "member", "kicked", group=GROUP)
    for who in (BINH, AN):
        lost = [text for text in texts_of(chat, who) if "không còn gửi được vào nhóm" in text]
        assert len(lost) == 1, who
    assert any("Nhắc việc lần 1" in text for text in texts_of(chat, BINH))
    assert sent_to(chat, GROUP) == []
    back = chat.put_bot(BINH, "kicked", "member", group=GROUP)
    assert "Nhóm của Huyện ủy Mường Tè" in back["send"]["text"]
    assert chat.put_bot(BINH, "member", "administrator", group=GROUP)["send"] is None
    chat.office.at("2023-05-29T08:00")
    assert any("Nhắc việc lần 2" in text for text in sent_to(chat, GROUP))


def test_an_agency_is_reached_through_its_group_alone(chat: Chat) -> None:
    bind(chat)
    leave(chat, BINH)
    assert "Huyện ủy Mường Tè" not in names(chat)
    chat.office.at("2023-05-24T08:00")
    assert any("Nhắc việc lần 1" in text for text in sent_to(chat, GROUP))
    chat.say(AN, "/nhom", group=GROUP)
    chat.press(AN, "Nhận nhắc việc trong nhóm: có", group=GROUP)
    assert "Huyện ủy Mường Tè" in names(chat)


def names(chat: Chat) -> list[str]:
    with chat.office.desk.reading() as work:
        return overview.list_unreachable_agencies(work)


def leave(chat: Chat, who: int) -> None:
    with chat.office.desk.work() as work:
        query = select(Membership).join(Address, col(Address.member_id) == col(Membership.member_id))
        for seat in work.session.exec(query.where(col(Address.address) == str(who))):
            seat.until_at = work.now


@ON_ONE
def test_a_group_whose_agency_has_nobody_gets_what_waited(chat: Chat) -> None:
    chat.office.at("2023-05-24T08:00")
    chat.say(AN, "/nhom", group=GROUP)
    chat.press_data(AN, f"grpb:{other_agency(chat)}", group=GROUP)
    assert any("Ban Tuyên giáo" in text for text in sent_to(chat, GROUP))


@ON_ONE
def test_how_a_group_is_bound_is_told_in_private(chat: Chat) -> None:
    assert "Thêm bot vào nhóm" in chat.say(BINH, "/nhom")["send"]["text"]
    join(chat.office.desk, "hoa", Role.VIEWER)
    assert "vai trò khác" in chat.say(HOA, "/nhom")["send"]["text"]
