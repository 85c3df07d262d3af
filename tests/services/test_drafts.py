"""What a person has begun to write is never lost, says where one is, and can be gone back in."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.tasks import reports, transfers
from bot.services.tasks.reports import Draft
from db.models import Assignment, Attachment, DialogueState, Extension, Report, Transfer
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join

AN, BINH = CAST["an"], CAST["binh"]
PDF = {"document": {"file_id": "f1", "file_unique_id": "u1", "file_name": "bao-cao.pdf", "file_size": 9}}


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    return Chat(small_office)


def find_id(office: Setting, clause: str = "IV.2.b") -> int:
    with office.desk.reading() as work:
        return find_assignment(work, clause, "hu-muong-te").id


def find_draft(office: Setting, name: str) -> dict[str, Any]:
    with office.desk.reading() as work:
        found = work.session.exec(select(DialogueState).where(col(DialogueState.name) == name)).one()
        return dict(found.data)


def report_completion(office: Setting) -> int:
    with office.desk.work() as work:
        report = reports.submit(work, office.binh, find_id(office), Draft("completion", "Xong."))
        return report.id


# --- another thing begun


def test_a_number_and_a_day_typed_for_an_agency_are_not_lost_when_another_button_is_pressed(
    small_office: Setting, chat: Chat
) -> None:
    one = find_id(small_office)
    chat.press_data(AN, f"ent:{one}")
    chat.say(AN, "123-BC/HU ngày 5/5/2023")

    answers = chat.press_data(AN, f"steer:{one}:suspend")

    assert answers["alert"]
    assert "đang soạn" in answers["toast"]
    assert "Văn bản đến" in answers["send"]["text"], "the draft is shown again"
    assert find_draft(small_office, "report")["fields"]["document_number"] == "123-BC/HU"


def test_a_draft_that_is_in_the_way_is_shown_below_the_sentence_that_says_so(
    small_office: Setting, chat: Chat
) -> None:
    chat.press_data(BINH, f"rep:{find_id(small_office)}:c")
    chat.say(BINH, "Đã làm xong phần một.")

    chat.press_data(BINH, f"ext:{find_id(small_office, 'IV.2.a')}")

    assert "Đã làm xong phần một." in chat.last(BINH)
    assert any("Gửi báo cáo" in label for label in chat.labels(BINH))
    chat.press(BINH, "Gửi báo cáo")
    with small_office.desk.reading() as work:
        assert work.session.exec(select(Report.text)).one() == "Đã làm xong phần một."


def test_a_draft_that_somebody_else_has_decided_meanwhile_can_be_dropped_where_it_is_in_the_way(
    small_office: Setting, chat: Chat
) -> None:
    CAST.setdefault("bao", 102)
    bao = join(small_office.desk, "bao", Role.SECRETARIAT)
    number = report_completion(small_office)
    chat.press_data(AN, f"ret:{number}")
    chat.say(AN, "Thiếu số liệu.")
    with small_office.desk.work() as work:
        reports.accept(work, bao, number)

    chat.press_data(AN, f"steer:{find_id(small_office, 'IV.2.a')}:suspend")

    assert "Bao" in chat.last(AN)
    chat.press(AN, "Hủy")
    chat.press_data(AN, f"steer:{find_id(small_office, 'IV.2.a')}:suspend")
    assert "lý do" in chat.last(AN)


def test_files_of_a_draft_that_is_dropped_are_kept_by_nobody(small_office: Setting, chat: Chat) -> None:
    chat.press_data(BINH, f"rep:{find_id(small_office)}:p")
    chat.say(BINH, "", **PDF)  # type: ignore[arg-type]
    chat.say(BINH, "/huy")
    chat.say(AN, "/giaoviec Việc mới")
    chat.say(AN, "", **PDF)  # type: ignore[arg-type]
    chat.press(AN, "Hủy, không gửi")
    with small_office.desk.reading() as work:
        assert work.session.exec(select(Attachment.id)).all() == []


def test_what_is_cancelled_says_the_way_back(small_office: Setting, chat: Chat) -> None:
    one = find_id(small_office)
    chat.press_data(BINH, f"rep:{one}:p")
    chat.say(BINH, "Đang làm.")
    chat.press(BINH, "Hủy, không gửi")
    assert chat.find_button(BINH, "Xem nhiệm vụ") == f"view:{one}"


# --- going back


def test_an_extension_can_be_gone_back_in_to_its_day(small_office: Setting, chat: Chat) -> None:
    chat.press_data(BINH, f"ext:{find_id(small_office)}")
    assert not any("Quay lại" in label for label in chat.labels(BINH)), "nothing is answered yet"
    chat.say(BINH, "15/6/2023")
    chat.say(BINH, "Chờ số liệu.")
    chat.press(BINH, "Quay lại")
    assert "nhập lý do" in chat.last(BINH)
    chat.press(BINH, "Quay lại")
    assert "thời hạn đề nghị" in chat.last(BINH)
    chat.say(BINH, "20/6/2023")
    chat.say(BINH, "Chờ số liệu.")
    chat.press(BINH, "Gửi đề nghị")
    with small_office.desk.reading() as work:
        asked = work.session.exec(select(Extension)).one()
        assert (asked.wanted_due.day, asked.wanted_text) == (20, "20/6/2023")


def test_what_was_typed_when_a_report_is_recorded_can_be_changed_before_it_is_sent(
    small_office: Setting, chat: Chat
) -> None:
    chat.press_data(AN, f"ent:{find_id(small_office)}")
    chat.say(AN, "12-BC/HU ngày 10/5/2023")
    chat.press(AN, "Hôm nay")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Số, ngày, ngày đến, người ký")
    assert "Ghi nhận báo cáo thay" in chat.last(AN)
    assert "Đã nhập: 12-BC/HU" in chat.last(AN)
    chat.say(AN, "21-BC/HU ngày 10/5/2023")
    chat.press(AN, "Xem lại")
    assert "21-BC/HU" in chat.last(AN)
    chat.press(AN, "Gửi báo cáo hoàn thành")
    assert "Đã ghi nhận báo cáo hoàn thành thay cơ quan" in chat.last(AN)


def test_a_refusal_to_move_a_task_can_be_gone_back_in(small_office: Setting, chat: Chat) -> None:
    with small_office.desk.work() as work:
        asked = transfers.request(work, small_office.binh, find_id(small_office), None, "Không thuộc").id
    chat.press_data(AN, f"trfr:{asked}")
    chat.say(AN, "Vẫn giao")
    chat.press(AN, "Quay lại")
    assert "nhập lý do" in chat.last(AN)


def test_a_button_to_go_back_with_nothing_answered_is_refused(small_office: Setting, chat: Chat) -> None:
    chat.press_data(BINH, f"ext:{find_id(small_office)}")
    back = chat.find_button(BINH, "Hủy").replace("cancel", "back")
    assert chat.press_data(BINH, back)["alert"]


def test_a_cover_can_be_gone_back_in(small_office: Setting, chat: Chat) -> None:
    join(small_office.desk, "hoa", Role.HEAD, "hu-muong-te")
    with small_office.desk.reading() as work:
        agency = find_agency(work, "hu-muong-te")
    chat.press_data(CAST["hoa"], f"covn:{agency}")
    chat.press(CAST["hoa"], "Binh")
    chat.press(CAST["hoa"], "Quay lại")
    assert "người vắng mặt" in chat.last(CAST["hoa"])
    forged = chat.find_button(CAST["hoa"], "Binh").rpartition(":")[0] + ":999"
    assert chat.press_data(CAST["hoa"], forged)["alert"]


def test_an_album_that_answers_nothing_is_refused_once_not_once_a_file(chat: Chat) -> None:
    parts = [chat.say(BINH, "", media_group_id="77", **PDF) for _ in range(3)]  # type: ignore[arg-type]
    assert {each["album"] for each in parts} == {"77"}, "of which only the last is sent"
    assert "chưa ghi nhận" in parts[0]["send"]["text"]


# --- words where only words help


@pytest.mark.parametrize("step", ["reason", "date"])
def test_a_file_sent_where_only_words_are_taken_is_not_passed_over_in_silence(
    small_office: Setting, chat: Chat, step: str
) -> None:
    chat.press_data(BINH, f"ext:{find_id(small_office)}")
    if step == "reason":
        chat.say(BINH, "15/6/2023")
    chat.say(BINH, "", caption="15/7/2023", **PDF)  # type: ignore[arg-type]
    assert "bao-cao.pdf" in chat.last(BINH)
    assert "chưa được ghi nhận" in chat.last(BINH)
    assert ("date" in find_draft(small_office, "extension")) == (step == "reason")


def test_words_of_secrecy_are_refused_when_they_are_typed_not_when_they_are_sent(
    small_office: Setting, chat: Chat
) -> None:
    chat.press_data(BINH, f"ext:{find_id(small_office)}")
    chat.say(BINH, "15/6/2023")
    chat.say(BINH, "Độ mật: Tối mật")
    assert "dấu chỉ độ mật" in chat.last(BINH)
    assert "reason" not in find_draft(small_office, "extension")


# --- the secretariat


def test_going_on_with_a_suspended_task_needs_no_reason(small_office: Setting, chat: Chat) -> None:
    one = find_id(small_office)
    chat.press_data(AN, f"steer:{one}:suspend")
    chat.say(AN, "Chờ ý kiến.")
    chat.press(AN, "Gửi")
    chat.press_data(AN, f"steer:{one}:resume")
    chat.press(AN, "Gửi")
    with small_office.desk.reading() as work:
        assert work.session.get_one(Assignment, one).status == "not_started"


def test_moving_a_task_to_an_agency_nobody_has_named_is_shown_before_it_is_done(
    small_office: Setting, chat: Chat
) -> None:
    one = find_id(small_office)
    with small_office.desk.work() as work:
        asked = transfers.request(work, small_office.binh, one, None, "Việc của Ban Dân vận.").id
    chat.press_data(AN, f"trfa:{asked}")
    sends = chat.find_button(AN, "Hủy").replace("cancel", "send")
    assert chat.press_data(AN, sends)["alert"], "no agency is chosen yet"
    assert not any("Quay lại" in label for label in chat.labels(AN))
    chat.say(AN, "tuyen giao")
    chat.press(AN, "Ban Tuyên giáo")
    chat.press(AN, "Quay lại")
    chat.say(AN, "dan van")
    chat.press(AN, "Ban Dân vận")
    with small_office.desk.reading() as work:
        assert work.session.get_one(Transfer, asked).state == "pending"
    assert "Việc của Ban Dân vận." in chat.last(AN)
    chat.press(AN, "Gửi")
    with small_office.desk.reading() as work:
        assert work.session.get_one(Transfer, asked).state == "agreed"


def test_the_day_to_complete_by_is_shown_and_can_be_another(small_office: Setting, chat: Chat) -> None:
    number = report_completion(small_office)
    small_office.at("2023-06-07T09:00")  # the deadline, 31 May, has passed while the report waited
    chat.press_data(AN, f"ret:{number}")
    chat.say(AN, "Thiếu số liệu.")
    assert "12/6/2023" in chat.last(AN), "three working days from Wednesday 7 June"
    chat.press(AN, "5 ngày")
    assert "14/6/2023" in chat.last(AN)
    chat.press(AN, "Gửi")
    with small_office.desk.reading() as work:
        row = work.session.get_one(Assignment, find_id(small_office))
        assert row.complete_by is not None
        assert row.complete_by.isoformat() == "2023-06-14"
