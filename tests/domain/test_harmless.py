"""Names and words of strangers: they turn no sentence around and climb out of no folder."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.harmless import LONGEST_FILE_NAME, calm, clean_file_name, clean_name

NASTY = st.text(
    st.one_of(
        st.sampled_from("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061cשלأ1aă<&\n\t/\\:.\u0301\u0000"),
        st.characters(),
    ),
    max_size=60,
)  # fmt: skip
OPENING, END = "\u2066\u2067\u2068", "\u2069"


def outside(text: str) -> str:
    """What stands in no isolate; fails where an isolate is left open or closed twice."""
    found, depth = "", 0
    for each in text:
        if each in OPENING:
            depth += 1
        elif each == END:
            depth -= 1
            assert depth >= 0
        elif depth == 0:
            found += each
    assert depth == 0
    return found


@given(NASTY)
def test_nothing_turns_the_sentence_around_it(text: str) -> None:
    for line in calm(text).split("\n"):
        assert not {unicodedata.bidirectional(each) for each in outside(line)} & {
            *("R", "AL", "RLE", "LRE", "RLO", "LRO", "PDF")
        }


@given(NASTY)
def test_calm_text_stays_as_it_is(text: str) -> None:
    assert calm(calm(text)) == calm(text)


@given(st.text(st.characters(max_codepoint=0x58F)))
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert calm(text) is text


def test_a_name_from_right_to_left_is_kept_whole_and_to_itself() -> None:
    assert calm("שלום 12") == "\u2068שלום 12\u2069"
    assert calm("ten\u202egpj.exe") == "tengpj.exe"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Lê \n Văn\tA ", "Lê Văn A"),
        ("Le\u0302 Va\u0306n", "Lê Văn"),
        ("A\u202eB\u200b\ufeffC\x00D", "ABCD"),
        ("Z" + "\u0301" * 50, "Ź\u0301\u0301"),
        ("\u200b\u2060", ""),
        ("👨\u200d👩\u200d👧 nhà", "👨\u200d👩\u200d👧 nhà"),
        ("ă" * 1_000_000, "ă" * 100),
    ],
)
def test_a_name_is_one_readable_line(typed: str, shown: str) -> None:
    assert clean_name(typed, 100) == shown


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Báo cáo số 12.docx", "Báo cáo số 12.docx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("..\\..\\boot.ini", "_.._boot.ini"),
        ("C:\\a.txt", "C__a.txt"),
        (".htaccess", "htaccess"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("COM1.pdf", "_COM1.pdf"),
        ("conso.pdf", "conso.pdf"),
        ("bao cao\u202efdp.exe", "bao caofdp.exe"),
        ("a\x00b\x1b[31m.pdf", "ab[31m.pdf"),
        ("a. . .", "a"),
        ("", "tệp"),
        ("...", "tệp"),
        ("///", "tệp"),
        ("\u200b", "tệp"),
        ('a<b>"c"|d?.pdf', "a_b__c__d_.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_FILE_NAME - 4) + ".pdf"),
        ("x" * 300, "x" * LONGEST_FILE_NAME),
        ("a." + "x" * 300, "a." + "x" * (LONGEST_FILE_NAME - 2)),
    ],
)
def test_a_file_name_is_no_path(sent: str, kept: str) -> None:
    assert clean_file_name(sent, "tệp") == kept


@given(NASTY)
def test_every_file_name_is_one_a_disk_takes(sent: str) -> None:
    name = clean_file_name(sent, "tệp")
    assert name == clean_file_name(name, "tệp")
    assert name
    assert name == name.strip(". ")
    assert len(name) <= LONGEST_FILE_NAME
    assert not set('/\\:*?"<>|') & set(name)
    assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in name)
