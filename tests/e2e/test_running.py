"""The real process as systemd runs it: watched, asked how it is, and ended under load with nothing lost."""

import json
import re
import signal
import socket
import threading
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.sandbox import Persona
from bot.services.context import Office, Work
from bot.services.people.joining import create_invite
from db.engine import Database
from db.models import Agency, OutboxMessage
from tests.conftest import START, ZONE
from tests.e2e.harness import Bot, running_bot, wait_for

PEOPLE = ("hu-tam-duong", "hu-muong-te", "hu-sin-ho", "hu-phong-tho", "hu-than-uyen", "hu-tan-uyen")
LATENCY_S = 0.15


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ended_under_load_it_is_gone_within_ten_seconds_and_goes_on_where_it_was(
    database_url: str, tmp_path: Path
) -> None:
    with _systemd(tmp_path) as said:
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "60000000", "LOG_FORMAT": "json"}
        with running_bot(tmp_path, database_url, **told) as bot:
            let_in(bot, database_url)
            bot.sandbox.faults.latency_s = LATENCY_S
            _check_pages(bot)
            people = [Person(bot, who) for who in PEOPLE]
            for each in people:
                each.start()
            bot.sandbox.move_clock(START.replace(month=5, day=17, hour=8))
            # Reminders and answers are on their way by now.
            wait_for(lambda: len(bot.from_bot(PEOPLE[-1])) > 2, "messages to flow")
            took = end(bot)
            for each in people:
                each.stopping.set()
                each.join()
            assert took < 10
            _check_ended(bot)
            bot.start()
            _check_whole(bot)
    assert said.count("READY=1") == 2
    assert said.count("STOPPING=1") >= 1
    assert said.index("READY=1") < said.index("WATCHDOG=1") < said.index("STOPPING=1")


class _systemd:
    """Hears what the service tells."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(folder / "notify"))
        self._thread = threading.Thread(target=self._hear, daemon=True)

    def _hear(self) -> None:
        while message := self._socket.recv(500):
            self.said.append(message.decode())

    def __enter__(self) -> list[str]:
        self._thread.start()
        return self.said

    def __exit__(self, *error: object) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()


class Person(threading.Thread):
    """Asks for the tasks, again and again."""

    def __init__(self, bot: Bot, who: str) -> None:
        super().__init__(daemon=True)
        self.bot, self.who, self.stopping = bot, who, threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(1.0):
            self.bot.say(self.who, "/viec")


def let_in(bot: Bot, database_url: str) -> None:
    """An officer of each agency, through invites as anyone."""
    database = Database(database_url)
    for n, who in enumerate(PEOPLE):
        if who != "hu-muong-te":
            bot.sandbox.add_persona(Persona(who, 720000000 + n, f"Đồng chí {who}"))
        with database.write() as session:
            work = Work(session, START, Office(ZONE, "Văn phòng Tỉnh ủy"))
            agency = session.exec(select(Agency).where(col(Agency.key) == who)).one()
            token = create_invite(work, Role.OFFICER, agency.id, None).token
        bot.sandbox.open_link(who, token)
    database.close()
    for who in PEOPLE:
        bot.wait_message(who, "Chào đồng chí")


def _ask(bot: Bot, path: str) -> tuple[int, str]:
    found = re.search(r'"port": (\d+), "event": "web_listens"|"web_listens".*?"port": (\d+)', bot.log())
    assert found, bot.log()[-500:]
    with urllib.request.urlopen(f"http://127.0.0.1:{found[1] or found[2]}{path}", timeout=5) as answer:
        return answer.status, answer.read().decode()


def _check_pages(bot: Bot) -> None:
    status, body = _ask(bot, "/healthz")
    assert (status, json.loads(body)["reasons"]) == (200, [])
    figures = _ask(bot, "/metrics")[1]
    assert "dondoc_healthy 1.0" in figures
    assert 'dondoc_updates_total{type="message"}' in figures
    assert 'dondoc_handled_total{result="applied"}' in figures
    for secret in (
        bot.running.token,
        bot.running.token.partition(":")[2],
        "Đồng chí",
        "hu-tam-duong",
        "720000000",
    ):
        assert secret not in figures + body


def end(bot: Bot) -> float:
    """Seconds from SIGTERM to the end of the process."""
    assert bot.process is not None
    begun = time.monotonic()
    bot.process.send_signal(signal.SIGTERM)
    assert bot.process.wait(timeout=20) == 0, bot.log()[-2000:]
    return time.monotonic() - begun


def _check_ended(bot: Bot) -> None:
    log = bot.log()
    assert "Traceback" not in log, log[-3000:]
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    assert "stopped" in events
    assert "stopped_before_all_was_done" not in events
    assert bot.running.token.partition(":")[2] not in log
    assert "sending" not in list_states(bot), "what was under way has been recorded"


def _check_whole(bot: Bot) -> None:
    """All of it arrives, each message of the outbox once."""
    wait_for(lambda: set(list_states(bot)) == {"sent"}, "an empty outbox", 30)
    for who in PEOPLE:
        texts = Counter(text for text in bot.texts(who) if "Nhắc việc lần" in text)
        assert texts, who
        assert set(texts.values()) == {1}, f"{who}: {texts}"


def list_states(bot: Bot) -> list[str]:
    """How it stands with each message that is for somebody's chat. Read here: a command takes a second."""
    database = Database(bot.database_url)
    with database.read() as session:
        mine = col(OutboxMessage.address_id).is_not(None) & (col(OutboxMessage.status) != "expired")
        states = list(session.exec(select(OutboxMessage.status).where(mine)))
    database.close()
    return states
