"""Updates done in a second: committed, handled, answered and marked so, beside a bot that only echoes."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, func, select

from db.engine import Database
from db.models import InboxUpdate
from tests.bench.databases import opened
from tests.bench.office import seed

TOKEN = "7000000001:AAbenchbenchbenchbenchbenchbenchben"
CHATS = 500
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120


@contextmanager
def running(folder: Path, name: str, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A module of this folder as a process."""
    env = {**os.environ, "PYTHONUTF8": "1", **settings}
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{name}", *arguments],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def quick_server(folder: Path, updates: int, text: str) -> Iterator[str]:
    with running(folder, "quick_server", str(updates), str(CHATS), text) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"


@dataclass(frozen=True)
class Served:
    """Updates a second, and the processor time each took in the bot's process (microseconds)."""

    a_second: float
    cpu_each: float

    def __str__(self) -> str:
        return f"{self.a_second:,.0f} a second, {self.cpu_each:,.0f} µs of processor time each"


def measure_echo(folder: Path, updates: int, text: str) -> Served:
    """Updates that the echo bot answers."""
    with (
        quick_server(folder, updates, text) as address,
        running(folder, "echo_bot", address, TOKEN) as process,
    ):
        return _measure(updates, address, process)


def measure_ours(folder: Path, url: str, updates: int, text: str) -> Served:
    """Updates that ours commits, handles, answers and marks as done."""
    with opened(url) as database:
        seed(database, CHATS, 0, CHATS)
    settings = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "WEB_ADDRESS": "127.0.0.1:0",
        "LOG_LEVEL": "warning",
    }
    with (
        quick_server(folder, updates, text) as address,
        running(folder, "unpaced", **settings, TELEGRAM_API_URL=address) as process,
    ):
        served = _measure(updates, address, process)
        _wait_done(Database(url), updates)
        return served


def _wait_done(database: Database, updates: int) -> None:
    """The last are marked within a moment of their answers: it is not counted, but asked for."""
    until = time.monotonic() + PATIENCE_S
    done = 0
    while done < updates and time.monotonic() < until:
        with database.read() as session:
            query = select(func.count(col(InboxUpdate.id))).where(col(InboxUpdate.state) == "done")
            done = session.exec(query).one()
    database.close()
    assert done == updates, f"{done} of {updates} done"


def _measure(updates: int, address: str, process: subprocess.Popen[str]) -> Served:
    """From the first update handed out to the last message received; the processor's from then on as well."""
    until = time.monotonic() + PATIENCE_S
    report: dict[str, float] = {}
    began = 0.0
    while time.monotonic() < until and report.get("sent", 0) < updates:
        time.sleep(0.05)
        with urllib.request.urlopen(f"{address}/report") as answer:
            report = json.load(answer)["result"]
        began = began or (_cpu_of(process) if report["first"] else 0.0)
    assert report["sent"] >= updates, report
    cpu = (_cpu_of(process) - began) / updates * 1_000_000
    return Served(updates / (report["last"] - report["first"]), cpu)


def _cpu_of(process: subprocess.Popen[str]) -> float:
    """Seconds, in the process and in its system calls (`proc`(5), stat)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> None:
    """A part of `make bench` alone: `python -m tests.bench.updates [UPDATES]`."""
    import tempfile

    updates = int(arguments[0]) if arguments else 3_000
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        echo = measure_echo(folder, updates, "xin chào")
        print(f"echo bot: {echo}", flush=True)
        for command in ("/trogiup", "/viec"):
            ours = measure_ours(folder, f"sqlite:///{folder}/{command.strip('/')}.db", updates, command)
            print(f"ours, {command}: {ours}; ratio {ours.a_second / echo.a_second:.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
