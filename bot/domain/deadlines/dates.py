"""Turns stated times into days: missing years and months, the last day of a period, dates that cannot be."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .nodes import Stated
from .reading import DeadlineKind as Kind

_MONTHS_OF = {Kind.QUARTER: 3, Kind.HALF: 6}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A stated time with its last day, or with the reason why it has none."""

    stated: Stated
    due: date | None = None
    year_assumed: bool = False
    problem: str | None = None


def resolve(stated: Stated, issued_on: date | None, looking_back: bool = False) -> Resolved:
    """The last day of `stated`; a missing year is the next that is not over at `issued_on`.

    `looking_back`: nothing says that it is a deadline, so the nearest year is meant, also one that is over.
    """
    problem = _impossible(stated)
    if problem:
        return Resolved(stated, problem=problem)
    if stated.year is not None:
        return _ending(stated, stated.year)
    if issued_on is None:
        return Resolved(stated, problem=_no_year(stated))
    if stated.year_shift is not None:
        return _ending(stated, issued_on.year + stated.year_shift)
    if stated.month is None:
        return _in_month_near(stated, issued_on)
    return _in_year_near(stated, issued_on, looking_back)


def resolve_all(
    times: Sequence[Stated], issued_on: date | None, looking_back: bool = False
) -> list[Resolved]:
    """Times said together: those with no year of their own lie before the last of them."""
    found = [resolve(time, issued_on, looking_back) for time in times]
    last = found[-1]
    if last.year_assumed and last.due and last.stated.month:
        found[:-1] = [_before(one, last.due) for one in found[:-1]]
    return found


def _before(found: Resolved, last: date) -> Resolved:
    if not found.year_assumed or found.due is None or found.stated.month is None:
        return found
    same_year = _ending(found.stated, last.year)
    fits = same_year.due is not None and same_year.due <= last
    return replace(same_year if fits else _ending(found.stated, last.year - 1), year_assumed=True)


def last_day_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _ending(stated: Stated, year: int) -> Resolved:
    month = stated.month or 12
    if not date.min.year <= year <= date.max.year:
        return Resolved(stated, problem=f"Năm {year} không dùng được làm thời hạn.")
    if stated.day is None:
        return Resolved(stated, last_day_of(year, month))
    last = last_day_of(year, month)
    if stated.day > last.day:
        return Resolved(stated, problem=_no_such_day(stated.day, last))
    return Resolved(stated, date(year, month, stated.day))


def _in_year_near(stated: Stated, issued_on: date, looking_back: bool) -> Resolved:
    """29 February without a year waits for the next leap year that is near enough to be meant."""
    this, following = (_ending(stated, issued_on.year + step) for step in (0, 1))
    if this.due and this.due >= issued_on:
        return replace(this, year_assumed=True)
    if (
        this.due
        and looking_back
        and (following.due is None or issued_on - this.due < following.due - issued_on)
    ):
        return replace(this, year_assumed=True)
    return replace(following if following.due else this, year_assumed=True)


def _in_month_near(stated: Stated, issued_on: date) -> Resolved:
    shift = stated.month_shift
    size = _MONTHS_OF.get(stated.kind, 1)
    first = issued_on.month - 1 - (issued_on.month - 1) % size + size - 1
    for step in (shift,) if shift is not None else (0, 1, 2):
        years, month = divmod(first + step, 12)
        found = _ending(replace(stated, month=month + 1), issued_on.year + years)
        if shift is not None or (found.due and found.due >= issued_on):
            return replace(found, year_assumed=shift is None)
    return found


def _impossible(stated: Stated) -> str | None:
    day, month, year = stated.day, stated.month, stated.year
    if month is not None and not 1 <= month <= 12:
        return _no_such_month(stated)
    if day is not None and not 1 <= day <= 31:
        return f"Không có ngày {day}; ngày trong tháng là từ 01 đến 31."
    if day is not None and month is not None and year is None and day > last_day_of(2024, month).day:
        return _no_such_day(day, last_day_of(2024, month), year_known=False)
    return None


def _no_such_month(stated: Stated) -> str:
    month, day = stated.month or 0, stated.day
    if stated.kind is Kind.QUARTER:
        return f"Không có quý {month // 3}; quý là I, II, III hoặc IV."
    if day is not None and 1 <= day <= 12 and 1 <= month <= 31:
        year = f"/{stated.year}" if stated.year else ""
        return f"Không có tháng {month}; ngày viết trước, tháng viết sau: {month:02}/{day:02}{year}?"
    return f"Không có tháng {month}; tháng là từ 01 đến 12."


def _no_such_day(day: int, last: date, year_known: bool = True) -> str:
    month = f"{last.month:02}/{last.year}" if year_known else f"{last.month:02}"
    return f"Không có ngày {day:02}/{month}; ngày cuối của tháng này là {last.day:02}/{month}."


def _no_year(stated: Stated) -> str:
    if stated.month is None and stated.kind is Kind.DATE and stated.month_shift is None:
        return f"Ngày {stated.day:02} không ghi tháng, năm và không rõ ngày của văn bản; ghi đủ ngày, tháng, năm."
    return "Không ghi năm và không rõ ngày của văn bản; ghi thêm năm, ví dụ “năm 2026”."


def days_later(day: date, days: int) -> date:
    """`day` and that many days more, at most the last day there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
