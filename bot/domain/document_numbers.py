"""Reads the number and date of an official document as people cite it: “123-BC/HU ngày 5/6/2023”.

Forms (party: Hướng dẫn về thể thức văn bản của Đảng; state: Nghị định về công tác văn thư):
party `123-BC/HU`, state `123/BC-UBND`. A number alone identifies nothing, so the date belongs to it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

TYPES = {
    "NQ": "nghị quyết",
    "CT": "chỉ thị",
    "KL": "kết luận",
    "QĐ": "quyết định",
    "QC": "quy chế",
    "QĐi": "quy định",
    "KH": "kế hoạch",
    "CTr": "chương trình",
    "CTHĐ": "chương trình hành động",
    "HD": "hướng dẫn",
    "BC": "báo cáo",
    "CV": "công văn",
    "TB": "thông báo",
    "TTr": "tờ trình",
    "GM": "giấy mời",
    "ĐA": "đề án",
}
PARTY_BODIES = (
    "TW",
    "TU",
    "HU",
    "ThU",
    "ĐU",
    "BTGTU",
    "BTCTU",
    "UBKTTU",
    "BDVTU",
    "BNCTU",
    "VPTU",
    "VPHU",
    "BCSĐ",
    "ĐĐ",
)
_TYPES = {name.casefold(): name for name in TYPES}
_BODIES = {name.casefold(): name for name in PARTY_BODIES}
_WORD = r"[^\W\d_]"
_NUMBER = re.compile(
    rf"(?<![\w/-])(?P<n>\d{{1,5}})\s?(?P<a>[-/–])\s?(?P<type>{_WORD}{{2,5}})\s?(?P<b>[-/–])\s?"
    rf"(?P<body>{_WORD}[\w&.]{{1,24}}(?:-{_WORD}{{2,12}})?)"
)
_DATE = re.compile(
    r"[\s,(]*(?:(?:ban hành|ký)\s+)?(?:(?:ng[àa]y|of|dated|on)\s+)?"
    r"(?P<d>\d{1,2})\s?(?:[/.-]|\s*tháng\s*)\s?(?P<m>\d{1,2})\s?"
    r"(?:[/.-]|\s*năm\s*)\s?(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"[\s,;(]*(?:số\s*:?)?[\s(]*$", re.IGNORECASE)
_LONGEST = 20_000


@dataclass(frozen=True)
class Doubt:
    """What looks wrong in a citation: its `kind` (type, form, day), what is in doubt, and how it was written."""

    kind: str
    what: str
    written: str = ""

    def as_json(self) -> list[str]:
        return [self.kind, self.what, self.written]


@dataclass(frozen=True)
class Citation:
    """A document as cited. `number` in the right form; `doubt`: what looks wrong and what may be meant, or None."""

    number: str
    on: date | None
    doubt: Doubt | None = None


def find_citation(text: str) -> Citation | None:
    """The first document that `text` cites by a number, or None. Never raises; linear time."""
    text = unicodedata.normalize("NFC", text[:_LONGEST])
    found = _NUMBER.search(text)
    if found is None:
        return None
    on, fault = _read_date(_DATE.match(text, found.end()))
    number, doubt = _read_number(found)
    return Citation(number, on, doubt or fault)


def cut_citation(text: str) -> str:
    """The words around the number and date: “Thông báo về việc …”; empty where there are none."""
    text = unicodedata.normalize("NFC", text[:_LONGEST])
    found = _NUMBER.search(text)
    if found is None:
        return text.strip()
    dated = _DATE.match(text, found.end())
    before = _BEFORE_NUMBER.sub("", text[: found.start()])
    after = text[dated.end() if dated else found.end() :].lstrip(" ),;.-–")
    return " ".join(f"{before} {after}".split())


def _read_number(found: re.Match[str]) -> tuple[str, Doubt | None]:
    kind = _TYPES.get(found["type"].casefold())
    body = _BODIES.get(found["body"].casefold(), found["body"])
    is_party = body in PARTY_BODIES
    written = f"{found['n']}{_dash(found['a'])}{found['type']}{_dash(found['b'])}{found['body']}"
    if kind is None:
        return written, Doubt("type", found["type"], written)
    right = f"{found['n']}-{kind}/{body}" if is_party else f"{found['n']}/{kind}-{body}"
    if _dash(found["a"]) == _dash(found["b"]) or (is_party and written.casefold() != right.casefold()):
        return right, Doubt("form", right, written)
    if is_party:
        return right, None
    # A body that is not known may be the party's or the state's: as written.
    return f"{found['n']}{_dash(found['a'])}{kind}{_dash(found['b'])}{body}", None


def _dash(mark: str) -> str:
    return "-" if mark == "–" else mark


def _read_date(found: re.Match[str] | None) -> tuple[date | None, Doubt | None]:
    if found is None:
        return None, None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])), None
    except ValueError:
        return None, Doubt("day", f"{found['d']}/{found['m']}/{found['y']}")
