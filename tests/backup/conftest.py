"""An office that has been at work, on each kind of database, and an empty one to restore into."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url
from sqlmodel import SQLModel

from bot.__main__ import main
from bot.app import open_database
from bot.settings import Settings, parse_settings
from db.engine import Database, normalise_url
from db.migrate import migrate
from tests.backup.office import fill

_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """An installation: its settings, and what can be seen of it."""

    settings: Settings

    def dondoc(self, *arguments: str | Path) -> int:
        """The command as typed, with this installation's environment. Returns the exit code."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", self.settings.database_url)
            patch.setenv("DATA_DIR", str(self.settings.data_dir))
            patch.setenv("BOT_TOKEN", self.settings.token)
            return main([str(each) for each in arguments])

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything stored, but for who may send."""
        database = Database(self.settings.database_url)
        try:
            with database.read() as session:
                return {
                    table.name: sorted(map(tuple, session.execute(table.select())), key=repr)
                    for table in SQLModel.metadata.sorted_tables
                    if table.name != "lease"
                }
        finally:
            database.close()

    def files(self) -> dict[str, bytes]:
        folder = self.settings.data_dir / "attachments"
        return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    @property
    def backups(self) -> list[Path]:
        return sorted((self.settings.data_dir / "backups").glob("*"))


def make_place(url: str, data_dir: Path) -> Place:
    return Place(parse_settings({"DATABASE_URL": url, "DATA_DIR": str(data_dir)}))


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Place:
    """An office that has been at work."""
    place = make_place(database_url, tmp_path / "data")
    database = open_database(place.settings)
    fill(database, place.settings.data_dir)
    database.close()
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Another machine, with a database without any table."""
    if request.param == "sqlite":
        yield make_place(f"sqlite:///{tmp_path / 'elsewhere' / 'new.db'}", tmp_path / "elsewhere")
        return
    server = request.getfixturevalue("postgresql_url")
    name = f"elsewhere_{os.getpid()}_{next(_NUMBERS)}"
    run_sql(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    yield make_place(url, tmp_path / "elsewhere")
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def archive(office: Place, tmp_path: Path) -> Path:
    """A backup of the office."""
    path = tmp_path / "backup.zip"
    assert office.dondoc("backup", path) == 0
    return path


def run_sql(url: str, statement: str) -> None:
    engine = create_engine(normalise_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def prepare(place: Place) -> Database:
    """Opens the place's database, its tables made."""
    database = open_database(place.settings)
    migrate(database)
    return database
