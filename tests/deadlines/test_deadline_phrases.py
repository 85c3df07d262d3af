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
    assert len(ROWS) > 400


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:60])
def test_a_phrase_is_read_as_by_hand(row: Row) -> None:
    assert _answer(row.phrase, row.issued_on) == (row.kind, row.due, row.recurrence)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:60])
def test_the_way_a_phrase_is_written_does_not_matter(row: Row) -> None:
    wanted = _answer(row.phrase, row.issued_on)
    for other in (
        unicodedata.normalize("NFD", row.phrase),
        row.phrase.upper(),
        row.phrase.lower(),
        _old_tone_marks(row.phrase),
        row.phrase.replace(" ", "  \n\t "),
        f"  {row.phrase}\u00a0",
        f"**{row.phrase}**",
        f"*({row.phrase})*",
        f"“{row.phrase}”",
    ):
        assert _answer(other, row.issued_on) == wanted, other


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:60])
def test_missing_diacritics_do_not_matter(row: Row) -> None:
    assert _answer(_stripped(row.phrase), row.issued_on) == _answer(row.phrase, row.issued_on)
