"""Days and spans of days as a person types them beside a question, where no reader of whole phrases is needed."""

import re
import unicodedata
from datetime import date, timedelta

_SPOKEN = {
    "hom qua": -1,
    "yesterday": -1,
    "hom nay": 0,
    "today": 0,
    "mai": 1,
    "ngay mai": 1,
    "tomorrow": 1,
    "ngay kia": 2,
}
_DAY = r"(?:ngay\s+)?(\d{1,2})(?:\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?)?"
_SPAN = re.compile(
    rf"(?:tu\s+|from\s+)?{_DAY}\s*(?:den|toi|to|until|-|–)\s*(?:het\s+|the\s+end\s+of\s+)?{_DAY}"
)


def _fold(words: str) -> str:
    plain = unicodedata.normalize("NFD", words.casefold().strip(" ."))
    return " ".join(
        "".join(each for each in plain if not unicodedata.combining(each)).replace("đ", "d").split()
    )


def find_spoken_day(words: str, today: date) -> date | None:
    """“hôm nay”, “ngày mai”, with or without marks; None for anything else."""
    ago = _SPOKEN.get(_fold(words))
    return None if ago is None else today + timedelta(days=ago)


def later_day(*days: date) -> date:
    """A day to give as an example of one after all of these."""
    return max(days) + timedelta(days=15)


def find_span(words: str, today: date) -> tuple[date, date] | None:
    """“từ 12/6 đến hết 20/6/2023”: its first and last day, which may be the wrong way round.

    A year that is not said is the one that makes the last day the next from `today`; “từ 12 đến 20/6” is one month.
    None for what is no span of two days. Raises ValueError for a day that does not exist.
    """
    found = _SPAN.fullmatch(_fold(words))
    if found is None or found[5] is None:
        return None
    from_day, from_month, from_year, to_day, to_month, to_year = (
        int(each) if each else 0 for each in found.groups()
    )
    last = date(to_year or from_year or today.year, to_month, to_day)
    if not (to_year or from_year) and last < today:
        last = date(today.year + 1, to_month, to_day)
    month = from_month or to_month
    year = from_year or (last.year - 1 if month > last.month else last.year)
    return date(year, month, from_day), last
