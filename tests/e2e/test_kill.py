"""The real process is killed at random moments while reports and reminders flow: nothing is lost or doubled."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.e2e.forker import Forker
from tests.e2e.harness import Bot, by_webhook, wait_for
from tests.e2e.load import Load, fill_office, serving

KILLS = 5
LATENCY_S = 0.15


def kill_again_and_again(bot: Bot, kills: int, chance: random.Random) -> None:
    """Every other time as soon as it may be: also while it starts."""
    for n in range(kills):
        starts = bot.log().count("started")
        bot.start()
        if n % 2 == 0:
            wait_for(lambda at=starts: bot.log().count("started") > at, "the bot is back", 60)  # type: ignore[misc]
        time.sleep(chance.uniform(0.0, 1.5))
        bot.kill()
    bot.start()


def run_kills(forker: Forker, folder: Path, url: str, way: str, kills: int, seed: str) -> dict[str, int]:
    """One bot on one database, killed so many times; what became of it."""
    tokens = fill_office(url)
    with serving(folder) as running:
        bot = Bot(running, folder, url, by_webhook() if way == "webhook" else {}, forker=forker)
        load = Load(bot, url)
        bot.start()
        try:
            load.begin(tokens)
            running.sandbox.faults.latency_s = LATENCY_S
            bot.kill()
            kill_again_and_again(bot, kills - 1, random.Random(seed))
            load.end()
            return load.check(kills)
        finally:
            if bot.process is not None and bot.process.poll() is None:
                bot.kill()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_killed_again_and_again_it_loses_nothing_and_repeats_at_most_once_a_chat(
    forker: Forker, database_url: str, tmp_path: Path, way: str
) -> None:
    seed = os.environ.get("DONDOC_SEED", str(time.time_ns()))
    print("DONDOC_SEED", seed)
    figures = run_kills(forker, tmp_path, database_url, way, KILLS, seed)
    print(figures)
