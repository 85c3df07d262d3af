"""Which lengths of time say how long something takes, not by when it must be done."""

from collections.abc import Sequence
from itertools import pairwise

from .nodes import Lasting, Node, Origin, Role, role_at, text_at

_CLAUSE = 12
_HAS = frozenset({("co", "thoi gian"), ("co", "thoi gian thuc hien"), ("co", "thoi han")})
_MEASURES = frozenset({"khong qua", "toi da", "toi thieu", "it nhat", "la"})
_LONG = frozenset({"thang", "quy", "nam"})


def is_duration(nodes: Sequence[Node], place: int, length: Lasting) -> bool:
    """“thời gian tiến hành đại hội không quá 2 ngày”, “có thời gian thực hiện 24 tháng”."""
    first = max(0, place - _CLAUSE)
    texts = [text_at(nodes, step) for step in range(first, place)]
    if any(pair in _HAS for pair in pairwise(texts)):
        return True
    if "hop dong" in texts and not length.working:
        return length.origin is Origin.NONE or length.unit in _LONG
    if ":" in texts:
        return False  # “Thời gian thực hiện dự án: 15 ngày” is said of what is to be done
    long, counted = length.unit in _LONG, length.origin is not Origin.NONE
    if long and "thoi han" in texts and _is_named(nodes, first + texts.index("thoi han") + 1, place):
        return True
    if long and not counted and "thoi gian" in texts:
        return True
    return (
        texts[-1:] != [] and texts[-1] in _MEASURES and not {"thoi gian", "thoi luong"}.isdisjoint(texts[:-2])
    )


def _is_named(nodes: Sequence[Node], first: int, end: int) -> bool:
    """“thời hạn cho thuê đất là 50 năm”: only the name of what lasts stands between."""
    return first < end and all(
        role_at(nodes, step) in (Role.OTHER, Role.NEUTRAL) for step in range(first, end)
    )
