"""Phrases of party and state documents, read by hand, against what the reader makes of them."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.domain.deadlines import read_deadline

_TABLE = Path(__file__).with_name("phrases.tsv")


@dataclass(frozen=True)
class Row:
    phrase: str
    issued_on: date
    kind: str
    due: str | None
    recurrence: str | None


def _rows() -> Iterator[Row]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            issued_on = date.fromisoformat(row["issued_on"])
            yield Row(row["phrase"], issued_on, row["kind"], row["due"] or None, row["recurrence"] or None)


ROWS = list(_rows())
KINDS = sorted({row.kind for row in ROWS})


def _of(kind: str) -> Iterator[Row]:
    return (row for row in ROWS if row.kind == kind)


def _answer(phrase: str, issued_on: date) -> tuple[str, str | None, str | None]:
    reading = read_deadline(phrase, issued_on)
    return reading.kind.value, reading.due.isoformat() if reading.due else None, reading.recurrence


def _stripped(phrase: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def _old_tone_marks(phrase: str) -> str:
    """hoàn tòa uỷ: the tone on the other vowel."""
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("úy", "uý"), ("ùy", "uỳ")):
        phrase = phrase.replace(new, old)
    return phrase


def test_the_table_of_phrases_is_there() -> None:
    assert len(ROWS) > 2500


def test_no_phrase_is_there_twice() -> None:
    seen = [(row.phrase, row.issued_on) for row in ROWS]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("kind", KINDS)
def test_a_phrase_is_read_as_by_hand(kind: str) -> None:
    answers = ((row, _answer(row.phrase, row.issued_on)) for row in _of(kind))
    misread = [(row, answer) for row, answer in answers if answer != (row.kind, row.due, row.recurrence)]
    assert misread == []


def _in_blanks(phrase: str) -> str:
    blanks = phrase.replace(" ", "  \n\t ")
    return f"  **{blanks}**\u00a0"


_WAYS = (
    lambda phrase: unicodedata.normalize("NFD", phrase),
    str.upper,
    lambda phrase: _old_tone_marks(phrase.lower()),
    _in_blanks,
    lambda phrase: f"“*({phrase})*”",
    _stripped,
)
_WAYS_A_ROW = 2


def _other_ways(place: int, phrase: str) -> Iterator[str]:
    """Two ways a row in turn, so that each way meets a third of the table."""
    return (_WAYS[(_WAYS_A_ROW * place + step) % len(_WAYS)](phrase) for step in range(_WAYS_A_ROW))


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_a_phrase_is_written_does_not_matter(kind: str) -> None:
    """Case, blanks, both Unicode forms, tone marks, emphasis, brackets, missing diacritics."""
    misread = [
        (other, row)
        for place, row in enumerate(_of(kind))
        for other in _other_ways(place, row.phrase)
        if _answer(other, row.issued_on) != (row.kind, row.due, row.recurrence)
    ]
    assert misread == []
