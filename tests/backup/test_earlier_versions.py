"""An archive of an earlier version: its rows become this version's, as its database's would."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.backup import back_up_before_migration, write_backup
from bot.opening import open_database
from bot.settings import parse_settings
from db.engine import Database, sqlite_path
from db.migrate import HEAD, OURS, migrate
from db.models import Lease, Member
from tests.backup.conftest import Place, make_place
from tests.backup.office import AT
from tests.backup.test_damaged import change_rows, rewrite
from tests.db.test_released_versions import open_released

TOKEN = "7000000000:" + "A" * 35


@pytest.fixture
def earlier(empty_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An office whose program is of an earlier version."""
    open_released(empty_url, request.param).close()
    return as_bot(make_place(empty_url, tmp_path / "earlier"))


def as_bot(place: Place) -> Place:
    values = {"DATABASE_URL": place.settings.database_url, "DATA_DIR": str(place.settings.data_dir)}
    return Place(parse_settings({**values, "BOT_TOKEN": TOKEN}))


def opened(place: Place) -> Database:
    return open_database(place.settings)


def back_up(place: Place, target: Path) -> Path:
    database = opened(place)
    try:
        return write_backup(database, place.settings.data_dir, target).path
    finally:
        database.close()


WAYS = (("sqlite", "postgresql"), ("postgresql", "sqlite"))
CASES = [(version, *WAYS[number % 2]) for number, version in enumerate(OURS.known[:-1])]


@pytest.mark.parametrize(("earlier", "empty_url", "nowhere"), CASES, indirect=True)
def test_it_becomes_what_its_database_would_have_become(
    earlier: Place, nowhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = back_up(earlier, tmp_path / "b.zip")
    place = as_bot(nowhere)
    assert place.dondoc("restore", archive, "--check") == 0
    assert place.dondoc("restore", archive) == 0
    assert f"and was upgraded to {HEAD}" in capsys.readouterr().err
    database = opened(earlier)
    migrate(database)
    database.close()
    assert place.rows() == earlier.rows()
    restored = opened(place)
    with pytest.raises(DBAPIError, match="append-only"), restored.write() as session:
        session.execute(text("DELETE FROM event"))
    with restored.write() as session:
        member = Member(name="Mới", created_at=AT)
        session.add(member)
        session.flush()
        assert member.id > 3
    restored.close()


@pytest.mark.parametrize(("earlier", "empty_url"), [("0003", "sqlite")], indirect=True)
@pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)
def test_in_place_of_a_database_in_use_it_comes_wholly_or_not_at_all(
    earlier: Place, elsewhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = as_bot(elsewhere)
    database = opened(place)
    with database.write() as session:
        session.add(Member(name="Chi", created_at=AT))
        session.add(Lease(name="sender", owner="a machine:1", epoch=7, expires_at=AT))
    mine = place.rows()
    archive = back_up(earlier, tmp_path / "b.zip")
    forged = rewrite(archive, change_rows("report", _forge))
    assert place.dondoc("restore", forged, "--force") == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert place.rows() == mine
    assert place.dondoc("restore", archive, "--force") == 0
    assert "Chi" not in [row[1] for row in place.rows()["member"]]
    with database.read() as session:
        assert session.get_one(Lease, "sender").epoch == 8, "a frozen sender must lose its claim"
    database.close()
    kept = place.backups[-1]
    assert place.dondoc("restore", kept, "--force") == 0
    assert place.rows() == mine


def _forge(rows: list[dict[str, Any]]) -> None:
    rows[0]["assignment_id"] = 77


@pytest.mark.parametrize(("earlier", "empty_url"), [("0002", "sqlite")], indirect=True)
def test_the_backup_made_before_an_upgrade_brings_the_data_back(earlier: Place) -> None:
    database = opened(earlier)
    copy = back_up_before_migration(earlier.settings, database)
    migrate(database)
    database.close()
    upgraded = earlier.rows()
    assert earlier.dondoc("restore", copy, "--force") == 0
    assert earlier.rows() == upgraded


@pytest.mark.parametrize(("earlier", "empty_url"), [("0003", "sqlite")], indirect=True)
def test_the_way_back_from_a_newer_program_is_into_a_new_file(
    earlier: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    database = opened(earlier)
    copy = back_up_before_migration(earlier.settings, database)
    migrate(database)
    upgraded = earlier.rows()
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    database.close()
    assert earlier.dondoc("restore", copy, "--force") == 2
    assert "move its file aside" in capsys.readouterr().err
    path = sqlite_path(database.url)
    assert path is not None
    for each in path.parent.glob(f"{path.name}*"):
        each.rename(each.with_name(f"newer-{each.name}"))
    assert earlier.dondoc("restore", copy) == 0
    assert earlier.rows() == upgraded
