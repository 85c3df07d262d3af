"""What the rules have to say to people, in no language: the catalogues say it in the reader's."""

from dataclasses import dataclass
from datetime import date
from typing import Union

Value = Union[str, int, date, "Saying"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence or a few words: their key in the catalogues, and the values by name, which may be sayings too."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


def saying(key: str, **values: Value) -> Saying:
    """The sentence of that key with these values."""
    return Saying(key, tuple(values.items()))
