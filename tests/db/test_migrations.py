"""What migrations make is what the models say; one that fails, or does not fit, changes nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, select

from bot.errors import SettingsError
from bot.opening import prepare_database
from bot.settings import parse_settings
from db.engine import Database
from db.migrate import HEAD, OURS, SchemaError, check_revision, migrate, require_current
from db.models import Installation
from tests.db.rows import fill
from tests.db.schemas import make_next_version, read_all, read_schema

CHANGE = """\
op.add_column("member", sa.Column("place", sa.String(), nullable=True))
op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
op.execute("UPDATE member SET name = 'Chi'")"""
FAILURE = 'op.execute("INSERT INTO nowhere VALUES (1)")'


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    yield database
    database.close()


def test_the_versions_known_are_those_written_in_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(OURS.folder))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(OURS.known))
    assert scripts.get_current_head() == HEAD


def test_migrations_make_what_the_models_say(empty: Database) -> None:
    SQLModel.metadata.create_all(empty.writer)
    wanted = read_schema(empty.writer)
    SQLModel.metadata.drop_all(empty.writer)
    migrate(empty)
    found = read_schema(empty.writer)
    assert len(wanted) > 60
    added = {key: found[key] for key in found.keys() - wanted.keys()}
    assert {kind for kind, _ in added} <= {"trigger", "function"}
    assert {key: sql for key, sql in found.items() if key not in added} == wanted


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    assert migrate(empty) is True
    with empty.write() as session:
        fill(session)
    before = read_all(empty.writer)
    assert migrate(empty) is False
    assert read_all(empty.writer) == before


def test_a_new_database_has_one_installation_of_no_mode_yet(empty: Database) -> None:
    migrate(empty)
    with empty.read() as session:
        assert [(row.id, row.mode) for row in session.exec(select(Installation))] == [(1, None)]
    require_current(empty)


def test_an_empty_database_is_not_taken_for_a_ready_one(empty: Database) -> None:
    with pytest.raises(SchemaError, match="is empty: run `dondoc load` or `dondoc run`"):
        require_current(empty)


REFUSALS = {
    "a newer version": (
        ["UPDATE alembic_version SET version_num = '0999'"],
        f"newer version (0999) than this program knows ({HEAD}): install the newer program",
    ),
    "tables without a version": (["DROP TABLE alembic_version"], "no record of their version"),
    "two versions": (["INSERT INTO alembic_version VALUES ('0999')"], "no single version is recorded"),
    "no version": (["DELETE FROM alembic_version"], "no single version is recorded"),
    "tables missing": (
        ["DROP TABLE indicator", "DROP TABLE snooze"],
        "half-migrated: indicator, snooze missing. Restore the backup.",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_database_that_does_not_fit_is_refused_and_left_alone(filled: Database, case: str) -> None:
    statements, sentence = REFUSALS[case]
    with filled.write() as session:
        for statement in statements:
            session.execute(text(statement))
    before = read_all(filled.writer)
    called: list[str] = []
    with pytest.raises(SchemaError) as refusal:
        migrate(filled, before=lambda: called.append("backup"))
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    with pytest.raises(SchemaError) as again:
        require_current(filled)
    assert str(again.value) == str(refusal.value)
    assert (read_all(filled.writer), called) == (before, [])


def test_a_later_version_keeps_rows_and_is_made_after_the_backup(filled: Database, tmp_path: Path) -> None:
    versions = make_next_version(tmp_path, CHANGE)
    seen: list[object] = []
    old = read_all(filled.writer)
    assert migrate(filled, before=lambda: seen.append(read_all(filled.writer)), versions=versions) is True
    assert seen == [old]
    assert migrate(filled, before=lambda: seen.append("again"), versions=versions) is False
    schema, rows = read_all(filled.writer)
    assert rows["alembic_version"] == ["('0999',)"]
    assert len(rows["member"]) == 3
    assert rows["event"] == old[1]["event"]
    assert ("table", "later") in schema or ("column", "later.id") in schema
    assert len(seen) == 1
    # And the program before it refuses what it cannot know.
    with pytest.raises(SchemaError, match="newer version"):
        migrate(filled)


def test_a_new_database_needs_no_backup(empty: Database) -> None:
    called: list[str] = []
    migrate(empty, before=lambda: called.append("backup"))
    assert called == []


def test_without_its_backup_a_migration_does_not_begin(filled: Database, tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError("no space left")

    before = read_all(filled.writer)
    with pytest.raises(OSError, match="no space left"):
        migrate(filled, before=fail, versions=make_next_version(tmp_path, CHANGE))
    assert read_all(filled.writer) == before


def test_a_migration_that_fails_half_way_leaves_all_as_it_was(filled: Database, tmp_path: Path) -> None:
    before = read_all(filled.writer)
    with pytest.raises(DBAPIError, match="nowhere"):
        migrate(filled, versions=make_next_version(tmp_path, CHANGE, FAILURE))
    assert read_all(filled.writer) == before
    assert migrate(filled) is False


def test_the_first_migration_fails_to_an_empty_database(empty: Database, tmp_path: Path) -> None:
    versions = make_next_version(tmp_path, CHANGE, FAILURE)
    with pytest.raises(DBAPIError, match="nowhere"):
        migrate(empty, versions=versions)
    assert read_all(empty.writer) == ({}, {})
    with empty.reader.connect() as connection:
        assert check_revision(connection) is None
    assert migrate(empty) is True


REBUILD = """\
how = "always" if op.get_bind().dialect.name == "sqlite" else "never"
for table in ("event", "assignment", "member"):
    with op.batch_alter_table(table, recreate=how) as batch:
        batch.add_column(sa.Column("place", sa.String(), nullable=True))"""


def test_rebuilding_a_table_keeps_its_rows_its_children_and_its_triggers(
    filled: Database, tmp_path: Path
) -> None:
    schema, rows = read_all(filled.writer)
    triggers = {key for key in schema if key[0] == "trigger"}
    assert len(triggers) >= 1
    migrate(filled, versions=make_next_version(tmp_path, REBUILD))
    new_schema, new_rows = read_all(filled.writer)
    assert {key: new_schema[key] for key in triggers} == {key: schema[key] for key in triggers}
    assert {name: len(found) for name, found in new_rows.items()} == {n: len(f) for n, f in rows.items()}
    with pytest.raises(DBAPIError, match="append-only"), filled.write() as session:
        session.execute(text("UPDATE event SET place = 'x'"))


ORPHAN = """op.execute("DELETE FROM member WHERE id = 1")"""


def test_a_migration_that_would_leave_orphans_is_undone(filled: Database, tmp_path: Path) -> None:
    before = read_all(filled.writer)
    with pytest.raises((SchemaError, DBAPIError), match=r"without their parent|foreign key"):
        migrate(filled, versions=make_next_version(tmp_path, ORPHAN))
    assert read_all(filled.writer) == before


def test_a_failed_upgrade_says_what_to_do_and_where_the_backup_is(filled: Database, tmp_path: Path) -> None:
    url = filled.url.render_as_string(hide_password=False).replace("+pysqlite", "")
    settings = parse_settings({"DATABASE_URL": url, "DATA_DIR": str(tmp_path / "data")})
    before = read_all(filled.writer)
    with pytest.raises(SettingsError) as refusal:
        prepare_database(settings, filled, make_next_version(tmp_path, CHANGE, FAILURE))
    said = str(refusal.value)
    (kept,) = (tmp_path / "data" / "backups").iterdir()
    assert said.startswith("DATABASE_URL: the upgrade to version 0999 failed (")
    assert "nowhere" in said
    assert f"was undone: the database is as it was; a backup of it is {kept}" in said
    assert "start the program of the version before" in said
    assert "\n" not in said
    assert read_all(filled.writer) == before


KILLED = """
import sys
from pathlib import Path
from db.engine import Database
from db.migrate import OURS, Versions, migrate
database = Database(sys.argv[1])
migrate(database, versions=Versions((*OURS.known, "0999"), Path(sys.argv[2])))
"""
STUCK = """\
import sys, time
print("half-way", flush=True)
time.sleep(60)"""


def test_a_program_killed_in_the_middle_of_an_upgrade_has_changed_nothing(
    filled: Database, tmp_path: Path
) -> None:
    before = read_all(filled.writer)
    versions = make_next_version(tmp_path, CHANGE, STUCK)
    url = filled.url.render_as_string(hide_password=False)
    filled.close()
    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, url, str(versions.folder)],
        cwd=OURS.folder.parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "half-way\n"
        program.kill()
    assert read_all(filled.writer) == before
    assert migrate(filled) is False
