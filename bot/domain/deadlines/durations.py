"""Which lengths of time say how long something takes, not by when it must be done."""

from collections.abc import Sequence
from itertools import pairwise

from .nodes import COMPLETES, Lasting, Node, Origin, Role, Stated, role_at, text_at

_CLAUSE = 12
_HAS = frozenset({("co", "thoi gian"), ("co", "thoi gian thuc hien"), ("co", "thoi han")})
_LASTS = frozenset(
    {"cach ly", "cach ly y te", "nghi phep", "nghi viec", "nghi viec rieng", "nghi om", "nghi thai san",
     "duoc nghi", "cho nghi", "dinh chi", "tam dinh chi", "tam dung", "tam giu", "thu viec", "tap su",
     "bao hanh", "dieu tri", "tam ngung", "dong cua", "biet phai", "theo doi suc khoe", "giu nguyen",
     "gia han", "gian cach", "phong toa", "khong che"}
)  # fmt: skip
_DURING = frozenset({"trong", "trong thoi gian", "thoi han"})
_HELD = frozenset(
    {
        "dao tao",
        "boi duong",
        "tap huan",
        "huan luyen",
        "to chuc",
        "trung bay",
        "thi diem",
        "dien ra",
        "luan chuyen",
    }
)
_INSPECTS = frozenset({"thanh tra", "kiem tra", "giam sat", "khao sat", "bo nhiem", "dieu tra", "truy to"})
_OF_INSPECTION = frozenset(("thoi han", what) for what in _INSPECTS)
_ANSWERS = frozenset(
    {"giai quyet", "tham dinh", "xu ly", "tra loi", "gui", "nop", "hoan thanh", "thuc hien", "phe duyet", "xem xet",
     "phan hoi", "bao cao", "trinh", "ban hanh"}
)  # fmt: skip
_MEASURES = frozenset({"khong qua", "toi da", "toi thieu", "it nhat", "la"})
_YEARS_OF_A_DUTY = 2
_LONG = frozenset({"thang", "quy", "nam"})


def is_duration(nodes: Sequence[Node], place: int, length: Lasting) -> bool:
    """“thời gian tiến hành đại hội không quá 2 ngày”, “có thời gian thực hiện 24 tháng”."""
    first = max(0, place - _CLAUSE)
    texts = [text_at(nodes, step) for step in range(first, place)]
    if any(pair in _HAS for pair in pairwise(texts)):
        return True
    if "hop dong" in texts and not length.working:
        return length.origin is Origin.NONE or length.unit in _LONG
    if not _LASTS.isdisjoint(texts):
        return True
    if length.unit in _LONG and any(role_at(nodes, step) is Role.EFFECT for step in range(first, place)):
        return True  # “thời hạn có hiệu lực của giấy phép không quá 24 tháng kể từ ngày cấp”
    if length.unit in _LONG and length.origin is Origin.NONE and _is_least(texts):
        return True
    if _is_range(nodes, place, length):
        return True
    if (
        length.origin in (Origin.NONE, Origin.OTHER)
        and "truoc" not in texts
        and any(pair in _OF_INSPECTION for pair in pairwise(texts))
    ):
        return True
    if length.unit == "nam" and length.count > _YEARS_OF_A_DUTY and length.origin is Origin.OTHER:
        return True  # “trong thời hạn 05 năm, kể từ ngày sắp xếp”: a time of transition
    if _is_of_what_is_held(nodes, place, length, texts):
        return True
    if ":" in texts:
        return False  # “Thời gian thực hiện dự án: 15 ngày” is said of what is to be done
    long, counted = length.unit in _LONG, length.origin is not Origin.NONE
    if long and "thoi han" in texts and _is_named(nodes, first + texts.index("thoi han") + 1, place):
        return True
    if long and not counted and "thoi gian" in texts:
        return True
    if counted and not long:
        return _is_inspection(
            texts
        )  # “thời gian xét duyệt không quá 30 ngày kể từ ngày nhận hồ sơ” must be kept
    limited = texts[-1:] != [] and texts[-1] in _MEASURES and "truoc" not in texts
    return limited and _is_measured(texts[:-1])


def _is_inspection(texts: Sequence[str]) -> bool:
    return any(kind in ("thoi gian", "thoi luong") and what in _INSPECTS for kind, what in pairwise(texts))


def _is_measured(texts: Sequence[str]) -> bool:
    """“thời gian tiến hành đại hội (không quá …)”, “thời hạn thanh tra (là …)”; not the time for an answer."""
    named = [
        (kind, what) for kind, what in pairwise(texts) if kind in ("thoi gian", "thoi luong", "thoi han")
    ]
    return any(what in _INSPECTS if kind == "thoi han" else what not in _ANSWERS for kind, what in named)


def _is_range(nodes: Sequence[Node], place: int, length: Lasting) -> bool:
    """“cai nghiện từ 06 tháng đến 12 tháng”."""
    if place < 3 or length.unit not in (*_LONG, "tuan") or role_at(nodes, place - 1) is not Role.TO:
        return False
    begun = role_at(nodes, place - 3) is Role.FROM
    return begun and isinstance(nodes[place - 2], Lasting | Stated)


def _is_least(texts: Sequence[str]) -> bool:
    """“luân chuyển tối thiểu 36 tháng”, “Thời gian học: 24 tháng”."""
    least = texts[-1:] in (["toi thieu"], ["it nhat"]) and not any(text.startswith("truoc") for text in texts)
    labelled = texts[-1:] == [":"] and texts[0] == "thoi gian" and len(texts) > 2
    return (least and len(texts) > 1) or (labelled and _ANSWERS.isdisjoint(texts))


def _is_of_what_is_held(nodes: Sequence[Node], place: int, length: Lasting, texts: Sequence[str]) -> bool:
    """“lớp tập huấn trong 03 ngày”, “hưởng lương trong 06 tháng”; “hoàn thành trong 06 tháng” must be done by then."""
    said = [text for text in texts if text != ":"]
    during = "thoi gian" in texts or (said != [] and said[-1] in _DURING)
    if length.origin is not Origin.NONE or length.working or not during:
        return False
    deeds = [text for text in said if text in _HELD | _ANSWERS | COMPLETES]
    if deeds and deeds[-1] in _HELD:
        return True
    described = any(role_at(nodes, step) is Role.OTHER for step in range(max(0, place - _CLAUSE), place))
    return length.unit in _LONG and not deeds and described and ":" not in texts


def _is_named(nodes: Sequence[Node], first: int, end: int) -> bool:
    """“thời hạn cho thuê đất là 50 năm”: only the name of what lasts stands between."""
    return first < end and all(
        role_at(nodes, step) in (Role.OTHER, Role.NEUTRAL) for step in range(first, end)
    )
