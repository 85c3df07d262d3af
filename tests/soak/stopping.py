"""SIGTERM while everything hangs: Telegram silent, the database locked by another. Gone in ten seconds, whole after."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.engine import Database
from db.migrate import migrate
from tests.conftest import START
from tests.e2e.harness import Bot, running_bot, wait_for
from tests.e2e.test_running import PEOPLE, end, let_in, list_states

LONGEST_S = 10.0
SILENT_S = 40.0


@dataclass(frozen=True)
class Stopped:
    """How it went: seconds from the signal to the end, and whether a traceback is in the log."""

    what: str
    took_s: float
    has_traceback: bool

    @property
    def is_good(self) -> bool:
        return self.took_s < LONGEST_S and not self.has_traceback


def run_stopping() -> list[Stopped]:
    """Each way of hanging once; fails where something is lost after the next start."""
    return [_stop(what, hang) for what, hang in WAYS.items()]


@contextmanager
def _silent(bot: Bot, _path: Path) -> Iterator[None]:
    bot.sandbox.faults.latency_s = SILENT_S
    bot.sandbox.move_clock(START.replace(month=5, day=17, hour=8))
    yield
    bot.sandbox.faults.latency_s = 0.0


@contextmanager
def _locked(_bot: Bot, path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


Hang = Callable[[Bot, Path], AbstractContextManager[None]]
WAYS: dict[str, Hang] = {"silent": _silent, "locked": _locked}


def _stop(what: str, hang: Hang) -> Stopped:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dondoc.db"
        database = Database(f"sqlite:///{path}")
        migrate(database)
        database.close()
        with running_bot(Path(folder), f"sqlite:///{path}", LOG_FORMAT="json") as bot:
            let_in(bot, f"sqlite:///{path}")
            with hang(bot, path):
                for who in PEOPLE:
                    bot.say(who, "/viec")
                time.sleep(3)
                took_s = end(bot)
            bot.start()
            wait_for(lambda: set(list_states(bot)) == {"sent"}, "an empty outbox", 120)
            for who in PEOPLE:
                bot.wait_message(who, "nhiệm vụ")
            return Stopped(what, took_s, "Traceback" in bot.log())
