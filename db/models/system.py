"""The program's own rows: which installation this is, and who holds a lease."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from db.models._base import instant, one_of


class Installation(SQLModel, table=True):
    """One row: whether the database is a sandbox's or a bot's, and which bot it has been connected to."""

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="installation_one"),
        one_of("mode", ("bot", "sandbox"), name="installation_mode"),
    )

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    mode: str | None = None
    bot_id: int | None = Field(default=None, sa_type=BigInteger)
    bot_username: str | None = None
    created_at: datetime = instant()
    ticked_at: datetime | None = instant(optional=True)


class Lease(SQLModel, table=True):
    """Who may send. `epoch` grows with every change of hands; `expires_at` is by the database's clock."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    epoch: int = 1
    expires_at: datetime = instant()
