"""Days on which something takes place: when such a day is a duty's own, and when it only tells of the event."""

from collections.abc import Sequence
from datetime import date
from itertools import islice, pairwise

from .clauses import REACH
from .nodes import COMPLETES, Mark, Node, Role, Stated, text_at
from .reading import DeadlineKind as Kind

EVENTS = frozenset(
    {"hoi nghi", "dai hoi", "ky hop", "phien hop", "cuoc hop", "buoi lam viec", "hoi thao", "hoi thi", "le hoi",
     "cuoc bau cu", "ngay hoi", "toa dam", "lop tap huan", "ky thi", "hoi dien"}
)  # fmt: skip
PAPERS = frozenset({"giay moi", "bien ban", "to trinh", "cong dien", "cong van", "thong bao", "giay"})
_CAMPAIGNS = frozenset({"thang hanh dong", "tuan le", "lich cong tac"})
_IN_NAMES = frozenset({Role.OTHER, Role.NEUTRAL, Role.THING, Role.JOIN})
_NAME_LIMIT = 10
_BEFORE_A_NAME = frozenset({"nhan", "dip", "nhan dip"})
_JOINS_IN = frozenset({"huong ung", "tuyen truyen", "tham gia", "quan triet"})
_FORETELLS = frozenset({"du kien", "dien ra"})
_LIMITS = frozenset({"truoc", "cham nhat", "muon nhat", "den", "den het"})
_MEETS = frozenset({"lam viec", "hop", "khai mac", "dien ra"})
_HAPPENS = frozenset({"duoc", "khai mac", "be mac", "dien ra"})
_OPENS = frozenset({"hop", "khai mac", "be mac"})
_SUBJECT = 2
_ROMAN = frozenset("ivx")  # “Đại hội XIV”
_HANDS_OVER = frozenset(
    {"trinh", "hop", "gui", "gui ve", "nop", "bao cao", "to chuc", "ban hanh", "cong bo", "ban giao",
     "khoi cong", "khanh thanh", "ra quan", "phat dong", "kiem tra", "khao sat", "tiep xuc", "gap mat",
     "doi thoai", "dien tap", "khai giang", "be giang", "ra mat", "trao tang"}
)  # fmt: skip
_ENDS_SEARCH = frozenset(
    {
        Role.STOP,
        Role.JOIN,
        Role.CODE,
        Role.FEAST,
        Role.NAMED,
        Role.EFFECT,
        Role.PAST,
        Role.COUNTED,
        Role.ACCORDING,
    }
)


def is_day_of_duty(nodes: Sequence[Node], start: int, due: date, issued_on: date | None) -> bool:
    """“trình UBND tỉnh ngày 01/8/2025”, “báo cáo tại phiên họp ngày 18/7”: a day to come on which a duty is done."""
    if issued_on is None or due <= issued_on:
        return False
    before = nodes[max(0, start - REACH) : start - (text_at(nodes, start - 1) == "<")]
    if _is_before_named_day(before):
        return True
    at_session = False
    for place in range(len(before) - 1, -1, -1):
        node = before[place]
        if not isinstance(node, Mark) or _begins_name(before, place):
            return False
        if node.role in _ENDS_SEARCH and node.text != "-":
            return False
        if node.text in _HANDS_OVER or (at_session and node.role is Role.ACTION):
            return text_at(before, place - 1) not in PAPERS
        if node.role is Role.THING and text_at(before, place - 1) == "sang":
            return True
        if (node.role is Role.THING or node.text in EVENTS) and not at_session:
            at_session = text_at(before, place - 1) == "tai"
            if not at_session:
                return False
    return False


def _is_before_named_day(before: Sequence[Node]) -> bool:
    """“tổng kết trước Ngày Chuyển đổi số quốc gia 10/10/2024”."""
    for place in range(len(before) - 1, 0, -1):
        node = before[place]
        if not isinstance(node, Mark) or node.role not in (Role.OTHER, Role.NEUTRAL, Role.THING, Role.ACTION):
            return False
        if node.text == "ngay":
            return text_at(before, place - 1) in ("truoc", "vao")
    return False


