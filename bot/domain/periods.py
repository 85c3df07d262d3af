"""The periods of what recurs: their days by `dateutil.rrule`, and the names they are kept by.

A rule is RFC 5545, several rhythms joined by ` + `. Where it differs from the standard, and why:
docs/decisions/0010-periods.md.
"""

import functools
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice, takewhile

from dateutil.rrule import rrule, rrulestr

from bot.domain.rhythm import JOINER, Rhythm, Width, read_rhythms

_DAY = timedelta(days=1)
# The calendar repeats every 400 years, and rrule looks for a next day up to the year 9999: there it is asked,
# so that a rule which never falls costs centuries and not millennia. No earlier than this year is it shifted to:
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_LATEST_YEAR = 9_799
_NEVER = date.max


@dataclass(frozen=True, order=True)
class Period:
    """One period: the day on which it is due, and its name: `2023-05`, `2023-Q2`, `2023-H1`, `2023`, `2023-W21`.

    Where two days would have one name, the day itself: `2023-05-15`.
    """

    due: date
    key: str


def iterate_periods(rule: str, on_or_after: date, since: date | None = None) -> Iterator[Period]:
    """The periods due on that day or later, in order; `since`: from when a COUNT counts (else from that day)."""
    rhythms = _read(rule)
    counted_from = on_or_after if since is None else since
    marked = (_mark(rhythm, on_or_after, counted_from) for rhythm in rhythms)
    # Where several rhythms fall on one day it is one period, and the widest names it.
    for due, same in groupby(heapq.merge(*marked), key=lambda each: each[0]):
        widest = max(width for _, width in same)
        yield Period(due, _name(rhythms, due, widest))


def first_period(rule: str, on_or_after: date, since: date | None = None) -> Period | None:
    """The first period due on that day or later, None where the rule has ended."""
    return next(iterate_periods(rule, on_or_after, since), None)


def next_period(rule: str, after_due: date, since: date | None = None) -> Period | None:
    """The period after the one due on that day, None where the rule has ended."""
    return None if after_due == _NEVER else first_period(rule, after_due + _DAY, since)


def list_periods(rule: str, after: date, until: date, since: date | None = None) -> list[Period]:
    """The periods due later than `after` and not later than `until`, in order."""
    if after >= until:
        return []
    found = iterate_periods(rule, after + _DAY, since)
    return list(takewhile(lambda period: period.due <= until, found))


@functools.lru_cache(maxsize=4096)
def find_gap(rule: str, due: date) -> int | None:
    """How many days after `due` the rule falls next, whether or not it has ended by then."""
    after = due + _DAY if due < _NEVER else due
    following = [day for rhythm in _read(rule) for day in islice(_dates(rhythm, after), 1)]
    return (min(following) - due).days if following else None


@functools.lru_cache(maxsize=512)
def _read(rule: str) -> Sequence[Rhythm]:
    # Computed from its argument alone: an office has few rules, and each is asked for every assignment.
    return read_rhythms(rule.split(JOINER))


def _mark(rhythm: Rhythm, on_or_after: date, since: date) -> Iterator[tuple[date, Width]]:
    return ((day, rhythm.width) for day in _living_dates(rhythm, on_or_after, since))


def _living_dates(rhythm: Rhythm, on_or_after: date, since: date) -> Iterator[date]:
    """The days of a rhythm before its end."""
    found = _dates(rhythm, on_or_after if rhythm.count is None else since)
    if rhythm.count is not None:
        found = (day for day in islice(found, rhythm.count) if day >= on_or_after)
    return found if rhythm.until is None else takewhile(lambda day: day <= rhythm.until, found)  # type: ignore[operator]


def _dates(rhythm: Rhythm, on_or_after: date) -> Iterator[date]:
    """The days of a rhythm without end, in order, each once."""
    shifts = max(0, (_LATEST_YEAR - on_or_after.year) // _CYCLE_YEARS)
    shift = timedelta(days=shifts * _CYCLE_DAYS)
    first = datetime.combine(on_or_after, time()) + shift
    # An interval early: whatever the rule counts within is whole by the first day asked for.
    start = datetime.combine(rhythm.find_start(on_or_after), time()) + shift
    rules = [_make_rule(line, start) for line in rhythm.lines]
    found = heapq.merge(*(each.xafter(first, inc=True) for each in rules))
    return (day.date() - shift for day, _ in groupby(found))


def _make_rule(line: str, start: datetime) -> rrule:
    made = rrulestr(line, dtstart=start)
    assert isinstance(made, rrule)
    return made


def _name(rhythms: Sequence[Rhythm], due: date, width: Width) -> str:
    if width is Width.DAY or not _is_alone(rhythms, due, width):
        return due.isoformat()
    return name_span(due, width)


def _is_alone(rhythms: Sequence[Rhythm], due: date, width: Width) -> bool:
    """Whether no other day of that width lies in the same span; without any end, so that names never change."""
    first, last = find_span(due, width)
    same = [each for each in rhythms if each.width is width]
    found = {
        day for each in same for day in takewhile(lambda day: day <= last, islice(_dates(each, first), 2))
    }
    return found == {due}


def name_span(due: date, width: Width) -> str:
    """The name of the span of that width in which a day lies."""
    year, month = due.year, due.month
    match width:
        case Width.WEEK:
            return f"{due:%G-W%V}"
        case Width.MONTH:
            return f"{year:04}-{month:02}"
        case Width.QUARTER:
            return f"{year:04}-Q{(month + 2) // 3}"
        case Width.HALF:
            return f"{year:04}-H{(month + 5) // 6}"
        case Width.YEAR:
            return f"{year:04}"
    return due.isoformat()


def find_span(due: date, width: Width) -> tuple[date, date]:
    """The first and the last day of the week, month, quarter, half or year in which a day lies."""
    if width is Width.DAY:
        return due, due
    if width is Width.WEEK:
        monday = due.toordinal() - due.weekday()
        return date.fromordinal(monday), date.fromordinal(min(monday + 6, _NEVER.toordinal()))
    months = width.months
    first = (due.month - 1) // months * months + 1
    last = first + months - 1
    return date(due.year, first, 1), _last_day(due.year, last)


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - _DAY
