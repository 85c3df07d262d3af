"""What this package needs from the reader of deadline phrases; the reader itself is handed in."""

from datetime import date
from typing import Protocol

from bot.domain.saying import Saying


class DeadlineReading(Protocol):
    """How a phrase was understood: `due` is a local date, `recurrence` an RFC 5545 rule."""

    @property
    def kind(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def recurrence(self) -> str | None: ...
    @property
    def precision(self) -> str | None: ...
    @property
    def problem(self) -> Saying | None: ...
    @property
    def warning(self) -> Saying | None: ...
    @property
    def ambiguous(self) -> bool: ...
    @property
    def candidates(self) -> tuple[date, ...]: ...


class DeadlineReader(Protocol):
    """Reads a phrase of a document issued on a day (None where it is not known)."""

    def __call__(self, phrase: str, issued_on: date | None, /) -> DeadlineReading: ...
