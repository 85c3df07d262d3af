"""Which times of a phrase are deadlines, which only names, dates of documents, or beginnings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from .aims import is_far_off, is_finished_in, is_in_name, is_target, is_thing_of_year
from .cases import Case
from .clauses import RATES
from .dates import Resolved, resolve_all
from .events import is_at_session, is_bracketed_event, is_day_of_duty, is_foretold, tells_of_event
from .groups import Group, Standing
from .nodes import COMPLETES, SCHOOL_YEAR, Lasting, Mark, Node, Role, Stated, role_at, text_at
from .reading import DeadlineKind as Kind
from .told import (
    has_begun,
    is_condition,
    is_history,
    is_long_over,
    is_over,
    is_time_of_event,
    is_told,
    reaches_event,
    takes_effect,
)

_EXPECTED_ALONE = 2  # “Dự kiến quý II/2025” stands alone; “kỳ họp thứ 9 (dự kiến tháng 5)” tells of an event
_GOES_ON = frozenset({"con", "van", "chi con"})
_REMAINS = frozenset({"nhieu", "kho", "phuc", "dien", "tiem", "rat"})  # còn nhiều, còn khó khăn
_SUBJECT = 6
_IN_BRACKET = 5
_IN_TITLES = frozenset({Role.THING, Role.OTHER, Role.ACTION})
_ONWARDS = (Mark(Role.AND_ON, "tro di"), Mark(Role.AND_ON, "ve sau"))
_TITLE = 12
_HOLDS = frozenset(
    {"to chuc", "phat dong", "khoi cong", "khanh thanh", "dien tap"}
)  # what is planned by oneself
_RESTS = frozenset({"nghi tet", "nghi hoc", "nghi le", "nghi he"})


class Verdict(Enum):
    """What a group of times is."""

    DUE = auto()
    MAYBE = auto()  # a deadline or something else: a person has to say
    START = auto()
    BEFORE = auto()  # nothing calls it a deadline, and it is over at the document's date
    NOT = auto()


@dataclass(frozen=True)
class Times:
    """The times of a phrase that are deadlines and those that may be; `before`: one that was over."""

    due: tuple[Resolved, ...] = ()
    maybe: tuple[Resolved, ...] = ()
    open: bool = False
    starts: bool = False
    before: date | None = None


def read_times(nodes: Sequence[Node], groups: Sequence[Group], issued_on: date | None) -> Times:
    """Which of the groups are deadlines."""
    due: list[Resolved] = []
    met: list[Resolved] = []  # days that a bracket says others meet on: due where nothing else is
    maybe: list[Resolved] = []
    is_open = starts = False
    before: date | None = None
    for group in groups:
        case = _case(nodes, group, issued_on)
        verdict = _verdict(case)
        if verdict is Verdict.DUE and not (due and tells_of_event(case.before)):
            (met if is_bracketed_event(case.before) else due).extend(case.found)
            is_open = is_open or case.is_followed_by(Role.AND_ON)
        elif verdict is Verdict.MAYBE:
            maybe.extend(case.found)
        elif verdict is Verdict.START:
            starts = True
        elif verdict is Verdict.BEFORE:
            before = case.last
    return Times(_without_vague_years(due or met), tuple(maybe), is_open, starts, before)


def _case(nodes: Sequence[Node], group: Group, issued_on: date | None) -> Case:
    """What is told of as past is looked for in the nearest year, a deadline in the next."""
    case = Case(nodes, group, (), issued_on)
    looking_back = group.standing is not Standing.DUE or is_told(case) or is_time_of_event(case)
    return Case(nodes, group, resolve_all(group.members, issued_on, looking_back), issued_on)


def _without_vague_years(due: Sequence[Resolved]) -> tuple[Resolved, ...]:
    """“phát sinh trong năm, … trước ngày 15/7”: “trong năm” is no deadline beside a day that is said later."""
    days = [place for place, one in enumerate(due) if one.stated.kind is Kind.DATE]
    last = days[-1] if days else 0
    return (*(one for one in due[:last] if not _is_outweighed(one.stated)), *due[last:])


def _is_outweighed(stated: Stated) -> bool:
    """“trong năm”, and “dịp Quốc khánh”, an occasion."""
    return _is_current_year(stated) or (stated.weak and stated.kind is Kind.DATE)


def _is_current_year(stated: Stated) -> bool:
    return stated.kind is Kind.YEAR and stated.year is None and stated.precision == "year"


def _verdict(case: Case) -> Verdict:
    if case.group.standing in (Standing.SAID, Standing.DUTY) and _begins_clause(case):
        case = replace(case, group=replace(case.group, standing=Standing.BARE))
    standing = case.group.standing
    if is_long_over(case):
        return Verdict.BEFORE
    if standing in (Standing.START, Standing.BARE) and takes_effect(case):
        return Verdict.NOT
    if case.mark(0) in _ONWARDS and not case.group.ranged:
        return Verdict.START  # “(2026 trở đi)”
    if standing is Standing.START and (reaches_event(case) or not case.group.ranged):
        told = reaches_event(case) or case.group.expected or has_begun(case)
        return Verdict.NOT if told else Verdict.START
    if case.group.ranged and case.mark(0) == Mark(Role.LABEL, ":") and "".join(case.after[1:2])[:1].isdigit():
        return Verdict.NOT  # “Từ ngày 01/7/2025 đến ngày 31/12/2026: 30.000 đồng/bộ”
    if case.group.ranged and not _RESTS.isdisjoint(case.before):
        return Verdict.NOT
    if standing is Standing.SAID:
        return Verdict.DUE if _is_set_day(case) or _is_counted_out(case) else Verdict.NOT
    if standing is Standing.NOT or case.is_followed_by(Role.NAMED) or _goes_on(case):
        return Verdict.NOT
    if _is_doubtful(case):
        return Verdict.MAYBE
    if standing is Standing.DUE and not case.group.ranged:
        return Verdict.NOT if is_history(case) or is_condition(case) else Verdict.DUE
    return _bare_verdict(case)


def _goes_on(case: Case) -> bool:
    """“từ nay đến cuối năm còn diễn biến phức tạp”, “…, tình hình còn nhiều khó khăn”."""
    near = case.after[:_SUBJECT]
    remains = any(first == "con" and second in _REMAINS for first, second in pairwise(near))
    goes_on = not _GOES_ON.isdisjoint([*case.after[:1], " ".join(case.after[:2])])
    return goes_on or (remains and COMPLETES.isdisjoint(case.after))


def _is_doubtful(case: Case) -> bool:
    """Alternatives, what others are expected to do, and years that may be an aim or part of a name."""
    group = case.group
    expected = group.expected and group.standing is Standing.BARE and group.start > _EXPECTED_ALONE
    expected = expected and text_at(case.nodes, 0) not in _HOLDS
    others = group.expected and case.has_words_after() and COMPLETES.isdisjoint(case.after)
    expected = expected or (others and group.start <= _EXPECTED_ALONE)
    alternative = group.alternative and len({one.due for one in case.found}) > 1
    if alternative or expected or is_foretold(case.before) or _is_reach_of_plan(case) or _is_title(case):
        return True
    return case.kind is Kind.YEAR and (
        is_far_off(case) or is_target(case) or is_in_name(case) or is_thing_of_year(case)
    )


def _is_title(case: Case) -> bool:
    """“Kế hoạch tuyên truyền quý I/2026”: a paper's name, or a paper and its time."""
    named = case.group.standing is Standing.DUTY and role_at(case.nodes, 0) is Role.THING
    alone = case.group.start <= _TITLE and len(case.nodes) == case.group.end and case.kind is not Kind.DATE
    return named and alone and all(role_at(case.nodes, at) in _IN_TITLES for at in range(case.group.start))


