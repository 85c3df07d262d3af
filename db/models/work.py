"""Tasks, who they are assigned to, and what was reported, decided and changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.models._base import instant, link, one_of, row_id, whole
from db.types import BigId, Json

KINDS = ("date", "month", "quarter", "half", "year", "relative", "recurring", "ongoing", "none")
STATUSES = ("not_started", "in_progress", "awaiting_confirmation", "completed", "suspended", "withdrawn")

# To be said in so many words, or SQLite does not see that the partial indexes will do.
OPEN_LEAD = "role = 'lead' AND status IN ('not_started', 'in_progress')"
UNRECEIVED = "acknowledged_at IS NULL AND status = 'not_started'"


class Task(SQLModel, table=True):
    """One obligation, one clause. `deadline_text` is the document's own words; `due` what they were read as.

    `candidates`: the days of its possible readings. `settled_…`: who fixed an open deadline, when and why.
    `next_period_on`: the day on which the period after the latest one is made. `recurs_since`: since when its
    rule holds.
    """

    __tablename__ = "task"
    __table_args__ = (
        one_of("deadline_kind", KINDS, name="task_deadline_kind"),
        UniqueConstraint("document_id", "clause", name="task_clause"),
        Index(
            "task_next_period",
            "next_period_on",
            sqlite_where=text("next_period_on IS NOT NULL"),
            postgresql_where=text("next_period_on IS NOT NULL"),
        ),
    )

    id: int = row_id()
    document_id: int = link("document", index=False)
    clause: str
    clause_label: str
    title: str
    text: str = ""
    deadline_text: str | None = None
    deadline_kind: str = "none"
    deadline_confirmed: bool = True
    due: date | None = None
    precision: str | None = None
    recurrence: str | None = None
    product: str | None = None
    person: str | None = None
    coordinating_text: str | None = None
    report_to: str | None = None
    advising_id: int | None = link("agency", optional=True)
    note: str | None = None
    loaded: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    withdrawn_at: datetime | None = instant(optional=True)
    position: int = whole(default=0)
    candidates: list[str] | None = Field(default=None, sa_type=Json)
    settled_at: datetime | None = instant(optional=True)
    settled_by: int | None = link("member", optional=True, index=False)
    settled_reason: str | None = None
    next_period_on: date | None = None
    recurs_since: date | None = None


class Assignment(SQLModel, table=True):
    """A task given to one agency, for one period (`2023-05`, `2023-Q2`, `2023-H1`, `2023`, `2023-W21` or empty).

    `plan_no` grows with every re-planning, so that a step of the ladder can come again. `complete_by`: until when a
    returned report is to be completed, beside `due`; `grace_until`: the same where the report had been in time, and
    then the days spent waiting do not count. `holder_id`: who of the agency has it in hand. `ended_at`: when
    the agency was relieved of the task after this period, which it had completed.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("role", ("lead", "coordinating"), name="assignment_role"),
        one_of("status", STATUSES, name="assignment_status"),
        UniqueConstraint("task_id", "agency_id", "role", "period", name="assignment_once"),
        CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="assignment_completed"),
        CheckConstraint(
            "status NOT IN ('awaiting_confirmation', 'completed') OR submitted_at IS NOT NULL",
            name="assignment_submitted",
        ),
        CheckConstraint("role = 'lead' OR status <> 'completed'", name="assignment_lead_completes"),
        CheckConstraint("plan_no >= 0", name="assignment_plan_no"),
        CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="assignment_acknowledged"
        ),
        # A tick finds in it what is due, and of which agencies, without reading the rows.
        Index(
            "assignment_reminder",
            "next_reminder_at",
            "agency_id",
            sqlite_where=text("next_reminder_at IS NOT NULL"),
            postgresql_where=text("next_reminder_at IS NOT NULL"),
        ),
        Index(
            "assignment_holder",
            "holder_id",
            sqlite_where=text("holder_id IS NOT NULL"),
            postgresql_where=text("holder_id IS NOT NULL"),
        ),
        # What is overdue is found among what is open, however much has been completed.
        Index(
            "assignment_open_lead",
            "due",
            "agency_id",
            "grace_until",
            "role",
            "status",
            sqlite_where=text(OPEN_LEAD),
            postgresql_where=text(OPEN_LEAD),
        ),
        Index(
            "assignment_unreceived",
            "assigned_at",
            sqlite_where=text(UNRECEIVED),
            postgresql_where=text(UNRECEIVED),
        ),
    )

    id: int = row_id()
    task_id: int = link("task", index=False)
    agency_id: int = link("agency")
    role: str
    period: str = ""
    status: str = "not_started"
    due: date | None = None
    original_due: date | None = None
    person: str | None = None
    plan_no: int = 0
    assigned_at: datetime = instant()
    next_reminder_at: datetime | None = instant(optional=True)
    planned_until: datetime | None = instant(optional=True)
    acknowledged_at: datetime | None = instant(optional=True)
    acknowledged_by: int | None = link("member", optional=True, index=False)
    submitted_at: datetime | None = instant(optional=True)
    completed_at: datetime | None = instant(optional=True)
    version: int = 0
    complete_by: date | None = None
    grace_until: date | None = None
    holder_id: int | None = link("member", optional=True, index=False)
    handed_by: int | None = link("member", optional=True, index=False)
    handed_at: datetime | None = instant(optional=True)
    received_at: datetime | None = instant(optional=True)
    ended_at: datetime | None = instant(optional=True)


