"""Checking a written recurrence rule: RFC 5545, several rhythms joined by ` + `."""

import re
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from bot.documents.values import find_iso_date
from bot.domain.saying import Saying, saying

JOINER = " + "
# Deadlines are days, so nothing shorter recurs, and no rule may say at what hour.
_RULE = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[-+A-Z0-9,]+)*")
_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")
_PARTS = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", *_DAYS))
_OF_YEARS = ("BYYEARDAY", "BYWEEKNO")  # RFC 5545, 3.3.10; of days or weeks they can take seconds to find
_NUMBER = re.compile(r"[1-9]\d?")


def find_rule_fault(rule: str, start_on: date) -> Saying | None:
    """Why `rule` cannot be followed from `start_on`, or None where it can."""
    for rhythm in rule.split(JOINER):
        if (fault := _rhythm_fault(rhythm.strip(), start_on)) is not None:
            return fault
    return None


def _rhythm_fault(rhythm: str, start_on: date) -> Saying | None:
    if _RULE.fullmatch(rhythm) is None:
        return saying("fault.rule")
    pairs = [part.split("=") for part in rhythm.split(";")]
    names = [name for name, _ in pairs]
    if (unknown := next((n for n in names if n not in _PARTS), None)) is not None:
        return saying("fault.rule_part", name=unknown)
    if len(set(names)) < len(names):
        return saying("fault.rule_twice")
    values = dict(pairs)
    if values["FREQ"] != "YEARLY" and (found := next((n for n in names if n in _OF_YEARS), None)) is not None:
        return saying("fault.rule_of_years", name=found)
    if any(n in values and _NUMBER.fullmatch(values[n]) is None for n in ("INTERVAL", "COUNT")):
        return saying("fault.rule_number")
    if "UNTIL" in values and "COUNT" in values:
        return saying("fault.rule_ends")
    until = _until(values.pop("UNTIL")) if "UNTIL" in values else date.max
    if until is None:
        return saying("fault.rule_until")
    if until < start_on:
        return saying("fault.rule_over", day=f"{until:%d/%m/%Y}")
    values.pop("COUNT", None)
    return _occurrence_fault(";".join(f"{n}={v}" for n, v in values.items()), start_on)


def _until(digits: str) -> date | None:
    return find_iso_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def _occurrence_fault(rhythm: str, start_on: date) -> Saying | None:
    # A rule that never falls is followed up to the year 9999 (five seconds from today): begin shortly before
    # it, in a year with the same place among the leap years.
    year = 9960 + (start_on.year - 2000) % 28
    start = datetime.combine(date(year, start_on.month, min(start_on.day, 28)), time.min)
    try:
        if next(iter(rrulestr(rhythm, dtstart=start)), None) is None:
            return saying("fault.rule_never")
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return saying("fault.rule_value")
    return None
