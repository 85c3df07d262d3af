"""A report as it is written: what is missing is said, edits are followed, and nothing is taken in silence."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from db.models import Attachment, DialogueState, Report, Task
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join

AN, BINH = CAST["an"], CAST["binh"]


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    return Chat(small_office)


@pytest.fixture
def mine(small_office: Setting) -> int:
    with small_office.desk.work() as work:
        found = find_assignment(work, "IV.2.b", "hu-muong-te")
        work.session.get_one(Task, found.task_id).product = "Kế hoạch"
        return found.id


def file(name: str) -> dict[str, Any]:
    return {"file_id": f"f-{name}", "file_unique_id": f"u-{name}", "file_name": name, "file_size": 9}


def edit(chat: Chat, number: int, **values: Any) -> dict[str, Any]:
    """Bình edits the message of that number."""
    update = next(chat.numbers)
    place = chat._place(BINH)
    message = {**place, "message_id": number, "date": 1_682_300_000, "edit_date": 1_682_300_060, **values}
    return chat._handle(BINH, {"update_id": update, "edited_message": message})


def last_number(chat: Chat) -> int:
    """The number of the message said last."""
    with chat.office.desk.reading() as work:
        states = work.session.exec(select(DialogueState.data)).all()
    data = states[-1]
    return int([*data["text"], *data["pieces"]][-1][0])


# --- what is missing


def test_a_completion_without_the_document_the_task_should_produce_says_so_before_it_is_sent(
    chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    assert "Không gửi tài liệu mật" in chat.last(BINH)
    chat.say(BINH, "Đã ban hành kế hoạch.")
    assert "“Kế hoạch” nhưng chưa có số, ngày văn bản và tệp" in chat.last(BINH)
    chat.press(BINH, "Số, ngày văn bản")
    assert "<b>IV.2.b</b> – Huyện ủy Mường Tè" in chat.last(BINH), "a question says what it is about"
    chat.say(BINH, "12-KH/HU ngày 10/5/2023")
    chat.press(BINH, "Xem lại")
    assert "chưa có số" not in chat.last(BINH)


def test_a_progress_report_names_what_it_does_not_say_yet_and_can_be_sent_without(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Đang lấy ý kiến.")
    assert "Chưa nêu: nguyên nhân chậm, khó khăn, đề xuất, dự kiến hoàn thành" in chat.last(BINH)
    chat.press(BINH, "Nguyên nhân, khó khăn")
    chat.say(BINH, "Chờ số liệu.")
    chat.press(BINH, "Xem lại")
    assert "Chưa nêu: khó khăn" in chat.last(BINH)
    chat.press(BINH, "Nguyên nhân, khó khăn")
    assert "Đã nhập: Chờ số liệu." in chat.last(BINH)
    chat.press(BINH, "Xem lại")
    chat.press(BINH, "Gửi báo cáo")
    with small_office.desk.reading() as work:
        assert work.session.exec(select(Report.cause)).one() == "Chờ số liệu."


def test_what_is_asked_of_a_report_is_said_when_it_begins_and_what_is_missing_before_it_goes(
    chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:p")
    for column in ("kết quả", "nguyên nhân chậm", "khó khăn", "đề xuất", "dự kiến hoàn thành"):
        assert column in chat.last(BINH)
    chat.press_data(BINH, f"rep:{mine}:c")
    assert "Sản phẩm cần có: <b>Kế hoạch</b>" in chat.last(BINH)
    chat.say(BINH, "Đã ban hành 45-KH/HU")
    assert "Chưa có: ngày văn bản, người ký, tệp" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    again = chat.press_data(BINH, "dlg:0123456789ab:send")
    assert "đã gửi" in again["toast"], "a second tap does not make anybody send it again"


def test_a_report_reads_result_first_then_why_it_is_late_and_what_is_asked_for(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Đã dự thảo.")
    chat.press(BINH, "Nguyên nhân")
    for words in ("Chờ số liệu.", "Thiếu người.", "Gia hạn.", "20/6/2023"):
        chat.say(BINH, words)
    order = ("Đã dự thảo.", "Chờ số liệu.", "Thiếu người.", "Gia hạn.", "20/6/2023")
    assert sorted(order, key=chat.last(BINH).index) == [*order]
    chat.press(BINH, "Gửi báo cáo")
    (told,) = [each["text"] for each in chat.list_screens(AN) if "Báo cáo tiến độ số" in each["text"]]
    assert sorted(order, key=told.index) == [*order]


def test_what_is_written_unasked_is_answered_with_where_to_go(chat: Chat, mine: int) -> None:
    chat.say(BINH, "Chào bot")
    assert "chưa ghi nhận" in chat.last(BINH)
    assert "📋 Nhiệm vụ của cơ quan" in str(chat.screens[BINH][-1]["keyboard"])


def test_a_document_dated_ahead_is_questioned_not_refused(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "Đã báo cáo tại 123-BC/HU ngày 5/6/2023")
    assert "ngày văn bản 5/6/2023 chưa tới" in chat.last(BINH)
    assert any("Gửi báo cáo" in label for label in chat.labels(BINH))


@pytest.mark.parametrize(
    ("words", "day"),
    [("hôm qua", "15/5/2023"), ("12/5", "12/5/2023"), ("20/12", "20/12/2022"), ("ngày 3/5", "3/5/2023")],
)
def test_a_day_of_arrival_is_read_as_people_write_it(chat: Chat, mine: int, words: str, day: str) -> None:
    chat.press_data(AN, f"ent:{mine}")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, words)
    chat.press(AN, "Bỏ qua")
    assert f"Ngày đến: {day}" in chat.last(AN)


def test_a_day_of_arrival_soon_to_come_is_told_as_such_and_not_taken_for_last_years(
    chat: Chat, mine: int
) -> None:
    chat.press_data(AN, f"ent:{mine}")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, "19/5")
    assert "Ngày đến 19/5/2023 chưa tới" in chat.last(AN)


# --- edits


def test_a_draft_follows_its_edited_messages_in_words_and_in_files(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "", document=file("sai.pdf"), caption="Gửi kế hoach")
    number = last_number(chat)
    edit(chat, number, document=file("dung.pdf"), caption="Gửi kế hoạch")
    assert "dung.pdf" in chat.last(BINH)
    assert "sai.pdf" not in chat.last(BINH)
    assert "Gửi kế hoạch" in chat.last(BINH)
    chat.say(BINH, "", document=file("phu-luc.pdf"))
    edit(chat, last_number(chat), document=file("phu-luc.pdf"), caption="Phụ lục 1")
    assert "Phụ lục 1" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    with small_office.desk.reading() as work:
        sent = select(Attachment.name).where(col(Attachment.report_id).is_not(None)).order_by("name")
        assert work.session.exec(sent).all() == ["dung.pdf", "phu-luc.pdf"]
        assert work.session.exec(select(Report.text)).one() == "Gửi kế hoạch\nPhụ lục 1"


def test_an_edit_of_a_sent_message_while_another_report_is_written_is_told_to_wait(
    chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Phần một.")
    number = last_number(chat)
    chat.press(BINH, "Gửi báo cáo")
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Phần hai.")
    edit(chat, number, text="Phần một, sửa.")
    assert "thuộc báo cáo số 1 đã gửi" in chat.last(BINH)
    chat.press(BINH, "Gửi báo cáo")
    edit(chat, number, text="Phần một, sửa.")
    assert "Phần một, sửa." in chat.last(BINH)
    assert any("Gửi bản sửa" in label for label in chat.labels(BINH))


def test_a_sent_message_that_is_edited_to_the_same_words_changes_nothing_but_another_file_is_told_of(
    chat: Chat, mine: int
) -> None:
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "", document=file("a.pdf"), caption="Kèm báo cáo")
    number = last_number(chat)
    chat.press(BINH, "Gửi báo cáo")
    edit(chat, number, text="Kèm báo cáo")
    assert "Đã gửi" in chat.last(BINH), "a preview of a link is an edit, too"
    edit(chat, number, document=file("b.pdf"), caption="Kèm báo cáo")
    assert "báo cáo số 1 không thay được" in chat.last(BINH)


# --- whose report


def test_nobody_confirms_a_report_one_has_recorded_for_the_own_agency(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    join(small_office.desk, "binh", Role.SECRETARIAT)
    chat.press_data(BINH, f"ent:{mine}")
    chat.say(BINH, "123-BC/HU ngày 5/5/2023")
    chat.press(BINH, "Hôm nay")
    chat.press(BINH, "Bỏ qua")
    chat.press(BINH, "Gửi báo cáo hoàn thành")
    assert "do chính mình" in chat.press_data(BINH, "acc:1")["toast"]
    assert chat.press_data(AN, "acc:1")["toast"] == "Đã thực hiện."


# --- what was reported can be read again


def test_reports_are_read_again_from_the_task_with_the_words_before_a_correction(
    small_office: Setting, chat: Chat, mine: int
) -> None:
    dung = join(small_office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    assert dung
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "Đã làm được nửa.")
    number = last_number(chat)
    chat.press(BINH, "Gửi báo cáo")
    edit(chat, number, text="Đã làm được một nửa.")
    chat.press(BINH, "Gửi bản sửa")
    chat.press_data(BINH, f"view:{mine}")
    chat.press(BINH, "Các báo cáo")
    assert "Số 1: báo cáo tiến độ" in chat.last(BINH)
    chat.press(BINH, "Báo cáo số 1")
    text = chat.last(BINH)
    assert "Đã làm được một nửa." in text
    assert "Bản trước khi sửa" in text
    assert "Đã làm được nửa." in text
    assert not any("Xác nhận hoàn thành" in label for label in chat.labels(BINH))
    for data in ("repv:1", f"reps:{mine}"):
        assert "không thuộc cơ quan" in chat.press_data(CAST["dung"], data)["toast"]


def test_a_reader_of_the_agency_is_offered_no_decision_and_the_secretariat_is(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "Xong.")
    chat.press(BINH, "Gửi báo cáo")
    chat.press_data(BINH, "repv:1")
    assert chat.labels(BINH) == ["🔎 Xem nhiệm vụ"]
    chat.press_data(AN, f"reps:{mine}")
    assert "chờ xác nhận" in chat.last(AN)
    chat.press_data(AN, "repv:1")
    assert any("Xác nhận hoàn thành" in label for label in chat.labels(AN))


def test_an_album_that_is_more_than_fits_is_told_of_once_above_the_draft(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    parts = [chat.say(BINH, "", document=file(f"trang-{n}.pdf"), media_group_id="9") for n in range(1, 13)]
    assert {each["album"] for each in parts} == {"9"}, "of which only the last is sent"
    assert "tối đa 10 tệp" in chat.last(BINH)
    assert "trang-10.pdf" in chat.last(BINH)
    assert "trang-11.pdf" not in chat.last(BINH)
    assert any("Gửi báo cáo" in label for label in chat.labels(BINH))


# --- the way back


def test_the_way_back_from_the_first_question_leads_to_the_task(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    back = chat.press(BINH, "Quay lại")["edit"]
    assert "Sản phẩm: Kế hoạch" in back["text"]
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(DialogueState)).all() == []
    chat.press_data(BINH, f"rep:{mine}:c")
    first = chat.find_button(BINH, "Quay lại")
    chat.say(BINH, "Đã ban hành.")
    assert "không còn dùng được" in chat.press_data(BINH, first)["toast"], "what is written stays"


def test_the_way_back_from_a_draft_takes_out_what_was_sent_last(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "Đã ban hnàh.")
    chat.say(BINH, "", caption="Gửi kèm phụ lục", document=file("phu-luc.pdf"))
    assert "phu-luc.pdf" in chat.last(BINH)
    chat.press(BINH, "Quay lại")
    assert "Đã bỏ: phu-luc.pdf, Gửi kèm phụ lục" in chat.last(BINH)
    assert "Tệp gửi kèm" not in chat.last(BINH)
    assert "Đã ban hnàh." in chat.last(BINH)
    chat.press(BINH, "Quay lại")
    assert "Đề nghị đồng chí nhập nội dung báo cáo" in chat.last(BINH)
    chat.say(BINH, "Đã ban hành.")
    chat.press(BINH, "Gửi báo cáo")
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(Report.text)).one() == "Đã ban hành."
        assert work.session.exec(select(Attachment)).all() == []


def test_the_way_back_leads_from_question_to_question(chat: Chat, mine: int) -> None:
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "Đã ban hành.")
    chat.press(BINH, "Số, ngày văn bản")
    chat.say(BINH, "12-KH/HU ngày 10/5/2023")
    assert "Câu 2/2" in chat.last(BINH)
    chat.press(BINH, "Quay lại")
    assert "Câu 1/2" in chat.last(BINH)
    assert "Đã nhập: 12-KH/HU" in chat.last(BINH)
    chat.press(BINH, "Quay lại")
    assert "Xem lại trước khi gửi" in chat.last(BINH)
    assert "Đã ban hành." in chat.last(BINH)


def test_entering_a_report_goes_back_to_the_task_and_from_the_draft_to_the_last_question(
    chat: Chat, mine: int
) -> None:
    chat.press_data(AN, f"ent:{mine}")
    assert "Sản phẩm: Kế hoạch" in chat.press(AN, "Quay lại")["edit"]["text"]
    chat.press_data(AN, f"ent:{mine}")
    chat.say(AN, "12-BC/HU ngày 10/5/2023")
    chat.press(AN, "Hôm nay")
    chat.say(AN, "đồng chí Bí thư")
    chat.press(AN, "Quay lại")
    assert "Câu 3/3" in chat.last(AN)
    chat.press(AN, "Quay lại")
    chat.press(AN, "Quay lại")
    assert "Câu 1/3" in chat.last(AN)
    assert "‹ Quay lại" not in chat.labels(AN), "nothing that is written is lost by one press"
