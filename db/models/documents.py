"""The document that assigns the tasks, and the bodies it speaks of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models._base import instant, key_link, link, one_of, row_id, switch
from db.types import Json

PAST_CHOICES = ("none", "held", "now", "all", "silent")


class Document(SQLModel, table=True):
    """An official document. `loaded`: the fields as the file last gave them, for the three-way merge.

    `past`: what happens to deadlines that had passed when it was loaded ("held" until the secretariat chooses).
    `paused_at`: since when nothing is sent by itself about its tasks. `monitor_id`: who of the secretariat follows
    it. `file_sha256`: the source document, kept under DATA_DIR.
    """

    __tablename__ = "document"
    __table_args__ = (
        one_of("past", PAST_CHOICES, name="document_past"),
        # A secret document must never pass through a chat bot, so no row of one can exist.
        CheckConstraint("secrecy IS NULL", name="document_not_secret"),
    )

    id: int = row_id()
    key: str = Field(unique=True)
    title: str
    issuer: str | None = None
    number: str | None = None
    issued_on: date | None = None
    received: dict[str, Any] | None = Field(default=None, sa_type=Json)
    signed_by: str | None = None
    secrecy: str | None = None
    file: str | None = None
    loaded: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    past: str = "none"
    created_at: datetime = instant()
    paused_at: datetime | None = instant(optional=True)
    monitor_id: int | None = link("member", optional=True, index=False)
    file_sha256: str | None = None


class Agency(SQLModel, table=True):
    """A body that receives tasks. `confirmed` is false while its existence or name is only presumed."""

    __tablename__ = "agency"

    id: int = row_id()
    key: str = Field(unique=True)
    name: str
    aliases: list[str] = Field(default_factory=list, sa_type=Json)
    confirmed: bool = True
    note: str | None = None
    loaded: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    ended_on: date | None = None
    monitor_id: int | None = link("member", optional=True, index=False)
    is_discreet: bool = switch()


class AgencyGroup(SQLModel, table=True):
    """A name for several agencies (“các huyện ủy”)."""

    __tablename__ = "agency_group"

    id: int = row_id()
    key: str = Field(unique=True)
    name: str


class AgencyGroupMember(SQLModel, table=True):
    """Which agencies a group names."""

    __tablename__ = "agency_group_member"

    group_id: int = key_link("agency_group")
    agency_id: int = key_link("agency")


class Succession(SQLModel, table=True):
    """From a date, one agency's tasks and people follow into another (renamed, merged, split, ended).

    `applied_at`: when that was carried out; until then the date is to come.
    """

    __tablename__ = "succession"
    __table_args__ = (
        one_of("kind", ("renamed", "merged", "split", "ended"), name="succession_kind"),
        UniqueConstraint("from_agency_id", "to_agency_id", "effective_on", name="succession_once"),
    )

    id: int = row_id()
    from_agency_id: int = link("agency")
    to_agency_id: int | None = link("agency", optional=True)
    kind: str
    old_name: str | None = None
    effective_on: date
    note: str | None = None
    new_name: str | None = None
    applied_at: datetime | None = instant(optional=True)


class Holiday(SQLModel, table=True):
    """The office's own table of days off and days worked; it overrules the published calendar."""

    __tablename__ = "holiday"
    __table_args__ = (one_of("kind", ("off", "work"), name="holiday_kind"),)

    day: date = Field(primary_key=True)
    kind: str
    name: str | None = None


class ReminderPolicy(SQLModel, table=True):
    """What a document, or one task, has otherwise than the default ladder; a task's own goes before its document's."""

    __tablename__ = "reminder_policy"
    __table_args__ = (
        CheckConstraint("(document_id IS NULL) <> (task_id IS NULL)", name="reminder_policy_of_one"),
        UniqueConstraint("document_id", name="reminder_policy_document"),
        UniqueConstraint("task_id", name="reminder_policy_task"),
    )

    id: int = row_id()
    document_id: int | None = link("document", optional=True, index=False)
    task_id: int | None = link("task", optional=True, index=False)
    ladder: dict[str, Any] = Field(sa_type=Json)
