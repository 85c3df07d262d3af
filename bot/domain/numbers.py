"""Numbers as people here write them: a dot between thousands, a comma before decimals."""

import re
from decimal import Decimal

MOST_DIGITS = 15
_TOKEN = re.compile(r"[-−]?\d[\d.,\u00a0 ]*")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in (".", ",", " ")}
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_MIXED = (
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+"), ",", "."),
)


class AmbiguousNumberError(ValueError):
    """It can be read in two ways: “1,250” is 1250 to some and 1,25 to others."""


def read_number(text: str) -> Decimal:
    """The number that `text` is, nothing around it. Raises ValueError for anything else."""
    digits = text.replace("\u00a0", " ").replace("−", "-").strip()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.removeprefix("-").strip()
    if sum(each.isdigit() for each in digits) > MOST_DIGITS or not digits.isascii():
        raise ValueError(text)
    return sign * Decimal(_as_plain(digits))


def _as_plain(digits: str) -> str:
    for pattern, thousands, point in _MIXED:
        if pattern.fullmatch(digits):
            return digits.replace(thousands, "").replace(point, ".")
    for mark, pattern in _GROUPED.items():
        if pattern.fullmatch(digits) and not digits.startswith("0"):
            if mark == "," and digits.count(",") == 1:
                raise AmbiguousNumberError(digits)
            return digits.replace(mark, "")
    if _PLAIN.fullmatch(digits):
        return digits.replace(",", ".")
    raise ValueError(digits)


def split_number(text: str) -> tuple[Decimal, str]:
    """The number that `text` begins with, and the words behind it: “12,5 %” is 12.5 and “%”."""
    found = _TOKEN.match(text.strip())
    if found is None:
        raise ValueError(text)
    return read_number(found.group().rstrip(" .,\u00a0")), text.strip()[found.end() :].strip(" .\u00a0")


def has_number(text: str) -> bool:
    """Whether words such as “trên 3.200” name a number."""
    return any(character.isdigit() for character in text)


def store_number(value: Decimal) -> str:
    """As it is kept: plain digits, a dot before decimals, no idle zeros."""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def show_number(value: Decimal, language: str) -> str:
    """As people of that language read it: “1.250,5” or “1,250.5”."""
    whole, _, rest = store_number(abs(value)).partition(".")
    thousands, point = (",", ".") if language == "en" else (".", ",")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{'-' if value < 0 else ''}{grouped}{point + rest if rest else ''}"
