"""Running for years: agencies whose messages say only that something is due, and what housekeeping needs."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    off = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    # ALTER by hand: batch mode would rebuild the table.
    op.execute(f"ALTER TABLE agency ADD COLUMN is_discreet BOOLEAN DEFAULT {off} NOT NULL")
