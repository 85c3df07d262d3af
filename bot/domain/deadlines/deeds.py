"""Verbs of official duties that tell “tiếp công dân hằng năm” (a duty) from “lễ hội hằng năm” (a kind of thing)."""

from collections.abc import Sequence
from itertools import pairwise

from .nodes import Node, Role, role_at, text_at
from .tokens import tokenize, unmarked

_REACH = 14
# Two syllables, found anywhere in a clause; the table is folded like the phrases themselves.
_PAIRS = """
    ban hành; biên soạn; biểu diễn; bàn giao; bình chọn; bình xét; bảo dưỡng; bảo trì; bảo tồn; bảo vệ; bồi
    dưỡng; bồi thường; bổ nhiệm; bổ sung; chi trả; chuyển giao; chuyển đổi; chăm lo; chăm sóc; chấm dứt; chỉnh
    lý; chỉnh trang; chọn cử; chốt danh; chứng nhận; công bố; công khai; công nhận; cải thiện; cải tạo; cấp
    giấy; cấp phát; cấp thẻ; cắm biển; củng cố; cử cán; cử người; di chuyển; di dời; diễn tập; duy trì; duy
    tu; ghi nhận; gia hạn; giao ban; giao lưu; gieo trồng; giám sát; giải ngân; giải quyết; giải tỏa; giới
    thiệu; gặp gỡ; gặp mặt; hiến máu; hiệu chuẩn; hoàn thiện; hoàn thành; hoàn trả; huy động; huấn luyện; hình
    thành; hướng dẫn; học tập; hỗ trợ; khai báo; khai thác; khen thưởng; khám sức; khánh thành; khôi phục;
    khơi thông; khảo sát; khởi công; khử khuẩn; kiểm kê; kiểm thử; kiểm toán; kiểm tra; kiểm định; kiện toàn; kê khai;
    ký kết; kết nạp; kết nối; liên hoan; loại bỏ; luân chuyển; lấy mẫu; lấy phiếu; lập danh; lập hồ; lắp đặt;
    lựa chọn; miễn giảm; mở rộng; nghiệm thu; nhân rộng; nâng bậc; nâng cấp; nâng lương; nạo vét; nộp lưu;
    phun thuốc; phát hành; phát động; phân bổ; phân công; phân loại; phúc tra; phối hợp; phổ biến; phủ sóng;
    quan trắc; quyết toán; quán triệt; quản lý; ra mắt; ra quân; rà phá; rà soát; soạn thảo; sàng lọc; sát
    hạch; sơ duyệt; sơ kết; sưu tầm; sắp xếp; sửa chữa; tham mưu; thanh lý; thanh tra; theo dõi; thi nâng; thi
    tuyển; thu gom; thu hoạch; thu hút; thu hồi; thu nộp; thu thập; thành lập; thăm hỏi; thả cá; thẩm tra;
    thẩm định; thống kê; thực hiện; thực hành; tiêm phòng; tiêm vắc; tiêu hủy; tiếp công; tiếp nhận; tiếp xúc;
    trang bị; trao giải; trao tặng; tri ân; truyền thông; trình diễn; trích nộp; trưng bày; trồng cây; trồng
    mới; trồng rừng; tu bổ; tu sửa; tuyên dương; tuyên truyền; tuyển chọn; tuyển dụng; tuyển quân; tuyển sinh;
    tuần tra; tái định; tính toán; tư vấn; tạo nguồn; tập huấn; tặng quà; tổ chức; tổng hợp; tổng kết; vinh
    danh; vận hành; vận động; vệ sinh; xem xét; xuất bản; xác minh; xác nhận; xây dựng; xã hội hóa; xét chọn;
    xét công; xét duyệt; xét nâng; xét tuyển; xét tặng; xóa nhà; xếp hạng; xử lý; điều chỉnh; đo kiểm; đo đạc;
    đào tạo; đánh giá; đôn đốc; đăng ký; đưa vào; đấu giá; đấu nối; đồng bộ; đề cử; đề xuất; đối chiếu; đối thoại; động
    viên; ứng cứu; ứng dụng; ứng phó; cứu trợ; kiểm soát; ôn tập; tôn tạo; phân tích; trao đổi; tham quan
"""
# One syllable, believed only where a clause begins.
_SINGLE = """
    cấp; cử; dán; dọn; duyệt; giao; lập; mở; mời; nộp; rút; tặng; thay; thi; trao; viết; nâng; bầu; chấm;
    chọn; chốt
"""
_NOMINAL = frozenset(
    {"tac", "viec", "dong", "sach", "qua", "do", "muc", "so", "cuoc", "dot"}
)  # công tác, việc, hoạt động…


def _folded(table: str) -> frozenset[tuple[str, ...]]:
    turns = {tuple(token.text for token in tokenize(words)) for words in table.split(";")}
    return frozenset(turns | {unmarked(turn) for turn in turns})


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
