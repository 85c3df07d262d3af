"""Down and back: outages, a clock that jumps, another time zone. One current reminder each, and none twice."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.clock import FixedClock, wall
from bot.domain.access import Role
from db.models import Assignment, Holiday, Notice, OfficeSettings
from tests.conftest import ZONE, Desk
from tests.services.office import CAST, Setting, find_assignment, join, list_messages
from tests.services.small_office import open_small_office

BINH, DUNG = CAST["binh"], CAST["dung"]


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_small_office(desk)


def said(office: Setting, clause: str = "IV.2.b", zone: ZoneInfo = ZONE) -> list[str]:
    """The reminders of one task so far: “24/5 08:00 before-5”."""
    with office.desk.reading() as work:
        mine = find_assignment(work, clause, "hu-muong-te").id
        rows = work.session.exec(
            select(Notice.due_at, Notice.step)
            .where(col(Notice.assignment_id) == mine, col(Notice.kind) == "reminder")
            .order_by(col(Notice.id))
        ).all()
    return [f"{at.astimezone(zone):%-d/%-m %H:%M} {step}" for at, step in rows]


def next_at(office: Setting, clause: str = "IV.2.b") -> datetime | None:
    with office.desk.reading() as work:
        return find_assignment(work, clause, "hu-muong-te").next_reminder_at


def of(sent: list[tuple[int, str]], who: int) -> list[str]:
    return [text for chat, text in sent if chat == who]


# --- outages ----------------------------------------------------------------------------------------------


def test_after_ten_working_days_each_chat_gets_one_digest_with_the_oldest_deadline_first(
    office: Setting,
) -> None:
    join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    office.send_all()
    office.at("2023-05-30T10:00")
    sent = office.send_all()
    (digest,) = of(sent, BINH)
    assert re.findall(r"(?:Nhắc việc|Đôn đốc) lần \d+", digest) == ["Đôn đốc lần 2", "Nhắc việc lần 1"]
    assert digest.index("quá hạn 4 ngày") < digest.index("còn 1 ngày")
    assert len(of(sent, DUNG)) == 1
    assert said(office, "IV.2.a")[1:] == ["30/5 10:00 after-2"]
    assert said(office) == ["30/5 10:00 before-2"]
    office.tick()
    assert office.send_all() == []


def test_after_several_outages_nothing_is_said_twice(small_office: Setting) -> None:
    for moment in ("2023-05-23T15:00", "2023-05-25T11:00", "2023-05-25T12:00", "2023-06-07T09:00"):
        small_office.at(moment)
        assert len(of(small_office.send_all(), BINH)) <= 1
    assert said(small_office) == ["23/5 15:00 before-10", "25/5 11:00 before-5", "7/6 09:00 after-5"]
    assert said(small_office, "IV.2.a")[1:] == [
        "23/5 15:00 before-5",
        "25/5 11:00 before-2",
        "7/6 09:00 week-2023-06-05",
    ]


def test_down_over_the_new_year_holidays_it_speaks_on_the_first_working_morning(
    small_office: Setting,
) -> None:
    small_office.at("2024-02-05T08:00")
    small_office.send_all()
    small_office.at("2024-02-10T10:00")
    assert small_office.send_all() == []
    small_office.at("2024-02-15T08:00")
    assert len(of(small_office.send_all(), BINH)) == 1
    assert said(small_office)[-2:] == ["5/2 08:00 week-2024-02-05", "15/2 08:00 week-2024-02-12"]


def test_back_in_the_morning_of_a_step_it_waits_for_that_step(small_office: Setting) -> None:
    small_office.at("2023-05-24T07:30")
    assert said(small_office) == []
    small_office.at("2023-05-24T08:00")
    assert said(small_office) == ["24/5 08:00 before-5"]
    assert said(small_office, "IV.2.a")[1:] == ["24/5 08:00 before-2"]


# --- the clock --------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_forth_and_back_says_nothing_twice_and_loses_nothing(office: Setting) -> None:
    office.at("2023-06-15T10:00")
    assert said(office) == ["15/6 10:00 week-2023-06-12"]
    office.at("2023-06-05T10:00")
    assert said(office)[1:] == []
    office.at("2023-05-16T10:00")
    assert next_at(office) == datetime(2023, 5, 17, 8, tzinfo=ZONE)
    office.at("2023-05-17T08:00")
    assert said(office)[1:] == ["17/5 08:00 before-10"]
    office.at("2023-06-07T08:00")
    assert said(office)[2:] == ["7/6 08:00 after-5"]
    office.at("2023-05-20T08:00")
    office.at("2023-06-16T08:00")
    assert said(office)[3:] == []
    office.at("2023-06-19T08:00")
    assert said(office)[3:] == ["19/6 08:00 week-2023-06-19"]


def test_a_clock_set_back_while_the_bot_is_off_is_seen(small_office: Setting) -> None:
    small_office.at("2023-06-15T10:00")
    small_office.send_all()
    desk = small_office.desk
    back = replace(small_office, desk=Desk(desk.database, FixedClock(desk.clock.now()), desk.office))
    back.at("2023-05-23T09:00")
    assert back.send_all() == []
    back.at("2023-05-24T08:00")
    assert said(small_office)[1:] == ["24/5 08:00 before-5"]
    assert len(of(back.send_all(), BINH)) == 1


def test_a_clock_put_right_by_a_minute_changes_nothing(small_office: Setting) -> None:
    small_office.at("2023-05-24T08:00")
    before = next_at(small_office)
    small_office.at("2023-05-24T07:59")
    assert next_at(small_office) == before
    small_office.at("2023-05-24T08:00")
    assert said(small_office) == ["24/5 08:00 before-5"]


def test_what_was_put_off_before_the_machines_clock_was_set_back_does_not_wait_as_long(
    small_office: Setting,
) -> None:
    small_office.at("2023-05-17T08:00")
    with small_office.desk.work() as work:
        for message in list_messages(work, status="pending"):
            message.not_before = wall() + timedelta(days=9)
    assert len(of(small_office.send_all(), BINH)) == 1


# --- what the days are computed from ----------------------------------------------------------------------


def test_in_another_time_zone_it_is_said_at_eight_there_on_the_same_days(office: Setting) -> None:
    there = replace(
        office,
        desk=Desk(office.desk.database, office.desk.clock, replace(office.desk.office, zone=ZoneInfo("UTC"))),
    )
    there.tick()
    assert next_at(there) == datetime(2023, 5, 17, 8, tzinfo=ZoneInfo("UTC"))
    office.desk.clock.move(datetime(2023, 5, 17, 8, tzinfo=ZoneInfo("UTC")))
    there.tick()
    assert said(there, zone=ZoneInfo("UTC")) == ["17/5 08:00 before-10"]
    office.tick()
    assert next_at(office) == datetime(2023, 5, 24, 8, tzinfo=ZONE)
    office.at("2023-05-24T08:00")
    assert said(office)[1:] == ["24/5 08:00 before-5"]


def edit_holidays(office: Setting, *days: date, kind: str = "off") -> None:
    with office.desk.work() as work:
        for day in days:
            work.session.merge(Holiday(day=day, kind=kind))


def test_an_edited_calendar_moves_what_is_ahead_and_repeats_nothing(small_office: Setting) -> None:
    small_office.at("2023-05-24T08:00")
    assert said(small_office) == ["24/5 08:00 before-5"]
    edit_holidays(small_office, date(2023, 5, 29))
    small_office.tick()
    assert next_at(small_office) == datetime(2023, 5, 26, 8, tzinfo=ZONE)
    edit_holidays(small_office, date(2023, 5, 29), kind="work")
    small_office.tick()
    assert next_at(small_office) == datetime(2023, 5, 29, 8, tzinfo=ZONE)
    with small_office.desk.reading() as work:
        assert find_assignment(work, "IV.2.b", "hu-muong-te").plan_no == 0


def test_a_weekly_reminder_moves_within_its_week_and_comes_once(small_office: Setting) -> None:
    small_office.at("2023-06-09T09:00")
    edit_holidays(small_office, date(2023, 6, 12))
    small_office.at("2023-06-12T08:00")
    small_office.at("2023-06-13T08:00")
    edit_holidays(small_office, date(2023, 6, 12), kind="work")
    edit_holidays(small_office, date(2023, 6, 13))
    small_office.tick()
    small_office.at("2023-06-14T08:00")
    assert said(small_office)[1:] == ["13/6 08:00 week-2023-06-12"]
    assert next_at(small_office) == datetime(2023, 6, 19, 8, tzinfo=ZONE)


def test_a_step_that_an_edit_moves_into_the_past_still_comes(small_office: Setting) -> None:
    small_office.at("2023-05-17T08:00")
    small_office.at("2023-05-23T09:00")
    edit_holidays(small_office, date(2023, 5, 25))
    small_office.tick()
    assert said(small_office)[1:] == ["23/5 09:00 before-5"]


def test_a_step_that_an_edit_moves_to_a_day_that_had_its_reminder_is_let_go(small_office: Setting) -> None:
    small_office.at("2023-05-23T07:30")
    edit_holidays(small_office, date(2023, 5, 25))
    small_office.at("2023-05-23T08:00")
    assert said(small_office) == ["23/5 07:30 before-10"]
    assert next_at(small_office) == datetime(2023, 5, 29, 8, tzinfo=ZONE)


def test_planning_anew_goes_on_where_a_crash_has_stopped_it(
    office: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.services.reminding import replanning
    from bot.services.upkeep.ticking import DUTIES, look

    monkeypatch.setattr(replanning, "BATCH", 1)
    edit_holidays(office, date(2023, 5, 17))
    with office.desk.work() as work:
        total = len(work.session.exec(select(Assignment.id)).all())
        assert replanning.fire(work).more
        reached = work.session.get_one(OfficeSettings, 1).replanned_to
    assert reached is not None
    assert reached < total
    with office.desk.work() as work:
        first = work.session.exec(select(Assignment).where(col(Assignment.id) <= reached)).first()
        assert first is not None
        first.next_reminder_at = None  # not touched again
    office.tick()
    with office.desk.reading() as work:
        row = work.session.get_one(OfficeSettings, 1)
        assert (row.plan_key, row.replanned_to) == (replanning.plan_key(work), None)
        assert work.session.get_one(Assignment, first.id).next_reminder_at is None
        duty = next(each for each in DUTIES if each.fire is replanning.fire)
        assert duty not in look(work).due
    assert said(office) == ["16/5 09:00 before-10"]
