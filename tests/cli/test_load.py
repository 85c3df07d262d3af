"""`dondoc load` as people and scripts call it: what it prints, its exit codes, and that a refusal changes nothing."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.__main__ import main
from bot.cli.load import load_if_there
from bot.opening import prepare_database
from bot.settings import load_settings
from db.engine import Database
from db.models import Assignment, Document, Notice, Task

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
COUNTS = {"created": 7, "updated": 0, "unchanged": 0, "withdrawn": 0, "assignments": 66}
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's folder with the shipped tasks.json, no database yet."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copyfile(TASKS_FILE, folder / "tasks.json")
    monkeypatch.chdir(folder)
    for name in ("DATABASE_URL", "DATA_DIR", "CLOCK_URL", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    return folder


@pytest.fixture
def edit(office: Path) -> Callable[[Edit], None]:
    def edit(change: Edit) -> None:
        values = json.loads((office / "tasks.json").read_text(encoding="utf-8"))
        change(values)
        (office / "tasks.json").write_text(json.dumps(values), encoding="utf-8")

    return edit


def set_title(values: dict[str, Any]) -> None:
    values["tasks"][-1]["title"] = "Trong tệp"


def change_title_in_chat(office: Path) -> None:
    database = Database(f"sqlite:///{office}/data/dondoc.db")
    with database.write() as session:
        session.exec(select(Task).where(Task.clause == "IV.5")).one().title = "Trong hệ thống"
    database.close()


def count_rows(office: Path, table: str) -> int:
    connection = sqlite3.connect(office / "data" / "dondoc.db")
    (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(found)


def test_an_empty_database_is_prepared_and_the_file_beside_loaded(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert main(["load", "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out) == {"document": "lai-chau-20-nq-tw", **COUNTS}
    assert main(["load", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["created"], again["unchanged"], again["assignments"]) == (0, 7, 66)
    database = Database(empty_url)
    with database.read() as session:
        assert len(session.exec(select(Assignment)).all()) == 66
    database.close()


def test_people_read_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load"]) == 0
    told = capsys.readouterr()
    assert "thêm 7" in told.out
    assert "66 lượt giao" in told.out
    assert "--past now|all|silent" in told.err


def test_a_dry_run_shows_everything_and_makes_no_database(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "thêm nhiệm vụ IV.2.b" in out
    assert "giao cho hu-muong-te (chủ trì)" in out
    assert sorted(each.name for each in office.iterdir()) == ["tasks.json"]


def test_a_dry_run_counts_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"document": "lai-chau-20-nq-tw", **COUNTS}


def test_a_dry_run_works_on_a_database_without_tables(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert main(["load", "--dry-run"]) == 0
    assert "thêm 7" in capsys.readouterr().out
    assert main(["load"]) == 0
    assert main(["load", "--dry-run"]) == 0
    assert "Không có gì thay đổi." in capsys.readouterr().out


def test_a_dry_run_shows_each_edited_field_and_keeps_it_unwritten(
    office: Path, edit: Callable[[Edit], None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["load"])
    before = count_rows(office, "event")
    edit(set_title)
    assert main(["load", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert 'title: "Hướng dẫn công tác tuyên truyền, quán triệt" → "Trong tệp"' in out
    assert count_rows(office, "event") == before


def test_every_fault_of_a_file_is_named_at_once(
    office: Path, edit: Callable[[Edit], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(values: dict[str, Any]) -> None:
        values["document"]["secrecy"] = "Mật"
        values["tasks"][0]["lead"] = ["hu-muong-t"]
        values["tasks"][2]["deadline"] = "trước ngày 31/4/2023"
        values["tasks"][3]["due"] = "2023-02-30"

    edit(spoil)
    assert main(["load"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    for path in ("$.document.secrecy", "$.tasks[0].lead[0]", "$.tasks[2].deadline", "$.tasks[3].due"):
        assert path in told.err
    assert "hu-muong-te" in told.err
    assert count_rows(office, "document") == 0


def test_a_conflict_is_shown_and_refused_and_force_decides_for_the_file(
    office: Path, edit: Callable[[Edit], None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["load"])
    change_title_in_chat(office)
    edit(set_title)
    capsys.readouterr()
    for arguments in (["load"], ["load", "--dry-run"]):
        assert main(arguments) == 1
        told = capsys.readouterr().err
        assert "Trong hệ thống" in told
        assert "--force" in told
    assert main(["load", "--force", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["updated"] == 1


@pytest.mark.parametrize("choice", ["now", "all", "silent"])
def test_past_is_decided_by_an_option(office: Path, choice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--past", choice]) == 0
    assert "--past" not in capsys.readouterr().err
    database = Database(f"sqlite:///{office}/data/dondoc.db")
    with database.read() as session:
        assert session.exec(select(Document)).one().past == choice
        assert session.exec(select(Notice).where(Notice.kind == "past")).first() is None
    database.close()


def test_a_file_that_cannot_be_read_is_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("missing.json", ".", "no\0name"):
        assert main(["load", name]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert name.replace("\0", "") in told.err.replace("\0", "")
    assert not (office / "data").exists()


def test_a_wrong_choice_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["load", "--past", "later"])
    assert ended.value.code == 2
    assert "--past" in capsys.readouterr().err


def test_the_bot_starts_beside_a_broken_file_and_says_why(
    office: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "tasks.json").write_text("{", encoding="utf-8")
    load_if_there(load_settings(), database)
    assert "tasks.json" in capsys.readouterr().err
    (office / "tasks.json").unlink()
    load_if_there(load_settings(), database)
    assert capsys.readouterr() == ("", "")
    shutil.copyfile(TASKS_FILE, office / "tasks.json")
    settings = load_settings()
    prepare_database(settings, database)
    load_if_there(settings, database)
    with database.read() as session:
        assert len(session.exec(select(Assignment)).all()) == 66
