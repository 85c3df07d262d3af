"""Why a stated time cannot stand as written, and what would be right: said to the people who wrote it."""

import calendar
from datetime import date

from bot.domain.saying import Saying, saying

from .nodes import Stated
from .reading import DeadlineKind as Kind

_LEAP_YEAR = 2024


def find_impossible(stated: Stated) -> Saying | None:
    """The reason why no year has this time, None where one has."""
    day, month, year = stated.day, stated.month, stated.year
    if month is not None and not 1 <= month <= 12:
        return _no_such_month(stated)
    if day is not None and not 1 <= day <= 31:
        return no_such_day_of_month(day)
    if day is None or month is None or year is not None:
        return None
    last = calendar.monthrange(_LEAP_YEAR, month)[1]
    return saying("fault.day_of_any_year", day=day, month=month, last=last) if day > last else None


def no_such_day_of_month(day: int) -> Saying:
    """For a 0 or a 32 where a day must stand."""
    return saying("fault.day_of_month", day=day)


def _no_such_month(stated: Stated) -> Saying:
    month, day = stated.month or 0, stated.day
    if stated.kind is Kind.QUARTER:
        return saying("fault.quarter", quarter=month // 3)
    if day is None or not (1 <= day <= 12 and 1 <= month <= 31):
        return saying("fault.month", month=month)
    if stated.year:
        return saying("fault.month_first_year", month=month, day=day, year=stated.year)
    return saying("fault.month_first", month=month, day=day)


def no_such_day(day: int, last: date) -> Saying:
    """For a day after `last`, the last of its month."""
    return saying("fault.day", day=day, month=last.month, year=last.year, last=last.day)


def no_lunar_day(day: int, month: int, year: int) -> Saying:
    """For a day which that year of the lunar calendar does not have."""
    return saying("fault.lunar", day=day, month=month, year=year)


def no_year(stated: Stated) -> Saying:
    """For a time whose year nothing tells."""
    if stated.day_shift is not None:
        return saying("fault.from_document")
    if stated.month is None and stated.kind is Kind.DATE and stated.month_shift is None:
        return saying("fault.lone_day", day=stated.day or 0)
    return saying("fault.no_year")


def before_document(due: date, issued_on: date) -> Saying:
    """For a day before the document's own."""
    return saying("fault.before", due=f"{due:%d/%m/%Y}", on=f"{issued_on:%d/%m/%Y}")
