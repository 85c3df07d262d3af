"""Telegram away for an hour: half of it refusing connections, half of it silent. What is tried, kept and said after.

Prints how often the bot knocked, what doctor said meanwhile, and how soon everybody had what was meant for them.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from db.engine import Database
from db.migrate import migrate
from tests.conftest import START
from tests.e2e.harness import ROOT, Bot, wait_for
from tests.e2e.load import PEOPLE, SECRETARIAT, fill_office, move_clock, serving

HOUR_S = 3600.0
MOST_CALLS_A_MINUTE = 30
ANSWERED_S, SAID_S = 60.0, 60.0
DUE = START.replace(month=5, day=17, hour=8), START.replace(month=5, day=24, hour=8)
FOREVER = 10**9


@dataclass
class Outage:
    """How it went. `calls` during the outage, by method; seconds after its end; messages that came twice."""

    seconds: float
    calls: Counter[str] = field(default_factory=Counter)
    doctor: list[str] = field(default_factory=list)
    answered_s: float = 0.0
    said_s: float = 0.0
    repeats: int = 0
    secretariat: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        often = sum(self.calls.values()) > max(60, self.seconds / 60 * MOST_CALLS_A_MINUTE)
        in_time = self.answered_s < ANSWERED_S and self.said_s < SAID_S
        return in_time and not (often or self.repeats) and any("telegram" in each for each in self.doctor)


def run_outage(seconds: float = HOUR_S) -> Outage:
    """The running bot on SQLite, with six officers and the secretariat."""
    with tempfile.TemporaryDirectory(prefix="dondoc-outage-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/dondoc.db"
        database = Database(url)
        migrate(database)
        database.close()
        tokens = fill_office(url)
        with serving(folder) as running:
            bot = Bot(running, folder, url)
            bot.start()
            try:
                for who, token in tokens.items():
                    bot.sandbox.open_link(who, token)
                for who in PEOPLE:
                    bot.wait_message(who, "Giao nhiệm vụ")
                move_clock(running, DUE[0])
                for who in PEOPLE:
                    bot.wait_message(who, "Nhắc việc lần 1")
                return _go_through(bot, seconds)
            finally:
                bot.stop()


def _go_through(bot: Bot, seconds: float) -> Outage:
    outage, faults = Outage(seconds), bot.sandbox.faults
    after = {who: bot.last_id(who) for who in (*PEOPLE, SECRETARIAT)}
    first = len(bot.sandbox.calls)
    for method in (None, "getUpdates"):
        faults.cut(method=method, times=FOREVER)
    # What has been fetched by then is answered for a minute, and not after an hour.
    wait_for(lambda: "poll_failed" in bot.log(), "the bot has noticed")
    bot.sandbox.move_clock(DUE[1])
    for who in PEOPLE:
        bot.say(who, "/viec")
    time.sleep(seconds / 2)
    faults.clear()
    for method in (None, "getUpdates"):
        faults.hang(60, method=method, times=FOREVER)
    time.sleep(seconds / 2)
    outage.doctor = _ask_doctor(bot)
    outage.calls = Counter(call.method for call in bot.sandbox.calls[first:])
    back = time.monotonic()
    faults.clear()
    outage.answered_s = _wait_for_all(bot, after, "Nhiệm vụ của") - back
    outage.said_s = _wait_for_all(bot, after, "Nhắc việc lần 2") - back
    time.sleep(70)  # whatever is still to come
    for who in PEOPLE:
        count = Counter(_list_new(bot, who, after[who]))
        outage.repeats += sum(count.values()) - len(count)
    outage.secretariat = _list_new(bot, SECRETARIAT, after[SECRETARIAT])
    return outage


def _wait_for_all(bot: Bot, after: dict[str, int], title: str) -> float:
    """When the last of the officers has a message with this title."""

    def look() -> bool:
        return all(any(title in text for text in _list_new(bot, who, after[who])) for who in PEOPLE)

    try:
        wait_for(look, title, 100)
    except AssertionError as error:
        told = {who: [text[:60] for text in _list_new(bot, who, after[who])] for who in PEOPLE}
        raise AssertionError(f"{error}\nthere: {told}\nlog: {bot.log()[-1500:]}") from None
    return time.monotonic()


def _list_new(bot: Bot, who: str, after: int) -> list[str]:
    return [each.get("text", "") for each in bot.from_bot(who) if each["message_id"] > after]


def _ask_doctor(bot: Bot) -> list[str]:
    command = [sys.executable, "-m", "bot", "doctor", "--json"]
    told = subprocess.run(command, cwd=ROOT, env=bot.env, capture_output=True, text=True, check=False)
    rows = json.loads(told.stdout)
    return [
        f"{each['check']}: {each['status']}: {each['message']}" for each in rows if each["status"] != "ok"
    ]
