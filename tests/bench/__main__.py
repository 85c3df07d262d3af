"""`make bench`: prints a table of what was measured on this machine."""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from bot.sandbox import Sandbox, serve
from bot.services.context import Office, Work
from bot.services.reminders import fire_due
from db.engine import Database
from db.migrate import migrate
from db.models import Agency, Assignment, Document, Task
from tests.e2e.harness import Bot, wait_for

COUNT = 2_000
NOW = datetime(2023, 5, 24, 1, 0, tzinfo=UTC)
OFFICE = Office(ZoneInfo("Asia/Ho_Chi_Minh"), "Văn phòng Tỉnh ủy")


def nothing() -> None:
    """The job that APScheduler is given."""


def seed(session: Session, count: int) -> None:
    """So many assignments due to be reminded, ten an agency."""
    document = Document(key="bench", title="Bench", created_at=NOW)
    session.add(document)
    session.flush()
    task = Task(document_id=document.id, clause="1", clause_label="Mục 1", title="Việc", due=NOW.date())
    session.add(task)
    session.flush()
    agencies = [Agency(key=f"a-{n}", name=f"Cơ quan {n}") for n in range(count)]
    session.add_all(agencies)
    session.flush()
    due = NOW.date() + timedelta(days=7)
    session.add_all(
        Assignment(
            task_id=task.id,
            agency_id=agency.id,
            role="lead",
            due=due,
            original_due=due,
            assigned_at=NOW - timedelta(days=30),
            planned_until=NOW - timedelta(days=1),
            next_reminder_at=NOW,
        )
        for agency in agencies
    )


def plan(folder: Path) -> float:
    """Reminders planned a second, with their texts and recipients, on SQLite."""
    database = Database(f"sqlite:///{folder}/plan.db")
    migrate(database)
    with database.write() as session:
        seed(session, COUNT)
    began = time.perf_counter()
    more = True
    while more:
        with database.write() as session:
            more = fire_due(Work(session, NOW, OFFICE)).more
    return COUNT / (time.perf_counter() - began)


def add_jobs(folder: Path) -> float:
    """Jobs a second that APScheduler adds to its own store, on SQLite."""
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")}
    )
    scheduler.start(paused=True)
    began = time.perf_counter()
    for n in range(COUNT):
        scheduler.add_job(nothing, "date", run_date=NOW + timedelta(days=3650), id=str(n))
    rate = COUNT / (time.perf_counter() - began)
    scheduler.shutdown(wait=False)
    return rate


def empty_tick(folder: Path) -> float:
    """Milliseconds of a tick that finds nothing due, with COUNT assignments stored."""
    database = Database(f"sqlite:///{folder}/plan.db")
    with database.read() as session:
        work = Work(session, NOW, OFFICE)
        fire_due(work)
        began = time.perf_counter()
        for _ in range(50):
            fire_due(work)
        return (time.perf_counter() - began) * 1000 / 50


def start_up(folder: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the first getUpdates, and its resident megabytes then."""
    with serve(Sandbox()) as running:
        bot = Bot(running, folder, f"sqlite:///{folder}/start.db")
        bot.dondoc("load")
        bot.start()
        try:
            began = time.monotonic()
            call = wait_for(
                lambda: next((c for c in running.sandbox.calls if c.method == "getUpdates"), None), "polling"
            )
            time.sleep(1)
            assert bot.process is not None
            status = Path(f"/proc/{bot.process.pid}/status").read_text()
            resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
            return call.at - began, resident / 1024
        finally:
            bot.stop()


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs = plan(folder), add_jobs(folder)
        show(
            "reminders planned a second",
            f"{ours:,.0f}",
            "APScheduler's job store",
            f"{theirs:,.0f}",
            ours / theirs,
        )
        print(f"a tick with nothing due: {empty_tick(folder):.2f} ms ({COUNT:,} assignments stored)")
        seconds, resident = start_up(folder)
        print(f"start to first getUpdates: {seconds:.2f} s; resident {resident:.0f} MB")
    return 0


def show(what: str, ours: str, peer: str, theirs: str, ratio: float) -> None:
    print(f"{what}: {ours}; {peer}: {theirs}; ratio {ratio:.1f}")


if __name__ == "__main__":
    sys.exit(main())
