"""Suspending, withdrawing, moving to another agency, undoing: what is told, planned and kept."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import MOVES, Move
from bot.domain.timeliness import Status
from bot.errors import UserError
from bot.services.context import Work
from bot.services.deadlines import extensions
from bot.services.standing import overview
from bot.services.tasks import reports, steering, transfers
from bot.services.tasks.reports import Draft
from db.models import Assignment, Event, Report
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

AN, BINH, DUNG = CAST["an"], CAST["binh"], CAST["dung"]
DONE = Draft("completion", "Đã ban hành Kế hoạch")


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


@pytest.fixture
def chat(office: Setting) -> Chat:
    return Chat(office)


def mine(office: Setting, agency: str = "hu-muong-te") -> Assignment:
    with office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", agency)


def press(chat: Chat, *labels: str) -> None:
    chat.press_data(AN, f"view:{mine(chat.office).id}")
    for label in labels:
        chat.press(AN, label)


def test_a_suspended_task_is_silent_until_it_goes_on(chat: Chat) -> None:
    press(chat, "Điều chỉnh nhiệm vụ", "Tạm dừng")
    chat.say(AN, "Chờ hướng dẫn của Trung ương")
    assert "Chờ hướng dẫn" in chat.last(AN)
    chat.press(AN, "Gửi")
    assert any("Tạm dừng nhiệm vụ" in each["text"] for each in chat.list_screens(BINH))
    chat.press_data(BINH, f"view:{mine(chat.office).id}")
    assert "Từ 09:00 ngày 24/4/2023. Lý do: Chờ hướng dẫn của Trung ương" in chat.last(BINH)
    chat.office.at("2023-06-05T09:00")
    assert "hu-muong-te" not in overdue(chat.office)
    assert not any(
        "Mục IV, điểm 2 (ban hành" in text for chat_id, text in chat.office.send_all() if chat_id == BINH
    )
    press(chat, "Điều chỉnh nhiệm vụ", "Tiếp tục thực hiện")
    chat.say(AN, "Đã có hướng dẫn")
    chat.press(AN, "Gửi")
    assert "Thời hạn 31/5/2023 đã qua" in chat.last(AN)
    assert "🗓 Gia hạn" in chat.labels(AN)
    told = [each["text"] for each in chat.list_screens(BINH) if "Tiếp tục thực hiện" in each["text"]]
    assert "quá hạn 5 ngày" in told[-1], "the agency reads at once how it stands"
    assert mine(chat.office).status == "not_started"
    assert "hu-muong-te" in overdue(chat.office)


def overdue(office: Setting) -> set[str]:
    with office.desk.reading() as work:
        return {each.agency_key for each in overview.list_overdue(work)}


def test_a_task_given_to_another_agency_is_that_ones_and_no_longer_the_firsts(chat: Chat) -> None:
    office = chat.office
    dung = join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    with office.desk.reading() as work:
        old = find_assignment(work, "IV.5", "ban-tuyen-giao").id
    chat.press_data(AN, f"steer:{old}:reassign")
    chat.say(AN, "dan van")
    chat.press(AN, "Ban Dân vận")
    chat.say(AN, "Theo phân công mới")
    chat.press(AN, "Gửi")
    assert any("thôi thực hiện nhiệm vụ này" in each["text"] for each in chat.list_screens(DUNG))
    with office.desk.reading() as work:
        assert find_assignment(work, "IV.5", "ban-tuyen-giao").status == "withdrawn"
        assert find_assignment(work, "IV.5", "ban-dan-van").status == "not_started"
    with pytest.raises(UserError), office.desk.work() as work:
        reports.submit(work, dung, old, DONE)


def test_a_task_is_not_given_to_an_agency_that_has_it(office: Setting) -> None:
    with office.desk.work() as work, pytest.raises(UserError, match="đang thực hiện chính nhiệm vụ này"):
        steering.reassign(work, office.an, mine(office).id, find_agency(work, "hu-sin-ho"), "Nhầm")
    assert mine(office).status == "not_started"


def test_an_agency_asks_to_move_a_task_and_is_answered(chat: Chat) -> None:
    chat.press_data(BINH, f"view:{mine(chat.office).id}")
    chat.press(BINH, "Đề nghị chuyển cơ quan khác")
    chat.say(BINH, "không có cơ quan nào như vậy")
    assert "Không tìm thấy" in chat.last(BINH)
    chat.press(BINH, "Hủy, không gửi")
    chat.press_data(BINH, f"trf:{mine(chat.office).id}")
    chat.press(BINH, "Không nêu cơ quan")
    chat.say(BINH, "Không thuộc chức năng")
    chat.press(BINH, "Gửi đề nghị")
    again = chat.press_data(BINH, f"trf:{mine(chat.office).id}")
    assert "đang chờ trả lời" in again["toast"]
    chat.press(AN, "Không chuyển")
    chat.say(AN, "Đúng chức năng của Huyện ủy")
    chat.press(AN, "Gửi")
    assert any("chưa đồng ý chuyển" in each["text"] for each in chat.list_screens(BINH))
    assert mine(chat.office).status == "not_started"


def test_two_of_the_secretariat_answer_a_request_and_the_second_is_told(office: Setting) -> None:
    hoa = join(office.desk, "hoa", Role.SECRETARIAT)
    with office.desk.work() as work:
        asked = transfers.request(work, office.binh, mine(office).id, None, "Không thuộc").id
    with office.desk.work() as work:
        transfers.agree(work, office.an, asked, find_agency(work, "ban-thuong-vu-tinh-uy"))
    with pytest.raises(UserError, match="An trả lời lúc"), office.desk.work() as work:
        transfers.refuse(work, hoa, asked, "Không")
    assert mine(office).status == "withdrawn"
    assert mine(office, "ban-thuong-vu-tinh-uy").status == "not_started"


def test_a_confirmation_taken_back_waits_again_and_stays_in_the_record(office: Setting) -> None:
    with office.desk.work() as work:
        number = reports.submit(work, office.binh, mine(office).id, DONE).id
    with office.desk.work() as work:
        reports.accept(work, office.an, number)
    with office.desk.work() as work:
        steering.steer(work, office.an, mine(office).id, Move.UNDO, "Bấm nhầm")
    assert (mine(office).status, mine(office).completed_at) == ("awaiting_confirmation", None)
    with office.desk.work() as work:
        assert work.session.get_one(Report, number).review == "pending"
        reports.return_report(work, office.an, number, "Thiếu phụ lục")
        (undone,) = work.session.exec(select(Event).where(col(Event.action) == "decision_undone"))
        assert undone.before is not None
        assert undone.before["status"] == "completed"
        assert undone.before["completed_at"]


@pytest.mark.parametrize("move", [Move.SUSPEND, Move.WITHDRAW, Move.REOPEN, Move.UNDO])
def test_only_the_secretariat_steers_and_gives_a_reason(office: Setting, move: Move) -> None:
    for actor, reason in ((office.binh, "Vì tôi muốn"), (office.an, "")):
        with pytest.raises(UserError), office.desk.work() as work:
            steering.steer(work, actor, mine(office).id, move, reason)
    assert mine(office).status == "not_started"


def test_every_cell_of_the_table_holds_on_a_real_database(office: Setting) -> None:
    """Random people do random things: only what the table allows happens, and no report is lost."""
    people = [office.an, office.binh, join(office.desk, "hoa", Role.SECRETARIAT)]
    moves = [*steering.MOVES[:2], *steering.MOVES[3:]]

    def act(work: Work, who: int, what: str) -> None:
        assignment = find_assignment(work, "IV.2.b", "hu-muong-te")
        actor = people[who]
        waiting = reports.find_pending(work, assignment.id)
        if what in ("progress", "completion"):
            reports.submit(work, actor, assignment.id, Draft(what, "Nội dung"))
        elif what == "accept":
            reports.accept(work, actor, waiting.id if waiting else 0)
        elif what == "return":
            reports.return_report(work, actor, waiting.id if waiting else 0, "Thiếu")
        elif what == "extend":
            asked = extensions.request(work, actor, assignment.id, date(2023, 7, 1), "1/7", "Chậm")
            extensions.decide(work, people[2], asked.id, agree=True)
        else:
            steering.steer(work, actor, assignment.id, Move(what), "Lý do")

    names = ["progress", "completion", "accept", "return", "extend", *(each.value for each in moves)]

    @given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(names)), min_size=1, max_size=10))
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def run(steps: list[tuple[int, str]]) -> None:
        for who, what in steps:
            before = mine(office)
            handed_in = count_reports(office)
            try:
                with office.desk.work() as work:
                    act(work, who, what)
            except UserError:
                assert (mine(office).status, count_reports(office)) == (before.status, handed_in)
                continue
            after = mine(office)
            assert count_reports(office) == handed_in + (what in ("progress", "completion"))
            if before.status != after.status:
                assert any(key[0] == before.status for key in MOVES)
            assert (after.completed_at is not None) == (after.status == "completed")
            check_counts(office)

    run()


def count_reports(office: Setting) -> int:
    with office.desk.reading() as work:
        return len(work.session.exec(select(Report)).all())


def check_counts(office: Setting) -> None:
    with office.desk.reading() as work:
        ((_, counts, _),) = overview.count_documents(work)
        leads = work.session.exec(select(Assignment.status).where(col(Assignment.role) == "lead")).all()
        counted = counts.total + counts.counted_apart
        assert counted == sum(status != Status.WITHDRAWN for status in leads)


def test_the_agency_is_told_once_of_each_move(office: Setting) -> None:
    with office.desk.work() as work:
        steering.steer(work, office.an, mine(office).id, Move.WITHDRAW, "Giao nhầm")
    with office.desk.reading() as work:
        (told,) = list_messages(work, kind="steered")
        assert "Giao nhầm" in told.text
