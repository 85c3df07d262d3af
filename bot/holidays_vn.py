"""Vietnam's working calendar: the `holidays` package, facts it misses, and the office's own table on top."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from bot.domain.calendar import WorkCalendar

OFF = "off"
WORK = "work"

# Exchanged days that the government announced and the package does not know.
DEFAULT_OVERRIDES: Mapping[date, str] = MappingProxyType(
    {
        date(2026, 1, 2): OFF,
        date(2026, 1, 10): WORK,
    }
)
PACKAGE_LANGUAGES: Mapping[str, str] = MappingProxyType({"vi": "vi", "en": "en_US"})


def vietnam_calendar(years: Iterable[int], overrides: Mapping[date, str] | None = None) -> WorkCalendar:
    """A calendar good for `years`; `overrides` (day: 'off' or 'work', else ValueError) has the last word."""
    # The package takes about a fifth of a second to import: commands that need no calendar do not pay for it.
    from holidays import country_holidays

    table = {**DEFAULT_OVERRIDES, **(overrides or {})}
    _check_kinds(table)
    # A day is at times exchanged across New Year, and the package files both under the year of one of them.
    around = {year + step for year in years for step in (-1, 0, 1)}
    known = country_holidays("VN", years=sorted(around))
    off = {day for day, kind in table.items() if kind == OFF}
    work = {day for day, kind in table.items() if kind == WORK}
    return WorkCalendar(
        days_off=frozenset((set(known) | off) - work),
        worked=frozenset((set(known.weekend_workdays) | work) - off),
    )


def list_published(year: int, language: str) -> list[tuple[date, str, str | None]]:
    """Day, kind and name (None where the package has none) of a year, in order; `language` is vi or en."""
    from holidays import country_holidays

    known = country_holidays(
        "VN", years=[year - 1, year, year + 1], language=PACKAGE_LANGUAGES.get(language, "vi")
    )
    found: dict[date, tuple[str, str | None]] = {day: (OFF, name) for day, name in known.items()}
    found |= dict.fromkeys(known.weekend_workdays, (WORK, None))
    found |= {day: (kind, None) for day, kind in DEFAULT_OVERRIDES.items()}
    return [(day, *found[day]) for day in sorted(found) if day.year == year]


def _check_kinds(table: Mapping[date, str]) -> None:
    for day, kind in table.items():
        if kind not in (OFF, WORK):
            raise ValueError(f"{day}: {kind!r} is neither {OFF!r} nor {WORK!r}")
