"""The real process is killed at random moments while reports and reminders flow: nothing is lost or doubled."""

import os
import time
from pathlib import Path

import pytest

from tests.e2e.forker import Forker
from tests.e2e.kills import WAYS, run_kills

KILLS = 5


@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", WAYS)
def test_killed_again_and_again_it_loses_nothing_and_repeats_at_most_once_a_chat(
    forker: Forker, database_url: str, tmp_path: Path, way: str
) -> None:
    seed = os.environ.get("DONDOC_SEED", str(time.time_ns()))
    print("DONDOC_SEED", seed)
    print(run_kills(forker, tmp_path, database_url, way, KILLS, seed))
