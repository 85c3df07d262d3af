"""Periods, open deadlines, quiet hours, contacts, what can be taken back, and what the office sets for all."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from db.types import BigId, Json, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _add("document", "paused_at", UtcDateTime())
    _add("member", "quiet_from", sa.Integer())
    _add("member", "quiet_until", sa.Integer())
    _add("membership", "is_contact", sa.Boolean(), "DEFAULT {off} NOT NULL")
    _add("outbox_message", "held_until", UtcDateTime())
    _add("outbox_message", "batch", sa.String())
    _index("outbox_message_batch", "outbox_message", "batch")
    _add("task", "position", sa.Integer(), "DEFAULT 0 NOT NULL")
    _add("task", "candidates", Json)
    _add("task", "settled_at", UtcDateTime())
    _add("task", "settled_by", BigId, "REFERENCES member (id)")
    _add("task", "settled_reason", sa.String())
    _add("task", "next_period_on", sa.Date())
    _add("task", "recurs_since", sa.Date())
    _add("assignment", "ended_at", UtcDateTime())
    _index("task_next_period", "task", "next_period_on")
    # Also by agency: a tick then finds in it all that it chooses by.
    op.drop_index("assignment_reminder", "assignment")
    _index("assignment_reminder", "assignment", "next_reminder_at", "agency_id")
    op.create_index("snooze_until", "snooze", ["until_at"])
    op.create_table(
        "office_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("paused_by", BigId, nullable=True),
        sa.Column("weekly_on", sa.Integer(), nullable=False),
        sa.Column("weekly_at", sa.String(), nullable=False),
        sa.Column("next_weekly_at", UtcDateTime(), nullable=True),
        sa.Column("plan_key", sa.String(), nullable=True),
        sa.Column("replanned_to", BigId, nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("id = 1", name="office_settings_one"),
        sa.CheckConstraint("weekly_on BETWEEN 0 AND 6", name="office_settings_weekly_on"),
        sa.ForeignKeyConstraint(["paused_by"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _add(table: str, column: str, kind: TypeEngine[Any], rest: str = "") -> None:
    # Plain statements: a batch change would rebuild the whole table, which takes minutes for a million rows.
    dialect = op.get_bind().dialect
    off = "0" if dialect.name == "sqlite" else "false"
    name = kind.compile(dialect=dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {name} {rest.format(off=off)}".strip())


def _index(name: str, table: str, *columns: str) -> None:
    where = sa.text(f"{columns[0]} IS NOT NULL")
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
