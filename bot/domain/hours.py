"""Hours as people type them: “15:00”, “22h30”, “22:00-6:00”, “tắt”. Minutes after local midnight."""

import re
import unicodedata

DAY_MINUTES = 24 * 60
LONGEST = 60
OFF_WORDS = frozenset({"tắt", "tat", "không", "khong", "bỏ", "bo", "off", "none"})
_TIME = r"([0-9]{1,2})(?:\s*(?::|h|giờ|gio)\s*([0-9]{1,2})?)?(?:\s*(?:phút|phut|p))?"
_RANGE = re.compile(rf"(?:từ|tu|from)?\s*{_TIME}\s*(?:-|–|—|~|đến|den|tới|toi|to)\s*{_TIME}")
_ONE = re.compile(_TIME)

Span = tuple[int, int]


def read_quiet_hours(text: str) -> Span | None:
    """From and until, over midnight where from is the later; None for “tắt”. ValueError for anything else."""
    words = _tidy(text)
    if words in OFF_WORDS:
        return None
    found = _RANGE.fullmatch(words)
    if found is None:
        raise ValueError("no hours from and until")
    start, end = _minutes(*found.group(1, 2)), _minutes(*found.group(3, 4))
    if start == end:
        raise ValueError("from and until are the same")
    return start, end


def read_time(text: str) -> int:
    """One time of day. ValueError for anything else."""
    found = _ONE.fullmatch(_tidy(text))
    if found is None:
        raise ValueError("no time of day")
    return _minutes(*found.group(1, 2))


def show_minutes(minutes: int) -> str:
    """“6:30”, as people write it."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _tidy(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError("too long")
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _minutes(hours: str, minutes: str | None) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > DAY_MINUTES:
        raise ValueError("no time of day")
    return total % DAY_MINUTES
