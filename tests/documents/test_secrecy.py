"""Markings of secrecy: in texts, on lines of their own, in names of files; everyday words are none."""

import unicodedata

import pytest

from bot.documents.secrecy import find_marking, find_marking_in_name, find_marking_in_words

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


IN_SENTENCES = (
    "Thực hiện Công văn Mật số 12-CV/TU",
    "gửi đồng chí tài liệu tối mật như đã trao đổi",
    "Báo cáo mật về tình hình biên giới",
    "Gửi kèm bản TUYỆT MẬT",
    "van ban mat so 5",
    "Kế hoạch\nmật số 5",
)
STILL_EVERYDAY = (
    *EVERYDAY,
    "Báo cáo mật độ dân cư vùng biên",
    "Kế hoạch bảo mật thông tin; hồ sơ bí mật nhà nước",
    "PHÁT TRIỂN NGHỀ NUÔI ONG LẤY MẬT ONG, BẢO MẬT, BÍ MẬT",
    "Mật ong là sản phẩm OCOP. Mật độ chăn nuôi giảm.",
    "Mặt trận Tổ quốc các cấp",
)


@pytest.mark.parametrize("text", [*MARKED, *IN_SENTENCES])
def test_in_a_chat_a_marking_is_found_within_a_sentence_too(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert find_marking_in_words(unicodedata.normalize(form, text))


@pytest.mark.parametrize("text", STILL_EVERYDAY)
def test_in_a_chat_everyday_words_are_still_no_marking(text: str) -> None:
    assert find_marking_in_words(text) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_marking_in_the_name_of_a_file_is_found(name: str) -> None:
    assert find_marking_in_name(name) == NAMES[name]
    assert find_marking_in_name(unicodedata.normalize("NFD", name)) == NAMES[name]


@pytest.mark.parametrize("name", EVERYDAY_NAMES)
def test_everyday_names_of_files_are_none(name: str) -> None:
    assert find_marking_in_name(name) is None
