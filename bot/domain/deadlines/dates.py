"""Turns stated times into days: missing years and months, the last day of a period, dates that cannot be."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.saying import Saying, saying

from .lunar import find_lunar_day
from .nodes import Stated
from .problems import find_impossible, no_lunar_day, no_such_day, no_year
from .reading import DeadlineKind as Kind

_MONTHS_OF = {Kind.QUARTER: 3, Kind.HALF: 6}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A stated time with its last day, or with the reason why it has none."""

    stated: Stated
    due: date | None = None
    year_assumed: bool = False
    problem: Saying | None = None


def resolve(stated: Stated, issued_on: date | None, looking_back: bool = False) -> Resolved:
    """The last day of `stated`; a missing year is the next that is not over at `issued_on`.

    `looking_back`: nothing says that it is a deadline, so the nearest year is meant, also one that is over.
    """
    problem = None if stated.lunar else find_impossible(stated)
    if problem:
        return Resolved(stated, problem=problem)
    if stated.year is not None:
        return _ending(stated, stated.year)
    if issued_on is None:
        return Resolved(stated, problem=no_year(stated))
    if stated.day_shift is not None:
        return Resolved(stated, days_later(issued_on, stated.day_shift))
    if stated.week_shift is not None:
        return _in_week(stated, stated.week_shift, issued_on)
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
    if stated.lunar:
        due = find_lunar_day(year, month, stated.day or 0)
        return Resolved(stated, due, problem=None if due else no_lunar_day(stated.day or 0, month, year))
    if not date.min.year <= year <= date.max.year:
        return Resolved(stated, problem=saying("fault.year_range", year=year))
    if stated.day is None:
        return Resolved(stated, last_day_of(year, month))
    last = last_day_of(year, month)
    if stated.day > last.day:
        return Resolved(stated, problem=no_such_day(stated.day, last))
    return Resolved(stated, date(year, month, stated.day))


def _in_year_near(stated: Stated, issued_on: date, looking_back: bool) -> Resolved:
    """29 February without a year waits for the next leap year that is near enough to be meant."""
    first = issued_on.year - 1 if stated.lunar and stated.month == 12 else issued_on.year
    this, following = (_ending(stated, first + step) for step in (0, 1))
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
            return replace(found, stated=stated, year_assumed=shift is None)
    return found


def _in_week(stated: Stated, shift: int, issued_on: date) -> Resolved:
    day = stated.weekday if stated.weekday is not None else 6
    return Resolved(stated, days_later(issued_on, 7 * shift + day - issued_on.weekday()))


def days_later(day: date, days: int) -> date:
    """`day` and that many days more (or fewer), within the days there are."""
    return day + timedelta(days=max((date.min - day).days, min(days, (date.max - day).days)))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
