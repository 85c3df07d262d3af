"""`make bench`: prints what was measured on this machine; the rates of ours and of the peer are of the same run."""

import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.sandbox import Sandbox, serve
from tests.bench.databases import make_database, opened, serve_postgresql
from tests.bench.office import NOW, seed
from tests.bench.ticks import explain, measure_empty, run_tick
from tests.e2e.harness import Bot, wait_for

DUE, AGENCIES = 10_000, 500
STORED = (2_000, 100_000, 1_000_000)
INDEX = "assignment_reminder"


def nothing() -> None:
    """The job that APScheduler is given."""


def add_jobs(folder: Path) -> float:
    """Jobs a second that APScheduler adds to its own store, on SQLite."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    began = time.perf_counter()
    for n in range(DUE):
        scheduler.add_job(nothing, "date", run_date=NOW.replace(year=2033), id=str(n))
    rate = DUE / (time.perf_counter() - began)
    scheduler.shutdown(wait=False)
    return rate


def plan(name: str, url: str, peer: float) -> None:
    """All that is due in one tick, with texts, recipients and digests."""
    with opened(url) as database:
        seed(database, AGENCIES, DUE, 0)
        gc.collect()
        tick = run_tick(database)
    locks = sorted(each * 1000 for each in tick.locks)
    rate = tick.notices / tick.seconds
    print(
        f"{tick.notices:,} reminders due in one tick, {name}: {rate:,.0f} a second; ratio {rate / peer:.1f}"
    )
    print(
        f"  {len(locks)} transactions; write lock held: longest {locks[-1]:.0f} ms,"
        f" 95th percentile {locks[int(len(locks) * 0.95)]:.0f} ms, median {locks[len(locks) // 2]:.0f} ms"
    )


def show_empty(name: str, stored: int, url: str, with_plans: bool) -> None:
    with opened(url) as database:
        seed(database, AGENCIES, 0, stored)
        print(
            f"a tick with nothing due, {stored:,} assignments stored, {name}: {measure_empty(database):.2f} ms"
        )
        plans = explain(database)
    for what, lines in plans.items():
        assert any(INDEX in line for line in lines), (what, lines)
        if with_plans:
            print(f"  {what}:")
            print("\n".join(f"    {line}" for line in lines))


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


def list_databases(folder: Path, server: str, purpose: str) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder}/{purpose}.db"
    yield "PostgreSQL", make_database(server, purpose)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        with serve_postgresql(folder) as server:
            peer = add_jobs(folder)
            print(f"APScheduler adds {DUE:,} jobs to its SQLAlchemy job store, SQLite: {peer:,.0f} a second")
            for kind, url in list_databases(folder, server, "due"):
                plan(kind, url, peer)
            for stored in STORED:
                for kind, url in list_databases(folder, server, f"stored_{stored}"):
                    show_empty(kind, stored, url, stored == STORED[-1])
        seconds, resident = start_up(folder)
        print(f"start to first getUpdates: {seconds:.2f} s; resident {resident:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
