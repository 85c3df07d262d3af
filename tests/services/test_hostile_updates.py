"""Updates of every type, mutated and hostile: none stops the bot, none is a bug of ours. More of them: `make soak`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.domain.access import Role
from bot.services.context import Office
from db.engine import Database
from tests.conftest import START, ZONE, Desk
from tests.services.office import Setting, join, open_office
from tests.soak.fuzz import HOSTILE, send_hostile, spoil_names
from tests.soak.hostile import FIELDS, TYPES

COUNT, SEED = 5000, 20_230_424
SLOWEST_S = 2.0  # of the processor; a tenth of it where nothing else runs
GROWTH_MB = 90  # the caches of statements and screens fill up first


@pytest.fixture
def office(sqlite_pattern: Path) -> Iterator[Setting]:
    """The whole document's office, in memory where the system has a place for that: thousands of commits."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(dir=memory if memory.is_dir() else None)
    path = shutil.copyfile(sqlite_pattern, Path(folder) / "dondoc.db")
    database = Database(f"sqlite:///{path}")
    opened = open_office(Desk(database, FixedClock(START), Office(ZONE, f"Văn phòng {HOSTILE}")))
    join(opened.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(opened.desk, "hoa", Role.HEAD, "hu-muong-te")
    spoil_names(opened)
    yield opened
    database.close()
    shutil.rmtree(folder)


def test_the_reference_knows_every_kind_of_update() -> None:
    assert len(FIELDS) >= 25
    assert len(TYPES) >= 200


def test_hostile_updates_are_handled_or_refused_and_none_is_a_bug(office: Setting) -> None:
    outcome = send_hostile(office, COUNT, SEED, ours=0.3)
    print(outcome)
    assert outcome.faults == []
    assert outcome.count == COUNT
    assert outcome.slowest_s < SLOWEST_S, outcome.slowest
    assert outcome.memory_mb[-1] - outcome.memory_mb[0] < GROWTH_MB
    # It went deep: dialogues, screens and refusals, not refusals alone.
    assert all(outcome.tally[name] > 80 for name in ("send", "edit", "toast", "unreadable"))
