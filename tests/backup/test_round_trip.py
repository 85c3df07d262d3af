"""What was backed up comes back, into either kind of database."""

import json
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from bot import attachments
from bot.backup import back_up_before_migration, find_latest, write_backup
from bot.opening import one_process, open_database
from db.engine import Database
from db.migrate import HEAD, OURS, Versions
from db.models import Agency, Attachment, Event, Lease, Member, OutboxMessage
from tests.backup.conftest import Place
from tests.backup.office import AT, FILES

CROSSWISE = [("sqlite", "postgresql"), ("postgresql", "sqlite")]


def _pending(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows as a restore leaves them: whatever was being sent waits again."""
    return sorted(
        (tuple("pending" if value == "sending" else value for value in row) for row in rows), key=repr
    )


def test_every_row_and_file_comes_back_on_either_database(
    office: Place, archive: Path, nowhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nowhere.dondoc("restore", archive) == 0
    before, after = office.rows(), nowhere.rows()
    assert all(before.values()), "the example has a row in every table"
    before["outbox_message"] = _pending(before["outbox_message"])
    assert after == before
    assert nowhere.files() == office.files()
    assert sorted(nowhere.files().values()) == sorted(FILES)
    assert "2 messages wait" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["sqlite"])
def test_numbers_go_on_after_the_restored_ones(archive: Path, elsewhere: Place) -> None:
    assert elsewhere.dondoc("restore", archive) == 0
    database = open_database(elsewhere.settings)
    with database.write() as session:
        event = Event(at=AT, actor="system", action="later")
        agency = Agency(key="new", name="Mới")
        session.add_all([event, agency])
        session.flush()
        assert event.id > 11
        assert agency.id > 2
    database.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_audit_trail_stays_append_only_after_a_restore(archive: Path, elsewhere: Place) -> None:
    assert elsewhere.dondoc("restore", archive) == 0
    database = open_database(elsewhere.settings)
    for statement in ("UPDATE event SET actor = 'x'", "DELETE FROM event"):
        with pytest.raises(DatabaseError, match="append-only"), database.write() as session:
            session.execute(text(statement))
    database.close()


@pytest.mark.parametrize(("kind", "elsewhere"), CROSSWISE, indirect=["elsewhere"])
def test_a_backup_beside_a_writing_bot_is_of_one_moment(
    office: Place, tmp_path: Path, elsewhere: Place
) -> None:
    database = open_database(office.settings)
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        number = 100
        while not stop.is_set():
            with database.write() as session:
                # Three tables far apart in the order of copying, always with as many new rows as each other.
                session.add(Agency(id=number, key=f"agency-{number}", name="Cơ quan"))
                session.add(Member(id=number, name=f"Người {number}", created_at=AT))
                session.add(Event(id=number, at=AT, actor="system", action="both"))
            number += 1
            if number > 120:
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(30)
        copies = [write_backup(database, office.settings.data_dir, tmp_path / f"{n}.zip") for n in range(3)]
    finally:
        stop.set()
        writer.join()
        database.close()
    assert copies[0].rows < copies[1].rows < copies[2].rows
    assert elsewhere.dondoc("restore", copies[1].path) == 0
    rows = elsewhere.rows()
    made = len(rows["agency"]) - 2
    assert made >= 20
    assert len(rows["member"]) - 2 == len(rows["event"]) - 1 == made


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_archive_is_readable_by_its_owner_only_and_leaves_nothing_beside(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert list(archive.parent.glob(".*part")) == []


def test_the_archive_says_what_is_in_it(office: Place, archive: Path) -> None:
    with ZipFile(archive) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        lines = opened.read("tables/agency.jsonl").decode().splitlines()
    assert manifest["revision"] == HEAD
    assert manifest["mode"] == "sandbox"
    assert manifest["tables"]["agency"]["rows"] == len(lines) == 2
    assert json.loads(lines[0])["name"] == "Huyện ủy Mường Tè"
    assert "lease" not in manifest["tables"]
    assert sorted(manifest["attachments"].values()) == sorted(map(len, FILES))


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_file_of_that_name_is_not_overwritten_unasked(
    office: Place, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = archive.read_bytes()
    assert office.dondoc("backup", archive) == 1
    assert "is there already" in capsys.readouterr().err
    assert archive.read_bytes() == before
    assert office.dondoc("backup", archive, "--force") == 0


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("name", ["missing/backup.zip", "."])
def test_a_target_that_cannot_be_written_is_refused(office: Place, tmp_path: Path, name: str) -> None:
    assert office.dondoc("backup", tmp_path / name) == 1


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_folder_that_is_not_there_is_named_and_a_backup_that_is_made_is_noted(
    office: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nas" / "backup.zip"
    assert office.dondoc("backup", target) == 1
    assert f"there is no folder {target.parent}; make it first" in capsys.readouterr().err
    target.parent.mkdir()
    assert office.dondoc("backup", target) == 0
    latest = find_latest(office.settings.data_dir)
    assert latest is not None
    assert latest.path == str(target)


def test_the_database_itself_is_never_the_target(tmp_path: Path, sqlite_pattern: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(sqlite_pattern.read_bytes())
    database = Database(f"sqlite:///{path}")
    with pytest.raises(Exception, match="itself"):
        write_backup(database, tmp_path, path, force=True)
    database.close()
    assert path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("elsewhere", ["sqlite"], indirect=True)
def test_files_that_are_gone_or_altered_are_reported_on_both_sides(
    office: Place, tmp_path: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, altered = sorted(office.files())
    attachments.attachment_path(office.settings.data_dir, gone).unlink()
    attachments.attachment_path(office.settings.data_dir, altered).write_bytes(b"x")
    assert office.dondoc("backup", tmp_path / "b.zip", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["missing"] == [gone, altered]
    assert "2 attachments" in said.err
    assert elsewhere.dondoc("restore", tmp_path / "b.zip") == 0
    assert gone in capsys.readouterr().err
    assert elsewhere.files() == {}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_database_in_use_is_replaced_only_when_asked_and_kept_beside(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    database = open_database(elsewhere.settings)
    with database.write() as session:
        session.add(Member(name="Chi", created_at=AT))
        session.add(Event(at=AT, actor="system", action="mine"))
    database.close()
    mine = elsewhere.rows()
    assert elsewhere.dondoc("restore", archive) == 1
    assert "--force" in capsys.readouterr().err
    assert elsewhere.rows() == mine
    assert elsewhere.files() == {}
    assert elsewhere.dondoc("restore", archive, "--force") == 0
    assert [row[1] for row in elsewhere.rows()["member"]] == ["Bình", "An"]
    (kept,) = elsewhere.backups
    assert kept.name.startswith("before-restore-")
    assert elsewhere.dondoc("restore", kept, "--force") == 0
    assert elsewhere.rows() == mine


@pytest.mark.parametrize("kind", ["sqlite"])
def test_restoring_twice_is_the_same_as_once(archive: Path, elsewhere: Place) -> None:
    assert elsewhere.dondoc("restore", archive) == 0
    once = elsewhere.rows()
    assert elsewhere.dondoc("restore", archive, "--force") == 0
    assert elsewhere.rows() == once


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nothing_is_restored_beside_a_running_bot(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    database = open_database(elsewhere.settings)
    empty = elsewhere.rows()
    with database.write() as session:
        until = datetime.now(UTC) + timedelta(minutes=1)
        session.add(Lease(name="sender", owner="other:1", epoch=3, expires_at=until))
    with one_process(database):
        assert elsewhere.dondoc("restore", archive) == 1
    assert "stop it first" in capsys.readouterr().err
    assert elsewhere.rows() == empty
    with database.write() as session:
        session.get_one(Lease, "sender").expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert elsewhere.dondoc("restore", archive) == 0
    with database.read() as session:
        assert session.get_one(Lease, "sender").epoch == 4, "a frozen sender must lose its claim"
    database.close()


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("elsewhere", ["sqlite"], indirect=True)
def test_a_bots_backup_is_not_restored_into_a_sandbox(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "123456789:" + "A" * 35
    bot = Place(replace(elsewhere.settings, token=token))
    assert bot.dondoc("restore", archive) == 1
    said = capsys.readouterr()
    assert "of a sandbox" in said.err
    assert token not in said.err + said.out


def test_an_older_schema_is_backed_up_before_a_migration(office: Place) -> None:
    database = open_database(office.settings)
    with database.write() as session:
        session.execute(text("CREATE TABLE of_old_times (id INTEGER PRIMARY KEY, word VARCHAR)"))
        session.execute(text("INSERT INTO of_old_times VALUES (1, 'đã cũ')"))
        session.execute(text("DROP TABLE indicator"))
    newer = Versions((*OURS.known, "0002"), OURS.folder)
    back_up_before_migration(office.settings, database, newer)
    back_up_before_migration(office.settings, database, newer)
    first, second = office.backups
    assert first.name.startswith("before-0002-")
    assert second != first
    with ZipFile(first) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        assert manifest["revision"] == HEAD
        assert "indicator" not in manifest["tables"]
        assert json.loads(opened.read("tables/of_old_times.jsonl")) == {"id": 1, "word": "đã cũ"}
        assert len(manifest["attachments"]) == len(FILES)
    database.close()


def test_nothing_is_there_to_back_up_in_an_empty_database(
    nowhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if nowhere.settings.database_url.startswith("sqlite"):
        Path(nowhere.settings.database_url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
        Path(nowhere.settings.database_url.removeprefix("sqlite:///")).touch()
    assert nowhere.dondoc("backup", tmp_path / "b.zip") == 1
    assert "nothing to back up" in capsys.readouterr().err
    assert list(tmp_path.glob("*b.zip*")) == []


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_was_being_sent_waits_again(archive: Path, elsewhere: Place) -> None:
    assert elsewhere.dondoc("restore", archive) == 0
    database = open_database(elsewhere.settings)
    with database.read() as session:
        query = select(OutboxMessage.status).order_by(col(OutboxMessage.id))
        assert list(session.exec(query)) == ["pending", "pending", "sent"]
        names = list(session.exec(select(Attachment.name).order_by(col(Attachment.id))))
        assert names[0] == "../../kế hoạch.docx", "a sender's file name is kept, and is never a path"
    database.close()
