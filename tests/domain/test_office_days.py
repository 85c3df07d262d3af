"""The office's days as typed and as a table: every fault at once, nothing guessed, what is written reads back."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office_days import LONGEST_NAME, MOST_BYTES, MOST_ROWS, DayRow, read_lines, read_table

NAMES = st.text(st.characters(categories=("L", "N", "P")), max_size=30).map(
    lambda name: unicodedata.normalize("NFC", f"Tết {name}") if name else None
)
ROWS = st.builds(
    DayRow, st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(("off", "work")), NAMES
)
TABLES = st.lists(ROWS, min_size=1, max_size=20, unique_by=lambda row: row.day)


def write(rows: Sequence[DayRow], delimiter: str = ",", *, is_local: bool = False) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["day", "kind", "name"])
    words = {"off": "nghỉ", "work": "làm"}
    for row in rows:
        day = f"{row.day.day}/{row.day.month}/{row.day.year}" if is_local else row.day.isoformat()
        writer.writerow([day, words[row.kind] if is_local else row.kind, row.name or ""])
    return file.getvalue().encode("utf-8-sig" if is_local else "utf-8")


def faults_of(text: str) -> list[tuple[int, str, str]]:
    rows, faults = read_table(text.encode())
    assert rows == []
    return [(each.line, each.field, each.problem) for each in faults]


def test_typed_days_are_read_with_their_names() -> None:
    rows, faults = read_lines(
        "2/1/2026 nghỉ Tết dương lịch\n\n 10/1/2026  làm bù\n2026-02-16 off\n5-9-2026 lam"
    )
    assert faults == []
    assert rows == [
        DayRow(date(2026, 1, 2), "off", "Tết dương lịch"),
        DayRow(date(2026, 1, 10), "work", "làm bù"),
        DayRow(date(2026, 2, 16), "off", None),
        DayRow(date(2026, 9, 5), "work", None),
    ]


@pytest.mark.parametrize(
    ("line", "problem", "right"),
    [
        ("29/2/2026 nghỉ", "no_day", "28/2/2026"),
        ("1/13/2026 nghỉ", "month", ""),
        ("1/1/1999 nghỉ", "year", "2000–2100"),
        ("mai nghỉ", "day", ""),
        ("2/1 nghỉ", "day", ""),
        ("2/1/2026", "kind", ""),
        ("2/1/2026 chơi", "kind", ""),
        ("2/1/2026 nghỉ " + "x" * (LONGEST_NAME + 1), "name", LONGEST_NAME),
    ],
)
def test_a_wrong_line_says_what_would_be_right(line: str, problem: str, right: object) -> None:
    rows, (fault,) = read_lines(line)
    assert rows == []
    assert (fault.problem, fault.right) == (problem, right)


def test_a_table_tells_every_fault_with_its_line_and_field() -> None:
    table = "day,kind,name\n2026-01-02,off,Tết\n31/2/2026,chơi,x\n2026-01-02,work,bù\n2026-01-03,off\n"
    assert faults_of(table) == [
        (3, "day", "no_day"),
        (3, "kind", "kind"),
        (4, "day", "twice"),
        (5, "row", "columns"),
    ]


def test_the_same_line_twice_contradicts_nothing() -> None:
    rows, faults = read_table(b"day,kind,name\n2026-01-02,off,x\n2/1/2026,off,x\n")
    assert (len(rows), faults) == (1, [])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "header"),
        (b"ngay,loai,ten\n2026-01-02,off,x\n", "header"),
        (b"day,kind,name\n", "empty"),
        (b"day,kind,name\n2026-01-02,off,\xff\n", "encoding"),
        ('day,kind,name\n2026-01-02,off,"hở\n'.encode(), "table"),
        (b"day,kind,name\n" + b"2026-01-02,off,x\n" * (MOST_ROWS + 1), "many"),
        (b" " * (MOST_BYTES + 1), "big"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(data: bytes, problem: str) -> None:
    rows, (fault,) = read_table(data)
    assert rows == []
    assert fault.problem == problem


@given(TABLES, st.sampled_from(",\t;"), st.booleans())
def test_a_written_table_reads_back_the_same(rows: list[DayRow], delimiter: str, is_local: bool) -> None:
    assert read_table(write(rows, delimiter, is_local=is_local)) == (rows, [])


@given(TABLES)
def test_written_lines_read_back_the_same(rows: list[DayRow]) -> None:
    words = {"off": "nghỉ", "work": "làm"}
    lines = [f"{r.day.day}/{r.day.month}/{r.day.year} {words[r.kind]} {r.name or ''}" for r in rows]
    assert read_lines("\n".join(lines)) == (rows, [])


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"day,kind,name\n{text}".encode()))
def test_no_table_raises(data: bytes) -> None:
    rows, faults = read_table(data)
    assert bool(rows) != bool(faults)


@given(st.text(max_size=200) | st.text("0123456789/ -nghỉlàm\n", max_size=100))
def test_no_typed_text_raises(text: str) -> None:
    rows, faults = read_lines(text)
    assert bool(rows) != bool(faults)
