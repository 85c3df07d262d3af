"""`python -m tests.soak [NAME …]` (`make soak`): long runs, each with its own verdict; all of them where none is named.

A run prints what was reached; the exit code is 1 where one of them found something.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.clock import FixedClock
from bot.domain.access import Role
from bot.services.context import Office
from db.engine import Database
from db.migrate import migrate
from tests.conftest import START, ZONE, Desk
from tests.services.office import Setting, join, open_office
from tests.soak.files import load_mutants
from tests.soak.flood import run_flood
from tests.soak.fuzz import HOSTILE, send_hostile, spoil_names
from tests.soak.kills import kill_so_often
from tests.soak.outage import HOUR_S, run_outage
from tests.soak.pacing import run_pacing
from tests.soak.stopping import run_stopping

UPDATES, FILES, FLOOD_S = 100_000, 3_000, 20
KILLS = 200
GROWTH_MB = 60  # after the first tenth, when every cache is full
SLOWEST_S = 3.0


def soak_updates() -> bool:
    """100,000 hostile updates of every type. `SOAK_UPDATES` and `SOAK_SEED` change them."""
    count, seed = int(os.environ.get("SOAK_UPDATES", UPDATES)), int(os.environ.get("SOAK_SEED", 1))
    with _opened() as desk:
        office = _open_hostile_office(desk)
        outcome = send_hostile(office, count, seed, measure_every=max(1, count // 10_000) * 1_000)
    print(outcome)
    _show(outcome.faults)
    print(f"slowest: {outcome.slowest}")
    grown = outcome.memory_mb[-1] - outcome.memory_mb[1]
    return not outcome.faults and outcome.slowest_s < SLOWEST_S and grown < GROWTH_MB


def soak_files() -> bool:
    """3,000 mutated tasks files."""
    with _opened() as desk:
        outcome = load_mutants(desk, FILES, int(os.environ.get("SOAK_SEED", 1)))
    print(outcome)
    _show(outcome.faults)
    return not outcome.faults


def soak_flood() -> bool:
    """One person floods the running bot for 20 seconds, another asks."""
    flooded = run_flood(int(os.environ.get("SOAK_SECONDS", FLOOD_S)))
    print(flooded)
    return flooded.is_good


def soak_stopping() -> bool:
    """SIGTERM while Telegram is silent, and while the database is locked."""
    stopped = run_stopping()
    print(*stopped, sep="\n")
    return all(each.is_good for each in stopped)


def soak_pacing() -> bool:
    """3,000 messages to 1,550 chats, alone and with people who ask, at a server that is strict about its limits."""
    return run_pacing()


def soak_kills() -> bool:
    """200 kills of a bot at work, on both databases and by both ways. `SOAK_KILLS` and `SOAK_SEED` change them."""
    return kill_so_often(int(os.environ.get("SOAK_KILLS", KILLS)), os.environ.get("SOAK_SEED", "1"))


def soak_outage() -> bool:
    """Telegram away for an hour. `SOAK_OUTAGE` is another number of seconds."""
    outage = run_outage(float(os.environ.get("SOAK_OUTAGE", HOUR_S)))
    print(outage)
    return outage.is_good


RUNS: Mapping[str, Callable[[], bool]] = {
    "updates": soak_updates,
    "files": soak_files,
    "flood": soak_flood,
    "stopping": soak_stopping,
    "pacing": soak_pacing,
    "kills": soak_kills,
    "outage": soak_outage,
}


@contextmanager
def _opened() -> Iterator[Desk]:
    """A migrated database: `SOAK_DATABASE_URL`, which must be empty, or SQLite, in memory where possible."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        database = Database(os.environ.get("SOAK_DATABASE_URL") or f"sqlite:///{folder}/dondoc.db")
        migrate(database)
        try:
            yield Desk(database, FixedClock(START), Office(ZONE, f"Văn phòng {HOSTILE}"))
        finally:
            database.close()


def _open_hostile_office(desk: Desk) -> Setting:
    office = open_office(desk)
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(desk, "hoa", Role.HEAD, "hu-muong-te")
    spoil_names(office)
    return office


def _show(faults: list[str]) -> None:
    for each in faults[:20]:
        print(f"  {each}", file=sys.stderr)


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    names = sys.argv[1:] or list(RUNS)
    if unknown := [each for each in names if each not in RUNS]:
        print(f"{unknown[0]}: one of {', '.join(RUNS)}", file=sys.stderr)
        return 2
    verdicts = []
    for name in names:
        print(f"--- {name}: {RUNS[name].__doc__}", flush=True)
        verdicts.append(RUNS[name]())
        print("good" if verdicts[-1] else "NOT GOOD", flush=True)
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
