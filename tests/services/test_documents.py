"""Loading a document over what is stored: what is written, who is told, what is held, what is refused."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.plan import LoadPlan
from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.context import Actor, Work
from bot.services.deadlines import extensions
from bot.services.loading.loads import load_document, make_reader, plan_document
from bot.services.people import joining
from bot.services.tasks import reports
from db.models import (
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Assignment,
    DeadlineChange,
    Document,
    Event,
    Notice,
    OutboxMessage,
    Report,
    Task,
)
from tests.conftest import START, ZONE, Desk

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
BINH, AN = 201, 101
Values = dict[str, Any]
MAY, JUNE = date(2023, 5, 31), "trước ngày 30/6/2023"


@pytest.fixture
def whole() -> Values:
    """The shipped document, free to be edited."""
    read: Values = json.loads(TASKS_FILE.read_text(encoding="utf-8"))
    return read


@pytest.fixture
def values(whole: Values) -> Values:
    """Three tasks of it for nine agencies: seven Huyện ủy, and two that the text names."""
    whole["tasks"] = [task_of(whole, clause) for clause in ("IV.1", "IV.2.b", "IV.5")]
    task_of(whole, "IV.2.b")["lead"] = ["huyen-uy"]
    return whole


@pytest.fixture
def load(desk: Desk) -> Callable[..., LoadPlan]:
    def load(values: Values, *, force: bool = False, past: str | None = None) -> LoadPlan:
        with desk.work() as work:
            incoming = read_file(json.dumps(values).encode(), make_reader(work))
            return load_document(work, incoming, force=force, past=past).plan

    return load


Load = Callable[..., LoadPlan]


def task_of(values: Values, clause: str) -> Values:
    found: Values = next(each for each in values["tasks"] if each["clause"] == clause)
    return found


def get_assignment(work: Work, clause: str, agency: str, role: str = "lead") -> Assignment:
    return work.session.exec(
        select(Assignment)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(col(Task.clause) == clause, col(Agency.key) == agency, col(Assignment.role) == role)
    ).one()


def join_as(work: Work, user_id: int, name: str, role: Role, agency: str | None = None) -> Actor:
    agency_id = (
        work.session.exec(select(Agency.id).where(col(Agency.key) == agency)).one() if agency else None
    )
    joined = joining.join(work, joining.create_invite(work, role, agency_id, None).token, user_id, name)
    assert joined is not None
    return joined.actor


def count(work: Work, table: Any, **values: object) -> int:
    query = select(func.count()).select_from(table)
    return int(work.session.exec(query.filter_by(**values)).one())


def list_notices(work: Work, kind: str) -> list[Notice]:
    return list(work.session.exec(select(Notice).where(col(Notice.kind) == kind).order_by(col(Notice.id))))


def snapshot(desk: Desk) -> dict[str, list[Any]]:
    """Every row that a load may write."""
    tables = (
        Document,
        Agency,
        AgencyGroup,
        AgencyGroupMember,
        Task,
        Assignment,
        DeadlineChange,
        Notice,
        Event,
    )
    with desk.reading() as work:
        return {
            each.__name__: sorted(str(row.model_dump()) for row in work.session.exec(select(each)))
            for each in (*tables, OutboxMessage)
        }


def test_the_first_document_gives_every_member_its_assignment(desk: Desk, load: Load, whole: Values) -> None:
    assert load(whole).counts == {
        "created": 7,
        "updated": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "assignments": 66,
    }
    with desk.reading() as work:
        rows = work.session.exec(
            select(Task.clause, func.min(Assignment.due), func.max(Assignment.due), func.count())
            .join(Assignment, col(Assignment.task_id) == col(Task.id))
            .group_by(Task.clause)
            .order_by(Task.clause)
        ).all()
        assert [tuple(row) for row in rows] == [
            ("IV.1", None, None, 1),
            ("IV.2.a", None, None, 28),
            ("IV.2.b", MAY, MAY, 28),
            ("IV.3.a", None, None, 1),
            ("IV.3.b", None, None, 1),
            ("IV.4", None, None, 6),
            ("IV.5", None, None, 1),
        ]
        plan = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (plan.status, plan.original_due, plan.period) == ("not_started", date(2023, 5, 31), "")
        assert plan.assigned_at == START
        # Not acknowledged after two working days: Wednesday morning.
        assert plan.next_reminder_at == datetime(2023, 4, 26, 8, tzinfo=ZONE)
        document = work.session.exec(select(Document)).one()
        assert (document.past, document.number, document.issued_on) == ("none", None, None)
        assert count(work, Agency, confirmed=False) == 10
        assert count(work, AgencyGroupMember) == 6 + 3 + 6 + 1 + 7 + 1 + 4 + 6


def test_loading_twice_changes_nothing(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    before = snapshot(desk)
    assert load(values).counts["unchanged"] == 3
    assert snapshot(desk) == before


def test_planning_writes_nothing(desk: Desk, values: Values) -> None:
    before = snapshot(desk)
    with desk.reading() as work:
        plan = plan_document(work, read_file(json.dumps(values).encode(), make_reader(work)))
    assert plan.counts["created"] == 3
    assert snapshot(desk) == before


def test_an_agencys_chat_gets_one_digest_of_all_its_assignments(
    desk: Desk, load: Load, whole: Values
) -> None:
    whole["tasks"], later = whole["tasks"][:1], whole["tasks"][1:]
    load(whole)
    with desk.work() as work:
        join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
    whole["tasks"] += later
    load(whole)
    with desk.reading() as work:
        mine = select(OutboxMessage).where(col(OutboxMessage.address_id).is_not(None))
        message = work.session.exec(mine).one()
        assert message.kind == "digest"
        assert "2 nhiệm vụ" in message.text


def test_a_lead_nobody_may_press_is_told_through_its_advising_agency(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    with desk.reading() as work:
        first = get_assignment(work, "IV.1", "ban-thuong-vu-tinh-uy")
        office = work.session.exec(select(Agency.id).where(col(Agency.key) == "van-phong-tinh-uy")).one()
        (notice,) = [each for each in list_notices(work, "assignment") if each.assignment_id == first.id]
        assert notice.agency_id == office


def test_an_edited_deadline_moves_the_assignments_and_tells_them(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    task_of(values, "IV.2.b")["deadline"] = JUNE
    assert load(values).counts["updated"] == 1
    with desk.reading() as work:
        plan = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (plan.due, plan.original_due) == (date(2023, 6, 30), date(2023, 5, 31))
        assert (plan.plan_no, plan.version) == (1, 1)
        assert count(work, DeadlineChange) == count(work, Event, action="deadline_changed") == 7
        notices = list_notices(work, "changed")
        assert len(notices) == 7
        assert notices[0].data["changes"] == {
            "deadline_text": ["hoàn thành trong tháng 5/2023", JUNE],
            "due": ["2023-05-31", "2023-06-30"],
        }


def test_each_edit_is_told_once(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    task_of(values, "IV.5")["title"] = "Hướng dẫn tuyên truyền"
    for _ in range(2):
        load(values)
    task_of(values, "IV.5")["title"] = "Hướng dẫn"
    load(values)
    with desk.reading() as work:
        changes = [each.data["changes"]["title"][1] for each in list_notices(work, "changed")]
        assert changes == ["Hướng dẫn tuyên truyền", "Hướng dẫn"]


def test_an_internal_note_is_nobodys_message(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    task_of(values, "IV.5")["note"] = "Xem lại."
    assert load(values).counts["updated"] == 1
    with desk.reading() as work:
        assert list_notices(work, "changed") == []


def test_what_leaves_the_file_is_withdrawn_and_its_reports_stay(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    with desk.work() as work:
        binh = join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        reports.submit(work, binh, mine.id, reports.Draft("completion", "Đã ban hành.", ()))
    values["tasks"] = [each for each in values["tasks"] if each["clause"] != "IV.2.b"]
    assert load(values).counts["withdrawn"] == 1
    with desk.reading() as work:
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (mine.status, mine.next_reminder_at) == ("withdrawn", None)
        assert count(work, Report) == 1
        assert count(work, Assignment, status="withdrawn") == len(list_notices(work, "withdrawn")) == 7
        assert work.session.exec(select(Task).where(col(Task.clause) == "IV.2.b")).one().withdrawn_at


def test_a_task_that_comes_back_goes_on_where_it_stood(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    with desk.work() as work:
        binh = join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        reports.submit(work, binh, mine.id, reports.Draft("completion", "Đã ban hành.", ()))
    whole = list(values["tasks"])
    values["tasks"] = [each for each in whole if each["clause"] != "IV.2.b"]
    load(values)
    values["tasks"] = whole
    task_of(values, "IV.2.b")["deadline"] = JUNE
    assert load(values).counts["updated"] == 1
    with desk.reading() as work:
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (mine.status, mine.due) == ("awaiting_confirmation", date(2023, 6, 30))
        other = get_assignment(work, "IV.2.b", "hu-sin-ho")
        assert (other.status, other.due) == ("not_started", date(2023, 6, 30))
        assert other.next_reminder_at is not None
        again = [each for each in list_notices(work, "assignment") if each.assignment_id == other.id]
        assert len(again) == 2
        assert work.session.exec(select(Task).where(col(Task.clause) == "IV.2.b")).one().withdrawn_at is None


def test_what_is_completed_is_neither_withdrawn_nor_judged_anew(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    with desk.work() as work:
        binh = join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
        an = join_as(work, AN, "An", Role.SECRETARIAT)
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        draft = reports.Draft("completion", "Đã ban hành.", ())
        reports.accept(work, an, reports.submit(work, binh, mine.id, draft).id)
    task_of(values, "IV.2.b")["deadline"] = JUNE
    load(values)
    values["tasks"] = [each for each in values["tasks"] if each["clause"] != "IV.2.b"]
    load(values)
    with desk.reading() as work:
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (mine.status, mine.due) == ("completed", date(2023, 5, 31))
        assert count(work, Assignment, status="withdrawn") == 6


def test_a_task_handed_from_one_agency_to_another_tells_both(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    task_of(values, "IV.5")["lead"] = ["ban-dan-van"]
    load(values)
    with desk.reading() as work:
        assert get_assignment(work, "IV.5", "ban-tuyen-giao").status == "withdrawn"
        given = get_assignment(work, "IV.5", "ban-dan-van")
        assert given.id in {each.assignment_id for each in list_notices(work, "assignment")}
        assert len(list_notices(work, "withdrawn")) == 1


def test_what_people_changed_stays(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    with desk.work() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == "IV.5")).one()
        task.title, task.person = "Hướng dẫn (đã sửa)", "Đ/c Trưởng ban"
    task_of(values, "IV.5")["product"] = "Hướng dẫn"
    load(values)
    with desk.reading() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == "IV.5")).one()
        told = (task.title, task.person, task.product)
        assert told == ("Hướng dẫn (đã sửa)", "Đ/c Trưởng ban", "Hướng dẫn")


def test_what_both_changed_is_refused_whole_without_force(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    with desk.work() as work:
        work.session.exec(select(Task).where(col(Task.clause) == "IV.5")).one().title = "Trong hệ thống"
    task_of(values, "IV.5")["title"] = "Trong tệp"
    task_of(values, "IV.1")["product"] = "Báo cáo"
    before = snapshot(desk)
    with pytest.raises(UserError) as refusal:
        load(values)
    (sentence,) = refusal.value.sentences
    assert all(words in sentence for words in ("IV.5", "Trong hệ thống", "Trong tệp", "--force"))
    assert snapshot(desk) == before
    load(values, force=True)
    with desk.reading() as work:
        assert work.session.exec(select(Task).where(col(Task.clause) == "IV.5")).one().title == "Trong tệp"


def test_an_extended_deadline_and_an_edited_one_are_a_conflict(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    with desk.work() as work:
        binh = join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
        an = join_as(work, AN, "An", Role.SECRETARIAT)
        mine = get_assignment(work, "IV.2.b", "hu-muong-te").id
        asked = extensions.request(work, binh, mine, date(2023, 6, 15), "15/6/2023", "Chờ hướng dẫn")
        extensions.decide(work, an, asked.id, agree=True)
    load(values)
    with desk.reading() as work:
        assert get_assignment(work, "IV.2.b", "hu-muong-te").due == date(2023, 6, 15)
    task_of(values, "IV.2.b")["deadline"] = JUNE
    with pytest.raises(UserError, match=r"hu-muong-te.*2023-06-15.*2023-06-30"):
        load(values)
    load(values, force=True)
    with desk.reading() as work:
        assert get_assignment(work, "IV.2.b", "hu-muong-te").due == date(2023, 6, 30)
        assert get_assignment(work, "IV.2.b", "hu-sin-ho").due == date(2023, 6, 30)


def test_a_deadline_people_fixed_and_the_file_confirms_otherwise_is_a_conflict(
    desk: Desk, load: Load, values: Values
) -> None:
    task_of(values, "IV.2.b")["deadline_confirmed"] = False
    load(values)
    with desk.work() as work:
        mine = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert mine.due is None
        mine.due = date(2023, 6, 15)
    task_of(values, "IV.2.b")["deadline_confirmed"] = True
    with pytest.raises(UserError, match=r"hu-muong-te.*2023-06-15.*2023-05-31"):
        load(values)
    load(values, force=True)
    with desk.reading() as work:
        assert get_assignment(work, "IV.2.b", "hu-muong-te").due == MAY
        assert get_assignment(work, "IV.2.b", "hu-sin-ho").due == MAY


def test_a_past_deadline_that_is_not_confirmed_is_held_too(desk: Desk, load: Load, values: Values) -> None:
    task_of(values, "IV.2.b")["deadline_confirmed"] = False
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    load(values)
    with desk.reading() as work:
        (question,) = list_notices(work, "past")
        assert (question.data["count"], question.data["first"]) == (7, "2023-05-31")
        late = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (late.due, late.next_reminder_at) == (None, None)
        assert late.id not in {each.assignment_id for each in list_notices(work, "assignment")}


def test_deadlines_already_past_are_held_and_the_secretariat_is_asked(
    desk: Desk, load: Load, values: Values
) -> None:
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    load(values)
    with desk.reading() as work:
        document = work.session.exec(select(Document)).one()
        assert document.past == "held"
        late = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert late.next_reminder_at is None
        undated = get_assignment(work, "IV.5", "ban-tuyen-giao")
        assert undated.next_reminder_at is not None
        told = {each.assignment_id for each in list_notices(work, "assignment")}
        assert (undated.id in told, late.id in told, len(told)) == (True, False, 2)
        (question,) = list_notices(work, "past")
        assert question.audience == "secretariat"
        assert question.data == {"document_id": document.id, "count": 7, "first": "2023-05-31"}
    load(values)
    with desk.reading() as work:
        assert len(list_notices(work, "past")) == 1


def test_a_deadline_on_a_day_off_is_past_only_after_the_next_working_day(
    desk: Desk, load: Load, values: Values
) -> None:
    task_of(values, "IV.2.b")["due"] = "2023-05-06"  # a Saturday
    desk.clock.move(datetime(2023, 5, 8, 9, tzinfo=ZONE))
    load(values)
    with desk.reading() as work:
        assert work.session.exec(select(Document)).one().past == "none"


@pytest.mark.parametrize(("choice", "is_reminded"), [("now", True), ("all", True), ("silent", False)])
def test_past_may_be_decided_while_loading(
    desk: Desk, load: Load, values: Values, choice: str, is_reminded: bool
) -> None:
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    load(values, past=choice)
    with desk.reading() as work:
        assert work.session.exec(select(Document)).one().past == choice
        late = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (late.next_reminder_at is not None) == is_reminded
        # With “all” it is said at once, once an agency, and the ladder goes on from there.
        said = {each.assignment_id for each in list_notices(work, "reminder")}
        assert (late.id in said) == (choice == "all")
        assert list_notices(work, "past") == []
        assert late.id not in {each.assignment_id for each in list_notices(work, "assignment")}


def test_past_may_be_decided_by_loading_the_same_file_again(desk: Desk, load: Load, values: Values) -> None:
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    load(values)
    load(values, past="now")
    with desk.reading() as work:
        assert work.session.exec(select(Document)).one().past == "now"


def test_nothing_is_said_of_a_held_deadline_that_is_edited(desk: Desk, load: Load, values: Values) -> None:
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    load(values)
    task_of(values, "IV.2.b")["title"] = "Ban hành Kế hoạch"
    load(values)
    with desk.reading() as work:
        assert list_notices(work, "changed") == []


def test_a_later_load_that_sets_a_deadline_in_the_past_asks(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    desk.clock.move(START + timedelta(days=10))
    task_of(values, "IV.5")["due"] = "2023-04-28"
    load(values)
    with desk.reading() as work:
        (question,) = list_notices(work, "past")
        assert (question.data["count"], question.data["first"]) == (1, "2023-04-28")
        assert list_notices(work, "changed") == []


def test_another_document_adds_to_an_agency_and_never_renames_it_silently(
    desk: Desk, load: Load, values: Values
) -> None:
    load(values)
    other: Values = {
        "document": {"key": "another", "title": "Văn bản khác", "issuer": "Tỉnh ủy Lai Châu"},
        "agencies": [
            {"key": "hu-muong-te", "name": "Huyện ủy Mường Tè", "aliases": ["HUMT"]},
            {"key": "bcsd-tand-tinh", "name": "Ban cán sự đảng TAND tỉnh"},
        ],
        "tasks": [
            {"clause": "1", "clause_label": "Điểm 1", "title": "Việc", "text": "…", "lead": ["hu-muong-te"]}
        ],
    }
    load(other)
    load(values)
    with desk.reading() as work:
        agency = work.session.exec(select(Agency).where(col(Agency.key) == "hu-muong-te")).one()
        assert agency.aliases == ["HU Mường Tè", "HUMT"]
        court = work.session.exec(select(Agency).where(col(Agency.key) == "bcsd-tand-tinh")).one()
        assert not court.confirmed
        assert court.note
    other["agencies"][0]["name"] = "Huyện ủy Mường Tè (mới)"
    other["document"]["key"] = "a-third"
    with pytest.raises(UserError, match="hu-muong-te, name"):
        load(other)


def test_a_load_that_fails_late_leaves_nothing_behind(desk: Desk, values: Values) -> None:
    before = snapshot(desk)

    def fail_late() -> None:
        with desk.work() as work:
            load_document(work, read_file(json.dumps(values).encode(), make_reader(work)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert snapshot(desk) == before


def test_two_loads_at_once_lose_and_double_nothing(desk: Desk, load: Load, values: Values) -> None:
    edited = json.loads(json.dumps(values))
    task_of(edited, "IV.5")["title"] = "Hướng dẫn"
    with ThreadPoolExecutor(4) as pool:
        for plan in pool.map(load, (values, edited, values, edited)):
            assert plan.counts["assignments"] == 9
    with desk.reading() as work:
        assert count(work, Assignment) == count(work, Notice, kind="assignment") == 9
        assert count(work, Document) == 1
        assert count(work, Event, action="assigned") == 9


def test_a_report_during_a_load_is_not_lost(desk: Desk, load: Load, values: Values) -> None:
    load(values)
    with desk.work() as work:
        binh = join_as(work, BINH, "Bình", Role.OFFICER, "hu-muong-te")
        mine = get_assignment(work, "IV.2.b", "hu-muong-te").id
    task_of(values, "IV.2.b")["deadline"] = JUNE

    def report(_n: int) -> None:
        with desk.work() as work:
            reports.submit(work, binh, mine, reports.Draft("progress", "Đang dự thảo.", ()))

    with ThreadPoolExecutor(3) as pool:
        sent = [pool.submit(report, n) for n in range(6)]
        loaded = pool.submit(load, values)
        assert [each.result() for each in sent] == [None] * 6
        assert loaded.result().counts["updated"] == 1
    with desk.reading() as work:
        row = get_assignment(work, "IV.2.b", "hu-muong-te")
        assert (row.status, row.due) == ("in_progress", date(2023, 6, 30))
        assert row.version == 7
        assert count(work, Report) == 6
