"""Deadlines counted from something: “trong vòng 30 ngày kể từ ngày ký”."""

from collections.abc import Sequence
from datetime import date, timedelta

from .dates import days_later, months_later, resolve
from .durations import is_duration
from .events import EVENTS
from .nodes import Lasting, Mark, Node, Origin, Role, Stated, role_at, text_at
from .reading import DeadlineKind as Kind
from .reading import DeadlineReading, WorkingDays

_LIMIT = frozenset({Role.BY, Role.TO})
_OTHER_WORDS = frozenset({Role.OTHER, Role.THING, Role.PAST})
_BACK, _CLAUSE = 6, 12
_AT_MOST = frozenset(
    {
        "it nhat",
        "toi thieu",
        "cham nhat",
        "muon nhat",
        "khong qua",
        "toi da",
        "truoc",
        "trong vong",
        "ngay trong vong",
        "trong thoi han",
    }
)
_SINCE = frozenset({"truoc khi", "sau khi", "truoc thoi gian", "truoc thoi diem"})
_LATE = frozenset(
    {
        "qua han",
        "tre han",
        "cham tien do",
        "cham",
        "vuot tien do",
        "truoc tien do",
        "nhanh hon",
        "som hon",
        "giam",
        "rut ngan",
        "con",
    }
)
_MONTHS = {"thang": 1, "quy": 3, "nam": 12}


def read_length(
    phrase: str, nodes: Sequence[Node], issued_on: date | None, calendar: WorkingDays
) -> DeadlineReading | None:
    """The reading of the last length of time that is a deadline, None where there is none."""
    for place in range(len(nodes) - 1, -1, -1):
        node = nodes[place]
        if isinstance(node, Lasting) and (reading := _read(phrase, nodes, place, node, issued_on, calendar)):
            return reading
    return None


def _read(
    phrase: str,
    nodes: Sequence[Node],
    place: int,
    node: Lasting,
    issued_on: date | None,
    calendar: WorkingDays,
) -> DeadlineReading | None:
    before, limited = _words_before(nodes, place), _is_limited(nodes, place)
    if not _is_deadline(nodes, place, node, before, limited):
        return None
    own = node.origin in (Origin.OWN, Origin.OWN_PAPER)
    start = resolve(node.start, issued_on) if node.start else None
    if start and start.problem:
        return DeadlineReading(phrase, Kind.RELATIVE, problem=start.problem)
    origin = start.due if start else issued_on
    due = add(node, origin, calendar) if origin else None
    effect = node.origin is Origin.OWN and Role.AFTER in before and not limited and not node.working
    if effect and not has_duty(nodes, place):
        return DeadlineReading(phrase, ambiguous=due is not None, candidates=(due,) if due else ())
    if own or start:
        return DeadlineReading(
            phrase, Kind.RELATIVE, due, precision="day" if due else None, all=(due,) if due else ()
        )
    of_event = Role.SINCE_EVENT in before or _is_before_event(nodes, place)
    doubtful = node.origin is Origin.NONE and due is not None and not of_event
    return DeadlineReading(
        phrase, Kind.RELATIVE, ambiguous=doubtful, candidates=(due,) if doubtful and due else ()
    )


def has_duty(nodes: Sequence[Node], place: int) -> bool:
    """“sau 10 ngày kể từ ngày ký, các đơn vị báo cáo …”: something is to be done, nothing takes effect."""
    marks = (nodes[step] for step in range(max(0, place - _CLAUSE), min(len(nodes), place + _CLAUSE)))
    return any(isinstance(mark, Mark) and mark.role in (Role.ACTION, Role.REVIEW) for mark in marks)


def _words_before(nodes: Sequence[Node], place: int) -> set[Role]:
    seen: set[Role] = set()
    for node in reversed(nodes[max(0, place - _BACK) : place]):
        if not isinstance(node, Mark):
            break
        if node.role is Role.STOP or (node.text == "," and seen & _LIMIT):
            break
        seen.add(node.role)
    return seen


