"""Puts the rhythms of a phrase and the days inside them together into RFC 5545 rules."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import MONEY, RATES, clause_after, clause_before, has_aim
from .groups import Group, Standing, is_end_of_count
from .nodes import Anchor, Every, Lasting, Mark, Node, Role, Stated
from .ongoing import is_ongoing_here
from .reading import DeadlineKind as Kind
from .rhythm_rules import every, last_day, months_of_quarter

_LOOK_BACK = 12
_FOR = frozenset({"voi", "cho"})  # “trước ngày 15/6 hằng năm đối với báo cáo 6 tháng”
_LACKS = frozenset({"chua", "cham", "cham nop", "khong"})  # “chưa có báo cáo định kỳ”
_NEAR = 3
_TOLD = frozenset({"ket qua", "tinh hinh"})
_TO_WHOM = frozenset({"ve", "cho", "voi", "gui", "gui ve"})
_DUTIES = (Role.ACTION, Role.REVIEW, Role.BY, Role.ONGOING)
_NO_DAY = (Standing.NOT, Standing.SAID, Standing.START)


def live_rhythms(nodes: Sequence[Node]) -> list[int]:
    """The places of the rhythms that are the task's own, not those of a plan, a budget or a rate."""
    live: list[int] = []
    for place, node in enumerate(nodes):
        if not isinstance(node, Every):
            continue
        listed = place > 0 and isinstance(nodes[place - 1], Every)
        if (live[-1:] == [place - 1]) if listed else not (_describes(nodes, place) or _is_rate(nodes, place)):
            live.append(place)
    return live


def _is_rate(nodes: Sequence[Node], place: int) -> bool:
    """“hằng năm tăng 5%”, “hằng năm, số hồ sơ tăng 10%”, “hằng năm được bố trí”: what happens, no duty."""
    after, node = clause_after(nodes, place + 1), nodes[place]
    if after[:1] == ["binh quan"] or not _LACKS.isdisjoint(clause_before(nodes, place)[-_NEAR:]):
        return True
    if isinstance(node, Every) and node.named:
        return after[:1] != ["duoc"] and not RATES.isdisjoint(after[:1])
    return not RATES.isdisjoint(after[:1]) or after[:1] == ["duoc"] or has_aim(after)


def _describes(nodes: Sequence[Node], place: int) -> bool:
    """Whether a rhythm only says of what kind a thing is (“kế hoạch hằng năm”)."""
    nearest: Role | None = None
    rhythm = nodes[place]
    attribute = (
        place > 0 and _role(nodes[place - 1]) is Role.THING and "bao cao" not in clause_before(nodes, place)
    )
    if (
        _begins_duty(nodes, place)
        or _is_dated(nodes, place)
        or (isinstance(rhythm, Every) and (rhythm.counted or (rhythm.stressed and not attribute)))
    ):
        return False
    clause = clause_before(nodes, place)
    if place > 1 and isinstance(nodes[place - 1], Stated):
        if _role(nodes[place - 2]) is Role.COUNTED or is_end_of_count(nodes, place - 1):
            return True
        if _role(nodes[place - 2]) in (Role.BY, Role.TO):
            return False  # “đến ngày 18/11 hằng năm”
    if _text_at(nodes, place - 2) == "bao cao" and _text_at(nodes, place - 1) in _TOLD:
        return False
    often = isinstance(rhythm, Every) and rhythm.freq != "YEARLY"
    if often and (_is_sent(nodes, place) or ("bao cao" in clause and _text_at(nodes, place + 1) in _TO_WHOM)):
        return False
    if "thuong xuyen" in clause[-1:] and not MONEY.isdisjoint(clause):
        return True
    for before in range(place - 1, max(-1, place - 1 - _LOOK_BACK), -1):
        node = nodes[before]
        if isinstance(node, Lasting | Stated) or (isinstance(node, Every) and nearest):
            continue
        role = node.role if isinstance(node, Mark) else Role.STOP
        if role is Role.ONGOING and not is_ongoing_here(nodes, before):
            role = Role.THING
        of_name = nearest is None or (nearest is Role.OTHER and _opens_with_thing(nodes, before))
        if of_name and role in (Role.ACTION, Role.REVIEW) and _belongs_to_thing(nodes, before):
            role = Role.THING
        if role is Role.COUNTED:
            return True
        if (
            role is Role.ACCORDING
            and before
            and nearest is Role.THING
            and _text_at(nodes, place + 1) == "cua"
        ):
            return True
        if role is Role.ACCORDING or (role in _DUTIES and nearest is not Role.THING):
            return False
        if role is Role.JOIN and nearest is None and before and _role(nodes[before - 1]) is Role.THING:
            continue
        if role in (Role.STOP, Role.LABEL) or (role is Role.JOIN and nearest is None and _text(node) != "va"):
            break
        if role is Role.THING or (nearest is None and role in (Role.OTHER, Role.PAST)):
            nearest = role
    return nearest is not None


def _is_sent(nodes: Sequence[Node], place: int) -> bool:
    """“báo cáo … về Văn phòng Tỉnh ủy hằng tuần”: only the recipient stands between."""
    for before in range(place - 1, max(-1, place - _LOOK_BACK), -1):
        if _text(nodes[before]) in _TO_WHOM:
            return True
        if _role(nodes[before]) not in (Role.OTHER, Role.NEUTRAL):
            return False
    return False


def _opens_with_thing(nodes: Sequence[Node], verb: int) -> bool:
    """“kết quả đánh giá chất lượng hằng năm”: a thing and its verb begin the phrase."""
    return [_role(node) for node in nodes[:verb] if _text(node) != "<"] == [Role.THING]


