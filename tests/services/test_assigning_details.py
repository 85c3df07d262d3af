"""Giving tasks in chat: the message as it will be, the product and the person in charge, and what is taken back."""

import pytest
from sqlmodel import col, select

from db.models import Document, Task
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, list_messages

AN, BINH = CAST["an"], CAST["binh"]
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_name": "thong-bao.pdf", "file_size": 9}


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    return Chat(small_office)


def draft(chat: Chat, words: str = "Báo cáo chuyên đề", agencies: str = "muong te") -> None:
    """A task without a deadline, up to the preview."""
    chat.say(AN, f"/giaoviec {words}")
    chat.say(AN, agencies)
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Không có thời hạn")
    chat.say(AN, "Thông báo số 45-TB/TU ngày 1/4/2023")


def test_a_task_without_a_deadline_reads_the_same_before_and_after_it_is_given(
    small_office: Setting, chat: Chat
) -> None:
    draft(chat)
    assert "Thời hạn: không có" in chat.last(AN)
    assert "chưa ấn định" not in chat.last(AN)
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        assert "Thời hạn: không có" in list_messages(work, kind="assignment")[-1].text


def test_the_product_and_the_person_in_charge_can_be_added_before_sending(
    small_office: Setting, chat: Chat
) -> None:
    draft(chat)
    assert "Chưa rõ: sản phẩm, người phụ trách" in chat.last(AN)
    chat.press(AN, "Sản phẩm")
    chat.say(AN, "Báo cáo của Ban Thường vụ")
    assert "Sản phẩm: Báo cáo của Ban Thường vụ" in chat.last(AN)
    assert "Chưa rõ: người phụ trách" in chat.last(AN)
    chat.press(AN, "Người phụ trách")
    chat.press(AN, "Quay lại")
    chat.press(AN, "Người phụ trách")
    chat.say(AN, "x" * 201)
    assert "201" in chat.last(AN)
    chat.say(AN, "đồng chí Bí thư")
    assert "Chưa rõ" not in chat.last(AN)
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        task = work.session.exec(select(Task).order_by(col(Task.id).desc())).first()
        assert task is not None
        assert (task.product, task.person) == ("Báo cáo của Ban Thường vụ", "đồng chí Bí thư")
        assert "Sản phẩm: Báo cáo của Ban Thường vụ" in list_messages(work, kind="assignment")[-1].text


def test_each_of_several_tasks_has_its_own_product_and_it_can_be_left_out_again(
    small_office: Setting, chat: Chat
) -> None:
    draft(chat)
    chat.press(AN, "Sản phẩm")
    chat.say(AN, "Kế hoạch")
    chat.press(AN, "Thêm nhiệm vụ")
    chat.say(AN, "Việc thứ hai")
    chat.say(AN, "tuyen giao")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Không có thời hạn")
    assert "Sản phẩm: Kế hoạch" in chat.last(AN)
    chat.press(AN, "Sản phẩm")
    chat.say(AN, "Tờ trình")
    chat.press(AN, "✏️ Sản phẩm")
    chat.press(AN, "Bỏ nội dung này")
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        found = work.session.exec(select(Task.product).order_by(col(Task.id).desc()).limit(2)).all()
        assert found == [None, "Kế hoạch"]


def test_a_document_whose_tasks_were_all_taken_back_is_offered_and_counted_nowhere(
    small_office: Setting, chat: Chat
) -> None:
    draft(chat, agencies="muong te, tuyen giao")
    chat.say(AN, "", document=FILE)
    chat.press(AN, "📤 Gửi")
    chat.press(AN, "Thu lại")

    chat.say(AN, "/tonghop")
    assert "45-TB/TU" not in chat.last(AN)
    chat.say(AN, "/giaoviec Việc khác")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Không có thời hạn")
    assert not any("45-TB/TU" in label for label in chat.labels(AN))
    for room in ("setpl:0", "setml:d:0", "setrp:0"):
        chat.press_data(AN, room)
        assert "45-TB/TU" not in chat.last(AN) + " ".join(chat.labels(AN))

    # The right file can still come with it.
    chat.say(AN, "Thông báo số 45-TB/TU ngày 1/4/2023")
    chat.say(AN, "", document={**FILE, "file_name": "ban-dung.pdf"})
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        number = col(Document.number) == "45-TB/TU"
        assert work.session.exec(select(Document.file).where(number)).all() == ["ban-dung.pdf"]


