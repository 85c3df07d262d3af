"""Which times are told of as past, or as the period of a report, a figure, an effect."""

from datetime import date
from itertools import pairwise

from .cases import Case
from .clauses import RATES, has_aim
from .dates import Resolved
from .nodes import COMPLETES, Mark, Role, role_at
from .reading import DeadlineKind as Kind

_RESULTS = frozenset({"ket qua", "tinh hinh"})
_PRAISE = frozenset({"ghi nhan", "danh gia cao", "hoan nghenh"})
_AT = frozenset({"trong", "vao"})
_LIMITS = frozenset({"truoc", "cham nhat", "muon nhat"})
_NEXT_TO = 4
_HAPPENS = frozenset({"dien ra", "xay ra", "duoc", "phat sinh", "hinh thanh"})
_SO_TREATED = frozenset({"thi", "van", "duoc", "tiep", "khong", "chua"})
_EFFECT_NEAR = 6
_SLIP_OF_YEARS = 2
_HALF_A_YEAR = 183


def is_told(case: Case) -> bool:
    """“đến ngày 15/9, bão đã làm…”, “trong 8 tháng đầu năm, thu ngân sách đạt 65%”: what has happened."""
    past = any(isinstance(node, Mark) and node.text in ("da", "den nay") for node in case.near_after)
    past = past or ("xay", "ra") in pairwise(case.after)
    return past or has_aim(case.after) or _is_reported(case) or _is_of_figures(case)


def _is_of_figures(case: Case) -> bool:
    """“được hỗ trợ trong 06 tháng đầu năm”, “trong 6 tháng đầu năm, ngành Tòa án thụ lý 1.025 vụ”."""
    asked = not COMPLETES.isdisjoint([*case.before, *case.after]) or not _LIMITS.isdisjoint(case.before)
    if case.kind is Kind.DATE or asked:
        return False
    return "duoc" in case.before[-_EFFECT_NEAR:] or any(text[:1].isdigit() for text in case.after)


def _is_reported(case: Case) -> bool:
    """“kết quả thực hiện trong 6 tháng đầu năm”: the period that a report tells of."""
    told = case.kind is not Kind.DATE and not _RESULTS.isdisjoint(case.before)
    return told and COMPLETES.isdisjoint(case.before) and _LIMITS.isdisjoint(case.before)


def is_history(case: Case) -> bool:
    """“đến ngày 31/12/2024 đạt 45%”, “đã hoàn thành trước ngày…”: over, and told as such."""
    if case.issued_on is None or case.last is None:
        return False
    if case.last >= case.issued_on:
        if case.after[:1] == ["da"] and case.kind is not Kind.DATE:
            return True  # “trong năm 2024 đã hoàn thành 25 nhiệm vụ”, said in December
        return (
            _is_praised(case)
            or _is_done_so_far(case, case.last, case.issued_on)
            or _is_figure_now(case, case.last, case.issued_on)
        )
    if is_time_of_event(case):
        return True  # “trong các ngày 08 và 09/11”, said behind them
    reviewed = case.kind is not Kind.DATE and any(
        role_at([node], 0) is Role.REVIEW for node in case.near_before
    )
    happened = reviewed or _is_reported(case) or not _HAPPENS.isdisjoint(case.before)
    measured = not RATES.isdisjoint(case.after[:1]) or _is_count(case)
    return is_said_as_past(case) or happened or case.has_words_after() or measured


def is_time_of_event(case: Case) -> bool:
    """“vào ngày 09/9”, “trong các ngày …”: when something is, not by when."""
    near = case.before[-_NEXT_TO:]
    return case.kind is Kind.DATE and not _AT.isdisjoint(near) and _LIMITS.isdisjoint(near)


def _is_count(case: Case) -> bool:
    """“cho vay 4.850 hộ trong 02 tháng đầu năm”: how much there was in a period that is over."""
    plain = COMPLETES.isdisjoint(case.before) and _LIMITS.isdisjoint(case.before)
    return case.kind is not Kind.DATE and plain and any(text[:1].isdigit() for text in case.before)


