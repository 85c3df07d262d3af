"""What the rules make of the tokens: the pieces a deadline phrase is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.saying import Saying

from .reading import DeadlineKind


class Role(Enum):
    """What a word says about the time that follows or precedes it."""

    BY = auto()  # trước, chậm nhất, trong, hoàn thành…: what follows is a deadline
    TO = auto()  # đến: a deadline, or the end of a range
    FROM = auto()  # từ, kể từ: a beginning
    SINCE_EVENT = auto()  # trước khi, sau ngày…: counted from something that is no date
    AFTER = auto()  # sau
    ACTION = auto()  # báo cáo, tổ chức…: a duty stands here
    REVIEW = auto()  # báo cáo, sơ kết…: a duty whose object may be a period that is over
    THING = auto()  # kế hoạch, kinh phí…: what follows describes it
    ACCORDING = auto()  # theo
    EFFECT = auto()  # có hiệu lực: a date of effect
    COUNTED = auto()  # tính đến, so với…: a figure's date
    NAMED = auto()  # tầm nhìn, thời kỳ: a name's date
    FEAST = auto()  # kỷ niệm: the date of what is remembered, where no deadline is said
    PAST = auto()  # đã, vừa qua
    EXPECTED = auto()  # dự kiến
    OR = auto()
    JOIN = auto()  # và, dash, comma, brackets
    STOP = auto()  # ; . between sentences
    AND_ON = auto()  # và những năm tiếp theo
    ONGOING = auto()
    LABEL = auto()  # a colon: what precedes it names what follows
    NEUTRAL = auto()  # says nothing
    CODE = auto()  # a document's number
    OTHER = auto()  # any other word


COMPLETES = frozenset({"hoan thanh", "xong", "hoan tat", "phai", "ket thuc"})  # words that a duty ends
SCHOOL_YEAR = "school_year"  # a precision: lessons end by 31 May, the next year begins after 31 August


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or a turn of phrase and its role."""

    role: Role
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A point or a period of the calendar, known by its last day.

    `month` is the last month of the period, `day` None its last day; a missing year (or, for a lone day,
    month) comes from what follows or from the document. `year_shift`, `month_shift`, `week_shift`: counted
    from the document's own (“năm nay” 0, “tháng tới” 1), the last with a `weekday` (Monday 0).
    `day_shift` counts from the document's day (“ngày mai” 1). `lunar`: a day of the lunar calendar, 0 the eve
    of its month. `weak`: may be only the name of a plan. `in_words`: “ngày 5 tháng 6”, not “5/6”.
    """

    kind: DeadlineKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: str = "day"
    year_shift: int | None = None
    month_shift: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    day_shift: int | None = None
    lunar: bool = False
    weak: bool = False
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """A rhythm; `freq` None where the interval is not said (“định kỳ”).

    `day`: of the last month of a term (“ngày 15 tháng cuối kỳ”); `named`: of a report's name only; `stressed`:
    said with “định kỳ”, so rarely a mere attribute; `counted`: “6 tháng một lần”, “2 lần/tuần”, never an attribute.
    """

    freq: str | None
    interval: int = 1
    named: bool = False
    stressed: bool = False
    counted: bool = False
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day inside a rhythm that says both: “ngày 15 tháng cuối quý”.

    `cumulated`: of the report on nine months, which is no report on a year.
    """

    rule: str
    cumulated: bool = False


class Origin(Enum):
    """What a period is counted from."""

    NONE = auto()
    OWN = auto()  # the document's own date
    OWN_PAPER = auto()  # the same, of a paper that says what it is and takes no effect: “Kế hoạch này”
    OTHER = auto()  # some event


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time; `unit` is one of ngay, tuan, thang, quy, nam, gio; `backwards`: it ends at its start."""

    count: int
    unit: str
    working: bool = False
    origin: Origin = Origin.NONE
    start: Stated | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A time that cannot be; `problem` says what would be right."""

    problem: Saying


Node = Mark | Stated | Every | Anchor | Lasting | Wrong


def text_at(nodes: Sequence[Node], place: int) -> str:
    """The words of the mark at `place`, empty for anything else and outside the phrase."""
    node = nodes[place] if 0 <= place < len(nodes) else None
    return node.text if isinstance(node, Mark) else ""


def role_at(nodes: Sequence[Node], place: int) -> Role | None:
    """The role of the mark at `place`, None for anything else and outside the phrase."""
    node = nodes[place] if 0 <= place < len(nodes) else None
    return node.role if isinstance(node, Mark) else None
