"""Which words say that a duty goes on without an end, and which only describe (“chi thường xuyên”)."""

from collections.abc import Sequence
from itertools import pairwise

from .clauses import MONEY, clause_before
from .nodes import COMPLETES, Lasting, Mark, Node, Role, Stated, role_at, text_at

# “chi thường xuyên”, “việc làm thường xuyên”, “được … thường xuyên”, “thường xuyên xảy ra” say nothing of when.
_ATTRIBUTE_OF = frozenset(
    {
        "chua",
        "khong",
        "con",
        "chi",
        "nhiem vu",
        "viec",
        "cong viec",
        "kinh phi",
        "duoc",
        "da",
        "viec lam",
        "dong chi",
        "va",
        "tu",
    }
)
_SAID_OF_TASK = frozenset({("la", "nhiem vu"), ("la", "viec"), ("la", "cong viec")})
_KEPT_UP = frozenset({"tien hanh", "duy tri", "thuc hien"})
_NEXT = 12
_NO_DUTY = frozenset({"chua", "ty le", "bi"})
_OF_STATE = (["cong", "tac"], ["co", "mat"])  # quan hệ công tác thường xuyên, người có mặt thường xuyên
_MANNERS = frozenset(
    {"minh bach", "kip thoi", "nghiem tuc", "nen nep", "dong bo", "hieu qua", "thuc chat", "chat che", "quyet liet",
     "sau sat", "toan dien", "tu xa", "dan chu", "rong rai", "bai ban"}
)  # fmt: skip
_ENSURES = frozenset({"bao dam", "dam bao"})
_DESCRIPTIONS = frozenset({"xay", "bi", "cua", "gap", "duoc"})


def is_ongoing(nodes: Sequence[Node]) -> bool:
    """Whether the duty of a phrase goes on without an end."""
    return any(is_ongoing_here(nodes, place) for place in range(len(nodes)))


def is_ongoing_until(nodes: Sequence[Node]) -> bool:
    """“thường xuyên trong năm 2024”: the year only says until when a duty goes on; nothing is to be finished."""
    first = next(place for place in range(len(nodes)) if is_ongoing_here(nodes, place))
    times = (place for place, node in enumerate(nodes) if isinstance(node, Stated))
    done = any(isinstance(node, Mark) and node.text in COMPLETES for node in nodes)
    return first < next(times, 0) and not done


def _is_told(nodes: Sequence[Node], place: int) -> bool:
    """“luôn được quan tâm thường xuyên”, but “được tiến hành thường xuyên” asks for it."""
    before = nodes[max(0, place - 8) : place]
    if text_at(nodes, place - 1) == "phai":
        return False
    for step, node in enumerate(before):
        if isinstance(node, Mark) and node.text == "phai":
            return False
        if isinstance(node, Mark) and node.text == "duoc":
            after = nodes[place - len(before) + step + 1]
            past = any(text_at(nodes, later) == "da" for later in range(place + 1, place + _NEXT))
            return past or not (isinstance(after, Mark) and after.text in _KEPT_UP)
    return False


def _is_said_of_task(before: Sequence[str]) -> bool:
    """“đây là nhiệm vụ quan trọng, thường xuyên, lâu dài”."""
    return any(pair in _SAID_OF_TASK for pair in pairwise(before))


def is_ongoing_here(nodes: Sequence[Node], place: int) -> bool:
    """Whether “thường xuyên” here is a duty's timing and not what kind of thing something is."""
    node = nodes[place]
    if not isinstance(node, Mark) or node.role is not Role.ONGOING:
        return False
    if len(nodes) == 2 and text_at(nodes, 0) == "nhiem vu":
        return True  # a cell that says no more
    before = [other.text for other in nodes[max(0, place - 8) : place] if isinstance(other, Mark)]
    after = [other.text for other in nodes[place + 1 : place + 3] if isinstance(other, Mark)]
    kept_up = before[-1:] == ["viec"] and after[:1] != [] and after[0] not in ("cua", "va", ",")
    if before[-1:] == ["va"] and "phai" in clause_before(nodes, place):
        return True  # “phải được cập nhật kịp thời và thường xuyên”
    if before and ((before[-1] in _ATTRIBUTE_OF and not kept_up) or _is_told(nodes, place)):
        return False
    if (
        before[-1:] in (["nam"], ["ngay"], ["nguoi"], ["phat sinh"])  # nhiều năm liên tục
        or not _NO_DUTY.isdisjoint(before)
        or (len(before) > 2 and before[-2:] in _OF_STATE)
        or ("xay", "ra") in pairwise(before)
    ):
        return False
    duty_follows = role_at(nodes, place + 1) is Role.ACTION
    if not duty_follows and (not MONEY.isdisjoint(before) or _is_said_of_task(before)):
        return False
    measured = any(isinstance(other, Lasting) for other in nodes[max(0, place - 1) : place + 3])
    if measured or _is_manner(nodes, place):
        return False
    if after and after[0][:1].isdigit():
        return False  # “sử dụng thường xuyên 300 lao động”
    return not after or (after[0] not in _DESCRIPTIONS and after != ["va", "lau dai"])


def _is_manner(nodes: Sequence[Node], place: int) -> bool:
    """“bảo đảm các cơ quan hoạt động liên tục, thông suốt”: how, not when; unless it is what must be."""
    clause = clause_before(nodes, place)
    if text_at(nodes, place - 1) == "," and _MANNERS.intersection([" ".join(clause[-3:-1]), *clause[-2:-1]]):
        return "phai" not in clause  # “công khai minh bạch, thường xuyên”
    listed = text_at(nodes, place) == "lien tuc" or clause[-1:] == [","]
    return listed and "phai" not in clause and not _ENSURES.isdisjoint(clause)
