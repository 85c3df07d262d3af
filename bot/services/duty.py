"""A duty of the tick: what it asks to know when it is next due, and what one transaction of it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

# What a duty asks to know when it is next due, each for one value (None: no row); and these values.
Queries = Sequence[Select[Any]]


Found = Sequence[Any]


@dataclass(frozen=True)
class Due:
    """What one transaction of a tick did; `more`: another one is needed."""

    notices: int
    more: bool
