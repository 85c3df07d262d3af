"""What is over and long past is forgotten; never what is still asked for, or keeps from saying a thing twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from bot.clock import wall
from bot.inbox.receive import store_updates
from bot.services.context import Keeping, Office, Work
from bot.services.notice.numbering import next_number
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from bot.services.upkeep import retention
from bot.services.upkeep.health import examine
from bot.services.upkeep.ticking import DUTIES, look
from db.models import Event, InboxUpdate, Notice, OfficeSettings, OutboxCover, OutboxMessage, Report
from tests.conftest import ZONE, Desk
from tests.services.office import CAST, Setting, find_assignment, open_office

FORGETTING = next(duty for duty in DUTIES if duty.fire is retention.fire)


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


def count(office: Setting, model: type[SQLModel]) -> int:
    with office.desk.reading() as work:
        return work.session.exec(select(func.count()).select_from(model)).one()


def prune(office: Setting) -> int:
    """Runs the duty alone, as often as it asks; returns in how many transactions."""
    done, more = 0, True
    while more:
        with office.desk.work() as work:
            assert FORGETTING in look(work).due
            more = retention.fire(work).more
        done += 1
    return done


def report_and_confirm(office: Setting) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        assignments.acknowledge(work, office.binh, mine)
        report = reports.submit(work, office.binh, mine, Draft("completion", "Đã ban hành Kế hoạch"))
        reports.accept(work, office.an, report.id)


def sent_to(work: Work, clause: str) -> list[tuple[str, int | None]]:
    """Kinds and numbers of the messages there are about a task of Mường Tè."""
    query = (
        select(Notice.kind, Notice.number)
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .where(col(Notice.assignment_id) == find_assignment(work, clause, "hu-muong-te").id)
        .order_by(col(Notice.id))
    )
    return [(kind, number) for kind, number in work.session.exec(query)]


def test_old_messages_go_and_all_that_is_still_asked_for_stays(office: Setting) -> None:
    for moment in ("2023-05-17T08:00", "2023-05-24T08:00", "2023-05-29T08:00"):
        office.at(moment)
        office.send_all()
    report_and_confirm(office)
    office.send_all()
    with office.desk.reading() as work:
        closed_before, open_before = sent_to(work, "IV.2.b"), sent_to(work, "IV.2.a")
        number = next_number(work, find_assignment(work, "IV.2.b", "hu-muong-te").id)
        told = list_told(work)
    before = {model: count(office, model) for model in (Event, Notice, Report, OutboxMessage)}
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=401))
    prune(office)
    assert count(office, OutboxMessage) < before.pop(OutboxMessage)
    assert {model: count(office, model) for model in before} == before, "the record stays"
    with office.desk.reading() as work:
        assert sent_to(work, "IV.2.a") == open_before, "an open task's reminders can still be answered"
        left = sent_to(work, "IV.2.b")
        assert len(left) < len(closed_before)
        assert next_number(work, find_assignment(work, "IV.2.b", "hu-muong-te").id) == number
        assert FORGETTING not in look(work).due, "until tomorrow"
        forgotten = told.keys() - list_told(work).keys()
        kept = select(Notice.id, Notice.told_at).where(col(Notice.id).in_(forgotten))
        assert dict(work.session.exec(kept).all()) == {key: told[key] for key in forgotten}, (
            "when it was told"
        )
        assert forgotten


def list_told(work: Work) -> dict[int, datetime | None]:
    """By notice, when the first message about it was sent."""
    query = select(OutboxCover.notice_id, func.min(col(OutboxMessage.sent_at)))
    query = query.join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
    query = query.where(col(OutboxMessage.sent_at).is_not(None)).group_by(col(OutboxCover.notice_id))
    return dict(work.session.exec(query).all())


def test_nothing_is_said_again_after_its_words_were_forgotten(office: Setting) -> None:
    for moment in ("2023-05-17T08:00", "2023-05-24T08:00"):
        office.at(moment)
        office.send_all()
    report_and_confirm(office)
    office.send_all()
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=401))
    prune(office)
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        said = work.session.exec(select(func.count()).where(col(Notice.assignment_id) == mine)).one()
        # All reminders are planned anew, as after an edit of the days off.
        work.session.exec(select(OfficeSettings)).one().plan_key = None
    office.tick()
    office.send_all()
    with office.desk.reading() as work:
        again = work.session.exec(select(func.count()).where(col(Notice.assignment_id) == mine)).one()
        assert again == said
        assert [kind for kind, _ in sent_to(work, "IV.2.b")].count("decision") <= 1


def test_what_waits_or_went_a_moment_ago_is_never_forgotten(office: Setting) -> None:
    office.at("2023-05-24T08:00")
    waiting = list_statuses(office).count("pending")
    assert waiting > 2
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=401))
    prune(office)
    assert list_statuses(office).count("pending") == waiting
    office.send_all()
    sent = list_statuses(office).count("sent")
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=2))
    prune(office)
    assert list_statuses(office).count("sent") == sent >= 1, "sent two days ago, however long it had waited"


def list_statuses(office: Setting) -> list[str]:
    with office.desk.reading() as work:
        return list(work.session.exec(select(OutboxMessage.status)))


def make_updates(office: Setting, numbers: range, state: str, days: int) -> None:
    store_updates(office.desk.database, 42, [_update(number) for number in numbers])
    at = wall() - timedelta(days=days)
    with office.desk.work() as work:
        rows = select(InboxUpdate).where(col(InboxUpdate.update_id).in_(numbers))
        for row in work.session.exec(rows):
            row.received_at, row.state = at, state
            if state == "done":
                row.applied_at = row.done_at = at
            if state == "parked":
                row.error = "KeyError: x"


def _update(number: int) -> dict[str, object]:
    return {"update_id": number, "message": {"chat": {"id": CAST["binh"]}, "text": "x"}}


def test_handled_updates_go_after_their_days_in_short_transactions(office: Setting) -> None:
    make_updates(office, range(1, 1201), "done", days=31)
    make_updates(office, range(2001, 2003), "parked", days=31)
    make_updates(office, range(3001, 3003), "done", days=29)
    make_updates(office, range(4001, 4002), "received", days=31)
    assert prune(office) == 3
    with office.desk.reading() as work:
        left = work.session.exec(select(InboxUpdate.update_id).order_by(col(InboxUpdate.id))).all()
    assert left == [2001, 2002, 3001, 3002, 4001]
    # What Telegram says again of the last weeks is still known.
    store_updates(office.desk.database, 42, [_update(3001), _update(4001)])
    assert count(office, InboxUpdate) == 5


def test_what_could_not_be_handled_is_kept_as_long_as_messages_are(office: Setting) -> None:
    make_updates(office, range(1, 3), "parked", days=401)
    make_updates(office, range(11, 13), "parked", days=399)
    make_updates(office, range(21, 23), "received", days=500)
    make_updates(office, range(31, 32), "done", days=1)
    prune(office)
    with office.desk.reading() as work:
        left = work.session.exec(select(InboxUpdate.update_id).order_by(col(InboxUpdate.id))).all()
    assert left == [11, 12, 21, 22, 31]


def test_the_newest_update_stays_so_that_no_number_comes_twice(office: Setting) -> None:
    make_updates(office, range(1, 4), "done", days=300)
    with office.desk.reading() as work:
        newest = work.session.exec(select(func.max(col(InboxUpdate.id)))).one()
    prune(office)
    assert count(office, InboxUpdate) == 1
    store_updates(office.desk.database, 42, [_update(9)])
    with office.desk.reading() as work:
        assert work.session.exec(select(func.max(col(InboxUpdate.id)))).one() > newest


def test_a_tick_does_it_once_a_day_and_doctor_tells(office: Setting) -> None:
    make_updates(office, range(1, 4), "done", days=31)
    office.at("2023-05-02T03:00")
    assert count(office, InboxUpdate) == 1
    make_updates(office, range(11, 14), "done", days=31)
    office.at("2023-05-02T23:00")
    assert count(office, InboxUpdate) == 4
    office.at("2023-05-03T03:00")
    assert count(office, InboxUpdate) == 1
    with office.desk.reading() as work:
        (told,) = [each for each in examine(work, wall()) if each.check == "retention"]
    assert told.status == "ok"
    assert "400 days" in told.message
    assert "at 2023-05-03 03:00" in told.message
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=4))
    with office.desk.reading() as work:
        (told,) = [each for each in examine(work, wall()) if each.check == "retention"]
    assert told.status == "warn"


def test_the_office_sets_for_how_many_days(office: Setting) -> None:
    desk = Desk(office.desk.database, office.desk.clock, Office(ZONE, "Văn phòng", keeping=Keeping(400, 7)))
    make_updates(office, range(1, 4), "done", days=8)
    prune(Setting(desk, office.binh, office.an))
    assert count(office, InboxUpdate) == 1
