"""Working days of an office: weekends, public holidays, and the weekend days worked in exchange."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """`days_off`: holidays and substitute days; `worked`: weekend days that are worked; a day in both is off.

    Every answer is a date: past either end of what `date` can hold it stays at that end.
    """

    days_off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return day not in self.days_off and (day.weekday() < _SATURDAY or day in self.worked)

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is worked, else the first worked day after it."""
        while not self.is_working_day(day) and day < date.max:
            day += _DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """`day` itself if it is worked, else the last worked day before it."""
        while not self.is_working_day(day) and day > date.min:
            day -= _DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (negative: before it), `day` itself not counted; 0 gives `day`."""
        step, end = (_DAY, date.max) if n > 0 else (-_DAY, date.min)
        left = abs(n)
        while left and day != end:
            day += step
            left -= self.is_working_day(day)
        return day
