"""Several programs start on one empty database: one prepares it, the others wait for it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.migrate import migrate, require_current
from tests.db.schemas import make_next_version, read_all

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 4
PROGRAM = """
import sys
from alembic import command  # so that all begin at the same moment
from db.engine import Database
from db.migrate import migrate
database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(migrate(database))
database.close()
"""


def test_of_four_processes_exactly_one_migrates(empty_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROGRAM, empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(AT_ONCE)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [error for _, error in outputs] == [""] * AT_ONCE
    assert sorted(out.strip() for out, _ in outputs) == ["False"] * (AT_ONCE - 1) + ["True"]
    database = Database(empty_url)
    require_current(database)
    database.close()


def _migrate_together(url: str, **options: object) -> list[bool | Exception]:
    barrier = Barrier(AT_ONCE)

    def start(_number: int) -> bool | Exception:
        database = Database(url)
        barrier.wait()
        try:
            return migrate(database, **options)  # type: ignore[arg-type]
        except DBAPIError as error:
            return error
        finally:
            database.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(start, range(AT_ONCE)))


def test_of_four_threads_exactly_one_migrates(empty_url: str) -> None:
    assert sorted(map(str, _migrate_together(empty_url))) == ["False"] * (AT_ONCE - 1) + ["True"]


def test_where_all_fail_the_database_stays_empty(empty_url: str, tmp_path: Path) -> None:
    versions = make_next_version(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    results = _migrate_together(empty_url, versions=versions)
    assert ["nowhere" in str(each) for each in results] == [True] * AT_ONCE
    database = Database(empty_url)
    assert read_all(database.writer) == ({}, {})
    database.close()
