"""What a command holds for now where the sandbox it belongs to does not run."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import command_clock
from bot.sandbox import Sandbox
from bot.sandbox.core import START
from bot.settings import Settings, load_settings

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
    assert command_clock(settings).now() == START
    assert main(["load", "tasks.json"]) == 0
    assert "quá thời hạn" not in capsys.readouterr().err


def test_afterwards_it_is_the_time_at_which_the_sandbox_was_left(settings: Settings) -> None:
    box = Sandbox(settings.data_dir / "sandbox")
    box.move_clock(LATER)
    box.close()
    assert command_clock(settings).now() == LATER
