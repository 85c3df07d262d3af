"""The working life of a task: who has it in hand, what reports say, versions, proposals, transfers, targets."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from db.types import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _add_columns()
    _create_about_reports()
    _create_transfer()
    _create_target()
    with op.batch_alter_table("report") as batch:
        batch.drop_constraint("report_kind", type_="check")
        batch.create_check_constraint("report_kind", "kind IN ('progress', 'completion', 'contribution')")
        batch.alter_column("submitted_by", existing_type=BigId, nullable=True)
        batch.create_check_constraint(
            "report_by_someone", "submitted_by IS NOT NULL OR entered_by IS NOT NULL"
        )


def _add_columns() -> None:
    member = "REFERENCES member (id)"
    _add("agency", "monitor_id", BigId, member)
    _add("assignment", "complete_by", sa.Date())
    _add("assignment", "grace_until", sa.Date())
    _add("assignment", "holder_id", BigId, member)
    _add("assignment", "handed_by", BigId, member)
    _add("assignment", "handed_at", UtcDateTime())
    _add("assignment", "received_at", UtcDateTime())
    op.create_index(op.f("ix_assignment_holder_id"), "assignment", ["holder_id"])
    _add("attachment", "document_id", BigId, "REFERENCES document (id)")
    _add("document", "monitor_id", BigId, member)
    _add("document", "file_sha256", sa.String())
    _add("extension", "document_number", sa.String())
    _add("extension", "document_date", sa.Date())
    _add("membership", "decides", sa.Boolean(), "DEFAULT {off} NOT NULL")
    _add("office_settings", "heads_decide", sa.Boolean(), "DEFAULT {off} NOT NULL")
    for name in ("cause", "difficulties", "proposals", "signatory"):
        _add("report", name, sa.String())
    _add("report", "expected_on", sa.Date())
    _add("report", "arrived_on", sa.Date())
    _add("report", "entered_at", UtcDateTime())
    _add("report", "pieces", Json)
    _add("succession", "new_name", sa.String())
    _add("succession", "applied_at", UtcDateTime())


def _create_about_reports() -> None:
    op.create_table(
        "report_version",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_by", BigId, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"]),
        sa.ForeignKeyConstraint(["replaced_by"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report_id", "number", name="report_version_once"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("proposed_by", BigId, nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("verdict IN ('accept', 'return')", name="proposal_verdict"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"]),
        sa.ForeignKeyConstraint(["proposed_by"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report_id", name="proposal_once"),
    )


def _create_transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("wanted_agency_id", BigId, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("requested_by", BigId, nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'agreed', 'refused')", name="transfer_state"),
        sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="transfer_decided"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"]),
        sa.ForeignKeyConstraint(["wanted_agency_id"], ["agency.id"]),
        sa.ForeignKeyConstraint(["requested_by"], ["member.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_transfer_assignment_id"), "transfer", ["assignment_id"])
    where = sa.text("state = 'pending'")
    op.create_index(
        "transfer_one_pending",
        "transfer",
        ["assignment_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _create_target() -> None:
    op.create_table(
        "target",
        sa.Column("id", BigId, nullable=False),
        sa.Column("document_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "key", name="target_key"),
    )
    _add("indicator", "target_id", BigId, "REFERENCES target (id)")
    op.create_index(op.f("ix_indicator_target_id"), "indicator", ["target_id"])


def _add(table: str, column: str, kind: TypeEngine[Any], rest: str = "") -> None:
    dialect = op.get_bind().dialect
    off = "0" if dialect.name == "sqlite" else "false"
    name = kind.compile(dialect=dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {name} {rest.format(off=off)}".strip())
