"""Reads the deadline phrases of Vietnamese official documents.

    phrase ─► tokens.py ─► grammar.py ─► groups.py ─► judge.py ─► DeadlineReading
              words with-   rules make    times that   deadline, rhythm,
              out case and  nodes         stand        ongoing duty or none
              diacritics                  together     (standing.py, rhythms.py,
                                                       lengths.py)

What to change when a phrase is misread:

| the phrase …                                    | look at                                             |
|-------------------------------------------------|-----------------------------------------------------|
| names a time in a way not known yet             | a row in `calendar_rules.py`, in the language that  |
|                                                 | `pattern.py` describes                              |
| comes back in a way not known yet               | a row in `rhythm_rules.py`                          |
| names a day of remembrance or of the moon       | `feast_rules.py`, `lunar.py`                        |
| counts from something (“kể từ ngày…”)           | `length_rules.py`, and `origin` in `rhythm_slots.py`|
| has a word that makes it (no) deadline          | a word in `vocabulary.py`; how words decide is in   |
|                                                 | `groups.py` (before a time), `standing.py` (around  |
|                                                 | it) with `told.py` (what is over), `aims.py` (goals |
|                                                 | and names of plans), `events.py` (days of meetings),|
|                                                 | and in `ongoing.py`                                 |
| joins or parts times wrongly                    | `runs.py`                                           |
| takes “hằng năm” of a plan for a duty's rhythm  | `attributes.py`, with the verbs of `deeds.py`       |
| takes how long something lasts for a deadline   | `durations.py`                                      |
| has a word that only looks like one of time     | `_NAMESAKES` in `tokens.py` (trồng is not trong)    |
| is misspelt by scanners in a new way            | `_SCAN_SLIPS` in `tokens.py`                        |

What the rows of the tables mean:

| rule            | example                                 | read as                                      |
|-----------------|-----------------------------------------|----------------------------------------------|
| day             | trước ngày 15/6/2023, 15 tháng 6        | that day (of “trước ngày D” it is D)         |
| month and parts | trong tháng 5/2023, trung tuần tháng 6  | its last day; the 10th, the 20th, the last   |
| week            | tuần 2 tháng 6/2023, trong tuần này     | the 14th; the Sunday                         |
| quarter         | quý II, III/2023, Quí IV-2025, QI/2026  | the last day of the (last) quarter           |
| half            | 6 tháng đầu năm, nửa cuối năm 2023      | 30/6, 31/12                                  |
| year and parts  | đến năm 2030, đầu năm 2024, 2026-2027   | 31/12; 31/3, 30/6, 31/12; end of the span    |
| school year     | trong năm học 2023-2024                 | 31/5 or 31/8, `ambiguous`                    |
| named day       | trước Quốc khánh 2/9; trước Tết 2024    | that day; of Tết the eve of its first day    |
| from today      | hôm nay, sáng mai, thứ Sáu tuần này     | counted from the document's date             |
| no year         | trước ngày 15/6                         | the next from the document on; `year_assumed`|
| several         | 01/6 và 25/6/2025; từ 01/6 đến 30/6     | the last, all in `all`; of a span its end    |
| narrowed        | quý III/2024, trước ngày 15/9           | the day inside the period                    |
| counted         | 10 ngày làm việc kể từ ngày ban hành    | from the document's date; from an event none |
|                 | 10 ngày trước ngày 15/3/2026            | counted back from the day that is named      |
| rhythm          | hằng quý, 2 lần/năm, 6 tháng một lần    | FREQ=MONTHLY;INTERVAL=3, =6, =6              |
|                 | 2 lần/tháng                             | FREQ=MONTHLY;BYMONTHDAY=15,-1                |
| day of a rhythm | trước ngày 25 hằng tháng                | FREQ=MONTHLY;BYMONTHDAY=25                   |
|                 | ngày 15 tháng cuối quý                  | FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15   |
|                 | trước 16 giờ hằng ngày                  | FREQ=DAILY;BYHOUR=16                         |
| no interval     | định kỳ báo cáo                         | recurring, recurrence null                   |
| ongoing         | thường xuyên; từ ngày 01/7/2025         | ongoing                                      |
| no deadline     | số 20-NQ/TW ngày 16/6/2022; tầm nhìn    | a document's, an effect's, a figure's, a     |
|                 | đến năm 2045; kế hoạch hằng năm         | name's time; a bare day not after the document|
| target          | đến năm 2025 đạt 90%                    | none, `ambiguous`: a figure aimed at         |
| condition       | hồ sơ nhận trước ngày 01/7 giải quyết …  | none: which ones are meant                   |
| event           | báo cáo tại phiên họp ngày 18/7         | that day; of what others hold none           |
| two readings    | giai đoạn 2026-2030; tháng 6 hoặc 7     | `ambiguous`, the days in `candidates`        |
| impossible      | 31/02/2023, tháng 13, quý V             | no `due`, the reason in `problem`            |

Yearly dates are written with FREQ=YEARLY and all their months, which holds whatever day a series starts on.
"""

from datetime import date, timedelta

from .grammar import parse
from .judge import judge
from .pattern import Stream
from .phrases import word_deadline, word_due, word_recurrence, word_values
from .reading import DeadlineKind, DeadlineReading, WorkingDays
from .tokens import tokenize, unwrapped

__all__ = [
    "DeadlineKind",
    "DeadlineReading",
    "WorkingDays",
    "read_deadline",
    "word_deadline",
    "word_due",
    "word_recurrence",
    "word_values",
]

_SATURDAY = 5


class _MondayToFriday:
    """Working days where no office's calendar is known."""

    def add_working_days(self, day: date, n: int, /) -> date:
        left = n
        while left > 0 and day < date.max:
            day += timedelta(days=1)
            left -= day.weekday() < _SATURDAY
        return day


def read_deadline(
    phrase: str, issued_on: date | None = None, calendar: WorkingDays | None = None
) -> DeadlineReading:
    """What `phrase` says of a deadline, in a document of `issued_on`; never raises, takes linear time."""
    parsed = parse(Stream(unwrapped(tokenize(phrase))))
    return judge(phrase, parsed.nodes, issued_on, calendar or _MondayToFriday())
