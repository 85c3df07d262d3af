"""An office that has been at work, on each kind of database, and an empty one to restore into.

The office is filled, and its archive written, once a kind of database; a test works on copies.
"""

import functools
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, select
from sqlmodel import SQLModel

from bot.__main__ import main
from bot.opening import open_database
from bot.settings import Settings, parse_settings
from db.engine import Database
from tests.backup.office import fill
from tests.conftest import created_database, named, run_sql

_NUMBERS = itertools.count(1)
OFFICE = "backup_office"


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
        """Everything stored, but for who may send and when a copy was restored."""
        database = Database(self.settings.database_url)
        try:
            with database.read() as session:
                return {
                    table.name: sorted(map(tuple, session.execute(select(*_columns(table)))), key=repr)
                    for table in SQLModel.metadata.sorted_tables
                    if table.name != "lease"
                }
        finally:
            database.close()

    def plain_rows(self) -> dict[str, list[str]]:
        """As `rows`, as the database itself says them: to be compared with the same database's, and quickly read."""
        database = Database(self.settings.database_url)
        try:
            with database.reader.connect() as connection:
                return {
                    name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
                    for name in SQLModel.metadata.tables
                    if name != "lease"
                }
        finally:
            database.close()

    def files(self) -> dict[str, bytes]:
        folder = self.settings.data_dir / "attachments"
        return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    @property
    def backups(self) -> list[Path]:
        return sorted((self.settings.data_dir / "backups").glob("*"))


@dataclass(frozen=True)
class Pattern:
    """An office to copy from: its database's file or name, its data, and an archive of it."""

    database: str
    data_dir: Path
    archive: Path


FindPattern = Callable[[str], Pattern]


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if (table.name, column.name) != ("installation", "lost")]


def make_place(url: str, data_dir: Path) -> Place:
    return Place(parse_settings({"DATABASE_URL": url, "DATA_DIR": str(data_dir)}))


@pytest.fixture(scope="session")
def find_pattern(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> FindPattern:
    """The office of a kind of database, made when it is first asked for."""

    @functools.cache
    def find(kind: str) -> Pattern:
        folder = tmp_path_factory.mktemp("office")
        if kind == "sqlite":
            name = str(folder / "office.db")
            shutil.copyfile(request.getfixturevalue("sqlite_pattern"), name)
            url = f"sqlite:///{name}"
        else:
            name, url = OFFICE, create_copy(request.getfixturevalue("postgresql_url"), OFFICE, "pattern")
        place = make_place(url, folder / "data")
        database = open_database(place.settings)
        fill(database, place.settings.data_dir)
        database.close()
        archive = folder / "backup.zip"
        assert place.dondoc("backup", archive) == 0
        return Pattern(name, place.settings.data_dir, archive)

    return find


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Of the office's database."""
    return str(request.param)


@pytest.fixture
def office(
    kind: str, find_pattern: FindPattern, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Place]:
    """An office that has been at work."""
    pattern = find_pattern(kind)
    shutil.copytree(pattern.data_dir, tmp_path / "data")
    if kind == "sqlite":
        shutil.copyfile(pattern.database, tmp_path / "dondoc.db")
        yield make_place(f"sqlite:///{tmp_path / 'dondoc.db'}", tmp_path / "data")
        return
    with created_database(request.getfixturevalue("postgresql_url"), pattern.database) as url:
        yield make_place(url, tmp_path / "data")


@pytest.fixture
def archive(kind: str, find_pattern: FindPattern, tmp_path: Path) -> Path:
    """A backup of the office."""
    return Path(shutil.copy2(find_pattern(kind).archive, tmp_path / "backup.zip"))


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Another machine, its tables made and no row in them."""
    if request.param == "sqlite":
        (tmp_path / "elsewhere").mkdir()
        path = tmp_path / "elsewhere" / "new.db"
        shutil.copyfile(request.getfixturevalue("sqlite_pattern"), path)
        yield make_place(f"sqlite:///{path}", tmp_path / "elsewhere")
        return
    with created_database(request.getfixturevalue("postgresql_url"), "pattern") as url:
        yield make_place(url, tmp_path / "elsewhere")


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Another machine, with a database without any table."""
    if request.param == "sqlite":
        yield make_place(f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}", tmp_path / "nowhere")
        return
    with created_database(request.getfixturevalue("postgresql_url"), "template1") as url:
        yield make_place(url, tmp_path / "nowhere")


@pytest.fixture(scope="module")
def untouched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Place]:
    """An empty installation of a kind, shared by tests after which it must be as empty as before."""

    @functools.cache
    def find(kind: str) -> Place:
        folder = tmp_path_factory.mktemp("untouched")
        if kind == "sqlite":
            shutil.copyfile(request.getfixturevalue("sqlite_pattern"), folder / "new.db")
            return make_place(f"sqlite:///{folder / 'new.db'}", folder)
        name = f"untouched_{os.getpid()}_{next(_NUMBERS)}"
        return make_place(create_copy(request.getfixturevalue("postgresql_url"), name, "pattern"), folder)

    return find


def create_copy(server: str, name: str, template: str) -> str:
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return named(server, name)
