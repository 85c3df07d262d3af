"""The words around a time and what they say about it, folded; the longest turn of phrase wins."""

from .nodes import Role
from .tokens import tokenize, unmarked

_WORDS: dict[Role, str] = {
    Role.BY: """
        trước; trước kỳ nghỉ; trước kỳ nghỉ lễ; trước dịp lễ; trước dịp nghỉ lễ; chậm nhất; muộn nhất; trễ
        nhất; không quá; không chậm hơn; không chậm quá; không được chậm quá; không được quá; không được muộn
        hơn; không muộn hơn; không trễ hơn; không để quá; hết; trong; trong vòng; trong thời hạn; trong thời
        gian; thời hạn; thời hạn hoàn thành; thời hạn gửi; cuối ngày; cuối giờ; cuối giờ làm việc; thời hạn
        báo cáo; thời gian; thời gian hoàn thành; thời gian thực hiện; thời gian báo cáo; thời gian gửi; thời
        điểm hoàn thành; hạn; hạn cuối; hạn chót; hạn cuối cùng; hạn nộp; vào; xong; hoàn thành; hoàn tất; về
        đích; nội trong; kết thúc; tối đa; tối thiểu; ít nhất; ngay trong; tiến độ; mốc; trong phạm vi; đúng
        dịp; vào dịp; vào đúng dịp; đúng ngày; hạn nộp cuối cùng; hạn nộp cuối; thời hạn cuối cùng; thời hạn
        cuối; không để chậm quá; không để muộn hơn; dịp; gia hạn cuối; gia hạn cuối cùng; ngay trong vòng;
        ngay trong thời hạn; xuyên suốt""",
    Role.TO: "đến; tới; cho đến; cho tới; đến hết; tới hết; kéo dài đến; đến thời điểm",
    Role.FROM: "từ; kể từ; bắt đầu từ; bắt đầu; bắt đầu vào",
    Role.SINCE_EVENT: "trước khi; sau khi; ngay sau khi; trước thời điểm; sau thời điểm; trước thời gian",
    Role.AFTER: "sau; ngay sau; sau hơn; sau gần",
    Role.ACTION: """
        gửi; gửi về; nộp; trình; kiểm tra; giám sát; rà soát; tổ chức; họp; thực hiện; tiến hành; cập nhật;
        công bố; xây dựng; ban hành; lập; tham mưu; tổng hợp; phản ánh; triển khai; thông báo; đăng ký; cung
        cấp; đôn đốc; tiếp nhận; tập huấn; tuyên truyền; phê duyệt; quán triệt; cho ý kiến; khảo sát; duy trì;
        đối thoại; tiếp xúc; sinh hoạt; công khai; bổ sung; hoàn thiện; luân chuyển; gặp mặt; làm việc; khởi
        công; khánh thành; kiểm định; bảo dưỡng; bảo trì; thanh tra; kiểm kê; điều tra; tự đánh giá; chấm
        điểm; bình xét; diễn tập; huấn luyện; phát động; kiện toàn; bàn giao; nghiệm thu; hướng dẫn; lấy ý
        kiến; góp ý; tham gia ý kiến; xem xét; số hóa; phổ biến; xử lý; giải quyết; trả lời; phản hồi; khắc
        phục; thẩm định; đối chiếu; tôn vinh; biểu dương; hưởng ứng; phản biện; khai mạc; bế mạc; diễn ra; bồi
        dưỡng; đào tạo; thí điểm; mở thầu; rút kinh nghiệm; khen thưởng; tiêm phòng; lắp đặt; sửa chữa; thi
        công; niêm yết; phân bổ; chi trả; thanh toán; tuyển dụng; đấu thầu; nghiên cứu; đề xuất; chuẩn bị;
        biên soạn; phát hành; xác minh; cắm mốc; di dời; hiệp thương; trao tặng; vận hành; gieo trồng; thu
        hoạch; đo đạc; giải trình; nâng cấp; kết nối; tích hợp; cấp phát; sắp xếp; điều động; thăm hỏi; tuyên
        dương; chỉ đạo; đề nghị; ra quân; khai giảng; bế giảng; ra mắt""",
    Role.REVIEW: "báo cáo; chế độ báo cáo; sơ kết; tổng kết; đánh giá; giao ban; thống kê; quyết toán; kiểm điểm",
    Role.THING: """
        kế hoạch; ngân sách; kinh phí; dự toán; nghị quyết; văn bản; chương trình; nhiệm vụ; trung hạn; dài
        hạn; ngắn hạn; bình quân; thu nhập; chỉ tiêu; chế độ; danh hiệu; mục tiêu; xếp loại; phân loại; chỉ số;
        tăng trưởng; sản lượng; đề tài; nhu cầu; tỷ lệ; tài liệu; sự nghiệp; công việc; việc làm; dự án; đề án;
        kỳ họp; phiên họp; tiêu chí; đầu tư; phương án; quy trình; quy hoạch; đóng góp; giải thưởng; quyết
        định; chỉ thị; kết luận; nguồn vốn; kết quả; cuộc họp; căn cứ; trên cơ sở; quỹ; dự báo; tính toán; chi
        phí; danh mục; biên chế; chiến lược; lương; tiền lương; trợ cấp; phụ cấp; lương hưu; học phí; bản tin;
        sổ theo dõi; đề cương; gói thầu; mô hình; đời sống; cuộc sống; tiêu chuẩn; mức chi; mức thu; mức đóng;
        mức hỗ trợ; mức hưởng; tiền công; tiền ăn; phong trào; khung kế hoạch; khung kế hoạch thời gian""",
    Role.OTHER: """
        giấy mời; biên bản; tờ trình; công điện; công văn; tăng cường; đạt chuẩn; gia tăng; giảm nghèo; báo
        chí; tạp chí; địa chỉ; đồng chí; đạt được; giảm nhẹ; giảm thiểu; lộ trình; quá trình; công trình; tiến
        trình; trình độ; thành lập; độc lập; công lập; phối hợp; phù hợp; trường hợp; kết hợp; hợp tác; hợp
        đồng; hợp lý; hợp tác xã; hạn chế; giới hạn; hạn mức; quyền hạn; hạn hán; trong đó; trước mắt; trước
        đây; trước hết; liên quan đến; ảnh hưởng đến; tác động đến; trước tình hình; hội nghị; đại hội; buổi
        làm việc; hội thảo; hội thi; lễ hội; cuộc bầu cử; ngày hội; tọa đàm; lớp tập huấn; kỳ thi; hội diễn;
        ban quản lý dự án; ubnd tỉnh; hđnd tỉnh; nhân dân tỉnh; toàn tỉnh; tháng hành động; tuần lễ; nhân dịp;
        nghỉ tết; nghỉ học; nghỉ lễ; nghỉ hè; nghỉ phép; nghỉ việc; nghỉ việc riêng; nghỉ ốm; nghỉ thai sản;
        được nghỉ; cho nghỉ; cách ly; cách ly y tế; đình chỉ; tạm đình chỉ; tạm dừng; tạm giữ; thử việc; tập
        sự; bảo hành; điều trị; tạm ngừng; đóng cửa; bổ nhiệm; biệt phái; theo dõi sức khỏe; trưng bày; quy
        định chế độ; về chế độ; chậm nộp; phát triển; tư pháp; tư tưởng; tư vấn; tư liệu; tư nhân; vật tư; giáo
        dục thường xuyên; bồi dưỡng thường xuyên; quy định chi tiết; ban đầu; bước đầu; lần đầu; đứng đầu; ghi
        nhận; đánh giá cao; hoan nghênh; đang công tác thường xuyên; lịch công tác; tín dụng; sử dụng; ứng
        dụng; vận dụng; tác dụng; nội dung; trồng cây hằng năm; trồng cây hàng năm; cây hằng năm; trả tiền hằng
        năm; trả tiền hàng năm; đảm bảo; bảo đảm; giữ nguyên; gia hạn; vượt tiến độ; trước tiến độ; nhanh hơn;
        sớm hơn; phát sinh; hình thành; giãn cách; phong tỏa; khống chế; thông xe; chất lượng; số lượng; lực
        lượng; khối lượng; trữ lượng; chữa cháy; định mức; hành vi; hoạt động hằng ngày; hoạt động hàng ngày;
        điện tử; tình hình; thi đua thường xuyên; khen thưởng thường xuyên""",
    Role.ACCORDING: "theo",
    Role.EFFECT: """
        có hiệu lực; hiệu lực; có hiệu lực thi hành; hiệu lực thi hành; áp dụng; hết hiệu lực; được áp dụng;
        có giá trị; có giá trị sử dụng; có thời hạn đến; có giá trị đến""",
    Role.COUNTED: """
        khung thời gian; ước thực hiện; ước đến; ước tính đến; tính từ; tính đến; tính tới; tính đến hết; lũy
        kế; lũy kế đến; so với; cùng kỳ; thời điểm; tại thời điểm; tính đến thời điểm; số liệu; số liệu đến;
        chốt đến; chốt đến hết; chốt số liệu đến; kỳ báo cáo; khung thời vụ; lịch thời vụ; khung giờ; thời hạn
        cũ; hạn cũ""",
    Role.NAMED: "tầm nhìn; định hướng; thời kỳ; có xét đến; có tính đến; hướng tới; hướng đến; ổn định đến",
    Role.FEAST: "kỷ niệm; lễ kỷ niệm; chào mừng; mừng; chào mừng kỷ niệm",
    Role.PAST: "đã; qua; đến nay; quá hạn; hết hạn; trễ hạn; trước hạn; chậm tiến độ; vừa qua; được; từng",
    Role.EXPECTED: "dự kiến",
    Role.OR: "hoặc; hay",
    Role.JOIN: "và; cùng với; đồng thời",
    Role.AND_ON: """
        và những năm tiếp theo; và các năm tiếp theo; và những năm sau; và các năm sau; và các năm tiếp sau;
        và các năm kế tiếp; và những năm tới; và các năm tới; những năm tiếp theo; các năm tiếp theo; trở đi;
        về sau; và tiếp theo; và các giai đoạn tiếp theo; và giai đoạn tiếp theo; và những năm kế tiếp""",
    Role.ONGOING: """
        thường xuyên; liên tục; thường xuyên liên tục; từ nay trở đi; từ nay về sau; lâu dài; trong suốt;
        trong suốt quá trình; trong suốt thời gian; quanh năm; không thời hạn; đến khi có; cho đến
        khi có; đến khi có thông báo mới""",
    Role.NEUTRAL: """
        ngày; tuần; tháng; năm; là; nhất; khoảng; của; tại; từ nay; sớm; cũng; thì; chủ yếu; tập trung; cơ bản; khẩn
        trương; phấn đấu; phải; cần; các; những; nay; này; sáng; chiều; lúc; buổi sáng; buổi chiều; chiều tối;
        đúng hạn; giờ làm việc; giờ hành chính; trưa; đêm; buổi tối""",
}
PUNCTUATION: dict[str, Role] = {
    ".": Role.STOP, ";": Role.STOP, ",": Role.JOIN, "<": Role.JOIN, ">": Role.JOIN, "-": Role.JOIN,
    "&": Role.JOIN, "+": Role.JOIN, ":": Role.LABEL,
}  # fmt: skip
LONGEST = 6


def _folded(words: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(words))


_TURNS = {_folded(turn): role for role, turns in _WORDS.items() for turn in turns.split(";")}
TURNS: dict[tuple[str, ...], Role] = {
    unmarked(turn): role for turn, role in _TURNS.items() if len(turn) > 1
} | _TURNS
