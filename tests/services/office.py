"""The shipped document loaded, with Bình (officer of Mường Tè), Dung (Ban Tuyên giáo), An (secretariat)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.scheduler.running import Runner
from bot.services.context import Actor, Work
from bot.services.loading.loads import load_document, make_reader
from bot.services.people import joining
from bot.services.saying.notices import Welcome, deliver_waiting
from bot.services.standing import addresses
from bot.services.upkeep.ticking import look
from db.models import Agency, Assignment, OutboxMessage, Task
from tests.conftest import ZONE, Desk

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
CAST = {"binh": 201, "dung": 202, "an": 101, "hoa": 203, "chi": 999}
CAST |= {"em": 204, "giang": 205, "hai": 206, "khanh": 207}


@dataclass(frozen=True)
class Setting:
    """The desk, and the people at it."""

    desk: Desk
    binh: Actor
    an: Actor

    def at(self, moment: str) -> None:
        """Moves the clock (local time) and lets it tick."""
        self.desk.clock.move(datetime.fromisoformat(moment).replace(tzinfo=ZONE))
        self.tick()

    def tick(self) -> None:
        runner = Runner(self.desk.database, self.desk.office)
        more = True
        while more:
            with self.desk.reading() as work:
                duties = look(work).due
            fired = [list(runner.run(duty, self.desk.clock.now())) for duty in duties]
            more = any(dues[-1].more for dues in fired if dues)

    def send_all(self) -> list[tuple[int, str]]:
        """Sends what waits, as the sender would: (member's Telegram id, text) in order."""
        from bot.clock import wall
        from bot.services.saying import delivery
        from db.models import Lease

        sent = []
        with self.desk.work() as work:
            while candidates := delivery.list_candidates(work, wall(), (), 100):
                for each in candidates:
                    claimed = delivery.claim(work, each.id, 1, col(Lease.name).is_not(None) | True)
                    if claimed is not None:
                        sent.append((int(claimed.chat), claimed.text))
                        delivery.record_sent(work, claimed.id, 1000 + claimed.id)
                    work.session.flush()
        return sent


def open_office(desk: Desk) -> Setting:
    return open_once(desk, "office", _open_office)


def open_once(desk: Desk, name: str, make: Callable[[Desk], Setting]) -> Setting:
    """Made once a kind of database and time where the desk's is kept; after that put back, which takes a moment."""
    kept = desk.kept
    if kept is None:
        return make(desk)

    def make_first() -> tuple[Setting, datetime]:
        kept.reset()
        return make(desk), desk.clock.now()

    setting, now = kept.once((name, desk.clock.now()), make_first)
    desk.clock.move(now)
    return replace(setting, desk=desk)


def _open_office(desk: Desk) -> Setting:
    with desk.work() as work:
        load_document(work, read_file(TASKS_FILE.read_bytes(), make_reader(work)))
    binh = join(desk, "binh", Role.OFFICER, "hu-muong-te")
    an = join(desk, "an", Role.SECRETARIAT)
    return Setting(desk, binh, an)


def join(desk: Desk, name: str, role: Role, agency: str | None = None) -> Actor:
    with desk.work() as work:
        agency_id = find_agency(work, agency) if agency else None
        token = joining.create_invite(work, role, agency_id, None).token
        joined = joining.join(work, token, CAST[name], name.capitalize())
        assert joined is not None
        address = addresses.find_address(work, CAST[name])
        assert address is not None
        deliver_waiting(work, address, Welcome(agency_id, role))
    return joined.actor


def find_agency(work: Work, key: str) -> int:
    return work.session.exec(select(Agency.id).where(col(Agency.key) == key)).one()


def find_assignment(work: Work, clause: str, agency: str) -> Assignment:
    return work.session.exec(
        select(Assignment)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(col(Task.clause) == clause, col(Agency.key) == agency)
    ).one()


def list_messages(work: Work, **values: object) -> list[OutboxMessage]:
    return list(work.session.exec(select(OutboxMessage).filter_by(**values).order_by(col(OutboxMessage.id))))
