"""What is drawn before its transaction is written only where nothing has changed since; else it is drawn anew."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.scheduler.running import Runner
from bot.services.context import StaleError
from bot.services.reminding import planning
from bot.services.reminding.planning import Draft
from bot.services.saying import delivery
from bot.services.tasks import assignments
from bot.services.upkeep.ticking import DUTIES
from db.models import Address, Lease, Notice, OutboxMessage
from tests.conftest import ZONE, Desk
from tests.services.office import CAST, Setting, find_assignment, join, list_messages, open_office

REMINDING = next(duty for duty in DUTIES if duty.prepare)
MUONG_TE, TUYEN_GIAO = "hu-muong-te", "ban-tuyen-giao"


@pytest.fixture
def office(desk: Desk) -> Setting:
    """At the first reminder, which no tick has seen yet."""
    opened = open_office(desk)
    opened.tick()
    opened.send_all()
    desk.clock.move(opened.desk.clock.now().replace(2023, 5, 17, 1, 0))
    assert desk.clock.now().astimezone(ZONE).hour == 8
    return opened


def prepare(office: Setting) -> Draft:
    with office.desk.reading() as work:
        return next(planning.prepare(work))


def acknowledge(office: Setting) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", MUONG_TE).id
        assert assignments.acknowledge(work, office.binh, mine)


def join_agency(office: Setting) -> None:
    join(office.desk, "dung", Role.OFFICER, TUYEN_GIAO)


def lose_chat(office: Setting) -> None:
    with office.desk.work() as work:
        delivery.lose_chat(work, CAST["binh"], "blocked")


def press(office: Setting) -> None:
    """A second planner was quicker."""
    office.tick()


CHANGES = (acknowledge, join_agency, lose_chat, press)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_a_change_in_between_is_noticed_and_nothing_is_written(
    office: Setting, change: Callable[[Setting], None]
) -> None:
    draft = prepare(office)
    assert draft.said
    change(office)
    with office.desk.reading() as work:
        before = work.session.exec(select(Notice.id)).all()
    with pytest.raises(StaleError), office.desk.work() as work:
        draft.write(work)
    with office.desk.reading() as work:
        assert work.session.exec(select(Notice.id)).all() == before


def test_where_nothing_has_changed_it_is_written_as_drawn(office: Setting) -> None:
    draft = prepare(office)
    with office.desk.work() as work:
        assert draft.write(work).notices == len(draft.said)
    office.tick()
    with office.desk.reading() as work:
        assert len(list_messages(work, status="pending", address_id=_address(office))) == 1


def test_what_a_sender_has_taken_meanwhile_is_not_said_again_in_a_digest(office: Setting) -> None:
    office.tick()
    office.desk.clock.move(office.desk.clock.now().replace(day=24))
    draft = prepare(office)
    (waiting,) = [key for key in draft.packed.merged if _is_to(office, key)]
    with office.desk.work() as work:
        assert delivery.claim(work, waiting, 1, col(Lease.name).is_not(None) | True)
    with pytest.raises(StaleError), office.desk.work() as work:
        draft.write(work)


def test_the_tick_draws_anew_what_was_stale(office: Setting) -> None:
    """As the heartbeat does it: one who joins in between gets what would have waited for somebody."""
    desk = office.desk

    class Late(Runner):
        def _write(self, draft, now):  # type: ignore[no-untyped-def]
            join_agency(office)
            return super()._write(draft, now)

    assert sum(due.notices for due in Late(desk.database, desk.office).run(REMINDING, desk.clock.now()))
    office.tick()
    sent = [to for to, text in office.send_all() if "Nhắc việc lần 1" in text]
    assert sent.count(CAST["dung"]) == 1


def _address(office: Setting) -> int:
    with office.desk.reading() as work:
        chat = str(CAST["binh"])
        return work.session.exec(select(Address.id).where(col(Address.address) == chat)).one()


def _is_to(office: Setting, message_id: int) -> bool:
    with office.desk.reading() as work:
        return work.session.get_one(OutboxMessage, message_id).address_id == _address(office)
