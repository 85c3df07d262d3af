"""Giving tasks in chat: asked step by step, looked at, sent, taken back; a file loaded later touches none of it."""

import asyncio
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.attachments import Fetcher, attachment_path
from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.loading.loads import load_document, make_reader
from bot.services.standing.agency_search import read_names
from bot.services.standing.open_deadlines import count_open
from bot.services.tasks import assigning
from bot.services.tasks.assignment_drafts import NewTask, Source, read_source
from bot.services.typed_deadlines import NO_DEADLINE, Choice
from db.models import (
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Assignment,
    Document,
    Event,
    Notice,
    OutboxMessage,
    Task,
)
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join
from tests.services.small_office import SMALL, open_small_office

AN, BINH, DUNG = CAST["an"], CAST["binh"], CAST["dung"]
WORDS = "Báo cáo tình hình phòng, chống cháy rừng"
ON_30_JUNE = Choice("date", date(2023, 6, 30), None, "day")


@pytest.fixture
def chat(small_office: Setting) -> Chat:
    """On SQLite; Dung is of Ban Tuyên giáo."""
    join(small_office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    small_office.send_all()
    return Chat(small_office)


def given_tasks(office: Setting) -> list[Task]:
    with office.desk.reading() as work:
        query = select(Task).where(col(Task.clause).startswith("CHAT-")).order_by(col(Task.id))
        return list(work.session.exec(query))


def given_rows(office: Setting, task: Task) -> dict[str, Assignment]:
    with office.desk.reading() as work:
        query = select(Agency.key, Assignment).join(Assignment, col(Assignment.agency_id) == col(Agency.id))
        return dict(work.session.exec(query.where(col(Assignment.task_id) == task.id)).all())


def to_preview(chat: Chat, lead: str = "muong te", deadline: str = "trước ngày 30/6/2023") -> None:
    chat.say(AN, "/giaoviec")
    chat.say(AN, WORDS)
    chat.say(AN, lead)
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, deadline)
    chat.press(AN, "Đúng, tiếp tục")
    chat.say(AN, "Thông báo số 45-TB/TU ngày 10/5/2023")


def test_a_task_is_given_step_by_step_and_the_agency_is_told(chat: Chat) -> None:
    chat.say(AN, "/assign")
    assert "Đề nghị nhập nội dung" in chat.last(AN)
    chat.say(AN, WORDS)
    assert "Cơ quan chủ trì" in chat.last(AN)
    chat.say(AN, "muong te")
    assert "Đã chọn <b>1</b>: Huyện ủy Mường Tè" in chat.last(AN)
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "Ban Tuyên giáo Tỉnh ủy, Huyện ủy Mường Tè")
    assert "Không thêm cơ quan đã chủ trì: Huyện ủy Mường Tè" in chat.last(AN)
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "trước ngày 30/6/2023")
    assert "<b>Ngày 30/6/2023</b>, là hạn của 2 cơ quan" in chat.last(AN)
    assert "có đúng không" in chat.last(AN)
    chat.press(AN, "Đúng, tiếp tục")
    chat.say(AN, "Thông báo số 45-TB/TU ngày 10/5/2023")
    preview = chat.last(AN)
    assert "1 nhiệm vụ, 2 cơ quan" in preview
    assert "Chủ trì (1): Huyện ủy Mường Tè" in preview
    assert "Phối hợp (1): Ban Tuyên giáo Tỉnh ủy" in preview
    assert "1 phút để thu lại" in preview
    quoted = preview[preview.index("<blockquote>") + len("<blockquote>") : preview.index("</blockquote>")]
    assert given_tasks(chat.office) == []
    chat.press(AN, "Gửi")
    assert "sau 1 phút" in chat.last(AN)
    (task,) = given_tasks(chat.office)
    assert (task.title, task.due, task.clause_label) == (WORDS, date(2023, 6, 30), "Thông báo số 45-TB/TU")
    rows = given_rows(chat.office, task)
    assert {key: row.role for key, row in rows.items()} == {
        "hu-muong-te": "lead",
        "ban-tuyen-giao": "coordinating",
    }
    assert all(row.next_reminder_at for row in rows.values() if row.role == "lead")
    chat.office.desk.clock.move(chat.office.desk.clock.now() + timedelta(minutes=2))
    assert (BINH, quoted) in chat.office.send_all()
    with chat.office.desk.reading() as work:
        document = work.session.get_one(Document, task.document_id)
        assert (document.title, document.number, document.issued_on) == (
            "Thông báo",
            "45-TB/TU",
            date(2023, 5, 10),
        )
        actions = {
            event.action: event.actor_id
            for event in work.session.exec(select(Event).where(col(Event.document_id) == document.id))
        }
        assert actions == {"given": chat.office.an.member_id, "assigned": chat.office.an.member_id}
        assert count_open(work) == (0, 0)


