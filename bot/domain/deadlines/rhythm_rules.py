"""Rules for what comes back: rhythms, and the days inside them. Several rhythms give several nodes."""

from collections.abc import Sequence
from dataclasses import replace

from .nodes import Anchor, Every, Mark, Node, Role, Stated, Wrong
from .pattern import Captures
from .problems import no_such_day_of_month
from .reading import DeadlineKind as Kind
from .rule import Build, Rule
from .units import UNITS

YEARLY = Every("YEARLY")
UNSAID = Every(None)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS_OF_TIMES = {2: "15,-1", 3: "10,20,-1", 4: "7,14,21,-1"}
_WORKDAYS = "MO,TU,WE,TH,FR"


def every(unit: str, count: int) -> Every:
    """The rhythm “every `count` units”; twelve months are a year."""
    freq, step = {
        "ngay": ("DAILY", 1),
        "tuan": ("WEEKLY", 1),
        "thang": ("MONTHLY", 1),
        "quy": ("MONTHLY", 3),
        "nam": ("YEARLY", 1),
    }.get(unit, ("", 0))
    interval = step * count
    if freq == "DAILY" and interval and interval % 7 == 0:
        return Every("WEEKLY", interval // 7)
    if not freq or not interval:
        return UNSAID
    if freq == "MONTHLY" and interval % 12 == 0:
        return Every("YEARLY", interval // 12)
    return Every(freq, interval)


def _times(unit: str, times: int) -> Node:
    """“2 lần/năm” is every six months, “2 lần/tháng” on the 15th and last; else no interval is stated."""
    months = {"nam": 12, "quy": 3}.get(unit)
    if unit == "thang" and times in DAYS_OF_TIMES:
        return Anchor(f"FREQ=MONTHLY;BYMONTHDAY={DAYS_OF_TIMES[times]}")
    if times == 1 or unit == "ngay":
        return every(unit, 1)
    if months is None or not times or months % times:
        return UNSAID
    return every("thang", months // times)


def _rhythms(c: Captures) -> Sequence[Node]:
    numbers = c.many("rhythms")
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return [_cumulated(count) if UNITS[unit] == "thang" and count in (8, 9, 10, 11) else every(UNITS[unit], count)
            for unit, count in pairs]  # fmt: skip


def _stressed(c: Captures) -> Sequence[Node]:
    return [replace(node, stressed=True) if isinstance(node, Every) else node for node in _rhythms(c)]


def _counted(c: Captures) -> Sequence[Node]:
    return [replace(node, counted=True) if isinstance(node, Every) else node for node in _rhythms(c)]


def _cumulated(months: int) -> Node:
    """The report on nine months is due once a year."""
    return Anchor(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={last_day(months)}", cumulated=True)


def last_day(month: int) -> int:
    """The last day of a month in every year, counted from the end where it moves."""
    return -1 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _reported(c: Captures) -> Sequence[Node]:
    """“tổng kết 10 năm” looks back over ten years and names no rhythm."""
    made = _rhythms(c)
    looks_back = any(isinstance(node, Every) and node.freq == "YEARLY" and node.interval > 1 for node in made)
    if looks_back:
        return [Mark(Role.REVIEW)]
    return [Mark(Role.REVIEW), *_named(c)]


def _named(c: Captures) -> Sequence[Node]:
    return [replace(node, named=True) if isinstance(node, Every) else node for node in _rhythms(c)]


def _once(c: Captures) -> Node:
    return replace(every(UNITS[c.one("unit")], c.maybe("count") or 1), counted=True)


def _often(c: Captures) -> Node:
    """Said of a deed and hardly of a thing: “tuần tra 2 lần/tuần”."""
    made = _times(UNITS[c.one("unit")], c.one("times"))
    return replace(made, counted=True) if isinstance(made, Every) else made


def _monthly(c: Captures) -> Sequence[Node]:
    return _on_days(c, "FREQ=MONTHLY")


def _monthly_and_last(c: Captures) -> Sequence[Node]:
    return [*_monthly(c), Anchor("FREQ=MONTHLY;BYMONTHDAY=-1")]


def _quarterly(c: Captures) -> Sequence[Node]:
    return _on_days(c, "FREQ=MONTHLY;INTERVAL=3")


def _on_days(c: Captures, rhythm: str) -> Sequence[Node]:
    """Days of a rhythm; the 31st is the last day, for a rule would leave out the shorter months."""
    days = c.many("days")
    wrong = next((day for day in days if not 1 <= day <= 31), None)
    if wrong is not None:
        return [Wrong(no_such_day_of_month(wrong))]
    return [Anchor(f"{rhythm};BYMONTHDAY={-1 if day == 31 else day}") for day in days]


def months_of_quarter(part: int) -> str:
    """The first (0), second or third months of all quarters."""
    return ",".join(str(month) for month in range(part + 1, 13, 3))


def _next_quarter(c: Captures) -> Sequence[Node]:
    """“trước ngày 05 của quý sau”: in its first month."""
    return _on_days(c, f"FREQ=YEARLY;BYMONTH={months_of_quarter(0)}")


def _in_quarter(c: Captures) -> Sequence[Node]:
    place = c.maybe("ordinal")
    part = c.one("part") if place is None else min(place, 3) - 1
    rhythm = f"FREQ=YEARLY;BYMONTH={months_of_quarter(part)}"
    return _on_days(c, rhythm) if c.many("days") else [Anchor(f"{rhythm};BYMONTHDAY=-1")]


def _part_of_rhythm(c: Captures) -> Node:
    """“cuối mỗi quý”, “đầu mỗi tháng”."""
    part, unit = c.maybe("part"), UNITS[c.one("unit")]
    part = 2 if part is None else part
    if unit == "thang":
        return Anchor(f"FREQ=MONTHLY;BYMONTHDAY={(10, 20, -1)[part]}")
    if unit == "quy":
        return Anchor(f"FREQ=YEARLY;BYMONTH={months_of_quarter(part)};BYMONTHDAY=-1")
    if unit == "nam":
        month = (3, 6, 12)[part]
        return Anchor(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={last_day(month)}")
    return every(unit, 1)


def _at_hour(c: Captures) -> str:
    hour = c.maybe("hour")
    if hour is None:
        return ""
    return f";BYHOUR={hour}" + (f";BYMINUTE={c.one('minute')}" if c.maybe("minute") else "")


def _daily(c: Captures) -> Node:
    return Anchor(f"FREQ=DAILY{_at_hour(c)}")


def _weekly(c: Captures) -> Sequence[Node]:
    return [Anchor(f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[day]}{_at_hour(c)}") for day in c.many("weekdays")]


def _weekday_of_month(place: int) -> Build:
    return lambda c: Anchor(f"FREQ=MONTHLY;BYDAY={place}{_WEEKDAYS[c.one('weekday')]}")


def _working_day_of_month(place: int) -> Build:
    return lambda c: Anchor(f"FREQ=MONTHLY;BYDAY={_WORKDAYS};BYSETPOS={place}")


def _day_of_other_year(c: Captures) -> Sequence[Node]:
    return [*(Stated(Kind.DATE, month=c.one("any_month"), day=day) for day in c.many("days")), YEARLY]


def _day_of_term(c: Captures) -> Node:
    return replace(UNSAID, day=c.many("days")[-1])


def _unsaid(c: Captures) -> Node:
    return UNSAID


_ON = "[ngay|mung|mong]"
_EACH = "hang|moi|tung"
_HOUR = "{hour} gio|h|g|: [{minute} [phut]]"
_AT = f"[{_HOUR} [,] [cua]] [sang|chieu]"
_NEXT = "{following}"
_OTHER_YEAR = "(truoc;sau;tiep theo;ke tiep;ke sau;lien ke;lien truoc;lien sau;ke hoach;bao cao;do)"
_LAST_QUARTER = f"[cua|trong] [{_EACH}] quy [{_NEXT}]"

RHYTHM_RULES: tuple[Rule, ...] = (
    # How often
    Rule("[cu|cach] {count} {unit} [/] mot|1|01 lan", _once),
    Rule("[cu] {count} {unit} {once_ahead} lan", _once),
    Rule("{count} {unit} / lan", _once),
    Rule("{unit} / [mot|1|01] lan", _once),
    Rule(f"{_EACH} {{count}} {{unit}}", _once),
    Rule(f"{_EACH}|mot|1|01 {{unit}} [,|/] {{times_ahead:times}} lan|dot|ky|cuoc|buoi|phien|so", _often),
    Rule("{count:times} lan|dot|ky (/;moi;mot;trong;trong mot;tren) [mot|1|01] {unit}", _often),
    Rule("nua nam mot|1|01 lan", lambda c: every("thang", 6)),
    Rule(f"{_EACH} nua nam", lambda c: every("thang", 6)),
    # Days of a rhythm
    Rule(
        f"{_ON} {{days}} [cua|trong] thang thu {{ordinal}} [cua|trong] [{_EACH}] quy {{no_number}}",
        _in_quarter,
    ),
    Rule(f"{_ON} {{days}} [cua|trong] quy {_NEXT}", _next_quarter),
    Rule(f"{_ON} {{days}} [cua|trong] {_EACH} thang", _monthly),
    Rule(f"{_ON} {{days}} [cua|trong] {_EACH} quy", _quarterly),
    Rule(
        f"{_ON} {{days}} [cua|trong] [cac] thang {{part}} [tien|cung] {_LAST_QUARTER} {{no_number}}",
        _in_quarter,
    ),
    Rule(
        f"ngay cuoi [cung] [cua|trong] thang cuoi [cung] {_LAST_QUARTER} {{no_number}}",
        lambda c: Anchor(f"FREQ=YEARLY;BYMONTH={months_of_quarter(2)};BYMONTHDAY=-1"),
    ),
    Rule(f"[vao] thang {{part}} [tien|cung] {_LAST_QUARTER} {{no_number}}", _in_quarter),
    Rule(f"ngay lam viec cuoi [cung] [cua|trong] [{_EACH}] thang {{no_number}}", _working_day_of_month(-1)),
    Rule(f"ngay lam viec dau [tien] [cua|trong] [{_EACH}] thang {{no_number}}", _working_day_of_month(1)),
    Rule(f"ngay cuoi [cung] [cua|trong] {_EACH} {{unit}}", _part_of_rhythm),
    Rule("ngay cuoi [cung] [cua|trong] {long_unit:unit} {no_number}", _part_of_rhythm),
    Rule(f"ngay dau [tien] [cua|trong] {_EACH} thang", lambda c: Anchor("FREQ=MONTHLY;BYMONTHDAY=1")),
    Rule(f"{_ON} {{days}} va ngay cuoi [cung] [cua|trong] [thang] {_EACH} thang", _monthly_and_last),
    Rule(f"{{part}} {_EACH} {{unit}}", _part_of_rhythm),
    Rule(f"{_ON} {{days}} [cua] thang [dau|cuoi|sau] [cua] ky", _day_of_term),
    Rule(f"{_ON} {{days}} [cua] thang {_NEXT}", _monthly),
    Rule(f"{_ON} {{days}} (cua|trong thang) {{no_number}}", _monthly),
    Rule(f"{_ON} {{days}} [cua|trong] thang {{any_month}} [cua] nam {_OTHER_YEAR}", _day_of_other_year),
    Rule(f"{_ON} {{days}} / {{month:any_month}} [cua] nam {_OTHER_YEAR}", _day_of_other_year),
    Rule(f"{_ON} {{days}} (/;[cua] thang) {{any_month}} cua nam {{pause}}", _day_of_other_year),
    # Hours and weekdays
    Rule(f"{_HOUR} [chieu] [,] {_EACH} ngay", _daily),
    Rule(f"[bao cao] {_EACH} ngay [,|<|:] truoc|vao|luc {_HOUR}", _daily),
    Rule(f"{_AT} [ngay] {{weekdays}} [cua|trong] {_EACH} tuan", _weekly),
    Rule(f"[dinh ky] {_EACH} tuan [,|<|:] [truoc|vao] {_AT} [ngay] {{weekdays}}", _weekly),
    Rule(
        f"[ngay] {{weekday}} [tuan] cuoi [cung] [cua|trong] [{_EACH}] thang {{no_number}}",
        _weekday_of_month(-1),
    ),
    Rule(
        f"[ngay] {{weekday}} [tuan] dau [tien] [cua|trong] [{_EACH}] thang {{no_number}}",
        _weekday_of_month(1),
    ),
    # Rhythms and lists of them
    Rule("[theo] dinh ky [vao|theo|la] [:|,|<] {rhythms} (/ [mot|1|01];mot|1|01) lan", _counted),
    Rule("[theo] dinh ky [vao|theo|la] [:|,|<] {rhythms}", _stressed),
    Rule("tung {unit} {no_number}", lambda c: replace(every(UNITS[c.one("unit")], 1), named=True)),
    Rule("{steady:rhythms}", _rhythms),
    Rule("{cell:rhythms}", _counted),
    Rule("{listed:rhythms}", _named),
    Rule("cac|nhung nam {years_said}", lambda c: YEARLY),
    Rule("(so ket;tong ket;giao ban) {steady:rhythms}", lambda c: [Mark(Role.REVIEW), *_rhythms(c)]),
    Rule("(bao cao;so ket;tong ket;giao ban) [dinh ky] {rhythms}", _reported),
    Rule("theo {rhythms}", _named),
    Rule("theo dinh ky", lambda c: replace(UNSAID, stressed=True)),
    Rule("dinh ky hoac|va|, dot xuat", lambda c: replace(UNSAID, stressed=True)),
    Rule("dinh ky", _unsaid),
)
