"""What the rules have to say to people, in no language: the catalogues say it in the reader's."""

from dataclasses import dataclass
from datetime import date
from typing import Union

Value = Union[str, int, date, "Saying"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence or a few words: their key in the catalogues, and the values by name, which may be sayings too.

    `is_ended`: with the full stop it may have.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()
    is_ended: bool = True


def unended(what: Saying) -> Saying:
    """The same words without a full stop, to go on from."""
    return Saying(what.key, what.values, is_ended=False)


def saying(key: str, **values: Value) -> Saying:
    """The sentence of that key with these values."""
    return Saying(key, tuple(values.items()))