def test_what_goes_to_one_agency_goes_at_once(chat: Chat) -> None:
    to_preview(chat)
    assert "1 phút" not in chat.last(AN)
    chat.press(AN, "Gửi")
    assert "Đã giao 1 nhiệm vụ cho 1 cơ quan" in chat.last(AN)
    assert WORDS in chat.list_screens(BINH)[-1]["text"]


def test_what_one_agency_was_told_at_once_is_taken_back_within_the_minute(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "Gửi")
    assert WORDS in chat.list_screens(BINH)[-1]["text"]
    data = chat.find_button(AN, "Thu lại")
    assert "không có quyền" in chat.press_data(BINH, data)["toast"]
    chat.press_data(AN, data)
    assert "1 tin đã gửi trước đó; nơi đã nhận được báo là thôi giao" in chat.last(AN)
    assert "Thôi giao nhiệm vụ" in chat.list_screens(BINH)[-1]["text"]
    assert chat.press_data(AN, data)["toast"]
    chat.press(AN, "Sửa, giao lại")
    assert WORDS in chat.last(AN)


def test_one_agency_that_has_not_heard_yet_never_does(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "Gửi")
    chat.press_data(AN, f"asx:{given_event(chat)}")
    assert "Chưa cơ quan nào nhận được tin" in chat.last(AN)
    assert not any(WORDS in each["text"] for each in chat.list_screens(BINH))


def test_after_the_minute_a_task_of_one_agency_is_withdrawn_with_a_reason_instead(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "Gửi")
    chat.office.at("2023-05-16 09:02")
    assert "Đã quá 1 phút" in chat.press(AN, "Thu lại")["toast"]


def given_event(chat: Chat) -> int:
    with chat.office.desk.reading() as work:
        return work.session.exec(select(Event.id).where(col(Event.action) == "given")).one()


