"""Writes deadlines as official documents do, so that what is written reads back the same."""

import calendar
from datetime import date

from .reading import DeadlineKind, DeadlineReading
from .rhythm_rules import DAYS_OF_TIMES, months_of_quarter

_ROMAN = ("I", "II", "III", "IV")
_WEEKDAYS = {"MO": "thứ Hai", "TU": "thứ Ba", "WE": "thứ Tư", "TH": "thứ Năm", "FR": "thứ Sáu", "SA": "thứ Bảy",
             "SU": "chủ nhật"}  # fmt: skip
_UNITS = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
_TIMES_OF_DAYS = {days: times for times, days in DAYS_OF_TIMES.items()}
_PARTS_OF_MONTH = {10: "đầu", 20: "trung tuần"}
_PARTS_OF_YEAR = {3: "đầu", 6: "giữa"}
_PARTS_OF_QUARTER = {months_of_quarter(0): "đầu", months_of_quarter(1): "giữa", months_of_quarter(2): "cuối"}


def render_deadline(reading: DeadlineReading) -> str:
    """The shortest official wording of a reading, empty where it is no deadline."""
    if reading.kind is DeadlineKind.ONGOING:
        return "thường xuyên"
    if reading.kind is DeadlineKind.RECURRING:
        return render_recurrence(reading.recurrence)
    return render_due(reading.kind, reading.due) if reading.due else ""


def render_due(kind: DeadlineKind, due: date) -> str:
    """“trong tháng 5/2023”: a period named by its last day, any other day as a date."""
    whole = due.day == calendar.monthrange(due.year, due.month)[1]
    if kind is DeadlineKind.MONTH and whole:
        return f"trong tháng {_month(due)}"
    if kind is DeadlineKind.MONTH and due.day in _PARTS_OF_MONTH:
        return f"{_PARTS_OF_MONTH[due.day]} tháng {_month(due)}"
    if kind is DeadlineKind.QUARTER and whole and due.month % 3 == 0:
        return f"trong quý {_ROMAN[due.month // 3 - 1]}/{due.year}"
    if kind is DeadlineKind.HALF and whole and due.month % 6 == 0:
        return f"trong 6 tháng {'đầu' if due.month == 6 else 'cuối'} năm {due.year}"
    if kind is DeadlineKind.YEAR and whole and due.month == 12:
        return f"trong năm {due.year}"
    if kind is DeadlineKind.YEAR and whole and due.month in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[due.month]} năm {due.year}"
    return f"trước ngày {_day(due.day, due.month)}/{due.year}"


def _month(due: date) -> str:
    return f"{_two(due.month)}/{due.year}"


def _two(month: int) -> str:
    """January and February are written with a nought, the others of one figure without."""
    return f"{month:02}" if month < 3 else str(month)


def _day(day: int, month: int) -> str:
    return f"{day:02}/{_two(month)}"


def render_recurrence(recurrence: str | None) -> str:
    """“trước ngày 25 hằng tháng”; several rhythms with semicolons, “định kỳ” where no interval is said."""
    return "; ".join(_rule(rule) for rule in recurrence.split(" + ")) if recurrence else "định kỳ"


def _rule(rule: str) -> str:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    freq, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    if "BYSETPOS" in parts:
        return f"ngày làm việc {'cuối cùng' if parts['BYSETPOS'] == '-1' else 'đầu tiên'} của tháng"
    if "BYDAY" in parts:
        return _weekday(freq, parts)
    if "BYMONTH" in parts:
        return _day_of_year(parts["BYMONTH"], int(parts.get("BYMONTHDAY", "-1")))
    rhythm = _rhythm(freq, interval)
    if "BYMONTHDAY" not in parts:
        return rhythm
    if parts["BYMONTHDAY"] in _TIMES_OF_DAYS and rhythm == "hằng tháng":
        return f"{_TIMES_OF_DAYS[parts['BYMONTHDAY']]:02} lần/tháng"
    if "," in parts["BYMONTHDAY"]:
        days = " và ".join(f"{int(day):02}" for day in parts["BYMONTHDAY"].split(","))
        return f"ngày {days} {rhythm}"
    day = int(parts["BYMONTHDAY"])
    return f"ngày cuối cùng {rhythm}" if day < 0 else f"trước ngày {day:02} {rhythm}"


def _rhythm(freq: str, interval: int) -> str:
    if freq == "MONTHLY" and interval == 3:
        return "hằng quý"
    unit = _UNITS.get(freq, "kỳ")
    return f"hằng {unit}" if interval == 1 else f"{interval:02} {unit} một lần"


def _weekday(freq: str, parts: dict[str, str]) -> str:
    day = parts["BYDAY"]
    name = _WEEKDAYS.get(day[-2:], day)
    if freq == "MONTHLY":
        return f"{name} {'cuối cùng' if day.startswith('-') else 'đầu tiên'} hằng tháng"
    hour = f"trước {parts['BYHOUR']} giờ {int(parts.get('BYMINUTE', 0)):02} " if "BYHOUR" in parts else ""
    return f"{hour}{name} hằng tuần"


def _day_of_year(months: str, day: int) -> str:
    if months in _PARTS_OF_QUARTER:
        part = _PARTS_OF_QUARTER[months]
        return f"{part} mỗi quý" if day < 0 else f"trước ngày {day:02} tháng {part} quý"
    if "," in months:
        return f"trước ngày {day:02} các tháng {months.replace(',', ', ')} hằng năm"
    month = int(months)
    return f"trong tháng {_two(month)} hằng năm" if day < 0 else f"trước ngày {_day(day, month)} hằng năm"
