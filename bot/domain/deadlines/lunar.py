"""The Vietnamese lunar calendar, in which Tết and the days of remembrance are counted.

A month begins on the day of the new moon in Vietnam (UTC+7), the eleventh holds the winter solstice, and of
thirteen months between two solstices the first in which the sun enters no new sign is the leap month. Moon and
sun are those of Meeus, Astronomical Algorithms, ch. 25 and 49, to within minutes.
"""

from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import floor, radians, sin

_ORDINAL_TO_JULIAN = 1_721_425  # the number astronomers give the day of ordinal 0, which they begin at noon
_UTC_OFFSET = 7 / 24
_MEAN_MONTH = 29.530588861
_FIRST_NEW_MOON = 2_451_550.09766  # 6 January 2000
_DYNAMICAL_AHEAD = 0.0008  # days by which the clock of astronomy is ahead of ours in this century
_SIGN_OF_SOLSTICE = 9
_YEARS = range(1900, 2200)

# Corrections of the mean new moon in days: factor, then multiples of the sun's anomaly, the moon's, its latitude.
_NEW_MOON = (
    (-0.40720, 0, 1, 0), (0.17241, 1, 0, 0), (0.01608, 0, 2, 0), (0.01039, 0, 0, 2), (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 2, 0, 0), (-0.00111, 0, 1, -2), (-0.00057, 0, 1, 2), (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0), (0.00042, 1, 0, 2), (0.00038, 1, 0, -2), (-0.00024, -1, 2, 0),
)  # fmt: skip


def find_lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of a lunar year's month (never the leap one); day 0 is the eve of its first. None where it is not.

    `year` is that in which the lunar year begins.
    """
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    start, following = _month(year, month)
    return date.fromordinal(start + day - 1) if 0 <= day <= following - start else None


def _month(year: int, month: int) -> tuple[int, int]:
    """The first days of a month and of the one after it."""
    starts = _months_between_solstices(year - 1 if month < 11 else year)
    place = (month - 11) % 12
    leap = _leap_place(starts)
    place += leap is not None and place >= leap
    return starts[place], starts[place + 1]


@lru_cache(maxsize=64)
def _months_between_solstices(year: int) -> tuple[int, ...]:
    """First days of the months from the eleventh of `year` to the eleventh of the next, both counted."""
    first, last = _eleventh_month(year), _eleventh_month(year + 1)
    count = round((last - first) / _MEAN_MONTH)
    begin = _number_near(first)
    starts = [_new_moon_day(begin + step) for step in range(-1, count + 3)]
    return tuple(start for start in starts if first <= start)[: count + 2]


def _leap_place(starts: tuple[int, ...]) -> int | None:
    """Which of the months is the leap one, None where there are but twelve."""
    if len(starts) < 15:
        return None
    signs = [_sign(start) for start in starts]
    return next((place for place, (here, after) in enumerate(pairwise(signs)) if here == after), None)


def _eleventh_month(year: int) -> int:
    number = _number_near(date(year, 12, 31).toordinal())
    starts = (_new_moon_day(number + step) for step in (1, 0, -1, -2))
    before = [start for start in starts if start <= date(year, 12, 31).toordinal()]
    return before[0] if _sign(before[0]) < _SIGN_OF_SOLSTICE else before[1]


def _number_near(ordinal: int) -> int:
    return round((ordinal + _ORDINAL_TO_JULIAN - _FIRST_NEW_MOON) / _MEAN_MONTH)


def _new_moon_day(number: int) -> int:
    """The day, in Vietnam, of the new moon so many months after that of 6 January 2000."""
    t = number / 1236.85
    moment = _FIRST_NEW_MOON + _MEAN_MONTH * number + 0.00015437 * t * t
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * t * t)
    moment += sum(factor * sin(s * sun + m * moon + f * latitude) for factor, s, m, f in _NEW_MOON)
    return floor(moment - _DYNAMICAL_AHEAD + _UTC_OFFSET + 0.5) - _ORDINAL_TO_JULIAN


def _sign(ordinal: int) -> int:
    """The sign of the zodiac (0 from the spring equinox on) in which the sun stands as a day begins in Vietnam."""
    t = (ordinal + _ORDINAL_TO_JULIAN - 0.5 - _UTC_OFFSET - 2_451_545.0) / 36_525
    mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35_999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    )
    aberration = -0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))
    return floor((mean + centre + aberration) % 360 / 30)
