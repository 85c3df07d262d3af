"""`make bench`: prints what was measured on this machine; the rates of ours and of the peer are of the same run."""

import gc
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.sandbox import Sandbox, serve
from tests.bench.databases import make_database, opened, serve_postgresql
from tests.bench.office import LATER, NOW, mark_sent, seed
from tests.bench.ticks import explain, measure_empty, run_tick
from tests.e2e.harness import Bot, wait_for

DUE, AGENCIES = 10_000, 500
STORED = (2_000, 100_000, 1_000_000)
INDEX = "assignment_reminder"


def nothing() -> None:
    """The job that APScheduler is given."""


@dataclass
class Rate:
    """How long so many took: seconds by the wall, and of this process on a processor."""

    count: int = 0
    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def measure(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu

    @property
    def a_second(self) -> float:
        return self.count / self.wall

    @property
    def cpu_each(self) -> float:
        """Microseconds."""
        return self.cpu / self.count * 1_000_000

    def __str__(self) -> str:
        return f"{self.a_second:,.0f} a second, {self.cpu_each:,.0f} µs of processor time each"


class Peer:
    """APScheduler adding jobs to its own store, on SQLite: a part before ours, a part after it."""

    def __init__(self, folder: Path) -> None:
        store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
        self._scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
        self._scheduler.start(paused=True)
        self.rate = Rate()

    def add(self, count: int) -> None:
        at = NOW.replace(year=2033)
        with self.rate.measure():
            for n in range(count):
                self._scheduler.add_job(nothing, "date", run_date=at, id=str(self.rate.count + n))
        self.rate.count += count

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


@dataclass(frozen=True)
class Planned:
    rate: Rate
    locks: Sequence[float]


def plan(url: str) -> Planned:
    """All that is due in one tick, with texts, recipients and digests."""
    with opened(url) as database:
        seed(database, AGENCIES, DUE, 0)
        # The same are due again five days later: by then the bot has done it before.
        run_tick(database)
        mark_sent(database)
        gc.collect()
        gc.freeze()  # as the bot does once it has started
        rate = Rate(DUE)
        with rate.measure():
            tick = run_tick(database, LATER)
        assert tick.notices == DUE
    return Planned(rate, sorted(each * 1000 for each in tick.locks))


def show_planned(kind: str, ours: Planned, peer: Rate) -> None:
    locks = ours.locks
    print(f"{DUE:,} reminders due in one tick, {kind}: {ours.rate}")
    ratios = ours.rate.a_second / peer.a_second, peer.cpu_each / ours.rate.cpu_each
    print("  ratio to APScheduler: {:.1f} by the clock, {:.1f} by processor time".format(*ratios))
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


def measure_due(folder: Path, server: str) -> None:
    peer = Peer(folder)
    parts = []
    peer.add(DUE // 3)
    for kind, url in list_databases(folder, server, "due"):
        parts.append((kind, plan(url)))
        peer.add(DUE // 3)
    peer.add(DUE - peer.rate.count)
    peer.stop()
    print(f"APScheduler adds {DUE:,} jobs to its SQLAlchemy job store, SQLite: {peer.rate}")
    for kind, planned in parts:
        show_planned(kind, planned, peer.rate)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        with serve_postgresql(folder) as server:
            measure_due(folder, server)
            for stored in STORED:
                for kind, url in list_databases(folder, server, f"stored_{stored}"):
                    show_empty(kind, stored, url, stored == STORED[-1])
        seconds, resident = start_up(folder)
        print(f"start to first getUpdates: {seconds:.2f} s; resident {resident:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
