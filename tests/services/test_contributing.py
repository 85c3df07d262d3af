"""Agencies that coordinate: they see who leads, are reminded once, and contribute; the lead sees who has."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.documents.source import read_source
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.deadlines import extensions
from bot.services.loading.loads import keep_source, load_document, make_reader
from bot.services.reminding import forecast
from bot.services.tasks import reports
from bot.services.tasks.reports import Draft
from db.models import Assignment, Document, Event, Report
from tests.conftest import Desk
from tests.saying import VIETNAMESE
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join

BINH, DUNG, AN = (CAST[name] for name in ("binh", "dung", "an"))
HELPERS = {"ban-tuyen-giao": "Ban Tuyên giáo", "ban-dan-van": "Ban Dân vận"}
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def document(**more: Any) -> bytes:
    names = {"hu-muong-te": "Huyện ủy Mường Tè", **HELPERS}
    task = {
        "clause": "1",
        "clause_label": "Mục 1",
        "title": "Xây dựng đề án",
        "text": "…",
        "lead": ["hu-muong-te"],
        "coordinating": [*HELPERS],
        "deadline": "trước ngày 31/5/2023",
    }
    values = {
        "document": {"key": "de-an", "title": "Kế hoạch đề án", "issuer": "Tỉnh ủy", **more},
        "agencies": [{"key": key, "name": name} for key, name in names.items()],
        "tasks": [task],
    }
    return json.dumps(values).encode()


@pytest.fixture
def chat(desk: Desk) -> Chat:
    with desk.work() as work:
        load_document(work, read_file(document(), make_reader(work)))
    binh = join(desk, "binh", Role.OFFICER, "hu-muong-te")
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    return Chat(Setting(desk, binh, join(desk, "an", Role.SECRETARIAT)))


def assignment(chat: Chat, agency: str) -> Assignment:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "1", agency)


def texts_of(chat: Chat, who: int) -> list[str]:
    return [each["text"] for each in chat.list_screens(who)]


def see(chat: Chat, who: int, agency: str = "hu-muong-te") -> dict[str, Any]:
    screen: dict[str, Any] = chat.press_data(who, f"view:{assignment(chat, agency).id}")["edit"]
    return screen


def labels_of(screen: dict[str, Any]) -> str:
    return " ".join(each["text"] for row in screen["keyboard"] or [] for each in row)


def contribute(chat: Chat, words: str = "Nhất trí, bổ sung phần tuyên truyền") -> None:
    theirs = assignment(chat, "ban-tuyen-giao").id
    assert "phối hợp" in chat.press_data(DUNG, f"rep:{theirs}:p")["send"]["text"]
    chat.say(DUNG, words, document={"file_id": "f1", "file_unique_id": "u1", "file_name": "gopy.pdf"})
    chat.press(DUNG, "Gửi báo cáo")


@ON_ONE
def test_who_coordinates_is_told_who_leads_and_may_only_contribute(chat: Chat) -> None:
    told = next(text for text in texts_of(chat, DUNG) if "Giao nhiệm vụ" in text)
    assert "tham gia phối hợp" in told
    assert "Chủ trì: Huyện ủy Mường Tè" in told
    screen = see(chat, DUNG, "ban-tuyen-giao")
    assert "Chủ trì: Huyện ủy Mường Tè" in screen["text"]
    assert "Báo cáo tiến độ, ý kiến phối hợp" in labels_of(screen)
    for missing in ("Báo cáo hoàn thành", "gia hạn", "Nhắc lại sau"):
        assert missing not in labels_of(screen)
    theirs = assignment(chat, "ban-tuyen-giao").id
    for data in (f"rep:{theirs}:c", f"ext:{theirs}"):
        assert "phối hợp" in chat.press_data(DUNG, data)["toast"]
    lead = assignment(chat, "hu-muong-te").id
    with chat.office.desk.work() as work, pytest.raises(UserError):
        reports.submit(work, chat.office.binh, lead, Draft("contribution", "Không phải việc này"))


def test_a_contribution_reaches_the_lead_and_the_secretariat_and_leaves_the_lead_as_it_stands(
    chat: Chat,
) -> None:
    assert "Chưa gửi ý kiến phối hợp: Ban Tuyên giáo, Ban Dân vận" in see(chat, BINH)["text"]
    contribute(chat)
    assert any("Cơ quan chủ trì nhận được" in text for text in texts_of(chat, DUNG))
    told = [text for text in texts_of(chat, BINH) if "Ban Tuyên giáo gửi" in text]
    assert len(told) == 1
    assert "bổ sung phần tuyên truyền" in told[0]
    assert any("ý kiến phối hợp số 1" in text for text in texts_of(chat, AN))
    for who in (BINH, AN):
        screen = see(chat, who)
        assert "Đã gửi ý kiến phối hợp: Ban Tuyên giáo" in screen["text"]
        assert "Chưa gửi ý kiến phối hợp: Ban Dân vận" in screen["text"]
        assert "Ý kiến phối hợp (1)" in labels_of(screen)
        shown = chat.press_data(who, f"ctb:{assignment(chat, 'hu-muong-te').id}")["edit"]
        assert "bổ sung phần tuyên truyền" in shown["text"]
        assert chat.press_data(who, "file:1")["document"] == "f1"
    lead, theirs = assignment(chat, "hu-muong-te"), assignment(chat, "ban-tuyen-giao")
    assert (lead.status, theirs.status) == ("not_started", "in_progress")
    with chat.office.desk.reading() as work:
        assert [each.kind for each in work.session.exec(select(Report))] == ["contribution"]
        actions = [each.action for each in work.session.exec(select(Event).order_by(col(Event.id)))]
        assert "reported_contribution" in actions


@ON_ONE
def test_others_read_no_contribution(chat: Chat) -> None:
    join(chat.office.desk, "hoa", Role.OFFICER, "ban-dan-van")
    contribute(chat)
    lead = assignment(chat, "hu-muong-te").id
    for data in ("file:1", f"ctb:{lead}", f"view:{lead}"):
        assert "không thuộc cơ quan" in chat.press_data(CAST["hoa"], data)["toast"], data


@ON_ONE
def test_who_coordinates_is_reminded_once_five_working_days_before(chat: Chat) -> None:
    for who, agency in ((DUNG, "ban-tuyen-giao"), (BINH, "hu-muong-te")):
        chat.press_data(who, f"ack:{assignment(chat, agency).id}")
    with chat.office.desk.reading() as work:
        mine = assignment(chat, "ban-tuyen-giao").agency_id
        expected = forecast.list_expected(work, forecast.end_of_day(work, 60), agency_id=mine)
        assert [each.on for each in expected if each.kind == "before"] == [date(2023, 5, 24)]
    reminded = {}
    for day in ("05-09", "05-22", "05-23", "05-24", "05-25", "05-31", "06-02", "06-05", "06-30"):
        chat.office.at(f"2023-{day}T09:00")
        sent = [text for reader, text in chat.office.send_all() if reader == DUNG]
        told = [text for text in sent if "Nhắc việc" in text or "Đôn đốc" in text]
        if told:
            reminded[day] = told[-1]
    assert list(reminded) == ["05-24"]
    assert "để cơ quan chủ trì tổng hợp" in reminded["05-24"]
    assert "Chủ trì: Huyện ủy Mường Tè" in reminded["05-24"]


@ON_ONE
@pytest.mark.parametrize("done", ["contributed", "handed in"])
def test_nobody_is_reminded_to_contribute_where_that_is_done(chat: Chat, done: str) -> None:
    chat.press_data(DUNG, f"ack:{assignment(chat, 'ban-tuyen-giao').id}")
    if done == "contributed":
        contribute(chat)
    else:
        with chat.office.desk.work() as work:
            lead = find_assignment(work, "1", "hu-muong-te").id
            reports.submit(work, chat.office.binh, lead, Draft("completion", "Đã xong"))
    with chat.office.desk.reading() as work:
        agency = assignment(chat, "ban-tuyen-giao").agency_id
        assert forecast.list_expected(work, forecast.end_of_day(work, 60), agency_id=agency) == []
    chat.office.at("2023-05-24T09:00")
    assert not any(who == DUNG and "Nhắc việc" in text for who, text in chat.office.send_all())


@ON_ONE
def test_who_coordinates_has_until_the_leads_extended_deadline(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        lead = find_assignment(work, "1", "hu-muong-te").id
        asked = extensions.request(work, chat.office.binh, lead, date(2023, 6, 30), "30/6", "Cần thêm ý kiến")
        extensions.decide(work, chat.office.an, asked.id, agree=True)
    theirs = assignment(chat, "ban-tuyen-giao")
    assert (theirs.due, theirs.original_due) == (date(2023, 6, 30), date(2023, 5, 31))


@ON_ONE
def test_a_reply_of_who_coordinates_begins_a_contribution(chat: Chat) -> None:
    chat.office.send_all()
    theirs = assignment(chat, "ban-tuyen-giao").id
    chat.press_data(DUNG, f"rep:{theirs}:p")
    preview = chat.say(DUNG, "Nhất trí")["send"]
    assert "ý kiến phối hợp" in preview["text"]
    assert "Bổ sung" not in labels_of(preview)


# --- the source document


@ON_ONE
def test_the_source_document_opens_from_the_task_where_it_is_kept(chat: Chat) -> None:
    assert "Mở văn bản" not in labels_of(see(chat, BINH))
    mine = assignment(chat, "hu-muong-te").id
    assert "Chưa có tệp" in chat.press_data(BINH, f"doc:{mine}")["toast"]
    with chat.office.desk.work() as work:
        load_document(work, read_file(document(file="vb/ke-hoach.pdf"), make_reader(work)))
        keep_source(work, "de-an", "ab" * 32)
    for who, agency in ((BINH, "hu-muong-te"), (DUNG, "ban-tuyen-giao"), (AN, "hu-muong-te")):
        assert "📄 Mở văn bản" in labels_of(see(chat, who, agency))
    opened = chat.press(BINH, "Mở văn bản")
    assert opened["upload"] == ["ab" * 32, "ke-hoach.pdf"]
    join(chat.office.desk, "hoa", Role.OFFICER, "ban-dan-van")
    assert "không thuộc cơ quan" in chat.press_data(CAST["hoa"], f"doc:{mine}")["toast"]
    with chat.office.desk.work() as work:
        keep_source(work, "de-an", None)
        assert work.session.exec(select(Document.file_sha256)).one() is None


def test_a_source_document_is_read_from_below_its_folder_only(tmp_path: Path) -> None:
    folder = tmp_path / "tasks"
    folder.mkdir()
    (tmp_path / "outside.pdf").write_bytes(b"%PDF")
    (folder / "inside.pdf").write_bytes(b"%PDF-1.7")
    (folder / "empty.pdf").touch()
    (folder / "TỐI MẬT.pdf").write_bytes(b"%PDF")
    (folder / "ke-hoach-MAT-2023.pdf").write_bytes(b"%PDF")
    (folder / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    with (folder / "big.pdf").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    assert read_source(folder, "inside.pdf", VIETNAMESE) == b"%PDF-1.7"
    refused = {
        "../outside.pdf": "nằm ngoài",
        "link.pdf": "nằm ngoài",
        "missing.pdf": "không đọc được",
        "empty.pdf": "không phải tệp",
        "big.pdf": "tối đa 20 MB",
        "TỐI MẬT.pdf": "độ mật",
        "ke-hoach-MAT-2023.pdf": "độ mật",
    }
    for name, why in refused.items():
        with pytest.raises(UserError, match=why):
            read_source(folder, name, VIETNAMESE)