def _is_reach_of_plan(case: Case) -> bool:
    """“tổng kết 05 năm thực hiện Đề án (2022 - 2027)”."""
    bracketed = case.mark(-1) == Mark(Role.JOIN, "<")
    spans = case.kind is Kind.YEAR and case.group.ranged
    if not (bracketed and spans):
        return False
    before = case.mark(-2)
    alone = case.group.start <= _TITLE and len(case.nodes) <= case.group.end + 1
    titled = alone and role_at(case.nodes, 0) is Role.THING
    return titled or (before is not None and before.role is Role.THING)


def _bare_verdict(case: Case) -> Verdict:
    """Nothing calls it a deadline: what is over at the document's date, or only a name, is none."""
    last, first = case.found[-1], case.found[0]
    if case.stated.day_shift is not None and case.has_words_after():
        return Verdict.NOT  # “hôm nay trời đẹp”
    if case.issued_on is None or any(one.problem for one in case.found):
        return Verdict.DUE
    if is_over(last, case.issued_on) or (first.year_assumed and is_over(first, case.issued_on)):
        return Verdict.BEFORE
    weak = case.kind is Kind.YEAR and any(
        member.weak and member.precision != SCHOOL_YEAR for member in case.group.members
    )
    if (weak or case.stated.weak) and not (case.is_followed_by(Role.AND_ON) or _heads_duty(case)):
        return Verdict.DUE if case.group.standing is Standing.DUE else Verdict.MAYBE
    return Verdict.NOT if _describes_other(case) else Verdict.DUE


