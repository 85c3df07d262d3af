"""Running for years: agencies whose messages say only that something is due, and what housekeeping needs."""

import sqlalchemy as sa
from alembic import op

from db.types import BigId, Json, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    off = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    # ALTER by hand: batch mode would rebuild the table.
    op.execute(f"ALTER TABLE agency ADD COLUMN is_discreet BOOLEAN DEFAULT {off} NOT NULL")
    op.add_column("installation", sa.Column("webhook_key", sa.String(), nullable=True))
    op.add_column("installation", sa.Column("rival_at", UtcDateTime(), nullable=True))
    op.create_table(
        "running_span",
        sa.Column("id", BigId, nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_running_span_seen_at", "running_span", ["seen_at"])
    op.create_table(
        "wrong_invite",
        sa.Column("id", BigId, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_wrong_invite_address", "wrong_invite", ["address"])
    op.create_index("ix_wrong_invite_at", "wrong_invite", ["at"])
    op.add_column("inbox_update", sa.Column("chat", sa.BigInteger(), nullable=True))
    still_open = sa.text("state IN ('received', 'applied')")
    op.create_index(
        "inbox_update_fair",
        "inbox_update",
        ["chat", "id"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    _add_columns()
    _change_indexes()


def _add_columns() -> None:
    dialect = op.get_bind().dialect
    instant, number, json = (kind.compile(dialect=dialect) for kind in (UtcDateTime(), BigId, Json))
    op.execute(f"ALTER TABLE office_settings ADD COLUMN pruned_at {instant}")
    op.execute(f"ALTER TABLE office_settings ADD COLUMN pruned_to {number}")
    op.execute(f"ALTER TABLE installation ADD COLUMN lost {json}")
    op.execute(f"ALTER TABLE notice ADD COLUMN told_at {instant}")
    op.execute(f"ALTER TABLE outbox_message ADD COLUMN put_off_at {instant}")


def _change_indexes() -> None:
    """What is overdue, and what nobody has received, are found among what is open; nothing asks for an agency's notices."""
    op.drop_index("assignment_overdue", table_name="assignment")
    op.drop_index("ix_notice_agency_id", table_name="notice")
    op.drop_index("ix_assignment_task_id", table_name="assignment")  # `assignment_once` begins with it
    op.drop_index("ix_assignment_holder_id", table_name="assignment")
    found_by = {
        "assignment_open_lead": (
            ["due", "agency_id", "grace_until", "role", "status"],
            "role = 'lead' AND status IN ('not_started', 'in_progress')",
        ),
        "assignment_holder": (["holder_id"], "holder_id IS NOT NULL"),
        "assignment_unreceived": (["assigned_at"], "acknowledged_at IS NULL AND status = 'not_started'"),
    }
    for name, (columns, where) in found_by.items():
        only = sa.text(where)
        op.create_index(name, "assignment", columns, sqlite_where=only, postgresql_where=only)
    op.add_column("outbox_message", sa.Column("language", sa.String(), nullable=True))