def test_what_was_taken_back_can_be_changed_and_given_again_without_typing_it_anew(
    small_office: Setting, chat: Chat
) -> None:
    draft(chat, words="Báo cáo chuyên đề", agencies="muong te, tuyen giao")
    chat.press(AN, "Sản phẩm")
    chat.say(AN, "Báo cáo")
    chat.press(AN, "✏️ Thời hạn")
    chat.say(AN, "30/6/2023")
    chat.press(AN, "Đúng")
    chat.press(AN, "Thêm nhiệm vụ")
    chat.say(AN, "Việc thứ hai")
    chat.say(AN, "ban dan van")
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "hằng tháng trước ngày 25")
    chat.press(AN, "Đúng")
    chat.say(AN, "", document=FILE)
    before = chat.last(AN)
    chat.press(AN, "📤 Gửi")
    taken = chat.press(AN, "Thu lại")
    chat.press(AN, "Sửa, giao lại")
    assert chat.last(AN) == before
    chat.press(AN, "📤 Gửi")
    with small_office.desk.reading() as work:
        stands = select(Task).where(col(Task.withdrawn_at).is_(None), col(Task.clause).startswith("CHAT"))
        first, second = work.session.exec(stands.order_by(col(Task.id))).all()
        assert (first.title, first.product, str(first.due)) == ("Báo cáo chuyên đề", "Báo cáo", "2023-06-30")
        assert second.recurrence == "FREQ=MONTHLY;BYMONTHDAY=25"
        assert work.session.exec(select(Document.file).where(col(Document.number) == "45-TB/TU")).one()
    again = next(
        each["data"] for row in taken["edit"]["keyboard"] for each in row if "giao lại" in each["text"]
    )
    chat.press_data(AN, again)
    assert any("📤 Gửi" in label for label in chat.labels(AN)), "twice if wanted, each time with a preview"


def test_a_document_without_a_date_leaves_the_deadline_open_and_not_the_person_stuck(chat: Chat) -> None:
    chat.say(AN, "/giaoviec Rà soát hợp tác xã")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, "trong 10 ngày kể từ ngày ký")
    chat.say(AN, "Ý kiến của Thường trực")
    assert "không ghi ngày ban hành" in chat.last(AN)
    chat.say(AN, "30/6/2023")
    assert "30/6/2023" in chat.last(AN)
    chat.press(AN, "Quay lại")
    chat.say(AN, "trong 10 ngày kể từ ngày ký")
    assert "không ghi ngày ban hành" in chat.last(AN)


def test_what_counts_from_a_document_without_a_date_can_be_counted_from_today(chat: Chat) -> None:
    chat.say(AN, "/giaoviec Rà soát hợp tác xã")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, "trong 10 ngày kể từ ngày ký")
    chat.say(AN, "Ý kiến của Thường trực")
    chat.press(AN, "Tính từ hôm nay: 26/5/2023")
    chat.press(AN, "Đúng, tiếp tục")
    assert "Văn bản: Ý kiến của Thường trực" in chat.last(AN)
    assert "26/5/2023" in chat.last(AN)


def test_the_command_below_a_file_begins_with_the_file_which_is_shown_all_along(chat: Chat) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "thong bao.pdf", "file_size": 9}
    chat.say(AN, caption="/giaoviec Rà soát hợp tác xã", document=file)
    assert "Rà soát hợp tác xã" in chat.last(AN)
    assert "📎 Tệp văn bản: thong bao.pdf" in chat.last(AN)
    chat.say(AN, "/huy")
    chat.say(AN, caption="/tonghop", document=file)
    assert "gửi lệnh trước, rồi gửi tệp" in chat.last(AN)


def test_what_was_not_taken_back_is_not_drafted_again(chat: Chat) -> None:
    draft(chat, agencies="muong te, tuyen giao")
    sent = chat.press(AN, "📤 Gửi")
    number = sent["edit"]["keyboard"][0][0]["data"].split(":")[1]
    assert chat.press_data(AN, f"asr:{number}")["alert"]
