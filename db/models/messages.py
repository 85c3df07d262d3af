"""What came in, what is to be said, and what goes out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.models._base import instant, key_link, link, one_of, row_id
from db.types import Json

AUDIENCES = ("agency", "secretariat", "viewer", "member")
OUTBOX_STATUSES = ("pending", "sending", "sent", "failed", "expired")


class InboxUpdate(SQLModel, table=True):
    """An update as Telegram gave it, committed before it is confirmed. Our `id` is the order.

    received → applied (effects and answers committed) → done (answers performed); or parked with its error.
    `chat`: whose turn it is among many that wait.
    """

    __tablename__ = "inbox_update"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", name="inbox_update_once"),
        one_of("state", ("received", "applied", "done", "parked"), name="inbox_update_state"),
        CheckConstraint(
            "(state IN ('applied', 'done')) = (applied_at IS NOT NULL)", name="inbox_update_applied"
        ),
        CheckConstraint("(state = 'parked') = (error IS NOT NULL)", name="inbox_update_parked"),
        Index(
            "inbox_update_open",
            "id",
            sqlite_where=text("state IN ('received', 'applied')"),
            postgresql_where=text("state IN ('received', 'applied')"),
        ),
        Index(
            "inbox_update_fair",
            "chat",
            "id",
            sqlite_where=text("state IN ('received', 'applied')"),
            postgresql_where=text("state IN ('received', 'applied')"),
        ),
    )

    id: int = row_id()
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    raw: str
    state: str = "received"
    attempts: int = 0
    received_at: datetime = instant()
    applied_at: datetime | None = instant(optional=True)
    done_at: datetime | None = instant(optional=True)
    answers: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)
    error: str | None = None
    chat: int | None = Field(default=None, sa_type=BigInteger)


class Notice(SQLModel, table=True):
    """What is to be said, about which assignment, to whom. `number`: the N of “Nhắc việc lần N”, once sent.

    `told_at`: when it was first sent, written down before the message that says so is forgotten.
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("audience", AUDIENCES, name="notice_audience"),
        one_of("state", ("open", "expired"), name="notice_state"),
        Index("notice_assignment", "assignment_id", "kind"),
    )

    id: int = row_id()
    dedupe_key: str = Field(unique=True)
    kind: str
    audience: str
    agency_id: int | None = link("agency", optional=True, index=False)
    member_id: int | None = link("member", optional=True, index=False)
    assignment_id: int | None = link("assignment", optional=True, index=False)
    report_id: int | None = link("report", optional=True, index=False)
    plan_no: int | None = None
    step: str | None = None
    number: int | None = None
    due_at: datetime = instant()
    data: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: str = "open"
    reason: str | None = None
    told_at: datetime | None = instant(optional=True)


class OutboxMessage(SQLModel, table=True):
    """One message to one chat; a digest covers several notices. `address_id` null: nobody can receive it yet.

    `language` is that of its words. `not_before` is by the machine's clock, `created_at`, `sent_at`, `held_until`
    by the office's. Until `held_until` the messages of a `batch` can be taken back; it ends with whichever clock is
    first.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        one_of("status", OUTBOX_STATUSES, name="outbox_message_status"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="outbox_message_sent"),
        CheckConstraint(
            "status NOT IN ('sending', 'sent') OR address_id IS NOT NULL", name="outbox_message_address"
        ),
        Index(
            "outbox_message_waiting",
            "address_id",
            "id",
            sqlite_where=text("status IN ('pending', 'sending')"),
            postgresql_where=text("status IN ('pending', 'sending')"),
        ),
        Index("outbox_message_telegram", "address_id", "message_id"),
        Index(
            "outbox_message_batch",
            "batch",
            sqlite_where=text("batch IS NOT NULL"),
            postgresql_where=text("batch IS NOT NULL"),
        ),
    )

    id: int = row_id()
    dedupe_key: str = Field(unique=True)
    channel: str = "telegram"
    address_id: int | None = link("address", optional=True, index=False)
    agency_id: int | None = link("agency", optional=True)
    kind: str
    text: str
    keyboard: list[list[dict[str, str]]] | None = Field(default=None, sa_type=Json)
    status: str = "pending"
    attempts: int = 0
    not_before: datetime | None = instant(optional=True)
    epoch: int | None = None
    created_at: datetime = instant()
    sent_at: datetime | None = instant(optional=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    held_until: datetime | None = instant(optional=True)
    batch: str | None = None
    put_off_at: datetime | None = instant(optional=True)
    language: str | None = None


class OutboxCover(SQLModel, table=True):
    """Which notices a message covers: one message a notice and chat."""

    __tablename__ = "outbox_cover"
    __table_args__ = (UniqueConstraint("notice_id", "address_id", name="outbox_cover_once"),)

    message_id: int = key_link("outbox_message")
    notice_id: int = key_link("notice")
    address_id: int | None = link("address", optional=True, index=False)


class Target(SQLModel, table=True):
    """An indicator the document sets: “430 tổ hợp tác đến năm 2030”."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("document_id", "key", name="target_key"),)

    id: int = row_id()
    document_id: int = link("document", index=False)
    key: str
    name: str
    value: str | None = None
    unit: str | None = None
    by_on: date | None = None


class Indicator(SQLModel, table=True):
    """A number an agency reported against a target of the document, kept as a series."""

    __tablename__ = "indicator"

    id: int = row_id()
    report_id: int = link("report")
    name: str
    value: str
    as_of: date
    target_id: int | None = link("target", optional=True)
