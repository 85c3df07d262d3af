"""What is foreseen is what is then sent: the forecast and the planner are run side by side."""

import json
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.domain.forecast import Expected
from bot.screens.forecast import held_words, plain_why
from bot.services.loading.loads import load_document, make_reader
from bot.services.office.office_settings import lock_office_settings
from bot.services.reminding.forecast import end_of_day, list_expected
from bot.services.reminding.reminders import schedule
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.models import Assignment, Document, Holiday, Membership, Notice, ReminderPolicy, Task
from tests.conftest import START, ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join

BINH, AN = CAST["binh"], CAST["an"]
AGENCIES = {"hu-muong-te": "Huyện ủy Mường Tè", "van-phong": "Văn phòng Tỉnh ủy", "btv": "Ban Thường vụ"}
TASKS = [
    {"clause": "1", "lead": ["hu-muong-te", "van-phong"], "deadline": "hoàn thành trong tháng 5/2023"},
    {"clause": "2", "lead": ["btv"], "deadline": "thường xuyên", "advising": "van-phong"},
    {"clause": "3", "lead": ["hu-muong-te"], "deadline": "trước ngày 30/4/2023"},
    {
        "clause": "4",
        "lead": ["van-phong"],
        "coordinating": ["hu-muong-te"],
        "deadline": "trước ngày 5/6/2023",
    },
    {"clause": "5", "lead": ["hu-muong-te"], "deadline": "trước ngày 4/7/2023"},
]
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Setting:
    """Of everything something: put off, handed in, ongoing, coordinating, an own ladder before the office opens."""
    named = [{"clause_label": f"Mục {task['clause']}", "title": "Việc", "text": "…"} | task for task in TASKS]
    content = {
        "document": {"key": "small", "title": "Kế hoạch thử", "issuer": "Tỉnh ủy"},
        "agencies": [{"key": key, "name": name} for key, name in AGENCIES.items()],
        "tasks": named,
    }
    with desk.work() as work:
        load_document(work, read_file(json.dumps(content).encode(), make_reader(work)))
    with desk.work() as work:
        early = find_assignment(work, "5", "hu-muong-te")
        work.session.add(ReminderPolicy(task_id=early.task_id, ladder={"before": [40, 3], "at": "05:30"}))
        work.session.flush()
        schedule(work, early, work.session.get_one(Task, early.task_id))
    opened = Setting(
        desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT)
    )
    with desk.work() as work:
        mine = find_assignment(work, "1", "hu-muong-te").id
        assignments.acknowledge(work, opened.binh, mine)
        assignments.snooze(work, opened.binh, mine, date(2023, 5, 26))
        reports.submit(
            work, opened.binh, find_assignment(work, "3", "hu-muong-te").id, Draft("completion", "Xong")
        )
    return opened


def foresee(office: Setting, days: int, agency: str | None = None) -> list[Expected]:
    with office.desk.reading() as work:
        agency_id = find_agency(work, agency) if agency else None
        return list_expected(work, end_of_day(work, days), agency_id=agency_id)


def live(office: Setting, start: datetime, days: int) -> Counter[tuple[str, int, str]]:
    """Every day's morning for so many days; what was said about assignments: instant, assignment, step."""
    for n in range(1, days + 1):
        office.at(f"{start + timedelta(days=n):%Y-%m-%dT07:00}")
        office.at(f"{start + timedelta(days=n):%Y-%m-%dT08:00}")
    kinds = ("reminder", "acknowledge", "status", "waiting", "snooze")
    with office.desk.reading() as work:
        rows = work.session.exec(
            select(Notice)
            .where(col(Notice.kind).in_(kinds), col(Notice.due_at) > start)
            .order_by(col(Notice.id))
        ).all()
    return Counter(
        (f"{each.due_at.astimezone(ZONE):%d/%m %H:%M}", each.assignment_id or 0, each.step or "snooze")
        for each in rows
    )


def told(found: list[Expected]) -> Counter[tuple[str, int, str]]:
    return Counter((f"{each.at.astimezone(ZONE):%d/%m %H:%M}", each.view.id, each.step) for each in found)


