"""Verbs of official duties that tell “tiếp công dân hằng năm” (a duty) from “lễ hội hằng năm” (a kind of thing)."""

from collections.abc import Sequence
from itertools import pairwise

from .nodes import Node, Role, role_at, text_at
from .tokens import tokenize

_REACH = 14
# Two syllables, found anywhere in a clause; the table is folded like the phrases themselves.
_PAIRS = """
    ban hành; bảo dưỡng; bảo trì; bảo vệ; biên soạn; bình chọn; bình xét; bồi dưỡng; bồi thường; bổ nhiệm; bổ
    sung; cấp giấy; cấp phát; cấp thẻ; chăm lo; chăm sóc; chỉnh lý; chỉnh trang; chi trả; chọn cử; chốt danh;
    chuyển đổi; chuyển giao; chứng nhận; công bố; công khai; công nhận; củng cố; cử cán; cử người; diễn tập;
    điều chỉnh; đào tạo; đánh giá; đăng ký; đề cử; đề xuất; đối chiếu; đối thoại; đôn đốc; động viên; đưa vào;
    gặp gỡ; gặp mặt; gia hạn; giải ngân; giải quyết; giao ban; giao lưu; giám sát; giới thiệu; hiến máu; hiệu
    chuẩn; hoàn thiện; hỗ trợ; huấn luyện; huy động; hướng dẫn; kê khai; kết nạp; khai báo; khám sức; khảo
    sát; khen thưởng; khôi phục; khơi thông; kiểm định; kiểm kê; kiểm tra; kiểm toán; kiện toàn; ký kết; lập
    danh; lập hồ; lấy mẫu; lấy phiếu; liên hoan; lựa chọn; luân chuyển; miễn giảm; nạo vét; nâng bậc; nâng
    cấp; nâng lương; nghiệm thu; nhân rộng; nộp lưu; phát động; phát hành; phân bổ; phân loại; phổ biến; phối
    hợp; phúc tra; phun thuốc; quan trắc; quản lý; quán triệt; quyết toán; ra mắt; ra quân; rà soát; rà phá;
    sàng lọc; sát hạch; sắp xếp; soạn thảo; sơ duyệt; sơ kết; sửa chữa; sưu tầm; tập huấn; tặng quà; tạo
    nguồn; tham mưu; thanh lý; thanh tra; thăm hỏi; thẩm định; thẩm tra; thi đua; thi nâng; thi tuyển; thống
    kê; thu gom; thu hoạch; thu nộp; thu thập; thực hành; thực hiện; tiêm phòng; tiêm vắc; tiếp công; tiếp
    xúc; tiêu hủy; tổ chức; tổng hợp; tổng kết; trang bị; trao giải; trao tặng; trích nộp; trình diễn; tri ân;
    trồng cây; trồng rừng; trưng bày; truyền thông; tu bổ; tu sửa; tuần tra; tuyên dương; tuyên truyền; tuyển
    chọn; tuyển dụng; tuyển quân; tuyển sinh; tư vấn; ứng dụng; vận động; vận hành; vệ sinh; vinh danh; xác
    minh; xác nhận; xem xét; xếp hạng; xét chọn; xét công; xét duyệt; xét nâng; xét tặng; xét tuyển; xuất bản;
    xử lý; xây dựng; đo đạc; đo kiểm; duy tu; khử khuẩn
"""
# One syllable, believed only where a clause begins.
_SINGLE = """
    cấp; cử; dán; dọn; duyệt; giao; lập; mở; mời; nộp; rút; tặng; thay; thi; trao; viết; nâng; bầu; chấm;
    chọn; chốt
"""
_NOMINAL = frozenset({"tac", "viec", "dong", "sach", "qua", "do", "muc", "so"})  # công tác, việc, hoạt động…


def _folded(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(token.text for token in tokenize(words)) for words in table.split(";"))


_DEEDS = _folded(_PAIRS)
_FIRST = frozenset(words[0] for words in _folded(_SINGLE))


def has_deed(nodes: Sequence[Node], place: int) -> bool:
    """Whether a verb of duty stands in the clause before `place`, and is no part of the name of a thing."""
    words = _words_before(nodes, place)
    if words[:1] and words[0] in _FIRST:
        return True
    for step, pair in enumerate(pairwise(words)):
        if pair in _DEEDS:
            return step == 0 or words[step - 1] not in _NOMINAL
    return False


def _words_before(nodes: Sequence[Node], place: int) -> list[str]:
    """The single words of the clause, from its last comma on."""
    first = place
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        role = role_at(nodes, before)
        if role in (None, Role.STOP, Role.LABEL) or text_at(nodes, before) in (",", "<"):
            break
        first = before
    return " ".join(text_at(nodes, step) for step in range(first, place)).split()
