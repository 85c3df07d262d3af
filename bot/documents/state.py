"""What the database holds when a document is loaded over it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.documents.merge import Fields

Role = Literal["lead", "coordinating"]
AssignmentAction = Literal["add", "reactivate", "withdraw"]
LEFT_FILE = "left_file"
# Before the number of a task that was given in chat; no file may use it, so that a load never touches such a task.
CHAT = "CHAT-"
ROLES: tuple[Role, ...] = ("lead", "coordinating")


class AssignmentKey(NamedTuple):
    """One task given to one agency in one role (all its periods)."""

    clause: str
    agency: str
    role: Role


@dataclass(frozen=True, slots=True)
class Stored:
    """Fields as they stand in the database, and as the file had them at its last load (None or empty: never)."""

    current: Fields
    base: Fields | None = None


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A stored task; `withdrawn`: taken back, by a load or by people."""

    current: Fields
    base: Fields | None = None
    withdrawn: bool = False

    @property
    def in_file(self) -> bool:
        """Whether the last load had the task; a load that withdraws it says so in its base."""
        return bool(self.base) and (self.base or {}).get(LEFT_FILE) is not True


@dataclass(frozen=True, slots=True)
class StoredAssignment:
    """Whether the assignment still stands, and whether anything was reported on it."""

    active: bool = True
    has_reports: bool = False


@dataclass(frozen=True, slots=True)
class StoredTarget(Stored):
    """A stored figure; `has_numbers`: somebody has reported on it."""

    has_numbers: bool = False


@dataclass(frozen=True, slots=True)
class LoadedState:
    """What the database holds about a document, and every agency and group it knows by key."""

    document: Stored | None = None
    agencies: Mapping[str, Stored] = field(default_factory=dict)
    groups: Mapping[str, Stored] = field(default_factory=dict)
    tasks: Mapping[str, StoredTask] = field(default_factory=dict)
    assignments: Mapping[AssignmentKey, StoredAssignment] = field(default_factory=dict)
    targets: Mapping[str, StoredTarget] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssignmentChange:
    """One assignment to make, to bring back or to withdraw (never to delete)."""

    key: AssignmentKey
    action: AssignmentAction
    has_reports: bool = False
