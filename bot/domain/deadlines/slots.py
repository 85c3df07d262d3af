"""The kinds of values rules may ask for: numbers of days, months, quarters, years, units, lists of them.

A slot looks at the stream from a place on and gives the numbers found and the place after them, or None.
"""

from .pattern import Found, Slot, Stream

_LIST_LIMIT = 16
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "l": 1, "ll": 2, "lll": 3, "il": 2, "li": 2, "ly": 2,
          "lv": 4, "iil": 3, "ill": 3, "lii": 3, "lil": 3, "iiii": 4}  # fmt: skip
ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_AFTER_TEN = ONES | {"lam": 5, "tu": 4}
MONTH_NAMES = ONES | {"tu": 4, "gieng": 1, "chap": 12}
QUARTER_NAMES = {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
ORDINALS = ONES | {"nhat": 1, "tu": 4}
_STEMS = frozenset({"giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy"})
_BRANCHES = frozenset({"ty", "suu", "dan", "mao", "meo", "thin", "ngo", "mui", "than", "dau", "tuat", "hoi"})
_LIMITS = frozenset({"truoc", "tu", "den", "toi", "het"})
_AMOUNTS = frozenset(
    {"%", "trieu", "ty", "nghin", "ngan", "ha", "km", "m", "tan", "ta", "kg", "lan", "diem", "do"}
)
_NUMBERED = frozenset({"dot", "lan", "buoc", "khoa", "so", "doan", "nhom"})
YEAR_SHIFTS = {"nay": 0, "toi": 1, "sau": 1}


def named(names: dict[str, int]) -> Slot:
    def slot(stream: Stream, place: int) -> Found | None:
        value = names.get(stream.text(place))
        return None if value is None else ((value,), place + 1)

    return slot


def digits(low: int, high: int, width: int) -> Slot:
    def slot(stream: Stream, place: int) -> Found | None:
        value = stream.number(place)
        fits = value is not None and low <= value <= high and len(stream.text(place)) <= width
        return ((value or 0,), place + 1) if fits else None

    return slot


_day_in_figures = digits(0, 99, 2)


def day(stream: Stream, place: int) -> Found | None:
    """A day of the month, perhaps spelled in brackets behind: “15 (mười lăm)”."""
    found = _day_in_figures(stream, place)
    return found and (found[0], _after_spelling(stream, found[1]))


month = digits(0, 99, 2)
real_month = digits(1, 12, 2)


def short_year(stream: Stream, place: int) -> Found | None:
    """A year in two digits."""
    value = stream.number(place)
    return ((value,), place + 1) if value is not None and len(stream.text(place)) == 2 else None


def first_of(*slots: Slot) -> Slot:
    def slot(stream: Stream, place: int) -> Found | None:
        return next((found for one in slots if (found := one(stream, place))), None)

    return slot


def year(stream: Stream, place: int) -> Found | None:
    """A year in four digits; scans break them (“20 25”)."""
    value, after = stream.number(place), stream.number(place + 1)
    if value is None:
        return None
    if 1900 <= value <= 2199:
        return (value,), place + 1
    left, right = stream.text(place), stream.text(place + 1)
    if after is not None and left[:2] == "20" and len(left + right) == 4 and not _dated(stream, place + 1):
        return (int(left + right),), place + 2
    return None


def _dated(stream: Stream, place: int) -> bool:
    return stream.text(place + 1) in ("/", "thang")


def written_year(stream: Stream, place: int) -> Found | None:
    """The year of a whole date, also of one long past."""
    value = stream.number(place)
    return ((value,), place + 1) if value is not None and 1800 <= value <= 1899 else year(stream, place)


def odd_year(stream: Stream, place: int) -> Found | None:
    """A number that stands where a year must, and is none: refused, not guessed."""
    value = stream.number(place)
    return ((value,), place + 1) if value is not None and len(stream.text(place)) >= 3 else None


def count(stream: Stream, place: int) -> Found | None:
    """How many: digits or words, with the words officials repeat in brackets: “10 (mười)”."""
    value = stream.number(place)
    if value is None:
        spelled = _count_in_words(stream, place)
        return spelled and (spelled[0], _after_figure(stream, spelled))
    if value < 0 or value > 999:
        return None
    part = _after_fraction(stream, place)
    return ((value + 1,), part) if part else ((value,), _after_spelling(stream, place + 1))


def _after_fraction(stream: Stream, place: int) -> int | None:
    """The place after “2,5” days, which are over on the third."""
    sign, part = stream.at(place + 1), stream.at(place + 2)
    written = sign and part and sign.text in (",", ".") and sign.glued and part.glued and len(part.text) == 1
    return (
        place + 3 if written and part and part.kind == "number" and stream.text(place + 3) == "ngay" else None
    )


def _after_spelling(stream: Stream, place: int) -> int:
    """The place after a number in words between brackets, if one stands there."""
    if stream.text(place) == "<":
        spelled = _count_in_words(stream, place + 1)
        if spelled and stream.text(spelled[1]) == ">":
            return spelled[1] + 1
    return place


def _after_figure(stream: Stream, spelled: Found) -> int:
    """The place after a number in words and the same in figures: “hai mươi (20)”."""
    place = spelled[1]
    again = (stream.text(place), stream.number(place + 1), stream.text(place + 2))
    return place + 3 if again == ("<", spelled[0][0], ">") else place


def _count_in_words(stream: Stream, place: int) -> Found | None:
    tens, end = 0, place
    if stream.text(end) == "muoi":
        tens, end = 10, end + 1
    elif stream.text(end + 1) == "muoi" and stream.text(end) in ONES:
        tens, end = 10 * ONES[stream.text(end)], end + 2
    word = stream.text(end)
    if tens:
        return ((tens + _AFTER_TEN[word],), end + 1) if word in _AFTER_TEN else ((tens,), end)
    token = stream.at(end)
    if word not in ONES or token is None:
        return None
    if word == "sau" and not token.acute and not _is_half_year(stream, end):
        return None
    return (ONES[word],), end + 1


def _is_half_year(stream: Stream, place: int) -> bool:
    """“sáu tháng đầu năm”, its accent perhaps lost."""
    return stream.text(place + 1) == "thang" and stream.text(place + 2) in ("dau", "cuoi")


def day_name(stream: Stream, place: int) -> Found | None:
    """A day of the month in words: “mười lăm”."""
    found = _count_in_words(stream, place)
    return found if found and 1 <= found[0][0] <= 31 else None


def month_name(stream: Stream, place: int) -> Found | None:
    """“Giêng”, “Mười Hai”; “sáu” only where an accent or a year tells it from “sau” (next)."""
    word, token = stream.text(place), stream.at(place)
    if word == "muoi":
        more = {"mot": 11, "hai": 12}.get(stream.text(place + 1))
        return ((more,), place + 2) if more else ((10,), place + 1)
    if token is None or word not in MONTH_NAMES:
        return None
    if word == "sau" and not (token.acute or _year_follows(stream, place + 1)):
        return None
    if word == "nam" and not (_year_follows(stream, place + 1) or year(stream, place + 1)):
        return None
    return (MONTH_NAMES[word],), place + 1


def _year_follows(stream: Stream, place: int) -> bool:
    return stream.text(place) in ("/", "nam") and year(stream, place + 1) is not None


def scanned_month(stream: Stream, place: int) -> Found | None:
    """“tháng ll/2024”: two strokes before a year."""
    strokes = stream.text(place) in ("ll", "il", "li") and stream.text(place + 1) in ("/", "-", "nam")
    return ((11,), place + 1) if strokes and year(stream, place + 2) else None


any_month = first_of(month, scanned_month, month_name)


def quarter(stream: Stream, place: int) -> Found | None:
    """A quarter in roman or arabic figures; scans write l for I."""
    value, after = stream.number(place), stream.at(place + 1)
    if value == 1 and after and after.glued and after.text in ("v", "i", "ii"):
        return (4 if after.text == "v" else 1 + len(after.text),), place + 2
    if value in (11, 111):
        return (len(str(value)),), place + 1
    if value is not None and len(stream.text(place)) <= 2:
        return (value,), place + 1
    return roman_quarter(stream, place)


def roman_quarter(stream: Stream, place: int) -> Found | None:
    """A quarter in roman figures."""
    value = ROMAN.get(stream.text(place))
    return ((value,), place + 1) if value else None


def tail(stream: Stream, place: int) -> Found | None:
    """The year after a month or a quarter: “/2023”, “năm 2023”, “/23”; below 100 it counts from the document's."""
    start = place + (stream.text(place) in ("cua", "trong", ",") and stream.text(place + 1) == "nam")
    if stream.text(start) == "nam":
        shift = YEAR_SHIFTS.get(stream.text(start + 1))
        return year(stream, start + 1) or (None if shift is None else ((shift,), start + 2))
    if stream.text(start) not in ("/", "-", ".", ","):
        return year(stream, start)
    found = year(stream, start + 1)
    if found is None and stream.text(start) == "/" and (short := short_year(stream, start + 1)):
        return (2000 + short[0][0],), short[1]
    return None if found and stream.text(start) == "," and stream.text(found[1]) in ("-", "/") else found


def _list_of(first: Slot, again: Slot, noun: str, dated: bool = False) -> Slot:
    """Members joined by commas, “và”, the noun perhaps repeated."""

    def slot(stream: Stream, place: int) -> Found | None:
        found = first(stream, place)
        if found is None:
            return None
        values, end = list(found[0]), found[1]
        while len(values) < _LIST_LIMIT and (start := joint(stream, end)) is not None:
            found = again(stream, start + (stream.text(start) == noun))
            if found is None or _is_another_number(stream, found[1], dated):
                break
            values.extend(found[0])
            end = found[1]
        return tuple(values), end

    return slot


def joint(stream: Stream, place: int) -> int | None:
    """The place after “,”, “và”… between members of a list."""
    if stream.text(place) not in (",", "va", ";", "&", "+"):
        return None
    return place + 2 if stream.text(place + 1) == "va" else place + 1


def _is_another_number(stream: Stream, place: int, dated: bool) -> bool:
    """Whether the number before `place` is no member but begins “6 ngày” or, unless `dated`, “15/6”."""
    text = stream.text(place)
    if text in ("%", "lan", "ngay", "tuan", "gio") or (text == "thang" and not dated):
        return True
    return not dated and text in ("/", ".") and month(stream, place + 1) is not None


months = _list_of(any_month, digits(1, 12, 2), "thang")


real_months = _list_of(first_of(real_month, scanned_month, month_name), digits(1, 12, 2), "thang")


def several_months(stream: Stream, place: int) -> Found | None:
    """Two months or more."""
    found = months(stream, place)
    return found if found and len(found[0]) > 1 else None


quarters = _list_of(quarter, first_of(digits(1, 4, 2), roman_quarter), "quy")
years = _list_of(year, year, "nam")


days = _list_of(day, digits(1, 31, 2), "ngay", dated=True)


def bare_days(stream: Stream, place: int) -> Found | None:
    """Days without the word “ngày”, but not “đợt 1 tháng 6”, “lần 2/2024”."""
    return None if stream.text(place - 1) in _NUMBERED else days(stream, place)


def limited_day(stream: Stream, place: int) -> Found | None:
    """The day of “trước 22-12”, “từ 25.11 đến 15.12”."""
    return day(stream, place) if stream.text(place - 1) in _LIMITS else None


def year_shift(stream: Stream, place: int) -> Found | None:
    """“nay” is the document's own year, “tới” and “sau” the next."""
    value = YEAR_SHIFTS.get(stream.text(place))
    return None if value is None else ((value,), place + 1)


def zodiac(stream: Stream, place: int) -> Found | None:
    """The name of a lunar year: “Giáp Thìn”."""
    named_so = stream.text(place) in _STEMS and stream.text(place + 1) in _BRANCHES
    return ((), place + 2) if named_so else None


def dot(stream: Stream, place: int) -> Found | None:
    """The stop or dash in “15.6”, with nothing between it and its figures."""
    sign, after = stream.at(place), stream.at(place + 1)
    written = sign and after and sign.text in (".", "-") and sign.glued and after.glued
    ends = stream.text(place + 2) not in (".", "-", "/", "thang") and stream.text(place + 2) not in _AMOUNTS
    return ((), place + 1) if written and ends else None


def said(stream: Stream, place: int) -> Found | None:
    """The word “ngày” (or “mùng”), kept because figures without it prove less."""
    return ((1,), place + 1) if stream.text(place) in ("ngay", "mung", "mong") else None


Q_ROMAN = {"qi": 1, "qii": 2, "qiii": 3, "qiv": 4}
Q_SCANNED = {"ql": 1, "qll": 2}  # beside a year; alone a road: QL.32
PARTS = {"dau": 0, "giua": 1, "cuoi": 2}
q_roman = named(Q_ROMAN)
q_scanned = named(Q_SCANNED)
quarter_name = named(QUARTER_NAMES)
part = named(PARTS)
ordinal = first_of(digits(1, 5, 1), named(ORDINALS))
hour = digits(0, 24, 2)
minute = digits(0, 59, 2)
