"""Which times of a phrase are deadlines, which only names, dates of documents, or beginnings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from .clauses import RATES, REACH, clause_after, clause_before, has_aim, is_share, sentence_after
from .dates import Resolved, resolve_all
from .events import is_at_session, is_day_of_duty, is_foretold
from .groups import Group, Standing
from .nodes import COMPLETES, Mark, Node, Role, Stated
from .reading import DeadlineKind as Kind

_PLANS = frozenset(
    {
        "quy hoach",
        "chien luoc",
        "chuong trinh",
        "de an",
        "ke hoach",
        "dinh huong",
        "du bao",
        "tinh toan",
        "phat trien",
    }
)
REACHES = frozenset({"den", "den nam", "toi", "den het"})
_EXPECTED_ALONE = 2  # “Dự kiến quý II/2025” stands alone; “kỳ họp thứ 9 (dự kiến tháng 5)” tells of an event
_RESULTS = frozenset({"ket qua", "tinh hinh"})
_LIMITS = frozenset({"truoc", "cham nhat", "muon nhat"})
_HAPPENS = frozenset({"dien ra", "xay ra", "duoc"})
_FINISHES = frozenset({"hoan thanh", "xong", "hoan tat"})
_GOES_ON = (["con"], ["van"])  # “từ nay đến cuối năm còn diễn biến phức tạp”
_RESTS = frozenset({"nghi tet", "nghi hoc", "nghi le", "nghi he"})
_EFFECT_NEAR = 6
_NEXT_TO = 3
_HORIZON = 15  # years
_SLIP_OF_YEARS = 2


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
    maybe: list[Resolved] = []
    is_open = starts = False
    before: date | None = None
    for group in groups:
        back = group.standing is not Standing.DUE or _is_told(nodes, group)
        found = resolve_all(group.members, issued_on, back)
        verdict = _verdict(nodes, group, found, issued_on)
        if verdict is Verdict.DUE:
            if found[-1].stated.kind is Kind.DATE:
                due = [one for one in due if not _is_current_year(one)]
            due.extend(found)
            is_open = is_open or _goes_on(nodes, group)
        elif verdict is Verdict.MAYBE:
            maybe.extend(found)
        elif verdict is Verdict.START:
            starts = True
        elif verdict is Verdict.BEFORE:
            before = _last(found)
    return Times(tuple(due), tuple(maybe), is_open, starts, before)


def _is_current_year(found: Resolved) -> bool:
    """“phát sinh trong năm, …”: no deadline beside a day that is said later."""
    stated = found.stated
    return stated.kind is Kind.YEAR and stated.year is None and stated.precision == "year"


def _is_told(nodes: Sequence[Node], group: Group) -> bool:
    """“đến ngày 15/9, bão đã làm…”, “trong 8 tháng đầu năm, thu ngân sách đạt 65%”: what has happened."""
    after = nodes[group.end : group.end + REACH]
    past = any(isinstance(node, Mark) and node.text in ("da", "den nay") for node in after)
    return past or has_aim(clause_after(nodes, group.end)) or _is_reported(nodes, group)


def _is_reported(nodes: Sequence[Node], group: Group) -> bool:
    """“kết quả thực hiện trong 6 tháng đầu năm”: the period that a report tells of."""
    before = clause_before(nodes, group.start)
    told = group.members[-1].kind is not Kind.DATE and not _RESULTS.isdisjoint(before)
    return told and COMPLETES.isdisjoint(before) and _LIMITS.isdisjoint(before)


def _last(found: Sequence[Resolved]) -> date | None:
    return max((one.due for one in found if one.due), default=None)


def _verdict(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> Verdict:
    if group.standing in (Standing.SAID, Standing.DUTY) and _begins_clause(nodes, group):
        group = replace(group, standing=Standing.BARE)
    standing = group.standing
    if _is_long_over(nodes, group, found, issued_on):
        return Verdict.BEFORE
    if standing in (Standing.START, Standing.BARE) and _takes_effect(nodes, group):
        return Verdict.NOT
    if standing is Standing.START and _reaches_event(nodes, group):
        return Verdict.NOT
    if standing is Standing.START and not group.ranged:
        told = (
            group.expected
            or _is_followed_by(nodes, group, Role.PAST)
            or _has_begun(nodes, group, found, issued_on)
            or "duoc" in clause_before(nodes, group.start)
        )
        return Verdict.NOT if told else Verdict.START
    if group.ranged and not _RESTS.isdisjoint(clause_before(nodes, group.start)):
        return Verdict.NOT
    if standing is Standing.SAID and _is_set_day(nodes, group, found, issued_on):
        return Verdict.DUE
    if standing in (Standing.NOT, Standing.SAID):
        return Verdict.NOT
    if _is_followed_by(nodes, group, Role.NAMED) or clause_after(nodes, group.end)[:1] in _GOES_ON:
        return Verdict.NOT
    if (
        group.alternative
        or is_foretold(clause_before(nodes, group.start))
        or (group.expected and group.standing is Standing.BARE and group.start > _EXPECTED_ALONE)
    ):
        return Verdict.MAYBE
    if group.members[-1].kind is Kind.YEAR and (
        _is_far_off(found, issued_on) or _is_target(nodes, group) or _is_in_name(nodes, group)
    ):
        return Verdict.MAYBE
    if standing is Standing.DUE and not group.ranged:
        return Verdict.NOT if _is_history(nodes, group, found, issued_on) else Verdict.DUE
    return _bare_verdict(nodes, group, found, issued_on)


def _bare_verdict(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> Verdict:
    """Nothing calls it a deadline: what is over at the document's date, or only a name, is none."""
    last, first = found[-1], found[0]
    if issued_on is None or any(one.problem for one in found):
        return Verdict.DUE
    if _is_over(last, issued_on) or (first.year_assumed and _is_over(first, issued_on)):
        return Verdict.BEFORE
    if last.stated.weak and not _goes_on(nodes, group):
        return Verdict.DUE if group.standing is Standing.DUE else Verdict.MAYBE
    return Verdict.NOT if _describes_other(nodes, group, last.stated.kind) else Verdict.DUE


