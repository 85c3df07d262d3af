"""`make bench`: prints what was measured on this machine; the rates of ours and of the peer are of the same run."""

import gc
import os
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
from bot.scheduler.running import SWITCH_S, Runner
from db.engine import normalise_url
from tests.bench.databases import make_database, opened, serve_postgresql
from tests.bench.office import LATER, NOW, OFFICE, mark_sent, seed
from tests.bench.pages import measure_page
from tests.bench.ticks import explain, measure_empty, run_tick
from tests.bench.updates import measure_echo, measure_ours
from tests.e2e.harness import Bot, wait_for

DUE, AGENCIES = 10_000, 500
STORED = (10_000, 100_000, 1_000_000)
UPDATES, ASKED = 3_000, ("/trogiup", "/viec")  # words alone; a page of tasks
INDEXES = ("assignment_reminder", "PRIMARY KEY", "assignment_pkey")


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
    """APScheduler adding jobs to its own store on the same kind of database: a part before ours, a part after it."""

    def __init__(self, url: str) -> None:
        store = SQLAlchemyJobStore(url=url)
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
        runner = Runner(database, OFFICE)
        run_tick(database, runner=runner)
        mark_sent(database)
        gc.collect()
        gc.freeze()  # as the bot does once it has started
        sys.setswitchinterval(SWITCH_S)
        rate = Rate(DUE)
        with rate.measure():
            tick = run_tick(database, LATER, runner)
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


def show_stored(name: str, stored: int, url: str, with_plans: bool) -> None:
    """What grows with what is only stored, and what does not."""
    with opened(url) as database:
        seed(database, AGENCIES, 0, stored)
        page = measure_page(database)
        print(
            f"{stored:,} assignments stored, {name}: a tick with nothing due {measure_empty(database):.2f} ms;"
            f" page of what is overdue ({page.count:,}) {page.ours:.1f} ms, its bare SQL {page.bare:.1f} ms,"
            f" ratio {page.ours / page.bare:.2f}"
        )
        plans = explain(database)
    for what, lines in plans.items():
        assert any(index in line for line in lines for index in INDEXES), (what, lines)
        if with_plans:
            print(f"  {what}:")
            print("\n".join(f"    {line}" for line in lines))


def start_up(folder: Path, url: str) -> tuple[float, float]:
    """Seconds from the start of the process to the first getUpdates, and its resident megabytes a second later."""
    with serve(Sandbox()) as running:
        bot = Bot(running, folder, url)
        before = len(running.sandbox.calls)
        bot.start()
        try:
            began = time.monotonic()
            call = wait_for(
                lambda: next((c for c in running.sandbox.calls[before:] if c.method == "getUpdates"), None),
                "polling",
                timeout_s=60,
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
    jobs = dict(list_databases(folder, server, "jobs"))
    for kind, url in list_databases(folder, server, "due"):
        peer = Peer(normalise_url(jobs[kind]).render_as_string(hide_password=False))
        peer.add(DUE // 2)
        planned = plan(url)
        peer.add(DUE - peer.rate.count)
        peer.stop()
        print(f"APScheduler adds {DUE:,} jobs to its SQLAlchemy job store, {kind}: {peer.rate}")
        show_planned(kind, planned, peer.rate)


def measure_stored(folder: Path, server: str) -> None:
    for stored in STORED:
        for kind, url in list_databases(folder, server, f"stored_{stored}"):
            show_stored(kind, stored, url, stored == STORED[-1])
            if kind == "SQLite":
                seconds, resident = start_up(folder, url)
                print(f"  start to first getUpdates: {seconds:.2f} s; resident {resident:.0f} MB")


def measure_updates(folder: Path, server: str) -> None:
    echo = measure_echo(folder, UPDATES, ASKED[0])
    print(f"python-telegram-bot's echo bot answers {UPDATES:,} updates: {echo}")
    for command in ASKED:
        for kind, url in list_databases(folder, server, f"updates_{command.strip('/')}"):
            ours = measure_ours(folder, url, UPDATES, command)
            ratios = ours.a_second / echo.a_second, echo.cpu_each / ours.cpu_each
            print(f"ours, {command} committed, handled, answered and marked as done, {kind}: {ours}")
            print("  ratio to the echo bot: {:.2f} by the clock, {:.2f} by processor time".format(*ratios))


def main(parts: Sequence[str]) -> int:
    """All parts, or those that are named: due, updates, stored."""
    measures = {"due": measure_due, "updates": measure_updates, "stored": measure_stored}
    print(f"load at the start: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        with serve_postgresql(folder) as server:
            for part, measure in measures.items():
                if not parts or part in parts:
                    measure(folder, server)
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
