"""Rules for days that have a name: Tết, which is counted by the moon, and the days of remembrance.

“Trước Tết” is met up to the eve of its first day. A day of remembrance is a deadline only where a word says so
(“trước dịp Quốc khánh”), for it also names what is celebrated.
"""

from collections.abc import Sequence
from dataclasses import replace

from .nodes import Mark, Node, Role, Stated
from .pattern import Captures
from .reading import DeadlineKind as Kind
from .rule import Build, Rule

# Folded name: month, day.
_FEASTS = {
    "thanh lap dang": (2, 3),
    "thay thuoc viet nam": (2, 27),
    "quoc te phu nu": (3, 8),
    "giai phong mien nam": (4, 30),
    "thong nhat dat nuoc": (4, 30),
    "quoc te lao dong": (5, 1),
    "chien thang dien bien phu": (5, 7),
    "sinh chu tich ho chi minh": (5, 19),
    "sinh nhat bac": (5, 19),
    "quoc te thieu nhi": (6, 1),
    "bao chi cach mang viet nam": (6, 21),
    "thuong binh liet si": (7, 27),
    "thuong binh - liet si": (7, 27),
    "cach mang thang tam": (8, 19),
    "quoc khanh": (9, 2),
    "tet doc lap": (9, 2),
    "giai phong thu do": (10, 10),
    "phu nu viet nam": (10, 20),
    "hoi dai doan ket": (11, 18),
    "nha giao viet nam": (11, 20),
    "thanh lap quan doi nhan dan viet nam": (12, 22),
}
_WRITTEN = "[,|<|-] [ngay] {day} (/;thang) {month} [{tail}]"
_LUNAR_YEAR = "[-|,] [nam] [{zodiac}] [{tail}]"
TET = f"[dip|ngay] [nghi] [le] tet [am lich;nguyen dan;co truyen;ta] [co truyen] {_LUNAR_YEAR}"


def _when(c: Captures) -> tuple[int | None, int | None]:
    """A year, or how many years after the document's own."""
    year = c.maybe("tail")
    if year is None:
        return None, None
    return (year, None) if year >= 100 else (None, year)


def _feast(month: int, day: int) -> Build:
    """The day written beside the name, or that of the name."""

    def build(c: Captures) -> Node:
        year, shift = _when(c)
        return Stated(
            Kind.DATE,
            year,
            c.maybe("month") or month,
            c.maybe("day") or day,
            year_shift=shift,
            weak=True,
        )

    return build


def before_tet(c: Captures, day: int) -> Stated:
    """A day of the first lunar month, 0 its eve."""
    year, shift = _when(c)
    return Stated(Kind.DATE, year, 1, day, "week", year_shift=shift, lunar=True)


def _before_mid_autumn(c: Captures) -> Sequence[Node]:
    year, shift = _when(c)
    return [Mark(Role.BY), Stated(Kind.DATE, year, 8, 15, year_shift=shift, lunar=True)]


def _hung_kings(c: Captures) -> Node:
    year, shift = _when(c)
    return Stated(Kind.DATE, year, 3, 10, year_shift=shift, lunar=True, weak=True)


def _before_new_year(c: Captures) -> Sequence[Node]:
    """New Year's Day is off: what is due before it is due in the year that ends."""
    year, shift = _when(c)
    last = None if year is None else year - 1
    return [Mark(Role.BY), Stated(Kind.DATE, last, 12, 31, year_shift=None if shift is None else shift - 1)]


def _rules_of_feast(name: str, build: Build) -> tuple[Rule, ...]:
    return tuple(Rule(f"[ngay] [le] {name} [lan thu] {more}", build) for more in (_WRITTEN, "[{tail}]"))


TET_DAY = Rule(
    f"[ngay] mung|mong {{day}} {TET}", lambda c: replace(before_tet(c, c.one("day")), precision="day")
)
FEAST_RULES: tuple[Rule, ...] = (
    Rule("(ky niem;chao mung;mung) [lan thu] {count} nam", lambda c: Mark(Role.FEAST)),
    Rule("truoc [dip|ngay] [le] tet duong lich [{tail}]", _before_new_year),
    Rule(f"truoc [dip|ngay] [tet|ram] trung thu {_LUNAR_YEAR}", _before_mid_autumn),
    Rule(f"truoc {TET}", lambda c: (Mark(Role.BY), before_tet(c, 0))),
    Rule("[ngay] gio to hung vuong [[<] [ngay] {day} (/;thang) {month}] [am lich] [{tail}]", _hung_kings),
    *(rule for name, day in _FEASTS.items() for rule in _rules_of_feast(name, _feast(*day))),
)