def test_names_that_are_not_clear_are_chosen_from_and_can_be_left_out_again(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        group = AgencyGroup(key="ban-dang", name="các ban đảng")
        work.session.add(group)
        work.session.flush()
        for key in ("ban-tuyen-giao", "ban-dan-van"):
            work.session.add(AgencyGroupMember(group_id=group.id, agency_id=find_agency(work, key)))
    chat.say(AN, f"/giaoviec {WORDS}")
    assert "👥 các ban đảng (2)" in chat.labels(AN)
    chat.say(AN, "tinh uy; khong co dau; muong te")
    assert "Đã chọn <b>1</b>: Huyện ủy Mường Tè" in chat.last(AN)
    assert "Không tìm thấy: khong co dau" in chat.last(AN)
    assert "“tinh uy” có thể là" in chat.last(AN)
    chat.press(AN, "Ban Dân vận Tỉnh ủy")
    assert "Huyện ủy Mường Tè, Ban Dân vận Tỉnh ủy" in chat.last(AN)
    chat.say(AN, "cac ban dang")
    assert "Đã chọn <b>3</b>" in chat.last(AN)
    chat.press(AN, "Bỏ bớt")
    chat.press(AN, "➖ Ban Dân vận")
    assert "Đã chọn <b>2</b>: Huyện ủy Mường Tè, Ban Tuyên giáo Tỉnh ủy" in chat.last(AN)
    chat.press(AN, "➖ Huyện ủy Mường Tè")
    chat.press(AN, "➖ Ban Tuyên giáo")
    assert "đã chọn" not in chat.last(AN).lower()
    forged = chat.find_button(AN, "👥 các ban đảng").replace(":group:", ":agency:99")
    assert "Không có cơ quan" in chat.press_data(AN, forged)["toast"]
    chat.press(AN, "👥 các ban đảng")
    assert "Đã chọn <b>2</b>" in chat.last(AN)


def test_two_agencies_in_one_breath_and_one_whose_name_holds_and(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        work.session.add(Agency(key="du-khoi", name="Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"))
        work.session.flush()
        ids = {each.key: each.id for each in work.session.exec(select(Agency))}
        both = read_names(work, "mường tè và ban dan van")
        assert both.certain == [ids["hu-muong-te"], ids["ban-dan-van"]]
        assert read_names(work, "khối các cơ quan và doanh nghiệp").certain == [ids["du-khoi"]]
        assert read_names(work, " , ; \n").certain == []


def test_a_deadline_counted_from_the_document_waits_for_it(chat: Chat) -> None:
    chat.say(AN, f"/giaoviec {WORDS}")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, "trong vòng 10 ngày kể từ ngày ký")
    assert "tính từ ngày ban hành, nên cần biết văn bản trước" in chat.last(AN)
    chat.say(AN, "Thông báo số 45-TB/TU ngày 10/5/2023")
    assert "<b>Ngày 20/5/2023</b>" in chat.last(AN)
    chat.press(AN, "Đúng, tiếp tục")
    chat.press(AN, "Gửi")
    (task,) = given_tasks(chat.office)
    assert (task.due, task.deadline_text) == (date(2023, 5, 20), "trong vòng 10 ngày kể từ ngày ký")


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("ngày 31/6/2023", "không dùng làm thời hạn được"),
        ("khi nào xong thì báo", "Chưa xác định được thời hạn"),
        ("định kỳ", "chưa nêu bao lâu một lần"),
    ],
)
def test_what_cannot_be_a_deadline_is_refused_and_the_draft_stays(chat: Chat, phrase: str, said: str) -> None:
    to_preview(chat)
    chat.press(AN, "✏️ Thời hạn")
    chat.say(AN, phrase)
    assert said in chat.last(AN)
    chat.press(AN, "Quay lại")
    assert "Xem lại trước khi giao" in chat.last(AN)


def test_words_with_two_meanings_are_chosen_from_and_then_read_back(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "✏️ Thời hạn")
    chat.say(AN, "tháng 6 hoặc tháng 7/2023")
    chat.press(AN, "Áp dụng: 31/7/2023")
    assert "<b>Ngày 31/7/2023</b>" in chat.last(AN)
    chat.press(AN, "Đúng, tiếp tục")
    assert "31/7/2023" in chat.last(AN)
    chat.press(AN, "✏️ Thời hạn")
    chat.say(AN, "trước ngày 30 tháng 12")
    chat.press(AN, "hằng năm")
    chat.press(AN, "Đúng, tiếp tục")
    chat.press(AN, "Gửi")
    (task,) = given_tasks(chat.office)
    assert (task.recurrence, task.next_period_on) == (
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30",
        date(2023, 12, 31),
    )
    assert given_rows(chat.office, task)["hu-muong-te"].period == "2023"


def test_a_deadline_that_has_passed_is_warned_of_and_none_is_allowed(chat: Chat) -> None:
    chat.say(AN, f"/giaoviec {WORDS}")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.say(AN, "12/5/2023")
    assert "đã qua" in chat.last(AN)
    chat.press(AN, "Quay lại")
    chat.press(AN, "Không có thời hạn")
    chat.press(AN, "Không có văn bản")
    assert "\nKhông có thời hạn" in chat.last(AN)
    chat.press(AN, "Gửi")
    (task,) = given_tasks(chat.office)
    assert (task.deadline_kind, task.due, task.clause_label) == ("none", None, "Giao nhiệm vụ ngày 16/5/2023")
    with chat.office.desk.reading() as work:
        assert count_open(work) == (0, 0)


