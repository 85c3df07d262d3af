"""The weekly digest: its time, its figures told the same later, and the summary that only **Gửi** sends upward."""

import json
from datetime import date, datetime, timedelta

import pytest

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.deadlines import settling
from bot.services.loading.loads import load_document, make_reader
from bot.services.office.office_settings import change_office_settings
from bot.services.reminding import pausing, weekly
from bot.services.saying import delivery
from bot.services.standing import open_deadlines, weekly_figures
from bot.services.tasks import reports
from bot.services.tasks.reports import Draft
from bot.services.typed_deadlines import NO_DEADLINE
from db.models import RunningSpan
from tests.conftest import ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join, list_messages, open_office
from tests.services.small_office import SMALL

AN, BINH, HOA = CAST["an"], CAST["binh"], CAST["hoa"]
FRIDAY = "2023-06-02T15:00"


@pytest.fixture
def office(desk: Desk) -> Setting:
    opened = open_office(desk)
    opened.tick()
    return opened


def digests(office: Setting) -> list[str]:
    return [text for to, text in office.send_all() if to == AN and "Tổng hợp tuần" in text]


def test_it_comes_on_friday_afternoon_and_once(office: Setting) -> None:
    office.at("2023-06-02T14:59")
    assert not [each for each in digests(office) if "2/6/2023" in each]
    office.at(FRIDAY)
    (text,) = digests(office)
    assert "Số liệu tính đến 15:00 ngày 2/6/2023" in text
    assert "Mới quá hạn trong tuần: 28" in text
    office.at("2023-06-02T16:00")
    assert digests(office) == []


def test_on_a_day_off_it_comes_the_working_day_before(office: Setting) -> None:
    with office.desk.work() as work:
        change_office_settings(work, office.an, weekly_on=0, weekly_at="10:00")
    with office.desk.reading() as work:
        # Monday 1/5/2023 is a day off, and so is the weekend with Saturday's holiday before it.
        at = weekly.time_of(work, date(2023, 5, 1)).astimezone(ZONE)
        assert at == datetime(2023, 4, 28, 10, tzinfo=ZONE)
        assert weekly.time_on(work, date(2023, 4, 26)) == datetime(2023, 4, 26, 10, tzinfo=ZONE)


def test_missed_while_nothing_ran_it_comes_once_when_back(office: Setting) -> None:
    office.at("2023-05-20T09:00")
    digests(office)
    office.at("2023-06-14T09:00")
    (text,) = digests(office)
    assert "15:00 ngày 9/6/2023" in text


def test_of_the_weeks_of_a_pause_only_the_last_is_told(office: Setting) -> None:
    office.send_all()
    with office.desk.work() as work:
        pausing.pause_all(work, office.an)
    for moment in ("2023-05-05T15:00", "2023-05-12T15:00", "2023-05-19T15:00"):
        office.at(moment)
    with office.desk.work() as work:
        pausing.resume_all(work, office.an)
    (text,) = digests(office)
    assert "15:00 ngày 19/5/2023" in text
    with office.desk.reading() as work:
        earlier = list_messages(work, kind="weekly", status="expired")
        assert [each.error for each in earlier] == ["không còn cần gửi: đã có số liệu mới hơn"] * 2


def test_told_a_month_later_it_says_the_same(office: Setting) -> None:
    office.at(FRIDAY)
    (sent,) = digests(office)
    with office.desk.reading() as work:
        at = weekly.time_of(work, date(2023, 6, 2))
        then = weekly_figures.figures_at(work, at)
    clock = office.desk.clock
    clock.move(clock.now() + timedelta(hours=1))
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        number = reports.submit(work, office.binh, mine, Draft("completion", "Đã xong")).id
    with office.desk.work() as work:
        reports.accept(work, office.an, number)
        for task in [*open_deadlines.list_unsettled(work), *open_deadlines.list_unconfirmed(work)]:
            settling.settle(work, office.an, task.id, NO_DEADLINE, "Không áp dụng", seen=None)
        assert open_deadlines.count_open(work) == (0, 0)
        load_document(work, read_file(json.dumps(SMALL).encode(), make_reader(work)))
        delivery.lose_chat(work, BINH, "blocked")
    join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    with office.desk.work() as work:
        change_office_settings(work, office.an, weekly_on=1, weekly_at="10:00")
    office.at("2023-07-03T09:00")
    with office.desk.reading() as work:
        assert weekly.time_on(work, date(2023, 6, 2)) == at
        again = weekly_figures.figures_at(work, at)
    assert (again.counts, again.unreachable) == (then.counts, then.unreachable)
    assert (again.undated, again.unconfirmed) == (then.undated, then.unconfirmed) == (3, 1)
    for name in ("newly_overdue", "due_next_week", "waiting", "unacknowledged"):
        assert [each.id for each in getattr(again, name)] == [each.id for each in getattr(then, name)]
    assert f"Mới quá hạn trong tuần: {len(then.newly_overdue)}" in sent


