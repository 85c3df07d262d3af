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
    op.create_table(
        "running_span",
        sa.Column("id", BigId, nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_running_span_seen_at", "running_span", ["seen_at"])
