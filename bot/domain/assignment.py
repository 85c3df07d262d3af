"""What can happen to an assignment, as a table of values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from bot.domain.timeliness import Status, Timeliness


class Move(StrEnum):
    """Something done to an assignment."""

    RECEIVE = "receive"
    START = "start"
    PROGRESS = "progress"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    REASSIGN = "reassign"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    UNDO = "undo"


OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS)
CLOSED = (Status.COMPLETED, Status.SUSPENDED, Status.WITHDRAWN)
_UNFINISHED = (*OPEN, Status.AWAITING_CONFIRMATION)

# Where the work stood before, as its reports tell it.
AS_REPORTED = "as reported"

MOVES: Mapping[tuple[Status, Move], Status | str] = MappingProxyType(
    {
        (Status.NOT_STARTED, Move.RECEIVE): Status.NOT_STARTED,
        (Status.IN_PROGRESS, Move.RECEIVE): Status.IN_PROGRESS,
        (Status.NOT_STARTED, Move.START): Status.IN_PROGRESS,
        **{(each, Move.PROGRESS): Status.IN_PROGRESS for each in OPEN},
        (Status.AWAITING_CONFIRMATION, Move.PROGRESS): Status.AWAITING_CONFIRMATION,
        **{(each, Move.SUBMIT): Status.AWAITING_CONFIRMATION for each in OPEN},
        (Status.AWAITING_CONFIRMATION, Move.ACCEPT): Status.COMPLETED,
        (Status.AWAITING_CONFIRMATION, Move.RETURN): Status.IN_PROGRESS,
        **{(each, Move.EXTEND): each for each in _UNFINISHED},
        **{(each, Move.SUSPEND): Status.SUSPENDED for each in _UNFINISHED},
        (Status.SUSPENDED, Move.RESUME): AS_REPORTED,
        **{(each, Move.REASSIGN): Status.WITHDRAWN for each in (*OPEN, Status.SUSPENDED)},
        **{(each, Move.WITHDRAW): Status.WITHDRAWN for each in (*_UNFINISHED, Status.SUSPENDED)},
        (Status.WITHDRAWN, Move.REOPEN): AS_REPORTED,
        (Status.COMPLETED, Move.REOPEN): Status.IN_PROGRESS,
        # A decision on a report is taken back: it waits again.
        (Status.COMPLETED, Move.UNDO): Status.AWAITING_CONFIRMATION,
        (Status.IN_PROGRESS, Move.UNDO): Status.AWAITING_CONFIRMATION,
    }
)


def find_next_status(status: Status, move: Move, reported: Status = Status.NOT_STARTED) -> Status | None:
    """The status after the move; None where the move is not possible.

    `reported`: where the work stands by its reports alone (`status_by_reports`).
    """
    after = MOVES.get((status, move))
    return reported if after == AS_REPORTED else Status(after) if after else None


def status_by_reports(*, is_waiting: bool, has_reports: bool) -> Status:
    """Where the work stands, told from its reports: a completion waits, something was reported, or nothing."""
    if is_waiting:
        return Status.AWAITING_CONFIRMATION
    return Status.IN_PROGRESS if has_reports else Status.NOT_STARTED


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
    plan_no: int
    complete_by: date | None
    grace_until: date | None
    own_label: str = ""  # the clause without the period
    is_settled: bool = False  # the secretariat has fixed the deadline, or that there is none

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
class Standing:
    """Status and submission of an assignment as things stood at an instant."""

    status: Status
    submitted_at: datetime | None = None
    completed_at: datetime | None = None
    grace_until: date | None = None


T = TypeVar("T")


def value_at(current: T, changes: Iterable[tuple[datetime, T]], at: datetime) -> T:
    """A value as it stood at `at`, told from its later changes: (when, what it was before), in order."""
    for changed_at, before in changes:
        if changed_at > at:
            return before
    return current
