"""What `dondoc doctor` says of a healthy office, and of each thing that can be wrong with it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from bot import attachments
from bot.__main__ import main
from bot.backup import find_latest, note_latest
from bot.cli.doctor_disk import check_backup, check_data_dir
from bot.cli.doctor_outside import check_clock, check_running
from bot.sandbox import RunningSandbox, Sandbox, serve
from bot.settings import parse_settings
from db.engine import Database
from db.models import (
    Address,
    Agency,
    Assignment,
    Attachment,
    Document,
    Event,
    InboxUpdate,
    Installation,
    Member,
    Membership,
    OfficeSettings,
    OutboxMessage,
    Report,
    RunningSpan,
    Task,
)

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=90)
WRONG_TOKEN = "123456789:" + "W" * 35
PERSONAL = ("Nguyễn Văn Bình", "Trần Thị An", "720000001")

Lines = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Doctor:
    """Runs the command on one installation."""

    database: Database
    url: str
    data_dir: Path
    capsys: pytest.CaptureFixture[str]
    token: str = ""
    api_url: str = ""
    clock_url: str = ""

    def run(self) -> tuple[int, Lines]:
        """The exit code, and by check the status and message of each line."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", self.url)
            patch.setenv("DATA_DIR", str(self.data_dir))
            patch.setenv("BOT_TOKEN", self.token)
            patch.setenv("TELEGRAM_API_URL", self.api_url)
            patch.setenv("CLOCK_URL", self.clock_url)
            patch.setenv("WEB_ADDRESS", "127.0.0.1:0")
            code = main(["doctor", "--json"])
            rows = json.loads(self.capsys.readouterr().out)
            assert main(["doctor"]) == code
        said = self.capsys.readouterr().out
        assert len(said.splitlines()) == len(rows)
        for hidden in (*PERSONAL, WRONG_TOKEN, self.token):
            assert not hidden or hidden not in said
        lines: Lines = {}
        for row in rows:
            assert row.keys() == {"check", "status", "message"}
            lines.setdefault(row["check"], []).append((row["status"], row["message"]))
        failed = any(status == "fail" for found in lines.values() for status, _ in found)
        assert code == (1 if failed else 0)
        return code, lines

    def add(self, *rows: SQLModel) -> None:
        with self.database.write() as session:
            _add(session, *rows)


def _add(session: Session, *rows: SQLModel) -> None:
    for row in rows:
        session.add(row)
        session.flush()