def test_what_is_foreseen_for_the_weeks_to_come_is_what_is_then_said(office: Setting) -> None:
    found = foresee(office, 54)
    assert {each.kind for each in found} == {
        *("acknowledge", "before", "after", "weekly", "status", "waiting", "snooze"),
    }
    assert told(found) == live(office, START, 54)
    assert all(each.held == "" and not each.is_late for each in found)


@ON_ONE
def test_periods_that_are_not_made_yet_are_foreseen_too(desk: Desk) -> None:
    rhythms = ["trước ngày 25 hằng tháng", "thứ sáu hằng tuần"]
    content = {
        "document": {"key": "monthly", "title": "Kế hoạch thử", "issuer": "Tỉnh ủy"},
        "agencies": [{"key": key, "name": name} for key, name in AGENCIES.items()],
        "tasks": [
            {"clause": str(n), "clause_label": f"Mục {n}", "title": "Việc", "text": "…", "deadline": words}
            | {"lead": ["hu-muong-te", "btv"], "coordinating": ["van-phong"], "advising": "van-phong"}
            for n, words in enumerate(rhythms, 1)
        ],
    }
    with desk.work() as work:
        load_document(work, read_file(json.dumps(content).encode(), make_reader(work)))
    office = Setting(
        desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT)
    )
    found = foresee(office, 40)
    with desk.reading() as work:
        assert not work.session.new
        mine = list_expected(work, end_of_day(work, 40), agency_id=find_agency(work, "hu-muong-te"))
    assert {(each.view.agency_key, each.view.period) for each in mine} == {
        (each.view.agency_key, each.view.period) for each in found if each.view.agency_key == "hu-muong-te"
    }
    assert any(each.view.id == 0 for each in mine)
    live(office, START, 40)
    with desk.reading() as work:
        rows = work.session.exec(
            select(Notice, Assignment)
            .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
            .where(col(Notice.step).is_not(None), col(Notice.due_at) > START)
        ).all()
        said = Counter(
            (
                f"{notice.due_at.astimezone(ZONE):%d/%m %H:%M}",
                row.task_id,
                row.agency_id,
                row.period,
                notice.step,
            )
            for notice, row in rows
        )
    told_of = Counter(
        (f"{each.at.astimezone(ZONE):%d/%m %H:%M}", seen.task_id, seen.agency_id, seen.period, each.step)
        for each in found
        for seen in (each.view,)
    )
    assert told_of == said


@ON_ONE
def test_after_an_outage_what_is_late_is_foreseen_once_for_the_next_working_morning(office: Setting) -> None:
    back = datetime(2023, 5, 20, 10, tzinfo=ZONE)  # a Saturday, after 26 days without a tick
    office.desk.clock.move(back)
    found = foresee(office, 12)
    late = [each for each in found if each.is_late]
    assert {f"{each.at.astimezone(ZONE):%d/%m %H:%M}" for each in late} == {"22/05 07:00"}
    assert told(found) == live(office, back, 12)


@ON_ONE
def test_after_the_clock_was_set_back_nothing_is_foreseen_twice(office: Setting) -> None:
    office.at("2023-05-25T09:00")
    back = datetime(2023, 5, 10, 9, tzinfo=ZONE)
    office.at(f"{back:%Y-%m-%dT%H:%M}")
    found = told(foresee(office, 14))
    assert found
    with office.desk.reading() as work:
        ids = set(work.session.exec(select(Notice.id)))
    live(office, back, 14)
    with office.desk.reading() as work:
        new = [
            each for each in work.session.exec(select(Notice)) if each.id not in ids and each.assignment_id
        ]
    said = Counter(
        (f"{each.due_at.astimezone(ZONE):%d/%m %H:%M}", each.assignment_id or 0, each.step or "snooze")
        for each in new
    )
    assert found == said