class Snooze(SQLModel, table=True):
    """“Nhắc lại sau”: silences one assignment for the one who pressed, until an instant."""

    __tablename__ = "snooze"
    __table_args__ = (
        UniqueConstraint("assignment_id", "member_id", name="snooze_once"),
        Index("snooze_until", "until_at"),
    )

    id: int = row_id()
    assignment_id: int = link("assignment", index=False)
    member_id: int = link("member")
    until_at: datetime = instant()
    notified_at: datetime | None = instant(optional=True)


class DeadlineChange(SQLModel, table=True):
    """Every earlier deadline stays visible."""

    __tablename__ = "deadline_change"

    id: int = row_id()
    assignment_id: int = link("assignment")
    old_due: date | None = None
    new_due: date | None = None
    reason: str
    changed_by: int | None = link("member", optional=True, index=False)
    changed_at: datetime = instant()


class Report(SQLModel, table=True):
    """What an agency reported, or contributed where it only coordinates.

    `entered_by`: who of the secretariat recorded it for the agency, at `entered_at`; its document came on
    `arrived_on`, and that is when it counts as submitted. A correction keeps the earlier words as a version;
    `pieces` are the chat messages its words came in.
    """

    __tablename__ = "report"
    __table_args__ = (
        one_of("kind", ("progress", "completion", "contribution"), name="report_kind"),
        one_of("review", ("pending", "accepted", "returned"), name="report_review"),
        CheckConstraint("(review = 'pending') = (reviewed_at IS NULL)", name="report_reviewed"),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> submitted_by", name="report_not_own"),
        CheckConstraint("submitted_by IS NOT NULL OR entered_by IS NOT NULL", name="report_by_someone"),
        # Two people can never both have a completion waiting for the same assignment.
        Index(
            "report_one_pending_completion",
            "assignment_id",
            unique=True,
            sqlite_where=text("kind = 'completion' AND review = 'pending'"),
            postgresql_where=text("kind = 'completion' AND review = 'pending'"),
        ),
    )

    id: int = row_id()
    assignment_id: int = link("assignment")
    agency_id: int = link("agency")
    kind: str
    text: str = ""
    document_number: str | None = None
    document_date: date | None = None
    submitted_at: datetime = instant()
    submitted_by: int | None = link("member", optional=True)
    entered_by: int | None = link("member", optional=True, index=False)
    review: str = "pending"
    review_note: str | None = None
    reviewed_by: int | None = link("member", optional=True, index=False)
    reviewed_at: datetime | None = instant(optional=True)
    cause: str | None = None
    difficulties: str | None = None
    proposals: str | None = None
    expected_on: date | None = None
    signatory: str | None = None
    arrived_on: date | None = None
    entered_at: datetime | None = instant(optional=True)
    pieces: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)


