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
import os, sys
from alembic import command  # so that all begin at the same moment
from db.engine import Database
from db.migrate import migrate
waiting, begin = os.pipe()
children = []
for _ in range(int(sys.argv[2])):
    children.append(os.fork())
    if not children[-1]:
        os.close(begin)
        os.read(waiting, 1)
        database = Database(sys.argv[1])
        print(migrate(database), flush=True)
        database.close()
        sys.exit()
os.close(begin)
sys.exit(any(os.waitpid(each, 0)[1] for each in children))
"""


def test_of_four_processes_exactly_one_migrates(empty_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, empty_url, str(AT_ONCE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert sorted(done.stdout.splitlines()) == ["False"] * (AT_ONCE - 1) + ["True"]
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
