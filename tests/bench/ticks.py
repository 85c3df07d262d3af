"""What a tick costs: what is due in it, and nothing for what is only stored."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ClauseElement, Connection, event
from sqlalchemy.orm import Session

from bot.scheduler.running import ROUNDS, Runner
from bot.services.context import Work
from bot.services.reminding import planning
from bot.services.upkeep.ticking import Duty, look
from db.engine import Database
from tests.bench.office import NOW, OFFICE


@dataclass
class Tick:
    """One tick: what it made, its seconds, and those of each transaction from its first lock to its commit."""

    notices: int = 0
    seconds: float = 0.0
    locks: list[float] = field(default_factory=list)


def run_tick(database: Database, now: datetime = NOW, runner: Runner | None = None) -> Tick:
    """As the heartbeat does it: looks what is due, then a transaction of each duty, until nothing is."""
    tick = Tick()
    began = time.perf_counter()
    runner = runner or Runner(database, OFFICE)
    more = True
    with _timed(database, tick.locks):
        while more:
            more = False
            with database.read() as session:
                duties = look(Work(session, now, OFFICE)).due
            for duty in duties:
                more |= _do(runner, duty, now, tick)
    tick.seconds = time.perf_counter() - began
    return tick


def _do(runner: Runner, duty: Duty, now: datetime, tick: Tick) -> bool:
    for _ in range(ROUNDS):
        has_more = False
        for done in runner.run(duty, now):
            tick.notices += done.notices
            has_more = done.more
        if not has_more:
            return False
    return True


@contextmanager
def _timed(database: Database, locks: list[float]) -> Iterator[None]:
    """SQLite is locked from BEGIN IMMEDIATE to the end of COMMIT; PostgreSQL's rows no longer than that."""
    began: list[float] = []

    def begin(_connection: Connection) -> None:
        began.append(time.perf_counter())

    def end(session: Session) -> None:
        if session.get_bind() is database.writer and began:
            locks.append(time.perf_counter() - began.pop())

    event.listen(database.writer, "begin", begin)
    event.listen(Session, "after_commit", end)
    try:
        yield
    finally:
        event.remove(database.writer, "begin", begin)
        event.remove(Session, "after_commit", end)


def measure_empty(database: Database, times: int = 30) -> float:
    """Milliseconds of a tick that finds nothing due, the median of many."""
    now = NOW + timedelta(seconds=1)
    run_tick(database, now)
    taken = sorted(run_tick(database, now).seconds for _ in range(times))
    return taken[times // 2] * 1000


def explain(database: Database) -> dict[str, list[str]]:
    """The plans of the queries by which a tick looks for what is due."""
    with database.read() as session:
        work = Work(session, NOW, OFFICE)
        return {
            "when the next reminder comes": explain_query(work, planning.select_soonest()),
            "what is due": explain_query(work, planning.select_due().params(now=NOW)),
            "some of it": explain_query(
                work, planning.select_batch().params(now=NOW, ids=list(range(1, 16)))
            ),
        }


def explain_query(work: Work, query: ClauseElement) -> list[str]:
    """The database's plan of a query, a line each."""
    bind = work.session.get_bind()
    word = "EXPLAIN QUERY PLAN" if bind.dialect.name == "sqlite" else "EXPLAIN"
    stated = query.compile(bind, compile_kwargs={"literal_binds": True})
    rows = work.session.connection().exec_driver_sql(f"{word} {stated}")
    return [str(row[-1]) for row in rows]
