"""Rules for what names a place in the calendar: days, months, quarters, halves, years and parts of them.

Conventions of offices: early in a month is by the 10th, in its middle by the 20th; early in a quarter is by the
end of its first month; early in a year by the end of March, in its middle by the end of June.
"""

from collections.abc import Callable, Sequence

from bot.domain.saying import saying

from .feast_rules import FEAST_RULES, TET_DAY
from .nodes import SCHOOL_YEAR, Mark, Node, Role, Stated, Wrong
from .pattern import Captures
from .reading import DeadlineKind as Kind
from .rule import Build, Rule

_DAY_OF_PART = (10, 20, None)
_MONTH_OF_PART = (3, 6, 12)
_PRECISION_OF_PART = ("quarter", "half", "quarter")


def _when(c: Captures, name: str = "tail") -> dict[str, int]:
    """A year, or (below 100) how many years after the document's own."""
    year = c.maybe(name)
    if year is None:
        return {}
    return {"year": year} if year >= 100 else {"year_shift": year}


def _stated(
    kind: Kind,
    c: Captures,
    month: int | None = None,
    day: int | None = None,
    precision: str | None = None,
    **more: bool,
) -> Stated:
    when = _when(c)
    return Stated(
        kind,
        when.get("year"),
        month,
        day,
        precision or ("day" if kind is Kind.DATE else kind.value),
        year_shift=when.get("year_shift"),
        **more,
    )


def _full_date(c: Captures) -> Node:
    year = c.one("year")
    return Stated(Kind.DATE, 2000 + year if year < 100 else year, c.one("month"), c.one("day"))


def _span_of_dates(c: Captures) -> Node | Sequence[Node]:
    """From one date to another; the same day of two years is an anniversary."""
    begin = Stated(Kind.DATE, c.one("begin_year"), c.one("begin_month"), c.one("begin"))
    end = Stated(Kind.DATE, c.one("year"), c.one("month"), c.one("day"))
    remembered = (begin.month, begin.day) == (end.month, end.day) and begin.year != end.year
    return Mark(Role.OTHER) if remembered else (begin, Mark(Role.JOIN, "-"), end)


def _lunar_day(c: Captures) -> Node:
    day = c.maybe("day")
    return _stated(Kind.DATE, c, c.one("any_month"), 15 if day is None else day, lunar=True)


def _lunar_day_alone(c: Captures) -> Node:
    return Wrong(saying("fault.lunar_alone", day=c.one("day")))


def _unreadable_year(c: Captures) -> Node:
    return Wrong(saying("fault.year_unreadable", day=c.one("day"), month=c.one("month")))


def _days(in_words: bool) -> Build:
    def build(c: Captures) -> Sequence[Node]:
        days, months = c.many("days"), c.many("months")
        return [_stated(Kind.DATE, c, month, day, in_words=in_words) for month in months for day in days]

    return build


def _days_in_figures(c: Captures) -> Node | Sequence[Node]:
    """“15/20” without the word “ngày” or a year is a share, not an impossible date."""
    if c.one("months") > 12 and not c.many("said") and not c.many("tail"):
        return Mark(Role.OTHER)
    return _days(in_words=False)(c)


def _months(c: Captures) -> Sequence[Node]:
    return [_stated(Kind.MONTH, c, month) for month in c.many("months")]


def _part_of_month(part: int | None = None) -> Build:
    def build(c: Captures) -> Sequence[Node]:
        where = c.one("part") if part is None else part
        day, precision = _DAY_OF_PART[where], "ten_days" if where < 2 or part else "month"
        return [_stated(Kind.MONTH, c, month, day, precision) for month in c.many("months")]

    return build


def _half_of_month(day: int | None) -> Build:
    return lambda c: _stated(Kind.MONTH, c, c.many("months")[-1], day, "half_month")


def _week_of_month(c: Captures) -> Node:
    week = c.maybe("ordinal")
    return _stated(Kind.MONTH, c, c.one("any_month"), 7 * week if week and week < 5 else None, "week")


