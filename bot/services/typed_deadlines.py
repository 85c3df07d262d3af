"""A deadline as the secretariat types it: read, and refused with what would be right where it cannot be one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.documents.recurrence import find_rule_fault
from bot.domain.deadlines import DeadlineKind, DeadlineReading, read_deadline, word_values
from bot.domain.periods import first_period
from bot.domain.saying import Saying
from bot.errors import UserError
from bot.services.context import Actor, Work, load_calendar
from db.models import Document, Task


@dataclass(frozen=True)
class Choice:
    """What the deadline is to be: of `kind` “none” there is none."""

    kind: str
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None

    @property
    def wording(self) -> Saying:
        """How documents write it."""
        return word_values(self.kind, self.due, self.recurrence)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "due": self.due.isoformat() if self.due else None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Choice":
        due = date.fromisoformat(kept["due"]) if kept["due"] else None
        return cls(kept["kind"], due, kept["recurrence"], kept["precision"])


NO_DEADLINE = Choice("none")


def find_issued_on(work: Work, task: Task) -> date | None:
    """The date of the document that gives the task."""
    return work.session.get_one(Document, task.document_id).issued_on


def read_words(work: Work, issued_on: date | None, words: str) -> DeadlineReading:
    """Any phrase: what is counted, from the document's date; a day without its year, the next from today."""
    whole = read_deadline(words, None, work.calendar)
    if whole.due or whole.recurrence or whole.candidates or whole.kind is DeadlineKind.ONGOING:
        return whole
    reading = read_deadline(words, work.today, work.calendar)
    if not is_counted(reading) or issued_on is None:
        return reading
    return read_deadline(words, issued_on, load_calendar(work.session, issued_on.year))


def choose(work: Work, actor: Actor, issued_on: date | None, reading: DeadlineReading, words: str) -> Choice:
    """The deadline that was read from the words. Raises UserError with what would be right."""
    problem = reading.problem or (reading.recurrence and find_rule_fault(reading.recurrence, work.today))
    if problem:
        raise work.refuse("settle_problem", actor.language, text=words[:100], problem=problem)
    if (unclear := _find_unclear(work, actor, issued_on, reading, words)) is not None:
        raise unclear
    if reading.due:
        check_day(work, actor, issued_on, reading.due)
    return Choice(reading.kind.value, reading.due, reading.recurrence, reading.precision)


def check_day(work: Work, actor: Actor, issued_on: date | None, day: date) -> None:
    """Raises UserError for a day before the document's own."""
    if issued_on is not None and day < issued_on:
        raise work.refuse("settle_before", actor.language, day=day, on=issued_on)


def find_first_due(work: Work, choice: Choice) -> date | None:
    """The day of the deadline, or of the first period."""
    if choice.recurrence is None:
        return choice.due
    found = first_period(choice.recurrence, work.today, work.today)
    return found.due if found else None


def _find_unclear(
    work: Work, actor: Actor, issued_on: date | None, reading: DeadlineReading, words: str
) -> UserError | None:
    text = words[:100]
    if reading.kind is DeadlineKind.RECURRING and not reading.recurrence:
        return work.refuse("settle_interval", actor.language, text=text)
    if is_counted(reading) and reading.due and issued_on is None:
        return work.refuse("settle_undated", actor.language, text=text, day=reading.due)
    has_deadline = reading.due or reading.recurrence or reading.kind is DeadlineKind.ONGOING
    if reading.ambiguous or not has_deadline:
        return work.refuse("settle_unread", actor.language, text=text)
    return None


def is_counted(reading: DeadlineReading) -> bool:
    """“10 ngày kể từ ngày ký”; not “tuần sau”, which is known today."""
    return reading.kind is DeadlineKind.RELATIVE and reading.precision != "week"