def test_several_tasks_of_one_notice_are_one_message_to_an_agency(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "Thêm nhiệm vụ cùng văn bản")
    chat.press(AN, "Quay lại")
    chat.press(AN, "Thêm nhiệm vụ cùng văn bản")
    chat.say(AN, "Tuyên truyền phòng, chống cháy rừng")
    chat.say(AN, "tuyen giao")
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.say(AN, "thường xuyên")
    chat.press(AN, "Đúng, tiếp tục")
    preview = chat.last(AN)
    assert "2 nhiệm vụ, 2 cơ quan" in preview
    quoted = preview[preview.index("<blockquote>") + len("<blockquote>") : preview.index("</blockquote>")]
    chat.press(AN, "Gửi")
    labels = [task.clause_label for task in given_tasks(chat.office)]
    assert labels == ["Thông báo số 45-TB/TU", "Thông báo số 45-TB/TU, nhiệm vụ 2"]
    chat.office.desk.clock.move(chat.office.desk.clock.now() + timedelta(minutes=2))
    sent = chat.office.send_all()
    assert [text for who, text in sent if who == BINH] == [quoted]
    assert sorted(who for who, _ in sent) == [BINH, DUNG]


def test_one_of_several_tasks_can_be_removed_and_ten_are_the_most(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        for agency in work.session.exec(select(Agency)):
            agency.name += " và cơ quan có tên rất dài" * 4
    to_preview(chat, lead="muong te, tuyen giao, dan van")
    for n in range(2, assigning.MOST_TASKS + 1):
        chat.press(AN, "Thêm nhiệm vụ cùng văn bản")
        chat.say(AN, f"Việc thứ {n} " + "rất dài " * 60)
        chat.say(AN, "muong te, tuyen giao, dan van")
        chat.press(AN, "Tiếp tục")
        chat.press(AN, "Bỏ qua")
        chat.press(AN, "Không có thời hạn")
        assert len(chat.last(AN)) <= 4096
    assert "từ 1 đến 10" in chat.press(AN, "Thêm nhiệm vụ cùng văn bản")["toast"]
    chat.press(AN, "Bỏ nhiệm vụ 10")
    assert "9 nhiệm vụ" in chat.last(AN)
    chat.press(AN, "Bỏ nhiệm vụ 1")
    chat.press(AN, "Gửi")
    assert [task.title.split()[2] for task in given_tasks(chat.office)] == [*"23456789"]


def test_within_the_minute_all_is_taken_back_and_nothing_was_said(chat: Chat) -> None:
    to_preview(chat, lead="muong te, tuyen giao, ban dan van")
    assert "Chưa có người nhận tin" in chat.last(AN)
    chat.press(AN, "Gửi")
    chat.press(AN, "Thu lại")
    assert "Chưa cơ quan nào nhận được tin" in chat.last(AN)
    (task,) = given_tasks(chat.office)
    assert task.withdrawn_at is not None
    assert {row.status for row in given_rows(chat.office, task).values()} == {"withdrawn"}
    assert {row.next_reminder_at for row in given_rows(chat.office, task).values()} == {None}
    chat.office.desk.clock.move(chat.office.desk.clock.now() + timedelta(minutes=5))
    chat.office.tick()
    assert chat.office.send_all() == []
    assert chat.press_data(AN, chat.find_button(AN, "Thu lại"))["alert"]
    for forged in ("asx:1", "asx:999999", "asx:x"):
        assert chat.press_data(AN, forged)["alert"]


def test_whoever_was_told_before_it_was_taken_back_is_told_so(chat: Chat) -> None:
    to_preview(chat, lead="muong te, tuyen giao")
    chat.press(AN, "Gửi")
    with chat.office.desk.work() as work:
        mine = work.session.exec(
            select(OutboxMessage).where(col(OutboxMessage.batch).is_not(None)).order_by(col(OutboxMessage.id))
        ).all()
        mine[0].status, mine[0].sent_at, mine[0].message_id = "sent", work.now, 77
    chat.press(AN, "Thu lại")
    assert "1 tin đã gửi trước đó" in chat.last(AN)
    with chat.office.desk.reading() as work:
        told = work.session.exec(select(Notice).where(col(Notice.kind) == "withdrawn")).all()
        assert len(told) == 1
    chat.office.desk.clock.move(chat.office.desk.clock.now() + timedelta(minutes=5))
    assert chat.press_data(AN, chat.find_button(AN, "Thu lại"))["alert"]


def test_after_the_minute_it_is_too_late(chat: Chat) -> None:
    to_preview(chat, lead="muong te, tuyen giao")
    chat.press(AN, "Gửi")
    button = chat.find_button(AN, "Thu lại")
    chat.office.desk.clock.move(chat.office.desk.clock.now() + timedelta(minutes=2))
    chat.office.send_all()
    assert "Đã quá 1 phút" in chat.press_data(AN, button)["toast"]
    (task,) = given_tasks(chat.office)
    assert task.withdrawn_at is None


def test_words_of_a_forwarded_message_and_of_one_replied_to_are_the_task(chat: Chat) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Chánh Văn phòng", "date": 1_682_300_000}
    chat.say(AN, WORDS, forward_origin=origin)
    assert WORDS in chat.last(AN)
    assert "Cơ quan chủ trì" in chat.last(AN)
    chat.press(AN, "Hủy, không gửi")
    replied = {
        "message_id": 5,
        "date": 1_682_300_000,
        "chat": {"id": AN, "type": "private"},
        "text": "Kiểm tra hồ chứa",
    }
    chat.say(AN, "/giaoviec", reply_to_message=replied)
    assert "Kiểm tra hồ chứa" in chat.last(AN)
    assert "Cơ quan chủ trì" in chat.last(AN)
    chat.say(BINH, WORDS, forward_origin=origin)
    assert "chưa rõ" in chat.last(BINH)


def test_secret_words_are_refused_wherever_they_stand(chat: Chat) -> None:
    assert "độ mật" in str(chat.say(AN, "/giaoviec Kế hoạch diễn tập (Mật)"))
    chat.say(AN, "/giaoviec")
    chat.say(AN, "TỐI MẬT\nKế hoạch diễn tập")
    assert "độ mật" in chat.last(AN)
    named = {"file_id": "F", "file_unique_id": "U", "file_name": "TUYET_MAT.docx", "file_size": 9}
    chat.say(AN, "", document=named, caption="Kế hoạch")
    assert "độ mật" in chat.last(AN)
    chat.say(AN, "", document={**named, "file_name": "ke-hoach.docx"}, caption="Kế hoạch (Mật)")
    assert "độ mật" in chat.last(AN)
    chat.press(AN, "Hủy, không gửi")
    to_preview(chat)
    chat.press(AN, "✏️ Văn bản")
    chat.say(AN, "Kế hoạch (Tối mật)")
    assert "độ mật" in chat.last(AN)
    assert given_tasks(chat.office) == []
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"rep:{mine}:p")
    chat.say(BINH, "", document=named)
    assert "độ mật" in chat.last(BINH)


