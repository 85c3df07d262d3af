"""What a report says beside its words, corrections, and reports entered for an agency: in chat, on a real database."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select

from bot.services.standing import overview, past
from db.models import Report, ReportVersion
from tests.conftest import ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment, open_office

AN, BINH = CAST["an"], CAST["binh"]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def mine(chat: Chat) -> int:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "IV.2.b", "hu-muong-te").id


def last_report(chat: Chat) -> Report:
    with chat.office.desk.reading() as work:
        return work.session.exec(select(Report).order_by(col(Report.id).desc())).first()  # type: ignore[return-value]


def test_a_progress_report_is_sent_at_once_or_with_what_tables_ask(chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{mine(chat)}:p")
    chat.say(BINH, "Đang dự thảo Kế hoạch")
    assert any("Gửi báo cáo" in label for label in chat.labels(BINH))
    chat.press(BINH, "Nguyên nhân, khó khăn")
    assert "Câu 1/4" in chat.last(BINH)
    chat.say(BINH, "Chờ số liệu")
    chat.press(BINH, "Bỏ qua")
    chat.say(BINH, "Đề nghị có hướng dẫn")
    chat.say(BINH, "khi nào xong thì xong")
    assert "Chưa xác định được ngày" in chat.last(BINH)
    chat.say(BINH, "20/5/2023")
    assert "Dự kiến hoàn thành: 20/5/2023" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    report = last_report(chat)
    assert (report.text, report.cause, report.difficulties) == ("Đang dự thảo Kế hoạch", "Chờ số liệu", None)
    assert (report.proposals, report.expected_on) == ("Đề nghị có hướng dẫn", date(2023, 5, 20))
    (seen,) = [each["text"] for each in chat.list_screens(AN) if "Chờ số liệu" in each["text"]]
    assert "Dự kiến hoàn thành: 20/5/2023" in seen


def test_a_document_named_in_the_words_is_recorded(chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{mine(chat)}:c")
    chat.say(BINH, "Đã báo cáo tại 123-BC/HU ngày 5/5/2023")
    assert "Văn bản: 123-BC/HU ngày 5/5/2023" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    report = last_report(chat)
    assert (report.document_number, report.document_date) == ("123-BC/HU", date(2023, 5, 5))
    assert not any("Chưa có văn bản" in each["text"] for each in chat.list_screens(AN))


def test_a_completion_without_its_document_is_taken_and_marked(chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{mine(chat)}:c")
    chat.say(BINH, "Đã ban hành")
    chat.press(BINH, "Số, ngày văn bản")
    chat.say(BINH, "số mấy không nhớ")
    assert "Chưa thấy số văn bản" in chat.last(BINH)
    chat.press(BINH, "Bỏ qua")
    chat.say(BINH, "đồng chí Nguyễn Văn A")
    chat.press(BINH, "Gửi báo cáo")
    assert last_report(chat).signatory == "đồng chí Nguyễn Văn A"
    assert any("Chưa có văn bản" in each["text"] for each in chat.list_screens(AN))


def edit(chat: Chat, message: int, words: str) -> None:
    number = next(chat.numbers)
    place = chat._place(BINH)
    edited = {
        **place,
        "message_id": message,
        "date": 1_682_300_000,
        "edit_date": 1_682_300_100,
        "text": words,
    }
    chat._handle(BINH, {"update_id": number, "edited_message": edited})


def first_message(chat: Chat) -> int:
    pieces = last_report(chat).pieces
    assert pieces
    return int(pieces[0]["message"])


def test_an_edited_message_corrects_the_draft_and_then_the_report_which_keeps_both(chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{mine(chat)}:c")
    chat.say(BINH, "Đã ban hành Kế hoạch 1")
    number = 10_000 + next(chat.numbers) - 1
    edit(chat, number, "Đã ban hành Kế hoạch 2")
    assert "Kế hoạch 2" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    assert last_report(chat).text == "Đã ban hành Kế hoạch 2"
    edit(chat, first_message(chat), "Đã ban hành Kế hoạch 3")
    chat.press(BINH, "Gửi bản sửa")
    assert last_report(chat).text == "Đã ban hành Kế hoạch 3"
    with chat.office.desk.reading() as work:
        (kept,) = work.session.exec(select(ReportVersion))
        assert kept.values == {"text": "Đã ban hành Kế hoạch 2"}
    assert any("đã được sửa" in each["text"] for each in chat.list_screens(AN))
    chat.press(AN, "Xác nhận hoàn thành")
    done = chat.press_data(BINH, f"view:{mine(chat)}")["edit"]["text"]
    assert "31/5/2023 – văn bản ghi “hoàn thành trong tháng 5/2023”" in done
    edit(chat, first_message(chat), "Đã ban hành Kế hoạch 4")
    assert "không sửa được nữa" in chat.last(BINH)
    assert last_report(chat).text == "Đã ban hành Kế hoạch 3"


def test_an_edit_of_what_belongs_to_no_report_changes_nothing(chat: Chat) -> None:
    edit(chat, 77, "Một câu cũ")
    assert BINH not in chat.screens


def enter(chat: Chat, document: str, arrived: str) -> None:
    chat.press_data(AN, f"view:{mine(chat)}")
    chat.press(AN, "Ghi nhận báo cáo thay")
    chat.say(AN, document)
    chat.say(AN, arrived)


def test_a_report_entered_for_an_agency_counts_from_the_day_it_arrived(chat: Chat) -> None:
    chat.office.at("2023-06-05T09:00")
    enter(chat, "45-KH/HU ngày 25/5/2023", "30/5/2023")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Gửi báo cáo hoàn thành")
    report = last_report(chat)
    assert (report.submitted_by, report.entered_by is not None) == (None, True)
    assert report.submitted_at.astimezone(ZONE) == datetime(2023, 5, 30, 12, tzinfo=ZONE)
    assert any("đã ghi nhận báo cáo" in each["text"] for each in chat.list_screens(BINH))
    chat.press(AN, "Xác nhận hoàn thành")
    with chat.office.desk.reading() as work:
        (view,) = [each for each in past.list_all_at(work, work.now) if each.id == mine(chat)]
        assert view.timeliness.value == "completed_on_time"


def test_a_day_of_arrival_that_cannot_be_is_refused_and_the_draft_stays(chat: Chat) -> None:
    enter(chat, "45-KH/HU ngày 20/4/2023", "30/4/2023")
    assert "chưa tới" in chat.last(AN)
    chat.say(AN, "10/4/2023")
    assert "trước ngày của văn bản" in chat.last(AN)
    chat.press(AN, "Hôm nay")
    assert "Câu 3/3" in chat.last(AN)


def test_only_the_secretariat_enters_reports(chat: Chat) -> None:
    answer = chat.press_data(BINH, f"ent:{mine(chat)}")
    assert "không có quyền" in answer["toast"]


def hand_in(chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{mine(chat)}:c")
    chat.say(BINH, "Đã ban hành")
    chat.press(BINH, "Gửi báo cáo")


def return_it(chat: Chat) -> None:
    chat.press(AN, "Trả lại để bổ sung")
    chat.say(AN, "Thiếu phụ lục")
    chat.press(AN, "Gửi")


def test_days_spent_waiting_for_the_secretariat_do_not_count_against_the_agency(chat: Chat) -> None:
    office = chat.office
    hand_in(chat)
    office.at("2023-06-05T09:00")
    return_it(chat)
    assert any("chậm nhất ngày <b>8/6/2023</b>" in each["text"] for each in chat.list_screens(BINH))
    with office.desk.reading() as work:
        assert mine(chat) not in {each.id for each in overview.list_overdue(work)}
    office.at("2023-06-08T08:00")
    assert any(
        "Đã ban hành" not in text and "Nhắc việc" in text for to, text in office.send_all() if to == BINH
    )
    chat.press_data(BINH, f"rep:{mine(chat)}:c")
    chat.say(BINH, "Bổ sung phụ lục")
    chat.press(BINH, "Gửi báo cáo")
    chat.press(AN, "Xác nhận hoàn thành")
    with office.desk.reading() as work:
        (view,) = [each for each in past.list_all_at(work, work.now) if each.id == mine(chat)]
        assert (view.timeliness.value, view.due) == ("completed_on_time", date(2023, 5, 31))


def test_a_bare_number_or_day_below_the_reason_is_the_time_to_complete(chat: Chat) -> None:
    chat.office.at("2023-06-05T09:00")
    hand_in(chat)
    chat.press(AN, "Trả lại để bổ sung")
    chat.say(AN, "Thiếu phụ lục")
    for words, told in (("10", "sau 10 ngày làm việc"), ("ngày 7/6", "7/6/2023"), ("5 ngày", "sau 5 ngày")):
        chat.say(AN, words)
        assert told in chat.last(AN)
        assert "Thiếu phụ lục" in chat.last(AN)
    chat.say(AN, "70")
    assert "từ 1 đến 60" in chat.last(AN)
    chat.say(AN, "Thiếu 10 trang")
    assert "Thiếu 10 trang" in chat.last(AN)


def test_what_was_returned_is_not_said_never_to_have_come(chat: Chat) -> None:
    office = chat.office
    chat.press(BINH, "Đã nhận nhiệm vụ")
    hand_in(chat)
    return_it(chat)
    office.at("2023-06-09T08:00")
    told = [text for to, text in office.send_all() if to == BINH and "Đôn đốc" in text]
    assert "chưa hoàn thành" in told[-1]
    assert not any("chưa nhận được báo cáo" in text for text in told)


def test_a_late_report_that_is_returned_stays_late(chat: Chat) -> None:
    office = chat.office
    office.at("2023-06-05T09:00")
    hand_in(chat)
    office.at("2023-06-06T09:00")
    return_it(chat)
    with office.desk.reading() as work:
        assert mine(chat) in {each.id for each in overview.list_overdue(work)}


def test_after_the_time_given_it_is_overdue_like_any_other(chat: Chat) -> None:
    office = chat.office
    hand_in(chat)
    office.at("2023-06-05T09:00")
    return_it(chat)
    office.at("2023-06-09T09:00")
    with office.desk.reading() as work:
        assert mine(chat) in {each.id for each in overview.list_overdue(work)}
        assert mine(chat) in {each.id for each in past.list_overdue_at(work, date(2023, 6, 9))}
        assert mine(chat) not in {each.id for each in past.list_overdue_at(work, date(2023, 6, 8))}
