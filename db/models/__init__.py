"""Every table. A SQLModel table class does not validate: input is checked at the edge."""

from db.models.documents import (
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Document,
    Holiday,
    ReminderPolicy,
    Succession,
)
from db.models.messages import InboxUpdate, Indicator, Notice, OutboxCover, OutboxMessage
from db.models.people import (
    Address,
    Cover,
    DialogueState,
    GroupBinding,
    Invite,
    Member,
    Membership,
)
from db.models.system import Installation, Lease, OfficeSettings
from db.models.work import (
    Assignment,
    Attachment,
    DeadlineChange,
    Event,
    Extension,
    Report,
    Snooze,
    Task,
)

__all__ = [
    "Address",
    "Agency",
    "AgencyGroup",
    "AgencyGroupMember",
    "Assignment",
    "Attachment",
    "Cover",
    "DeadlineChange",
    "DialogueState",
    "Document",
    "Event",
    "Extension",
    "GroupBinding",
    "Holiday",
    "InboxUpdate",
    "Indicator",
    "Installation",
    "Invite",
    "Lease",
    "Member",
    "Membership",
    "Notice",
    "OfficeSettings",
    "OutboxCover",
    "OutboxMessage",
    "ReminderPolicy",
    "Report",
    "Snooze",
    "Succession",
    "Task",
]
