"""Three real processes on one PostgreSQL, behind a load balancer: one works, and another takes over from it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.engine import Database
from db.models import Lease
from tests.e2e.forker import Forker
from tests.e2e.harness import Bot, by_webhook, wait_for
from tests.e2e.lines import Line, by_line, find_server, laid
from tests.e2e.load import Load, fill_office, serving

MOST_S = 10.0
LATENCY_S = 0.05


class Office:
    """The processes, and which of them works."""

    def __init__(self, bots: list[Bot], front: Line, lines: list[Line], database: Database) -> None:
        self.bots, self.front, self.lines, self.database = bots, front, lines, database

    def find_worker(self) -> int | None:
        """Its place among the processes."""
        with self.database.read() as session:
            owner = session.exec(select(Lease.owner).where(col(Lease.name) == "sender")).first() or ""
        pids = [str(bot.process.pid) for bot in self.bots if bot.process is not None]
        return pids.index(owner.split(":")[1]) if owner else None

    def lose_worker(self, how: Callable[[int], None]) -> float:
        """Does that to the one that works; the seconds until another works, from which people then hear."""
        worker = self.find_worker()
        assert worker is not None
        began = time.monotonic()
        how(worker)
        wait_for(lambda: self.find_worker() != worker, "another works", 20)
        taken_s = time.monotonic() - began
        count = self._count_sent()
        wait_for(lambda: self._count_sent() > count, "something is said", 20)
        return taken_s

    def _count_sent(self) -> int:
        return sum(call.method == "sendMessage" for call in self.bots[0].sandbox.calls)

    def signal(self, number: signal.Signals) -> Callable[[int], None]:
        def send(which: int) -> None:
            process = self.bots[which].process
            assert process is not None
            os.kill(process.pid, number)

        return send


@pytest.fixture
def office(forker: Forker, tmp_path: Path, database_url: str) -> Iterator[tuple[Office, Load]]:
    tokens = fill_office(database_url)
    with ExitStack() as stack:
        running = stack.enter_context(serving(tmp_path))
        ways = [by_webhook() for _ in range(3)]
        addresses = [way["WEBHOOK_ADDRESS"].rpartition(":") for way in ways]
        targets = [(host, int(port)) for host, _, port in addresses]
        front = stack.enter_context(laid(Line(*targets, answer_s=3)))
        lines = [stack.enter_context(laid(Line(find_server(database_url)))) for _ in ways]
        bots = []
        for n, (way, line) in enumerate(zip(ways, lines, strict=True)):
            folder = tmp_path / str(n)
            folder.mkdir()
            extra = {**way, "WEBHOOK_URL": f"http://127.0.0.1:{front.port}/hook"}
            extra["DATA_DIR"] = str(tmp_path / "data")
            bots.append(Bot(running, folder, by_line(database_url, line), extra, forker=forker))
        for bot in bots:
            bot.start()
        load = Load(bots[0], database_url)
        try:
            load.begin(tokens)
            running.sandbox.faults.latency_s = LATENCY_S
            yield Office(bots, front, lines, load.database), load
        finally:
            load.close()
            for bot in bots:
                assert bot.process is not None
                os.kill(bot.process.pid, signal.SIGCONT)
                bot.kill()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_another_takes_over_from_one_that_is_killed_frozen_or_cut_off(office: tuple[Office, Load]) -> None:
    processes, load = office
    took = {}
    frozen = processes.find_worker()
    assert frozen is not None
    took["frozen"] = processes.lose_worker(processes.signal(signal.SIGSTOP))
    processes.signal(signal.SIGCONT)(frozen)

    cut = processes.find_worker()
    assert cut not in (None, frozen)
    took["cut off"] = processes.lose_worker(lambda which: processes.lines[which].silence(True))
    assert cut is not None
    processes.lines[cut].silence(False)

    killed = processes.find_worker()
    assert killed is not None
    took["killed"] = processes.lose_worker(lambda which: processes.bots[which].kill())
    processes.bots[killed].start()

    load.end()
    figures = load.check(kills=len(took))
    print(took, figures)
    assert max(took.values()) <= MOST_S, took
    assert "lease_lost" in processes.bots[frozen].log()
