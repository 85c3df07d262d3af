"""Cuts a phrase into words, numbers and marks that no longer care about case, diacritics or scan damage."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

_DASHES = "-‐‑‒–—―−"
_BRACKETS = {"(": "<", "[": "<", "{": "<", ")": ">", "]": ">", "}": ">", "\\": "/", "⁄": "/", "|": ":"}
_MARKS = frozenset("/-.,;:%+&=<>")
_LOOKALIKE = str.maketrans("oil", "011")
_ACUTE = "\N{COMBINING ACUTE ACCENT}"
_SPELLINGS = {"qui": "quy", "ki": "ky", "li": "ly"}
# Misread by scanners; a real syllable is trusted only where no diacritic is left: “rộng” is wide.
_SCAN_SLIPS = {
    "frong": "trong", "rong": "trong", "irong": "trong", "lrong": "trong", "troug": "trong", "trorg": "trong",
    "nqay": "ngay", "ngav": "ngay", "thanq": "thang", "truoe": "truoc", "iruoc": "truoc", "thuorg": "thuong",
    "chm": "cham", "nht": "nhat", "trc": "truoc",
}  # fmt: skip
_REAL_SYLLABLES = frozenset({"rong"})
_BEFORE_RONG = frozenset({"mo", "sau", "chieu", "dien"})  # mở rộng, sâu rộng
_SPLIT_BY_SCANS = frozenset(
    {"thang", "ngay", "nam", "quy", "truoc", "trong", "hang", "dinh", "hoan", "thanh"}
)
_TORN = frozenset({("tru", "oc")})
# Words that without their marks would be one of time: kept as they are written.
_NAMESAKES = frozenset(
    {
        "trồng", "trọng", "trống", "tròng", "đền", "đèn", "tội", "tôi", "quỹ", "nắm", "nấm",
        "thắng", "thăng", "thẳng", "tuân", "tuấn", "tự", "tử", "tú", "hàn", "hán", "hãn", "hân", "dược",
        "dầu", "đậu", "đấu", "cưới", "cười", "mới", "môi", "sâu", "kỹ", "mộc", "giỏ", "tỉnh", "dụng", "dùng"
    }
)  # fmt: skip
_LETTER = 2  # figures or letters a list is numbered with
_VOWELS = frozenset("aeiouy")
_LONGEST_SYLLABLE = 12
_BEFORE_A_DAY = frozenset({"ngay", "truoc", "den", "tu", "het", "mung"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: word, number or mark; `text` folded; `glued` when nothing stands between it and the one before.

    `acute`: written with an acute accent, which alone tells “sáu” (six) from “sau” (after).
    """

    kind: str
    text: str
    start: int
    end: int
    glued: bool
    acute: bool = False

    @property
    def value(self) -> int:
        """The number a number token writes; numbers too long to mean a time are -1."""
        return int(self.text) if self.kind == "number" and len(self.text) <= 4 else -1


def tokenize(phrase: str) -> list[Token]:
    """The tokens of `phrase`; emphasis, quotes and invisible characters leave no token."""
    return _join_split_figures(list(_join_split_words(_cut(phrase))))


def _fold(char: str) -> tuple[str, bool]:
    """One character without its diacritics, and whether it carried an acute accent.

    Each character is decomposed alone: sorting a long run of combining marks would take quadratic time.
    """
    if char < "\x80":
        return char.lower(), False
    if char in _DASHES:
        return "-", False
    parts = unicodedata.normalize("NFKD", char).casefold().replace("đ", "d").replace("⁄", "/")
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return plain, _ACUTE in parts


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    group: str
    at: int
    acute: bool
    plain: bool
    written: str = ""


def _letters(phrase: str) -> Iterator[_Letter]:
    for at, char in enumerate(phrase):
        plain, acute = _fold(char)
        if not plain and unicodedata.combining(char):
            yield _Letter("", "accent", at, acute, False, char)
        for place, c in enumerate(plain):
            yield _Letter(_BRACKETS.get(c, c), _group(c), at, acute, char < "\x80", "" if place else char)


def _group(char: str) -> str:
    if char in "0123456789":
        return "digit"
    if char.isalpha():
        return "letter"
    if char in _MARKS or char in _BRACKETS:
        return "mark"
    return "space" if char.isspace() else "silent"


def _cut(phrase: str) -> Iterator[Token]:
    run: list[_Letter] = []
    glued = False
    for letter in _letters(phrase):
        if letter.group in ("digit", "letter", "accent"):
            run.append(letter)
            continue
        if letter.group == "silent":
            continue
        if run:
            yield from _split_run(run, glued)
            run, glued = [], True
        if letter.group == "mark":
            yield Token("mark", letter.char, letter.at, letter.at + 1, glued)
        glued = letter.group != "space"
    if run:
        yield from _split_run(run, glued)


