"""Rules for lengths of time and what they are counted from: “10 ngày làm việc kể từ ngày ban hành”."""

from .nodes import Lasting, Node, Origin, Stated
from .pattern import Captures
from .reading import DeadlineKind as Kind
from .rule import Rule
from .units import UNITS

_ORIGINS = (Origin.NONE, Origin.OWN, Origin.OTHER, Origin.OTHER)


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


def _from_now(c: Captures) -> Node:
    """“trong 10 ngày tới” counts from the document; years to come are a time and no deadline."""
    unit = UNITS[c.one("unit")]
    return Lasting(c.one("count"), unit, origin=Origin.NONE if unit == "nam" else Origin.OWN)


def _next_working_day(c: Captures) -> Node:
    return Lasting(1, "ngay", True, Origin.OTHER)


def _nth_day(c: Captures) -> Node:
    return _lasting(Captures(c.found | {"unit": (UNITS.index("ngay"),)}))


LENGTH_RULES: tuple[Rule, ...] = (
    Rule("{count} {unit} toi", _from_now),
    Rule("{count} {unit} [{working}] [{origin}]", _lasting),
    Rule("ngay [{working}] thu {count} {origin}", _nth_day),
    Rule("ngay lam viec [lien] tiep theo|sau|ke", _next_working_day),
)