def is_at_session(nodes: Sequence[Node], start: int) -> bool:
    """“trình HĐND tỉnh tại kỳ họp thường lệ tháng 7/2024”, where no other time is said before."""
    if any(isinstance(node, Stated) for node in islice(nodes, start)):
        return False
    before = nodes[max(0, start - _NAME_LIMIT) : start]
    sessions = [place for place in range(len(before)) if text_at(before, place) in EVENTS]
    return bool(sessions) and text_at(before, sessions[-1] - 1) in ("tai", "sang")


def _begins_name(nodes: Sequence[Node], place: int) -> bool:
    """“Ngày Pháp luật 09/11/2025”, “nhân dịp ngày 27/7”."""
    text = text_at(nodes, place)
    return text in _BEFORE_A_NAME or (text == "ngay" and place < len(nodes) - 1)


def is_day_of_event(nodes: Sequence[Node], end: int) -> bool:
    """“buổi làm việc với Đoàn công tác (ngày 28/7)”, before whose bracket `end` stands; not what is to be held."""
    last = nodes[end - 1] if end else None
    if isinstance(last, Stated) and last.kind is Kind.YEAR:
        end -= 1  # “Tháng hành động vì trẻ em năm 2025 (từ ngày 01/6 …)”
    for place in range(end - 1, max(-1, end - 1 - REACH), -1):
        node = nodes[place]
        if not isinstance(node, Mark) or node.role not in _IN_NAMES:
            return False
        if node.text in _CAMPAIGNS:
            return place == 0 or not _is_duty(nodes[place - 1])
        if node.text in EVENTS:
            before = nodes[place - 1] if place else None
            in_title = isinstance(before, Mark) and before.role is Role.THING  # “Nghị quyết Đại hội …”
            if before is None:
                return node.text == "ky hop" or _ROMAN.issuperset(text_at(nodes, place + 1) or "?")
            return not in_title and not _is_duty(before)
    return False


def _is_duty(node: Node) -> bool:
    """“tổ chức Hội nghị (15/8)” is a duty, “hưởng ứng Tháng hành động (từ …)” names what there is."""
    return (
        text_at([node], 0) not in _JOINS_IN
        and isinstance(node, Mark)
        and node.role in (Role.ACTION, Role.REVIEW, Role.BY)
    )


def tells_of_event(clause: Sequence[str]) -> bool:
    """“(hội nghị tổ chức vào sáng 29/5)”: the last part of a clause names an event and says when it is."""
    marks = [place for place, text in enumerate(clause) if text in (",", "<")]
    part = clause[marks[-1] + 1 :] if marks else clause
    foretold = "hop" in part and "du kien" in part
    return (
        part[:1] != []
        and (part[0] in EVENTS or foretold)
        and _LIMITS.isdisjoint(part)
        and COMPLETES.isdisjoint(part)
    )


def is_bracketed_event(clause: Sequence[str]) -> bool:
    """“(làm việc ngày 02/10)”: the bracket only says when others meet."""
    if "<" not in clause[1:]:
        return False
    inner = clause[len(clause) - clause[::-1].index("<") :]
    return ">" not in inner and inner[:1] != [] and inner[0] in _MEETS and _LIMITS.isdisjoint(inner)


def is_foretold(clause: Sequence[str]) -> bool:
    """“dự kiến Đại hội được tổ chức vào quý I/2026”, “Hội nghị diễn ra vào…”: what others will do."""
    clause = clause[len(clause) - clause[::-1].index(">") :] if ">" in clause else clause
    if not COMPLETES.isdisjoint(clause):
        return False
    if ("co", "the") in pairwise(clause):
        return True  # “dịch bệnh có thể kéo dài đến hết năm”
    if "du kien" in clause and not _HAPPENS.isdisjoint(clause):
        return True
    told = next((place for place, text in enumerate(clause) if text in _FORETELLS), 0)
    opened = next((place for place, text in enumerate(clause) if text in _OPENS), len(clause))
    if opened < len(clause) and not EVENTS.isdisjoint(clause[:_SUBJECT]):
        return True
    another_time_between = "" in clause[told:]
    return not another_time_between and not EVENTS.isdisjoint(clause[:told])
