"""A rule of the grammar: a pattern, and what to make of a match."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .nodes import Node
from .pattern import Captures, Items, compile_pattern

Build = Callable[[Captures], Node | Sequence[Node]]


@dataclass(frozen=True)
class Rule:
    """`pattern` in the language of `pattern.py`; `build` makes one node or several of what its slots found."""

    pattern: str
    build: Build
    items: Items = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", compile_pattern(self.pattern))

    def nodes(self, captures: Captures) -> Sequence[Node]:
        """The nodes of one match."""
        made = self.build(captures)
        return made if isinstance(made, Sequence) else (made,)