def _split_run(run: list[_Letter], glued: bool) -> Iterator[Token]:
    """“thang5” is a word and a number; “l5” and “3O” are numbers in which the scan took a digit for a letter."""
    text = "".join(letter.char for letter in run)
    number = _figures(run)
    if len(text) <= 4 and (not text.isalpha() or number == "6") and number.isdecimal():
        yield Token("number", number, run[0].at, run[-1].at + 1, glued)
        return
    piece: list[_Letter] = []
    for letter in [*run, None]:
        same = piece and letter and letter.group in ("accent", piece[0].group)
        if piece and not same:
            yield _token(piece, glued)
            piece, glued = [], True
        if letter:
            piece.append(letter)


def _figures(run: list[_Letter]) -> str:
    """The figures that scans write as letters: l, i, o, and ó for 6."""
    figures: list[str] = []
    for letter in run:
        if letter.acute and (letter.char == "o" or (not letter.char and figures[-1:] == ["0"])):
            figures[-1 if not letter.char else len(figures) :] = ["6"]
        else:
            figures.append(letter.char.translate(_LOOKALIKE))
    return "".join(figures)


def _token(piece: list[_Letter], glued: bool) -> Token:
    text = "".join(letter.char for letter in piece)
    kind = "number" if piece[0].group == "digit" else "word"
    if text not in _REAL_SYLLABLES or all(letter.plain for letter in piece):
        text = _SCAN_SLIPS.get(text, text)
    if (written := _written(piece)) in _NAMESAKES:
        text = written
    acute = any(letter.acute for letter in piece)
    return Token(kind, _SPELLINGS.get(text, text), piece[0].at, piece[-1].at + 1, glued, acute)


def _written(piece: list[_Letter]) -> str:
    """A word with its marks; longer than any syllable it is none that matters."""
    if len(piece) > _LONGEST_SYLLABLE:
        return ""
    return unicodedata.normalize("NFC", "".join(letter.written for letter in piece)).lower()


def _join_split_words(tokens: Iterator[Token]) -> Iterator[Token]:
    """“th áng” and “n ăm” are one word: a part without a vowel is no Vietnamese syllable."""
    held: Token | None = None
    for token in tokens:
        if (
            token.text == "trong"
            and token.end - token.start == len("rong")
            and held
            and held.text in _BEFORE_RONG
        ):
            token = replace(token, text="rong")
        if held and held.kind == token.kind == "word" and _is_broken(held.text, token.text):
            whole = held.text + token.text
            held = replace(held, text=whole, end=token.end)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


def _join_split_figures(tokens: list[Token]) -> list[Token]:
    """“ngày 3 1/5” and “31/1 2/2023”: two figures of one number, torn apart."""
    joined: list[Token] = []
    for place, token in enumerate(tokens):
        before = joined[-1] if joined else None
        if before and _is_torn(joined, token, tokens[place + 1 : place + 2]):
            joined[-1] = replace(before, text=before.text + token.text, end=token.end)
        else:
            joined.append(token)
    return joined


def _is_torn(joined: list[Token], token: Token, after: list[Token]) -> bool:
    left, follows = joined[-1], after[0].text if after else ""
    leads = joined[-2].text if len(joined) > 1 else ""
    if left.kind != "number" or token.kind != "number" or not len(left.text) == len(token.text) == 1:
        return False
    if leads in _BEFORE_A_DAY and follows in ("/", "-", ".", "thang"):
        return 1 <= int(left.text + token.text) <= 31 and left.text != "0"
    in_date = (leads, follows) in (("/", "/"), ("thang", "nam"), ("thang", "/"))
    return in_date and 10 <= int(left.text + token.text) <= 12


def _is_broken(left: str, right: str) -> bool:
    if (left, right) in _TORN:
        return True
    return left + right in _SPLIT_BY_SCANS and (_VOWELS.isdisjoint(left) or _VOWELS.isdisjoint(right))


def unmarked(turn: tuple[str, ...]) -> tuple[str, ...]:
    """A turn typed without marks: “phan dau”, whose second word alone could be one of time."""
    parts = (unicodedata.normalize("NFD", word.replace("đ", "d")) for word in turn)
    return tuple("".join(c for c in part if not unicodedata.combining(c)) for part in parts)


def unwrapped(tokens: list[Token]) -> list[Token]:
    """The tokens without the letter of a list (“b)”), and without a pair of brackets around all of them."""
    if len(tokens) > 2 and len(tokens[0].text) <= _LETTER and tokens[1].text == ">":
        tokens = tokens[2:]
    if len(tokens) < 3 or tokens[0].text != "<" or tokens[-1].text != ">":
        return tokens
    depth = 0
    for token in tokens[:-1]:
        depth += (token.text == "<") - (token.text == ">")
        if depth == 0:
            return tokens
    return tokens[1:-1]
