"""The program's own rows: which installation this is, and who holds a lease."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from db.models._base import instant, link, one_of, row_id, switch
from db.types import BigId, Json


class Installation(SQLModel, table=True):
    """One row: whether the database is a sandbox's or a bot's, and which bot it has been connected to.

    `webhook_key` tells whether Telegram was given the webhook of the settings; `rival_at`, by the machine's clock,
    when another program was last seen using the bot's token; `lost`, by the same clock, times [from, until] of which
    nothing is known here since a backup was restored.
    """

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
    webhook_key: str | None = None
    rival_at: datetime | None = instant(optional=True)
    lost: list[list[str]] | None = Field(default=None, sa_type=Json)


class OfficeSettings(SQLModel, table=True):
    """One row: what the secretariat has set for all.

    `weekly_on`: 0 is Monday; `weekly_at`: HH:MM local. `plan_key` says by which days off and which time zone the
    reminders stand planned; while a change of it is being worked off, `replanned_to` is the last assignment it has
    reached. `seen_at` is what the office's clock told a tick last: a clock set back is known by it. `pruned_at`: when
    what is long past was last forgotten; while that is going on, `pruned_to` is the last message it has looked at.
    """

    __tablename__ = "office_settings"
    __table_args__ = (
        CheckConstraint("id = 1", name="office_settings_one"),
        CheckConstraint("weekly_on BETWEEN 0 AND 6", name="office_settings_weekly_on"),
    )

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    paused_at: datetime | None = instant(optional=True)
    paused_by: int | None = link("member", optional=True, index=False)
    weekly_on: int = 4
    weekly_at: str = "15:00"
    next_weekly_at: datetime | None = instant(optional=True)
    plan_key: str | None = None
    replanned_to: int | None = Field(default=None, sa_type=BigId)
    seen_at: datetime | None = instant(optional=True)
    heads_decide: bool = switch()
    pruned_at: datetime | None = instant(optional=True)
    pruned_to: int | None = Field(default=None, sa_type=BigId)


class Lease(SQLModel, table=True):
    """Who may send. `epoch` grows with every change of hands; `expires_at` is by the database's clock."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    epoch: int = 1
    expires_at: datetime = instant()


class RunningSpan(SQLModel, table=True):
    """A time during which one process was well without a break, by the office's clock: gaps are interruptions."""

    __tablename__ = "running_span"

    id: int = row_id()
    started_at: datetime = instant()
    seen_at: datetime = instant(index=True)
