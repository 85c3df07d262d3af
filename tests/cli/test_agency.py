"""`dondoc agency` and `dondoc member` as people and scripts call them."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.__main__ import main
from db.engine import Database
from db.models import Agency, Assignment, Event, Member, Membership, Succession
from tests.db.rows import NOW

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, database: Database) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("CLOCK_URL", raising=False)
    with database.write() as session:
        for key, name in (("hu-muong-te", "Huyện ủy Mường Tè"), ("hu-sin-ho", "Huyện ủy Sìn Hồ")):
            session.add(Agency(key=key, name=name))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_agencies_are_added_renamed_merged_and_listed(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(capsys, "agency", "add", "bum-to", "Đảng ủy xã Bum Tở")["agency"] == "bum-to"
    tried = call(capsys, "agency", "rename", "hu-muong-te", "Đảng ủy Mường Tè", "--dry-run")
    assert tried["name"] == "Đảng ủy Mường Tè"
    names = {each["key"]: each["name"] for each in call(capsys, "agency", "list")}
    assert names["hu-muong-te"] == "Huyện ủy Mường Tè"
    done = call(capsys, "agency", "merge", "hu-muong-te", "bum-to")
    assert (done["applied"], done["into"]) == (True, ["bum-to"])
    later = call(capsys, "agency", "end", "hu-sin-ho", "--on", "2199-07-01")
    assert later["applied"] is False
    rows = {each["key"]: each for each in call(capsys, "agency", "list")}
    assert rows["hu-muong-te"]["ended_on"]
    assert rows["hu-sin-ho"]["planned"] == "ended 2199-07-01"
    call(capsys, "agency", "cancel", "hu-sin-ho")
    with database.read() as session:
        assert [each.kind for each in session.exec(select(Succession))] == ["merged"]


@ONE_DATABASE
def test_what_cannot_be_done_is_refused_with_what_would_be_right(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = [
        (["agency", "merge", "hu-muong", "hu-sin-ho"], "near: hu-muong-te"),
        (["agency", "merge", "hu-muong-te", "hu-muong-te"], "chính mình"),
        (["agency", "add", "Hu Moi", "Huyện ủy Mới"], "hu-moi"),
        (["agency", "add", "hu-sin-ho", "Huyện ủy Mới"], "đã có"),
        (["agency", "cancel", "hu-sin-ho"], "không có thay đổi"),
        (["member", "leave", "7", "--role", "officer"], "Không có người dùng này"),
        (["member", "erase", "7", "--yes"], "Không có người dùng này"),
    ]
    for arguments, words in refused:
        assert main(arguments) == 1, arguments
        assert words in capsys.readouterr().err, arguments
    assert main(["member", "erase", "7"]) == 2
    with database.read() as session:
        assert session.exec(select(Event)).first() is None
        assert session.exec(select(Assignment)).first() is None


@ONE_DATABASE
def test_a_person_is_listed_and_leaves(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with database.write() as session:
        session.add(Member(name="Bình", created_at=NOW))
        session.flush()
        session.add(Membership(member_id=1, agency_id=1, role="officer", from_at=NOW))
    (row,) = call(capsys, "member", "list")
    assert (row["name"], row["role"], row["agency"], row["until"]) == ("Bình", "officer", "hu-muong-te", None)
    call(capsys, "member", "leave", "1", "--role", "officer")
    call(capsys, "member", "erase", "1", "--yes")
    (row,) = call(capsys, "member", "list")
    assert row["until"]
    assert row["name"] == "Người dùng đã xóa số 1"


@ONE_DATABASE
def test_an_agency_is_made_discreet_and_is_so_in_the_list(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    done = call(capsys, "agency", "set", "hu-muong-te", "--discreet", "on")
    assert done == {"agency": "hu-muong-te", "discreet": True}
    listed = {each["key"]: each["discreet"] for each in call(capsys, "agency", "list")}
    assert listed == {"hu-muong-te": True, "hu-sin-ho": False}
    call(capsys, "agency", "set", "hu-muong-te", "--discreet", "off")
    with database.read() as session:
        assert [each.is_discreet for each in session.exec(select(Agency))] == [False, False]
        assert [each.action for each in session.exec(select(Event))] == ["agency_discreet"] * 2
