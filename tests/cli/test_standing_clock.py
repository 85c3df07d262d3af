"""What a command holds for now where the sandbox it belongs to does not run."""

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import reading
from bot.sandbox import Sandbox, serve
from bot.sandbox.core import START
from bot.settings import Settings, load_settings
from db.engine import Database
from db.models import Installation

LATER = datetime.fromisoformat("2023-06-02T08:00:00+07:00")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of a sandbox at an address where nothing answers."""
    for name in ("BOT_TOKEN", "CLOCK_URL", "DATABASE_URL", "WEBHOOK_URL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WEB_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/box.db")
    return load_settings()


def test_before_a_sandbox_ever_ran_it_is_the_day_on_which_one_begins(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "tasks.json"]) == 0
    assert "quá thời hạn" not in capsys.readouterr().err
    assert tell(settings) == START


def test_afterwards_it_is_the_time_at_which_the_sandbox_was_left(settings: Settings) -> None:
    assert main(["load", "tasks.json"]) == 0
    box = Sandbox(settings.data_dir / "sandbox")
    box.move_clock(LATER)
    box.close()
    assert tell(settings) == LATER


def test_a_sandbox_of_another_database_at_the_address_lends_nobody_its_time(
    settings: Settings, tmp_path: Path
) -> None:
    assert main(["load", "tasks.json"]) == 0
    box = Sandbox(tmp_path / "elsewhere")
    box.move_clock(LATER)
    with serve(box) as other:
        here = dataclasses.replace(settings, web_port=other.port)
        assert tell(here) == START
        Sandbox(settings.data_dir / "sandbox").close()
        assert tell(here) == START
        of_it = other.token.partition(":")[0]
        database = Database(settings.database_url)
        with database.write() as session:
            session.get_one(Installation, 1).bot_id = int(of_it)
        database.close()
        assert tell(here) == LATER, "known by its bot, wherever the command is called"


def tell(settings: Settings) -> datetime:
    with reading(settings) as work:
        return work.now
