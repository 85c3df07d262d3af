"""Mutated tasks files are loaded or refused in words, in bounded time; never with a traceback. More: `make soak`."""

import shutil
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.services.context import Office
from db.engine import Database
from tests.conftest import START, ZONE, Desk
from tests.services.office import TASKS_FILE
from tests.soak.files import load_mutants, mutate

COUNT, SEED, SLOWEST_S = 60, 20_230_424, 5.0


def test_mutated_files_are_loaded_or_refused_in_words(sqlite_pattern: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sqlite_pattern, tmp_path / "dondoc.db")
    database = Database(f"sqlite:///{path}")
    outcome = load_mutants(Desk(database, FixedClock(START), Office(ZONE, "Văn phòng Tỉnh ủy")), COUNT, SEED)
    database.close()
    print(outcome)
    assert outcome.faults == []
    assert outcome.slowest_s < SLOWEST_S
    assert min(outcome.tally["loaded"], outcome.tally["refused"]) > COUNT / 20


@pytest.mark.parametrize("seed", range(3))
def test_a_mutant_is_the_same_for_the_same_seed(seed: int) -> None:
    import random

    shipped = TASKS_FILE.read_bytes()
    assert mutate(shipped, random.Random(seed)) == mutate(shipped, random.Random(seed)) != shipped