@pytest.fixture
def doctor(
    database: Database, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Doctor:
    """An office in which nothing is wrong: Bình answers for the one agency, An is the secretariat."""
    found = Doctor(database, database_url, tmp_path / "data", capsys)
    found.data_dir.mkdir()
    found.add(
        Agency(id=1, key="hu-muong-te", name="Huyện ủy Mường Tè"),
        Member(id=1, name="Nguyễn Văn Bình", created_at=NOW),
        Member(id=2, name="Trần Thị An", created_at=NOW),
        Membership(id=1, member_id=1, agency_id=1, role="officer", from_at=NOW),
        Membership(id=2, member_id=2, role="secretariat", from_at=NOW),
        Address(id=1, address="720000001", member_id=1),
        Address(id=2, address="720000002", member_id=2),
        Document(id=1, key="nq-20", title="Nghị quyết 20", created_at=NOW),
        Task(id=1, document_id=1, clause="1", clause_label="Mục 1", title="Kế hoạch", deadline_kind="month"),
        Assignment(id=1, task_id=1, agency_id=1, role="lead", due=date(2099, 5, 31), assigned_at=NOW),
    )
    with database.write() as session:
        session.get_one(Installation, 1).ticked_at = datetime.now(UTC)
    return found


@pytest.fixture(scope="module")
def telegram() -> Iterator[RunningSandbox]:
    with serve(Sandbox()) as running:
        yield running


def test_a_healthy_office_is_all_ok(doctor: Doctor) -> None:
    code, lines = doctor.run()
    assert code == 0
    told = [(check, line) for check, found in lines.items() for line in found if line[0] != "ok"]
    assert [check for check, (_, _) in told if check != "data"] == []
    assert lines["telegram"] == [("ok", "sandbox, not asked")]
    assert {"settings", "data", "database", "mode", "clock", "documents", "agencies"} <= lines.keys()


def test_a_sandbox_by_mistake_and_a_wrong_folder_can_be_told(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ((_, message),) = doctor.run()[1]["settings"]
    assert message.startswith("mode sandbox, since BOT_TOKEN is empty: nothing goes to Telegram")
    assert message.endswith(f"; there is no .env in {tmp_path}")
    (tmp_path / ".env").write_text("LANGUAGE=en")
    ((_, message),) = doctor.run()[1]["settings"]
    assert message.endswith(f"; read from {tmp_path}/.env")


def _update(number: int, **values: Any) -> InboxUpdate:
    filled: dict[str, Any] = {"id": number, "bot_id": 1, "update_id": number, "raw": "{}"}
    return InboxUpdate(**{**filled, "received_at": datetime.now(UTC), **values})


def _message(number: int, **values: Any) -> OutboxMessage:
    filled: dict[str, Any] = {"id": number, "dedupe_key": str(number), "address_id": 1}
    return OutboxMessage(
        **{**filled, "kind": "reminder", "text": "x", "created_at": datetime.now(UTC), **values}
    )


def _report(number: int = 1) -> Report:
    return Report(id=number, assignment_id=1, agency_id=1, kind="progress", submitted_at=NOW, submitted_by=1)


def _file(**values: Any) -> Attachment:
    filled: dict[str, Any] = {"id": 1, "report_id": 1, "member_id": 1, "name": "a.pdf", "file_id": "f"}
    return Attachment(**{**filled, "created_at": datetime.now(UTC), **values})


Seed = Callable[[Session], object]


def _rows(*rows: Callable[[], SQLModel]) -> Seed:
    # Made anew for each case: a row belongs to the session that wrote it.
    return lambda session: _add(session, *(make() for make in rows))


def _sql(statement: str) -> Seed:
    return lambda session: session.execute(text(statement))


def _installed(**values: object) -> Seed:
    return lambda session: session.get_one(Installation, 1).sqlmodel_update(values)


PROBLEMS: dict[str, tuple[Seed, str, str, str]] = {
    "no document": (
        lambda session: [
            session.execute(text(f"DELETE FROM {table}")) for table in ("assignment", "task", "document")
        ],
        "documents", "warn", "none is loaded",
    ),
    "a held document": (_sql("UPDATE document SET past = 'held'"), "documents", "fail", "nq-20"),
    "an agency with nobody": (
        _rows(
            lambda: Agency(id=2, key="ban-dang", name="Ban Dân vận"),
            lambda: Assignment(id=2, task_id=1, agency_id=2, role="lead", assigned_at=NOW, due=date(2099, 1, 1)),
        ),
        "agencies", "fail", "Ban Dân vận",
    ),
    "a coordinating agency with nobody": (
        _rows(
            lambda: Agency(id=2, key="ban-dang", name="Ban Dân vận"),
            lambda: Assignment(id=2, task_id=1, agency_id=2, role="coordinating", assigned_at=NOW),
        ),
        "agencies", "warn", "Ban Dân vận",
    ),
    "an advising agency with nobody": (
        _rows(
            lambda: Agency(id=2, key="btgtu", name="Ban Tuyên giáo"),
            lambda: Task(id=2, document_id=1, clause="2", clause_label="Mục 2", title="x", advising_id=2),
            lambda: Assignment(id=2, task_id=2, agency_id=1, role="lead", assigned_at=NOW, due=date(2099, 1, 1)),
        ),
        "agencies", "fail", "Ban Tuyên giáo",
    ),
    "a person who blocked the bot": (
        _sql("UPDATE address SET reachable = false, unreachable_reason = 'blocked' WHERE id = 1"),
        "people", "warn", "1 blocked",
    ),
    "no secretariat": (
        _sql("UPDATE address SET reachable = false WHERE id = 2"), "secretariat", "warn", "nobody",
    ),
    "a parked update": (
        _rows(lambda: _update(41, state="parked", error="KeyError: work.py:1")), "inbox", "fail", "codes: 41",
    ),
    "an update parked long ago": (
        _rows(lambda: _update(1, state="parked", error="x", received_at=LONG_AGO)), "inbox", "warn", "1 updates",
    ),
    "an update not handled": (
        _rows(lambda: _update(1, received_at=NOW - timedelta(minutes=2))), "inbox", "fail", "1 updates",
    ),
    "an update not answered": (
        _rows(lambda: _update(1, state="applied", applied_at=NOW - timedelta(minutes=6))),
        "inbox", "fail", "not answered",
    ),
    "a refused message": (
        _rows(lambda: _message(1, status="failed", error="can't parse")), "outbox", "fail", "refused",
    ),
    "a message refused long ago": (
        _rows(lambda: _message(1, status="failed", error="x", created_at=LONG_AGO)), "outbox", "warn", "refused",
    ),
    "a message that does not leave": (
        _rows(lambda: _message(1, attempts=3, created_at=NOW - timedelta(minutes=20))),
        "outbox", "fail", "15 minutes",
    ),
    "a message claimed and never sent": (
        _rows(lambda: _message(1, status="sending", created_at=NOW - timedelta(minutes=20))),
        "outbox", "fail", "15 minutes",
    ),
    "all sending paused": (
        _rows(lambda: OfficeSettings(paused_at=NOW - timedelta(hours=1))), "sending", "warn", "paused since 20",
    ),
    "a paused document": (
        lambda session: setattr(session.get_one(Document, 1), "paused_at", NOW), "sending", "warn", "nq-20 since 20",
    ),
    "a file that cannot be fetched": (
        _rows(_report, lambda: _file(state="failed", error="gone")), "attachments", "fail", "1 files",
    ),
    "a file that is long in coming": (
        _rows(_report, lambda: _file(created_at=NOW - timedelta(hours=2))), "attachments", "warn", "1 files",
    ),
    "a file that is gone": (
        _rows(_report, lambda: _file(state="stored", sha256="0" * 64)), "files", "fail", "1 of 1",
    ),
    "a bot that stopped": (
        _installed(ticked_at=NOW - timedelta(hours=1)),
        "tick", "warn", "minutes ago: the bot does not seem to run",
    ),
    "a bot that stopped, and is no sandbox": (
        _installed(ticked_at=NOW - timedelta(hours=1), mode="bot"),
        "tick", "fail", "does not seem to run: `systemctl status dondoc`",
    ),
    "a machine's clock set back": (
        _installed(ticked_at=NOW + timedelta(days=10, hours=1)),
        "tick", "warn", "10 days from now: this machine's clock has been set back",
    ),
    "a bot that never ran": (_sql("UPDATE installation SET ticked_at = NULL"), "tick", "warn", "not run"),
    "no date": (_sql("UPDATE assignment SET due = NULL"), "deadlines", "warn", "1 open"),
    "an unconfirmed deadline": (
        _sql("UPDATE task SET deadline_confirmed = false"), "deadlines", "warn", "nobody has confirmed",
    ),
    "another mode": (_sql("UPDATE installation SET mode = 'bot'"), "mode", "fail", "of mode bot"),
    "a newer schema": (
        _sql("UPDATE alembic_version SET version_num = '9999'"), "database", "fail", "newer version (9999)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", PROBLEMS)
def test_what_is_wrong_has_its_line(doctor: Doctor, what: str) -> None:
    seed, check, status, words = PROBLEMS[what]
    with doctor.database.write() as session:
        seed(session)
    _, lines = doctor.run()
    assert [found for found, said in lines[check] if words in said] == [status]


def test_what_waits_as_it_should_is_no_problem(doctor: Doctor) -> None:
    doctor.add(
        _update(1),
        _message(1),
        _message(2, address_id=None, created_at=LONG_AGO),
        _message(3, created_at=LONG_AGO, not_before=NOW + timedelta(hours=5)),
        _message(4, status="sent", sent_at=NOW, created_at=LONG_AGO),
        _report(),
        _file(state="stored", sha256=attachments.keep(doctor.data_dir, b"x"), size=1),
    )
    code, lines = doctor.run()
    assert code == 0
    assert [status for status, _ in (*lines["inbox"], *lines["outbox"], *lines["files"])] == ["ok"] * 3


def test_what_waits_for_a_pause_or_quiet_hours_to_end_is_not_stuck(doctor: Doctor) -> None:
    doctor.add(
        _message(1, created_at=LONG_AGO), _message(2, created_at=LONG_AGO, address_id=2, kind="receipt")
    )
    with doctor.database.write() as session:
        member = session.get_one(Member, 1)
        member.quiet_from, member.quiet_until = 1, 0
    assert "1 messages" in doctor.run()[1]["outbox"][0][1]
    doctor.add(_message(3, created_at=LONG_AGO, address_id=2), OfficeSettings(paused_at=NOW))
    assert "1 messages" in doctor.run()[1]["outbox"][0][1]


def test_a_sandbox_years_away_is_judged_by_its_own_time(doctor: Doctor) -> None:
    doctor.add(
        Event(at=LONG_AGO, actor="system", action="loaded"),
        _message(1, created_at=LONG_AGO - timedelta(minutes=1)),
    )
    _, lines = doctor.run()
    assert lines["outbox"][0][0] == "ok"


def test_a_clock_set_back_since_the_last_tick_is_told(doctor: Doctor, telegram: RunningSandbox) -> None:
    now = telegram.sandbox.now
    doctor.add(OfficeSettings(seen_at=now + timedelta(days=10)))
    _, lines = replace(doctor, token=telegram.token, api_url=telegram.url, clock_url=telegram.clock_url).run()
    assert [status for status, said in lines["clock"] if "set back by 10 days" in said] == ["warn"]


def test_a_message_lost_with_its_chat_is_told_with_the_people(doctor: Doctor) -> None:
    doctor.add(_message(1, status="failed", error="blocked"))
    with doctor.database.write() as session:
        session.get_one(Address, 1).reachable = False
    _, lines = doctor.run()
    assert lines["outbox"][0][0] == "ok"
    assert lines["people"][0][0] == "warn"


def test_telegram_is_asked_with_the_token(doctor: Doctor, telegram: RunningSandbox) -> None:
    code, lines = replace(doctor, token=telegram.token, api_url=telegram.url).run()
    assert code == 0
    assert lines["telegram"][0][0] == "ok"
    assert "@" in lines["telegram"][0][1]


def test_a_token_telegram_does_not_know_is_told(doctor: Doctor, telegram: RunningSandbox) -> None:
    code, lines = replace(doctor, token=WRONG_TOKEN, api_url=telegram.url).run()
    assert code == 1
    assert "does not know BOT_TOKEN" in lines["telegram"][0][1]


def test_a_telegram_that_does_not_answer_is_told(doctor: Doctor) -> None:
    code, lines = replace(doctor, token=WRONG_TOKEN, api_url="http://127.0.0.1:9").run()
    assert code == 1
    assert "cannot be reached" in lines["telegram"][0][1]


def test_another_bot_than_before_is_told(doctor: Doctor, telegram: RunningSandbox) -> None:
    with doctor.database.write() as session:
        session.get_one(Installation, 1).bot_id = 42
    _, lines = replace(doctor, token=telegram.token, api_url=telegram.url).run()
    assert [status for status, _ in lines["telegram"]] == ["warn", "ok"]


def test_the_sandboxs_clock_is_asked(doctor: Doctor, telegram: RunningSandbox) -> None:
    _, lines = replace(doctor, clock_url=telegram.clock_url).run()
    assert lines["clock"] == [("ok", "2023-04-24T09:00+07:00")]
    code, lines = replace(doctor, clock_url="http://127.0.0.1:9").run()
    assert code == 1
    assert lines["clock"][0][0] == "fail"


def test_a_data_folder_that_is_not_there_is_told(doctor: Doctor) -> None:
    code, lines = replace(doctor, data_dir=doctor.data_dir / "none").run()
    assert code == 1
    assert lines["data"][0][0] == "fail"
    assert not (doctor.data_dir / "none").exists()


def test_an_empty_database_is_told(
    empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Doctor(Database(empty_url), empty_url, tmp_path, capsys)
    code, lines = found.run()
    found.database.close()
    assert code == 1
    assert [status for status, _ in lines["database"]] == ["fail"]
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize("content", [b"no database at all" * 100, b""])
def test_a_file_that_is_no_database_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    url = f"sqlite:///{path}"
    found = Doctor(Database(url), url, tmp_path, capsys)
    code, lines = found.run()
    found.database.close()
    assert code == 1
    assert lines["database"][0][0] == "fail"


def test_a_database_server_that_is_not_there_is_told_without_its_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql://u:geheim@127.0.0.1:9/x"
    found = Doctor(Database(url), url, tmp_path, capsys)
    code, lines = found.run()
    found.database.close()
    assert code == 1
    ((status, message),) = lines["database"]
    assert (status, message[:28]) == ("fail", "DATABASE_URL cannot be read:")
    assert "refused" in message
    assert "geheim" not in message


# --- the running bot, and the clock


@contextmanager
def a_server(status: int, body: str = "", ahead: timedelta = timedelta()) -> Iterator[str]:
    """Something that answers everything so, and whose clock is so far ahead."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_HEAD = do_POST = do_GET

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(datetime.now(UTC) + ahead, usegmt=True)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("seconds", "wanted", "words"),
    [
        (0, "ok", "within 30 s"),
        (45, "warn", "s behind Telegram's"),
        (-600, "warn", "600 s ahead of Telegram's"),
    ],
)
def test_a_clock_that_differs_from_telegrams_is_told(seconds: int, wanted: str, words: str) -> None:
    with a_server(404, ahead=timedelta(seconds=seconds)) as url:
        settings = parse_settings({"BOT_TOKEN": WRONG_TOKEN, "TELEGRAM_API_URL": url})
        ((status, message),) = [(each.status, each.message) for each in check_clock(settings)]
    assert status == wanted
    assert words in message or (seconds < 0 and "599 s ahead" in message)


def test_without_telegram_or_in_the_sandbox_the_clock_is_not_judged() -> None:
    away = {"BOT_TOKEN": WRONG_TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:1"}
    for values in ({}, away):
        assert list(check_clock(parse_settings(values))) == []


@pytest.mark.parametrize(
    ("status", "body", "wanted", "words"),
    [
        (200, '{"reasons": []}', "ok", "is well"),
        (503, '{"status": "starting", "reasons": []}', "ok", "is starting"),
        (
            503,
            '{"reasons": ["intake: Telegram has not been heard for 200 s"]}',
            "fail",
            "not been heard for 200 s",
        ),
        (200, "<html>another program</html>", "warn", "another program"),
    ],
)
def test_a_running_bot_is_asked_how_it_is(status: int, body: str, wanted: str, words: str) -> None:
    with a_server(status, body) as url:
        (found,) = check_running(parse_settings({"WEB_ADDRESS": url.removeprefix("http://")}))
    assert (found.status, words in found.message) == (wanted, True)
    (silent,) = check_running(parse_settings({"WEB_ADDRESS": "127.0.0.1:1"}))
    assert silent.status == "warn"


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    for name, words in (
        ("none", "`dondoc run` or `dondoc load` makes it"),
        ("a-file", "let the bot's user write"),
    ):
        (found,) = check_data_dir(tmp_path / name)
        assert found.status == "fail"
        assert f"({tmp_path / name})" in found.message
        assert words in found.message


def test_how_old_the_last_backup_is_is_told(tmp_path: Path) -> None:
    settings = parse_settings({"BOT_TOKEN": WRONG_TOKEN, "DATA_DIR": str(tmp_path)})

    def look() -> tuple[str, str]:
        (found,) = check_backup(settings)
        return found.status, found.message

    assert look() == (
        "warn",
        "none was made with this DATA_DIR yet: every night by dondoc-backup.timer, or `dondoc backup FILE`",
    )
    note_latest(tmp_path, tmp_path / "đêm.zip")
    latest = find_latest(tmp_path)
    assert latest is not None
    assert look() == (
        "ok",
        f"the last one was made 0 seconds ago: {tmp_path}/đêm.zip; keep a copy on another machine",
    )
    note = tmp_path / "last-backup.json"
    note.write_text(note.read_text().replace(latest.at.isoformat(), LONG_AGO.isoformat()))
    assert look()[0] == "warn"
    assert "made 90 days ago" in look()[1]
    note.write_text("{")
    assert "none was made" in look()[1]
    assert list(check_backup(parse_settings({"DATA_DIR": str(tmp_path)}))) == [], "a sandbox needs none"


def test_the_interruptions_of_the_week_are_told(doctor: Doctor) -> None:
    day = timedelta(days=1)
    doctor.add(
        RunningSpan(started_at=NOW - 6 * day, seen_at=NOW - 3 * day),
        RunningSpan(started_at=NOW - 2 * day, seen_at=NOW),
    )
    _, lines = doctor.run()
    assert [(status, message[:19]) for status, message in lines["uptime"]] == [
        ("warn", "interrupted 1 times")
    ]


def test_what_needs_a_person_says_what_to_do(doctor: Doctor) -> None:
    """Whatever is not ok, in whichever state, ends with a command, a place to look, or a thing to do."""
    doctor.add(
        _update(1, state="parked", error="x"),
        _update(2, state="applied", applied_at=NOW - timedelta(minutes=6)),
        _message(1, status="failed", error="x"),
        _message(2, created_at=LONG_AGO),
        _report(),
        _file(created_at=NOW - timedelta(hours=2)),
    )
    with doctor.database.write() as session:
        session.get_one(Address, 1).reachable = False
        session.get_one(Assignment, 1).due = None
        session.get_one(Task, 1).deadline_confirmed = False
    _, lines = doctor.run()
    told = {words: check for check, found in lines.items() for status, words in found if status != "ok"}
    assert {"inbox", "outbox", "attachments", "people", "agencies", "deadlines"} <= set(told.values())
    assert [words for words in told if not re.search(r"`dondoc|journalctl|[:;] [a-z]+ ", words)] == []