def _is_limited(nodes: Sequence[Node], place: int) -> bool:
    """Whether a word of deadline stands right before a length, or in the label before its colon.

    “Trước ngày khai mạc đại hội 20 ngày” has the event between.
    """
    labelled = apart = False
    for step in range(place - 1, max(-1, place - 1 - _BACK), -1):
        role, before_day = role_at(nodes, step), (text_at(nodes, step), text_at(nodes, step + 1))
        if role in (None, Role.STOP):
            return False
        if role in _LIMIT and (not apart or before_day == ("truoc", "ngay")):
            return True
        labelled = labelled or role is Role.LABEL
        apart = apart or (not labelled and role in _OTHER_WORDS)
    return False


def _is_deadline(nodes: Sequence[Node], place: int, node: Lasting, before: set[Role], limited: bool) -> bool:
    after = nodes[place + 1] if place + 1 < len(nodes) else None
    if node.count == 0 or before & {Role.EFFECT, Role.COUNTED, Role.NAMED}:
        return False
    if isinstance(after, Mark) and (after.role is Role.PAST or after.text == "dem"):
        return False  # “500 ngày đêm thi đua”
    if node.unit == "gio" and text_at(nodes, place - 1) in ("den", "toi"):
        return False  # “từ 18 giờ đến 20 giờ”
    if is_duration(nodes, place, node) or _is_lateness(nodes, place):
        return False
    if node.origin is not Origin.NONE or node.working or _is_before_event(nodes, place):
        return True
    said = place - (place > 1 and text_at(nodes, place - 1) == "sau")
    limit = text_at(nodes, said - 1) if said else ""
    if limit in _AT_MOST and node.unit != "nam" and (limit == "trong thoi han" or not _is_measured(after)):
        return True
    if before & {Role.AFTER, Role.THING, Role.PAST}:
        return False
    return (limited or not before) and node.unit != "nam" and not _is_measured(after)


def _is_lateness(nodes: Sequence[Node], place: int) -> bool:
    """“trễ hạn từ 01 đến 05 ngày làm việc”."""
    for step in range(place - 1, max(-1, place - 1 - _BACK), -1):
        text = text_at(nodes, step)
        if text in _LATE:
            return True
        plain = text[:1].isdigit() or text in ("tu", "den", "tren", "-", "hon")
        if text and not plain and not isinstance(nodes[step], Stated):
            return False
    return False


def _is_before_event(nodes: Sequence[Node], place: int) -> bool:
    """“trước khi họp 02 ngày”, “trước cuộc họp 02 ngày”: counted back from an event that stands between."""
    if place + 1 < len(nodes) and not _is_pause(nodes[place + 1]):
        return False
    event = False
    for step in range(place - 1, max(-1, place - 1 - _CLAUSE), -1):
        text = text_at(nodes, step)
        if text in _SINCE or text == "truoc":
            return event or text in _SINCE or (text_at(nodes, step + 1) == "ngay" and step + 2 < place)
        if role_at(nodes, step) in (None, Role.STOP) or (role_at(nodes, step) is Role.JOIN and text != ","):
            return False
        event = event or text in EVENTS
    return False


def _is_pause(node: Node) -> bool:
    return isinstance(node, Mark) and (node.role in (Role.STOP, Role.JOIN) or node.text in ("phai", "thi"))


def _is_measured(after: Node | None) -> bool:
    return (
        isinstance(after, Mark) and after.role in (Role.OTHER, Role.THING) and after.text not in ("khi", "de")
    )


def add(node: Lasting, day: date, calendar: WorkingDays) -> date:
    """The last day of a length of time that begins after `day`."""
    if node.backwards and node.working:
        return _working_days_before(day, node.count, calendar)
    if node.backwards:
        return days_later(day, -node.count)
    if node.unit in _MONTHS:
        return months_later(day, _MONTHS[node.unit] * node.count)
    if node.working and node.unit == "ngay":
        return calendar.add_working_days(day, node.count)
    if node.unit == "gio":
        return days_later(day, -(-node.count // 24))
    return days_later(day, node.count * (7 if node.unit == "tuan" else 1))


def _working_days_before(day: date, count: int, calendar: WorkingDays) -> date:
    """The working day that lies so many working days before `day`."""
    left = count
    while left > 0 and day > date.min + timedelta(days=1):
        day -= timedelta(days=1)
        left -= calendar.add_working_days(day - timedelta(days=1), 1) == day
    return day
