"""Reads the tokens of a phrase from left to right into nodes, one rule or one word at a time.

At each place the rules are tried in the order of their tables: rhythms, the calendar, lengths of time; then the
vocabulary; what nothing knows is a word of its own. The first words of each rule are known beforehand, so that
a place costs only the rules that can begin there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import rhythm_slots, slots
from .calendar_rules import CALENDAR_RULES
from .length_rules import LENGTH_RULES
from .nodes import Mark, Node, Role
from .pattern import Matcher, Slot, Stream, first_words, needed_words
from .rhythm_rules import RHYTHM_RULES
from .rule import Rule
from .units import UNITS
from .vocabulary import LONGEST, PUNCTUATION, TURNS

_CODE_LIMIT = 12
_NEAR = 32
_NUMBER = frozenset({"#"})
_COUNT = _NUMBER | slots.ONES.keys() | {"muoi"}
_QUARTER = _NUMBER | slots.ROMAN.keys()
_MONTH = _COUNT | slots.MONTH_NAMES.keys()
_EACH = frozenset({"hang", "moi", "tung"})
_ANY = frozenset({"*"})

# A slot, and what it can begin with: `#` a number, `*` anything.
_SLOTS: dict[str, tuple[Slot, frozenset[str]]] = {
    "day": (slots.day, _NUMBER),
    "days": (slots.days, _NUMBER),
    "bare_days": (slots.bare_days, _NUMBER),
    "limited_day": (slots.limited_day, _NUMBER),
    "month": (slots.month, _NUMBER),
    "any_month": (slots.any_month, _MONTH),
    "months": (slots.months, _MONTH),
    "real_months": (slots.real_months, _MONTH),
    "several_months": (slots.several_months, _MONTH),
    "dot": (slots.dot, frozenset({".", "-"})),
    "real_month": (slots.real_month, _NUMBER),
    "year": (slots.year, _NUMBER),
    "years": (slots.years, _NUMBER),
    "short_year": (slots.short_year, _NUMBER),
    "written_year": (slots.written_year, _NUMBER),
    "day_name": (slots.day_name, _COUNT),
    "zodiac": (slots.zodiac, _ANY),
    "odd_year": (slots.odd_year, _NUMBER),
    "year_shift": (slots.year_shift, frozenset(slots.YEAR_SHIFTS)),
    "tail": (slots.tail, _NUMBER | {"/", "-", ".", ",", "cua", "trong", "nam"}),
    "said": (slots.said, frozenset({"ngay", "mung", "mong"})),
    "quarter": (slots.quarter, _QUARTER),
    "quarters": (slots.quarters, _QUARTER),
    "quarter_name": (slots.quarter_name, frozenset(slots.QUARTER_NAMES)),
    "roman": (slots.roman_quarter, frozenset(slots.ROMAN)),
    "q_scanned": (slots.q_scanned, frozenset(slots.Q_SCANNED)),
    "q_roman": (slots.q_roman, frozenset(slots.Q_ROMAN)),
    "count": (slots.count, _COUNT),
    "part": (slots.part, frozenset(slots.PARTS)),
    "ordinal": (slots.ordinal, _NUMBER | slots.ORDINALS.keys()),
    "hour": (slots.hour, _NUMBER),
    "minute": (slots.minute, _NUMBER),
    "unit": (rhythm_slots.unit, frozenset(UNITS)),
    "long_unit": (rhythm_slots.long_unit, frozenset({"thang", "quy", "nam"})),
    "weekday": (rhythm_slots.weekday, frozenset({"thu", "chu"})),
    "weekdays": (rhythm_slots.weekdays, frozenset({"thu", "chu"})),
    "rhythms": (rhythm_slots.rhythms, _COUNT | set(UNITS) | _EACH),
    "cell": (rhythm_slots.cell, _COUNT | set(UNITS)),
    "listed": (rhythm_slots.listed, _COUNT | set(UNITS)),
    "steady": (rhythm_slots.steady, _EACH),
    "following": (rhythm_slots.following, _ANY),
    "shift": (rhythm_slots.shift, _ANY),
    "no_number": (rhythm_slots.no_number, _ANY),
    "years_said": (rhythm_slots.years_said, _ANY),
    "pause": (rhythm_slots.pause, _ANY),
    "day_ahead": (rhythm_slots.day_ahead, _ANY),
    "moved": (rhythm_slots.moved, frozenset({"sang", "xuong", "len", "thanh"})),
    "times_ahead": (rhythm_slots.times_ahead, _ANY),
    "once_ahead": (rhythm_slots.once_ahead, _ANY),
    "working": (rhythm_slots.working, _ANY),
    "origin": (rhythm_slots.origin, _ANY),
}
RULES: tuple[Rule, ...] = (*RHYTHM_RULES, *CALENDAR_RULES, *LENGTH_RULES)
_MATCHER = Matcher({name: slot for name, (slot, _) in _SLOTS.items()})


@dataclass(frozen=True)
class _Entry:
    """A rule, and the words that must stand near for it to be worth a try."""

    rule: Rule
    needs: tuple[frozenset[str], ...]


def _by_first_word() -> dict[str, list[_Entry]]:
    firsts = {name: first for name, (_, first) in _SLOTS.items()}
    index: dict[str, list[_Entry]] = defaultdict(list)
    for rule in RULES:
        entry = _Entry(rule, needed_words(rule.items, firsts))
        for word in {"#" if word.isdecimal() else word for word in first_words(rule.items, firsts)}:
            index[word].append(entry)
    return dict(index)


_INDEX = _by_first_word()


@dataclass(frozen=True)
class Parsed:
    """The nodes of a phrase and the looks at its tokens they cost."""

    nodes: list[Node] = field(default_factory=list)
    steps: int = 0


def parse(stream: Stream) -> Parsed:
    """All of `stream` as nodes."""
    nodes: list[Node] = []
    place = 0
    while place < len(stream.tokens):
        made, place = _read(stream, place)
        nodes.extend(made)
    return Parsed(nodes, stream.steps)


def _read(stream: Stream, place: int) -> tuple[Sequence[Node], int]:
    code_end = _document_number(stream, place)
    if code_end:
        return (Mark(Role.CODE),), code_end
    return _by_rule(stream, place) or _by_word(stream, place)


def _by_rule(stream: Stream, place: int) -> tuple[Sequence[Node], int] | None:
    token = stream.tokens[place]
    entries = _INDEX.get("#" if token.kind == "number" else token.text, ())
    near = frozenset(other.text for other in stream.tokens[place : place + _NEAR]) if entries else frozenset()
    for entry in entries:
        if any(need.isdisjoint(near) for need in entry.needs):
            continue
        match = _MATCHER.match(entry.rule.items, stream, place)
        if match:
            return entry.rule.nodes(match[0]), match[1]
    return None


def _by_word(stream: Stream, place: int) -> tuple[Sequence[Node], int]:
    figure_end = _figure(stream, place)
    if figure_end:
        return (Mark(Role.OTHER, stream.text(place)),), figure_end
    words = tuple(stream.text(place + step) for step in range(LONGEST))
    for length in range(LONGEST, 0, -1):
        role = TURNS.get(words[:length])
        if role:
            return (Mark(role, " ".join(words[:length])),), place + length
    return (Mark(PUNCTUATION.get(words[0], Role.OTHER), words[0]),), place + 1


def _figure(stream: Stream, place: int) -> int | None:
    """The end of “1.250.000” or “7,5”, whose stops end no sentence."""
    if stream.number(place) is None:
        return None
    end = place + 1
    while end - place < _CODE_LIMIT and stream.text(end) in (".", ","):
        sign, part = stream.at(end), stream.at(end + 1)
        if not (sign and part and sign.glued and part.glued and part.kind == "number"):
            break
        end += 2
    return end if end > place + 1 else None


def _after_torn_year(stream: Stream, place: int) -> int:
    """Past the figures a document's number begins with: “70”, or “70 /2024” with a blank before the year."""
    sign, year = stream.at(place + 1), stream.at(place + 2)
    torn = (
        sign and year and sign.text == "/" and not sign.glued and year.glued and slots.year(stream, place + 2)
    )
    return place + 3 if torn and stream.text(place + 3) == "/" else place + 1


def _document_number(stream: Stream, place: int) -> int | None:
    """The end of “386-BC/BTCTW” or “118/2025/NĐ-CP”: figures and letters with no blank between."""
    if stream.number(place) is None:
        return None
    end, lettered = _after_torn_year(stream, place), False
    while end - place < _CODE_LIMIT and stream.text(end) in ("-", "/"):
        sign, part = stream.at(end), stream.at(end + 1)
        if not (sign and part and sign.glued and part.glued) or part.text in UNITS or part.kind == "mark":
            break
        lettered = lettered or (part.kind == "word" and part.text != "lan")
        end += 2
        session = stream.at(end)
        end += lettered and session is not None and session.glued and session.kind == "number"  # QH15
    return end if lettered else None
