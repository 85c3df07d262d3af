"""What an agency has asked for stays in sight until it is answered; earlier deadlines stay in sight for good."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.errors import UserError
from bot.services.agencies import successions
from bot.services.agencies.successions import Change
from bot.services.deadlines import extensions
from bot.services.people import handing
from bot.services.tasks import reports, steering, transfers
from bot.services.tasks.reports import Draft
from db.models import Agency, Event, Extension, Transfer
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join

AN, BINH = CAST["an"], CAST["binh"]


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    return Chat(small_office)


@pytest.fixture
def mine(small_office: Setting) -> int:
    with small_office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te").id


def ask(office: Setting, mine: int, day: str = "2023-06-15") -> int:
    with office.desk.work() as work:
        return extensions.request(
            work, office.binh, mine, date.fromisoformat(day), day, "Chờ số liệu các xã."
        ).id


def agree(office: Setting, asked: int) -> None:
    with office.desk.work() as work:
        extensions.decide(work, office.an, asked, agree=True)


# --- deadlines


def test_every_earlier_deadline_is_seen_in_the_task(small_office: Setting, chat: Chat, mine: int) -> None:
    agree(small_office, ask(small_office, mine))
    chat.press_data(BINH, f"view:{mine}")
    assert "Thời hạn ban đầu: 31/5/2023" in chat.last(BINH)
    agree(small_office, ask(small_office, mine, "2023-06-30"))
    chat.press_data(AN, f"view:{mine}")
    text = chat.last(AN)
    assert "30/6/2023" in text.split("Thời hạn ban đầu")[0]
    assert "Thời hạn ban đầu: 31/5/2023" in text
    assert "Các thời hạn sau đó: 15/6/2023" in text


def test_an_extension_agreed_by_mistake_is_taken_back_and_the_request_waits_again(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    asked = ask(small_office, mine)
    agree(small_office, asked)
    chat.press_data(AN, f"steers:{mine}")
    chat.press(AN, "Rút lại gia hạn")
    chat.say(AN, "Bấm nhầm.")
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        row = find_assignment(work, "IV.2.b", "hu-muong-te")
        assert (row.due, row.original_due) == (date(2023, 5, 31), date(2023, 5, 31))
        assert work.session.get_one(Extension, asked).state == "pending"
    told = chat.list_screens(BINH)[-1]["text"]
    assert "rút lại quyết định gia hạn" in told
    assert "Thời hạn: <b>31/5/2023</b>" in told
    chat.press_data(AN, f"hist:{mine}")
    assert "Rút lại quyết định gia hạn\nThời hạn: 15/6/2023 → 31/5/2023\nLý do: Bấm nhầm." in chat.last(AN)
    chat.press_data(AN, f"exa:{asked}")
    with small_office.desk.reading() as work:
        assert find_assignment(work, "IV.2.b", "hu-muong-te").due == date(2023, 6, 15)
    assert "Thời hạn mới: <b>15/6/2023</b>" in chat.list_screens(BINH)[-1]["text"], "told again"


def test_an_extension_is_not_taken_back_after_another_change_or_by_who_asked(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    assert chat.press_data(AN, f"exu:{mine}")["alert"], "none was agreed"
    agree(small_office, ask(small_office, mine))
    join(small_office.desk, "binh", Role.SECRETARIAT)
    assert "đề nghị do chính mình" in chat.press_data(BINH, f"exu:{mine}")["toast"]
    ask(small_office, mine, "2023-06-30")
    chat.press_data(AN, f"steers:{mine}")
    assert not any("Rút lại gia hạn" in label for label in chat.labels(AN)), "the next request waits"


def test_a_decision_on_a_report_that_was_taken_back_and_made_again_is_told_again(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    with small_office.desk.work() as work:
        report = reports.submit(work, small_office.binh, mine, Draft("completion", "Xong.")).id
        reports.accept(work, small_office.an, report)
        steering.steer(work, small_office.an, mine, Move.UNDO, "Bấm nhầm.")
        reports.accept(work, small_office.an, report)
    told = [each["text"] for each in chat.list_screens(BINH)]
    assert sum("Đã xác nhận hoàn thành" in text for text in told) == 2


# --- what waits


def test_a_request_that_waits_is_seen_in_the_task_and_can_be_answered_there(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    ask(small_office, mine)
    chat.press_data(BINH, f"view:{mine}")
    assert "Đề nghị gia hạn đến 15/6/2023" in chat.last(BINH)
    assert not any("Đồng ý" in label for label in chat.labels(BINH))
    chat.press_data(AN, f"view:{mine}")
    chat.press(AN, "✅ Đồng ý gia hạn")
    chat.press_data(BINH, f"view:{mine}")
    assert "đang chờ trả lời" not in chat.last(BINH)


def test_a_second_request_is_told_when_the_first_was_made(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    ask(small_office, mine)
    answers = chat.press_data(BINH, f"ext:{mine}")
    assert "đến 15/6/2023, gửi lúc 09:00 ngày 16/5/2023" in answers["toast"]


def test_nobody_answers_a_request_of_ones_own_and_is_told_so_in_the_right_words(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    join(small_office.desk, "binh", Role.SECRETARIAT)
    asked = ask(small_office, mine)
    answers = chat.press_data(BINH, f"exa:{asked}")
    assert "đề nghị do chính mình" in answers["toast"]


# --- nothing left to ask for


def test_a_request_is_closed_with_the_task_it_was_about(small_office: Setting, mine: int) -> None:
    ask(small_office, mine)
    with small_office.desk.work() as work:
        report = reports.submit(work, small_office.binh, mine, Draft("completion", "Xong."))
        reports.accept(work, small_office.an, report.id)
    with small_office.desk.reading() as work:
        asked = work.session.exec(select(Extension)).one()
        assert (asked.state, asked.decided_by) == ("refused", small_office.an.member_id)
        told = work.session.exec(select(Event).where(col(Event.action) == "extension_refused")).one()
        assert told.after is not None
        assert "không còn cần" in told.after["reason"]


@pytest.mark.parametrize("how", ["withdraw", "reassign"])
def test_what_was_asked_of_a_task_taken_away_waits_no_more(
    small_office: Setting, mine: int, how: str
) -> None:
    ask(small_office, mine)
    with small_office.desk.work() as work:
        transfers.request(work, small_office.binh, mine, None, "Không đúng lĩnh vực.")
        if how == "withdraw":
            steering.steer(work, small_office.an, mine, Move.WITHDRAW, "Hết hiệu lực.")
        else:
            steering.reassign(work, small_office.an, mine, find_agency(work, "ban-dan-van"), "Đúng lĩnh vực.")
    with small_office.desk.reading() as work:
        assert work.session.exec(select(Extension.state)).one() == "refused"
        assert work.session.exec(select(Transfer.state)).one() == "refused"


def test_a_request_about_a_suspended_task_is_not_answered_with_words_about_reports(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    asked = ask(small_office, mine)
    with small_office.desk.work() as work:
        steering.steer(work, small_office.an, mine, Move.SUSPEND, "Chờ.")
    answers = chat.press_data(AN, f"exa:{asked}")
    assert "tạm dừng" in answers["toast"]
    assert "báo cáo" not in answers["toast"]


# --- the record


def test_the_record_names_who_was_handed_what_and_who_covers(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    hoa = join(small_office.desk, "hoa", Role.HEAD, "hu-muong-te")
    agency = hoa.seats[0].agency_id
    assert agency is not None
    with small_office.desk.work() as work:
        handing.hand_on(work, hoa, mine, small_office.binh.member_id)
        handing.hand_on(work, hoa, mine, None)
        days = (date(2023, 5, 17), date(2023, 5, 19))
        cover = handing.name_cover(work, hoa, agency, small_office.binh.member_id, hoa.member_id, *days)
        handing.end_cover(work, hoa, cover.id)
    chat.say(CAST["hoa"], "/lichsu")
    text = chat.last(CAST["hoa"])
    assert "Phân công trong cơ quan\nNgười được phân công: Binh" in text
    assert "Người được phân công: Binh → —" in text
    assert "Cử người xử lý thay\nNgười vắng: Binh\nNgười xử lý thay: Hoa\nTừ: 17/5/2023" in text
    assert "Thôi xử lý thay\nNgười vắng: Binh" in text


def test_the_record_says_why_and_to_which_agency(small_office: Setting, chat: Chat, mine: int) -> None:
    asked = ask(small_office, mine)
    with small_office.desk.work() as work:
        extensions.decide(work, small_office.an, asked, agree=False, note="Đã gia hạn cho nơi khác.")
        with pytest.raises(UserError):
            extensions.decide(work, small_office.an, asked, agree=True)
        steering.reassign(work, small_office.an, mine, find_agency(work, "ban-dan-van"), "Đúng lĩnh vực.")
    chat.press_data(AN, f"hist:{mine}")
    text = chat.last(AN)
    assert "Đề nghị gia hạn\nThời hạn: 31/5/2023 → 15/6/2023\nLý do: Chờ số liệu các xã." in text
    assert "Lý do: Đã gia hạn cho nơi khác." in text
    assert "Cơ quan: Ban Dân vận Tỉnh ủy" in text


# --- what a task does not say


def test_what_a_task_does_not_say_can_be_said_later_and_the_agencies_are_told(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    chat.press_data(AN, f"view:{mine}")
    assert "Chưa rõ: sản phẩm, người phụ trách" in chat.last(AN)
    chat.press(AN, "Điều chỉnh nhiệm vụ")
    chat.press(AN, "Sản phẩm")
    chat.say(AN, "Kế hoạch")
    assert "2 cơ quan" in chat.last(AN), "the product is the task's, of both agencies"
    chat.press(AN, "📤 Gửi")
    assert "Sản phẩm: chưa có → <b>Kế hoạch</b>" in chat.list_screens(BINH)[-1]["text"]
    chat.press_data(AN, f"clr:{mine}:person")
    chat.say(AN, "đồng chí Bí thư")
    chat.press(AN, "Quay lại")
    chat.say(AN, "đồng chí Phó Bí thư")
    assert "1 cơ quan" in chat.last(AN)
    chat.press(AN, "📤 Gửi")
    chat.press_data(AN, f"view:{mine}")
    assert "Người phụ trách: đồng chí Phó Bí thư" in chat.last(AN)
    assert "Chưa rõ" not in chat.last(AN)
    chat.press_data(AN, f"hist:{mine}")
    assert "Làm rõ nhiệm vụ\nNgười phụ trách: đồng chí Phó Bí thư" in chat.last(AN)
    for forged in (f"clr:{mine}:title", f"clr:{mine}", "clr:999:person"):
        assert chat.press_data(AN, forged)["alert"]


def test_what_was_withdrawn_is_found_again_and_given_again(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    chat.say(AN, "/viec")
    assert not any("Đã thôi giao" in label for label in chat.labels(AN))
    with small_office.desk.work() as work:
        steering.steer(work, small_office.an, mine, Move.WITHDRAW, "Nhầm.")
    chat.say(AN, "/viec")
    chat.press(AN, "Đã thôi giao (1)")
    chat.press(AN, "1")
    chat.press(AN, "Điều chỉnh nhiệm vụ")
    chat.press(AN, "Yêu cầu thực hiện lại")
    chat.say(AN, "Giao lại.")
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        assert find_assignment(work, "IV.2.b", "hu-muong-te").status == "not_started"
    chat.say(AN, "/coquan muong te")
    chat.press(AN, "📋 Nhiệm vụ (2)")
    assert "Nhiệm vụ của Huyện ủy Mường Tè" in chat.last(AN)
    chat.say(BINH, "/viec")
    assert not any("Đã thôi giao" in label for label in chat.labels(BINH))


def test_nothing_is_given_again_to_an_agency_that_is_no_more(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    with small_office.desk.work() as work:
        old = work.session.get_one(Agency, find_agency(work, "hu-muong-te"))
        ended = Change("ended", old, work.today, reason="Sắp xếp tổ chức.")
        successions.make(work, small_office.an, ended)
    chat.say(AN, "/viec")
    assert not any("Đã thôi giao" in label for label in chat.labels(AN))
    answers = chat.press_data(AN, f"steer:{mine}:reopen")
    assert "đã kết thúc hoạt động" in answers["toast"]
