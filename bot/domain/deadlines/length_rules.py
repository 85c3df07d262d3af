"""Rules for lengths of time and what they are counted from: “10 ngày làm việc kể từ ngày ban hành”."""

from .feast_rules import TET, before_tet
from .nodes import Lasting, Node, Origin, Stated
from .pattern import Captures
from .reading import DeadlineKind as Kind
from .rule import Rule
from .units import UNITS

_ORIGINS = (Origin.NONE, Origin.OWN, Origin.OTHER, Origin.OTHER, Origin.OWN_PAPER)


def _lasting(c: Captures) -> Node:
    origin = c.many("origin")
    start = Stated(Kind.DATE, origin[3], origin[2], origin[1]) if len(origin) == 4 else None
    return Lasting(
        c.one("count"),
        UNITS[c.one("unit")],
        bool(c.many("working")),
        _ORIGINS[origin[0] if origin else 0],
        start,
    )


def _days_before_date(c: Captures) -> Node:
    year = c.maybe("tail")
    shift = year if year is not None and year < 100 else None
    day = Stated(
        Kind.DATE, None if shift is not None else year, c.one("month"), c.one("day"), year_shift=shift
    )
    return Lasting(c.one("count"), "ngay", bool(c.many("working")), Origin.OTHER, day, backwards=True)


def _days_before_new_year(c: Captures) -> Node:
    """Counted back from the first day of the lunar year."""
    return Lasting(
        c.one("count"), "ngay", bool(c.many("working")), Origin.OTHER, before_tet(c, 1), backwards=True
    )


def _from_now(c: Captures) -> Node:
    """“trong 10 ngày tới”, “3 ngày nữa” count from the document; years to come are a time and no deadline."""
    unit = UNITS[c.one("unit")]
    return Lasting(c.one("count"), unit, origin=Origin.NONE if unit == "nam" else Origin.OWN)


def _first_working_day(c: Captures) -> Node:
    """“ngày làm việc đầu tiên của tháng 3/2025”: counted from the day before."""
    return _working_day_beside(c, (c.one("any_month") - 2) % 12 + 1, None, -(c.one("any_month") == 1), False)


def _last_working_day(c: Captures) -> Node:
    """“ngày làm việc cuối cùng của tháng 3/2025”: counted back from the first day of the next month."""
    return _working_day_beside(c, c.one("any_month") % 12 + 1, 1, int(c.one("any_month") == 12), True)


def _working_day_beside(c: Captures, month: int, day: int | None, years: int, backwards: bool) -> Node:
    year = c.maybe("tail")
    whole = year is not None and year >= 100
    beside = Stated(
        Kind.DATE if day else Kind.MONTH,
        year + years if whole and year is not None else None,
        month,
        day,
        year_shift=None if whole or year is None else year + years,
    )
    return Lasting(1, "ngay", True, Origin.OTHER, beside, backwards)


def _next_working_day(c: Captures) -> Node:
    return Lasting(1, "ngay", True, Origin.OTHER)


def _nth_day(c: Captures) -> Node:
    return _lasting(Captures(c.found | {"unit": (UNITS.index("ngay"),)}))


def _end_of_nth_month(c: Captures) -> Node:
    return _lasting(Captures(c.found | {"unit": (UNITS.index("thang"),)}))


LENGTH_RULES: tuple[Rule, ...] = (
    Rule("{count} {unit} toi|nua", _from_now),
    Rule(f"{{count}} ngay [{{working}}] truoc {TET}", _days_before_new_year),
    Rule("{count} ngay [{working}] truoc [ngay] {day} (/;-;.;thang) {month} [{tail}]", _days_before_date),
    Rule("ngay lam viec dau [tien] [cua|trong] thang {any_month} [{tail}]", _first_working_day),
    Rule("ngay lam viec cuoi [cung] [cua|trong] thang {any_month} [{tail}]", _last_working_day),
    Rule("{count} {unit} dau [tien] {origin}", _lasting),
    Rule("{count} {unit} [{working}] [{origin}]", _lasting),
    Rule("ngay [{working}] thu {count} {origin}", _nth_day),
    Rule("ngay cuoi [cung] [cua|trong] thang thu {count} {origin}", _end_of_nth_month),
    Rule("ngay lam viec [lien] tiep theo|sau|ke", _next_working_day),
)