class ReportVersion(SQLModel, table=True):
    """The words of a report before a correction."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number", name="report_version_once"),)

    id: int = row_id()
    report_id: int = link("report", index=False)
    number: int
    values: dict[str, Any] = Field(sa_type=Json)
    replaced_at: datetime = instant()
    replaced_by: int = link("member", index=False)


class Proposal(SQLModel, table=True):
    """What the person who follows an agency proposes about a report, for a head of the office to decide."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("verdict", ("accept", "return"), name="proposal_verdict"),
        UniqueConstraint("report_id", name="proposal_once"),
    )

    id: int = row_id()
    report_id: int = link("report", index=False)
    verdict: str
    note: str | None = None
    proposed_by: int = link("member", index=False)
    proposed_at: datetime = instant()
    days: int | None = None  # working days to complete what is returned


class Attachment(SQLModel, table=True):
    """A file of a report, or the source document of a task given in chat, kept under DATA_DIR by its SHA-256.

    `state`: wanted until its bytes are here.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        one_of("state", ("wanted", "stored", "failed"), name="attachment_state"),
        CheckConstraint("(state = 'stored') = (sha256 IS NOT NULL)", name="attachment_stored"),
    )

    id: int = row_id()
    report_id: int | None = link("report", optional=True)
    member_id: int = link("member", index=False)
    name: str
    mime: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    file_id: str
    file_unique_id: str | None = None
    state: str = Field(default="wanted", index=True)
    sha256: str | None = None
    attempts: int = 0
    not_before: datetime | None = instant(optional=True)
    error: str | None = None
    created_at: datetime = instant()
    document_id: int | None = link("document", optional=True, index=False)


class Extension(SQLModel, table=True):
    """A request for another deadline, and the decision on it."""

    __tablename__ = "extension"
    __table_args__ = (
        one_of("state", ("pending", "agreed", "refused"), name="extension_state"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="extension_decided"),
        Index(
            "extension_one_pending",
            "assignment_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: int = row_id()
    assignment_id: int = link("assignment")
    requested_by: int = link("member", index=False)
    requested_at: datetime = instant()
    wanted_text: str
    wanted_due: date
    reason: str
    state: str = "pending"
    decided_by: int | None = link("member", optional=True, index=False)
    decided_at: datetime | None = instant(optional=True)
    decided_due: date | None = None
    on_whose_word: str | None = None
    note: str | None = None
    document_number: str | None = None
    document_date: date | None = None


class Transfer(SQLModel, table=True):
    """An agency holds a task to be another's, and the decision on that."""

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("state", ("pending", "agreed", "refused"), name="transfer_state"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="transfer_decided"),
        Index(
            "transfer_one_pending",
            "assignment_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: int = row_id()
    assignment_id: int = link("assignment")
    wanted_agency_id: int | None = link("agency", optional=True, index=False)
    reason: str
    requested_by: int = link("member", index=False)
    requested_at: datetime = instant()
    state: str = "pending"
    decided_by: int | None = link("member", optional=True, index=False)
    decided_at: datetime | None = instant(optional=True)
    note: str | None = None


class Event(SQLModel, table=True):
    """The audit trail: who, when, from what, to what. Triggers refuse every change and deletion."""

    __tablename__ = "event"

    id: int = row_id()
    at: datetime = instant(index=True)
    actor_id: int | None = link("member", optional=True)
    actor: str
    action: str
    document_id: int | None = link("document", optional=True)
    assignment_id: int | None = link("assignment", optional=True)
    agency_id: int | None = link("agency", optional=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    after: dict[str, Any] | None = Field(default=None, sa_type=Json)
    update_id: int | None = Field(default=None, sa_type=BigId)
