"""`dondoc load` says whom it tells and what, before and while it does, and takes it back within the minute."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.__main__ import main
from bot.domain.access import Role
from bot.opening import prepare_database
from bot.services.context import Office, Work
from bot.services.people import joining
from bot.settings import load_settings
from db.engine import Database
from db.models import Agency, OutboxMessage
from tests.conftest import START, ZONE
from tests.services import small_office

SMALL: dict[str, Any] = small_office.SMALL
NEW = {**SMALL["tasks"][0], "clause": "V", "clause_label": "Mục V", "title": "Việc mới"}
NEW["deadline"] = "trong năm 2099"


@pytest.fixture
def loaded(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Database]:
    """A small document is loaded, two agencies have six people, and the file has a task more."""
    monkeypatch.chdir(tmp_path)
    for name in ("CLOCK_URL", "WEBHOOK_URL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    prepare_database(load_settings(), database)
    write(tmp_path, {**SMALL, "tasks": SMALL["tasks"][:1]})
    assert main(["load", "--past", "silent"]) == 0
    with database.write() as session:
        work = Work(session, START, Office(ZONE, "Văn phòng"))
        first, second = session.exec(select(Agency).order_by(col(Agency.id))).all()[:2]
        for number, agency in enumerate([first, *[second] * 5]):
            token = joining.create_invite(work, Role.OFFICER, agency.id, None).token
            joining.join(work, token, 900 + number, f"Người {number}")
    write(tmp_path, {**SMALL, "tasks": [*SMALL["tasks"][:1], NEW]})
    capsys.readouterr()
    yield database
    database.close()


def write(folder: Path, values: Any) -> None:
    (folder / "tasks.json").write_text(json.dumps(values), encoding="utf-8")


def list_news(database: Database) -> list[str]:
    with database.read() as session:
        query = select(OutboxMessage).where(col(OutboxMessage.text).contains("Việc mới"))
        return [each.status for each in session.exec(query)]


def test_the_number_the_agencies_and_the_words_are_shown_before_and_when_they_go(
    loaded: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "--dry-run"]) == 0
    before = capsys.readouterr().out
    assert "6 người nhận ở 2 cơ quan: Ban Tuyên giáo Tỉnh ủy, Huyện ủy Mường Tè" in before
    assert "  | Mục V: Việc mới" in before
    assert "<b>" not in before
    assert "được giữ 1 phút" in before
    assert list_news(loaded) == []
    assert main(["load"]) == 0
    assert "6 người nhận ở 2 cơ quan" in (out := capsys.readouterr().out)
    assert "dondoc load --take-back" in out
    assert main(["load", "--take-back"]) == 0
    assert "Đã thu lại 6 tin" in capsys.readouterr().out
    assert list_news(loaded) == ["expired"] * 6
    assert main(["load", "--take-back"]) == 1
    assert "đang chờ" in capsys.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_json_stays_alone_on_standard_output_and_the_rest_is_told_beside(
    loaded: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    for arguments in (["--dry-run"], ["--at-once"]):
        assert main(["load", "--json", *arguments]) == 0
        told = capsys.readouterr()
        assert json.loads(told.out) == {
            "document": "small", "created": 1, "updated": 0, "unchanged": 1, "withdrawn": 0, "assignments": 4
        }  # fmt: skip
        assert "Recipients: 6, in 2 agencies" in told.err
        assert ("held for a minute" in told.err) == (arguments == ["--dry-run"])
    assert list_news(loaded) == ["pending"] * 6
