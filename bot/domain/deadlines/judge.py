"""Decides what a parsed phrase means: a deadline, a rhythm, an ongoing duty, or none of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .dates import Resolved, resolve, resolve_all
from .groups import Group, Standing, find_groups
from .lengths import read_length
from .nodes import Anchor, Every, Mark, Node, Role, Wrong
from .problems import find_impossible
from .reading import DeadlineKind as Kind
from .reading import DeadlineReading, WorkingDays
from .rhythms import RATES, is_day_of_months, is_report_period, is_yearless, live_rhythms, rules_of

_HALF_A_YEAR = 183


@dataclass(frozen=True)
class _Times:
    """The groups of a phrase that are deadlines, resolved, and those that may be."""

    due: tuple[Resolved, ...] = ()
    maybe: tuple[Resolved, ...] = ()
    open: bool = False
    starts: bool = False
    before: date | None = None
    dated: tuple[Group, ...] = ()


def judge(
    phrase: str, nodes: Sequence[Node], issued_on: date | None, calendar: WorkingDays
) -> DeadlineReading:
    """The reading of `phrase`, whose nodes these are."""
    wrong = next((node.problem for node in nodes if isinstance(node, Wrong)), None)
    if wrong:
        return DeadlineReading(phrase, Kind.DATE, problem=wrong)
    groups = find_groups(nodes)
    live = _without_names(nodes, live_rhythms(nodes), groups)
    anchored = (
        any(isinstance(node, Anchor) for node in nodes)
        or any(is_day_of_months(group) for group in groups)
        or any(is_report_period(nodes, place) for place in range(len(nodes)))
    )
    if live or anchored:
        rhythm = _read_rhythm(phrase, nodes, live, groups, issued_on)
        if rhythm:
            return rhythm
    times = _read_times(nodes, groups, issued_on)
    if times.due:
        return _dated(phrase, nodes, times, issued_on)
    return (
        read_length(phrase, nodes, issued_on, calendar)
        or _timeless(phrase, nodes, times)
        or _nothing(phrase, times, issued_on)
    )


def _without_names(nodes: Sequence[Node], live: list[int], groups: Sequence[Group]) -> list[int]:
    """“trước ngày 10/6/2024 (báo cáo 6 tháng)” is due once: the rhythm only names the report."""
    named = all(isinstance(node, Every) and node.named for node in (nodes[place] for place in live))
    dated = any(g.standing is Standing.DUE and g.members[-1].year for g in groups)
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
    times = _read_times(nodes, dated, issued_on)
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


def _impossible_day(groups: Sequence[Group]) -> str | None:
    times = (time for group in groups for time in group.members)
    found = (resolve(time, None).problem if time.year else find_impossible(time) for time in times)
    return next((problem for problem in found if problem), None)


def _read_times(nodes: Sequence[Node], groups: Sequence[Group], issued_on: date | None) -> _Times:
    due: list[Resolved] = []
    maybe: list[Resolved] = []
    dated: list[Group] = []
    is_open = starts = False
    before: date | None = None
    for group in groups:
        back = group.standing is not Standing.DUE
        found = resolve_all(group.members, issued_on, back)
        verdict = _verdict(nodes, group, found, issued_on)
        if verdict == "due":
            due.extend(found)
            dated.append(group)
            is_open = is_open or _goes_on(nodes, group)
        elif verdict == "maybe":
            maybe.extend(found)
        elif verdict == "start":
            starts = True
        elif verdict == "before":
            before = _last(found)
    return _Times(tuple(due), tuple(maybe), is_open, starts, before, tuple(dated))


def _last(found: Sequence[Resolved]) -> date | None:
    return max((one.due for one in found if one.due), default=None)


def _verdict(nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None) -> str:
    """due, maybe, start, before (bare, and before the document) or not."""
    standing = group.standing
    if standing is Standing.START and not group.ranged:
        return "not" if group.expected or _is_followed_by(nodes, group, Role.PAST) else "start"
    if standing in (Standing.NOT, Standing.SAID):
        return "not"
    if _is_followed_by(nodes, group, Role.NAMED):
        return "not"
    if group.alternative:
        return "maybe"
    if standing is Standing.DUE and not group.ranged:
        return "not" if _is_history(nodes, group, found, issued_on) else "due"
    return _bare_verdict(nodes, group, found, issued_on)


def _bare_verdict(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> str:
    """Nothing calls it a deadline: what is over at the document's date, or only a name, is none."""
    last, first = found[-1], found[0]
    if issued_on is None or any(one.problem for one in found):
        return "due"
    if _is_over(last, issued_on) or (first.year_assumed and _is_over(first, issued_on)):
        return "before"
    if last.stated.weak and not _goes_on(nodes, group):
        return "due" if group.standing is Standing.DUE else "maybe"
    return "not" if _describes_other(nodes, group, last.stated.kind) else "due"


def _describes_other(nodes: Sequence[Node], group: Group, kind: Kind) -> bool:
    """“tổng kết năm 2025”, “năm 2026 phấn đấu…”, “quý I/2024 ước tăng…”: the time of something else."""
    after = nodes[group.end] if group.end < len(nodes) else None
    if isinstance(after, Mark) and after.text in RATES:
        return True
    if group.standing is Standing.REVIEW:
        return kind is not Kind.DATE
    return kind is Kind.YEAR and (group.standing is Standing.DUTY or _has_words_after(nodes, group))


