"""How many working days a proposal to return a report would give to complete it."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # ALTER by hand: batch mode would rebuild the table.
    op.execute("ALTER TABLE proposal ADD COLUMN days INTEGER")
