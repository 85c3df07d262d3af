"""Who of the secretariat hears first, who proposes and who decides: in chat, on a real database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.errors import UserError
from bot.services.context import Actor, Work
from bot.services.office import secretaries
from bot.services.people import joining, monitors
from bot.services.standing import addresses, seats
from bot.services.tasks import proposals, reports, steering
from db.models import Agency, Event, Membership, Proposal, Report
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join
from tests.services.small_office import open_small_office

AN, BINH, HOA = CAST["an"], CAST["binh"], CAST["hoa"]


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    """Bình of an agency; An and Hoa of the secretariat. It is Tuesday, 16 May 2023, 09:00."""
    join(small_office.desk, "hoa", Role.SECRETARIAT)
    return Chat(small_office)


@pytest.fixture
def both(desk: Desk) -> Chat:
    """The same on each kind of database."""
    office = open_small_office(desk)
    join(desk, "hoa", Role.SECRETARIAT)
    return Chat(office)


@contextmanager
def working(chat: Chat) -> Iterator[Work]:
    with chat.office.desk.work() as work:
        yield work


def member(chat: Chat, who: int) -> Actor:
    with chat.office.desk.reading() as work:
        actor = seats.find_actor(work, who)
        assert actor is not None
        return actor


def watch(chat: Chat, who: int, of: str = "a") -> None:
    with working(chat) as work:
        key = find_agency(work, "hu-muong-te") if of == "a" else 1
        monitors.set_monitor(work, member(chat, AN), of, key, member(chat, who).member_id)


def report(chat: Chat, kind: str = "c") -> None:
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"rep:{mine}:{kind}")
    chat.say(BINH, "Đã ban hành 45-KH/HU ngày 15/5/2023")
    chat.press(BINH, "Gửi báo cáo")


def has(chat: Chat, who: int, words: str) -> bool:
    return any(words in each["text"] for each in chat.list_screens(who))


# --- the monitor


def test_the_monitor_is_told_alone_and_the_others_after_a_working_day(chat: Chat) -> None:
    watch(chat, HOA)
    report(chat)
    assert has(chat, HOA, "Báo cáo hoàn thành số 1")
    assert not has(chat, AN, "số 1")
    chat.office.at("2023-05-17T08:59")
    assert not has(chat, AN, "số 1")
    chat.office.at("2023-05-17T09:00")
    assert has(chat, AN, "Báo cáo số 1")
    before = len(chat.list_screens(AN))
    chat.office.at("2023-05-17T10:00")
    assert len(chat.list_screens(AN)) == before


def test_what_was_decided_within_the_day_never_reaches_the_others(chat: Chat) -> None:
    watch(chat, HOA, of="d")
    report(chat)
    chat.press(HOA, "Xác nhận hoàn thành")
    chat.office.at("2023-05-18T10:00")
    assert not has(chat, AN, "số 1")


def test_a_friday_evening_waits_until_monday_evening(chat: Chat) -> None:
    watch(chat, HOA)
    chat.office.at("2023-05-19T17:00")
    report(chat)
    chat.office.at("2023-05-22T16:59")
    assert not has(chat, AN, "số 1")
    chat.office.at("2023-05-22T17:00")
    assert has(chat, AN, "Báo cáo số 1")


def test_the_agencys_monitor_goes_before_the_documents(chat: Chat) -> None:
    watch(chat, AN, of="d")
    watch(chat, HOA)
    report(chat)
    assert has(chat, HOA, "số 1")
    assert not has(chat, AN, "số 1")


def test_requests_reach_the_monitor_first_as_well(both: Chat) -> None:
    watch(both, HOA)
    with both.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    both.press_data(BINH, f"ext:{mine}")
    for words in ("30/6/2023", "Chờ hướng dẫn"):
        both.say(BINH, words)
    both.press(BINH, "Gửi đề nghị")
    both.press_data(BINH, f"trf:{mine}")
    both.press(BINH, "Không nêu cơ quan")
    both.say(BINH, "Không thuộc chức năng")
    both.press(BINH, "Gửi đề nghị")
    for words in ("30/6/2023", "Không thuộc chức năng"):
        assert has(both, HOA, words)
        assert not has(both, AN, words)
    both.office.at("2023-05-17T09:00")
    assert has(both, AN, "30/6/2023")
    assert has(both, AN, "Không thuộc chức năng")


def block(chat: Chat, who: int) -> None:
    with working(chat) as work:
        addresses.set_reachable(work, who, "blocked")


def test_a_monitor_nobody_can_reach_leaves_it_to_all(chat: Chat) -> None:
    watch(chat, HOA)
    block(chat, HOA)
    report(chat)
    assert has(chat, AN, "Báo cáo hoàn thành số 1")


def test_what_a_lost_chat_could_not_get_is_told_to_all_also_a_progress_report(both: Chat) -> None:
    from bot.services.saying import delivery

    watch(both, HOA)
    with both.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    with working(both) as work:
        reports.submit(work, both.office.binh, mine, reports.Draft("progress", "Đang dự thảo"))
    with working(both) as work:
        reports.submit(work, both.office.binh, mine, reports.Draft("completion", "Đã xong"))
    with working(both) as work:
        delivery.lose_chat(work, HOA, "blocked")
    both.office.tick()
    assert has(both, AN, "Đang dự thảo")
    assert has(both, AN, "Đã xong")


def test_a_monitor_who_left_the_office_leaves_what_waits_to_all(chat: Chat) -> None:
    watch(chat, HOA)
    report(chat)
    with working(chat) as work:
        mine = col(Membership.member_id) == member(chat, HOA).member_id
        work.session.exec(select(Membership).where(mine)).one().until_at = work.now
    chat.office.tick()
    assert has(chat, AN, "số 1")


def test_the_secretariat_names_monitors_in_the_settings(chat: Chat) -> None:
    chat.say(AN, "/caidat")
    for label in ("Chuyên viên theo dõi", "Theo cơ quan", "Chọn 1", "Hoa"):
        chat.press(AN, label)
    assert "Đang theo dõi: Hoa." in chat.last(AN)
    chat.press(AN, "Quay lại")
    assert "Huyện ủy Mường Tè – Hoa" in chat.last(AN)
    chat.press(AN, "Chọn 1")
    chat.press(AN, "✓ Hoa")
    assert "Chưa có người theo dõi" in chat.last(AN)
    for label in ("Quay lại", "Quay lại", "Theo văn bản", "Chọn 1", "An"):
        chat.press(AN, label)
    assert "Đang theo dõi: An." in chat.last(AN)
    with chat.office.desk.reading() as work:
        assert set(work.session.exec(select(Agency.monitor_id))) == {None}
        actions = work.session.exec(select(Event.action).where(col(Event.action) == "monitor_changed")).all()
        assert len(actions) == 3


@pytest.mark.parametrize(
    "data", ["setm", "setml:a:0", "setmo:a:1", "setmt:a:1:2:0", "setg", "setgt:2", "setgo:on"]
)
def test_an_agencys_people_may_not_enter_these_rooms(chat: Chat, data: str) -> None:
    assert "không có quyền" in chat.press_data(BINH, data)["toast"]


@pytest.mark.parametrize(
    "data", ["setml:x:0", "setmo:a:999", "setmt:a:1:999:0", "setmt:x:1:2:0", "setgt:999", "setgo:maybe"]
)
def test_guessed_buttons_change_nothing(chat: Chat, data: str) -> None:
    assert chat.press_data(AN, data)["alert"]


# --- proposing and deciding


def decide_by(chat: Chat, who: int = AN) -> None:
    with working(chat) as work:
        secretaries.toggle_decider(work, member(chat, AN), member(chat, who).member_id)
        secretaries.set_heads_decide(work, member(chat, AN), on=True)


def status(chat: Chat) -> str:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te").status


def test_who_does_not_decide_proposes_and_the_decider_decides(both: Chat) -> None:
    watch(both, HOA)
    decide_by(both, AN)
    report(both)
    assert any("Đề xuất xác nhận hoàn thành" in label for label in both.labels(HOA))
    both.press(HOA, "Đề xuất xác nhận hoàn thành")
    assert "Người quyết định: An" in both.last(HOA)
    both.say(HOA, "Kế hoạch đúng yêu cầu")
    both.press(HOA, "Gửi")
    assert "Hoa đề xuất xác nhận hoàn thành" in both.last(HOA)
    assert status(both) == "awaiting_confirmation"
    (told,) = [each for each in both.list_screens(AN) if "có đề xuất" in each["text"]]
    assert "Kế hoạch đúng yêu cầu" in told["text"]
    assert "Đã ban hành 45-KH/HU" in told["text"]
    both.press(AN, "Xác nhận hoàn thành")
    assert status(both) == "completed"
    assert "Hoa đề xuất" in both.last(AN)
    assert "An đã xác nhận" in both.last(AN)
    with both.office.desk.reading() as work:
        kept = work.session.exec(select(Event.action).order_by(col(Event.id))).all()
        assert kept.index("proposed_accept") < kept.index("accepted")


def test_a_proposal_to_return_carries_its_reason_and_the_decider_may_decide_otherwise(chat: Chat) -> None:
    decide_by(chat, AN)
    report(chat)
    chat.press(HOA, "Đề xuất trả lại để bổ sung")
    chat.say(HOA, "Thiếu phụ lục")
    assert "Người quyết định: An" in chat.last(HOA)
    chat.press(HOA, "Gửi")
    assert has(chat, AN, "Thiếu phụ lục")
    assert status(chat) == "awaiting_confirmation"
    chat.press(AN, "Xác nhận hoàn thành")
    assert status(chat) == "completed"
    answer = chat.press_data(HOA, "acc:1")
    assert "An" in answer["toast"]
    with chat.office.desk.reading() as work:
        kept = work.session.exec(select(Proposal)).one()
        assert (kept.verdict, kept.note) == ("return", "Thiếu phụ lục")
        assert work.session.exec(select(Report)).one().review == "accepted"


def test_who_proposes_is_told_how_it_was_decided_and_the_agency_reads_nothing_of_the_proposal(
    chat: Chat,
) -> None:
    decide_by(chat, AN)
    report(chat)
    assert "📝 Đề xuất trả lại để bổ sung" in chat.labels(HOA)
    chat.press(HOA, "Đề xuất trả lại để bổ sung")
    chat.say(HOA, "Thiếu phụ lục")
    chat.press(HOA, "Gửi")
    chat.press(AN, "Xác nhận hoàn thành")
    assert has(chat, HOA, "Đề xuất về báo cáo số 1 đã được quyết định")
    assert has(chat, HOA, "An đã xác nhận hoàn thành")
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"hist:{mine}")
    assert "Đề xuất" not in chat.last(BINH)
    assert "Xác nhận hoàn thành" in chat.last(BINH)
    chat.press_data(HOA, f"hist:{mine}")
    assert "Đề xuất trả lại để bổ sung" in chat.last(HOA)


def test_what_waits_offers_each_of_the_office_what_is_theirs_to_press(chat: Chat) -> None:
    decide_by(chat, AN)
    report(chat)
    chat.office.at("2023-05-19T08:00")
    waiting = {
        who: next(each for each in reversed(chat.list_screens(who)) if "đang chờ xác nhận" in each["text"])
        for who in (AN, HOA)
    }
    assert "Đề xuất" not in str(waiting[AN]["keyboard"])
    assert "Đề xuất xác nhận hoàn thành" in str(waiting[HOA]["keyboard"])


def test_the_time_to_complete_is_proposed_with_the_reason_and_sent_as_it_is_or_otherwise(both: Chat) -> None:
    decide_by(both, AN)
    report(both)
    both.office.at("2023-06-07T09:00")  # the deadline, 31 May, has passed while the report waited
    both.press_data(HOA, "ret:1")
    both.say(HOA, "Thiếu phụ lục")
    both.press(HOA, "Số ngày khác")
    both.say(HOA, "ngay")
    assert "từ 1 đến 60" in both.last(HOA)
    both.say(HOA, "7 ngày")
    assert "16/6/2023" in both.last(HOA)
    both.press(HOA, "Gửi")
    assert has(both, AN, "Thời gian bổ sung đề xuất: 7 ngày làm việc")
    both.press_data(AN, "ret:1")
    assert "Thiếu phụ lục" in both.last(AN)
    assert "Hoa đề xuất trả lại" in both.last(AN)
    assert "16/6/2023" in both.last(AN)
    both.press(AN, "Số ngày khác")
    both.say(AN, "20/6/2023")
    assert "20/6/2023</b> (sau 9 ngày làm việc)" in both.last(AN)
    both.press(AN, "Gửi")
    with both.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        assert str(mine.complete_by) == "2023-06-20"
    both.press_data(BINH, f"view:{mine.id}")
    assert "được bổ sung đến hết ngày 20/6/2023" in both.last(BINH)
    assert "ngày nghỉ" not in both.last(BINH)


def test_a_return_taken_back_takes_its_time_to_complete_along(chat: Chat) -> None:
    report(chat)
    chat.office.at("2023-06-07T09:00")
    an = member(chat, AN)
    with working(chat) as work:
        reports.return_report(work, an, 1, "Thiếu", days=1)
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        steering.steer(work, an, mine, Move.UNDO, "Nhầm số ngày")
        assert find_assignment(work, "IV.2.b", "hu-muong-te").complete_by is None
        reports.return_report(work, an, 1, "Thiếu", days=10)
        again = find_assignment(work, "IV.2.b", "hu-muong-te")
        assert str(again.complete_by) == str(again.grace_until) == "2023-06-21"


def test_a_proposal_without_a_note_can_be_changed_by_its_maker_only(chat: Chat) -> None:
    chi = join(chat.office.desk, "chi", Role.SECRETARIAT)
    decide_by(chat, AN)
    report(chat)
    chat.press(HOA, "Đề xuất xác nhận hoàn thành")
    chat.press(HOA, "không kèm ý kiến")
    with working(chat) as work, pytest.raises(UserError, match="Hoa đã đề xuất"):
        proposals.propose(work, chi, 1, "return", "Thiếu")
    with working(chat) as work:
        proposals.propose(work, member(chat, HOA), 1, "return", "Thiếu phụ lục")
    told = [each["text"] for each in chat.list_screens(AN) if "có đề xuất" in each["text"]]
    assert "đề xuất trả lại" in told[-1]


def test_after_an_undone_decision_anyone_may_propose_anew(chat: Chat) -> None:
    chi = join(chat.office.desk, "chi", Role.SECRETARIAT)
    decide_by(chat, AN)
    report(chat)
    with working(chat) as work:
        proposals.propose(work, member(chat, HOA), 1, "accept", "")
    chat.press(AN, "Xác nhận hoàn thành")
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    with working(chat) as work, pytest.raises(UserError, match="Người quyết định báo cáo này: An"):
        steering.steer(work, chi, mine, Move.UNDO, "Nhầm")
    with working(chat) as work:
        steering.steer(work, member(chat, AN), mine, Move.UNDO, "Nhầm")
        proposals.propose(work, chi, 1, "return", "Xem lại")
    assert status(chat) == "awaiting_confirmation"


def _decide(work: Work, actor: Actor, verdict: str) -> None:
    if verdict == "accept":
        reports.accept(work, actor, 1)
    else:
        reports.return_report(work, actor, 1, "Thiếu")


def test_the_services_refuse_a_decision_of_someone_who_may_only_propose(chat: Chat) -> None:
    decide_by(chat, AN)
    report(chat)
    for verdict in ("accept", "return"):
        with working(chat) as work, pytest.raises(UserError, match="Người quyết định báo cáo này: An"):
            _decide(work, member(chat, HOA), verdict)


def test_nobody_decides_on_ones_own_report_and_then_the_others_do(chat: Chat) -> None:
    token = None
    with working(chat) as work:
        token = joining.create_invite(work, Role.OFFICER, find_agency(work, "hu-muong-te"), None).token
    with working(chat) as work:
        joining.join(work, token, AN, "An")
    decide_by(chat, AN)
    with working(chat) as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        reports.submit(work, member(chat, AN), mine, reports.Draft("completion", "Đã xong"))
    assert "do chính mình gửi" in chat.press_data(AN, "acc:1")["toast"]
    chat.press_data(HOA, "acc:1")
    assert status(chat) == "completed"


def test_the_switch_needs_someone_who_decides(chat: Chat) -> None:
    chat.say(AN, "/caidat")
    chat.press(AN, "Đề xuất và quyết định")
    assert "chưa có người quyết định" in chat.press(AN, "Bật đề xuất")["toast"]
    chat.press(AN, "An")
    chat.press(AN, "Bật đề xuất")
    assert "Đang bật" in chat.last(AN)
    assert "người quyết định cuối cùng" in chat.press(AN, "✓ An")["toast"]
    chat.press(AN, "Hoa")
    chat.press(AN, "✓ An")
    assert "Người quyết định: Hoa." in chat.last(AN)
    chat.press(AN, "Tắt đề xuất")
    assert "Đang tắt" in chat.last(AN)
    report(chat)
    chat.press(AN, "Xác nhận hoàn thành")
    assert status(chat) == "completed"


def test_what_a_monitor_who_leaves_has_not_received_goes_to_the_others(chat: Chat) -> None:
    watch(chat, HOA)
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    with working(chat) as work:
        reports.submit(work, chat.office.binh, mine, reports.Draft("progress", "Đang dự thảo"))
    with working(chat) as work:
        leaver = col(Membership.member_id) == member(chat, HOA).member_id
        work.session.exec(select(Membership).where(leaver)).one().until_at = work.now
        monitors.hand_on(work, member(chat, AN).member_id)
        monitors.hand_on(work, work.session.exec(select(Membership.member_id).where(leaver)).one())
    assert has(chat, AN, "Đang dự thảo")
    assert not has(chat, HOA, "Đang dự thảo")
