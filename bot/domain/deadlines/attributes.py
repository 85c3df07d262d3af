"""Which rhythms are a task's own, and which only say of what kind a thing is (“kế hoạch hằng năm”)."""

from collections.abc import Sequence
from itertools import pairwise

from .clauses import MONEY, RATES, clause_after, clause_before, has_aim
from .deeds import has_deed
from .groups import is_end_of_count
from .nodes import Every, Lasting, Mark, Node, Role, Stated, role_at, text_at
from .ongoing import is_ongoing_here
from .reading import DeadlineKind as Kind
from .runs import is_yearless

_LOOK_BACK = 12
_LACKS = frozenset({"chua", "cham", "cham nop", "khong", "hanh vi"})  # “chưa có báo cáo định kỳ”
_STATES = frozenset(
    {
        ("con", "cham"),
        ("con", "nhieu"),
        ("con", "lon"),
        ("con", "han che"),
        ("chua", "dat"),
        ("chua", "cao"),
        ("van", "con"),
        ("thuong", "bi"),
        ("xay", "ra"),
        ("con", "thap"),
        ("con", "cao"),
        ("chua", "dam"),
        ("chua", "bao"),
    }
)
_GIVEN = (["qua"], ["thuong"], ["hang"])  # tặng quà, xếp hạng: no rates
_RULED = frozenset({"quy dinh che do", "ve che do"})
_RENEWS = frozenset(
    {"ra soat", "cap nhat", "bo sung", "cong khai", "cong bo", "doi chieu", "kiem ke", "niem yet"}
)
# Things that are made or given again and again, but are hardly called annual themselves.
_ONE_OF_MANY = frozenset(
    {"giai thuong", "de tai", "tai lieu", "phuong an", "de an", "du an", "danh muc", "luong", "tien luong",
     "quy trinh", "tieu chi", "quyet dinh", "phan loai", "van ban"}
)  # fmt: skip
_NEAR = 3
_CHANGES = frozenset({"tang", "giam"})
_DATED = frozenset({"truoc", "ngay", "bao cao"})
_IN_NAMES = frozenset({Role.THING, Role.OTHER, Role.NEUTRAL, Role.JOIN})
_TOLD = frozenset({"ket qua", "tinh hinh"})
_TO_WHOM = frozenset({"ve", "cho", "voi", "gui", "gui ve"})
_DUTIES = (Role.ACTION, Role.REVIEW, Role.BY, Role.ONGOING)


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
    if _is_state(after, clause_before(nodes, place)[-_NEAR:]):
        return True
    if isinstance(node, Every) and node.named and text_at(nodes, place - 2) == "so lieu":
        return True
    if isinstance(node, Every) and node.named:
        return after[:1] != ["duoc"] and not RATES.isdisjoint(after[:1])
    rated = not RATES.isdisjoint(after[:1]) and after[1:2] not in _GIVEN
    rated = rated and role_at(nodes, place + 2) is not Role.REVIEW  # “định kỳ có báo cáo”
    return rated or after[:1] == ["duoc"] or has_aim(after)


def _is_state(after: Sequence[str], before: Sequence[str]) -> bool:
    """“hằng năm đã”, “hằng năm, số vụ … tăng”, “chưa có báo cáo định kỳ”."""
    counted = after[:2] == [",", "so"] and not _CHANGES.isdisjoint(after)
    counted = counted or not _CHANGES.isdisjoint(after[:_NEAR])  # “mỗi năm quỹ đất giảm dần”
    told = counted or after[:1] in (["da"], ["binh quan"]) or not _STATES.isdisjoint(pairwise(after))
    return told or not _RULED.isdisjoint(before) or not _LACKS.isdisjoint(before)


def _describes(nodes: Sequence[Node], place: int) -> bool:
    """Whether a rhythm only says of what kind a thing is (“kế hoạch hằng năm”)."""
    settled = _settled(nodes, place)
    return _follows_thing(nodes, place) if settled is None else settled


