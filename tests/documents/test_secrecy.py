"""Markings of secrecy: in texts, on lines of their own, in names of files; everyday words are none."""

import unicodedata

import pytest

from bot.documents.secrecy import find_marking, find_marking_in_name

MARKED = (
    "MẬT",
    "Tuyệt mật\nKính gửi: các huyện ủy",
    "Kính gửi các đồng chí\nTỐI MẬT\nVề việc chuẩn bị hội nghị",
    "Kế hoạch (Mật)",
    "Kế hoạch diễn tập - TỐI MẬT",
    "Độ mật: Tối mật. Kế hoạch",
    "MAT\nke hoach dien tap",
)
EVERYDAY = (
    "Mật độ dân cư vùng biên",
    "Giữ bí mật nhà nước trong hội họp",
    "Rà soát công tác bảo mật\nvà an toàn thông tin",
    "Phát triển nghề nuôi ong lấy mật ong",
    "Danh mục bí mật nhà nước độ Tuyệt mật, độ Tối mật lĩnh vực nội chính",
)
NAMES = {
    "TOI_MAT_ke-hoach.docx": "TOI MAT",
    "Kế hoạch - Mật.pdf": "Mật",
    "ke hoach (MẬT).docx": "MẬT",
    "tuyệt mật.doc": "tuyệt mật",
    "ke-hoach-MAT-2023.pdf": "MAT",
}
EVERYDAY_NAMES = (
    "bao_mat.docx",
    "Bí mật nhà nước.pdf",
    "mat-do-dan-cu.xlsx",
    "Mặt trận Tổ quốc.docx",
    "BAO MAT.docx",
)


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_found_wherever_it_is_set_apart(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert find_marking(unicodedata.normalize(form, text))


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_are_no_marking(text: str) -> None:
    assert find_marking(text) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_marking_in_the_name_of_a_file_is_found(name: str) -> None:
    assert find_marking_in_name(name) == NAMES[name]
    assert find_marking_in_name(unicodedata.normalize("NFD", name)) == NAMES[name]


@pytest.mark.parametrize("name", EVERYDAY_NAMES)
def test_everyday_names_of_files_are_none(name: str) -> None:
    assert find_marking_in_name(name) is None
