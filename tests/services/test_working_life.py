"""Receiving, reporting, confirming, returning, extending, pressing: state, record and messages together."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.errors import UserError
from bot.services.context import Work
from bot.services.deadlines import extensions
from bot.services.reminding import pressing
from bot.services.standing import overview, past
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.models import DeadlineChange, Event, Report
from tests.conftest import Desk
from tests.services.office import CAST, Setting, find_assignment, join, open_office

DONE = Draft("completion", "Đã ban hành Kế hoạch")


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


def submit(office: Setting, draft: Draft = DONE) -> int:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        return reports.submit(work, office.binh, mine.id, draft).id


def standing(office: Setting) -> tuple[str, bool, bool]:
    with office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        return mine.status, mine.submitted_at is not None, mine.completed_at is not None


def actions(office: Setting) -> list[str]:
    with office.desk.reading() as work:
        rows = work.session.exec(
            select(Event).where(col(Event.assignment_id).is_not(None)).order_by(col(Event.id))
        )
        return [each.action for each in rows if each.action not in ("assigned",)]


def test_a_report_is_confirmed_and_the_record_tells_it(office: Setting) -> None:
    submit(office, Draft("progress", "Đang dự thảo"))
    assert standing(office) == ("in_progress", False, False)
    number = submit(office)
    assert standing(office) == ("awaiting_confirmation", True, False)
    with office.desk.work() as work:
        reports.accept(work, office.an, number)
    assert standing(office) == ("completed", True, True)
    assert actions(office) == ["reported_progress", "reported_completion", "accepted"]


def test_a_returned_report_can_be_handed_in_again(office: Setting) -> None:
    number = submit(office)
    with office.desk.work() as work:
        reports.return_report(work, office.an, number, "Thiếu phụ lục")
    assert standing(office) == ("in_progress", False, False)
    again = submit(office)
    with office.desk.work() as work:
        reports.accept(work, office.an, again)
    with office.desk.reading() as work:
        assert [each.review for each in work.session.exec(select(Report).order_by(col(Report.id)))] == [
            "returned",
            "accepted",
        ]


def test_what_is_refused_changes_nothing(office: Setting) -> None:
    dung = join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    number = submit(office)
    before = actions(office)
    with office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    refused: list[Callable[[Work], object]] = [
        lambda work: reports.submit(work, office.binh, mine, DONE),
        lambda work: reports.submit(work, dung, mine, Draft("progress", "Việc của người khác")),
        lambda work: reports.accept(work, office.binh, number),
        lambda work: reports.accept(work, dung, number),
        lambda work: assignments.acknowledge(work, dung, mine),
        lambda work: extensions.request(work, office.binh, mine, date(2023, 6, 30), "30/6/2023", "Chậm"),
        lambda work: reports.return_report(work, office.an, number, ""),
        lambda work: reports.return_report(work, office.an, number, "Văn bản (Mật)"),
        lambda work: pressing.press(work, office.binh, None),
        lambda work: pressing.choose_past(work, office.binh, 1, "now"),
    ]
    for each in refused:
        with pytest.raises(UserError), office.desk.work() as work:
            each(work)
    assert actions(office) == before
    assert standing(office)[0] == "awaiting_confirmation"


def test_two_confirm_at_once_and_the_second_is_told_who_and_when(office: Setting) -> None:
    hoa = join(office.desk, "hoa", Role.SECRETARIAT)
    number = submit(office)
    with office.desk.work() as work:
        reports.accept(work, office.an, number)
    with pytest.raises(UserError, match="An xử lý lúc 09:00 ngày 24/4/2023"), office.desk.work() as work:
        reports.return_report(work, hoa, number, "Thiếu")


def test_an_extension_keeps_the_earlier_deadline_and_plans_anew(office: Setting) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        asked = extensions.request(
            work, office.binh, mine.id, date(2023, 6, 15), "15/6/2023", "Chờ hướng dẫn"
        )
    with office.desk.work() as work:
        extensions.decide(work, office.an, asked.id, agree=True)
    with office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te")
        assert (mine.due, mine.original_due, mine.plan_no) == (date(2023, 6, 15), date(2023, 5, 31), 1)
        (change,) = work.session.exec(select(DeadlineChange)).all()
        assert (change.old_due, change.new_due) == (date(2023, 5, 31), date(2023, 6, 15))
        keys = {each.agency_key for each in past.list_overdue_at(work, date(2023, 6, 5))}
        assert "hu-muong-te" not in keys
    office.at("2023-06-01T08:00")
    assert not [text for chat, text in office.send_all() if chat == CAST["binh"] and "Đôn đốc" in text]


def test_the_overdue_list_follows_reports_at_once_and_tells_any_day(office: Setting) -> None:
    office.at("2023-06-05T09:00")
    with office.desk.reading() as work:
        assert {each.agency_key for each in overview.list_overdue(work)} >= {"hu-muong-te"}
    number = submit(office)
    with office.desk.reading() as work:
        assert "hu-muong-te" not in {each.agency_key for each in overview.list_overdue(work)}
        assert [each.report.id for each in overview.list_waiting(work)] == [number]
        then = {each.agency_key for each in past.list_overdue_at(work, date(2023, 6, 4))}
        now = {each.agency_key for each in past.list_overdue_at(work, date(2023, 6, 5))}
        assert "hu-muong-te" in then
        assert "hu-muong-te" not in now
        (counted,) = overview.count_documents(work)
        assert (counted[1].total, counted[1].awaiting_late, counted[1].open_overdue) == (28, 1, 28)


def test_pressing_reaches_officers_and_heads_once(office: Setting) -> None:
    join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    office.at("2023-06-05T09:00")
    office.send_all()
    with office.desk.work() as work:
        found = pressing.press(work, office.an, None)
    assert len(found.views) == 28
    assert len(found.unreachable) == 27
    office.at("2023-06-05T09:02")  # the minute in which it can be taken back is over
    sent = [(chat, text) for chat, text in office.send_all() if "Đôn đốc lần 2" in text]
    assert sorted(chat for chat, _ in sent) == [CAST["binh"], CAST["hoa"]]
