"""The one way in: bytes of a `tasks.json`, checked as a whole, all faults at once."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

from bot.documents.decode import decode
from bot.documents.problems import FileRefused, Problem, json_path, shown
from bot.documents.reading import DeadlineReader
from bot.documents.reasons import find_nearest_word, list_field_faults
from bot.documents.recurrence import find_rule_fault
from bot.documents.rules import list_rule_faults, rows
from bot.documents.tasks_file import TasksFile
from bot.documents.values import find_iso_date
from bot.domain.saying import Saying, saying, unended

MAX_PROBLEMS = 1_000
_ANY_DAY = date(2000, 1, 1)
_EXAMPLES = (
    "hoàn thành trong tháng 5/2023",
    "trước ngày 31/5/2023",
    "trong quý II/2023",
    "trong năm 2023",
    "trước ngày 25 hằng tháng",
    "định kỳ",
    "thường xuyên",
)


def check_file(data: bytes, reader: DeadlineReader) -> TasksFile:
    """The checked file; raises FileRefused with every problem, and then nothing of it is usable."""
    raw, problems = decode(data)
    found = chain(problems, list_field_faults(raw), list_rule_faults(raw), _deadline_faults(raw, reader))
    if faults := list(dict.fromkeys(islice(found, MAX_PROBLEMS))):
        if next(found, None) is not None:
            faults.append(Problem("$", "…", saying("file.many", n=MAX_PROBLEMS)))
        raise FileRefused(faults)
    return TasksFile.model_validate(raw)


def _deadline_faults(raw: Any, reader: DeadlineReader) -> Iterator[Problem]:
    document = raw.get("document") if isinstance(raw, dict) else None
    issued_on = _day(document.get("issued_on")) if isinstance(document, dict) else None
    for index, row in rows(raw, "tasks"):
        yield from _rule_faults(index, row, issued_on)
        due = _day(row.get("due"))
        if due is not None and issued_on is not None and due < issued_on:
            yield _too_early(index, "due", row["due"], due, issued_on)
        if row.get("due") is None and row.get("recurrence") is None:
            yield from _phrase_faults(index, row.get("deadline"), issued_on, reader)


def _rule_faults(index: int, row: dict[str, Any], issued_on: date | None) -> Iterator[Problem]:
    rule = row.get("recurrence")
    if not isinstance(rule, str) or not 0 < len(rule) <= 300:
        return
    path = json_path(("tasks", index, "recurrence"))
    if row.get("due") is not None:
        yield Problem(path, shown(rule), saying("file.due_and_rule"))
    if (fault := find_rule_fault(rule, issued_on or _ANY_DAY)) is not None:
        yield Problem(path, shown(rule), fault)


def _phrase_faults(
    index: int, phrase: Any, issued_on: date | None, reader: DeadlineReader
) -> Iterator[Problem]:
    if not isinstance(phrase, str) or not 0 < len(phrase) <= 1_000:
        return
    reading = reader(phrase, issued_on)
    path = json_path(("tasks", index, "deadline"))
    if reading.problem is not None:
        yield Problem(path, shown(phrase), _how_to_write(reading.problem))
    elif reading.kind == "none" and not reading.candidates:
        yield Problem(path, shown(phrase), _how_to_write(saying("file.unread")), _near_phrase(phrase))
    elif reading.due is not None and issued_on is not None and reading.due < issued_on:
        yield _too_early(index, "deadline", phrase, reading.due, issued_on)
    elif reading.warning is not None:
        yield Problem(path, shown(phrase), _how_to_write(reading.warning))


def _how_to_write(reason: Saying) -> Saying:
    return saying("file.how_to_write", reason=unended(reason))


def _near_phrase(phrase: str) -> str:
    return find_nearest_word(phrase, list(_EXAMPLES)) or _EXAMPLES[0]


def _too_early(index: int, field: str, value: str, due: date, issued_on: date) -> Problem:
    reason = saying("file.too_early", due=f"{due:%d/%m/%Y}", on=f"{issued_on:%d/%m/%Y}")
    return Problem(json_path(("tasks", index, field)), shown(value), reason)


def _day(value: Any) -> date | None:
    return find_iso_date(value) if isinstance(value, str) else None
