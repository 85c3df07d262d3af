"""A group of times with the words around it: what the questions about it look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .clauses import REACH, clause_after, clause_before
from .dates import Resolved
from .groups import Group
from .nodes import Mark, Node, Role, Stated
from .reading import DeadlineKind as Kind


@dataclass(frozen=True)
class Case:
    """`group` among `nodes`, its times resolved in `found`, in a document of `issued_on`."""

    nodes: Sequence[Node]
    group: Group
    found: Sequence[Resolved]
    issued_on: date | None

    @property
    def stated(self) -> Stated:
        """The last time of the group, by which it is judged."""
        return self.group.members[-1]

    @property
    def kind(self) -> Kind:
        """The family of the last time."""
        return self.stated.kind

    @cached_property
    def last(self) -> date | None:
        """The last of the days."""
        return max((one.due for one in self.found if one.due), default=None)

    @cached_property
    def before(self) -> list[str]:
        """The words of the sentence before the group, empty text for what is no word."""
        return clause_before(self.nodes, self.group.start)

    @cached_property
    def after(self) -> list[str]:
        """The words behind the group, up to the next sentence or duty."""
        return clause_after(self.nodes, self.group.end)

    def mark(self, step: int) -> Mark | None:
        """The mark `step` places behind the group (0 the next), or before it (-1 the nearest)."""
        place = self.group.end + step if step >= 0 else self.group.start + step
        node = self.nodes[place] if 0 <= place < len(self.nodes) else None
        return node if isinstance(node, Mark) else None

    @property
    def near_before(self) -> Sequence[Node]:
        """A bounded number of nodes before the group."""
        return self.nodes[max(0, self.group.start - REACH) : self.group.start]

    @property
    def near_after(self) -> Sequence[Node]:
        """A bounded number of nodes behind the group."""
        return self.nodes[self.group.end : self.group.end + REACH]

    def is_followed_by(self, role: Role) -> bool:
        """Whether one of the next two marks of the sentence has this role."""
        first, second = self.mark(0), self.mark(1)
        if first and first.role is Role.STOP:
            return False
        return any(mark is not None and mark.role is role for mark in (first, second))

    def has_words_after(self) -> bool:
        """Whether the sentence goes on with words of its own."""
        after = self.mark(0)
        if after and after.text in (",", ">"):
            after = self.mark(1)
        return after is not None and after.role in (Role.OTHER, Role.THING, Role.PAST)
