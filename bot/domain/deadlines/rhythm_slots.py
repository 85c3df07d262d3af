"""Slots for rhythms and lengths: units, lists of rhythms, weekdays, and what a period is counted from."""

from itertools import pairwise

from .pattern import Found, Slot, Stream
from .slots import ROMAN, count, joint, month_name
from .units import UNITS

_LIST_LIMIT = 8
_CLAUSE_LIMIT = 16
_WORDS_AHEAD = 8
# Words that begin a time of its own, or a rate: “hằng năm tăng 2 lần”.
_NO_TIMES = frozenset(
    {"tang", "giam", "gap", "dat", "len", "ngay", "tuan", "thang", "quy", "nam", "gio", "thu", "truoc", "vao"}
    | {"cham", "muon", "khoang", "tu", "den", "hang", "moi", "dinh", "dau", "giua", "cuoi"}
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_EACH = frozenset({"hang", "moi", "tung"})
# Words that make of “quy”, “nam”… something else than a unit: quy định, năm học, tháng trước.
_NOT_QUARTER = frozenset(
    {"dinh", "che", "hoach", "trinh", "mo", "luat", "uoc", "tac", "chuan", "doi", "y", "phong", "tu"}
)
_NOT_PERIOD = frozenset(
    {"nay", "truoc", "sau", "toi", "hoc", "dau", "cuoi", "qua", "ngoai", "gan", "tuoi", "tra", "le", "bo"}
    | {"giua", "vua", "ke", "duong", "chau", "can", "du", "thanh", "nien"}
)
_FOLLOWING = (("sau",), ("ke", "tiep"), ("tiep", "theo"), ("lien", "ke"), ("lien", "sau"), ("ke", "sau"),
              ("bao", "cao"), ("do",))  # fmt: skip
_OWN_ACTS = {"ky": (), "ban": ("hanh",), "phat": ("hanh",),
             "ra": ("quyet", "nghi", "ket", "thong", "chi", "van", "cong")}  # fmt: skip
_OWN_WORDS = frozenset(
    {"quyet", "nghi", "ke", "chi", "cong", "thong", "ket", "huong", "chuong", "van", "quy", "de"}
)
_ISSUES = frozenset({("ban", "hanh"), ("phat", "hanh"), ("ky", "ban"), ("duoc", "ky")})
_EVENTS = frozenset({"hoi", "phien", "cuoc", "buoi", "dot", "dai"})
_KINDS = frozenset(
    {("quyet", "dinh"), ("nghi", "quyet"), ("nghi", "dinh"), ("ke", "hoach"), ("chi", "thi"), ("cong", "van"),
     ("cong", "dien"), ("thong", "bao"), ("thong", "tu"), ("ket", "luan"), ("huong", "dan"), ("chuong", "trinh"),
     ("van", "ban"), ("quy", "che"), ("quy", "dinh"), ("de", "an")}
)  # fmt: skip
# Papers that never “take effect after 10 days”.
_WITHOUT_EFFECT = frozenset(
    {("ke", "hoach"), ("cong", "van"), ("cong", "dien"), ("thong", "bao"), ("ket", "luan"), ("huong", "dan"),
     ("chuong", "trinh"), ("de", "an")}
)  # fmt: skip
_AFTER_OWN = frozenset({"nay", "phai", "thi", "cac", "duoc", "ban", "phat", "ky", "co", "hanh", "den", "va"})
_OTHER_SIGNINGS = frozenset({"ket", "hop", "thoa", "cam", "bien", "xac"})


def unit(stream: Stream, place: int) -> Found | None:
    """The index in `UNITS` of a unit of time."""
    text = stream.text(place)
    if text not in UNITS or (text == "quy" and stream.text(place + 1) in _NOT_QUARTER):
        return None
    return (UNITS.index(text),), place + 1


def long_unit(stream: Stream, place: int) -> Found | None:
    """A month or more: “ngày cuối tuần” is no last day."""
    return unit(stream, place) if stream.text(place) in ("thang", "quy", "nam") else None


def weekday(stream: Stream, place: int) -> Found | None:
    """“thứ Sáu”, “thứ 6”, “chủ nhật”: Monday is 0."""
    if stream.text(place) == "chu" and stream.text(place + 1) == "nhat":
        return (6,), place + 2
    if stream.text(place) != "thu":
        return None
    value = _WEEKDAYS.get(stream.text(place + 1))
    figure = stream.number(place + 1)
    if value is None and figure is not None and 2 <= figure <= 7:
        value = figure - 2
    return None if value is None else ((value,), place + 2)


def rhythm(stream: Stream, place: int) -> Found | None:
    """One member of a list of rhythms: “hằng tháng”, “quý”, “6 tháng”; gives unit and count."""
    whole = stream.text(place) == "ca" and stream.text(place + 1) == "nam"
    start = place + (whole or stream.text(place) in _EACH)
    number: Found = count(stream, start) or ((1,), start)
    if unit(stream, number[1]) is None:
        number = ((1,), start)  # “năm” may be five or a year
    kind = unit(stream, number[1])
    if kind is None or UNITS[kind[0][0]] == "gio":
        return None
    if UNITS[kind[0][0]] == "ngay" and place == number[1]:
        return None  # “ngay” may be “at once”
    steady = stream.text(place) in _EACH and stream.text(kind[1]) not in ("nay", "qua", "tuoi")
    any_one = _is_no_certain_one(stream, kind[1]) if steady else _is_any_period(stream, kind[1])
    return ((kind[0][0], number[0][0]), kind[1]) if any_one else None


def _is_no_certain_one(stream: Stream, place: int) -> bool:
    """Behind “hằng năm” any word may follow (học tập, kê khai), but no figure that names a year."""
    after = stream.at(place)
    return after is None or (after.kind != "number" and after.text not in ROMAN)


def _is_any_period(stream: Stream, place: int) -> bool:
    """Whether what follows a unit leaves it “any month” instead of making it “month 6” or “last month”."""
    after = stream.at(place)
    if after is None:
        return True
    if after.text == "truoc":
        return stream.text(place + 1) == "ngay" or stream.number(place + 1) is not None
    return after.kind != "number" and after.text not in _NOT_PERIOD and after.text not in ROMAN


def steady(stream: Stream, place: int) -> Found | None:
    """A list of rhythms that begins with “hằng”, “mỗi”."""
    return rhythms(stream, place) if stream.text(place) in _EACH else None


def _list(member: Slot) -> Slot:
    def slot(stream: Stream, place: int) -> Found | None:
        found = member(stream, place)
        if found is None:
            return None
        values, end = list(found[0]), found[1]
        while len(values) < 2 * _LIST_LIMIT and (start := _next_member(stream, end)) is not None:
            found = member(stream, start)
            if found is None:
                break
            values.extend(found[0])
            end = found[1]
        return tuple(values), end

    return slot


def _next_member(stream: Stream, place: int) -> int | None:
    """Rhythms are also joined by strokes: “hằng tháng/quý/năm”."""
    return place + 1 if stream.text(place) == "/" else joint(stream, place)


rhythms = _list(rhythm)
weekdays = _list(weekday)


def cell(stream: Stream, place: int) -> Found | None:
    """“Tháng, quý, năm”, “6 tháng, cả năm”: two rhythms or more that are all a cell says."""
    alone = not place or stream.text(place - 1) == ":" or (place == 1 and stream.text(0) == "<")
    found = rhythms(stream, place) if alone else None
    if found is None or len(found[0]) == 2 or UNITS[found[0][0]] == "ngay":
        return None
    return found if pause(stream, found[1]) else None


def listed(stream: Stream, place: int) -> Found | None:
    """“(báo cáo công tác …) quý, 6 tháng và năm”: so many rhythms are no times of anything."""
    found = rhythms(stream, place)
    return found if found and len(found[0]) > 4 and UNITS[found[0][0]] != "ngay" else None


def following(stream: Stream, place: int) -> Found | None:
    """“sau”, “tiếp theo”, “báo cáo”: the next of a unit, or the one reported on."""
    for words in _FOLLOWING:
        if all(stream.text(place + step) == word for step, word in enumerate(words)):
            end = place + len(words)
            return None if _is_june(stream, place) or _begins_event(stream, end) else ((1,), end)
    return None


def times_ahead(stream: Stream, place: int) -> Found | None:
    """How many times, some words on: “(mỗi quý) tổ chức họp ít nhất 02 (lần)”; no time may stand between."""
    for start in range(place, place + _WORDS_AHEAD):
        found = count(stream, start)
        if found and stream.text(found[1]) in ("lan", "dot", "ky", "cuoc", "buoi", "phien", "so"):
            return found
        token = stream.at(start)
        if token is None or token.kind != "word" or token.text in _NO_TIMES:
            return None
    return None


def once_ahead(stream: Stream, place: int) -> Found | None:
    """“(6 tháng) báo cáo một (lần)”."""
    found = times_ahead(stream, place)
    return found if found and found[0] == (1,) else None


def _begins_event(stream: Stream, place: int) -> bool:
    """“01 tháng sau khi Luật có hiệu lực”: not the next month."""
    return stream.text(place) in ("khi", "ngay", "thoi")


def _is_june(stream: Stream, place: int) -> bool:
    """“tháng sáu”, its accent perhaps lost, and not “tháng sau”."""
    return stream.text(place) == "sau" and month_name(stream, place) is not None


def shift(stream: Stream, place: int) -> Found | None:
    """“này” is the document's own month or quarter, “tới” and “sau” the next."""
    value = {"nay": 0, "toi": 1, "sau": 1}.get(stream.text(place))
    other = _is_june(stream, place) or _begins_event(stream, place + 1)
    return None if value is None or other else ((value,), place + 1)


def no_number(stream: Stream, place: int) -> Found | None:
    """Nothing that would make “tháng”, “quý” before it a certain one; takes no token."""
    token = stream.at(place)
    if token is None:
        return (), place
    counted = token.text == "thu" and count(stream, place + 1) is not None
    certain = token.kind == "number" or token.text in ROMAN or token.text in ("dau", "cuoi", "giua", "nay")
    certain = certain or counted
    return None if certain or month_name(stream, place) else ((), place)


def working(stream: Stream, place: int) -> Found | None:
    """“làm việc” after “ngày”."""
    return ((1,), place + 2) if stream.text(place) == "lam" and stream.text(place + 1) == "viec" else None


def origin(stream: Stream, place: int) -> Found | None:
    """What a period is counted from: 1 the document's own date (4 where it is no paper that takes effect), 2 some
    event, or 3 with day, month, year.
    """
    begun = _after_since(stream, place + (stream.text(place) == ","))
    if begun is None:
        return None
    dated = _date(stream, begun)
    if dated:
        return (3, *dated[0]), dated[1]
    words, end = _clause(stream, begun)
    if not _is_own(words):
        return (2,), end
    return (4 if any(pair in _WITHOUT_EFFECT for pair in pairwise(words)) else 1,), end


def _after_since(stream: Stream, place: int) -> int | None:
    first, second = stream.text(place), stream.text(place + 1)
    if first in ("ke", "tinh") and second in ("tu", "sau"):
        place += 2
    elif first in ("sau", "truoc") and (
        second in _EVENTS or (second, stream.text(place + 2)) == ("ky", "hop")
    ):
        return place + 1
    elif first in ("tu", "sau", "truoc", "ke") and second in ("ngay", "khi", "thoi"):
        place += 1
        if first == "truoc" and stream.number(place + 1) is not None:
            return None
    else:
        return None
    if stream.text(place) == "thoi" and stream.text(place + 1) == "diem":
        return place + 2
    return place + (stream.text(place) in ("ngay", "khi", "luc"))


def _date(stream: Stream, place: int) -> Found | None:
    signs = (stream.text(place + 1), stream.text(place + 3))
    numbers = [stream.number(place + step) for step in (0, 2, 4)]
    end = place + 5
    if signs == ("thang", "nam") or (signs[0] in "/-." and signs[0] == signs[1] != ""):
        day, month, year = numbers
        if day and month and year and year >= 1900:
            return (day, month, year), end
    return None


def _clause(stream: Stream, place: int) -> tuple[list[str], int]:
    words: list[str] = []
    while len(words) < _CLAUSE_LIMIT and (token := stream.at(place)) and token.kind == "word":
        words.append(token.text)
        place += 1
    return words, place


def _is_own(words: list[str]) -> bool:
    """Whether a clause names the signing or issuing of this document, not of another's."""
    if not words or _is_of_anothers(words):
        return False
    this = "nay" in words
    if words[0] in _OWN_ACTS and (
        not _OWN_ACTS[words[0]] or (words[1:2] and words[1] in _OWN_ACTS[words[0]])
    ):
        foreign = words[0] == "ky" and len(words) > 1 and words[1] in _OTHER_SIGNINGS
        return not foreign and (this or "cua" not in words)
    issued = any(pair in _ISSUES for pair in pairwise(words)) or words[-1] == "ky"
    issued = issued and "luc" not in words
    return words[0] in _OWN_WORDS and issued and (this or "cua" not in words)


def _is_of_anothers(words: list[str]) -> bool:
    """“ký Quyết định phê duyệt dự án”: a paper that is named more closely is another one."""
    if "nay" in words:
        return False
    kinds = [place for place, pair in enumerate(pairwise(words)) if pair in _KINDS]
    ends = [place + 2 for place in kinds if place + 2 not in kinds]  # “Thông báo kết luận” is one paper
    named = (words[end : end + 2] for end in ends)
    return any(more and (more[0] not in _AFTER_OWN or more == ["ky", "luat"]) for more in named)


def moved(stream: Stream, place: int) -> Found | None:
    """“(từ quý II) sang (quý III)”, “(từ ngày 30/6) xuống (ngày 20/6)”: a time is set anew; takes the word."""
    token, before = stream.at(place), stream.at(place - 1)
    if token is None or before is None or (token.text == "sang" and token.acute):
        return None
    said = before.kind == "number" or before.text in ROMAN
    if stream.text(place + 1) in _EVENTS or (stream.text(place + 1), stream.text(place + 2)) == ("ky", "hop"):
        return (1,), place + 1
    again = stream.text(place + 1) in ("ngay", "thang", "quy", "tuan", "dau", "giua", "cuoi", "truoc")
    return ((1,), place + 1) if said and again else None


def day_ahead(stream: Stream, place: int) -> Found | None:
    """A day comes next; takes no token."""
    comes = (
        stream.text(place) in ("ngay", "thu", "chu", "mung", "sang", "trua", "chieu", "toi", "dem", "hom")
        or stream.number(place) is not None
    )
    return ((), place) if comes else None


def years_said(stream: Stream, place: int) -> Found | None:
    """“(quý I) các năm”: a time stands before these two words and none after; takes no token."""
    before = stream.at(place - 3)
    certain = before is not None and (before.kind == "number" or before.text in ROMAN)
    return pause(stream, place) if certain else None


def pause(stream: Stream, place: int) -> Found | None:
    """The phrase ends or pauses; takes no token."""
    token = stream.at(place)
    return ((), place) if token is None or token.kind == "mark" else None
