"""`dondoc reminders` as people and scripts call it."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.__main__ import main

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
FIELDS = {
    *("at", "on", "kind", "step", "reason", "moved_from", "assignment", "document", "clause", "clause_label"),
    *("task", "agency", "agency_name", "role", "period", "due", "to", "recipients", "held"),
}


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped document loaded today: what is dated has long been past, and waits for the secretariat's choice."""
    shutil.copyfile(TASKS_FILE, tmp_path / "tasks.json")
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DATA_DIR", "CLOCK_URL", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    assert main(["load"]) == 0
    capsys.readouterr()


def test_a_listing_tells_what_will_be_sent_and_what_is_held_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reminders", "--days", "366", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(row.keys() == FIELDS for row in rows)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert all(datetime.fromisoformat(row["at"]).tzinfo for row in rows)
    assert {row["recipients"] for row in rows} == {0}
    questions = [row for row in rows if row["kind"] == "status"]
    # The Ban Thường vụ is never asked: the office that works for it is.
    assert {(row["clause"], row["to"]) for row in questions} == {
        ("IV.1", "van-phong-tinh-uy"),
        ("IV.3.a", "bcsd-ubnd-tinh"),
    }
    assert {date.fromisoformat(row["on"]).month % 3 for row in questions} == {0}
    overdue = [row for row in rows if row["clause"] == "IV.2.b" and row["kind"] == "weekly"]
    assert overdue
    assert {row["held"] for row in overdue} == {"việc đã quá hạn khi giao, Văn phòng chưa chọn cách nhắc"}
    assert {row["due"] for row in overdue} == {"2023-05-31"}


def test_of_one_agency_and_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reminders", "--agency", "hu-muong-te", "--days", "30"]) == 0
    told = capsys.readouterr()
    assert "hu-muong-te" in told.out
    assert told.out.count("\n") == told.out.count("hu-muong-te")
    assert told.err == f"{told.out.count('hu-muong-te')} rows\n"


def test_an_unknown_agency_is_refused_with_the_nearest_and_a_wrong_number_of_days_as_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["reminders", "--agency", "hu-muong-tè", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "near: hu-muong-te" in told.err
    for days in ("0", "367", "-1", "x", "²"):
        with pytest.raises(SystemExit) as refused:
            main(["reminders", f"--days={days}"])
        assert refused.value.code == 2
    assert "1 to 366" in capsys.readouterr().err
