"""No command, log, record or backup gives a secret away: the bot's token, an invite's, a password."""

import asyncio
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.__main__ import COMMANDS, main
from bot.domain.pacing import Pacer
from bot.inbox.perform import Performer
from bot.inbox.receive import store_updates
from bot.logs import set_up_logs
from bot.outbox.inflight import InFlight
from db.engine import Database
from tests.services.chat import BOT_ID, Chat
from tests.services.office import CAST, Setting
from tests.services.test_flooding import Memory, count, says, until, working

TOKEN = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET, PASSWORD = "webhook-secret-3f9a7c", "pa55-w0rd-of-postgres"
NOBODY = "http://127.0.0.1:9"
STRANGER = 990


@dataclass
class Watched:
    """Commands of one installation, and all they have written."""

    folder: Path
    url: str
    capsys: pytest.CaptureFixture[str]
    written: list[str] = field(default_factory=list)

    def run(self, *arguments: str, **changed: str) -> None:
        """Whatever becomes of it; also a crash has to keep the secrets."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**self.env, **changed}.items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            try:
                main(arguments)
            except SystemExit:
                pass
            except Exception as error:
                self.written.append(f"{error!r}")
        seen = self.capsys.readouterr()
        self.written += [seen.out, seen.err]

    @property
    def env(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": NOBODY,
            "CLOCK_URL": "",
            "WEB_ADDRESS": "127.0.0.1:0",
        }

    def check(self, secrets: Sequence[str]) -> None:
        assert len("".join(self.written)) > 100
        for secret in (TOKEN.partition(":")[2], SECRET, PASSWORD, *secrets):
            assert not [text[:500] for text in self.written if secret in text], secret


@pytest.fixture
def watched(
    logs_as_before: None, small_office: Setting, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Watched:
    (tmp_path / "data").mkdir()
    set_up_logs("text", "debug", (SECRET,))
    return Watched(tmp_path, f"sqlite:///{small_office.desk.database.url.database}", capsys)


def use_invites(office: Setting) -> list[str]:
    """One made in chat and used, one opened by someone who needs none; both tokens."""
    chat, channel, desk = Chat(office), Memory(), office.desk
    for _ in range(2):
        chat.say(CAST["an"], "/moi")
        chat.press(CAST["an"], "Thường trực")
    links = [re.findall(r"start=([\w-]{32})", str(screen)) for screen in chat.screens[CAST["an"]]]
    tokens = [found[0] for found in links if found]

    async def run() -> None:
        opened = [(STRANGER, tokens[0]), (STRANGER, tokens[1]), (STRANGER, tokens[0])]
        updates = [says(who, n, f"/start {token}") for n, (who, token) in enumerate(opened)]
        store_updates(desk.database, BOT_ID, updates)
        async with working(desk, channel):
            await until(lambda: not count(desk, "received"), "links are opened")

    asyncio.run(run())
    assert len(tokens) == 2
    return tokens


def dump(database: Database) -> str:
    """Every value of every row."""
    with database.read() as session:
        return "\n".join(
            str(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in session.execute(table.select())
        )


def finish(office: Setting) -> None:
    """Marks what was answered, as the performer does after each."""
    performer: Any = Performer(office.desk.database, Memory(), Pacer(), InFlight(), Path(), lambda: True)  # type: ignore[arg-type]
    performer._write_done(*range(1, 100))


def test_an_invite_that_was_made_and_opened_is_nowhere_in_the_store_or_a_backup(
    small_office: Setting, watched: Watched
) -> None:
    tokens = use_invites(small_office)
    finish(small_office)
    stored = dump(small_office.desk.database)
    assert "/start …" in stored
    assert [token for token in tokens if token in stored] == []
    watched.run("backup", str(watched.folder / "copy.zip"))
    assert (watched.folder / "copy.zip").exists(), watched.written
    with zipfile.ZipFile(watched.folder / "copy.zip") as archive:
        listed = [repr(each) for each in archive.infolist()]
        inside = [archive.read(each).decode("utf-8", "replace") for each in archive.namelist()]
    watched.written += [*listed, *inside]
    for command in ("outbox", "history", "reports", "tasks"):
        watched.run(command, "--json")
    watched.check(tokens)


FAULTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "telegram is away": {"TELEGRAM_API_URL": NOBODY},
    "the address is none": {"TELEGRAM_API_URL": f"http://user:{PASSWORD}@[::1"},
    "the proxy is away": {"TELEGRAM_PROXY": f"socks5://user:{PASSWORD}@127.0.0.1:9"},
    "no database there": {"DATABASE_URL": f"postgresql://dondoc:{PASSWORD}@127.0.0.1:9/dondoc"},
    "an address of no database": {"DATABASE_URL": f"mysql://dondoc:{PASSWORD}@127.0.0.1/x"},
    "a password with marks": {"DATABASE_URL": f"postgresql://dondoc:{PASSWORD}@x@127.0.0.1:9/dondoc"},
    "a folder for a file": {"DATABASE_URL": "sqlite:////"},
    "a webhook that is none": {"WEBHOOK_URL": "http://x", "WEBHOOK_SECRET": SECRET, "WEBHOOK_ADDRESS": "127.0.0.1:1"},
    "a secret that is none": {"WEBHOOK_URL": "https://x.vn/h", "WEBHOOK_SECRET": f"{SECRET} ă", "WEBHOOK_ADDRESS": "x"},
    "a token that is none": {"BOT_TOKEN": f"{TOKEN} "},
    "half a token": {"BOT_TOKEN": TOKEN.partition(":")[2]},
    "no clock there": {"CLOCK_URL": f"http://user:{PASSWORD}@127.0.0.1:9/clock"},
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_commands_keep_the_secrets_whatever_is_wrong(watched: Watched, fault: str) -> None:
    for command in ("doctor", "invite --viewer"):
        watched.run(*command.split(), **FAULTS[fault])
    tokens = re.findall(r"[\w-]{32}(?=$|\s)", watched.written[-2])
    watched.written[-2] = ""  # the link itself is what was asked for
    watched.check(tokens)


def test_a_damaged_database_and_a_damaged_backup_keep_the_secrets(watched: Watched) -> None:
    damaged = watched.folder / "damaged.db"
    damaged.write_bytes(Path(watched.url.removeprefix("sqlite:///")).read_bytes()[:4096] + b"x" * 99_000)
    (watched.folder / "bad.zip").write_bytes(TOKEN.encode() * 10)
    for command in ("doctor", "tasks", "backup copy.zip", "restore bad.zip", "history", "load missing.json"):
        watched.run(*command.split(), DATABASE_URL=f"sqlite:///{damaged}")
    watched.check(())


def test_what_is_tried_here_are_commands() -> None:
    assert {"doctor", "tasks", "invite", "backup", "restore", "history", "outbox", "load", "reports"} <= set(
        COMMANDS
    )