def _is_over(found: Resolved, issued_on: date) -> bool:
    if found.due is None:
        return False
    return found.due <= issued_on if found.stated.kind is Kind.DATE else found.due < issued_on


def _is_history(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> bool:
    """“đến ngày 31/12/2024 đạt 45%”, “đã hoàn thành trước ngày…”: over, and told as such."""
    last = _last(found)
    if issued_on is None or last is None or last >= issued_on:
        return False
    told = any(isinstance(node, Mark) and node.role is Role.PAST for node in nodes)
    return told or _has_words_after(nodes, group)


def _has_words_after(nodes: Sequence[Node], group: Group) -> bool:
    after = nodes[group.end] if group.end < len(nodes) else None
    if isinstance(after, Mark) and after.text == ",":
        after = nodes[group.end + 1] if group.end + 1 < len(nodes) else None
    return isinstance(after, Mark) and after.role in (Role.OTHER, Role.THING, Role.PAST)


def _goes_on(nodes: Sequence[Node], group: Group) -> bool:
    return _is_followed_by(nodes, group, Role.AND_ON)


def _is_followed_by(nodes: Sequence[Node], group: Group, role: Role) -> bool:
    after = nodes[group.end : group.end + 2]
    return any(isinstance(node, Mark) and node.role is role for node in after)


def _dated(phrase: str, nodes: Sequence[Node], times: _Times, issued_on: date | None) -> DeadlineReading:
    problem = next((found.problem for found in times.due if found.problem), None)
    days = tuple(dict.fromkeys(found.due for found in times.due if found.due))
    last = max(
        (found for found in times.due if found.due),
        key=lambda found: found.due or date.min,
        default=times.due[-1],
    )
    reading = DeadlineReading(
        phrase, last.stated.kind, all=days, problem=problem, year_assumed=last.year_assumed
    )
    if problem:
        return reading
    if last.stated.precision == "vague":
        return replace(reading, all=(), ambiguous=True, precision="year")
    reading = replace(
        reading, due=last.due, precision=last.stated.precision, warning=_warning(last.due, issued_on)
    )
    return _doubts(reading, nodes, times, last, issued_on)


def _doubts(
    reading: DeadlineReading, nodes: Sequence[Node], times: _Times, last: Resolved, issued_on: date | None
) -> DeadlineReading:
    """Other readings the same words allow."""
    if any(_is_ongoing(nodes, place) for place in range(len(nodes))):
        if last.year_assumed and last.stated.kind is Kind.YEAR:
            return DeadlineReading(reading.phrase, Kind.ONGOING)
        return replace(reading, ambiguous=True, candidates=reading.all)
    lone_day = last.stated.kind is Kind.DATE and last.stated.month is None and last.year_assumed
    if times.open or lone_day:
        return replace(reading, ambiguous=True, candidates=reading.all)
    if _may_be_yearly(times, last, issued_on):
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


def _may_be_yearly(times: _Times, last: Resolved, issued_on: date | None) -> bool:
    """“trước ngày 30 tháng 12” with no year and far off reads as a date of every year."""
    lone = (
        len(times.due) == 1 and last.year_assumed and last.stated.in_words and last.stated.month is not None
    )
    return (
        lone and issued_on is not None and last.due is not None and (last.due - issued_on).days > _HALF_A_YEAR
    )


def _warning(due: date | None, issued_on: date | None) -> str | None:
    if due is None or issued_on is None or due >= issued_on:
        return None
    return f"Thời hạn {due:%d/%m/%Y} trước ngày ban hành văn bản ({issued_on:%d/%m/%Y})."


def _timeless(phrase: str, nodes: Sequence[Node], times: _Times) -> DeadlineReading | None:
    if times.starts or any(_is_ongoing(nodes, place) for place in range(len(nodes))):
        return DeadlineReading(phrase, Kind.ONGOING)
    return None


# “chi thường xuyên”, “việc làm thường xuyên”, “được … thường xuyên”, “thường xuyên xảy ra” say nothing of when.
_ATTRIBUTE_OF = frozenset(
    {"chi", "nhiem vu", "viec", "cong viec", "kinh phi", "duoc", "da", "viec lam", "va", "tu"}
)
_DESCRIPTIONS = frozenset({"xay", "bi", "cua", "gap"})


def _is_ongoing(nodes: Sequence[Node], place: int) -> bool:
    """Whether “thường xuyên” here is a duty's timing and not what kind of thing something is."""
    node = nodes[place]
    if not isinstance(node, Mark) or node.role is not Role.ONGOING:
        return False
    before = [other.text for other in nodes[max(0, place - 8) : place] if isinstance(other, Mark)]
    after = [other.text for other in nodes[place + 1 : place + 3] if isinstance(other, Mark)]
    if before and (before[-1] in _ATTRIBUTE_OF or "duoc" in before):
        return False
    return not after or (after[0] not in _DESCRIPTIONS and after != ["va", "lau dai"])


def _nothing(phrase: str, times: _Times, issued_on: date | None) -> DeadlineReading:
    """No deadline; the days it would be due if it were one all the same."""
    days = tuple(dict.fromkeys(found.due for found in times.maybe if found.due))
    return DeadlineReading(
        phrase, ambiguous=bool(days), candidates=days, warning=_warning(times.before, issued_on)
    )
