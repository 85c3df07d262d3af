"""An office of any size, written in a few statements: a million assignments take seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session

from bot.services.context import Office, Work
from bot.services.reminding.replanning import plan_key
from db.engine import Database
from db.models import Document, OfficeSettings

NOW = datetime(2023, 5, 24, 1, 0, tzinfo=UTC)  # 08:00 in the office, a Wednesday
OFFICE = Office(ZoneInfo("Asia/Ho_Chi_Minh"), "Văn phòng Tỉnh ủy")
_NUMBERS = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < :count)",
    "postgresql": "WITH s AS (SELECT generate_series(0, :count - 1) AS n)",
}


LATER = NOW + timedelta(days=5)  # the next step of what is due on 31/5
ONE_IN = 20  # of what is not due to be reminded, so much is overdue


@dataclass(frozen=True)
class Seeder:
    """Writes rows by INSERT … SELECT over a row of numbers."""

    session: Session

    def add(self, table: str, values: dict[str, str], count: int) -> None:
        """So many rows; each value is SQL in terms of `n`."""
        if not count:
            return
        numbers = _NUMBERS[self.session.get_bind().dialect.name]
        names, sources = ", ".join(values), ", ".join(values.values())
        # SQLite wants the WITH inside the INSERT's SELECT.
        statement = f"INSERT INTO {table} ({names}) {numbers} SELECT {sources} FROM s"
        self.session.execute(text(statement), {"count": count})

    def day(self, value: str) -> str:
        """A text in SQL as a date."""
        return value if self.session.get_bind().dialect.name == "sqlite" else f"CAST({value} AS DATE)"

    def instant(self, at: datetime) -> str:
        stored = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        return f"'{stored}'" if self.session.get_bind().dialect.name == "sqlite" else f"'{stored}+00'"


def seed(database: Database, agencies: int, due: int, later: int) -> None:
    """Agencies with an officer each; `due` assignments to be reminded now, `later` ones in half a year.

    Each of the due ones has been reminded once before: their next number is 2. Of the later ones 1 in ONE_IN is
    overdue since two days.
    """
    with database.write() as session:
        seeder = Seeder(session)
        _add_tasks(seeder, -(-(due + later) // agencies))
        _add_people(seeder, agencies)
        _add_assignments(seeder, agencies, due, NOW, "'2023-05-31'")
        late = f"CASE WHEN (n / {agencies}) % {ONE_IN} = 0 THEN '2023-05-22' ELSE '2023-11-27' END"
        _add_assignments(seeder, agencies, later, NOW + timedelta(days=180), late, after=due)
        _add_sent(seeder, due)
    _count_on(database)
    with database.write() as session:
        # As a bot that has been running: its reminders stand planned by today's calendar.
        work = Work(session, NOW, OFFICE)
        settings = OfficeSettings(
            plan_key=plan_key(work), seen_at=NOW, next_weekly_at=NOW + timedelta(days=365)
        )
        session.add(settings)


def _add_tasks(seeder: Seeder, count: int) -> None:
    session = seeder.session
    document = Document(key="bench", title="Chương trình hành động thực hiện Nghị quyết", created_at=NOW)
    session.add(document)
    session.flush()
    values = {
        "id": "n + 1",
        "document_id": str(document.id),
        "clause": "CAST(n + 1 AS VARCHAR)",
        "clause_label": "'Mục ' || (n + 1)",
        "title": "'Ban hành kế hoạch triển khai thực hiện nhiệm vụ ' || (n + 1)",
        "text": "''",
        "deadline_kind": "'date'",
        "deadline_text": "'hoàn thành trong tháng 5/2023'",
        "deadline_confirmed": "true",
        "loaded": "'{}'",
    }
    seeder.add("task", values, count)


def _add_people(seeder: Seeder, count: int) -> None:
    at = seeder.instant(NOW - timedelta(days=60))
    agency = {
        "id": "n + 1",
        "key": "'a' || n",
        "name": "'Cơ quan ' || n",
        "aliases": "'[]'",
        "loaded": "'{}'",
    }
    seeder.add("agency", {**agency, "confirmed": "true"}, count)
    seeder.add("member", {"id": "n + 1", "name": "'Cán bộ ' || n", "created_at": at}, count)
    seeder.add(
        "membership", {"member_id": "n + 1", "agency_id": "n + 1", "role": "'officer'", "from_at": at}, count
    )
    chat = {"id": "n + 1", "channel": "'telegram'", "address": "CAST(1000 + n AS VARCHAR)"}
    seeder.add("address", {**chat, "kind": "'private'", "member_id": "n + 1", "reachable": "true"}, count)


def _add_assignments(
    seeder: Seeder, agencies: int, count: int, next_at: datetime, due: str, after: int = 0
) -> None:
    """Task by task, as a load makes them."""
    values = {
        "task_id": f"(n + {after}) / {agencies} + 1",
        "agency_id": f"(n + {after}) % {agencies} + 1",
        "role": "'lead'",
        "period": "''",
        "status": "'in_progress'",
        "due": seeder.day(due),
        "original_due": seeder.day(due),
        "plan_no": "0",
        "version": "1",
        "assigned_at": seeder.instant(NOW - timedelta(days=30)),
        "planned_until": seeder.instant(NOW - timedelta(days=1)),
        "acknowledged_at": seeder.instant(NOW - timedelta(days=29)),
        "acknowledged_by": f"n % {agencies} + 1",
        "next_reminder_at": seeder.instant(next_at),
    }
    seeder.add("assignment", values, count)


def _add_sent(seeder: Seeder, count: int) -> None:
    """What was said a week ago, one message each."""
    at = seeder.instant(NOW - timedelta(days=7))
    notice = {
        "id": "n + 1",
        "dedupe_key": "'reminder:' || (n + 1) || '::0:before-10'",
        "kind": "'reminder'",
        "audience": "'agency'",
        "agency_id": "(SELECT agency_id FROM assignment WHERE id = n + 1)",
        "assignment_id": "n + 1",
        "plan_no": "0",
        "step": "'before-10'",
        "number": "1",
        "due_at": at,
        "data": "'{}'",
        "state": "'open'",
    }
    seeder.add("notice", notice, count)
    message = {
        "id": "n + 1",
        "dedupe_key": "'sent:' || n",
        "channel": "'telegram'",
        "address_id": "(SELECT agency_id FROM assignment WHERE id = n + 1)",
        "agency_id": "(SELECT agency_id FROM assignment WHERE id = n + 1)",
        "kind": "'reminder'",
        "text": "'Nhắc việc lần 1'",
        "status": "'sent'",
        "attempts": "1",
        "created_at": at,
        "sent_at": at,
    }
    seeder.add("outbox_message", message, count)
    cover = {"message_id": "n + 1", "notice_id": "n + 1"}
    seeder.add("outbox_cover", {**cover, "address_id": message["address_id"]}, count)


def mark_sent(database: Database) -> None:
    """As if the sender had sent all that waits."""
    with database.write() as session:
        notices = "UPDATE notice SET number = 2 WHERE number IS NULL"
        messages = "UPDATE outbox_message SET status = 'sent', sent_at = created_at WHERE status = 'pending'"
        for statement in (notices, messages, "ANALYZE"):
            session.execute(text(statement))


def _count_on(database: Database) -> None:
    """Ids written here count as given; and the statistics are those of these rows."""
    with database.write() as session:
        if not database.is_sqlite:
            for table in ("agency", "member", "address", "task", "notice", "outbox_message"):
                number = f"pg_get_serial_sequence('{table}', 'id')"
                largest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
                session.execute(text(f"SELECT setval({number}, {largest}, false)"))
        session.execute(text("ANALYZE"))
