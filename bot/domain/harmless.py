"""What strangers write, made harmless to show: it turns no sentence around and climbs out of no folder."""

import re
import unicodedata

LONGEST_FILE_NAME = 120
_MOST_MARKS = 2  # of a letter, beside those NFC takes in
_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
_JOINERS = "\u200c\u200d"  # between the parts of an emoji and in some scripts
_START, _END = "\u2068", "\u2069"  # an isolate: what is inside cannot reorder what is outside
_ISOLATES = "\u2066\u2067\u2068"
_STEERING = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"))
# Letters written from right to left, and every character that steers direction.
_SUSPECT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NOT_IN_FILE_NAMES = re.compile(r'[/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def calm(text: str) -> str:
    """The text with its direction kept to itself (Unicode Bidirectional Algorithm, isolates), line by line."""
    if _SUSPECT.search(text) is None:
        return text
    return "\n".join(map(_calm_line, text.translate(_STEERING).split("\n")))


def _calm_line(line: str) -> str:
    kept: list[str] = []
    depth, turns = 0, False
    for each in line:
        if each == _END:
            if depth == 0:
                continue
            depth -= 1
        elif each in _ISOLATES:
            depth += 1
        elif depth == 0 and unicodedata.bidirectional(each) in ("R", "AL"):
            turns = True
        kept.append(each)
    whole = "".join(kept) + _END * depth
    return f"{_START}{whole}{_END}" if turns else whole


def clean_name(text: str, longest: int) -> str:
    """A name on one line, without invisible characters and towers of marks; may be empty."""
    # Cut first: nothing a person would be called is hidden behind a thousand invisible characters.
    return " ".join(_readable(text[: longest * 8]).split())[:longest].strip()


def clean_file_name(text: str, otherwise: str) -> str:
    """A name that is no path on any system, its ending kept; `otherwise` where nothing is left."""
    name = _NOT_IN_FILE_NAMES.sub("_", clean_name(text, 4 * LONGEST_FILE_NAME)).strip(". ")
    if not name.strip("._ "):
        return otherwise
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_FILE_NAME]
    return f"{stem[: LONGEST_FILE_NAME - len(ending) - 1].rstrip('. ')}.{ending}"


def _readable(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(each)
        if kind in _INVISIBLE and each not in _JOINERS:
            kept.append(" " if each.isspace() else "")
            continue
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)
