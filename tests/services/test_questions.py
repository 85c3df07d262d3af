"""Ongoing tasks are asked about, the leadership never; contacts get what has been overdue for days."""

import json

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.services.loading.loads import load_document, make_reader
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.models import Membership, Notice
from tests.conftest import Desk
from tests.services.office import CAST, Setting, find_assignment, join, list_messages

QUESTION = "Đề nghị cho biết tình hình thực hiện"
AGENCIES = {
    "hu-muong-te": "Huyện ủy Mường Tè",
    "ban-thuong-vu": "Ban Thường vụ Tỉnh ủy",
    "van-phong": "Văn phòng Tỉnh ủy",
}
TASKS = [
    {"clause": "1", "lead": ["hu-muong-te"], "deadline": "thường xuyên"},
    {"clause": "2", "lead": ["ban-thuong-vu"], "deadline": "thường xuyên", "advising": "van-phong"},
    {"clause": "3", "lead": ["hu-muong-te"], "deadline": "hoàn thành trong tháng 5/2023"},
    {"clause": "4", "lead": ["van-phong"], "coordinating": ["hu-muong-te"], "deadline": "thường xuyên"},
]
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Setting:
    """Bình serves Mường Tè, Dung the advising office; Bình has acknowledged."""
    named = [{"clause_label": f"Mục {task['clause']}", "title": "Việc", "text": "…"} | task for task in TASKS]
    content = {
        "document": {"key": "small", "title": "Kế hoạch thử", "issuer": "Tỉnh ủy"},
        "agencies": [{"key": key, "name": name} for key, name in AGENCIES.items()],
        "tasks": named,
    }
    with desk.work() as work:
        load_document(work, read_file(json.dumps(content).encode(), make_reader(work)))
    binh, an = join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT)
    join(desk, "dung", Role.OFFICER, "van-phong")
    with desk.work() as work:
        for clause in "13":
            assignments.acknowledge(work, binh, find_assignment(work, clause, "hu-muong-te").id)
    opened = Setting(desk, binh, an)
    opened.send_all()
    return opened


def of_binh(sent: list[tuple[int, str]]) -> list[str]:
    return [text for chat, text in sent if chat == CAST["binh"]]


def report(office: Setting, clause: str, kind: str) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, clause, "hu-muong-te").id
        reports.submit(work, office.binh, mine, Draft(kind, "Đã thực hiện"))


def test_an_ongoing_task_is_asked_about_once_a_quarter_and_never_of_the_leadership(office: Setting) -> None:
    report(office, "3", "completion")  # so that nothing else is said on that day
    office.at("2023-06-14T09:00")
    assert not any(QUESTION in text for text in of_binh(office.send_all()))
    office.at("2023-06-15T08:00")
    (mine,) = of_binh(office.send_all())
    assert f"💬 <b>{QUESTION}</b>" in mine
    assert "Thời hạn: thường xuyên" in mine
    assert "uá hạn" not in mine
    office.tick()
    assert office.send_all() == []
    with office.desk.reading() as work:
        asked = work.session.exec(select(Notice).where(col(Notice.kind) == "status")).all()
        leading, leaders, advising = (
            find_assignment(work, clause, agency)
            for clause, agency in (("1", "hu-muong-te"), ("2", "ban-thuong-vu"), ("4", "van-phong"))
        )
    # For the Ban Thường vụ the office that advises it is asked; who only helps is not.
    assert {(each.assignment_id, each.agency_id) for each in asked} == {
        (leading.id, leading.agency_id),
        (leaders.id, advising.agency_id),
        (advising.id, advising.agency_id),
    }
    assert f"status:{leading.id}::0:status-2023-06" in {each.dedupe_key for each in asked}


@ON_ONE
def test_an_agency_that_has_just_reported_is_not_asked_also_where_the_question_waited(
    office: Setting,
) -> None:
    report(office, "3", "completion")
    office.at("2023-06-01T09:00")
    report(office, "1", "progress")
    office.send_all()
    office.at("2023-06-15T08:00")
    assert of_binh(office.send_all()) == []
    office.at("2023-09-15T08:00")
    report(office, "1", "progress")
    assert not any(QUESTION in text for text in of_binh(office.send_all()))


@ON_ONE
def test_in_a_digest_a_question_stands_beside_reminders_and_pushes_no_completion(office: Setting) -> None:
    office.at("2023-06-15T08:00")
    (digest,) = of_binh(office.send_all())
    assert f"<b>{QUESTION}</b>" in digest
    assert "Đôn đốc lần 1" in digest
    with office.desk.reading() as work:
        mine, overdue = (find_assignment(work, clause, "hu-muong-te") for clause in "13")
        (message,) = list_messages(work, kind="digest", status="sent", agency_id=mine.agency_id)[-1:]
        pressed = [button["data"] for row in message.keyboard or () for button in row]
    assert {f"rep:{mine.id}:p", f"rep:{overdue.id}:c", f"view:{mine.id}"} <= set(pressed)
    assert f"rep:{mine.id}:c" not in pressed


def test_a_contact_who_is_no_officer_gets_what_is_five_working_days_overdue(office: Setting) -> None:
    join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    with office.desk.work() as work:
        head = work.session.exec(select(Membership).where(col(Membership.role) == "head")).one()
        head.is_contact = True
    office.send_all()
    for day, gets in (("2023-06-02", False), ("2023-06-07", True), ("2023-06-12", True)):
        office.at(f"{day}T08:00")
        told = {chat for chat, text in office.send_all() if "Đôn đốc lần" in text}
        assert told == ({CAST["binh"], CAST["hoa"]} if gets else {CAST["binh"]}), day