def _is_done_so_far(case: Case, last: date, issued_on: date) -> bool:
    """“dữ liệu đã thu nhận trong tháng”: in a period not yet over."""
    current = case.kind is not Kind.DATE and (last - issued_on).days <= _HALF_A_YEAR
    return current and "da" in case.before[-_EFFECT_NEAR:] and COMPLETES.isdisjoint(case.after)


def _is_praised(case: Case) -> bool:
    """“ghi nhận sự nỗ lực của các ngành trong 5 tháng đầu năm”, the fifth not yet over."""
    first = next((text for text in case.before if text), "")
    return case.kind is not Kind.DATE and first in _PRAISE and COMPLETES.isdisjoint(case.before)


def _is_figure_now(case: Case, last: date, issued_on: date) -> bool:
    """“đến tháng 3/2024, dư nợ đạt 3.980 tỷ đồng”, said in March 2024, “đến 12 giờ ngày 21/11, ghi nhận …”."""
    current = case.kind is Kind.MONTH and (last.year, last.month) == (issued_on.year, issued_on.month)
    current = current or (case.kind is Kind.DATE and last == issued_on)
    told = has_aim(case.after) or "ghi nhan" in case.after
    told = told and COMPLETES.isdisjoint([*case.before, *case.after])
    return current and told and [text for text in case.before if text][-1:] == ["den"]


def is_condition(case: Case) -> bool:
    """“hồ sơ tiếp nhận trước ngày 01/7 giải quyết theo …”: which ones are meant, not what is due by then."""
    if case.kind is not Kind.DATE or case.before[-1:] != ["truoc"]:
        return False
    after, near = case.after[:1], case.before[-_NEXT_TO:]
    if (after and after[0] in _SO_TREATED) or ("da" in near and "," not in near):
        return True
    first, second = case.mark(0), case.mark(1)
    duty = first is not None and first.role is Role.ACTION
    return duty and second is not None and second.role is Role.ACCORDING


def is_said_as_past(case: Case) -> bool:
    """“đã”, “qua”, “được” near the time."""
    near = (*case.near_before, *case.near_after)
    return any(isinstance(node, Mark) and node.role is Role.PAST for node in near)


def is_long_over(case: Case) -> bool:
    """“trước năm 1975”, “trong 2 năm 2023, 2024”: no duty is due before it is given, but for a slip of the pen."""
    if case.issued_on is None or case.last is None:
        return False
    slips = case.kind is not Kind.YEAR or not COMPLETES.isdisjoint(case.before)
    return case.last.year < case.issued_on.year - (_SLIP_OF_YEARS if slips else 0)


def is_over(found: Resolved, issued_on: date) -> bool:
    """Whether a time with no word of deadline lies behind the document."""
    if found.due is None or found.stated.day_shift is not None:
        return False
    return found.due <= issued_on if found.stated.kind is Kind.DATE else found.due < issued_on


def has_begun(case: Case) -> bool:
    """“Trung tâm dữ liệu tỉnh vận hành từ ngày 15/9/2026”, said in October; the beginning of no duty."""
    if case.is_followed_by(Role.PAST) or "duoc" in case.before or "da" in case.after:
        return True
    if case.last is None or case.issued_on is None or case.last >= case.issued_on:
        return False
    named = any(isinstance(node, Mark) and node.role is Role.OTHER for node in case.near_before)
    long_ago = (case.issued_on - case.last).days > _HALF_A_YEAR
    return named or case.has_words_after() or (long_ago and case.is_followed_by(Role.ACTION))


def takes_effect(case: Case) -> bool:
    """“từ ngày 01/7/2025 Luật có hiệu lực”."""
    for node in case.near_after[:_EFFECT_NEAR]:
        if isinstance(node, Mark) and node.role in (Role.STOP, Role.EFFECT):
            return node.role is Role.EFFECT
    return False


def reaches_event(case: Case) -> bool:
    """“từ ngày 01/01/2024 đến thời điểm kiểm tra”: a period looked at."""
    after = case.mark(0)
    if after is not None and after.role is Role.TO:
        return case.mark(1) is not None  # but “đến ngày 15/12 tới”
    return after is not None and after.role is Role.COUNTED
