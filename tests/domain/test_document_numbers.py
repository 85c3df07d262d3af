"""Documents as people cite them: number and date, doubts said, nothing refused."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document_numbers import PARTY_BODIES, TYPES, Citation, Doubt, cut_citation, find_citation

RIGHT = {
    "Đã báo cáo tại 123-BC/HU ngày 5/6/2023.": Citation("123-BC/HU", date(2023, 6, 5)),
    "Kế hoạch số 45-KH/BTGTU, ngày 02 tháng 6 năm 2023": Citation("45-KH/BTGTU", date(2023, 6, 2)),
    "Báo cáo 12-bc/hu": Citation("12-BC/HU", None),
    "Quyết định số 100/QĐ-UBND ngày 01.06.2023": Citation("100/QĐ-UBND", date(2023, 6, 1)),
    "Tờ trình 7-TTr/ThU ngày 1-6-2023": Citation("7-TTr/ThU", date(2023, 6, 1)),
    "CTHĐ 15-CTHĐ/TU": Citation("15-CTHĐ/TU", None),
    "18/BC-SNN ngày 3/6/2023": Citation("18/BC-SNN", date(2023, 6, 3)),
    # As people type it on a phone, and in English.
    "123-BC/HU 5/6/2023": Citation("123-BC/HU", date(2023, 6, 5)),
    "123-BC/HU (ngay 5/6/2023)": Citation("123-BC/HU", date(2023, 6, 5)),
    "Report 123-BC/HU of 5/6/2023": Citation("123-BC/HU", date(2023, 6, 5)),
}
DOUBTS = {
    "theo 20/NQ-TW ngày 16/6/2022": ("20-NQ/TW", date(2022, 6, 16), Doubt("form", "20-NQ/TW", "20/NQ-TW")),
    "Báo cáo 12/BC/HU": ("12-BC/HU", None, Doubt("form", "12-BC/HU", "12/BC/HU")),
    "số 12-XX/HU": ("12-XX/HU", None, Doubt("type", "XX", "12-XX/HU")),
    "123-BC/HU ngày 31/6/2023": ("123-BC/HU", None, Doubt("day", "31/6/2023")),
}


@pytest.mark.parametrize("text", RIGHT)
def test_a_citation_is_read_with_its_date(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert find_citation(unicodedata.normalize(form, text)) == RIGHT[text]


@pytest.mark.parametrize("text", DOUBTS)
def test_a_wrong_form_is_questioned_and_not_refused(text: str) -> None:
    number, on, doubt = DOUBTS[text]
    found = find_citation(text)
    assert found is not None
    assert (found.number, found.on, found.doubt) == (number, on, doubt)


@pytest.mark.parametrize(
    "text", ["", "Đã xong", "ngày 5/6/2023", "tỷ lệ 12/15 hộ", "giai đoạn 2021-2025", "0912-345-678"]
)
def test_what_cites_nothing_gives_nothing(text: str) -> None:
    assert find_citation(text) is None


@given(
    st.integers(1, 99_999),
    st.sampled_from(sorted(TYPES)),
    st.sampled_from(PARTY_BODIES),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
)
def test_every_party_number_reads_back(number: int, kind: str, body: str, on: date) -> None:
    text = f"tại {number}-{kind}/{body} ngày {on.day}/{on.month}/{on.year} đã gửi"
    assert find_citation(text) == Citation(f"{number}-{kind}/{body}", on)


@given(st.text(max_size=300))
def test_whatever_is_typed_never_raises(text: str) -> None:
    find_citation(text)
    find_citation("1-" * 5_000 + text)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (
            "Thông báo số 45-TB/TU ngày 1/6/2023 về kết luận của Thường trực",
            "Thông báo về kết luận của Thường trực",
        ),
        ("45-TB/TU ngày 1/6/2023", ""),
        ("Thông báo (số: 45-TB/TU)", "Thông báo"),
        ("Kết luận của đồng chí Bí thư", "Kết luận của đồng chí Bí thư"),
    ],
)
def test_the_words_around_a_citation_are_what_the_document_is_called(text: str, around: str) -> None:
    assert cut_citation(text) == around
