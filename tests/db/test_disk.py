"""A full disk, a file that is locked, only to be read or not there: one sentence, and nothing half-written."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.engine import Database
from tests.conftest import named, run_sql
from tests.db.schemas import read_rows
from tests.db.test_command_errors import TASKS, Commands, assert_refused
from tests.db.test_command_errors import run as run

READING = (
    ("tasks",),
    ("overdue", "--on", "2023-06-05"),
    ("reports",),
    ("outbox", "--json"),
    ("history",),
    ("indicators",),
    ("digest",),
    ("reminders",),
    ("agency", "list"),
    ("member", "list"),
    ("holidays",),
    ("backup", "b.zip"),
    ("invite", "--secretariat"),
    ("load", "--dry-run", str(TASKS)),
    ("doctor",),
)


@pytest.mark.parametrize("command", READING, ids=lambda each: each[0])
def test_no_command_that_only_asks_makes_a_database_of_a_mistyped_name(
    run: Commands, tmp_path: Path, command: tuple[str, ...]
) -> None:
    found = run(f"sqlite:///{tmp_path}/typo/dondco.db", *command)
    assert sorted(tmp_path.rglob("*")) == []
    if command[0] == "load":
        assert found[0] == 0  # shown as for a new one
    elif command[0] == "doctor":
        assert found[0] == 1
        assert "there is none yet" in found[1]
    else:
        assert_refused(found, f"there is no file {tmp_path}/typo/dondco.db")


@contextmanager
def little_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small disk can only be made with an administrator's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder: Path) -> Path:
    """All the room there is, but for less than a page."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096):
            while True:
                try:
                    if file.write(bytes(size)) < size:
                        break
                except OSError:
                    break
    return ballast


FULL = "the disk is full: nothing was written; make room"


def test_a_full_disk_is_named_and_everything_goes_on_once_there_is_room(
    run: Commands, tmp_path: Path, sqlite_pattern: Path
) -> None:
    with little_disk(tmp_path / "disk", "4m") as disk:
        path = disk / "dondoc.db"
        shutil.copyfile(sqlite_pattern, path)
        url = f"sqlite:///{path}"
        assert run(url, "load", str(TASKS))[0] == 0
        before = _read(path)
        ballast = fill_up(disk)
        assert_refused(run.as_process(url, "run"), FULL)
        assert_refused(run(url, "invite", "--secretariat"), FULL)
        assert_refused(run(url, "backup", str(tmp_path / "b.zip")), FULL)
        code, said, _ = run(url, "doctor")
        assert code == 1
        assert f"FAIL disk: only 0 MB free beside {path}" in said
        assert {each.name for each in disk.iterdir()} - {path.name, ballast.name} <= {
            f"{path.name}-wal",
            f"{path.name}-shm",
            f"{path.name}.lock",
        }, "nothing half-written is left"
        ballast.unlink()
        assert _read(path) == before
        assert run(url, "invite", "--secretariat")[0] == 0
        assert run(url, "backup", str(tmp_path / "b.zip"))[0] == 0


def test_a_backup_onto_a_disk_that_is_too_small_leaves_nothing_and_keeps_the_one_before(
    run: Commands, tmp_path: Path, sqlite_pattern: Path
) -> None:
    path = tmp_path / "dondoc.db"
    shutil.copyfile(sqlite_pattern, path)
    url = f"sqlite:///{path}"
    assert run(url, "load", str(TASKS))[0] == 0
    with little_disk(tmp_path / "disk", "64k") as disk:
        target = disk / "b.zip"
        assert run(url, "backup", str(target))[0] == 0
        kept = target.read_bytes()
        ballast = fill_up(disk)
        code, out, lines = run(url, "backup", str(target), "--force")
        assert (code, out) == (1, "")
        assert lines == [f"{target} cannot be written: No space left on device"]
        assert {each.name for each in disk.iterdir()} == {target.name, ballast.name}
        assert target.read_bytes() == kept


def test_a_restore_onto_a_disk_that_is_too_small_changes_nothing(
    run: Commands, tmp_path: Path, sqlite_pattern: Path
) -> None:
    source = tmp_path / "source.db"
    shutil.copyfile(sqlite_pattern, source)
    assert run(f"sqlite:///{source}", "load", str(TASKS))[0] == 0
    assert run(f"sqlite:///{source}", "backup", str(tmp_path / "b.zip"))[0] == 0
    with little_disk(tmp_path / "disk", "2m") as disk:
        path = disk / "dondoc.db"
        shutil.copyfile(sqlite_pattern, path)
        before = _read(path)
        ballast = fill_up(disk)
        # Room to begin, and not to end.
        os.truncate(ballast, ballast.stat().st_size - 150_000)
        code, _, lines = run(f"sqlite:///{path}", "restore", str(tmp_path / "b.zip"))
        assert code == 1
        assert FULL in lines[0]
        assert lines[0].endswith("Nothing was changed.")
        assert _read(path) == before
        ballast.unlink()
        assert run(f"sqlite:///{path}", "restore", str(tmp_path / "b.zip"))[0] == 0


