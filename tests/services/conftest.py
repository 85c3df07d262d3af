"""The small office on SQLite, prepared once and copied: a test with it costs what it does, not its setting up."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.services.context import Office
from db.engine import Database
from tests.conftest import START, ZONE, Desk
from tests.services.office import Setting
from tests.services.small_office import open_small_office


@dataclass(frozen=True)
class Prepared:
    """The file of the small office, and who is in it."""

    path: Path
    setting: Setting

    @contextmanager
    def open_copy(self, folder: Path) -> Iterator[Setting]:
        """The office on a file of its own."""
        copy = folder / self.path.name
        shutil.copyfile(self.path, copy)
        database = Database(f"sqlite:///{copy}")
        desk = self.setting.desk
        try:
            yield replace(self.setting, desk=Desk(database, FixedClock(desk.clock.now()), desk.office))
        finally:
            database.close()


@pytest.fixture(scope="session")
def prepared(sqlite_pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    path = tmp_path_factory.mktemp("prepared") / "office.db"
    shutil.copyfile(sqlite_pattern, path)
    database = Database(f"sqlite:///{path}")
    setting = open_small_office(Desk(database, FixedClock(START), Office(ZONE, "Văn phòng Tỉnh ủy")))
    database.close()  # all of it is in the one file then
    return Prepared(path, setting)


@pytest.fixture
def small_office(prepared: Prepared, tmp_path: Path) -> Iterator[Setting]:
    with prepared.open_copy(tmp_path) as setting:
        yield setting
