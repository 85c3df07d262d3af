"""Decides what a parsed phrase means: a deadline, a rhythm, an ongoing duty, or none of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.saying import Saying

from .attributes import live_rhythms
from .dates import Resolved, resolve
from .groups import Group, find_groups, is_end_of_count
from .lengths import read_length
from .nodes import SCHOOL_YEAR, Anchor, Every, Node, Role, Stated, Wrong, role_at
from .ongoing import is_ongoing, is_ongoing_until
from .problems import before_document, find_impossible
from .reading import DeadlineKind as Kind
from .reading import DeadlineReading, WorkingDays
from .rhythms import (
    is_day_of_months,
    is_report_period,
    is_two_reports,
    rules_of,
)
from .runs import is_yearless
from .standing import Times, read_times

_HALF_A_YEAR = 183


def judge(
    phrase: str, nodes: Sequence[Node], issued_on: date | None, calendar: WorkingDays
) -> DeadlineReading:
    """The reading of `phrase`, whose nodes these are."""
    faults = (
        node.problem for at, node in enumerate(nodes) if isinstance(node, Wrong) and not _is_cited(nodes, at)
    )
    wrong = next(faults, None)
    if wrong:
        return DeadlineReading(phrase, Kind.DATE, problem=wrong)
    groups = find_groups(nodes)
    times = read_times(nodes, groups, issued_on)
    live = _without_names(nodes, live_rhythms(nodes), times)
    anchored = (
        any(
            isinstance(node, Anchor) and not is_end_of_count(nodes, place) for place, node in enumerate(nodes)
        )
        or any(is_day_of_months(group) for group in groups)
        or any(is_report_period(nodes, place) for place in range(len(nodes)))
        or is_two_reports(nodes, groups)
    )
    if live or anchored:
        rhythm = _read_rhythm(phrase, nodes, live, groups, issued_on)
        if rhythm:
            return rhythm
    if times.due:
        return _dated(phrase, nodes, times, issued_on)
    counted = read_length(phrase, nodes, issued_on, calendar)
    if counted:
        return counted
    if times.starts or is_ongoing(nodes):
        return DeadlineReading(phrase, Kind.ONGOING)
    return _nothing(phrase, times, issued_on)


def _is_cited(nodes: Sequence[Node], place: int) -> bool:
    """“Quyết định số 1505/QĐ-UBND ngày 20/11/20225”: a slip in the date of another paper."""
    return role_at(nodes, place - 1) is Role.CODE


def _without_names(nodes: Sequence[Node], live: list[int], times: Times) -> list[int]:
    """“trước ngày 10/6/2024 (báo cáo 6 tháng)” is due once: the rhythm only names the report."""
    named = all(isinstance(node, Every) and node.named for node in (nodes[place] for place in live))
    dated = any(found.stated.year for found in times.due)
    return [] if named and dated else live


def _read_rhythm(
    phrase: str, nodes: Sequence[Node], live: Sequence[int], groups: Sequence[Group], issued_on: date | None
) -> DeadlineReading | None:
    """A recurring reading, None where only “định kỳ” is said and a date besides."""
    problem = _impossible_day(groups)
    if problem:
        return DeadlineReading(phrase, Kind.RECURRING, problem=problem)
    rules = rules_of(nodes, live, groups)
    dated = [group for group in groups if not any(is_yearless(member) for member in group.members)]
    times = read_times(nodes, dated, issued_on)
    if not rules:
        return None if times.due else DeadlineReading(phrase, Kind.RECURRING)
    ends = [found.due for found in (*times.due, *times.maybe) if found.due]
    ranged = any(group.ranged or group.members[-1].weak for group in dated)
    until = f";UNTIL={max(ends):%Y%m%d}" if ends and ranged else ""
    doubtful = tuple(ends) if ends and not ranged else ()
    written = " + ".join(rule + until for rule in rules)
    return DeadlineReading(
        phrase, Kind.RECURRING, recurrence=written, ambiguous=bool(doubtful), candidates=doubtful
    )


def _impossible_day(groups: Sequence[Group]) -> Saying | None:
    times = (time for group in groups for time in group.members if not time.lunar)
    found = (resolve(time, None).problem if time.year else find_impossible(time) for time in times)
    return next((problem for problem in found if problem), None)


def _dated(phrase: str, nodes: Sequence[Node], times: Times, issued_on: date | None) -> DeadlineReading:
    problem = next((found.problem for found in times.due if found.problem), None)
    days = tuple(dict.fromkeys(found.due for found in times.due if found.due))
    last = max(times.due, key=lambda found: (found.due or date.min, found.stated.kind is Kind.DATE))
    reading = DeadlineReading(
        phrase, last.stated.kind, all=days, problem=problem, year_assumed=last.year_assumed
    )
    if problem:
        return reading
    if last.stated.precision == "vague" and last.year_assumed:
        return DeadlineReading(phrase)
    if last.stated.precision == "vague":
        return replace(reading, all=(), ambiguous=True, precision="year")
    reading = replace(
        reading, due=last.due, precision=last.stated.precision, warning=_warning(last.due, issued_on)
    )
    return _doubts(reading, nodes, times, last, issued_on)


def _doubts(
    reading: DeadlineReading, nodes: Sequence[Node], times: Times, last: Resolved, issued_on: date | None
) -> DeadlineReading:
    """Other readings the same words allow."""
    if is_ongoing(nodes):
        if last.year_assumed and last.stated.kind is Kind.YEAR:
            return DeadlineReading(reading.phrase, Kind.ONGOING)
        if last.stated.kind is Kind.YEAR and is_ongoing_until(nodes):
            return DeadlineReading(reading.phrase, Kind.ONGOING, ambiguous=True, candidates=reading.all)
        return replace(reading, ambiguous=True, candidates=reading.all)
    if last.stated.precision == SCHOOL_YEAR and last.due:
        return replace(reading, ambiguous=True, candidates=(last.due, last.due.replace(month=8)))
    lone_day = last.stated.kind is Kind.DATE and last.stated.month is None and last.year_assumed
    if times.open or lone_day:
        return replace(reading, ambiguous=True, candidates=reading.all)
    if _may_be_yearly(nodes, times, last, issued_on):
        stated = last.stated
        rule = f"FREQ=YEARLY;BYMONTH={stated.month};BYMONTHDAY={stated.day}"
        return DeadlineReading(
            reading.phrase,
            Kind.RECURRING,
            recurrence=rule,
            ambiguous=True,
            candidates=reading.all,
            year_assumed=True,
        )
    return reading


def _may_be_yearly(nodes: Sequence[Node], times: Times, last: Resolved, issued_on: date | None) -> bool:
    """“trước ngày 30 tháng 12” with no year and far off reads as a date of every year."""
    lone = (
        len(times.due) == 1 and last.year_assumed and last.stated.in_words and last.stated.month is not None
    )
    if not lone or issued_on is None or last.due is None:
        return False
    year_said = any(isinstance(node, Stated) and node.year == last.due.year for node in nodes)
    return not year_said and (last.due - issued_on).days > _HALF_A_YEAR


def _warning(due: date | None, issued_on: date | None) -> Saying | None:
    if due is None or issued_on is None or due >= issued_on:
        return None
    return before_document(due, issued_on)


def _nothing(phrase: str, times: Times, issued_on: date | None) -> DeadlineReading:
    """No deadline; the days it would be due if it were one all the same."""
    days = tuple(dict.fromkeys(found.due for found in times.maybe if found.due))
    return DeadlineReading(
        phrase, ambiguous=bool(days), candidates=days, warning=_warning(times.before, issued_on)
    )
