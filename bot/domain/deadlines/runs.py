"""Finds runs of stated times that belong together, and completes each with what the next one says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .nodes import Mark, Node, Role, Stated
from .reading import DeadlineKind as Kind

LIMITS = frozenset({Role.BY, Role.TO, Role.FROM})
_BETWEEN = frozenset({Role.JOIN, Role.TO, Role.BY, Role.NEUTRAL, Role.OR, Role.FROM, Role.LABEL})
_JOINTS = 24
_APART = frozenset({"va", "dong thoi", "cung voi", "-"})
_DECADE = 10


@dataclass
class Run:
    """Times with only joining words between; `start`, `end` are node places, `end` past the last."""

    start: int
    end: int
    members: list[Stated]
    chained: bool = False  # only such words as “và trước” stand between it and the run before
    ranged: bool = False
    alternative: bool = False


def find_runs(nodes: Sequence[Node]) -> Iterator[Run]:
    """The runs of a phrase in order."""
    run: Run | None = None
    joints: list[Mark] = []
    for place, node in enumerate(nodes):
        if isinstance(node, Stated):
            if run and _continues(joints) and _is_alike(run.members[-1], node, joints):
                _take(run, node, place, joints)
            else:
                if run:
                    yield run
                run = Run(place, place + 1, [node], chained=run is not None)
            joints = []
        elif isinstance(node, Mark) and node.role in _BETWEEN and len(joints) < _JOINTS:
            joints.append(node)
        elif run:
            yield run
            run = None
    if run:
        yield run


def _continues(joints: Sequence[Mark]) -> bool:
    """A new word of deadline begins a new statement, unless it closes a range (“từ … đến trước …”)."""
    opens = any(joint.text == "<" for joint in joints)
    if any(joint.role is Role.LABEL or (opens and joint.role in LIMITS) for joint in joints):
        return False
    return _spans(joints) or not any(joint.role is Role.BY for joint in joints)


def _is_alike(said: Stated, other: Stated, joints: Sequence[Mark]) -> bool:
    """Not “vốn năm 2021 đến ngày 31/01/2022”, nor “… trước ngày 05/6, quý III trước ngày 05/9”."""
    if _spans(joints):
        whole_year = said.kind is Kind.YEAR and said.precision == "year" and other.kind is Kind.DATE
        return not (whole_year and any(joint.role is Role.TO for joint in joints))
    bracketed = any(joint.text == "<" for joint in joints)
    if said.kind is Kind.YEAR and bracketed:
        return other.kind is Kind.YEAR  # “trước mùa mưa năm 2027 (tháng 6/2027)”
    if bracketed and other.kind is Kind.DATE and said.kind is not Kind.DATE:
        return False  # “trong tuần này (14/5/2027)”
    return said.kind is not Kind.DATE or other.kind is Kind.DATE


def _spans(joints: Sequence[Mark]) -> bool:
    said = any(joint.role is Role.TO or joint.text == "-" for joint in joints)
    return said and not any(joint.text in ("va", ",") for joint in joints)


def _take(run: Run, node: Stated, place: int, joints: Sequence[Mark]) -> None:
    """Joins a time to a run: the end of a range takes the place of its beginning."""
    if run.members and _restates(run.members[-1], node, joints):
        run.end = place + 1
        return
    run.alternative = run.alternative or any(joint.role is Role.OR for joint in joints)
    if _spans(joints):
        begin = run.members.pop()
        run.ranged = True
        node = replace(node, weak=node.weak or _is_long_span(begin, node))
    run.members.append(node)
    run.end = place + 1


def _is_long_span(begin: Stated, end: Stated) -> bool:
    """“30 năm đổi mới (1986 - 2016)”: what is looked back on, or the reach of a plan."""
    years = (begin.year, end.year)
    spanned = begin.kind is end.kind is Kind.YEAR and None not in years
    return spanned and (end.year or 0) - (begin.year or 0) >= _DECADE


def _restates(said: Stated, again: Stated, joints: Sequence[Mark]) -> bool:
    """“27/01/2025 (28 tháng Chạp)”: the same day by the moon."""
    whole = said.kind is Kind.DATE and said.year is not None
    bracketed = any(joint.text == "<" for joint in joints) and not any(
        joint.role in LIMITS for joint in joints
    )
    return whole and bracketed and again.kind is Kind.DATE and again.year is None


def complete(members: list[Stated], after: Stated | None) -> None:
    """Gives each member the year, and a lone day the month, of the member after it."""
    for place in range(len(members) - 1, -1, -1):
        member = members[place]
        if after and _lacks_year(member):
            member = replace(member, year=after.year, year_shift=after.year_shift)
            if member.kind is Kind.DATE and member.month is None:
                member = replace(member, month=after.month)
            members[place] = member
        after = member


def is_narrowed(nodes: Sequence[Node], run: Run, after: Run) -> bool:
    """“quý III/2024, trước ngày 15/9”, “tháng 6 (trước ngày 25)”: the day says when in the period."""
    between = [node for node in nodes[run.end : after.start] if isinstance(node, Mark)]
    said = any(mark.role in (Role.BY, Role.FROM) or mark.text == "<" for mark in between)
    apart = any(mark.role in (Role.OR, Role.TO) or mark.text in _APART for mark in between)
    dated = all(member.kind is Kind.DATE for member in after.members)
    whole = all(member.kind is not Kind.DATE and member.day is None for member in run.members)
    return after.chained and said and not apart and dated and whole


def in_period(day: Stated, period: Stated) -> Stated:
    """A day with no month is one of the month before it."""
    if day.month is not None or is_shifted(day) or period.kind is not Kind.MONTH:
        return day
    return replace(day, year=period.year, month=period.month, year_shift=period.year_shift,
                   month_shift=period.month_shift)  # fmt: skip


def is_shifted(time: Stated) -> bool:
    """Whether a time is counted from the document's own."""
    return (time.year_shift, time.month_shift, time.week_shift, time.day_shift) != (None, None, None, None)


def _lacks_year(time: Stated) -> bool:
    return time.year is None and not is_shifted(time)


def is_yearless(stated: Stated) -> bool:
    """Whether a rhythm may say in which years or months a time comes back."""
    shifted = stated.year_shift is not None or stated.week_shift is not None or bool(stated.month_shift)
    return stated.year is None and not shifted and stated.day_shift is None and not stated.lunar