def _settled(nodes: Sequence[Node], place: int) -> bool | None:
    """What the words right beside a rhythm make of it: an attribute, the task's own, or None where they do not say."""
    rhythm, clause = nodes[place], clause_before(nodes, place)
    attribute = role_at(nodes, place - 1) is Role.THING and "bao cao" not in clause
    if _begins_duty(nodes, place) or _is_dated(nodes, place):
        return False
    if isinstance(rhythm, Every) and (rhythm.counted or (rhythm.stressed and not attribute)):
        return False
    if place > 1 and isinstance(nodes[place - 1], Stated):
        if role_at(nodes, place - 2) is Role.COUNTED or is_end_of_count(nodes, place - 1):
            return True
        if role_at(nodes, place - 2) in (Role.BY, Role.TO):
            return False  # “đến ngày 18/11 hằng năm”
    if text_at(nodes, place - 2) == "bao cao" and text_at(nodes, place - 1) in _TOLD:
        return False
    often = isinstance(rhythm, Every) and rhythm.freq != "YEARLY"
    if often and (_is_sent(nodes, place) or ("bao cao" in clause and text_at(nodes, place + 1) in _TO_WHOM)):
        return False
    if text_at(nodes, place + 1) == "cua" and _DATED.isdisjoint(clause):
        return True  # “công tác thi đua hằng năm của đơn vị”
    if _is_row_of_kinds(nodes, place):
        return True
    given = "duoc" in clause or "thuong xuyen" in clause[-1:]
    return True if given and not MONEY.isdisjoint(clause) else None


def _is_row_of_kinds(nodes: Sequence[Node], place: int) -> bool:
    """“chương trình công tác toàn khóa, hằng năm, hằng tháng”: a thing and its kinds, and no duty."""
    several = place < _LOOK_BACK and any(isinstance(node, Every) for node in nodes[place + 1 : place + 2])
    before = {role_at(nodes, step) for step in range(2, place)} if several else set()
    return several and role_at(nodes, 0) is Role.THING and before <= _IN_NAMES


def _follows_thing(nodes: Sequence[Node], place: int) -> bool:
    """Reads backwards from a rhythm until a duty, a thing or the end of its clause decides."""
    nearest: Role | None = None
    for before in range(place - 1, max(-1, place - 1 - _LOOK_BACK), -1):
        node = nodes[before]
        if isinstance(node, Lasting | Stated) or (isinstance(node, Every) and nearest):
            continue
        role = _role_for(nodes, before, nearest)
        if role is Role.COUNTED:
            return role_at(nodes, before - 1) is not Role.REVIEW
        if (
            role is Role.ACCORDING
        ):  # “theo kế hoạch hằng năm” alone, but “… theo Nghị quyết hằng năm của HĐND”
            of_whom = before > 0 and nearest is Role.THING and text_at(nodes, place + 1) == "cua"
            return of_whom or not MONEY.isdisjoint(clause_before(nodes, place))
        if role in _DUTIES and (nearest is not Role.THING or _renews(nodes, before, place)):
            return False
        if role is Role.JOIN and nearest is None and role_at(nodes, before - 1) is Role.THING:
            continue
        apart = role is Role.JOIN and nearest is None and text_at(nodes, before) != "va"
        if apart or role in (Role.STOP, Role.LABEL):
            break
        if role is Role.THING or (nearest is None and role in (Role.OTHER, Role.PAST)):
            nearest = role
    rhythm = nodes[place]
    often = isinstance(rhythm, Every) and rhythm.freq in ("DAILY", "WEEKLY", "MONTHLY")
    if nearest is None or (nearest is Role.THING and text_at(nodes, place - 1) not in _ONE_OF_MANY):
        return nearest is not None
    return not (often and nearest is not Role.THING) and not has_deed(nodes, place)


