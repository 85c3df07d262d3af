"""People, where they can be reached, and what they are allowed to do."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.models._base import instant, link, one_of, row_id, switch
from db.types import Json

ROLES = ("officer", "head", "secretariat", "viewer")
_AGENCY_ROLES = "(role IN ('officer', 'head')) = (agency_id IS NOT NULL)"


class Member(SQLModel, table=True):
    """A person. Names live here only, so that erasing one leaves the record whole.

    `quiet_from`, `quiet_until`: minutes after local midnight between which nothing is sent by itself.
    """

    __tablename__ = "member"

    id: int = row_id()
    name: str
    language: str | None = None
    created_at: datetime = instant()
    erased_at: datetime | None = instant(optional=True)
    quiet_from: int | None = None
    quiet_until: int | None = None


class Membership(SQLModel, table=True):
    """A person's role, in an agency or in the secretariat, from–to. One open row a person, role and agency.

    `is_contact`: also gets what has been overdue for days, whatever the role. `decides`: where the office has
    switched proposing on, a head of the secretariat, who decides on reports.
    """

    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", ROLES, name="membership_role"),
        CheckConstraint(_AGENCY_ROLES, name="membership_agency"),
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="membership_span"),
        Index(
            "membership_open_once",
            "member_id",
            "role",
            text("coalesce(agency_id, 0)"),
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    id: int = row_id()
    member_id: int = link("member")
    agency_id: int | None = link("agency", optional=True)
    role: str
    from_at: datetime = instant()
    until_at: datetime | None = instant(optional=True)
    is_contact: bool = switch()
    decides: bool = switch()


class Cover(SQLModel, table=True):
    """Someone who handles an absent person's tasks from one day to another."""

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="cover_span"),
        CheckConstraint("absent_id <> cover_id", name="cover_other"),
    )

    id: int = row_id()
    absent_id: int = link("member")
    cover_id: int = link("member")
    agency_id: int = link("agency")
    starts_on: date
    ends_on: date


class Address(SQLModel, table=True):
    """Where messages go: a private chat of a person, or a group. `address` is the channel's own id."""

    __tablename__ = "address"
    __table_args__ = (
        one_of("kind", ("private", "group"), name="address_kind"),
        UniqueConstraint("channel", "address", name="address_once"),
        CheckConstraint("(kind = 'private') = (member_id IS NOT NULL)", name="address_owner"),
    )

    id: int = row_id()
    channel: str = "telegram"
    address: str
    kind: str = "private"
    member_id: int | None = link("member", optional=True)
    language: str | None = None
    reachable: bool = True
    unreachable_reason: str | None = None
    unreachable_at: datetime | None = instant(optional=True)
    menu: str | None = None


class GroupBinding(SQLModel, table=True):
    """A group chat that speaks for an agency."""

    __tablename__ = "group_binding"
    __table_args__ = (UniqueConstraint("address_id", name="group_binding_once"),)

    id: int = row_id()
    address_id: int = link("address", index=False)
    agency_id: int = link("agency")
    bound_by: int = link("member")
    bound_at: datetime = instant()
    reminders: bool = True


class Invite(SQLModel, table=True):
    """A one-time link. Only the hash is kept: the database cannot give a link away."""

    __tablename__ = "invite"
    __table_args__ = (
        one_of("role", ROLES, name="invite_role"),
        CheckConstraint(_AGENCY_ROLES, name="invite_agency"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="invite_used"),
    )

    id: int = row_id()
    token_hash: str = Field(unique=True)
    role: str
    agency_id: int | None = link("agency", optional=True)
    created_by: int | None = link("member", optional=True)
    created_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(optional=True)
    used_by: int | None = link("member", optional=True)


class WrongInvite(SQLModel, table=True):
    """Somebody opened an invite link that never was one. Too many of them within an hour are guessing."""

    __tablename__ = "wrong_invite"

    id: int = row_id()
    address: str = Field(index=True)
    at: datetime = instant(index=True)


class DialogueState(SQLModel, table=True):
    """The dialogue a person is in, in one chat. `token` is in its buttons: those of an older one are refused."""

    __tablename__ = "dialogue_state"
    __table_args__ = (UniqueConstraint("chat_id", "member_id", name="dialogue_once"),)

    id: int = row_id()
    chat_id: str
    member_id: int = link("member")
    name: str
    token: str
    data: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    updated_at: datetime = instant()
