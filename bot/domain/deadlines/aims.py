"""Which years are those of an aim or a name, and which of something to be finished."""

from collections.abc import Sequence
from itertools import pairwise

from .cases import Case
from .clauses import RATES, clause_before, has_aim, is_share, sentence_after
from .deeds import has_deed
from .nodes import COMPLETES, Role, Stated, role_at
from .reading import DeadlineKind as Kind
from .told import is_said_as_past

_PLANS = frozenset(
    {"quy hoach", "chien luoc", "chuong trinh", "de an", "ke hoach", "dinh huong", "du bao", "tinh toan",
     "phat trien"}
)  # fmt: skip
_REACHES = frozenset({"den", "den nam", "toi", "den het"})
_FINISHES = frozenset({"hoan thanh", "xong", "hoan tat", "thong xe"})
_OF_THE_YEAR = frozenset({"chi tieu", "muc tieu", "du toan"})
_NEXT_TO = 3
_AIMED_AT = frozenset({"muc tieu", "ty le", "chi so"})
_NAME = 16
_VERBS = frozenset({Role.ACTION, Role.REVIEW, Role.BY, Role.LABEL, Role.STOP, Role.FROM, None})
_HORIZON = 15  # years


def is_far_off(case: Case) -> bool:
    """“đến năm 2070”: no office is given a duty for then, it is a horizon."""
    if case.last is None or case.issued_on is None:
        return False
    return case.last.year - case.issued_on.year > _HORIZON


def is_target(case: Case) -> bool:
    """“đến năm 2025 đạt 90%”, “tăng 15% vào năm 2025”: a figure aimed at, no duty with a day."""
    before, after = case.before, case.after
    said = after[1:] if after[:1] == [","] else after
    if said and said[0] in RATES:
        return True
    measured = has_aim(before) or has_aim(after) or is_share(after)
    foreseen = "du kien" in before and _has_figure(before)
    praised = ("la", "nhiem vu") in pairwise(before)
    finished = COMPLETES.intersection([*before, *sentence_after(case.nodes, case.group.end)])
    return not finished and (
        measured
        or foreseen
        or praised
        or _is_goal(before, after)
        or not _AIMED_AT.isdisjoint(after[:_NEXT_TO])
    )


def _is_goal(before: Sequence[str], after: Sequence[str]) -> bool:
    """“mục tiêu thu hút 2,5 triệu lượt khách vào năm 2030”, “mục tiêu đến năm 2030, kinh tế số…”."""
    if "muc tieu" not in before:
        return False
    between = before[before.index("muc tieu") + 1 :]
    return _has_figure(between) or (len(between) < _NEXT_TO and len(after) > 1)


def _has_figure(texts: Sequence[str]) -> bool:
    return any(text[:1].isdigit() for text in texts)


def is_in_name(case: Case) -> bool:
    """“Quy hoạch phát triển thương mại đến năm 2025”: until when a plan reaches."""
    reaches = _REACHES | {"tu"} if case.group.ranged else _REACHES
    if not reaches.intersection(case.before[-1:]):
        return False
    if case.after[:1] == ["cua"] and COMPLETES.isdisjoint(case.before):
        return True  # “các chỉ tiêu đến năm 2030 của Nghị quyết”
    nearest = next((text for text in reversed(case.before) if text in _PLANS | COMPLETES | {":"}), "")
    return nearest in _PLANS or (not nearest and _is_mere_noun(case, case.group.start))


def is_thing_of_year(case: Case) -> bool:
    """“các đợt thi đua ngắn hạn trong năm”: things of the current year, nothing to be done in it."""
    stated = case.stated
    current = stated.year is None and stated.precision == "year" and case.before[-1:] == [""]
    return current and not case.after and _is_mere_noun(case, case.group.start - 1)


def _is_mere_noun(case: Case, start: int) -> bool:
    """“mạng lưới y tế cơ sở đến năm 2030”: no verb says that anything is to be done."""
    if start > _NAME:
        return False
    roles = [role_at(case.nodes, place) for place in range(start)]
    said = sum(role in (Role.OTHER, Role.THING) for role in roles)
    return said >= _NEXT_TO and _VERBS.isdisjoint(roles) and not has_deed(case.nodes, start)


def is_finished_in(case: Case) -> bool:
    """“hoàn thành xây dựng nông thôn mới nâng cao năm 2025”, but “hoàn thành nhiệm vụ năm 2025”."""
    last, issued_on, before = case.last, case.issued_on, case.mark(-1)
    if last is None or issued_on is None or last < issued_on:
        return False
    named = case.stated.weak or (before is not None and before.role in (Role.THING, Role.CODE))
    named = named or not _OF_THE_YEAR.isdisjoint(case.before)
    dated_later = any(isinstance(node, Stated) and node.kind is not Kind.YEAR for node in case.near_after)
    clause = clause_before(case.nodes, case.group.start, within_commas=True)
    return not (named or dated_later or is_said_as_past(case)) and not _FINISHES.isdisjoint(
        [*clause, *case.after[1:2]]
    )
