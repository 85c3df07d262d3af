"""An item of a reminder ladder as people type it: “10, 5, 2, 0”, “không”, “08:00”."""

import re

from bot.domain.hours import OFF_WORDS, read_time

LISTS = ("before", "far", "monthly", "weekly", "after")
NUMBERS = ("far_months", "acknowledge_after", "contact_after", "ask_months")
ITEMS = (*("before", "far", "far_months", "monthly", "weekly", "after", "weekly_on"), *NUMBERS[1:], "at")
LONGEST = 200
_NUMBERS = re.compile(r"[0-9]{1,4}(?:[\s,;]+[0-9]{1,4})*")


def read_item(item: str, text: str) -> object:
    """The JSON value of a typed item, still to be checked as part of a policy. ValueError for what is no value."""
    words = " ".join(text.casefold().split())
    if len(words) > LONGEST:
        raise ValueError("too long")
    if item in LISTS:
        return _read_days(words)
    if item in NUMBERS:
        return _read_number(words)
    if item == "at":
        minutes = read_time(words)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    raise ValueError("not typed")


def _read_days(words: str) -> list[int]:
    if words in OFF_WORDS:
        return []
    if not _NUMBERS.fullmatch(words):
        raise ValueError("no list of days")
    return [int(each) for each in re.findall("[0-9]+", words)]


def _read_number(words: str) -> int:
    if words in OFF_WORDS:
        return 0
    if not re.fullmatch("[0-9]{1,4}", words):
        raise ValueError("no number")
    return int(words)
