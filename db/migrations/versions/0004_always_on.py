"""Running for years: agencies whose messages say only that something is due, and what housekeeping needs."""

import sqlalchemy as sa
from alembic import op

from db.types import BigId, UtcDateTime

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
