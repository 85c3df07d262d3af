"""The small office on SQLite, prepared once and copied: a test with it costs what it does, not its setting up."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.services.context import Office
from tests.conftest import START, ZONE, Desk
from tests.kept import KeptSqlite
from tests.services.office import Setting
from tests.services.small_office import open_small_office


@dataclass(frozen=True)
class Prepared:
    """The small office as it was opened, as often as it is asked for; there is one at a time."""

    kept: KeptSqlite

    def open_again(self) -> Setting:
        desk = Desk(self.kept.database, FixedClock(START), Office(ZONE, "Văn phòng Tỉnh ủy"), self.kept)
        return open_small_office(desk)


@pytest.fixture(scope="session")
def prepared(sqlite_pattern: Path, memory_folder: Path) -> Iterator[Prepared]:
    (memory_folder / "small").mkdir()
    kept = KeptSqlite(sqlite_pattern, memory_folder / "small")
    yield Prepared(kept)
    kept.database.close()


@pytest.fixture
def small_office(prepared: Prepared) -> Setting:
    return prepared.open_again()
