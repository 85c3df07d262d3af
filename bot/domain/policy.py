"""What an office may set about the ladder: the days of its steps, read and checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any

from bot.domain.saying import Saying, saying

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
MOST_DAYS = 250  # about a working year
MOST_STEPS = 20
ASK_MONTHS = (0, 1, 2, 3, 4, 6, 12)


@dataclass(frozen=True)
class PolicyFault:
    """One unusable field: its name (empty: the whole), its value, and what would be right."""

    name: str
    value: object
    wanted: Saying
    nearest: str | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether there is no such field at all."""
        return bool(self.name) and self.name not in _READERS


class PolicyError(ValueError):
    """An unusable policy; `faults` has every one."""

    def __init__(self, faults: tuple[PolicyFault, ...]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{each.name}={each.value!r:.80}" for each in faults))


class _WrongError(ValueError):
    """A value that a field cannot have, and what it can."""

    def __init__(self, wanted: Saying) -> None:
        super().__init__(wanted.key)
        self.wanted = wanted


@dataclass(frozen=True)
class Policy:
    """Steps in working days (`far`: only for a deadline over `far_months` away); PolicyError if unusable.

    `contact_after`: from so many days overdue the agency's contacts get it as well (0: never). `ask_months`: how often
    an ongoing task is asked about (0: never).
    """

    before: tuple[int, ...] = (10, 5, 2, 0)
    far: tuple[int, ...] = (30,)
    far_months: int = 6
    monthly: tuple[int, ...] = (5, 1)
    weekly: tuple[int, ...] = (1,)
    after: tuple[int, ...] = (2, 5)
    weekly_on: int = 0  # Monday
    at: time = time(8)
    acknowledge_after: int = 2
    contact_after: int = 5
    ask_months: int = 3

    def __post_init__(self) -> None:
        read = _read_fields({each.name: getattr(self, each.name) for each in fields(self)})
        for name, value in read.items():
            object.__setattr__(self, name, value)

    def as_json(self) -> dict[str, Any]:
        """The policy as JSON values: lists of days, a weekday's English name, a time HH:MM."""
        return {
            **{name: list(getattr(self, name)) for name in ("before", "far", "monthly", "weekly", "after")},
            **{
                name: getattr(self, name)
                for name in ("far_months", "acknowledge_after", "contact_after", "ask_months")
            },
            "weekly_on": WEEKDAYS[self.weekly_on],
            "at": self.at.strftime("%H:%M"),
        }

    @classmethod
    def from_json(cls, values: object) -> "Policy":
        """Read what `as_json` wrote; a missing field has its default; PolicyError names every fault."""
        return cls(**_read_fields(values))


def overlay(*ladders: Mapping[str, Any]) -> Policy:
    """The policy of several stored ladders: what a later one says goes before what an earlier one does."""
    return Policy.from_json({name: value for each in ladders for name, value in each.items()})


def list_policy_faults(values: object) -> tuple[PolicyFault, ...]:
    """Everything that keeps a JSON value from being a policy; nothing where it is one."""
    if not isinstance(values, Mapping):
        return (PolicyFault("", values, saying("policy.object")),)
    return tuple(fault for name, value in values.items() for fault in _field_faults(str(name), value))


def _field_faults(name: str, value: Any) -> Iterator[PolicyFault]:
    if name not in _READERS:
        near = get_close_matches(name[:100], _READERS, n=1)
        wanted = saying("policy.fields", names=", ".join(_READERS))
        yield PolicyFault(name, value, wanted, near[0] if near else None)
        return
    try:
        _READERS[name](value)
    except _WrongError as wrong:
        yield PolicyFault(name, value, wrong.wanted)


def _read_fields(values: Any) -> dict[str, Any]:
    if faults := list_policy_faults(values):
        raise PolicyError(faults)
    return {name: _READERS[name](value) for name, value in values.items()}


def _is_whole(value: object, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _days_reader(lowest: int, example: str, rising: bool = False) -> Callable[[Any], tuple[int, ...]]:
    wanted = saying("policy.days", most=MOST_STEPS, lowest=lowest, highest=MOST_DAYS, example=example)

    def read(value: Any) -> tuple[int, ...]:
        is_list = isinstance(value, list | tuple) and len(value) <= MOST_STEPS
        if not is_list or not all(_is_whole(each, lowest, MOST_DAYS) for each in value):
            raise _WrongError(wanted)
        if len(set(value)) < len(value):
            raise _WrongError(wanted)
        return tuple(sorted(value, reverse=not rising))

    return read


def _number_reader(lowest: int, highest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not _is_whole(value, lowest, highest):
            raise _WrongError(saying("policy.number", lowest=lowest, highest=highest))
        return int(value)

    return read


def _read_months(value: Any) -> int:
    if not _is_whole(value, 0, 12) or value not in ASK_MONTHS:
        raise _WrongError(saying("policy.months", numbers=", ".join(map(str, ASK_MONTHS))))
    return int(value)


def _read_weekday(value: Any) -> int:
    if value in WEEKDAYS:
        return WEEKDAYS.index(value)
    if not _is_whole(value, 0, len(WEEKDAYS) - 1):
        raise _WrongError(saying("policy.weekday", names=", ".join(WEEKDAYS)))
    return int(value)


def _read_time(value: Any) -> time:
    wanted = saying("policy.time")
    if isinstance(value, time):
        if value.tzinfo is not None or value != value.replace(second=0, microsecond=0):
            raise _WrongError(wanted)
        return value
    try:
        parsed = datetime.strptime(value, "%H:%M")  # noqa: DTZ007 a wall-clock time has no zone
    except (TypeError, ValueError):
        raise _WrongError(wanted) from None
    return parsed.time()


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "before": _days_reader(0, "[10, 5, 2, 0]"),
    "far": _days_reader(0, "[30]"),
    "far_months": _number_reader(1, 120),
    "monthly": _days_reader(0, "[5, 1]"),
    "weekly": _days_reader(0, "[1]"),
    "after": _days_reader(1, "[2, 5]", rising=True),
    "weekly_on": _read_weekday,
    "at": _read_time,
    "acknowledge_after": _number_reader(1, MOST_DAYS),
    "contact_after": _number_reader(0, MOST_DAYS),
    "ask_months": _read_months,
}
POLICY_FIELDS = tuple(_READERS)
DEFAULT_POLICY = Policy()
