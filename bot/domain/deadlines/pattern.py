"""The little language the rules are written in, and its matcher.

    thang        this word, folded (no diacritics, lower case)
    hang|moi     one of these words
    [cua]        may be left out; brackets may hold several items
    (a b;c d)    one of these sequences
    {day}        a slot: a named kind of value (`slots.py`) whose numbers the rule receives
    {day:first}  the same under another name

Matching is ordered: an optional item is first tried, then left out. Rules are short and slots bounded, so a
try costs a constant, and `Stream.steps` counts what was looked at.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .tokens import Token

Numbers = tuple[int, ...]
Found = tuple[Numbers, int]
Slot = Callable[["Stream", int], Found | None]


@dataclass
class Stream:
    """The tokens of one phrase, with the number of looks taken at them."""

    tokens: list[Token]
    steps: int = 0

    def at(self, place: int) -> Token | None:
        """The token at `place`, None before the first and past the last."""
        self.steps += 1
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def text(self, place: int) -> str:
        """The folded text at `place`, empty past the end."""
        token = self.at(place)
        return token.text if token else ""

    def number(self, place: int) -> int | None:
        """The number at `place`, None where no number stands."""
        token = self.at(place)
        return token.value if token and token.kind == "number" else None


@dataclass
class Captures:
    """What the slots of a rule found, by slot name."""

    found: dict[str, Numbers] = field(default_factory=dict)

    def one(self, name: str) -> int:
        """The (first) number of a slot that always matches."""
        return self.found[name][0]

    def maybe(self, name: str) -> int | None:
        """The (first) number of an optional slot."""
        return self.found[name][0] if self.found.get(name) else None

    def many(self, name: str) -> Numbers:
        """All numbers of a slot, none when it was left out."""
        return self.found.get(name, ())


@dataclass(frozen=True)
class Item:
    words: frozenset[str] = frozenset()
    slot: str = ""
    name: str = ""
    choices: tuple[tuple["Item", ...], ...] = ()
    optional: bool = False


Items = tuple[Item, ...]


def compile_pattern(text: str) -> Items:
    """The items of a pattern; ValueError where brackets do not pair."""
    spaced = text
    for sign in "[]();":
        spaced = spaced.replace(sign, f" {sign} ")
    pieces = iter(spaced.split())
    choices, closed_by = _choices(pieces)
    if closed_by or len(choices) != 1:
        raise ValueError(f"unpaired bracket or stray ; in {text!r}")
    return choices[0]


def _choices(pieces: Iterator[str]) -> tuple[tuple[Items, ...], str]:
    choices: list[list[Item]] = [[]]
    for piece in pieces:
        if piece in ("]", ")"):
            return tuple(tuple(choice) for choice in choices), piece
        if piece == ";":
            choices.append([])
        elif piece in ("[", "("):
            inner, closed_by = _choices(pieces)
            if closed_by != {"[": "]", "(": ")"}[piece]:
                raise ValueError(f"{piece} is not closed")
            choices[-1].append(Item(choices=inner, optional=piece == "["))
        elif piece.startswith("{"):
            slot, _, name = piece.strip("{}").partition(":")
            choices[-1].append(Item(slot=slot, name=name or slot))
        else:
            choices[-1].append(Item(words=frozenset(piece.split("|"))))
    return tuple(tuple(choice) for choice in choices), ""


@dataclass(frozen=True)
class Matcher:
    """Tries compiled patterns with a given set of slots."""

    slots: Mapping[str, Slot]

    def match(self, items: Items, stream: Stream, place: int) -> tuple[Captures, int] | None:
        """What the slots found and where the match ends, or None."""
        captures = Captures()
        end = self._walk(items, stream, place, captures)
        return None if end is None else (captures, end)

    def _walk(self, items: Items, stream: Stream, place: int, captures: Captures) -> int | None:
        if not items:
            return place
        item, rest = items[0], items[1:]
        if item.choices:
            for choice in item.choices:
                end = self._walk((*choice, *rest), stream, place, captures)
                if end is not None:
                    return end
            return self._walk(rest, stream, place, captures) if item.optional else None
        after = self._single(item, stream, place, captures)
        if after is None:
            return None
        end = self._walk(rest, stream, after, captures)
        if end is None and item.name:
            captures.found.pop(item.name, None)
        return end

    def _single(self, item: Item, stream: Stream, place: int, captures: Captures) -> int | None:
        if not item.slot:
            return place + 1 if stream.text(place) in item.words else None
        found = self.slots[item.slot](stream, place)
        if found is None:
            return None
        captures.found[item.name] = found[0]
        return found[1]


def first_words(items: Items, slot_firsts: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The texts a match can begin with; `#` stands for any number."""
    firsts: set[str] = set()
    for item in items:
        if item.choices:
            for choice in item.choices:
                firsts |= first_words(choice, slot_firsts)
        else:
            firsts |= slot_firsts[item.slot] if item.slot else item.words
        if not item.optional:
            break
    return frozenset(firsts)


def needed_words(items: Items, slot_firsts: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], ...]:
    """For each item that may not be left out, the words of which one must stand somewhere."""
    needs = (slot_firsts[item.slot] if item.slot else item.words for item in items if _is_needed(item))
    return tuple(need for need in needs if need.isdisjoint(("#", "*")))


def _is_needed(item: Item) -> bool:
    return not item.optional and not item.choices