def _month_from_now(c: Captures) -> Node:
    part = c.maybe("part")
    day = _DAY_OF_PART[part] if part is not None else None
    precision = "ten_days" if day else "month"
    return Stated(Kind.MONTH, day=day, precision=precision, month_shift=c.maybe("shift") or 0)


def _week_from_now(c: Captures) -> Node:
    weekday = c.maybe("weekday")
    precision = "week" if weekday is None else "day"
    return Stated(Kind.RELATIVE, precision=precision, week_shift=c.one("shift"), weekday=weekday)


def _this_weekday(c: Captures) -> Node:
    return Stated(Kind.RELATIVE, precision="day", week_shift=0, weekday=c.one("weekday"))


def _this_week(c: Captures) -> Sequence[Node]:
    return [Mark(Role.BY), Stated(Kind.RELATIVE, precision="week", week_shift=0)]


def _day_from_now(c: Captures) -> Node:
    return Stated(Kind.DATE, day=c.one("day"), month_shift=c.maybe("shift") or 0)


def _quarters(c: Captures) -> Sequence[Node]:
    return [_stated(Kind.QUARTER, c, 3 * quarter) for quarter in c.many("quarters")]


def _part_of_quarter(kind: Kind) -> Build:
    def build(c: Captures) -> Node:
        part = c.one("part")
        whole = kind is Kind.QUARTER and part == 2
        return _stated(kind, c, 3 * c.many("quarters")[-1] - 2 + part, None, "quarter" if whole else "month")

    return build


def _day_in_quarter(c: Captures) -> Node:
    return _stated(Kind.DATE, c, 3 * c.one("quarters") - 2 + c.one("part"), c.one("day"))


def _quarter_from_now(c: Captures) -> Node:
    return Stated(Kind.QUARTER, precision="quarter", month_shift=3 * (c.maybe("shift") or 0))


def _first_months(c: Captures) -> Node:
    count = c.maybe("count") or 1
    if count == 12:
        return _stated(Kind.YEAR, c, 12)
    return _stated(Kind.HALF if count == 6 else Kind.MONTH, c, count)


def _last_months(c: Captures) -> Node:
    return _stated(Kind.HALF if c.maybe("count") == 6 else Kind.MONTH, c, 12)


def _half(month: int) -> Build:
    return lambda c: _stated(Kind.HALF, c, month)


def _part_of_year(c: Captures) -> Node:
    part = c.one("part")
    return _stated(Kind.YEAR, c, _MONTH_OF_PART[part], None, _PRECISION_OF_PART[part])


def _vague(c: Captures) -> Node:
    return _stated(Kind.YEAR, c, 12, None, "vague")


def _year(c: Captures) -> Node:
    return _stated(Kind.YEAR, c, 12)


def _years(c: Captures) -> Sequence[Node]:
    return [Stated(Kind.YEAR, year, 12, precision="year") for year in c.many("years")]


def _period(c: Captures) -> Node:
    return Stated(Kind.YEAR, c.one("end"), 12, precision="year", weak=True)


def _whole_period(c: Captures) -> Stated:
    return _year_of_span(c, "end")


def _phase(c: Captures) -> Sequence[Node]:
    """“giai đoạn 2 (2026 - 2028)”: a step of a plan is done by its end."""
    return [Mark(Role.BY), _whole_period(c)]


def _first_days(c: Captures) -> Node:
    return _stated(Kind.MONTH, c, c.one("any_month"), c.one("count"), "day")


def _last_days(c: Captures) -> Node:
    return _stated(Kind.MONTH, c, c.one("any_month"))


def _last_day(c: Captures) -> Node:
    return _stated(Kind.DATE, c, c.one("any_month"))


def _school_year(c: Captures) -> Node:
    return Stated(Kind.YEAR, c.one("end"), 5, precision=SCHOOL_YEAR, weak=True)


def _span(build: Callable[[Captures, str], Stated]) -> Build:
    """From one to the other: of such a span the end counts."""
    return lambda c: (build(c, "begin"), Mark(Role.JOIN, "-"), build(c, "end"))