def _is_dated(nodes: Sequence[Node], place: int) -> bool:
    """“kê khai tài sản hằng năm hoàn thành trước ngày 31 tháng 12”: the day makes the rhythm the duty's own."""
    after = nodes[place + 1 : place + 6]
    time = next((step for step, node in enumerate(after) if isinstance(node, Stated)), None)
    if time is None:
        return False
    stated = after[time]
    words = [_role(node) for node in after[:time]]
    dated = isinstance(stated, Stated) and stated.kind is Kind.DATE and is_yearless(stated)
    return dated and Role.BY in words and all(role in (Role.BY, Role.NEUTRAL, Role.JOIN) for role in words)


def _role(node: Node) -> Role | None:
    return node.role if isinstance(node, Mark) else None


def _begins_duty(nodes: Sequence[Node], place: int) -> bool:
    """“… giám sát và hằng năm báo cáo”."""
    before, after = nodes[place - 1 : place], nodes[place + 1 : place + 2]
    if not any(isinstance(node, Mark) and node.role in (Role.ACTION, Role.REVIEW) for node in after):
        return False
    joined = any(isinstance(node, Mark) and node.role in (Role.JOIN, Role.STOP) for node in before)
    return joined or _follows_subject(nodes, place)


def _follows_subject(nodes: Sequence[Node], place: int) -> bool:
    """“Ban Thường vụ hằng năm tổ chức …”: only a body is named before."""
    before = [node for node in nodes[max(0, place - _LOOK_BACK) : place] if _text(node) != "<"]
    return bool(before) and all(_role(node) is Role.OTHER for node in before)


def _belongs_to_thing(nodes: Sequence[Node], place: int) -> bool:
    """“kế hoạch kiểm tra, giám sát”: verbs that say what a plan is for."""
    first = place
    if _role(nodes[place]) is Role.REVIEW and _follows_deed(nodes, place):
        return False
    for before in range(place - 1, max(-1, place - _LOOK_BACK), -1):
        node = nodes[before]
        if not isinstance(node, Mark) or node.role not in (Role.ACTION, Role.REVIEW, Role.JOIN, Role.THING):
            break
        if node.role is Role.THING:
            return before == first - 1
        if node.role is not Role.JOIN:
            first = before
    return False


def _follows_deed(nodes: Sequence[Node], place: int) -> bool:
    """“tổng hợp kết quả báo cáo hằng tuần”, “tổng hợp kết quả tiêm phòng báo cáo hằng tuần”."""
    before = [_role(node) for node in nodes[max(0, place - 2) : place]]
    return before[-1:] == [Role.ACTION] or before == [Role.ACTION, Role.THING]


def _text(node: Node) -> str:
    return node.text if isinstance(node, Mark) else ""


def rules_of(nodes: Sequence[Node], live: Sequence[int], groups: Sequence[Group]) -> list[str]:
    """The rules of a phrase, each once: its days first, then the rhythms no day belongs to."""
    days = tuple(dict.fromkeys(_days(nodes, live, groups)))
    rhythms = dict.fromkeys(_rhythms(nodes, live))
    bare = [every_rule(rhythm) for rhythm in rhythms if rhythm.freq and not _has_day(rhythm, days)]
    return list(dict.fromkeys([*(day.rule for day in days), *bare]))


def every_rule(rhythm: Every) -> str:
    """A rhythm with no day said."""
    return f"FREQ={rhythm.freq}" + (f";INTERVAL={rhythm.interval}" if rhythm.interval > 1 else "")


def _rhythms(nodes: Sequence[Node], live: Sequence[int]) -> Iterator[Every]:
    """The rhythms; in their company “và 01 năm” is one as well."""
    own = frozenset(live)
    for place, node in enumerate(nodes):
        if isinstance(node, Every) and place in own:
            if not (node.named and _text_at(nodes, place - 2) in _FOR):
                yield node
        elif live and isinstance(node, Lasting) and _is_listed(nodes, place, node):
            yield every(node.unit, node.count)


def _text_at(nodes: Sequence[Node], place: int) -> str:
    return _text(nodes[place]) if 0 <= place < len(nodes) else ""


def _is_listed(nodes: Sequence[Node], place: int, node: Lasting) -> bool:
    before, after = nodes[place - 1] if place else None, nodes[place + 1 : place + 3]
    listed = isinstance(before, Mark) and before.role in (Role.JOIN, Role.STOP)
    if len(after) == 2 and not (isinstance(before, Mark) and before.role in (Role.BY, Role.TO, Role.AFTER)):
        listed = listed or (
            _role(after[0]) is Role.JOIN and isinstance(after[1], Every) and bool(after[1].freq)
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
        if (group.standing not in _NO_DAY or (group.standing is Standing.START and group.ranged))
        and not (days_said and _is_reported_on(group))
    }
    for place, node in enumerate(nodes):
        if isinstance(node, Anchor) and not is_end_of_count(nodes, place):
            yield _Day(node.rule, "," in node.rule)
        group = by_start.get(place)
        if group and is_day_of_months(group):
            yield _Day(_day_of_months(group.members))
        elif group and "rieng" not in clause_before(nodes, place):
            nearest = _nearest(nodes, live, place)
            rules = (_day_rule(member, nearest) for member in group.members if is_yearless(member))
            yield from (_Day(rule) for rule in rules if rule)


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


def is_yearless(stated: Stated) -> bool:
    """Whether a rhythm may say in which years or months a time comes back."""
    shifted = stated.year_shift is not None or stated.week_shift is not None or bool(stated.month_shift)
    return stated.year is None and not shifted and stated.day_shift is None and not stated.lunar


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
    return same or (rhythm.freq == "MONTHLY" and 0 < 12 // rhythm.interval <= sum(months))
