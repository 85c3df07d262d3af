"""A period in people's words: “kỳ tháng 5/2023”, “kỳ quý II/2023”, “kỳ tuần 21 (đến 26/5/2023)”."""

import re
from datetime import date

from bot.texts import Texts

_QUARTERS = ("I", "II", "III", "IV")
_SPAN = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>\d\d)|(?P<month>\d\d)))?"
)


def period_words(period: str, due: date | None, t: Texts) -> str:
    """Empty where there is no period; `due`: the day on which it was due from the beginning."""
    if not period:
        return ""
    named = _SPAN.fullmatch(period)
    if named is None:
        return t.plain("period.day", day=date.fromisoformat(period))
    year = named["year"]
    if named["quarter"]:
        return t.plain("period.quarter", quarter=_QUARTERS[int(named["quarter"]) - 1], year=year)
    if named["half"]:
        return t.plain("period.half_first" if named["half"] == "1" else "period.half_last", year=year)
    if named["month"]:
        return t.plain("period.month", month=int(named["month"]), year=year)
    if named["week"]:
        friday = date.fromisocalendar(int(year), int(named["week"]), 5)
        return t.plain("period.week", week=int(named["week"]), day=due or friday)
    return t.plain("period.year", year=year)
