"""A database that cannot be used: one line that names it, exit code 2, no password, nothing changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from bot.__main__ import main
from bot.store_errors import find_problem
from db.engine import Database, UrlError, normalise_url

ROOT = Path(__file__).resolve().parents[2]
TASKS = ROOT / "tasks.json"
Outcome = tuple[int, str, list[str]]
# Root may write to every file: a command is started without that right.
LAUNCH = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
libc = ctypes.CDLL(None)
for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
    libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
"""


class Commands:
    """`dondoc` in a folder of its own: exit code, standard output, and the lines of standard error."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._folder, self._patch, self._capture = folder, patch, capture

    def __call__(self, url: str, *arguments: str) -> Outcome:
        with self._patch.context() as patch:
            patch.chdir(self._folder)
            patch.delenv("BOT_TOKEN", raising=False)
            for name, value in self._settings(url).items():
                patch.setenv(name, value)
            code = main(arguments)
        out, err = self._capture.readouterr()
        return code, out, err.splitlines()

    def as_process(self, url: str, *arguments: str) -> Outcome:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **self._settings(url)}
        done = subprocess.run(
            [sys.executable, "-c", LAUNCH, *arguments],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr.splitlines()

    def _settings(self, url: str) -> dict[str, str]:
        return {"DATABASE_URL": url, "DATA_DIR": str(self._folder / "data")}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path, monkeypatch, capsys)


def assert_refused(found: Outcome, sentence: str) -> None:
    code, out, lines = found
    assert code == 2, lines
    assert out == ""
    assert len(lines) == 1, lines
    assert lines[0].startswith("dondoc: DATABASE_URL")
    assert sentence in lines[0]


def test_a_database_in_memory_is_refused(run: Commands) -> None:
    assert_refused(run("sqlite:///:memory:", "tasks"), "sqlite:///data/dondoc.db")
    for url in ("sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"):
        with pytest.raises(UrlError, match="in memory"):
            normalise_url(url)


def test_a_folder_that_cannot_be_made_is_named(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, out, lines = run(f"sqlite:///{tmp_path}/file/dondoc.db", "load", str(TASKS))
    assert (code, out, len(lines)) == (2, "", 1)
    assert "DATABASE_URL: the folder cannot be made" in lines[0]


def test_a_folder_in_place_of_the_file_is_named(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "dondoc.db"
    path.mkdir()
    assert_refused(run(f"sqlite:///{path}", "tasks"), f"({path}): the file cannot be opened")


def test_an_empty_database_says_what_prepares_it(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "dondoc.db").write_bytes(b"")
    found = run(f"sqlite:///{tmp_path}/dondoc.db", "tasks")
    assert_refused(found, "is empty: run `dondoc load` or `dondoc run` once")


@pytest.mark.parametrize("command", [("tasks",), ("load", str(TASKS)), ("invite", "--viewer")])
def test_a_file_that_is_no_database_is_left_as_it_is(
    run: Commands, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "dondoc.db"
    path.write_bytes(b"Ch\xc6\xb0\xc6\xa1ng tr\xc3\xacnh h\xc3\xa0nh \xc4\x91\xe1\xbb\x99ng " * 500)
    before = path.read_bytes()
    found = run(f"sqlite:///{path}", *command)
    assert_refused(found, f"({path}): the file is damaged or no SQLite database")
    assert path.read_bytes() == before


def test_the_bot_does_not_start_on_a_file_that_is_no_database(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "dondoc.db"
    path.write_bytes(b"no database" * 500)
    assert_refused(run.as_process(f"sqlite:///{path}", "run"), "the file is damaged or no SQLite database")


def test_a_damaged_file_is_named(run: Commands, tmp_path: Path, sqlite_pattern: Path) -> None:
    path = tmp_path / "dondoc.db"
    data = bytearray(sqlite_pattern.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    assert_refused(run(f"sqlite:///{path}", "tasks"), "the file is damaged")


def test_a_file_that_may_only_be_read_is_named(run: Commands, tmp_path: Path, sqlite_pattern: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "dondoc.db"
    shutil.copyfile(sqlite_pattern, path)
    path.chmod(0o400)
    assert_refused(
        run.as_process(f"sqlite:///{path}", "load", str(TASKS)), "this user may only read the file"
    )


def test_a_newer_database_is_refused_by_every_kind_of_command(
    run: Commands, database: Database, database_url: str
) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    for command in (("tasks", "--json"), ("load", str(TASKS)), ("load", str(TASKS), "--dry-run")):
        assert_refused(run(database_url, *command), "newer version (0999) than this program knows")


UNREACHABLE = {
    "postgresql://binh:geheim@127.0.0.1:1/office": "Connection refused",
    "postgresql://binh@127.0.0.1:1/office?password=geheim": "Connection refused",
    "postgresql://binh:geheim@nowhere.invalid/office": "nowhere.invalid",
    "postgresql://binh:ge@he/im@127.0.0.1/office": "write the @ : / of a password as %40 %3A %2F",
}


@pytest.mark.parametrize("url", UNREACHABLE)
def test_a_server_that_cannot_be_reached_is_named_without_its_password(run: Commands, url: str) -> None:
    found = run(url, "tasks")
    assert_refused(found, UNREACHABLE[url])
    assert "geheim" not in found[2][0]
    assert "he/im" not in found[2][0]


def test_a_server_without_this_database_says_so(run: Commands, postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(database="nowhere").render_as_string(hide_password=False)
    assert_refused(run(url, "tasks"), 'database "nowhere" does not exist')


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_user_without_rights_is_told(filled: Database) -> None:
    with filled.write() as session:
        session.execute(text("SET LOCAL ROLE pg_monitor"))
        with pytest.raises(DBAPIError) as refusal:
            session.execute(text("SELECT * FROM member"))
        session.rollback()
    said = find_problem(refusal.value, filled.url.render_as_string(hide_password=False))
    assert said is not None
    assert said.endswith("permission denied for table member")


def test_a_bug_keeps_its_traceback(filled: Database) -> None:
    url = filled.url.render_as_string(hide_password=False)
    for statement in ("SELECT nothing FROM member", "DELETE FROM member", "SELEC"):
        with pytest.raises(DBAPIError) as bug, filled.write() as session:
            session.execute(text(statement))
        assert find_problem(bug.value, url) is None
    assert find_problem(ValueError("x"), url) is None


FULL_SERVER = psycopg.errors.DiskFull(
    'could not extend file "base/5/1": No space left on device\nDETAIL:  geheim'
)
AWAY: dict[psycopg.Error, str] = {
    FULL_SERVER: "the server's disk is full: nothing was written; make room there",
    psycopg.errors.AdminShutdown(
        "terminating connection due to administrator command"
    ): "terminating connection",
    psycopg.errors.DataCorrupted("invalid page in block 3 of relation base/5/1"): "invalid page in block 3",
    psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT in a read-only transaction"): "read-only",
}


@pytest.mark.parametrize("cause", AWAY, ids=lambda each: type(each).__name__)
def test_what_a_server_says_of_its_disk_is_told(cause: psycopg.Error) -> None:
    said = find_problem(DBAPIError("INSERT …", {}, cause), "postgresql://binh:geheim@127.0.0.1/office")
    assert said is not None
    assert said.startswith("DATABASE_URL (postgresql://127.0.0.1/office): ")
    assert AWAY[cause] in said
    assert "geheim" not in said
