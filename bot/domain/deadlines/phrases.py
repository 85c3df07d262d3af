"""Words deadlines as official documents do: in Vietnamese, what is worded reads back the same."""

import calendar
from collections.abc import Sequence
from datetime import date

from bot.domain.saying import Saying, Value, saying

from .reading import DeadlineKind, DeadlineReading
from .rhythm_rules import DAYS_OF_TIMES, months_of_quarter

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_TIMES_OF_DAYS = {days: times for times, days in DAYS_OF_TIMES.items()}
_PARTS_OF_MONTH = {10: "early", 20: "middle"}
_PARTS_OF_YEAR = {3: "early", 6: "middle"}
_PARTS_OF_QUARTER = {
    months_of_quarter(0): "first",
    months_of_quarter(1): "second",
    months_of_quarter(2): "third",
}


def word_deadline(reading: DeadlineReading) -> Saying:
    """The shortest official wording of a reading; “không có thời hạn” where it is no deadline."""
    return word_values(reading.kind, reading.due, reading.recurrence)


def word_values(kind: str, due: date | None, recurrence: str | None) -> Saying:
    """As `word_deadline`, of a deadline as it is stored (`kind`: one of DeadlineKind)."""
    if kind == DeadlineKind.ONGOING:
        return saying("wording.ongoing")
    if kind == DeadlineKind.RECURRING:
        return word_recurrence(recurrence)
    return word_due(DeadlineKind(kind), due) if due else saying("wording.none")


def word_due(kind: DeadlineKind, due: date) -> Saying:
    """“trong tháng 5/2023”: a period named by its last day, any other day as a date."""
    whole = due.day == calendar.monthrange(due.year, due.month)[1]
    month, year = _month(due.month), due.year
    if kind is DeadlineKind.MONTH and whole:
        return saying("wording.month", month=month, year=year)
    if kind is DeadlineKind.MONTH and due.day in _PARTS_OF_MONTH:
        return saying(f"wording.month_{_PARTS_OF_MONTH[due.day]}", month=month, year=year)
    if kind is DeadlineKind.QUARTER and whole and due.month % 3 == 0:
        return saying("wording.quarter", quarter=saying(f"quarter.{due.month // 3}"), year=year)
    if kind is DeadlineKind.HALF and whole and due.month % 6 == 0:
        return saying("wording.half_first" if due.month == 6 else "wording.half_last", year=year)
    if kind is DeadlineKind.YEAR and whole and due.month == 12:
        return saying("wording.year", year=year)
    if kind is DeadlineKind.YEAR and whole and due.month in _PARTS_OF_YEAR:
        return saying(f"wording.year_{_PARTS_OF_YEAR[due.month]}", year=year)
    return saying("wording.date", day=due.day, month=month, year=year)


def _month(month: int) -> Saying:
    return saying(f"month.{month}")


def word_recurrence(recurrence: str | None) -> Saying:
    """“trước ngày 25 hằng tháng”; several rhythms with semicolons, “định kỳ” where no interval is said."""
    if not recurrence:
        return saying("wording.regularly")
    return _listed("wording.rules", [_rule(rule) for rule in recurrence.split(" + ")])


def _listed(key: str, items: Sequence[Value]) -> Saying:
    """“a; b; c”: the first, and the rest likewise."""
    first, *rest = items
    if not rest:
        return first if isinstance(first, Saying) else saying("wording.one", first=first)
    return saying(key, first=first, rest=_listed(key, rest))


def _rule(rule: str) -> Saying:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    freq, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    if "BYSETPOS" in parts:
        return saying("wording.last_workday" if parts["BYSETPOS"] == "-1" else "wording.first_workday")
    if "BYDAY" in parts:
        return _weekday(freq, parts)
    if "BYHOUR" in parts:
        return saying("wording.day_hour", hour=int(parts["BYHOUR"]), minute=int(parts.get("BYMINUTE", 0)))
    if "BYMONTH" in parts:
        return _day_of_year(parts["BYMONTH"], int(parts.get("BYMONTHDAY", "-1")))
    rhythm = _rhythm(freq, interval)
    if "BYMONTHDAY" not in parts:
        return rhythm
    if parts["BYMONTHDAY"] in _TIMES_OF_DAYS and (freq, interval) == ("MONTHLY", 1):
        return saying("wording.times_a_month", n=_TIMES_OF_DAYS[parts["BYMONTHDAY"]])
    days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
    if len(days) > 1:
        return saying("wording.on_days", days=_listed("wording.days", days), rhythm=rhythm)
    if days[0] < 0:
        return saying("wording.on_last_day", rhythm=rhythm)
    return saying("wording.by_day", day=days[0], rhythm=rhythm)


def _rhythm(freq: str, interval: int) -> Saying:
    if freq == "MONTHLY" and interval == 3:
        return saying("wording.every_quarter")
    unit = _UNITS.get(freq, "period")
    if interval == 1:
        return saying(f"wording.every_{unit}")
    return saying(f"wording.each_{unit}s", n=interval)


def _weekday(freq: str, parts: dict[str, str]) -> Saying:
    day = parts["BYDAY"]
    name: Value = saying(f"weekday.{_WEEKDAYS.index(day[-2:])}") if day[-2:] in _WEEKDAYS else day
    if freq == "MONTHLY":
        is_last = day.startswith("-")
        return saying("wording.last_weekday" if is_last else "wording.first_weekday", weekday=name)
    if "BYHOUR" not in parts:
        return saying("wording.weekday", weekday=name)
    minute = int(parts.get("BYMINUTE", 0))
    return saying("wording.weekday_hour", weekday=name, hour=int(parts["BYHOUR"]), minute=minute)


def _day_of_year(months: str, day: int) -> Saying:
    if months in _PARTS_OF_QUARTER:
        part = _PARTS_OF_QUARTER[months]
        if day < 0:
            return saying(f"wording.quarters_{part}")
        return saying("wording.quarters_day", day=day, part=saying(f"wording.part_{part}"))
    if "," in months:
        return saying("wording.days_of_year", day=day, months=months.replace(",", ", "))
    month = _month(int(months))
    if day < 0:
        return saying("wording.month_of_year", month=month)
    return saying("wording.day_of_year", day=day, month=month)
