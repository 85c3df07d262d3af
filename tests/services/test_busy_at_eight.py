"""An agency that does something in the moment between a reminder's hour and the tick gets its reminder."""

from datetime import datetime

import pytest

from bot.services.tasks import assignments, reports
from tests.conftest import ZONE, Desk
from tests.services.office import Setting, find_assignment
from tests.services.small_office import open_small_office


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_small_office(desk)


def be_late(office: Setting, moment: str) -> None:
    """The clock is there, the tick is not yet."""
    office.desk.clock.move(datetime.fromisoformat(moment).replace(tzinfo=ZONE))


def list_titles(office: Setting) -> list[str]:
    return [text.splitlines()[0] for who, text in office.send_all() if who == 201]


def test_a_progress_report_just_before_the_tick_does_not_cost_the_reminder(office: Setting) -> None:
    office.at("2023-05-17T08:00")
    list_titles(office)
    be_late(office, "2023-05-24T08:00")
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        reports.submit(work, office.binh, mine, reports.Draft("progress", "Đang làm"))
    list_titles(office)
    office.tick()
    told = list_titles(office)
    assert len(told) == 1
    office.tick()
    assert list_titles(office) == []


def test_what_is_acknowledged_just_before_the_tick_is_not_asked_for(desk: Desk, office: Setting) -> None:
    with desk.work() as work:
        found = find_assignment(work, "IV.2.b", "hu-muong-te")
        found.acknowledged_at = found.acknowledged_by = None
        found.next_reminder_at = office.desk.clock.now()
        key = found.id
    with desk.work() as work:
        assert assignments.acknowledge(work, office.binh, key)
    office.tick()
    assert list_titles(office) == []
    with desk.reading() as work:
        assert (find_assignment(work, "IV.2.b", "hu-muong-te").next_reminder_at or work.now) > work.now