def test_a_full_disk_of_the_server_is_named_and_then_everything_goes_on(
    run: Commands, postgresql_url: str
) -> None:
    database = Database(postgresql_url)
    with database.reader.connect() as connection:
        owner = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one()).stat()
    database.close()
    # Not below the tests' own folder, which the server's user may not enter.
    with (
        tempfile.TemporaryDirectory(prefix="dondoc-pg-") as outer,
        little_disk(Path(outer) / "d", "24m") as disk,
    ):
        for folder in (Path(outer), disk):
            os.chown(folder, owner.st_uid, owner.st_gid)
        run_sql(postgresql_url, f"CREATE TABLESPACE little LOCATION '{disk}'")
        run_sql(postgresql_url, "CREATE DATABASE little TEMPLATE pattern TABLESPACE little")
        try:
            url = named(postgresql_url, "little")
            ballast = fill_up(disk)
            size = ballast.stat().st_size
            # Not even room for a connection, and then room to begin and not to end.
            for left in (0, 400_000):
                os.truncate(ballast, size - left)
                code, _, lines = run(url, "load", str(TASKS))
                assert code == 2
                assert "the server's disk is full: nothing was written; make room there" in lines[-1]
            assert json.loads(run(url, "tasks", "--json")[1]) == []
            ballast.unlink()
            assert run(url, "load", str(TASKS))[0] == 0
        finally:
            run_sql(postgresql_url, "DROP DATABASE little WITH (FORCE)")
            run_sql(postgresql_url, "DROP TABLESPACE little")


def _read(path: Path) -> object:
    database = Database(f"sqlite:///{path}")
    try:
        with database.reader.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            return read_rows(connection)
    finally:
        database.close()


def test_a_file_that_another_program_keeps_locked_is_named(
    run: Commands, tmp_path: Path, sqlite_pattern: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.BUSY_MS", 100)  # twenty seconds are for people
    path = tmp_path / "dondoc.db"
    shutil.copyfile(sqlite_pattern, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    locked = "another program has kept the file locked for 20 s; stop it first"
    assert_refused(run(f"sqlite:///{path}", "load", str(TASKS)), locked)
    # Whoever only reads is not held up.
    assert run(f"sqlite:///{path}", "tasks")[0] == 0
    assert run(f"sqlite:///{path}", "backup", str(tmp_path / "b.zip"))[0] == 0
    other.execute("ROLLBACK")
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    for command in (("tasks",), ("backup", str(tmp_path / "c.zip"))):
        assert_refused(run(f"sqlite:///{path}", *command), locked)
    code, said, _ = run(f"sqlite:///{path}", "doctor")
    assert code == 1
    assert f"FAIL database: DATABASE_URL cannot be read: {locked}" in said
    other.close()
    assert run(f"sqlite:///{path}", "load", str(TASKS))[0] == 0


def test_a_damaged_file_is_named_by_all_who_need_it(
    run: Commands, tmp_path: Path, sqlite_pattern: Path
) -> None:
    path = tmp_path / "dondoc.db"
    data = bytearray(sqlite_pattern.read_bytes())
    data[8192:] = bytes(byte ^ 0x5A for byte in data[8192:])
    path.write_bytes(data)
    url, damaged = f"sqlite:///{path}", "the file is damaged or no SQLite database; move it aside"
    assert_refused(run(url, "load", str(TASKS)), damaged)
    code, _, lines = run(url, "backup", str(tmp_path / "b.zip"))
    assert code in (1, 2)
    assert len(lines) == 1
    assert damaged in lines[0]
    assert not (tmp_path / "b.zip").exists()
    code, said, _ = run(url, "doctor")
    assert code == 1
    assert "damaged" in said


def test_a_folder_that_may_not_be_written_to_is_named_by_the_bot(
    run: Commands, tmp_path: Path, sqlite_pattern: Path
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "dondoc.db"
    shutil.copyfile(sqlite_pattern, path)
    folder.chmod(0o500)
    assert_refused(run.as_process(f"sqlite:///{path}", "run"), "to its folder")
    folder.chmod(0o700)
