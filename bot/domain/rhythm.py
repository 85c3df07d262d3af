"""What one rhythm of a recurrence rule says: RFC 5545 lines that name every day, and how wide its periods are."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

JOINER = " + "
_MONTHS = range(1, 13)
_LONGEST = 400  # nobody reports every thousand years, and no year may come out below the first
_DAY_PARTS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY")
# What is said once for a rule (its end) or not at all here: deadlines are days, without an hour.
_APART = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYHOUR", "BYMINUTE", "BYMONTH", "BYMONTHDAY")


class Width(IntEnum):
    """How much of the calendar a period covers; the wider one wins."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    QUARTER = 3
    HALF = 4
    YEAR = 5

    @property
    def months(self) -> int:
        return {Width.MONTH: 1, Width.QUARTER: 3, Width.HALF: 6, Width.YEAR: 12}.get(self, 0)


@dataclass(frozen=True)
class Rhythm:
    """One rhythm; `lines`: rules whose days together are its days, none of which depends on where it begins.

    `months`: those it falls in, once in each (empty where that is not known).
    """

    freq: str
    interval: int
    lines: tuple[str, ...]
    width: Width
    months: frozenset[int] = frozenset()
    phase: int = 0
    count: int | None = None
    until: date | None = None

    @property
    def is_yearly(self) -> bool:
        """Whether it falls once a year (or more seldom), in a known month."""
        return self.width is Width.YEAR and len(self.months) == 1

    def find_start(self, day: date) -> date:
        """A day from which to count intervals so that they keep to the calendar; well before `day`."""
        if self.freq == "DAILY":
            return date.fromordinal(_aligned(day.toordinal(), self.interval, 0))
        if self.freq == "WEEKLY":
            # Ordinal 1 is a Monday.
            return date.fromordinal(_aligned((day.toordinal() - 1) // 7, self.interval, 0) * 7 + 1)
        if self.freq == "YEARLY":
            return date(_aligned(day.year, self.interval, 0), 1, 1)
        # Counted so that a December has a number that every interval of a part of the year divides.
        month = _aligned(day.year * 12 + day.month - 12, self.interval, self.phase) + 11
        return date(month // 12, month % 12 + 1, 1)


def _aligned(place: int, interval: int, phase: int) -> int:
    """The place one interval before the last aligned one up to `place`."""
    return place - (place - phase) % interval - interval


def read_rhythms(rules: Sequence[str]) -> tuple[Rhythm, ...]:
    """The rhythms of a rule, named together: an annual report beside a half-yearly one is that of the year."""
    rhythms = [_read(rule.strip()) for rule in rules]
    yearly = [each for each in rhythms if each.is_yearly]
    widths = _widths_together(frozenset().union(*(each.months for each in yearly)))
    return tuple(
        replace(each, width=widths.get(min(each.months), each.width)) if each.is_yearly else each
        for each in rhythms
    )


def _widths_together(months: frozenset[int]) -> Mapping[int, Width]:
    """What is asked for once a year in several months: “6 tháng” in June, the year in December."""
    if len(months) < 2:
        return {}
    first, last = min(months), max(months)
    if len(months) == 2 and last - first == 6:
        return {first: Width.HALF, last: Width.YEAR if last > 9 else Width.HALF}
    if len({(month + 2) // 3 for month in months}) < len(months):
        return dict.fromkeys(months, Width.MONTH)
    of_quarter = (Width.QUARTER, Width.HALF, Width.QUARTER, Width.YEAR)
    return {month: of_quarter[(month - 1) // 3] for month in months}


def _read(rule: str) -> Rhythm:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    freq, interval = parts["FREQ"], min(int(parts.get("INTERVAL", "1")), _LONGEST)
    months = frozenset(_numbers(parts, "BYMONTH")) & frozenset(_MONTHS)
    days = [day for day in _numbers(parts, "BYMONTHDAY") if day]
    rest = {name: value for name, value in parts.items() if name not in _APART}
    has_day = bool(days) or any(name in rest for name in _DAY_PARTS)
    phase = _find_phase(freq, interval, months)
    if not has_day and (freq == "WEEKLY" or "BYWEEKNO" in rest):
        rest["BYDAY"] = "FR"
    elif not has_day and freq in ("MONTHLY", "YEARLY"):
        # Its last day, whatever the length of the month.
        days, months = [-1], months or (frozenset({12}) if freq == "YEARLY" else months)
    named = "BYMONTH" in parts or (freq == "YEARLY" and not has_day and "BYWEEKNO" not in rest)
    reached = _find_reached(freq, interval, phase, months if named else frozenset(_MONTHS))
    lines = tuple(_make_lines(_head(freq, interval), rest, days, reached, named))
    width, once_in = _measure(freq, interval, rest, days, reached, named)
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    return Rhythm(freq, interval, lines, width, once_in, phase, count, _until(parts.get("UNTIL")))


def _numbers(parts: Mapping[str, str], name: str) -> list[int]:
    return [int(number) for number in parts[name].split(",")] if name in parts else []


def _until(digits: str | None) -> date | None:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if digits else None


def _head(freq: str, interval: int) -> str:
    return f"FREQ={freq};INTERVAL={interval}"


def _find_phase(freq: str, interval: int, months: frozenset[int]) -> int:
    """By how many months the intervals are moved off the ends of quarters and halves; 0 or less.

    Only where the months that the rule names would never come otherwise.
    """
    step = math.gcd(interval, 12)
    if freq != "MONTHLY" or not months or any(month % step == 0 for month in months):
        return 0
    return min(months) - 12


def _find_reached(freq: str, interval: int, phase: int, months: frozenset[int]) -> frozenset[int]:
    """Those of the months that the intervals ever come to."""
    if freq != "MONTHLY":
        return months
    step = math.gcd(interval, 12)
    return frozenset(month for month in months if (month - phase) % step == 0)


def _make_lines(
    head: str, rest: Mapping[str, str], days: Sequence[int], months: frozenset[int], named: bool
) -> Iterator[str]:
    tail = "".join(f";{name}={value}" for name, value in rest.items())
    if named and not months:
        return
    # Beside weekdays or places in a set the days are a window to choose from, and stay as they are written.
    is_window = "BYDAY" in rest or "BYSETPOS" in rest
    late = [] if is_window else [day for day in days if 29 <= day <= 31]
    plain = [day for day in days if day not in late]
    if plain or not days:
        yield head + _list("BYMONTH", months if named else ()) + _list("BYMONTHDAY", plain) + tail
    for day in late:
        short = months & frozenset((2,) if day < 31 else (2, 4, 6, 9, 11))
        if longer := months - short:
            yield head + _list("BYMONTH", longer) + f";BYMONTHDAY={day}" + tail
        if short:
            yield head + _list("BYMONTH", short) + ";BYMONTHDAY=-1" + tail


def _list(name: str, values: Sequence[int] | frozenset[int]) -> str:
    return f";{name}=" + ",".join(str(value) for value in sorted(values)) if values else ""


def _measure(
    freq: str,
    interval: int,
    rest: Mapping[str, str],
    days: Sequence[int],
    months: frozenset[int],
    named: bool,
) -> tuple[Width, frozenset[int]]:
    """How wide the periods are, and in which months they fall where each has one."""
    if freq == "DAILY" or not _is_single(freq, rest, days):
        return Width.DAY, frozenset()
    if freq == "WEEKLY":
        return Width.WEEK, frozenset()
    in_each_month = freq == "MONTHLY" or (bool(named or days) and "BYSETPOS" not in rest)
    if not in_each_month or (freq == "YEARLY" and not {"BYYEARDAY", "BYWEEKNO"}.isdisjoint(rest)):
        return Width.YEAR, frozenset()
    if freq == "MONTHLY" and 12 % interval and interval % 12:
        return Width.MONTH, frozenset()
    return _width_of_months(months), months


def _is_single(freq: str, rest: Mapping[str, str], days: Sequence[int]) -> bool:
    """Whether the rhythm falls once in what it repeats by: a week, a month, a year."""
    if "BYSETPOS" in rest:
        return "," not in rest["BYSETPOS"]
    weekdays = rest.get("BYDAY", "")
    said = (bool(days), bool(weekdays), "BYYEARDAY" in rest)
    if freq == "WEEKLY" or "BYWEEKNO" in rest:
        return sum(said) == 1 and "," not in weekdays + rest.get("BYWEEKNO", "") and bool(weekdays)
    if sum(said) > 1 or len(days) > 1 or "," in weekdays + rest.get("BYYEARDAY", ""):
        return False
    # “1MO” is one day, “MO” is several.
    return not weekdays or len(weekdays) > 2


def _width_of_months(months: frozenset[int]) -> Width:
    listed = sorted(months)
    steps = {later - earlier for earlier, later in itertools.pairwise(listed)}
    if len(listed) == 1:
        return Width.YEAR
    if len(listed) == 2 and steps == {6}:
        return Width.HALF
    return Width.QUARTER if len(listed) == 4 and steps == {3} else Width.MONTH