def _describes_other(case: Case) -> bool:
    """“tổng kết năm 2025”, “năm 2026 phấn đấu…”, “quý I/2024 ước tăng…”: the time of something else."""
    first, second = case.mark(0), case.mark(1)
    if first and first.text in RATES:
        return not (second and second.role is Role.BY)  # “ngày 22/01/2025 là hạn cuối nộp hồ sơ”
    if case.group.standing is Standing.REVIEW:
        return case.kind is not Kind.DATE and case.stated.precision not in ("ten_days", "week")
    if case.kind is not Kind.YEAR:
        return False
    if first and first.text == "cua" and case.group.start == 0:
        return True  # “năm 2024 của UBND thành phố”: torn from a name
    whole_year = case.stated.precision == "year"
    return (whole_year and case.group.standing is Standing.DUTY) or case.has_words_after()


def _is_set_day(case: Case) -> bool:
    """Whether a time inside other words is all the same the day of a duty."""
    if case.last is None or case.kind is Kind.YEAR:
        return is_finished_in(case)
    exact = case.kind is Kind.DATE or is_at_session(case.nodes, case.group.start)
    return exact and is_day_of_duty(case.nodes, case.group.start, case.last, case.issued_on)


def _is_counted_out(case: Case) -> bool:
    """“ngày 07/02/2027 (105 ngày trước ngày bầu cử)”: the bracket says how the day was found."""
    bracketed = case.mark(0) == Mark(Role.JOIN, "<")
    return bracketed and any(isinstance(node, Lasting) for node in case.near_after[1:_IN_BRACKET])


def _heads_duty(case: Case) -> bool:
    """“Giai đoạn 2026 - 2030, triển khai …”."""
    comma, duty = case.mark(0), case.mark(1)
    if case.group.start or comma is None:
        return False
    begun = duty is not None and (duty.role is Role.ACTION or duty.text in COMPLETES)
    return comma.text in COMPLETES or (comma.text in (",", ":") and begun)


def _begins_clause(case: Case) -> bool:
    """“…, quý III/2024 hoàn thành”: a clause of its own that says what must then be done."""
    before, after = case.mark(-1), case.mark(0)
    if before is None or after is None or before.role not in (Role.JOIN, Role.STOP):
        return False
    return after.text in COMPLETES or (after.role is Role.ACTION and case.kind is not Kind.YEAR)
