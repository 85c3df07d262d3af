"""`dondoc digest` as people and scripts call it."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped document loaded today."""
    monkeypatch.chdir(Path(__file__).parents[2])
    for name in ("DATABASE_URL", "CLOCK_URL", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    assert main(["load"]) == 0
    capsys.readouterr()


def test_it_tells_each_section_of_the_day_and_refuses_one_to_come(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--on", "2023-06-02", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["at"] for row in rows} == {"2023-06-02T08:00:00+00:00"}
    counted = {row["section"] for row in rows if row["count"] is not None}
    assert counted >= {"newly_overdue", "due_next_week", "waiting", "unacknowledged"}
    assert counted >= {"undated", "unconfirmed", "unreachable"}
    assert main(["digest"]) == 0
    assert "unreachable" in capsys.readouterr().out
    assert main(["digest", "--on", "2199-01-04", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "15:00 ngày 4/1/2199" in told.err
    with pytest.raises(SystemExit):
        main(["digest", "--on", "hôm qua"])
