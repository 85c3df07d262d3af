"""`dondoc holidays` as people and scripts call it: what it lists, what it loads, and that a refusal changes nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.__main__ import main
from db.engine import Database
from db.models import Event, Holiday

TABLE = "day,kind,name\n2/6/2023,nghỉ,Ngày của tỉnh\n2023-06-03,work,\n"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("CLOCK_URL", raising=False)


def write(text: str, encoding: str = "utf-8") -> str:
    Path("ngay-nghi.csv").write_text(text, encoding=encoding)
    return "ngay-nghi.csv"


def listed(capsys: pytest.CaptureFixture[str], year: int) -> list[dict[str, Any]]:
    assert main(["holidays", "--on", str(year), "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def stored(database: Database) -> list[tuple[date, str]]:
    with database.read() as session:
        return [(row.day, row.kind) for row in session.exec(select(Holiday).order_by(Holiday.day))]  # type: ignore[arg-type]


def test_a_table_is_loaded_once_and_listed_beside_the_published_days(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(TABLE, "utf-8-sig")
    assert main(["holidays", file, "--dry-run"]) == 0
    assert "+ 2023-06-02 off Ngày của tỉnh" in capsys.readouterr().out
    assert stored(database) == []
    for added, unchanged in ((2, 0), (0, 2)):
        assert main(["holidays", file, "--json"]) == 0
        counts = json.loads(capsys.readouterr().out)
        assert counts == {"added": added, "changed": 0, "removed": 0, "unchanged": unchanged}
    with database.read() as session:
        assert [each.actor for each in session.exec(select(Event))] == ["system"] * 2
    rows = listed(capsys, 2023)
    own = {"day": "2023-06-02", "kind": "off", "name": "Ngày của tỉnh", "source": "office"}
    assert own in rows
    assert {"day": "2023-06-03", "kind": "work", "name": None, "source": "office"} in rows
    assert {"day": "2023-09-02", "kind": "off", "name": "Quốc khánh", "source": "published"} in rows
    assert main(["holidays", write("day\tkind\tname\n2023-07-07\toff\tx\n"), "--replace"]) == 0
    assert stored(database) == [(date(2023, 7, 7), "off")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_fault_is_told_at_once_and_nothing_is_written(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["holidays", write("day,kind,name\n2023-06-01,off,x\n31/6/2023,chơi,\n2023-06-01,work,\n")]) == 1
    )
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "Dòng 3, ngày: không có ngày “31/6/2023”; ngày cuối tháng đó là 30/6/2023.",
        "Dòng 3, nghỉ/làm: “chơi” không đúng; cần “nghỉ” (off) hoặc “làm” (work).",
        "Dòng 4, ngày: ngày 1/6/2023 đã ghi khác ở dòng 2; cần giữ lại một dòng.",
    ]
    assert stored(database) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such.csv"], 1),
        (["."], 1),
        (["--replace"], 2),
        (["--dry-run"], 2),
        (["ngay-nghi.csv", "--on", "2023"], 2),
    ],
)
def test_wrong_usage_is_told_by_its_exit_code(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["holidays", *arguments]) == code
    assert capsys.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("year", ["1999", "2101", "năm nay", "-1", "20233"])
def test_a_year_out_of_range_is_wrong_usage(year: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["holidays", "--on", year])
