"""Puts the rhythms of a phrase and the days inside them together into RFC 5545 rules."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import clause_before
from .groups import Group, Standing, is_end_of_count
from .nodes import Anchor, Every, Lasting, Mark, Node, Role, Stated, role_at, text_at
from .reading import DeadlineKind as Kind
from .rhythm_rules import every, last_day, months_of_quarter
from .runs import is_yearless

_FOR = frozenset({"voi", "cho"})  # “trước ngày 15/6 hằng năm đối với báo cáo 6 tháng”
_LONGEST_LIST = 8
_SHORTEST_MONTH = 28
_NO_DAY = (Standing.NOT, Standing.SAID, Standing.START)


def rules_of(nodes: Sequence[Node], live: Sequence[int], groups: Sequence[Group]) -> list[str]:
    """The rules of a phrase, each once: its days first, then the rhythms no day belongs to."""
    days = tuple(dict.fromkeys(_days(nodes, live, groups)))
    rhythms = dict.fromkeys(_rhythms(nodes, live))
    term = next((rhythm.day for rhythm in rhythms if rhythm.day), None)
    bare = [_on_day(rhythm, term) for rhythm in rhythms if rhythm.freq and not _has_day(rhythm, days)]
    return list(dict.fromkeys([*(day.rule for day in days), *bare]))


def _on_day(rhythm: Every, day: int | None) -> str:
    """“6 tháng một lần, trước ngày 15 tháng cuối kỳ”."""
    monthly = rhythm.freq == "MONTHLY" and day is not None and day <= _SHORTEST_MONTH
    return every_rule(rhythm) + (f";BYMONTHDAY={day}" if monthly else "")


def every_rule(rhythm: Every) -> str:
    """A rhythm with no day said."""
    return f"FREQ={rhythm.freq}" + (f";INTERVAL={rhythm.interval}" if rhythm.interval > 1 else "")


def _rhythms(nodes: Sequence[Node], live: Sequence[int]) -> Iterator[Every]:
    """The rhythms; in their company “và 01 năm” is one as well."""
    own = frozenset(live)
    for place, node in enumerate(nodes):
        if isinstance(node, Every) and place in own:
            if not (node.named and text_at(nodes, _begin_of_list(nodes, place) - 2) in _FOR):
                yield node
        elif live and isinstance(node, Lasting) and _is_listed(nodes, place, node):
            yield every(node.unit, node.count)


def _begin_of_list(nodes: Sequence[Node], place: int) -> int:
    """The place of the first of the rhythms that are named together."""
    first = max(0, place - _LONGEST_LIST)
    while place > first and isinstance(nodes[place - 1], Every | Anchor):
        place -= 1
    return place


def _is_listed(nodes: Sequence[Node], place: int, node: Lasting) -> bool:
    before, after = nodes[place - 1] if place else None, nodes[place + 1 : place + 3]
    listed = isinstance(before, Mark) and before.role in (Role.JOIN, Role.STOP)
    if len(after) == 2 and not (isinstance(before, Mark) and before.role in (Role.BY, Role.TO, Role.AFTER)):
        listed = listed or (
            role_at(after, 0) is Role.JOIN and isinstance(after[1], Every) and bool(after[1].freq)
        )
    return listed and node.unit in ("thang", "quy", "nam") and not node.start and not node.working


@dataclass(frozen=True)
class _Day:
    """A day inside a rhythm; `of_quarter`: its months were said as those of every quarter."""

    rule: str
    of_quarter: bool = False


def _days(nodes: Sequence[Node], live: Sequence[int], groups: Sequence[Group]) -> Iterator[_Day]:
    days_said = any(
        group.standing is Standing.DUE and group.members[-1].kind is Kind.DATE for group in groups
    )
    by_start = {
        group.start: group
        for group in groups
        if (
            group.standing not in _NO_DAY
            or (group.standing is Standing.START and group.ranged)
            or _is_named_day(nodes, group)
        )
        and not (days_said and _is_reported_on(group))
    }
    for place, node in enumerate(nodes):
        if isinstance(node, Anchor) and not is_end_of_count(nodes, place):
            yield _Day(node.rule, "," in node.rule or node.cumulated)
        group = by_start.get(place)
        if group and is_day_of_months(group):
            yield _Day(_day_of_months(group.members))
        elif group and "rieng" not in clause_before(nodes, place):
            nearest = _nearest(nodes, live, place)
            rules = (_day_rule(member, nearest) for member in group.members if is_yearless(member))
            yield from (_Day(rule) for rule in rules if rule)


def _is_named_day(nodes: Sequence[Node], group: Group) -> bool:
    """“Ngày Pháp luật 09/11 hằng năm”."""
    after = nodes[group.end] if group.end < len(nodes) else None
    dated = group.members[-1].kind is Kind.DATE and group.standing is Standing.SAID
    return dated and isinstance(after, Every) and after.freq == "YEARLY"


def _is_reported_on(group: Group) -> bool:
    """“Báo cáo 6 tháng đầu năm gửi trước ngày 18/6”: the period is the report's, the day the duty's."""
    return group.standing is Standing.REVIEW and group.members[-1].kind is not Kind.DATE


def is_two_reports(nodes: Sequence[Node], groups: Sequence[Group]) -> bool:
    """“6 tháng đầu năm trước ngày 15/6, cả năm trước ngày 15/12”: two reports and their days in every year."""
    half = any(isinstance(node, Stated) and node.kind is Kind.HALF and is_yearless(node) for node in nodes)
    days = [
        member
        for group in groups
        if group.standing is Standing.DUE
        for member in group.members
        if is_yearless(member) and member.kind is Kind.DATE and member.month is not None
    ]
    return half and len(days) > 1


def is_report_period(nodes: Sequence[Node], place: int) -> bool:
    """“6 tháng (trước ngày 20/6)”: the report on a period and its day in every year."""
    node = nodes[place]
    if not isinstance(node, Lasting) or node.unit != "thang" or node.count not in (3, 6, 9):
        return False
    for after in nodes[place + 1 : place + 4]:
        if isinstance(after, Stated):
            return is_yearless(after) and after.kind is Kind.DATE and after.month is not None
        if not isinstance(after, Mark) or after.role not in (Role.BY, Role.JOIN):
            return False
    return False


def is_day_of_months(group: Group) -> bool:
    """“ngày 20 các tháng 3, 6, 9, 12”: one day of several months, in every year."""
    same = len({member.day for member in group.members}) == 1 and group.members[0].day is not None
    return len(group.members) >= 3 and same and all(is_yearless(member) for member in group.members)


def _day_of_months(times: Sequence[Stated]) -> str:
    months = ",".join(str(time.month) for time in times if time.month)
    return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={times[0].day}"


def _nearest(nodes: Sequence[Node], live: Sequence[int], place: int) -> Every:
    """The rhythm that stands nearest to `place`; `live` is in order."""
    after = bisect(live, place)
    nearest = min(live[max(0, after - 1) : after + 1], key=lambda other: abs(other - place), default=None)
    node = nodes[nearest] if nearest is not None else None
    return node if isinstance(node, Every) else Every(None)


def _day_rule(stated: Stated, rhythm: Every) -> str | None:
    if stated.precision == "vague":
        return None
    if stated.month is not None:
        last = last_day(stated.month)
        day = last if stated.day is None or (stated.month, stated.day) == (2, 29) else stated.day
        return f"FREQ=YEARLY;BYMONTH={stated.month};BYMONTHDAY={day}"
    if stated.kind is Kind.QUARTER:
        return f"FREQ=YEARLY;BYMONTH={months_of_quarter(2)};BYMONTHDAY=-1"
    base = every_rule(rhythm) if rhythm.freq == "MONTHLY" else "FREQ=MONTHLY"
    return f"{base};BYMONTHDAY={stated.day or -1}"


def _has_day(rhythm: Every, days: Sequence[_Day]) -> bool:
    """Whether the days said are the days of this rhythm."""
    parts = [dict(part.split("=") for part in day.rule.split(";")) for day in days]
    months = [len(part.get("BYMONTH", "").split(",")) for part in parts if part["FREQ"] == "YEARLY"]
    if rhythm.freq == "YEARLY":
        return any(day.rule.startswith("FREQ=YEARLY") and not day.of_quarter for day in days)
    same = any(
        part["FREQ"] == rhythm.freq and int(part.get("INTERVAL", 1)) == rhythm.interval for part in parts
    )
    half = (rhythm.freq, rhythm.interval) == ("MONTHLY", 6)
    if half and not rhythm.counted and len(days) == 1 and months == [1]:
        return True  # “định kỳ 6 tháng, trước ngày 10/6 hằng năm”: the report on the first half
    return same or (rhythm.freq == "MONTHLY" and 0 < 12 // rhythm.interval <= sum(months))