def test_the_document_itself_comes_as_a_file_and_is_kept(chat: Chat, tmp_path: Path) -> None:
    sent = {"file_id": "F", "file_unique_id": "U", "file_name": "45-TB.docx", "file_size": 9}
    chat.say(AN, "/giaoviec")
    chat.say(AN, "", document=sent, caption=WORDS)
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Không có thời hạn")
    chat.say(AN, "", document={**sent, "file_size": 21 * 1024 * 1024})
    assert "lớn hơn 20 MB" in chat.last(AN)
    chat.press(AN, "Không có văn bản")
    assert "Tệp văn bản: 45-TB.docx" in chat.last(AN)
    chat.press(AN, "Bỏ tệp")
    assert "Tệp văn bản" not in chat.last(AN)
    chat.say(AN, "", document={**sent, "file_name": "TB 45.docx"}, caption="bản chính")
    chat.press(AN, "Gửi")
    (task,) = given_tasks(chat.office)
    database = chat.office.desk.database
    fetcher = Fetcher(database, Files(b"document"), tmp_path)  # type: ignore[arg-type]
    for each in fetcher._list_wanted():
        asyncio.run(fetcher._fetch(*each))
    with chat.office.desk.reading() as work:
        document = work.session.get_one(Document, task.document_id)
        assert document.file == "TB 45.docx"
        assert document.file_sha256 == hashlib.sha256(b"document").hexdigest()
        assert attachment_path(tmp_path, document.file_sha256).read_bytes() == b"document"
    chat.say(AN, "/giaoviec Việc nữa")
    chat.say(AN, "", document=sent)
    chat.say(AN, "muong te")
    chat.press(AN, "Tiếp tục")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Không có thời hạn")
    assert "đã có tệp" in chat.press(AN, "Giao nhiệm vụ ngày 16/5/2023")["toast"]


