"""The office's own days off and days worked, as people type them and as tables hold them."""

import calendar as months
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["off", "work"]
YEARS = (2000, 2100)
MOST_BYTES = 1_000_000
MOST_ROWS = 2000
LONGEST_NAME = 200
HEADER = ["day", "kind", "name"]
_SHOWN = 60
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("off", "nghỉ", "nghi"), "off"),
    **dict.fromkeys(("work", "làm", "lam"), "work"),
}
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LINE = re.compile(r"(\S+)(?:\s+(\S+))?(?:\s+(.*))?")


@dataclass(frozen=True)
class DayRow:
    """A day, and whether it is off or worked."""

    day: date
    kind: Kind
    name: str | None = None


@dataclass(frozen=True)
class OfficeDay:
    """A day off or a worked weekend day; `is_own`: of the office's table, which overrules the published calendar."""

    day: date
    kind: str
    name: str
    is_own: bool

    @property
    def source(self) -> str:
        return "office" if self.is_own else "published"


@dataclass(frozen=True)
class DayFault:
    """What is wrong in a line. `problem` names the sentence, `right` is what it needs beside the value."""

    line: int
    field: str
    value: str
    problem: str
    right: object = ""


Read = tuple[list[DayRow], list[DayFault]]


class _WrongError(Exception):
    def __init__(self, field: str, value: str, problem: str, right: object = "") -> None:
        super().__init__(problem)
        self.field, self.value, self.problem, self.right = field, value[:_SHOWN], problem, right

    def at(self, line: int) -> DayFault:
        return DayFault(line, self.field, self.value, self.problem, self.right)


def read_lines(text: str) -> Read:
    """A day a line: “2/1/2026 nghỉ Tết dương lịch”, “10/1/2026 làm bù”. Empty lines are left out."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or len(lines) > MOST_ROWS:
        return [], [DayFault(1, "file", "", "many" if lines else "empty", MOST_ROWS)]
    return _read_rows((n, _split_line(line)) for n, line in lines)


def _split_line(line: str) -> list[str]:
    found = _LINE.fullmatch(line)
    day, kind, name = found.groups(default="") if found else (line, "", "")
    # “làm bù” is one word to people, and its own name.
    is_made_up = _plain(kind) in ("làm", "lam") and _plain(name.split()[0]) in ("bù", "bu") if name else False
    return [day, kind, f"{kind} {name}" if is_made_up else name]


def read_table(data: bytes) -> Read:
    """A CSV or TSV table with the header `day,kind,name`, UTF-8 with or without a byte order mark."""
    try:
        return _read_rows(_split_table(data))
    except _WrongError as wrong:
        return [], [wrong.at(1)]
    except csv.Error as error:
        return [], [DayFault(1, "file", str(error)[:_SHOWN], "table")]


def _split_table(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if len(data) > MOST_BYTES:
        raise _WrongError("file", "", "big", MOST_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _WrongError("file", data[error.start : error.end].hex(), "encoding") from None
    first = text.lstrip().split("\n", 1)[0]
    delimiter = next((each for each in "\t;," if each in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    filled = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    if not filled or [cell.strip().casefold() for cell in filled[0][1]] != HEADER:
        raise _WrongError("header", ",".join(filled[0][1]) if filled else "", "header")
    if len(filled) == 1:
        raise _WrongError("file", "", "empty")
    if len(filled) - 1 > MOST_ROWS:
        raise _WrongError("file", str(len(filled) - 1), "many", MOST_ROWS)
    return iter(filled[1:])


def _read_rows(rows: Iterable[tuple[int, list[str]]]) -> Read:
    read: dict[date, tuple[int, DayRow]] = {}
    faults: list[DayFault] = []
    for line, cells in rows:
        row, found = _read_row(line, cells)
        faults += found
        if row is None:
            continue
        earlier, other = read.setdefault(row.day, (line, row))
        if other != row:
            faults.append(DayFault(line, "day", _show(row.day), "twice", earlier))
    return ([], faults) if faults else ([row for _, row in read.values()], [])


def _read_row(line: int, cells: list[str]) -> tuple[DayRow | None, list[DayFault]]:
    """Every fault of a line, not only the first."""
    if len(cells) != len(HEADER):
        return None, [DayFault(line, "row", ",".join(cells)[:_SHOWN], "columns", len(cells))]
    faults: list[DayFault] = []
    day = kind = name = None
    try:
        day = _read_day(cells[0])
    except _WrongError as wrong:
        faults.append(wrong.at(line))
    try:
        kind = _read_kind(cells[1])
    except _WrongError as wrong:
        faults.append(wrong.at(line))
    try:
        name = _read_name(cells[2])
    except _WrongError as wrong:
        faults.append(wrong.at(line))
    return (None, faults) if day is None or kind is None or faults else (DayRow(day, kind, name), [])


def _read_day(text: str) -> date:
    words = text.strip()
    found, order = _DAY.fullmatch(words), (3, 2, 1)
    if found is None:
        found, order = _ISO.fullmatch(words), (1, 2, 3)
    if found is None:
        raise _WrongError("day", words, "day")
    year, month, day = (int(part) for part in found.group(*order))
    if not YEARS[0] <= year <= YEARS[1]:
        raise _WrongError("day", words, "year", f"{YEARS[0]}–{YEARS[1]}")
    if not 1 <= month <= 12:
        raise _WrongError("day", words, "month")
    last = months.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise _WrongError("day", words, "no_day", _show(date(year, month, last)))
    return date(year, month, day)


def _read_kind(text: str) -> Kind:
    found = _KINDS.get(_plain(text).removesuffix(",").removesuffix(":"))
    if found is None:
        raise _WrongError("kind", text.strip(), "kind")
    return found


def _read_name(text: str) -> str | None:
    name = unicodedata.normalize(
        "NFC", "".join(each for each in text if each.isprintable() or each.isspace())
    )
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise _WrongError("name", name, "name", LONGEST_NAME)
    return name or None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def _show(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
