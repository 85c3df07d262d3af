"""Deadlines that are open: listed, settled with any phrase or none, told to the agencies, kept in the record."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.context import Actor
from bot.services.deadlines import settling, unsettling
from bot.services.loading.loads import load_document, make_reader
from bot.services.standing import open_deadlines, past_settings
from bot.services.typed_deadlines import NO_DEADLINE, Choice, choose, find_issued_on, read_words
from db.models import Assignment, DeadlineChange, Document, Event, Notice, OutboxMessage, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, TASKS_FILE, Setting, find_assignment, join, open_office

AN, BINH = CAST["an"], CAST["binh"]
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def task_of(office: Setting, clause: str) -> Task:
    with office.desk.reading() as work:
        return work.session.exec(select(Task).where(col(Task.clause) == clause)).one()


def clauses(office: Setting) -> tuple[list[str], list[str]]:
    with office.desk.reading() as work:
        ids = {each.id: each.clause for each in work.session.exec(select(Task))}
        none, two = open_deadlines.list_unsettled(work), open_deadlines.list_unconfirmed(work)
        assert open_deadlines.count_open(work) == (len(none), len(two))
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
    assert "<b>Ngày 31/5/2023</b>, là hạn của 28 cơ quan" in chat.last(AN)
    chat.press(AN, "Ấn định thời hạn")
    assert clauses(chat.office)[1] == []
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.a", "hu-muong-te")
        assert (mine.due, mine.original_due) == (date(2023, 5, 31), date(2023, 5, 31))
        assert mine.next_reminder_at is not None
    assert any("31/5/2023" in each["text"] and "Thời hạn" in each["text"] for each in chat.list_screens(BINH))


@ON_ONE
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
    # The agencies had been told that it was in doubt.
    assert "28 cơ quan được thông báo sau 1 phút" in chat.last(AN)
    chat.office.at("2023-04-24 09:01")
    assert "chưa có → <b>không có thời hạn</b>" in chat.list_screens(BINH)[-1]["text"]
    chat.say(BINH, "/viec")
    assert "Thời hạn: không có" in chat.last(BINH)


PHRASES = {
    "trước ngày 30/6/2023": ("date", date(2023, 6, 30), ""),
    "trong quý III/2023": ("quarter", date(2023, 9, 30), ""),
    "định kỳ hằng quý": ("recurring", date(2023, 6, 30), "2023-Q2"),
    "trước ngày 25 hằng tháng": ("recurring", date(2023, 4, 25), "2023-04"),
    "thường xuyên": ("ongoing", None, ""),
}


@ON_ONE
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
        told = work.session.exec(select(Notice).where(col(Notice.kind) == "changed")).all()
        assert {each.assignment_id for each in told} == {each.id for each in rows}
    assert "IV.3.b" not in clauses(chat.office)[0]


@ON_ONE
@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("ngày 31/2/2023", "không dùng làm thời hạn được"),
        ("khi nào xong thì báo", "Chưa xác định được thời hạn"),
        ("định kỳ", "chưa nêu bao lâu một lần"),
        ("trong vòng 10 ngày kể từ ngày ký", "tính từ hôm nay là 4/5/2023"),
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
    choice = Choice("date", date(2023, 6, 30), None, "day")
    with chat.office.desk.work() as work:
        settling.settle(work, chat.office.an, task.id, choice, "", seen=None)
    with pytest.raises(UserError, match="An ấn định lúc"), chat.office.desk.work() as work:
        settling.settle(work, hoa, task.id, NO_DEADLINE, "Không cần", seen=None)
    with pytest.raises(UserError), chat.office.desk.work() as work:
        settling.settle(work, chat.office.binh, task.id, choice, "", seen=None)


# --- what is read back


@ON_ONE
def test_a_length_of_time_counts_from_the_documents_date_and_none_is_before_it(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        work.session.exec(select(Document)).one().issued_on = date(2023, 4, 20)
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.4').id}")
    chat.say(AN, "trước ngày 1/4/2023")
    assert "Đề nghị nhập ngày từ 20/4/2023 trở đi" in chat.last(AN)
    chat.say(AN, "trong vòng 10 ngày làm việc kể từ ngày ký")
    assert "<b>Ngày 9/5/2023</b>" in chat.last(AN)
    chat.press(AN, "Quay lại")
    chat.say(AN, "30/4")
    assert "<b>Ngày 30/4/2023</b>" in chat.last(AN)
    assert "là ngày nghỉ; hoàn thành đến 4/5/2023 vẫn đúng hạn" in chat.last(AN)
    chat.press(AN, "Quay lại")
    chat.say(AN, "ngày 21/4/2023")
    assert "đã qua" in chat.last(AN)


@ON_ONE
def test_words_with_two_meanings_are_chosen_from_and_no_other_day_can_be_pressed(chat: Chat) -> None:
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.4').id}")
    chat.say(AN, "tháng 6 hoặc tháng 7/2023")
    assert [each for each in chat.labels(AN) if "Áp dụng" in each] == [
        "Áp dụng: 30/6/2023",
        "Áp dụng: 31/7/2023",
    ]
    forged = chat.find_button(AN, "Áp dụng: 31/7/2023").replace("20230731", "20230801")
    assert "không còn dùng được" in chat.press_data(AN, forged)["toast"]
    chat.press(AN, "Áp dụng: 31/7/2023")
    chat.press(AN, "✅ Ấn định thời hạn")
    assert task_of(chat.office, "IV.4").due == date(2023, 7, 31)


@ON_ONE
def test_a_day_that_may_come_back_every_year_can_be_chosen_as_such(chat: Chat) -> None:
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.4').id}")
    chat.say(AN, "trước ngày 30 tháng 12")
    chat.press(AN, "Áp dụng: trước ngày 30/12 hằng năm")
    assert "kỳ đầu đến hạn <b>ngày 30/12/2023</b>" in chat.last(AN)
    chat.press(AN, "✅ Ấn định thời hạn")
    assert task_of(chat.office, "IV.4").recurrence == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30"


@ON_ONE
def test_a_dialogue_that_is_cancelled_settles_nothing(chat: Chat) -> None:
    chat.press_data(AN, f"fix:{task_of(chat.office, 'IV.4').id}")
    chat.say(AN, "30/6/2023")
    stale = chat.find_button(AN, "✅ Ấn định thời hạn")
    chat.press(AN, "Hủy, không gửi")
    assert "đã hủy" in chat.press_data(AN, stale)["toast"]
    assert task_of(chat.office, "IV.4").settled_at is None


# --- who may, and what is seen of it


@ON_ONE
def test_only_the_secretariat_settles_and_only_what_is_open(chat: Chat) -> None:
    open_one, fixed = task_of(chat.office, "IV.4"), task_of(chat.office, "IV.2.b")
    for data in (f"fix:{open_one.id}", "undl:0", "uncf:0"):
        assert "không có quyền" in chat.press_data(BINH, data)["toast"]
    assert "đã có trong văn bản" in chat.press_data(AN, f"fix:{fixed.id}")["toast"]
    for forged in ("fix:999999", "fix:x", "fix"):
        assert chat.press_data(AN, forged)["alert"]


@ON_ONE
def test_what_was_settled_is_seen_in_the_task_and_can_be_settled_again(chat: Chat) -> None:
    task = task_of(chat.office, "IV.2.a")
    with chat.office.desk.work() as work:
        settling.settle(work, chat.office.an, task.id, NO_DEADLINE, "Việc làm thường kỳ", seen=None)
        mine = find_assignment(work, "IV.2.a", "hu-muong-te").id
    chat.press_data(AN, f"view:{mine}")
    assert "Đã được An ấn định lúc 09:00 ngày 24/4/2023" in chat.last(AN)
    assert "Việc làm thường kỳ" in chat.last(AN)
    chat.press_data(BINH, f"view:{mine}")
    assert "Việc làm thường kỳ" not in chat.last(BINH)
    chat.press(AN, "Ấn định thời hạn")
    assert "Đã được An ấn định" in chat.last(AN)
    chat.say(AN, "trong tháng 6/2023")
    assert "trong tháng 6/2023, chậm nhất <b>ngày 30/6/2023</b>" in chat.last(AN)
    chat.press(AN, "✅ Ấn định thời hạn")
    with chat.office.desk.reading() as work:
        assert find_assignment(work, "IV.2.a", "hu-muong-te").due == date(2023, 6, 30)


# --- taking back


def rows_of(office: Setting, clause: str) -> list[tuple[Any, ...]]:
    """What stands about a task: its deadline, and that of each agency."""
    task = task_of(office, clause)
    with office.desk.reading() as work:
        rows = work.session.exec(
            select(Assignment).where(col(Assignment.task_id) == task.id).order_by(col(Assignment.id))
        )
        values = [
            (each.agency_id, each.role, each.status, each.period, each.due, each.original_due)
            for each in rows
        ]
    stands = (task.deadline_kind, task.due, task.recurrence, task.precision, task.deadline_confirmed)
    return [(*stands, task.settled_by, task.settled_reason), *values]


def settle(office: Setting, clause: str, words: str, reason: str = "") -> Task:
    task = task_of(office, clause)
    with office.desk.work() as work:
        issued_on = find_issued_on(work, task)
        choice = choose(work, office.an, issued_on, read_words(work, issued_on, words), words)
        settling.settle(work, office.an, task.id, choice, reason, seen=task.settled_at)
    return task


def test_what_is_settled_for_many_waits_a_minute_and_can_be_taken_back(chat: Chat) -> None:
    office = chat.office
    before, lists = rows_of(office, "IV.2.a"), clauses(office)
    heard = len(chat.list_screens(BINH))
    chat.press_data(AN, f"fix:{task_of(office, 'IV.2.a').id}")
    chat.press(AN, "Áp dụng: 31/5/2023")
    assert "Thông báo đến: " in chat.last(AN)
    assert "Thời hạn: chưa có → <b>31/5/2023</b>" in chat.last(AN)
    chat.press(AN, "✅ Ấn định thời hạn")
    assert "28 cơ quan được thông báo sau 1 phút" in chat.last(AN)
    assert len(chat.list_screens(BINH)) == heard
    chat.press(AN, "Thu lại")
    assert "Chưa cơ quan nào nhận được tin" in chat.last(AN)
    assert (rows_of(office, "IV.2.a"), clauses(office)) == (before, lists)
    with office.desk.reading() as work:
        tasks = list(work.session.exec(select(Task.id)))
        mine = find_assignment(work, "IV.2.a", "hu-muong-te").id
        assert past_settings.count_open_at(work, work.now, tasks) == (len(lists[0]), len(lists[1]))
    chat.press_data(BINH, f"hist:{mine}")
    assert "Thời hạn: 31/5/2023 → —\nLý do: Văn phòng thu lại" in chat.last(BINH)
    heard += 1
    office.at("2023-04-24 09:05")
    assert len(chat.list_screens(BINH)) == heard
    chat.press(AN, "Thu lại")
    assert rows_of(office, "IV.2.a") == before


def test_after_the_minute_it_is_told_and_cannot_be_taken_back(chat: Chat) -> None:
    heard = len(chat.list_screens(BINH))
    task = settle(chat.office, "IV.2.a", "31/5/2023")
    assert len(chat.list_screens(BINH)) == heard
    chat.office.at("2023-04-24 09:01")
    assert len(chat.list_screens(BINH)) > heard
    answer = chat.press_data(AN, f"stb:{task.id}")
    assert "đã gửi" in str(answer)
    assert task_of(chat.office, "IV.2.a").due == date(2023, 5, 31)


def test_taking_back_says_so_to_who_has_heard(chat: Chat) -> None:
    dung = join(chat.office.desk, "dung", Role.OFFICER, "hu-tam-duong")
    chat.office.send_all()
    task = settle(chat.office, "IV.2.a", "31/5/2023")
    with chat.office.desk.work() as work:
        one = work.session.exec(
            select(OutboxMessage)
            .where(
                col(OutboxMessage.held_until).is_not(None), col(OutboxMessage.agency_id).in_(dung.agencies)
            )
            .where(col(OutboxMessage.address_id).is_not(None))
        ).one()
        one.held_until = one.not_before = None
    told = chat.office.send_all()
    assert len(told) == 1
    chat.press_data(AN, f"stb:{task.id}")
    assert "1 tin đã gửi trước đó" in chat.last(AN)
    again = chat.office.send_all()
    assert len(again) == 1


WORDS = ["30/6/2023", "trước ngày 25 hằng tháng", "định kỳ hằng quý", "thường xuyên", "trong quý IV"]


@ON_ONE
@pytest.mark.parametrize("first", [None, "30/9/2023", "định kỳ hằng quý"])
@pytest.mark.parametrize("words", WORDS)
def test_whatever_is_taken_back_leaves_what_stood_before(desk: Desk, first: str | None, words: str) -> None:
    office = open_office(desk)
    if first:
        settle(office, "IV.2.a", first, "Theo ý kiến chỉ đạo")
        office.at("2023-04-25 09:00")
    before = rows_of(office, "IV.2.a")
    task = settle(office, "IV.2.a", words)
    if rows_of(office, "IV.2.a")[1:] == before[1:]:
        return
    with office.desk.work() as work:
        unsettling.take_back(work, office.an, task.id)
    assert rows_of(office, "IV.2.a") == before


# --- loading again


def load(office: Setting, *, force: bool = False, **changes: Any) -> None:
    """The file again, with changes of IV.3.b."""
    values = json.loads(TASKS_FILE.read_text(encoding="utf-8"))
    task = next(each for each in values["tasks"] if each["clause"] == "IV.3.b")
    task |= changes
    with office.desk.work() as work:
        load_document(work, read_file(json.dumps(values).encode(), make_reader(work)), force=force)


@pytest.mark.parametrize("choice", [NO_DEADLINE, Choice("date", date(2023, 6, 30), None, "day")])
def test_a_file_keeps_what_was_settled_and_what_both_changed_is_a_conflict(
    desk: Desk, choice: Choice
) -> None:
    office = open_office(desk)
    task = task_of(office, "IV.3.b")
    with desk.work() as work:
        settling.settle(work, office.an, task.id, choice, "Lý do", seen=None)
    load(office)
    assert task_of(office, "IV.3.b").settled_reason == "Lý do"
    with pytest.raises(UserError, match="deadline_text"):
        load(office, deadline="trong tháng 7/2023")
    assert task_of(office, "IV.3.b").due == choice.due
    load(office, force=True, deadline="trong tháng 7/2023")
    forced = task_of(office, "IV.3.b")
    assert (forced.due, forced.settled_at, forced.settled_reason) == (date(2023, 7, 31), None, None)


def test_what_a_file_opens_again_is_asked_once_a_load(chat: Chat) -> None:
    office = chat.office
    load(office, deadline="tháng 6 hoặc tháng 7/2023")
    assert clauses(office) == (["IV.4", "IV.5"], ["IV.2.a", "IV.3.b"])
    assert task_of(office, "IV.3.b").candidates == ["2023-06-30", "2023-07-31"]
    load(office, deadline="tháng 6 hoặc tháng 7/2023")
    told = [each["text"] for each in chat.list_screens(AN) if "Đề nghị ấn định thời hạn" in each["text"]]
    assert len(told) == 2
    assert "2 nhiệm vụ có thời hạn hiểu được hai cách" in told[-1]
    chat.press_data(AN, "uncf:0")
    assert "Có thể là: 30/6/2023, 31/7/2023" in chat.last(AN)


def test_of_two_who_settle_at_once_one_is_first_and_the_other_is_told(desk: Desk) -> None:
    office = open_office(desk)
    hoa, task = join(desk, "hoa", Role.SECRETARIAT), task_of(office, "IV.4")
    choices = {office.an: date(2023, 6, 30), hoa: date(2023, 7, 31)}

    def settle(actor: Actor) -> str:
        choice = Choice("date", choices[actor], None, "day")
        try:
            with desk.work() as work:
                settling.settle(work, actor, task.id, choice, "", seen=None)
        except UserError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(choices, pool.map(settle, choices), strict=True))
    (first,) = [actor for actor, answer in answers.items() if not answer]
    assert any(f"{first.name} ấn định lúc" in answer for answer in answers.values())
    assert task_of(office, "IV.4").due == choices[first]


def test_whatever_is_settled_leaves_each_task_in_at_most_one_list(desk: Desk) -> None:
    office = open_office(desk)
    days = st.dates(date(2023, 4, 25), date(2030, 12, 31)).map(lambda day: f"trước ngày {day:%d/%m/%Y}")
    rhythms = ["trước ngày 25 hằng tháng", "định kỳ hằng quý", "hằng năm", "thường xuyên", "trong quý IV", ""]
    phrases = st.one_of(days, st.sampled_from(rhythms))

    @given(st.lists(st.tuples(st.sampled_from(["IV.2.a", "IV.3.b", "IV.4"]), phrases), max_size=4))
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def run(steps: list[tuple[str, str]]) -> None:
        for clause, words in steps:
            task = task_of(office, clause)
            with office.desk.work() as work:
                issued_on = find_issued_on(work, task)
                reading = read_words(work, issued_on, words)
                choice = choose(work, office.an, issued_on, reading, words) if words else NO_DEADLINE
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
