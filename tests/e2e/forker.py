"""Starts bots at once: the program is imported a single time, and each bot is a process forked from that one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.e2e.harness import ROOT


class Forked:
    """A bot's process; for a harness it is what a Popen is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout: float = 15.0) -> int:
        until = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > until:
                raise TimeoutError(f"process {self.pid} does not end")
            time.sleep(0.005)
        return 0


class Forker:
    """Asks the process that forks."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, env: Mapping[str, str], log: Path) -> Forked:
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(json.dumps({"env": dict(env), "log": str(log)}) + "\n")
        asked.flush()
        return Forked(int(told.readline()))


@contextmanager
def forking() -> Iterator[Forker]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.forker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Forker(process)
        assert process.stdin is not None
        process.stdin.close()


def _serve(asked: IO[str]) -> None:
    import bot.cli.run
    import bot.web.server
    import bot.web.status  # noqa: F401

    # Nobody waits for them: they are gone when they end, as orphans are.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in iter(asked.readline, ""):
        pid = os.fork()
        if pid == 0:
            _run(json.loads(line))
        print(pid, flush=True)


def _run(wanted: dict[str, object]) -> None:
    from bot.__main__ import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    env = wanted["env"]
    assert isinstance(env, dict)
    os.environ.update(env)
    log = os.open(str(wanted["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, number)
    code = 1
    try:
        code = main(["run"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.stdin)
