"""Periods of recurring tasks: made one ahead by the tick, each once, and only the future follows a changed rule."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.plan import LoadPlan
from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.loading.loads import load_document, make_reader
from bot.services.reminding import periods, recurrence
from bot.services.standing.views import get_view
from bot.services.tasks import assignments, reports, steering
from db.models import Agency, Assignment, DeadlineChange, Event, Member, Notice, OutboxMessage, Task
from tests.conftest import ZONE, Desk
from tests.services.office import Setting, join

Values = dict[str, Any]
Load = Callable[..., LoadPlan]
# Where nothing of the database is tried.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LEADS = ["hu-muong-te", "ban-tuyen-giao"]


@pytest.fixture
def values() -> Values:
    """One task a month for two agencies, which a third helps."""
    agencies = [
        ("hu-muong-te", "Huyện ủy Mường Tè"),
        ("ban-tuyen-giao", "Ban Tuyên giáo"),
        ("ban-dan-van", "Ban Dân vận"),
        ("ban-to-chuc", "Ban Tổ chức"),
    ]
    return {
        "document": {"key": "ke-hoach", "title": "Kế hoạch kiểm tra", "issuer": "Tỉnh ủy Lai Châu"},
        "agencies": [{"key": key, "name": name} for key, name in agencies],
        "tasks": [
            {
                "clause": "1",
                "clause_label": "Mục 1",
                "title": "Báo cáo tình hình",
                "text": "Báo cáo tình hình hằng tháng.",
                "lead": LEADS,
                "coordinating": ["ban-dan-van"],
                "deadline": "hằng tháng",
            }
        ],
    }  # fmt: skip


@pytest.fixture
def load(desk: Desk) -> Load:
    def load(values: Values, *, force: bool = False) -> LoadPlan:
        with desk.work() as work:
            incoming = read_file(json.dumps(values).encode(), make_reader(work))
            return load_document(work, incoming, force=force).plan

    return load


@pytest.fixture
def office(desk: Desk, load: Load, values: Values) -> Setting:
    """The task is loaded on 24 April 2023; Bình serves Mường Tè, An the secretariat."""
    load(values)
    return Setting(desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT))


def rows_of(work: Work, agency: str = "hu-muong-te") -> list[Assignment]:
    query = select(Assignment).join(Agency, col(Agency.id) == col(Assignment.agency_id))
    return list(work.session.exec(query.where(col(Agency.key) == agency).order_by(col(Assignment.id))))


def told(desk: Desk, agency: str = "hu-muong-te") -> list[tuple[str, str]]:
    with desk.reading() as work:
        return [(each.period, str(each.due)) for each in rows_of(work, agency)]


def keys(desk: Desk, agency: str = "hu-muong-te") -> list[str]:
    return [key for key, _ in told(desk, agency)]


def get_task(work: Work) -> Task:
    return work.session.exec(select(Task)).one()


def kinds(work: Work, **values: object) -> list[str]:
    return [
        each.kind for each in work.session.exec(select(Notice).filter_by(**values).order_by(col(Notice.id)))
    ]


def edit(values: Values, **changes: object) -> Values:
    task = {**values["tasks"][0], **changes}
    return {**values, "tasks": [{name: value for name, value in task.items() if value is not ...}]}


# --- made ahead


def test_the_first_period_is_there_when_the_task_is_given(office: Setting) -> None:
    for agency in (*LEADS, "ban-dan-van"):
        assert told(office.desk, agency) == [("2023-04", "2023-04-30")]
    with office.desk.reading() as work:
        assert get_task(work).next_period_on == date(2023, 5, 1)


def test_the_next_period_is_there_on_the_day_after(office: Setting) -> None:
    office.at("2023-04-30 23:59")
    assert keys(office.desk) == ["2023-04"]
    office.at("2023-05-01 00:00")
    for agency in (*LEADS, "ban-dan-van"):
        assert told(office.desk, agency) == [("2023-04", "2023-04-30"), ("2023-05", "2023-05-31")]
    office.tick()
    assert len(keys(office.desk)) == 2


def test_a_period_belongs_to_whoever_has_received_the_task_and_is_not_announced(office: Setting) -> None:
    with office.desk.work() as work:
        assignments.acknowledge(work, office.binh, rows_of(work)[0].id)
    office.at("2023-05-01 00:10")
    with office.desk.reading() as work:
        first, second = rows_of(work)
        assert (second.acknowledged_by, second.acknowledged_at) == (
            office.binh.member_id,
            first.acknowledged_at,
        )
        assert (second.status, second.original_due) == (Status.NOT_STARTED, date(2023, 5, 31))
        assert kinds(work, assignment_id=second.id) == []
        made = work.session.exec(select(Event).where(col(Event.assignment_id) == second.id)).one()
        assert (made.action, made.actor) == ("period_made", "system")
        assert rows_of(work, "ban-tuyen-giao")[1].acknowledged_at is None


@ON_ONE
def test_a_period_that_was_completed_early_is_followed_in_its_time(office: Setting) -> None:
    with office.desk.work() as work:
        sent = reports.submit(work, office.binh, rows_of(work)[0].id, reports.Draft("completion", "Xong."))
        reports.accept(work, office.an, sent.id)
    office.at("2023-04-29 09:00")
    assert keys(office.desk) == ["2023-04"]
    office.at("2023-05-04 09:00")
    assert keys(office.desk) == ["2023-04", "2023-05"]


@ON_ONE
def test_a_monthly_period_is_reminded_by_its_own_ladder(office: Setting) -> None:
    with office.desk.work() as work:
        assignments.acknowledge(work, office.binh, rows_of(work)[0].id)
    for day in range(23, 32):
        office.at(f"2023-05-{day:02} 09:00")
    with office.desk.reading() as work:
        of_may = [
            each.step
            for each in work.session.exec(select(Notice).filter_by(assignment_id=rows_of(work)[1].id))
        ]
    assert of_may == ["before-5", "before-1"]


@ON_ONE
def test_people_see_which_period_it_is_in_their_language(office: Setting) -> None:
    with office.desk.reading() as work:
        view = get_view(work, rows_of(work)[0].id)
        assert view.clause_label == "Mục 1, kỳ tháng 4/2023"
        assert view.own_label == "Mục 1"
        message = work.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).first()
        assert message is not None
        assert "kỳ tháng 4/2023" in message.text
    with office.desk.work() as work:
        work.session.get_one(Member, office.binh.member_id).language = "en"
    assert [text for chat, text in office.send_all() if chat == 201 and "Mục 1, month 4/2023" in text]


# --- what was missed


@pytest.mark.parametrize("back", ["2023-05-04 09:00", "2023-08-08 09:00"])
def test_after_an_outage_each_missed_period_is_there_once_with_its_current_reminder(
    office: Setting, back: str
) -> None:
    office.at("2023-04-25 09:00")
    office.send_all()
    office.at(back)
    months = range(4, int(back[5:7]) + 1)
    assert keys(office.desk) == [f"2023-{month:02}" for month in months]
    with office.desk.reading() as work:
        found = rows_of(work)
        assert all(earlier.assigned_at <= later.assigned_at for earlier, later in pairwise(found))
        for each in found:
            if each.due and each.due < date(2023, 8, 1) and back > "2023-08":
                reminders = [
                    kind for kind in kinds(work, assignment_id=each.id) if kind in ("reminder", "acknowledge")
                ]
                assert reminders[-1:] == ["reminder"]
                assert len(reminders) <= 2
    texts = [text for chat, text in office.send_all() if chat == 201]
    assert len(texts) == 1  # one digest for all that is current


@ON_ONE
def test_a_long_outage_is_caught_up_in_bounded_steps(
    office: Setting, load: Load, values: Values, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(edit(values, recurrence="FREQ=DAILY"))
    monkeypatch.setattr(periods, "ROWS", 4)
    office.desk.clock.move(datetime(2023, 5, 10, 9, tzinfo=ZONE))
    made = []
    while True:
        before = len(told(office.desk))
        with office.desk.work() as work:
            more = periods.fire(work).more
        made.append(len(told(office.desk)) - before)
        if not more:
            break
    assert max(made) <= 4
    assert keys(office.desk)[1:] == [f"2023-05-{day:02}" for day in range(1, 11)]


def test_two_processes_make_each_period_once(office: Setting) -> None:
    office.desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))

    def run(_: int) -> None:
        for _turn in range(3):
            with office.desk.work() as work:
                periods.fire(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    office.tick()
    for agency in (*LEADS, "ban-dan-van"):
        assert keys(office.desk, agency) == ["2023-04", "2023-05", "2023-06", "2023-07"]


def test_an_agency_whose_period_is_withdrawn_or_suspended_gets_no_more(office: Setting) -> None:
    with office.desk.work() as work:
        steering.steer(work, office.an, rows_of(work)[0].id, Move.WITHDRAW, "Không còn thực hiện")
        suspended = rows_of(work, "ban-tuyen-giao")[0].id
        steering.steer(work, office.an, suspended, Move.SUSPEND, "Tạm dừng")
    office.at("2023-05-04 09:00")
    assert keys(office.desk) == keys(office.desk, "ban-tuyen-giao") == ["2023-04"]
    assert keys(office.desk, "ban-dan-van") == ["2023-04", "2023-05"]


@ON_ONE
def test_an_agency_that_resumes_gets_the_current_period_and_not_those_between(office: Setting) -> None:
    with office.desk.work() as work:
        steering.steer(work, office.an, rows_of(work)[0].id, Move.SUSPEND, "Tạm dừng")
    office.at("2023-07-03 09:00")
    with office.desk.work() as work:
        steering.steer(work, office.an, rows_of(work)[0].id, Move.RESUME, "")
    assert keys(office.desk) == ["2023-04", "2023-07"]
    office.at("2023-08-01 09:00")
    assert keys(office.desk) == ["2023-04", "2023-07", "2023-08"]


@ON_ONE
def test_whoever_takes_over_one_old_period_does_not_get_the_next(office: Setting) -> None:
    office.at("2023-05-04 09:00")
    with office.desk.work() as work:
        helper = work.session.exec(select(Agency.id).where(col(Agency.key) == "ban-to-chuc")).one()
        steering.reassign(work, office.an, rows_of(work)[0].id, helper, "Điều chỉnh")
    office.at("2023-06-01 09:00")
    assert keys(office.desk) == ["2023-04", "2023-05", "2023-06"]
    assert keys(office.desk, "ban-to-chuc") == ["2023-04"]


@ON_ONE
def test_whoever_takes_over_the_current_period_gets_the_next(office: Setting) -> None:
    with office.desk.work() as work:
        helper = work.session.exec(select(Agency.id).where(col(Agency.key) == "ban-to-chuc")).one()
        steering.reassign(work, office.an, rows_of(work)[0].id, helper, "Điều chỉnh")
    office.at("2023-05-04 09:00")
    assert keys(office.desk) == ["2023-04"]
    assert keys(office.desk, "ban-to-chuc") == ["2023-04", "2023-05"]


# --- the file is edited


def test_loading_the_same_file_again_changes_nothing_after_periods_were_made(
    office: Setting, load: Load, values: Values
) -> None:
    office.at("2023-06-01 09:00")
    before = told(office.desk)
    plan = load(values)
    assert not plan.has_changes
    assert told(office.desk) == before


@ON_ONE
def test_another_rule_touches_only_what_is_not_made_yet(office: Setting, load: Load, values: Values) -> None:
    office.at("2023-05-04 09:00")
    load(edit(values, recurrence="FREQ=MONTHLY;INTERVAL=3"))
    assert told(office.desk) == [("2023-04", "2023-04-30"), ("2023-05", "2023-05-31")]
    office.at("2023-07-01 09:00")
    assert told(office.desk)[2:] == [("2023-Q2", "2023-06-30"), ("2023-Q3", "2023-09-30")]


@ON_ONE
def test_a_rule_that_ends_makes_no_more(office: Setting, load: Load, values: Values) -> None:
    load(edit(values, recurrence="FREQ=MONTHLY;UNTIL=20230630"))
    office.at("2023-09-01 09:00")
    assert keys(office.desk) == ["2023-04", "2023-05", "2023-06"]
    with office.desk.reading() as work:
        assert get_task(work).next_period_on is None


@ON_ONE
def test_a_rule_that_becomes_a_date_leaves_one_assignment_with_it(
    office: Setting, load: Load, values: Values
) -> None:
    office.at("2023-05-04 09:00")
    load(edit(values, deadline="trước ngày 31/12/2023"))
    office.at("2023-07-01 09:00")
    assert told(office.desk) == [("2023-04", "2023-04-30"), ("", "2023-12-31")]
    with office.desk.reading() as work:
        assert "changed" in kinds(work, assignment_id=rows_of(work)[1].id)


@ON_ONE
def test_a_task_that_stops_recurring_and_begins_again_loses_nothing(
    office: Setting, load: Load, values: Values
) -> None:
    before = told(office.desk)
    load(edit(values, deadline="thường xuyên"))
    assert told(office.desk) == [("", "None")]
    load(values)
    assert told(office.desk) == before


@ON_ONE
def test_an_agency_that_joins_gets_the_current_period(office: Setting, load: Load, values: Values) -> None:
    office.at("2023-05-04 09:00")
    load(edit(values, lead=[*LEADS, "ban-dan-van"], coordinating=[]))
    assert told(office.desk, "ban-dan-van") == [
        ("2023-04", "2023-04-30"),
        ("2023-05", "2023-05-31"),
        ("2023-05", "2023-05-31"),
    ]
    office.at("2023-06-01 09:00")
    assert keys(office.desk, "ban-dan-van")[3:] == ["2023-06"]


@ON_ONE
def test_an_agency_that_leaves_after_completing_gets_no_more_until_it_is_back(
    office: Setting, load: Load, values: Values
) -> None:
    with office.desk.work() as work:
        sent = reports.submit(work, office.binh, rows_of(work)[0].id, reports.Draft("completion", "Xong."))
        reports.accept(work, office.an, sent.id)
    without = edit(values, lead=LEADS[1:])
    load(without)
    assert not load(without).has_changes
    office.at("2023-06-02 09:00")
    assert keys(office.desk) == ["2023-04"]
    load(values)
    assert keys(office.desk) == ["2023-04", "2023-06"]
    office.at("2023-07-03 09:00")
    assert keys(office.desk) == ["2023-04", "2023-06", "2023-07"]


@ON_ONE
def test_a_task_that_leaves_the_file_and_comes_back_goes_on(
    office: Setting, load: Load, values: Values
) -> None:
    other = edit(values, clause="2", deadline=None)
    load(other)
    office.at("2023-06-02 09:00")
    load({**values, "tasks": [*values["tasks"], *other["tasks"]]})
    with office.desk.reading() as work:
        mine = [each for each in rows_of(work) if each.period]
        assert [(each.period, each.status) for each in mine] == [
            ("2023-04", "withdrawn"),
            ("2023-06", "not_started"),
        ]


# --- the secretariat says how often


def test_an_undated_assignment_becomes_the_first_period_with_its_history(
    office: Setting, load: Load, values: Values
) -> None:
    load(edit(values, clause="2", deadline="định kỳ báo cáo", recurrence=...))
    with office.desk.work() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == "2")).one()
        (before,) = [each for each in rows_of(work) if each.task_id == task.id]
        assert (before.period, before.due) == ("", None)
        moved = recurrence.set_recurrence(work, task, "FREQ=MONTHLY;INTERVAL=3", reason="Văn phòng ấn định")
        assert before.id in {each.id for each in moved}
        assert (before.period, before.due, before.original_due) == (
            "2023-Q2",
            date(2023, 6, 30),
            date(2023, 6, 30),
        )
        change = work.session.exec(select(DeadlineChange).filter_by(assignment_id=before.id)).one()
        assert (change.old_due, change.new_due) == (None, date(2023, 6, 30))
        assert before.next_reminder_at is not None
        assert task.next_period_on == date(2023, 7, 1)


@ON_ONE
def test_a_count_is_counted_from_when_the_rule_holds(office: Setting, load: Load, values: Values) -> None:
    office.at("2023-05-04 09:00")
    load(edit(values, recurrence="FREQ=MONTHLY;COUNT=2"))
    office.at("2024-01-02 09:00")
    assert keys(office.desk) == ["2023-04", "2023-05", "2023-06", "2023-07"]
