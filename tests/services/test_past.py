"""The past is told as it was then, whatever happened since: also suspending, undoing, late entries."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.assignment import AssignmentView, Move
from bot.domain.timeliness import Timeliness
from bot.errors import UserError
from bot.services.context import Work
from bot.services.standing import past
from bot.services.tasks import entering, reports, steering
from bot.services.tasks.reports import Draft
from tests.conftest import START, ZONE, Desk
from tests.services.office import Setting, find_assignment, open_office

DONE = Draft("completion", "Đã ban hành")


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


def stood(office: Setting, at: datetime) -> AssignmentView:
    with office.desk.reading() as work:
        found = find_assignment(work, "IV.2.b", "hu-muong-te").id
        return next(each for each in past.list_all_at(work, at) if each.id == found)


def test_before_it_was_assigned_it_is_not_listed(office: Setting) -> None:
    with office.desk.reading() as work:
        assert past.list_all_at(work, START - timedelta(seconds=1)) == []
        assert len(past.list_all_at(work, START)) == 66


def test_what_is_entered_later_changes_nothing_of_what_was_known(office: Setting) -> None:
    office.at("2023-06-05T09:00")
    before = stood(office, office.desk.clock.now())
    assert before.timeliness is Timeliness.OVERDUE
    office.at("2023-06-06T09:00")
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        entering.enter(work, office.an, mine, DONE, datetime(2023, 5, 30, tzinfo=ZONE).date())
    assert stood(office, datetime(2023, 6, 5, 9, tzinfo=ZONE)).timeliness is Timeliness.OVERDUE
    assert stood(office, office.desk.clock.now()).timeliness is Timeliness.ON_TIME


MOVES = ["progress", "completion", "accept", "return", "suspend", "resume", "withdraw", "reopen", "undo"]


def do(work: Work, office: Setting, what: str) -> None:
    assignment = find_assignment(work, "IV.2.b", "hu-muong-te")
    waiting = reports.find_pending(work, assignment.id)
    number = waiting.id if waiting else 0
    acts: dict[str, Callable[[], object]] = {
        "progress": lambda: reports.submit(work, office.binh, assignment.id, Draft("progress", "Đang làm")),
        "completion": lambda: reports.submit(work, office.binh, assignment.id, DONE),
        "accept": lambda: reports.accept(work, office.an, number),
        "return": lambda: reports.return_report(work, office.an, number, "Thiếu"),
    }
    act = acts.get(what, lambda: steering.steer(work, office.an, assignment.id, Move(what), "Lý do"))
    act()


def test_whatever_happens_the_past_stays_as_it_was_seen(office: Setting) -> None:
    def key(view: AssignmentView) -> tuple[object, ...]:
        return (view.status, view.submitted_at, view.completed_at, view.timeliness, view.due)

    @given(st.lists(st.sampled_from(MOVES), min_size=1, max_size=10))
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def run(steps: list[str]) -> None:
        clock = office.desk.clock
        seen = []
        for what in steps:
            clock.move(clock.now() + timedelta(hours=30))
            try:
                with office.desk.work() as work:
                    do(work, office, what)
            except UserError:
                pass
            seen.append((clock.now(), key(stood(office, clock.now()))))
        assert [(at, key(stood(office, at))) for at, _ in seen] == seen

    run()
