"""Why a stated time cannot stand as written, and what would be right: sentences for the people who wrote it."""

import calendar
from datetime import date

from .nodes import Stated
from .reading import DeadlineKind as Kind

_LEAP_YEAR = 2024


def find_impossible(stated: Stated) -> str | None:
    """The reason why no year has this time, None where one has."""
    day, month, year = stated.day, stated.month, stated.year
    if month is not None and not 1 <= month <= 12:
        return _no_such_month(stated)
    if day is not None and not 1 <= day <= 31:
        return no_such_day_of_month(day)
    if day is None or month is None or year is not None:
        return None
    last = calendar.monthrange(_LEAP_YEAR, month)[1]
    return no_such_day(day, date(_LEAP_YEAR, month, last), year_known=False) if day > last else None


def no_such_day_of_month(day: int) -> str:
    """For a 0 or a 32 where a day must stand."""
    return f"Không có ngày {day}; ngày trong tháng là từ 01 đến 31."


def _no_such_month(stated: Stated) -> str:
    month, day = stated.month or 0, stated.day
    if stated.kind is Kind.QUARTER:
        return f"Không có quý {month // 3}; quý là I, II, III hoặc IV."
    if day is not None and 1 <= day <= 12 and 1 <= month <= 31:
        year = f"/{stated.year}" if stated.year else ""
        return f"Không có tháng {month}; ngày viết trước, tháng viết sau: {month:02}/{day:02}{year}?"
    return f"Không có tháng {month}; tháng là từ 01 đến 12."


def no_such_day(day: int, last: date, year_known: bool = True) -> str:
    """For a day after `last`, the last of its month."""
    month = f"{last.month:02}/{last.year}" if year_known else f"{last.month:02}"
    return f"Không có ngày {day:02}/{month}; ngày cuối của tháng này là {last.day:02}/{month}."


def no_lunar_day(day: int, month: int, year: int) -> str:
    """For a day which that year of the lunar calendar does not have."""
    return (
        f"Không có ngày {day:02} tháng {month:02} âm lịch năm {year}; ghi ngày dương lịch, ví dụ 15/6/2026."
    )


def no_year(stated: Stated) -> str:
    """For a time whose year nothing tells."""
    if stated.day_shift is not None:
        return "Tính theo ngày của văn bản, mà không rõ ngày đó; ghi đủ ngày, tháng, năm, ví dụ 15/6/2026."
    if stated.month is None and stated.kind is Kind.DATE and stated.month_shift is None:
        return f"Ngày {stated.day:02} không ghi tháng, năm và không rõ ngày của văn bản; ghi đủ ngày, tháng, năm."
    return "Không ghi năm và không rõ ngày của văn bản; ghi thêm năm, ví dụ “năm 2026”."
