"""One bot, killed again and again while reports and reminders flow."""

import random
import time
from pathlib import Path

from tests.e2e.forker import Forker
from tests.e2e.harness import Bot, by_webhook
from tests.e2e.load import PATIENCE_S, Load, fill_office, serving

WAYS = ("polling", "webhook")
LATENCY_S = 0.15
MOST_WORDS = 12
A_KILL_S = 10.0  # of a machine that is busy with other things


def run_kills(
    forker: Forker, folder: Path, url: str, way: str, kills: int, seed: str, life_s: float = 1.5
) -> dict[str, int]:
    """So many kills on one database, each after `life_s` at most; what became of it.

    Raises AssertionError for what must not be.
    """
    tokens = fill_office(url)
    with serving(folder) as running:
        bot = Bot(running, folder, url, by_webhook() if way == "webhook" else {}, forker=forker)
        load = Load(bot, url, PATIENCE_S + kills * A_KILL_S)
        bot.start()
        try:
            load.begin(tokens)
            running.sandbox.faults.latency_s = LATENCY_S
            _kill_again_and_again(bot, kills, random.Random(seed), life_s)
            load.end()
            load.check_each_kill(bot.killed_at)
            return load.check(kills)
        finally:
            load.close()
            if bot.process is not None and bot.process.poll() is None:
                bot.kill()


def _kill_again_and_again(bot: Bot, kills: int, chance: random.Random, life_s: float) -> None:
    """Every other time after it has said so and so much, the others at any time: also while it starts."""
    for n in range(kills):
        if n % 2 == 0:
            _wait_for_words(bot, chance.randint(1, MOST_WORDS))
            time.sleep(chance.uniform(0.0, LATENCY_S))
        else:
            time.sleep(chance.uniform(0.0, life_s))
        bot.kill()
        bot.start()


def _wait_for_words(bot: Bot, count: int) -> None:
    """Until it has sent so many messages more; not for ever, for nobody may have asked for any."""
    wanted = _count_sent(bot) + count
    until = time.monotonic() + A_KILL_S
    while _count_sent(bot) < wanted and time.monotonic() < until:
        time.sleep(0.02)


def _count_sent(bot: Bot) -> int:
    return sum(call.method == "sendMessage" for call in bot.sandbox.calls)