class Files:
    """Where files come from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def download(self, _file_id: str) -> bytes:
        return self._content


def test_a_draft_is_not_lost_by_another_command_nor_by_beginning_again(chat: Chat) -> None:
    to_preview(chat)
    stale = chat.find_button(AN, "Gửi")
    chat.say(AN, "/giaoviec")
    assert "Xem lại trước khi giao" in chat.last(AN)
    chat.say(AN, "gì đó")
    assert "Đề nghị bấm “Gửi”" in chat.last(AN)
    chat.say(AN, "/giaoviec Việc khác")
    assert "đang soạn “Giao nhiệm vụ”" in chat.last(AN)
    chat.say(AN, "/huy")
    assert "đã hủy" in chat.press_data(AN, stale)["toast"]
    assert given_tasks(chat.office) == []


def test_only_the_secretariat_assigns(chat: Chat) -> None:
    for text in ("/giaoviec", f"/giaoviec {WORDS}"):
        assert "không có quyền" in str(chat.say(BINH, text))
    for data in ("asn", "asx:1"):
        assert "không có quyền" in chat.press_data(BINH, data)["toast"]


def test_a_source_in_a_wrong_form_is_questioned_and_a_known_one_is_used_again(chat: Chat) -> None:
    to_preview(chat)
    chat.press(AN, "✏️ Văn bản")
    chat.say(AN, "Nghị quyết 20/NQ-TW ngày 16/6/2022")
    assert "có phải là “20-NQ/TW”" in chat.last(AN)
    chat.press(AN, "✏️ Văn bản")
    chat.say(AN, "45-TB/TU ngày 10/5/2023")
    assert "có phải là" not in chat.last(AN)
    chat.press(AN, "Gửi")
    to_preview(chat)
    chat.press(AN, "Gửi")
    first, second = given_tasks(chat.office)
    assert first.document_id == second.document_id
    assert second.clause_label == "Thông báo số 45-TB/TU, nhiệm vụ 2"
    with chat.office.desk.reading() as work:
        assert read_source(work, chat.office.an, "Kết luận của đồng chí Bí thư") == (
            Source(title="Kết luận của đồng chí Bí thư"),
            None,
        )


# --- on both databases


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_small_office(desk)


def new_task(office: Setting, *keys: str, **values: Any) -> NewTask:
    with office.desk.reading() as work:
        ids = tuple(find_agency(work, key) for key in keys)
    given: dict[str, Any] = {"words": WORDS, "lead": ids, "coordinating": (), "choice": ON_30_JUNE}
    return NewTask(**{**given, **values})


def load_again(office: Setting, **changes: Any) -> None:
    values = json.loads(json.dumps(SMALL))
    values["tasks"][0] |= changes
    with office.desk.work() as work:
        load_document(work, read_file(json.dumps(values).encode(), make_reader(work)))


def test_a_file_loaded_later_does_not_touch_what_was_given_in_chat(office: Setting) -> None:
    with office.desk.work() as work:
        source = Source(work.session.exec(select(Document.id)).one())
        tasks = [new_task(office, "hu-muong-te"), new_task(office, "ban-dan-van", choice=NO_DEADLINE)]
        given = assigning.assign(work, office.an, source, tasks)
        assert (len(given.tasks), given.agencies) == (2, 2)
    before = [(each.clause, each.title, each.due, each.withdrawn_at) for each in given_tasks(office)]
    assert [each[0] for each in before] == ["CHAT-1", "CHAT-2"]
    load_again(office, title="Việc đã sửa")
    assert [(each.clause, each.title, each.due, each.withdrawn_at) for each in given_tasks(office)] == before
    for task in given_tasks(office):
        assert {row.status for row in given_rows(office, task).values()} == {"not_started"}
    with pytest.raises(UserError, match="CHAT-"):
        load_again(office, clause="CHAT-1")
    with office.desk.work() as work:
        event = work.session.exec(select(Event.id).where(col(Event.action) == "given")).one()
        assert assigning.take_back(work, office.an, event)[0] == 2


def test_what_cannot_be_given_is_refused_and_changes_nothing(office: Setting) -> None:
    with office.desk.reading() as work:
        document_id = work.session.exec(select(Document.id)).one()
        muong_te = find_agency(work, "hu-muong-te")
    wrong = [
        (Source(), [new_task(office)], "chủ trì"),
        (Source(), [new_task(office, "hu-muong-te", words=" ")], "nội dung"),
        (Source(), [new_task(office, "hu-muong-te", coordinating=(muong_te,))], "chọn hai lần"),
        (Source(), [new_task(office, "hu-muong-te", words="Kế hoạch (Mật)")], "mật"),
        (Source(title="Kế hoạch (Mật)"), [new_task(office, "hu-muong-te")], "mật"),
        (Source(title="Sau", issued_on=date(2023, 7, 1)), [new_task(office, "hu-muong-te")], "30/6/2023"),
        (Source(), [], "1 đến 10"),
        (Source(99_999), [new_task(office, "hu-muong-te")], "hợp lệ"),
    ]
    for source, tasks, said in wrong:
        with pytest.raises(UserError, match=said), office.desk.work() as work:
            assigning.assign(work, office.an, source, tasks)
    with office.desk.work() as work:
        work.session.get_one(Document, document_id).paused_at = work.now
        work.session.get_one(Agency, find_agency(work, "ban-dan-van")).ended_on = date(2023, 5, 1)
    for source, key in ((Source(document_id), "hu-muong-te"), (Source(), "ban-dan-van")):
        with pytest.raises(UserError), office.desk.work() as work:
            assigning.assign(work, office.an, source, [new_task(office, key)])
    with pytest.raises(UserError), office.desk.work() as work:
        assigning.assign(work, office.binh, Source(), [new_task(office, "hu-muong-te")])
    assert given_tasks(office) == []


def test_a_lead_that_nobody_may_press_is_given_a_task_of_its_own(office: Setting) -> None:
    with office.desk.work() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == "IV.2.b")).one()
        task.advising_id = find_agency(work, "ban-dan-van")
    with office.desk.work() as work:
        given = assigning.assign(work, office.an, Source(), [new_task(office, "hu-muong-te")])
        assert given.tasks[0].advising_id == find_agency(work, "ban-dan-van")
        notice = work.session.exec(
            select(Notice).where(col(Notice.assignment_id) == given.assignments[0].id)
        ).one()
        assert notice.agency_id == find_agency(work, "ban-dan-van")
    with pytest.raises(UserError, match="nhiệm vụ riêng"), office.desk.work() as work:
        assigning.assign(work, office.an, Source(), [new_task(office, "hu-muong-te", "ban-tuyen-giao")])


def test_documents_of_the_chat_have_keys_of_their_own(office: Setting) -> None:
    numbered = Source(title="Thông báo", number="45-TB/TU", issued_on=date(2023, 5, 10))
    for source in (numbered, Source(), Source()):
        with office.desk.work() as work:
            assigning.assign(work, office.an, source, [new_task(office, "hu-muong-te")])
    with office.desk.reading() as work:
        keys = list(work.session.exec(select(Document.key).order_by(col(Document.id))))
    assert keys[1:] == ["chat-45-tb-tu-2023-05-10", "chat-2023-05-16", "chat-2023-05-16-2"]
