"""A reminder that is still to come, as things stand now."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.assignment import AssignmentView


@dataclass(frozen=True)
class Receiver:
    """The agency that is spoken to: the advising one for a lead nobody may press."""

    key: str
    name: str


@dataclass(frozen=True)
class Expected:
    """What will be sent about one assignment, should nothing be handed in before.

    `view`: of a period that is not made yet the id is 0. `kind`: a ladder's kind, or `waiting` (a report waits for
    the secretariat), or `snooze`. `on`: the local day. `moved_from`: the day off it would have been on, with its name
    (empty where it has none). `is_late`: it was due already. `to`: the agency that gets it, None: the secretariat.
    `recipients`: how many can receive it now. `held`: why nothing will be sent; empty where it will.
    """

    at: datetime
    on: date
    kind: str
    step: str
    view: AssignmentView
    to: Receiver | None
    recipients: int
    moved_from: date | None = None
    moved_name: str = ""
    is_late: bool = False
    held: str = ""
