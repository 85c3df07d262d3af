"""What the words before a run of times make of it: a deadline, a cell, a duty, a beginning, the date of something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from .events import PAPERS, is_day_of_event
from .nodes import Lasting, Mark, Node, Origin, Role, Stated
from .reading import DeadlineKind as Kind
from .runs import LIMITS, Run, complete, find_runs, in_period, is_narrowed

_BEFORE_LIMIT = 24
_NAME_LIMIT = 20
_FORMER = frozenset({"thoi han cu", "han cu"})
_IN_NAMES = frozenset({Role.OTHER, Role.NEUTRAL, Role.THING})
_LATEST = frozenset({"cham nhat", "muon nhat", "tre nhat"})
_POINTS_AT_ONCE = frozenset({"tu", "ke tu", "tinh tu"})


class Standing(Enum):
    """How a group of times stands in its phrase."""

    DUE = auto()  # a word says that it is a deadline
    BARE = auto()  # nothing before it: a cell, a bracket
    DUTY = auto()  # behind a verb of duty
    REVIEW = auto()  # behind “báo cáo”, “tổng kết”: perhaps what is reported on
    START = auto()  # a beginning
    SAID = auto()  # inside other words: the date of something
    NOT = auto()  # the date of a document, an effect, a figure, a name


_BEHIND = {Role.ACTION: Standing.DUTY, Role.REVIEW: Standing.REVIEW}


@dataclass(frozen=True)
class Group:
    """Times that form one statement; `start`, `end` are node places, `end` past the last."""

    members: tuple[Stated, ...]
    start: int
    end: int
    standing: Standing
    ranged: bool = False
    alternative: bool = False
    expected: bool = False


def find_groups(nodes: Sequence[Node]) -> list[Group]:
    """The groups of a phrase in order."""
    groups: list[Group] = []
    after: Run | None = None
    for run in reversed(list(find_runs(nodes))):
        complete(run.members, after.members[0] if after and after.chained else None)
        if after and is_narrowed(nodes, run, after):
            after.members[:] = [in_period(member, run.members[-1]) for member in after.members]
            groups[-1] = replace(groups[-1], members=tuple(after.members))
            continue
        counted = is_end_of_count(nodes, run.start)
        standing, expected = _standing(nodes, run.start, run.ranged)
        standing = Standing.NOT if counted else standing
        groups.append(
            Group(tuple(run.members), run.start, run.end, standing, run.ranged, run.alternative, expected)
        )
        after = run
    return groups[::-1]


def is_end_of_count(nodes: Sequence[Node], start: int) -> bool:
    """“tính từ ngày 15 tháng trước đến ngày 14”, “thời điểm từ đầu năm đến ngày 15/10”: what a report tells of."""
    before = nodes[start - 1] if start else None
    if before == Mark(Role.COUNTED, "tinh tu"):
        return True
    if not isinstance(before, Mark) or before.role is not Role.TO:
        return False
    after: Role | None = None
    for node in reversed(nodes[max(0, start - _BEFORE_LIMIT) : start]):
        role = node.role if isinstance(node, Mark) else None
        if role is Role.STOP or (role is Role.BY and after is not Role.COUNTED):
            return False
        if role is Role.COUNTED and (after is Role.FROM or node == Mark(Role.COUNTED, "tinh tu")):
            return True
        after = role
    return False


def _standing(nodes: Sequence[Node], start: int, ranged: bool) -> tuple[Standing, bool]:
    """Reads backwards from a time until a word decides."""
    if _is_limit(nodes, start):
        return Standing.DUE, False
    seen: set[Role] = set()
    for place in range(start - 1, max(-1, start - 1 - _BEFORE_LIMIT), -1):
        node = nodes[place]
        if isinstance(node, Lasting) and _is_of_length(nodes, place):
            return Standing.NOT, False
        if not isinstance(node, Mark):
            break
        decided = _decide(node, seen, ranged, nodes[max(0, place - _NAME_LIMIT) : place])
        if decided:
            return decided, Role.EXPECTED in seen or _is_expected(nodes, place)
        if node.role is Role.STOP:
            break
    return _undecided(seen), Role.EXPECTED in seen


def _is_limit(nodes: Sequence[Node], start: int) -> bool:
    """“… chậm nhất 31/01”, “Hạn chót tiếp nhận hồ sơ là 22/01/2025”: whatever else stands before."""
    before = [node.text for node in nodes[max(0, start - _NAME_LIMIT) : start] if isinstance(node, Mark)]
    if before[-1:] == ["la"]:
        limits = (text for text in before if text.startswith(("han ", "thoi han", "gia han cuoi")))
        return any(text not in _FORMER for text in limits)
    return before[-1:] != [] and before[-1] in _LATEST


def _is_of_length(nodes: Sequence[Node], place: int) -> bool:
    """“05 năm, kể từ năm ngân sách 2024”, “có hiệu lực 24 tháng, đến ngày 31/12/2025”."""
    length, after, before = nodes[place], nodes[place + 1], nodes[place - 1] if place else None
    if isinstance(before, Mark) and before.role is Role.EFFECT:
        return True
    counted = isinstance(length, Lasting) and length.origin is Origin.OTHER
    return counted and isinstance(after, Stated) and after.kind in (Kind.YEAR, Kind.MONTH)


def _is_expected(nodes: Sequence[Node], place: int) -> bool:
    near = nodes[max(0, place - 3) : place]
    return any(isinstance(node, Mark) and node.role is Role.EXPECTED for node in near)


def _decide(mark: Mark, seen: set[Role], ranged: bool, before: Sequence[Node]) -> Standing | None:
    if mark.role in (Role.EFFECT, Role.COUNTED, Role.NAMED):
        return Standing.NOT
    if mark.role is Role.FROM and Role.BY in seen and mark.text not in _POINTS_AT_ONCE:
        return None  # “bắt đầu trước ngày…”
    if mark.role is Role.FEAST and not seen & LIMITS and _is_occasion(before):
        return Standing.DUE
    if mark.role in (Role.CODE, Role.FEAST) and not seen & LIMITS:
        return Standing.NOT
    if mark.role in (
        Role.OTHER,
        Role.THING,
        Role.ACTION,
        Role.REVIEW,
        Role.CODE,
        Role.FEAST,
        Role.PAST,
        Role.ACCORDING,
        Role.SINCE_EVENT,
    ):
        return _behind(mark, seen, ranged, before)
    if mark.text in _LATEST and Role.FROM in seen:
        return Standing.DUE  # “chậm nhất từ ngày…”
    if mark.text == "<" and Role.BY not in seen and is_day_of_event(before, len(before)):
        return Standing.SAID
    if mark.text == "<" and not seen & LIMITS:
        return Standing.SAID if _names_a_day(before) or _is_of_effect(before) else Standing.BARE
    seen.add(mark.role)
    return None


def _is_occasion(before: Sequence[Node]) -> bool:
    """“vào dịp kỷ niệm …”: a day on which something is to be done, not only one it is done for."""
    said = [
        node.text for node in before[-3:] if isinstance(node, Mark) and node.text not in ("ngay", "dip", "le")
    ]
    return said[-1:] in (["vao"], ["truoc"], ["dung dip"], ["vao dip"], ["vao dung dip"])


def _is_of_effect(before: Sequence[Node]) -> bool:
    """“cùng thời điểm có hiệu lực của Luật (01/7/2025)”."""
    for node in reversed(before):
        if not isinstance(node, Mark) or node.role in (Role.JOIN, Role.STOP, Role.BY):
            return False
        if node.role is Role.EFFECT:
            return True
    return False


def _names_a_day(before: Sequence[Node]) -> bool:
    """“Ngày Chuyển đổi số quốc gia (10/10)”: the bracket says when a day of that name is."""
    for place in range(len(before) - 1, -1, -1):
        node = before[place]
        named = isinstance(node, Mark) and (node.text == "va" or node.role in _IN_NAMES)
        if not named or not isinstance(node, Mark):
            return False
        if node.text == "ngay":
            limit = before[place - 1] if place else None
            return place < len(before) - 1 and not (isinstance(limit, Mark) and limit.role is Role.BY)
    return False


def _behind(mark: Mark, seen: set[Role], ranged: bool, before: Sequence[Node]) -> Standing:
    """The standing of a time whose own words have been read and that follows other words."""
    known = _undecided(seen)
    if known is Standing.START and ranged:
        return Standing.BARE
    if known is Standing.START:
        return Standing.START if mark.role in (Role.ACTION, Role.REVIEW) else Standing.NOT
    if known is not Standing.BARE:
        return known
    if mark.role is Role.ACTION and any(isinstance(n, Mark) and n.text in PAPERS for n in before[-4:]):
        return Standing.SAID
    return Standing.BARE if Role.LABEL in seen else _BEHIND.get(mark.role, Standing.SAID)


def _undecided(seen: set[Role]) -> Standing:
    if Role.FROM in seen and Role.TO not in seen:
        return Standing.START
    if seen & {Role.BY, Role.TO}:
        return Standing.DUE
    return Standing.NOT if Role.AFTER in seen else Standing.BARE
