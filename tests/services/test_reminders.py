"""When an office is reminded: the ladder on real days, after outages, and never of what is over."""

import re
from datetime import datetime, timedelta

import pytest

from bot.domain.access import Role
from bot.screens.tasks import left_words
from bot.services.reminding.reminders import schedule
from bot.services.standing.views import get_view
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.models import Task
from tests.conftest import START, ZONE, Desk
from tests.services.office import CAST, Setting, find_assignment, join, list_messages, open_office

BINH = CAST["binh"]


@pytest.fixture
def office(desk: Desk) -> Setting:
    opened = open_office(desk)
    with desk.work() as work:
        for clause in ("IV.2.a", "IV.2.b"):
            assignments.acknowledge(work, opened.binh, find_assignment(work, clause, "hu-muong-te").id)
    opened.send_all()
    return opened


def titles(sent: list[tuple[int, str]], who: int = BINH) -> list[str]:
    """“Nhắc việc lần 1”, “Đôn đốc lần 5” … of one person's messages."""
    return [
        match[0]
        for chat, text in sent
        if chat == who
        for match in [re.search(r"(Nhắc việc|Đôn đốc) lần \d+", text)]
        if match
    ]


def test_the_first_document_is_reminded_on_the_days_of_the_ladder(office: Setting) -> None:
    days = []
    moment = START.replace(hour=8)
    while moment < datetime(2023, 6, 27, tzinfo=ZONE):
        moment += timedelta(days=1)
        office.at(f"{moment:%Y-%m-%dT%H:%M}")
        days += [(f"{moment:%-d/%-m}", title) for title in titles(office.send_all())]
    assert days == [
        ("17/5", "Nhắc việc lần 1"),
        ("24/5", "Nhắc việc lần 2"),
        ("29/5", "Nhắc việc lần 3"),
        ("31/5", "Nhắc việc lần 4"),
        ("2/6", "Đôn đốc lần 5"),
        ("7/6", "Đôn đốc lần 6"),
        ("12/6", "Đôn đốc lần 7"),
        ("19/6", "Đôn đốc lần 8"),
        ("26/6", "Đôn đốc lần 9"),
    ]


def test_after_an_outage_what_is_current_is_sent_once(office: Setting) -> None:
    office.at("2023-06-08T10:00")
    (first,) = titles(office.send_all())
    assert first == "Đôn đốc lần 1"
    office.tick()
    assert office.send_all() == []
    office.at("2023-05-20T10:00")
    office.at("2023-06-08T11:00")
    assert titles(office.send_all()) == []


@pytest.mark.parametrize(
    ("back_at", "said_at"),
    [("2023-06-03T10:00", "2023-06-05T08:00"), ("2023-05-18T03:00", "2023-05-18T07:00")],
    ids=["a Saturday waits for Monday", "the night waits for the morning"],
)
def test_catching_up_waits_for_a_working_morning(office: Setting, back_at: str, said_at: str) -> None:
    office.at(back_at)
    assert office.send_all() == []
    office.at(said_at)
    assert len(titles(office.send_all())) == 1


def test_what_was_handed_in_before_sending_is_not_sent(office: Setting) -> None:
    office.at("2023-05-24T08:00")
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        reports.submit(work, office.binh, mine.id, Draft("completion", "Đã ban hành"))
    sent = office.send_all()
    assert titles(sent) == []
    assert any("Biên nhận báo cáo số 1" in text for chat, text in sent if chat == BINH)
    with office.desk.reading() as work:
        (message,) = list_messages(work, status="expired", kind="reminder", address_id=1)
        assert message.error


def test_the_secretariat_is_reminded_of_what_waits_for_it(office: Setting) -> None:
    office.at("2023-05-24T08:00")
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        reports.submit(work, office.binh, mine.id, Draft("completion", "Đã ban hành"))
    office.send_all()
    office.at("2023-05-26T08:00")
    waiting = [text for chat, text in office.send_all() if chat == CAST["an"] and "đang chờ xác nhận" in text]
    assert len(waiting) == 1
    office.at("2023-06-02T08:00")
    assert titles(office.send_all()) == []


def test_reminders_nobody_can_receive_wait_and_the_secretariat_sees_it(office: Setting) -> None:
    office.at("2023-05-24T08:00")
    sent = office.send_all()
    assert any("Chưa có người nhận tin" in text for chat, text in sent if chat == CAST["an"])
    with office.desk.reading() as work:
        waiting = [each for each in list_messages(work, status="pending") if each.address_id is None]
        # One an agency: the earlier assignment notice has given way.
        assert len({each.agency_id for each in waiting}) == len(waiting)
    office.at("2023-05-29T08:00")
    office.send_all()
    join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    theirs = [text for chat, text in office.send_all() if chat == CAST["dung"]]
    assert len(theirs) == 1
    assert "Nhắc việc lần 1" in theirs[0]
    assert "còn 2 ngày" in theirs[0]


def test_several_agencies_of_one_person_fall_into_one_digest(office: Setting) -> None:
    join(office.desk, "binh", Role.OFFICER, "ban-tuyen-giao")
    office.send_all()
    office.at("2023-05-24T08:00")
    sent = [text for chat, text in office.send_all() if chat == BINH]
    assert len(sent) == 1
    assert sent[0].count("Nhắc việc lần 1") == 2


def test_a_snooze_silences_only_the_one_who_pressed(office: Setting) -> None:
    join(office.desk, "hoa", Role.OFFICER, "hu-muong-te")
    office.send_all()
    office.at("2023-05-17T08:00")
    office.send_all()
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        assignments.snooze(work, office.binh, mine.id, datetime(2023, 5, 25, tzinfo=ZONE).date())
    office.at("2023-05-24T08:00")
    sent = office.send_all()
    assert titles(sent) == []
    assert titles(sent, CAST["hoa"]) == ["Nhắc việc lần 2"]
    office.at("2023-05-25T08:00")
    sent = office.send_all()
    assert titles(sent, CAST["hoa"]) == []
    assert any("Nhắc lại theo yêu cầu" in text for chat, text in sent if chat == BINH)


def test_a_deadline_on_a_day_off_is_still_met_on_the_next_working_day(office: Setting) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        mine.due = datetime(2023, 6, 3, tzinfo=ZONE).date()  # a Saturday
        schedule(work, mine, work.session.get_one(Task, mine.task_id))
    office.at("2023-06-02T08:00")
    (friday,) = [text for chat, text in office.send_all() if chat == BINH]
    assert "Nhắc việc lần 1" in friday
    assert "còn 1 ngày; hạn rơi vào ngày nghỉ, vẫn nhận đến hết ngày 5/6/2023" in friday
    office.at("2023-06-05T09:00")
    with office.desk.reading() as work:
        view = get_view(work, find_assignment(work, "IV.2.b", "hu-muong-te").id)
        assert "vẫn nhận đến hết ngày 5/6/2023" in left_words(view, work.texts(), work.today)
        assert not view.is_late(work.today)
    office.at("2023-06-07T08:00")
    (wednesday,) = [text for chat, text in office.send_all() if chat == BINH]
    assert "Đôn đốc lần 2" in wednesday
    assert "quá hạn 4 ngày" in wednesday
