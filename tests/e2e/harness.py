"""The real bot as a process of its own, against the sandbox over HTTP."""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from unittest import mock

from bot.__main__ import main
from bot.sandbox import Persona, RunningSandbox, Sandbox, serve

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
CHI = Persona("chi", 710000099, "Chi")
HEAD = Persona("head", 710000021, "Hoa")
SECOND = Persona("second", 710000022, "Giang")


def wait_for(look: Callable[[], T | None], what: str, timeout_s: float = 40.0, every_s: float = 0.02) -> T:
    """The first true value of `look`; fails with `what` when the time is over."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(every_s)
    raise AssertionError(f"not within {timeout_s:g} s: {what}")


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def by_webhook(public_port: int | None = None) -> dict[str, str]:
    """Settings of a bot that takes updates by a webhook; `public_port` is that of whatever stands before it."""
    port = find_free_port()
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{public_port or port}/hook",
        "WEBHOOK_SECRET": "geheim",
        "WEBHOOK_ADDRESS": f"127.0.0.1:{port}",
    }


def find_button(message: Mapping[str, Any], label: str) -> str:
    """The data of the first button whose label holds these words."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    found = [each for row in rows for each in row if label in each["text"]]
    assert found, (label, [each["text"] for row in rows for each in row])
    return str(found[0]["callback_data"])


class Process(Protocol):
    """What is asked of a bot's process."""

    pid: int

    def send_signal(self, number: int, /) -> None: ...

    def terminate(self) -> None: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float = ...) -> int: ...


@dataclass
class Bot:
    """A `dondoc run` process and its surroundings."""

    running: RunningSandbox
    folder: Path
    database_url: str
    extra: Mapping[str, str] = field(default_factory=dict)
    process: Process | None = None
    forker: Any = None
    invites: list[str] = field(default_factory=list)
    killed_at: list[float] = field(default_factory=list)

    @property
    def sandbox(self) -> Sandbox:
        return self.running.sandbox

    @property
    def env(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")
        }
        return {
            **kept,
            "PYTHONUTF8": "1",
            "BOT_TOKEN": self.running.token,
            "TELEGRAM_API_URL": self.running.url,
            "CLOCK_URL": self.running.clock_url,
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder / "data"),
            # Several run side by side.
            "WEB_ADDRESS": "127.0.0.1:0",
            "LOG_LEVEL": "info",
            **self.extra,
        }

    def start(self) -> None:
        if self.forker is not None:
            self.process = self.forker.start(self.env, self.folder / "bot.log")
            return
        log = (self.folder / "bot.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=self.env, stdout=log, stderr=log
        )
        log.close()

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.killed_at.append(time.monotonic())

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=15)

    def log(self) -> str:
        path = self.folder / "bot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def dondoc(self, *arguments: str, expect: int = 0, stdin: str | None = None) -> str:
        """Runs a command; its standard output, or where it fails its standard error.

        Fails where the exit code is another. In this process: starting a new one takes longer than any command.
        """
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with (
            mock.patch.dict(os.environ, self.env, clear=True),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode()))),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = main(arguments)
            except SystemExit as left:
                code = int(left.code or 0)
        said, wrong = (each.buffer.getvalue().decode() for each in (out, err))
        assert self.running.token.partition(":")[2] not in said + wrong
        assert code == expect, (arguments, code, said[-500:], wrong[-2000:])
        return said if expect == 0 else wrong

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.dondoc(*arguments, "--json"))
        return found

    def invite(self, *arguments: str) -> str:
        self.invites.append(str(json.loads(self.dondoc("invite", *arguments, "--json"))["token"]))
        return self.invites[-1]

    def check_secrets(self) -> None:
        """Whatever went wrong meanwhile: the log holds neither the bot's token nor an invite's."""
        log = self.log()
        for secret in (self.running.token.partition(":")[2], *self.invites):
            assert secret not in log, "a secret is in the log"

    def rows_of_invite(self) -> dict[str, Any]:
        """A fresh viewer's invite: token, link, expires_at."""
        made: dict[str, Any] = json.loads(self.dondoc("invite", "--viewer", "--json"))
        return made

    # --- people

    def join(self, who: str, *arguments: str) -> None:
        count = len(self.texts(who))
        self.sandbox.open_link(who, self.invite(*arguments))
        wait_for(
            lambda: any("Chào đồng chí" in text for text in self.texts(who)[count:]), f"{who} is welcomed"
        )

    def from_bot(self, who: str | int) -> list[dict[str, Any]]:
        """The bot's messages in a person's chat, oldest first."""
        try:
            messages = self.sandbox.messages(who)
        except LookupError:
            return []
        return [each for each in messages if each["from"]["is_bot"]]

    def texts(self, who: str | int) -> list[str]:
        return [each.get("text") or each.get("caption") or "" for each in self.from_bot(who)]

    def wait_message(self, who: str | int, *words: str, after: int = 0) -> dict[str, Any]:
        """The newest message of the bot holding all the words, with an id beyond `after`."""

        def look() -> dict[str, Any] | None:
            for each in reversed(self.from_bot(who)):
                text = each.get("text") or each.get("caption") or ""
                if each["message_id"] > after and all(word in text for word in words):
                    return dict(each)
            return None

        try:
            return wait_for(look, f"a message to {who} with {words}")
        except AssertionError as error:
            raise AssertionError(
                f"{error}\nthere: {self.texts(who)[-4:]}\nlog: {self.log()[-1500:]}"
            ) from None

    def last_id(self, who: str | int) -> int:
        return max((each["message_id"] for each in self.from_bot(who)), default=0)

    def press(self, who: str, message: Mapping[str, Any], label: str) -> str:
        """Presses a button; the words the bot answered the press with (may be empty)."""
        query = self.sandbox.press(who, message["message_id"], find_button(message, label))
        answered = wait_for(lambda: self._answer_of(query.id), f"an answer to the button {label}")
        return answered[0]

    def press_raw(
        self, who: str, message: Mapping[str, Any], data: str, chat: str | int | None = None
    ) -> str:
        query = self.sandbox.press_raw(who, chat if chat is not None else who, message["message_id"], data)
        return wait_for(lambda: self._answer_of(query.id), f"an answer to {data}")[0]

    def _answer_of(self, query_id: str) -> tuple[str] | None:
        query = self.sandbox.query(query_id)
        return (str(query.answer.get("text") or ""),) if query.answer is not None else None

    def say(self, who: str, text: str, **more: Any) -> None:
        self.sandbox.send_text(who, text, **more)

    def move_clock(self, to: str) -> None:
        """Moves the sandbox's clock, and waits until the bot has done what was due."""
        now = datetime.fromisoformat(to).isoformat()
        request = urllib.request.Request(
            self.running.clock_url,
            data=json.dumps({"now": now}).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=90) as response:
            body = json.load(response)
        assert body.get("done", True), body


@contextmanager
def running_bot(folder: Path, database_url: str, **extra: str) -> Iterator[Bot]:
    """A sandbox and a bot on it, with tasks.json loaded."""
    sandbox = Sandbox(folder / "sandbox")
    for persona in (CHI, HEAD, SECOND):
        sandbox.add_persona(persona)
    with serve(sandbox) as running:
        bot = Bot(running, folder, database_url, extra)
        bot.dondoc("load")
        bot.start()
        try:
            yield bot
        finally:
            if bot.process is not None and bot.process.poll() is None:
                bot.stop()
            bot.check_secrets()