def _day_of_span(c: Captures, name: str) -> Stated:
    return _stated(Kind.DATE, c, c.one("any_month"), c.one(name))


def _month_of_span(c: Captures, name: str) -> Stated:
    return _stated(Kind.MONTH, c, c.one(name))


def _quarter_of_span(c: Captures, name: str) -> Stated:
    return _stated(Kind.QUARTER, c, 3 * c.one(name))


def _year_of_span(c: Captures, name: str) -> Stated:
    return Stated(Kind.YEAR, c.one(name), 12, precision="year")


def _from_day_to(c: Captures) -> Sequence[Node]:
    return (Mark(Role.FROM), Stated(Kind.DATE, day=c.one("day")), Mark(Role.TO))


# What a share is a share of.
_COUNTED = (
    "so|tong|thanh|dai|xa|huyen|phuong|thon|dan|don|tieu|chi|quan|dien|phieu|uy|dong|dang|can|ho|truong"
)
_IN_YEAR = "[cua|trong] ({tail};nam)"

CALENDAR_RULES: tuple[Rule, ...] = (
    # Figures that only look like a date: “1/3 số đại biểu”, “12/18 chỉ tiêu”
    Rule("{count} thang nam {year}", lambda c: Mark(Role.OTHER)),
    Rule("ky hop [thuong le] dau|giua|cuoi nam", lambda c: Mark(Role.THING)),
    # The hour and the weekday of a date
    Rule("{hour} gio|h|g [{minute} [phut]] [,] [cua] {day_ahead}", lambda c: Mark(Role.NEUTRAL)),
    Rule("{hour} : {minute} [,] {day_ahead}", lambda c: Mark(Role.NEUTRAL)),
    Rule("[{weekday}] tuan {shift}", _week_from_now),
    Rule("cuoi tuan {shift}", _week_from_now),
    Rule("{weekday} nay", _this_weekday),
    Rule("{weekday} [,]", lambda c: Mark(Role.NEUTRAL)),
    # Days counted from the document's
    Rule("[ngay] hom nay", lambda c: Stated(Kind.DATE, day_shift=0)),
    Rule("sang|trua|chieu|toi|dem nay", lambda c: Stated(Kind.DATE, day_shift=0)),
    Rule("ngay|sang|trua|chieu|toi mai", lambda c: Stated(Kind.DATE, day_shift=1)),
    Rule("{hour} gio|h|g [{minute} [phut]] mai", lambda c: Stated(Kind.DATE, day_shift=1)),
    Rule("ngay kia", lambda c: Stated(Kind.DATE, day_shift=2)),
    Rule("{moved}", lambda c: Mark(Role.TO, "sang")),
    Rule("tu toi {day_ahead}", lambda c: Mark(Role.FROM, "tu")),
    # Days
    TET_DAY,
    Rule(
        "{day:begin} /|-|. {month:begin_month} /|-|. {written_year:begin_year} - "
        "{day} /|-|. {month} /|-|. {year}",
        _span_of_dates,
    ),
    Rule("[ngay|mung|mong] {day} /|-|. {month} /|-|. {written_year:year}", _full_date),
    Rule("[ngay|mung|mong] {day} / {month} / {short_year:year}", _full_date),
    Rule("{year} - {real_month:month} - {day}", _full_date),
    Rule("ngay|mung|mong {day} .|- {month} .|- {short_year:year}", _full_date),
    Rule("ngay|mung|mong {day} /|-|. {month} /|-|. {odd_year}", _unreadable_year),
    Rule("{day} / {month} / {odd_year}", _unreadable_year),
    Rule("[ngay|mung|mong] {day} thang {any_month} [<] am lich [>] [{tail}]", _lunar_day),
    Rule("[ngay|mung|mong] {day} / {month:any_month} [<] am lich [>] [{tail}]", _lunar_day),
    Rule("[ngay] ram thang {any_month} [am lich] [{tail}]", _lunar_day),
    Rule("ngay|mung|mong {day} [<] am lich", _lunar_day_alone),
    Rule(
        "ngay|mung|mong {day_name:days} [cua|trong] thang {any_month:months} [{tail}]", _days(in_words=True)
    ),
    Rule("2|3|4|02|03|04 thang {several_months:months} [{tail}]", _months),
    Rule("ngay cuoi [cung] [cua|trong] thang {any_month} [{tail}]", _last_day),
    Rule("ngay [{day}] cuoi [cung] [cua|trong] [thang] [{part}] thang {months} [{tail}]", _months),
    Rule(
        "[ngay|mung|mong] {day} [cua] thang {part} [tien|cung] [cua|trong] quy {quarters} [{tail}]",
        _day_in_quarter,
    ),
    Rule("[ngay|mung|mong] {day:begin} - [ngay] {day:end} thang {any_month} [{tail}]", _span(_day_of_span)),
    Rule("[ngay|mung|mong] {day:begin} - [ngay] {day:end} / {month:any_month} [{tail}]", _span(_day_of_span)),
    Rule("ngay|mung|mong {days} [cua|trong] [cac] thang {months} [{tail}]", _days(in_words=True)),
    Rule("{bare_days:days} [cua] [cac] thang {months} [{tail}]", _days(in_words=True)),
    Rule(f"{{day}} / {{month}} {_COUNTED}", lambda c: Mark(Role.OTHER)),
    Rule("{days} / {month:months} > nam {year:tail}", _days_in_figures),
    Rule("{said} {days} / {month:months} [{tail}]", _days_in_figures),
    Rule("{bare_days:days} / {month:months} [{tail}]", _days_in_figures),
    Rule("{said} {day:days} {dot} {real_month:months} [{tail}]", _days_in_figures),
    Rule("{limited_day:days} {dot} {real_month:months} [{tail}]", _days(in_words=False)),
    Rule("ngay|mung|mong {day} [cua] thang {shift}", _day_from_now),
    Rule(
        "ngay|mung|mong {day} [cua] thang truoc",
        lambda c: Stated(Kind.DATE, day=c.one("day"), month_shift=-1),
    ),
    Rule("tu [ngay] {day} den|-", _from_day_to),
    Rule("ngay|mung|mong {day}", lambda c: Stated(Kind.DATE, day=c.one("day"))),
    # Months and their parts
    Rule("{part} thang {months} [{tail}]", _part_of_month()),
    Rule("{count} ngay dau [cua] thang {any_month} [{tail}]", _first_days),
    Rule("{count} ngay cuoi [cua] thang {any_month} [{tail}]", _last_days),
    Rule("thuong tuan [cua] thang {months} [{tail}]", _part_of_month(0)),
    Rule("trung tuan [cua] thang {months} [{tail}]", _part_of_month(1)),
    Rule("ha tuan [cua] thang {months} [{tail}]", _part_of_month(2)),
    Rule("nua dau [cua] thang {months} [{tail}]", _half_of_month(15)),
    Rule("nua cuoi [cua] thang {months} [{tail}]", _half_of_month(None)),
    Rule("tuan [le] [thu] {ordinal} [cua|trong|,] thang {any_month} [{tail}]", _week_of_month),
    Rule(
        "tuan dau [tien] [cua] thang {any_month} [{tail}]",
        lambda c: _stated(Kind.MONTH, c, c.one("any_month"), 7, "week"),
    ),
    Rule("tuan cuoi [cung] [cua] thang {any_month} [{tail}]", _week_of_month),
    Rule("{part} thang {shift}", _month_from_now),
    Rule("thang {part} [tien|cung] [cua|trong] quy {quarters} [{tail}]", _part_of_quarter(Kind.MONTH)),
    Rule("thang {any_month:begin} - [thang] {month:end} [{tail}]", _span(_month_of_span)),
    Rule("[cac|hai|ba] thang {months} [{tail}]", _months),
    Rule("t {months} {tail}", _months),
    Rule("{part} t {months} [{tail}]", _part_of_month()),
    Rule("thang {shift}", _month_from_now),
    Rule("{month:begin} - {month:end} / {year:tail}", _span(_month_of_span)),
    Rule("{real_months:months} / {year:tail}", _months),
    # Quarters
    Rule("{part} quy {quarters} [{tail}]", _part_of_quarter(Kind.QUARTER)),
    Rule("quy {quarter:begin} - [quy] {quarter:end} [{tail}]", _span(_quarter_of_span)),
    Rule("quy {quarters} [{tail}]", _quarters),
    Rule("quy {quarter_name:quarters} {tail}", _quarters),
    Rule("q {quarters} [{tail}]", _quarters),
    Rule("{q_roman:quarters} [{tail}]", _quarters),
    Rule("{q_scanned:quarters} {tail}", _quarters),
    Rule("{roman:quarters} / {year:tail}", _quarters),
    Rule("quỹ {roman:quarters} {tail}", _quarters),
    Rule("[{part}] quy {shift}", _quarter_from_now),
    Rule(f"{{count}} quy dau {_IN_YEAR}", lambda c: _stated(Kind.QUARTER, c, 3 * min(c.one("count"), 4))),
    *FEAST_RULES,
    # Halves and other spans of months
    Rule(f"{{count}} thang dau {_IN_YEAR}", _first_months),
    Rule(f"{{count}} thang (cuoi;con lai) {_IN_YEAR}", _last_months),
    Rule(f"quy cuoi [cung] {_IN_YEAR}", lambda c: _stated(Kind.QUARTER, c, 12)),
    Rule(f"quy dau [tien] {_IN_YEAR}", lambda c: _stated(Kind.QUARTER, c, 3)),
    Rule(f"nhung|cac|may|vai thang dau {_IN_YEAR}", _vague),
    Rule(f"[nhung|cac|may|vai] thang (cuoi;con lai) {_IN_YEAR}", _last_months),
    Rule(f"thang dau [tien] {_IN_YEAR}", _first_months),
    Rule(f"nua dau {_IN_YEAR}", _half(6)),
    Rule(f"nua [thang] cuoi {_IN_YEAR}", _half(12)),
    Rule("nua nam dau [{tail}]", _half(6)),
    Rule("nua nam cuoi [{tail}]", _half(12)),
    # Years and periods of years
    Rule(f"{{part}} {_IN_YEAR}", _part_of_year),
    Rule("ca|het (giai doan;nhiem ky) {year} - {year:end}", _whole_period),
    Rule(
        "(giai doan;nhiem ky) [dai hoi;cong tac] [tu] [nam] {year} (-;den [nam];toi [nam];va) {year:end}",
        _period,
    ),
    Rule("giai doan {ordinal} [tu|:] < [tu] [nam] {year} (-;den [nam]) {year:end} >", _phase),
    Rule("nam hoc {year} - {year:end}", _school_year),
    Rule("nam {year} va {year:end}", _period),
    Rule("[cac|nhung] nam {year:begin} - [nam] {year:end}", _span(_year_of_span)),
    Rule("[ca] [cac|nhung] nam {years}", _years),
    Rule("{count} nam {year} - {year:end}", _period),
    Rule("{count} nam < {year} - {year:end} >", _period),
    Rule("{count} nam {years}", _years),
    Rule("ca nam {tail}", _year),
    Rule("ca nam {pause}", _year),
    Rule("nam {year_shift:tail}", _year),
    Rule("{year:begin} - {year:end}", _span(_year_of_span)),
    Rule("{years}", _years),
    # Parts of the current month or quarter
    Rule("{part} thang", _month_from_now),
    Rule("cuoi quy", _quarter_from_now),
    Rule("trong|het|cuoi tuan {pause}", _this_week),
    Rule("trong|het thang {pause}", lambda c: (Mark(Role.BY), _month_from_now(c))),
    Rule("trong|het quy {pause}", lambda c: (Mark(Role.BY), _quarter_from_now(c))),
    Rule("trong|het nam {pause}", lambda c: (Mark(Role.BY), _year(c))),
)
