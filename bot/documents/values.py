"""Small readings of single values that the file's checks share."""

import calendar
import re
import unicodedata
from datetime import date

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FIRST_YEAR, LAST_YEAR = 1945, 2100
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_OTHER_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
)
# Strings that flip the direction of text could make a person read another name than the one stored.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Lower-case words without diacritics, for comparing what people write."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def as_slug(text: str) -> str:
    """The key nearest to `text`: “HU Mường Tè” gives `hu-muong-te`; empty where no letter is left."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def is_slug(text: str) -> bool:
    """Whether `text` may be a key."""
    return re.fullmatch(SLUG, text) is not None


def find_iso_date(text: str) -> date | None:
    """The day written exactly `YYYY-MM-DD`, or None where it is written otherwise or does not exist."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def find_nearest_date(text: str) -> str | None:
    """What `text` was meant to be: 30/4/2023 gives 2023-04-30, 2023-02-30 gives 2023-02-28."""
    for form in _OTHER_FORMS:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        year, month, day = (int(match[part]) for part in "ymd")
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and day:
            return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()
    return None


def find_bad_character(text: str) -> str | None:
    """The code point (`U+0000`) of the first character no office text may hold, or None."""
    for char in text:
        kind = unicodedata.category(char)
        if (kind == "Cc" and char not in "\t\n\r") or kind == "Cs" or char in _DIRECTION_MARKS:
            return f"U+{ord(char):04X}"
    return None


def normalise(text: str) -> str:
    """NFC, one kind of line end, no blanks around."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """The text with every run of blanks and line ends as one blank."""
    return " ".join(text.split())
