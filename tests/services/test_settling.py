"""Deadlines that are open: listed, settled with any phrase or none, told to the agencies, kept in the record."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.access import Role
from bot.errors import UserError
from bot.services import settling
from bot.services.settling import NO_DEADLINE, Choice
from db.models import Assignment, DeadlineChange, Event, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join, open_office

AN, BINH = CAST["an"], CAST["binh"]


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def task_of(office: Setting, clause: str) -> Task:
    with office.desk.reading() as work:
        return work.session.exec(select(Task).where(col(Task.clause) == clause)).one()


def clauses(office: Setting) -> tuple[list[str], list[str]]:
    with office.desk.reading() as work:
        ids = {each.id: each.clause for each in work.session.exec(select(Task))}
        none, two = settling.list_unsettled(work), settling.list_unconfirmed(work)
        return sorted(ids[each.id] for each in none), sorted(ids[each.id] for each in two)


def test_loading_asks_for_what_the_document_leaves_open(chat: Chat) -> None:
    assert clauses(chat.office) == (["IV.3.b", "IV.4", "IV.5"], ["IV.2.a"])
    (told,) = [each["text"] for each in chat.list_screens(AN) if "Đề nghị ấn định thời hạn" in each["text"]]
    assert "3 nhiệm vụ chưa ấn định" in told
    assert "1 nhiệm vụ có thời hạn hiểu được hai cách" in told


def test_two_readings_are_confirmed_with_one_of_the_days(chat: Chat) -> None:
    chat.say(AN, "/tonghop")
    chat.press(AN, "Văn phòng xác nhận hạn (1)")
    assert "Có thể là: 31/5/2023" in chat.last(AN)
    chat.press(AN, "Ấn định thời hạn")
    chat.press(AN, "Áp dụng: 31/5/2023")
    assert "hạn <b>31/5/2023</b>" in chat.last(AN)
    chat.press(AN, "Ấn định thời hạn")
    assert clauses(chat.office)[1] == []
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.a", "hu-muong-te")
        assert (mine.due, mine.original_due) == (date(2023, 5, 31), date(2023, 5, 31))
        assert mine.next_reminder_at is not None
    assert any("31/5/2023" in each["text"] and "Thời hạn" in each["text"] for each in chat.list_screens(BINH))


def test_that_there_is_no_deadline_needs_a_reason_which_is_kept(chat: Chat) -> None:
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.2.a').id}")
    chat.press(AN, "Không áp dụng")
    assert "Đề nghị nhập lý do" in chat.last(AN)
    assert not any("✅" in label for label in chat.labels(AN))
    chat.say(AN, "Ngoặc đơn chỉ áp dụng cho việc ban hành kế hoạch")
    chat.press(AN, "Ấn định thời hạn")
    task = task_of(chat.office, "IV.2.a")
    assert (task.deadline_kind, task.due, task.deadline_confirmed) == ("none", None, True)
    assert task.settled_reason == "Ngoặc đơn chỉ áp dụng cho việc ban hành kế hoạch"
    assert clauses(chat.office)[1] == []
    assert "IV.2.a" not in clauses(chat.office)[0]


PHRASES = {
    "trước ngày 30/6/2023": ("date", date(2023, 6, 30), ""),
    "trong quý III/2023": ("quarter", date(2023, 9, 30), ""),
    "định kỳ hằng quý": ("recurring", date(2023, 6, 30), "2023-Q2"),
    "trước ngày 25 hằng tháng": ("recurring", date(2023, 4, 25), "2023-04"),
    "thường xuyên": ("ongoing", None, ""),
    "trong vòng 10 ngày làm việc kể từ ngày ban hành": ("relative", date(2023, 5, 11), ""),
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_any_phrase_the_reader_knows_settles_it(chat: Chat, phrase: str) -> None:
    kind, due, period = PHRASES[phrase]
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.3.b').id}")
    chat.say(AN, phrase)
    chat.say(AN, "Theo chỉ đạo")
    chat.press(AN, "Ấn định thời hạn")
    assert task_of(chat.office, "IV.3.b").deadline_kind == kind
    with chat.office.desk.reading() as work:
        rows = work.session.exec(
            select(Assignment)
            .join(Task, col(Task.id) == Assignment.task_id)
            .where(col(Task.clause) == "IV.3.b")
        ).all()
        assert {(each.due, each.period) for each in rows} == {(due, period)}
        settled = work.session.exec(select(Event).where(col(Event.action) == "deadline_settled")).one()
        assert settled.after is not None
        assert settled.after["reason"] == "Theo chỉ đạo"
        changes = work.session.exec(select(DeadlineChange)).all()
        assert len(changes) == (len(rows) if due else 0)
    assert "IV.3.b" not in clauses(chat.office)[0]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("ngày 31/2/2023", "không dùng làm thời hạn được"),
        ("khi nào xong thì báo", "Chưa xác định được thời hạn"),
        ("định kỳ", "Chưa xác định được thời hạn"),
        ("tháng 6 hoặc tháng 7/2023", "có thể hiểu nhiều cách"),
    ],
)
def test_what_cannot_be_a_deadline_is_refused_with_what_would_be_right(
    chat: Chat, phrase: str, said: str
) -> None:
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.4').id}")
    chat.say(AN, phrase)
    assert said in chat.last(AN)
    assert task_of(chat.office, "IV.4").settled_at is None


def test_of_two_who_settle_the_second_is_told(chat: Chat) -> None:
    hoa = join(chat.office.desk, "hoa", Role.SECRETARIAT)
    task = task_of(chat.office, "IV.4")
    choice = Choice("date", date(2023, 6, 30), None, "day", "30/6/2023")
    with chat.office.desk.work() as work:
        settling.settle(work, chat.office.an, task.id, choice, "", seen=None)
    with pytest.raises(UserError, match="An ấn định lúc"), chat.office.desk.work() as work:
        settling.settle(work, hoa, task.id, NO_DEADLINE, "Không cần", seen=None)
    with pytest.raises(UserError), chat.office.desk.work() as work:
        settling.settle(work, chat.office.binh, task.id, choice, "", seen=None)


def test_whatever_is_settled_leaves_each_task_in_at_most_one_list(desk: Desk) -> None:
    office = open_office(desk)
    choices = [
        NO_DEADLINE,
        Choice("ongoing"),
        Choice("date", date(2023, 6, 30), None, "day", "30/6/2023"),
        Choice("recurring", None, "FREQ=MONTHLY;BYMONTHDAY=25", None, "hằng tháng"),
        Choice("recurring", None, "FREQ=MONTHLY;INTERVAL=3", None, "hằng quý"),
    ]

    @given(
        st.lists(
            st.tuples(st.sampled_from(["IV.2.a", "IV.3.b", "IV.4"]), st.sampled_from(choices)), max_size=4
        )
    )
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def run(steps: list[tuple[str, Choice]]) -> None:
        for clause, choice in steps:
            task = task_of(office, clause)
            with office.desk.work() as work:
                settling.settle(work, office.an, task.id, choice, "Lý do", seen=task.settled_at)
            none, two = clauses(office)
            assert clause not in none + two
            assert not set(none) & set(two)
            with office.desk.reading() as work:
                rows = work.session.exec(
                    select(Assignment)
                    .join(Task, col(Task.id) == Assignment.task_id)
                    .where(col(Task.clause) == clause)
                ).all()
                dated = choice.due is not None or choice.recurrence is not None
                latest = {each.agency_id: each for each in sorted(rows, key=lambda each: each.id)}
                assert all((each.due is not None) == dated for each in latest.values())

    run()