def _describes_other(nodes: Sequence[Node], group: Group, kind: Kind) -> bool:
    """“tổng kết năm 2025”, “năm 2026 phấn đấu…”, “quý I/2024 ước tăng…”: the time of something else."""
    after = nodes[group.end] if group.end < len(nodes) else None
    if isinstance(after, Mark) and after.text in RATES:
        return not _is_said_limit(nodes, group)
    if group.standing is Standing.REVIEW:
        return kind is not Kind.DATE
    if group.members[-1].day_shift is not None:
        return _has_words_after(nodes, group)
    if kind is Kind.YEAR and group.members[-1].precision != "year":
        return _has_words_after(nodes, group)
    return kind is Kind.YEAR and (group.standing is Standing.DUTY or _has_words_after(nodes, group))


def _has_begun(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> bool:
    """“Trung tâm dữ liệu tỉnh vận hành từ ngày 15/9/2026”, said in October."""
    last = _last(found)
    over = last is not None and issued_on is not None and last < issued_on
    before = nodes[max(0, group.start - REACH) : group.start]
    return over and any(isinstance(node, Mark) and node.role is Role.OTHER for node in before)


def _is_said_limit(nodes: Sequence[Node], group: Group) -> bool:
    """“ngày 22/01/2025 là hạn cuối nộp hồ sơ”."""
    return any(
        isinstance(node, Mark) and node.role is Role.BY for node in nodes[group.end + 1 : group.end + 2]
    )


def _is_far_off(found: Sequence[Resolved], issued_on: date | None) -> bool:
    """“đến năm 2070”: no office is given a duty for then, it is a horizon."""
    last = _last(found)
    return last is not None and issued_on is not None and last.year - issued_on.year > _HORIZON


def _is_target(nodes: Sequence[Node], group: Group) -> bool:
    """“đến năm 2025 đạt 90%”, “tăng 15% vào năm 2025”: a figure aimed at, no duty with a day."""
    after = clause_after(nodes, group.end)
    said = after[1:] if after[:1] == [","] else after
    if said and said[0] in RATES:
        return True
    before = clause_before(nodes, group.start)
    aimed = has_aim(before) or has_aim(after) or is_share(after) or _is_goal(before, after)
    aimed = aimed or ("du kien" in before and any(text[:1].isdigit() for text in before))
    aimed = aimed or any(pair == ("la", "nhiem vu") for pair in pairwise(before))
    return aimed and COMPLETES.isdisjoint([*before, *sentence_after(nodes, group.end)])


def _is_set_day(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> bool:
    last = _last(found)
    if last is None or group.members[-1].kind is Kind.YEAR:
        return last is not None and _is_finished_in(nodes, group, last, issued_on)
    exact = group.members[-1].kind is Kind.DATE or is_at_session(nodes, group.start)
    return exact and is_day_of_duty(nodes, group.start, last, issued_on)


def _is_finished_in(nodes: Sequence[Node], group: Group, last: date, issued_on: date | None) -> bool:
    """“hoàn thành xây dựng nông thôn mới nâng cao năm 2025”, but “hoàn thành nhiệm vụ năm 2025”."""
    before = nodes[group.start - 1]
    named = group.members[-1].weak or (isinstance(before, Mark) and before.role in (Role.THING, Role.CODE))
    clause = clause_before(nodes, group.start, within_commas=True)
    told = _is_said_as_past(nodes, group) or _is_dated_later(nodes, group)
    ahead = issued_on is not None and last >= issued_on
    return ahead and not named and not told and not _FINISHES.isdisjoint(clause)


def _is_dated_later(nodes: Sequence[Node], group: Group) -> bool:
    after = nodes[group.end : group.end + REACH]
    return any(isinstance(node, Stated) and node.kind is not Kind.YEAR for node in after)


def _is_goal(before: Sequence[str], after: Sequence[str]) -> bool:
    """“mục tiêu thu hút 2,5 triệu lượt khách vào năm 2030”, “mục tiêu đến năm 2030, kinh tế số…”."""
    if "muc tieu" not in before:
        return False
    between = before[before.index("muc tieu") + 1 :]
    return any(text[:1].isdigit() for text in between) or (len(between) < _NEXT_TO and len(after) > 1)


def _is_in_name(nodes: Sequence[Node], group: Group) -> bool:
    """“Quy hoạch phát triển thương mại đến năm 2025”: until when a plan reaches."""
    before = clause_before(nodes, group.start)
    if not before or before[-1] not in (REACHES | {"tu"} if group.ranged else REACHES):
        return False
    for text in reversed(before):
        if text in _PLANS:
            return True
        if text in COMPLETES:
            return False
    return False


def _takes_effect(nodes: Sequence[Node], group: Group) -> bool:
    """“từ ngày 01/7/2025 Luật có hiệu lực”."""
    for node in nodes[group.end : group.end + _EFFECT_NEAR]:
        if isinstance(node, Mark) and node.role in (Role.STOP, Role.EFFECT):
            return node.role is Role.EFFECT
    return False


def _reaches_event(nodes: Sequence[Node], group: Group) -> bool:
    """“từ ngày 01/01/2024 đến thời điểm kiểm tra”: a period looked at."""
    after = nodes[group.end : group.end + 1]
    return any(isinstance(node, Mark) and node.role in (Role.COUNTED, Role.TO) for node in after)


def _begins_clause(nodes: Sequence[Node], group: Group) -> bool:
    """“…, quý III/2024 hoàn thành”: a clause of its own that says what must then be done."""
    before = nodes[group.start - 1] if group.start else None
    opens = isinstance(before, Mark) and before.role in (Role.JOIN, Role.STOP)
    after = nodes[group.end] if group.end < len(nodes) else None
    due = group.members[-1]
    acts = isinstance(after, Mark) and after.role is Role.ACTION and due.kind is not Kind.YEAR
    return opens and isinstance(after, Mark) and (acts or after.text in COMPLETES)


def _is_long_over(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> bool:
    """“trước năm 1975”, “trong 2 năm 2023, 2024”: no duty is due before it is given, but for a slip of the pen."""
    last = _last(found)
    if issued_on is None or last is None:
        return False
    if group.members[-1].kind is not Kind.YEAR:
        return last.year < issued_on.year - _SLIP_OF_YEARS
    slip = 0 if COMPLETES.isdisjoint(clause_before(nodes, group.start)) else _SLIP_OF_YEARS
    return last.year < issued_on.year - slip


def _is_over(found: Resolved, issued_on: date) -> bool:
    if found.due is None:
        return False
    if found.stated.day_shift is not None:
        return False
    return found.due <= issued_on if found.stated.kind is Kind.DATE else found.due < issued_on


def _is_history(
    nodes: Sequence[Node], group: Group, found: Sequence[Resolved], issued_on: date | None
) -> bool:
    """“đến ngày 31/12/2024 đạt 45%”, “đã hoàn thành trước ngày…”: over, and told as such."""
    last = _last(found)
    if issued_on is None or last is None:
        return False
    if last >= issued_on:
        return _is_figure_now(nodes, group, last, issued_on)
    told = _is_said_as_past(nodes, group)
    measured = clause_after(nodes, group.end)[:1]
    happened = _is_reported(nodes, group) or not _HAPPENS.isdisjoint(clause_before(nodes, group.start))
    return told or happened or _has_words_after(nodes, group) or not RATES.isdisjoint(measured)


def _is_figure_now(nodes: Sequence[Node], group: Group, last: date, issued_on: date) -> bool:
    """“đến tháng 3/2024, dư nợ đạt 3.980 tỷ đồng”, said in March 2024."""
    before, after = clause_before(nodes, group.start), clause_after(nodes, group.end)
    current = group.members[-1].kind is Kind.MONTH and (last.year, last.month) == (
        issued_on.year,
        issued_on.month,
    )
    return current and before[-1:] == ["den"] and has_aim(after) and COMPLETES.isdisjoint([*before, *after])


def _is_said_as_past(nodes: Sequence[Node], group: Group) -> bool:
    near = nodes[max(0, group.start - REACH) : group.end + REACH]
    return any(isinstance(node, Mark) and node.role is Role.PAST for node in near)


def _has_words_after(nodes: Sequence[Node], group: Group) -> bool:
    after = nodes[group.end] if group.end < len(nodes) else None
    if isinstance(after, Mark) and after.text in (",", ">"):
        after = nodes[group.end + 1] if group.end + 1 < len(nodes) else None
    return isinstance(after, Mark) and after.role in (Role.OTHER, Role.THING, Role.PAST)


def _goes_on(nodes: Sequence[Node], group: Group) -> bool:
    return _is_followed_by(nodes, group, Role.AND_ON)


def _is_followed_by(nodes: Sequence[Node], group: Group, role: Role) -> bool:
    after = nodes[group.end : group.end + 2]
    if after and isinstance(after[0], Mark) and after[0].role is Role.STOP:
        return False
    return any(isinstance(node, Mark) and node.role is role for node in after)