def test_nothing_goes_to_the_leadership_until_it_is_sent(office: Setting) -> None:
    chat = Chat(office)
    join(office.desk, "hoa", Role.VIEWER)
    office.at(FRIDAY)
    chat.press(AN, "Gửi Thường trực")
    assert "Gửi 1 đồng chí lãnh đạo" in chat.last(AN)
    assert "Tổng số nhiệm vụ: <b>28</b>" in chat.last(AN)
    assert not any("Tình hình thực hiện" in each["text"] for each in chat.list_screens(HOA))
    chat.press(AN, "Gửi")
    assert not any("Tình hình thực hiện" in each["text"] for each in chat.list_screens(HOA))
    office.at("2023-06-02T15:02")
    (got,) = [each["text"] for each in chat.list_screens(HOA) if "Tình hình thực hiện" in each["text"]]
    assert "Số liệu tính đến 15:00 ngày 2/6/2023" in got


def test_it_can_be_taken_back_and_needs_somebody_to_go_to(office: Setting) -> None:
    chat = Chat(office)
    office.at(FRIDAY)
    assert "Chưa có đồng chí lãnh đạo" in chat.press(AN, "Gửi Thường trực")["toast"]
    join(office.desk, "hoa", Role.VIEWER)
    chat.press(AN, "Gửi Thường trực")
    send = chat.find_button(AN, "Gửi")
    chat.press_data(AN, send)
    assert "Đã gửi rồi" in chat.press_data(AN, send)["toast"]
    chat.press(AN, "Thu lại")
    office.at("2023-06-02T15:02")
    assert not [text for to, text in office.send_all() if to == HOA]
    with office.desk.reading() as work:
        assert {each.status for each in list_messages(work, kind="summary")} == {"expired"}


def test_only_the_secretariat_sends_upward(office: Setting) -> None:
    with office.desk.work() as work, pytest.raises(UserError):
        weekly.preview_leadership(work, office.binh, work.now)


def run_from_to(office: Setting, *spans: tuple[str, str]) -> None:
    with office.desk.work() as work:
        for started, seen in spans:
            first, last = (datetime.fromisoformat(each).replace(tzinfo=ZONE) for each in (started, seen))
            work.session.add(RunningSpan(started_at=first, seen_at=last))


def test_it_says_whether_the_bot_ran_without_a_break(office: Setting) -> None:
    run_from_to(office, ("2023-05-01T08:00", "2023-06-02T15:00"))
    office.at(FRIDAY)
    (text,) = digests(office)
    assert "🟢 Bot hoạt động liên tục cả tuần" in text


def test_it_names_the_interruptions_of_the_week_and_only_those(office: Setting) -> None:
    run_from_to(
        office,
        ("2023-05-01T08:00", "2023-05-10T08:00"),
        ("2023-05-11T08:00", "2023-05-29T22:10"),
        ("2023-05-30T07:30", "2023-06-01T09:00"),
        ("2023-06-01T09:04", "2023-06-02T15:00"),
    )
    office.at(FRIDAY)
    (text,) = digests(office)
    assert "Bot gián đoạn 1 lần trong tuần" in text
    assert "– từ 22:10 ngày 29/5/2023 đến 07:30 ngày 30/5/2023" in text
    assert "10/5/2023" not in text


def test_of_a_bot_set_up_within_the_week_it_says_since_when(office: Setting) -> None:
    run_from_to(office, ("2023-05-31T08:00", "2023-06-02T15:00"))
    office.at(FRIDAY)
    (text,) = digests(office)
    assert "🟢 Bot hoạt động liên tục từ 08:00 ngày 31/5/2023" in text