@ON_ONE
def test_every_reminder_says_why_and_from_which_day_off_it_was_moved(office: Setting) -> None:
    with office.desk.work() as work:
        work.session.add(Holiday(day=date(2023, 6, 19), kind="off", name="Ngày hội của tỉnh"))
    office.tick()
    with office.desk.reading() as work:
        t = work.texts()
        whys = {(each.view.clause, each.step): plain_why(each, t) for each in foresee(office, 90)}
        assert whys["1", "acknowledge"] == "Chưa xác nhận đã nhận nhiệm vụ"
        assert whys["1", "before-5"] == "Trước hạn 5 ngày làm việc"
        assert whys["1", "due-0"] == "Ngày hạn cuối"
        assert whys["1", "after-2"] == "Quá hạn 2 ngày làm việc"
        assert whys["1", "week-2023-06-12"] == "Đôn đốc hằng tuần"
        moved = "Đôn đốc hằng tuần, chuyển từ thứ Hai 19/6/2023 (Ngày hội của tỉnh)"
        assert whys["1", "week-2023-06-19"] == moved
        assert whys["2", "status-2023-06"] == "Hỏi tình hình việc thường xuyên"
        assert whys["3", "after-2"] == "Báo cáo chờ xác nhận"
        assert whys["1", "snooze"] == "Nhắc lại theo yêu cầu"


@ON_ONE
def test_who_can_receive_each_is_counted_as_it_will_be(office: Setting) -> None:
    def counts() -> dict[tuple[str, str, str], int]:
        return {
            (each.view.clause, each.view.agency_key, each.step): each.recipients
            for each in foresee(office, 90)
        }

    alone = counts()
    assert alone["1", "hu-muong-te", "before-10"] == 0  # put off by the only one there is
    assert alone["1", "hu-muong-te", "snooze"] == 1
    assert alone["1", "hu-muong-te", "due-0"] == 1
    assert alone["1", "van-phong", "due-0"] == 0
    assert alone["3", "hu-muong-te", "after-2"] == 1  # for the secretariat
    join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    assert counts() == alone
    with office.desk.work() as work:
        work.session.exec(select(Membership).where(col(Membership.role) == "head")).one().is_contact = True
    told_more = {key for key, count in counts().items() if count > alone[key]}
    assert ("1", "hu-muong-te", "after-5") in told_more
    assert {step[:5] for _, _, step in told_more} == {"after", "week-"}


@ON_ONE
def test_what_is_held_back_is_shown_with_its_reason(office: Setting) -> None:
    def held() -> set[str | None]:
        with office.desk.reading() as work:
            t = work.texts()
            return {held_words(each, t) for each in foresee(office, 30)}

    assert held() == {None}
    with office.desk.work() as work:
        work.session.exec(select(Document)).one().paused_at = work.now
    assert held() == {"đang tạm dừng gửi đối với văn bản"}
    with office.desk.work() as work:
        lock_office_settings(work).paused_at = work.now
    assert held() == {"đang tạm dừng gửi toàn bộ"}


def test_one_agencys_reminders_are_those_of_its_tasks_and_of_the_leads_it_advises(office: Setting) -> None:
    everything = foresee(office, 90)
    mine = foresee(office, 90, "van-phong")
    assert {(each.view.clause, each.view.agency_key) for each in mine} == {
        ("1", "van-phong"),
        ("2", "btv"),
        ("4", "van-phong"),
    }
    assert told(mine) == told([each for each in everything if each.view.agency_key != "hu-muong-te"])


@ON_ONE
def test_the_secretariat_reads_the_days_to_come_and_each_days_list(office: Setting) -> None:
    chat = Chat(office)
    chat.say(AN, "/lichnhac")
    days = chat.last(AN)
    assert "Trang 1/" in days
    while "Thứ Tư 17/5/2023" not in chat.last(AN):
        chat.press(AN, "Trang sau")
    assert "• Trước hạn 10 ngày làm việc – Mục 1: 2" in chat.last(AN)
    assert "Thứ Tư 17/5/2023</b>: 2 nhắc việc – 2 cơ quan" in chat.last(AN)
    chat.press(AN, "Thứ Tư 17/5/2023")
    assert "Huyện ủy Mường Tè</b> – Mục 1: Việc\n08:00 · Trước hạn 10 ngày làm việc" in chat.last(AN)
    assert "chưa có người nhận tin" in chat.last(AN)
    chat.press_data(AN, "fcd:20230426:0")
    assert "chưa có người nhận tin, gửi Văn phòng Tỉnh ủy" in chat.last(AN)
    chat.press(AN, "Lịch nhắc việc")
    assert "đến hết 24/5/2023" in chat.last(AN)
    assert "không có quyền" in chat.say(BINH, "/schedule")["send"]["text"]
    assert chat.press_data(AN, "fcd:20231340:0")["alert"]
