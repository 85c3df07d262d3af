"""What can happen to an assignment, as a table of values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.timeliness import Status, Timeliness


class Move(StrEnum):
    """Something done to an assignment that may change its status."""

    PROGRESS = "progress"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[Status, Move], Status] = MappingProxyType(
    {
        (Status.NOT_STARTED, Move.PROGRESS): Status.IN_PROGRESS,
        (Status.IN_PROGRESS, Move.PROGRESS): Status.IN_PROGRESS,
        (Status.AWAITING_CONFIRMATION, Move.PROGRESS): Status.AWAITING_CONFIRMATION,
        (Status.NOT_STARTED, Move.SUBMIT): Status.AWAITING_CONFIRMATION,
        (Status.IN_PROGRESS, Move.SUBMIT): Status.AWAITING_CONFIRMATION,
        (Status.AWAITING_CONFIRMATION, Move.ACCEPT): Status.COMPLETED,
        (Status.AWAITING_CONFIRMATION, Move.RETURN): Status.IN_PROGRESS,
        (Status.NOT_STARTED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.IN_PROGRESS, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.AWAITING_CONFIRMATION, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.SUSPENDED, Move.WITHDRAW): Status.WITHDRAWN,
    }
)

OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS)
CLOSED = (Status.COMPLETED, Status.SUSPENDED, Status.WITHDRAWN)


def find_next_status(status: Status, move: Move) -> Status | None:
    """The status after the move; None where the move is not possible."""
    return MOVES.get((status, move))


@dataclass(frozen=True)
class AssignmentView:
    """An assignment with what people need to see beside it, judged on one day."""

    id: int
    document_id: int
    document_key: str
    document: str
    task_id: int
    clause: str
    clause_label: str
    task: str
    text: str
    product: str | None
    person: str | None
    coordinating_text: str | None
    agency_id: int
    agency_key: str
    agency_name: str
    advising_id: int | None
    role: str
    period: str
    due: date | None
    original_due: date | None
    met_until: date | None  # a deadline on a day off is still met on the next working day
    deadline_kind: str
    deadline_text: str | None
    deadline_confirmed: bool
    status: Status
    timeliness: Timeliness
    assigned_at: datetime
    acknowledged_at: datetime | None
    submitted_at: datetime | None
    completed_at: datetime | None
    version: int

    @property
    def is_lead(self) -> bool:
        return self.role == "lead"

    @property
    def answering_id(self) -> int:
        """The agency that gets the messages and reports: the advising one for a lead nobody may press."""
        return self.advising_id or self.agency_id

    def is_late(self, today: date) -> bool:
        """Whether the last day on which the deadline is met is over."""
        return self.met_until is not None and self.met_until < today

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True)
class Submission:
    """A completion report as the past knew it: when handed in, and when and how it was judged."""

    submitted_at: datetime
    review: str
    reviewed_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """Status and submission of an assignment as things stood at an instant."""

    status: Status
    submitted_at: datetime | None
    completed_at: datetime | None


def standing_at(
    current: Standing, submissions: tuple[Submission, ...], progress_at: datetime | None, at: datetime
) -> Standing:
    """As things stood at `at`, told from the reports: a later report or decision is not yet known.

    `submissions` are in the order they were handed in; two may bear the same instant.
    """
    if current.status in (Status.SUSPENDED, Status.WITHDRAWN):
        return current
    known = [each for each in submissions if each.submitted_at <= at]
    if known:
        last = known[-1]
        decided = last.reviewed_at is not None and last.reviewed_at <= at
        if not decided:
            return Standing(Status.AWAITING_CONFIRMATION, last.submitted_at, None)
        if last.review == "accepted":
            return Standing(Status.COMPLETED, last.submitted_at, last.reviewed_at)
        return Standing(Status.IN_PROGRESS, None, None)
    started = progress_at is not None and progress_at <= at
    return Standing(Status.IN_PROGRESS if started else Status.NOT_STARTED, None, None)


def due_at(
    current: date | None, changes: tuple[tuple[datetime, date | None], ...], at: datetime
) -> date | None:
    """The deadline as it stood at `at`; `changes`: (when, the deadline before it), in order."""
    for changed_at, before in changes:
        if changed_at > at:
            return before
    return current