def _renews(nodes: Sequence[Node], verb: int, place: int) -> bool:
    """“cập nhật danh mục … hằng năm”: what is kept up to date again and again, but for “rà soát kế hoạch hằng năm”."""
    rhythm, named = nodes[place], role_at(nodes, place - 1) is Role.THING
    often = isinstance(rhythm, Every) and rhythm.freq in ("DAILY", "WEEKLY", "MONTHLY")
    return text_at(nodes, verb) in _RENEWS and (often or not named)


def _role_for(nodes: Sequence[Node], before: int, nearest: Role | None) -> Role:
    """The role of a word before a rhythm, where verbs and “thường xuyên” may belong to the name of a thing."""
    role = role_at(nodes, before) or Role.STOP
    if role is Role.ONGOING and not is_ongoing_here(nodes, before):
        return Role.THING
    of_name = nearest is None or (nearest is Role.OTHER and _opens_with_thing(nodes, before))
    if of_name and role in (Role.ACTION, Role.REVIEW) and _belongs_to_thing(nodes, before):
        return Role.THING
    return role


def _is_sent(nodes: Sequence[Node], place: int) -> bool:
    """“báo cáo … về Văn phòng Tỉnh ủy hằng tuần”: only the recipient stands between."""
    for before in range(place - 1, max(-1, place - _LOOK_BACK), -1):
        if text_at(nodes, before) in _TO_WHOM:
            return True
        if role_at(nodes, before) not in (Role.OTHER, Role.NEUTRAL):
            return False
    return False


def _opens_with_thing(nodes: Sequence[Node], verb: int) -> bool:
    """“kết quả đánh giá chất lượng hằng năm”: a thing and its verb begin the phrase."""
    first = 1 if text_at(nodes, 0) == "<" else 0
    return verb == first + 1 and role_at(nodes, first) is Role.THING


def _is_dated(nodes: Sequence[Node], place: int) -> bool:
    """“kê khai tài sản hằng năm hoàn thành trước ngày 31 tháng 12”: the day makes the rhythm the duty's own."""
    after = nodes[place + 1 : place + 6]
    time = next((step for step, node in enumerate(after) if isinstance(node, Stated)), None)
    if time is None:
        return False
    stated = after[time]
    words = [role_at(after, step) for step in range(time)]
    dated = isinstance(stated, Stated) and stated.kind is Kind.DATE and is_yearless(stated)
    return dated and Role.BY in words and all(role in (Role.BY, Role.NEUTRAL, Role.JOIN) for role in words)


def _begins_duty(nodes: Sequence[Node], place: int) -> bool:
    """“… giám sát và hằng năm báo cáo”."""
    verb = place + 1 + (text_at(nodes, place + 1) == "co")  # “định kỳ có báo cáo”
    before, after = nodes[place - 1 : place], nodes[verb : verb + 1]
    if not any(isinstance(node, Mark) and node.role in (Role.ACTION, Role.REVIEW) for node in after):
        return False
    joined = any(isinstance(node, Mark) and node.role in (Role.JOIN, Role.STOP) for node in before)
    return joined or _follows_subject(nodes, place)


def _follows_subject(nodes: Sequence[Node], place: int) -> bool:
    """“Ban Thường vụ hằng năm tổ chức …”: only a body is named before."""
    first = max(0, place - _LOOK_BACK)
    before = [role_at(nodes, step) for step in range(first, place) if text_at(nodes, step) != "<"]
    return bool(before) and all(role in (Role.OTHER, Role.NEUTRAL) for role in before)


def _belongs_to_thing(nodes: Sequence[Node], place: int) -> bool:
    """“kế hoạch kiểm tra, giám sát”: verbs that say what a plan is for."""
    first = place
    if role_at(nodes, place) is Role.REVIEW and _follows_deed(nodes, place):
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
    last, first = role_at(nodes, place - 1), role_at(nodes, place - 2)
    return last is Role.ACTION or (first, last) == (Role.ACTION, Role.THING)
