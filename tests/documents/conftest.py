"""What the tests of the document share: the shipped file, ways to spoil it, and one small reader."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.checking import check_file
from bot.documents.problems import FileRefused, Problem
from bot.documents.reading import DeadlineReader
from bot.domain.saying import Saying, saying
from tests.saying import SAY

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"


@dataclass(frozen=True)
class Reading:
    kind: str
    due: date | None = None
    recurrence: str | None = None
    precision: str | None = None
    problem: Saying | None = None
    warning: Saying | None = None
    ambiguous: bool = False
    candidates: tuple[date, ...] = ()


READINGS = {
    "thường xuyên": Reading("ongoing"),
    "định kỳ": Reading("recurring"),
    "hoàn thành trong tháng 5/2023": Reading("month", date(2023, 5, 31), precision="month"),
    "trước ngày 25 hằng tháng": Reading("recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=25"),
    "trước ngày 31/4/2023": Reading("none", problem=saying("fault.day", day=31, month=4, year=2023, last=30)),
    "trong vòng 30 ngày kể từ ngày ký": Reading("relative"),
    "trong tháng 5, tháng 6": Reading("month", date(2023, 6, 30), ambiguous=True),
}


@pytest.fixture
def reader() -> DeadlineReader:
    """A reader that knows a few phrases; the rest is no deadline to it."""
    return lambda phrase, _issued_on: READINGS.get(phrase, Reading("none"))


@pytest.fixture
def sample() -> dict[str, Any]:
    """The shipped document as plain values, free to be spoiled."""
    values: dict[str, Any] = json.loads(TASKS_FILE.read_text(encoding="utf-8"))
    return values


@dataclass(frozen=True)
class Told:
    """A problem as people read it in Vietnamese."""

    path: str
    value: str
    reason: str
    nearest: str | None
    sentence: str

    @classmethod
    def of(cls, problem: Problem) -> "Told":
        value = problem.value if isinstance(problem.value, str) else SAY(problem.value)
        return cls(problem.path, value, SAY(problem.reason), problem.nearest, SAY(problem.sentence))


@pytest.fixture
def problems(reader: DeadlineReader) -> Callable[[Any], dict[str, Told]]:
    """Checks values (or bytes) that must be refused; the problems by their path."""

    def refuse(values: Any) -> dict[str, Told]:
        data = values if isinstance(values, bytes) else json.dumps(values).encode()
        with pytest.raises(FileRefused) as refusal:
            check_file(data, reader)
        return {problem.path: Told.of(problem) for problem in refusal.value.problems}

    return refuse
