"""Recognising a secret document: it must never pass through a chat bot."""

import re
import unicodedata

from bot.documents.values import plain

_ORDINARY = frozenset({"", "thuong", "binh thuong", "khong", "khong mat"})
_LEVEL = r"(?:tuyệt\s+mật|tối\s+mật|mật|tuyet\s+mat|toi\s+mat|mat)"
# “bí mật”, “bảo mật”, “mật độ” are everyday words: in a title only what is set apart as a marking counts.
_MARKINGS = (
    re.compile(rf"[(\[]\s*(?:độ\s+mật\s*:?\s*)?{_LEVEL}\s*[)\]]", re.IGNORECASE),
    re.compile(rf"(?:độ\s+mật|do\s+mat)\s*:\s*{_LEVEL}(?!\w)", re.IGNORECASE),
    re.compile(r"^\s*(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s*(?:[-–—:.,|]|$)", re.MULTILINE),
    re.compile(r"[-–—:|,]\s*(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s*$", re.MULTILINE),
    # Alone on its line, as stamps are.
    re.compile(r"^\s*(?:(?i:(?:tuyệt\s+|tối\s+)?mật)|TUYET\s+MAT|TOI\s+MAT|MAT)\s*[.!]?\s*$", re.MULTILINE),
)
# In a chat, where nobody looks at it before it is sent on, a marking is also meant within a sentence.
_NAMED = (
    r"(?:văn\s+bản|tài\s+liệu|hồ\s+sơ|công\s+văn|kế\s+hoạch|báo\s+cáo|thông\s+báo|tờ\s+trình|chỉ\s+thị|kết\s+luận"
    r"|nghị\s+quyết|quyết\s+định|hướng\s+dẫn|van\s+ban|tai\s+lieu|ho\s+so|cong\s+van|ke\s+hoach|bao\s+cao)"
)
_NOT_AFTER = r"(?!\s+(?:độ|ong|thiết|khẩu|mã|vụ|thư|do|thiet|khau|vu|thu)\b)"
_IN_WORDS = (
    re.compile(r"(?<!độ )(?<!\w)(?:tuyệt|tối)\s+mật(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w){_NAMED}\s+{_LEVEL}(?!\w){_NOT_AFTER}", re.IGNORECASE),
    re.compile(
        rf"(?<!bí )(?<!Bí )(?<!BÍ )(?<!bảo )(?<!Bảo )(?<!BẢO )(?<=\S )(?:Mật|MẬT)(?!\w)(?i:{_NOT_AFTER})"
    ),
)
# Before “mật” they make an everyday word.
_EVERYDAY = frozenset({"bi", "bao"})


def is_secret(level: str) -> bool:
    """Whether the `secrecy` field names a degree of secrecy, in any case, with or without diacritics."""
    letters = re.sub(r"[^a-z]", "", plain(level))
    return not is_ordinary(level) and ("mat" in letters or letters in {"a", "b", "c"})


def is_ordinary(level: str) -> bool:
    """Whether the `secrecy` field says that the document is not secret."""
    return plain(level) in _ORDINARY


def find_marking(text: str) -> str | None:
    """A marking of secrecy set apart in a number, title or text, such as “(Mật)” or “Độ mật: Tối mật”."""
    text = unicodedata.normalize("NFC", text)
    for marking in _MARKINGS:
        if (match := marking.search(text)) is not None:
            return match.group().strip()
    return None


def find_marking_in_words(text: str) -> str | None:
    """As `find_marking`, and also within a sentence written in a chat: “Công văn Mật số 12”, “tài liệu tối mật”."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    found = (each.search(line) for each in _IN_WORDS)
    return find_marking(text) or next((match.group().strip() for match in found if match), None)


def find_marking_in_name(name: str) -> str | None:
    """A marking of secrecy in the name of a file, such as “TOI_MAT_ke-hoach.docx” or “Kế hoạch - Mật.pdf”."""
    words = re.split(r"[^\w]+|_", unicodedata.normalize("NFC", name))
    for before, word in zip(["", *words], words, strict=False):
        if plain(word) != "mat" or plain(before) in _EVERYDAY:
            continue
        if plain(before) in ("toi", "tuyet"):
            return f"{before} {word}"
        if word.isupper() or word == "Mật":
            return word
    return None
