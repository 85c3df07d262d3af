"""One person sends a thousand messages a second to the running bot; how long another person waits for answers.

Prints the waits, how much was taken in, and whether the flooder's report is whole.
"""

import json
import sqlite3
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.e2e.harness import Bot, running_bot

PER_S = 1000
FLOODER, OTHER = "hu-muong-te", "ban-tuyen-giao"
LONGEST_S = 1.0
PIECE_EVERY = 50
DRAIN_S = 300.0
ASK_EVERY_S = 1.5  # a chat gets one message a second: faster, it would wait for itself


@dataclass(frozen=True)
class Flooded:
    """`waits_s` of the other person, `calm_s` before the flood.

    `sent` by the flooder, `pieces` of a report among them, `kept` of those.
    """

    calm_s: list[float]
    waits_s: list[float]
    sent: int
    pieces: int
    kept: int
    drained_s: float

    @property
    def is_good(self) -> bool:
        return max(self.waits_s) < LONGEST_S and self.kept == self.pieces

    def __str__(self) -> str:
        return (
            f"{self.sent} messages of one person; another waited {median(self.waits_s):.2f} s (median of "
            f"{len(self.waits_s)}), {max(self.waits_s):.2f} s (longest), {median(self.calm_s):.2f} s before the flood; "
            f"{self.kept} of {self.pieces} words of the report kept; worked off {self.drained_s:.0f} s after the end"
        )


def run_flood(seconds: int) -> Flooded:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_bot(folder, f"sqlite:///{folder}/dondoc.db") as bot:
            bot.join(FLOODER, "--agency", FLOODER)
            bot.join(OTHER, "--agency", OTHER)
            return _flood(bot, folder, seconds)


def _flood(bot: Bot, folder: Path, seconds: int) -> Flooded:
    after = bot.last_id(FLOODER)
    bot.say(FLOODER, "/baocao")
    bot.press(FLOODER, bot.wait_message(FLOODER, "báo cáo nhiệm vụ nào", after=after), "Báo cáo tiến độ")
    counts = [0, 0]
    calm = [_ask(bot) for _ in range(3)]
    flooding = threading.Thread(target=_send, args=(bot, seconds, counts))
    flooding.start()
    waits = []
    while flooding.is_alive():
        waits.append(_ask(bot))
    ended = time.monotonic()
    _wait_until_drained(folder, counts[0])
    with sqlite3.connect(folder / "dondoc.db") as store:
        (data,) = store.execute("SELECT data FROM dialogue_state").fetchone()
    words = [each[1] for each in json.loads(data)["text"]]
    kept = sum(1 for n in range(counts[1]) if f"đoạn {n}" in words)
    return Flooded(calm, waits, counts[0], counts[1], kept, time.monotonic() - ended)


def _send(bot: Bot, seconds: int, counts: list[int]) -> None:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        if counts[0] > passed * PER_S:
            time.sleep(0.005)
            continue
        if counts[0] % PIECE_EVERY == 0:
            bot.say(FLOODER, f"đoạn {counts[1]}")
            counts[1] += 1
        else:
            bot.say(FLOODER, ("/viec", "/trogiup", "/lichsu", "/khong", "/denhan")[counts[0] % 5])
        counts[0] += 1


def _ask(bot: Bot) -> float:
    """Seconds from a question of the other person to its answer."""
    after, began = bot.last_id(OTHER), time.monotonic()
    bot.say(OTHER, "/viec")
    bot.wait_message(OTHER, "Nhiệm vụ của", after=after)
    took = time.monotonic() - began
    time.sleep(max(0.0, ASK_EVERY_S - took))
    return took


def _wait_until_drained(folder: Path, sent: int) -> None:
    until = time.monotonic() + DRAIN_S
    with sqlite3.connect(folder / "dondoc.db") as store:
        query = "SELECT count(*), sum(state IN ('received')) FROM inbox_update"
        while time.monotonic() < until:
            stored, waiting = store.execute(query).fetchone()
            if stored >= sent and not waiting:
                return
            time.sleep(0.2)
    print(f"not worked off within {DRAIN_S:g} s: {stored} of {sent} stored, {waiting} wait")
