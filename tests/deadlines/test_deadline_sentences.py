"""A sentence around a time does not change what is read of it: names, statistics, cited documents beside a duty."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.deadlines import DeadlineKind, read_deadline

ISSUED_ON = date(2026, 4, 6)
TIMES = (
    "trước ngày 15/9/2026",
    "chậm nhất ngày 15 tháng 9 năm 2026",
    "trong tháng 9/2026",
    "trong quý III/2026",
    "xong trong năm 2026",
    "trong 6 tháng cuối năm 2026",
    "đến hết ngày 30/9/2026",
    "trước ngày 20 hằng tháng",
    "định kỳ hằng quý",
    "trước ngày 15/12 hằng năm",
    "trong thời hạn 10 ngày kể từ ngày nhận được văn bản",
    "trong vòng 05 ngày làm việc kể từ ngày ban hành văn bản này",
    "vào tuần đầu tháng 9/2026",
    "chậm nhất trung tuần tháng 9/2026",
    "trước 17 giờ ngày 10/4/2026",
    "vào thứ Sáu hằng tuần",
    "6 tháng một lần",
    "trước ngày 15/6 và 15/12 hằng năm",
    "trước 30/9",
    "trước ngày 10 tháng 5",
    "hoàn thành trước ngày 30/9/2026",
    "chậm nhất là trong tháng 8/2026",
    "từ nay đến ngày 30/6/2026",
    "từ ngày 01/5/2026 đến ngày 31/5/2026",
    "trong tháng 5 và tháng 6/2026",
    "trong các tháng 5, 6, 7 năm 2026",
    "ngay trong tháng 4",
    "trước khi kết thúc năm 2026",
    "hoàn thành vào cuối năm 2026",
    "hằng tuần",
    "hàng tháng, hàng quý",
    "định kỳ 6 tháng, 01 năm",
    "mỗi quý một lần",
    "trước ngày 25 của tháng cuối quý",
    "hằng năm (trước ngày 10/12)",
    "vào ngày 15 hằng tháng",
    "chậm nhất sau 07 ngày làm việc kể từ ngày kết thúc đợt kiểm tra",
    "trong vòng 24 giờ kể từ khi xảy ra vụ việc",
    "chậm nhất 15 ngày sau khi kết thúc quý",
)
NAMES = (
    "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị",
    "Kế hoạch số 112/KH-UBND ngày 14 tháng 3 năm 2026 của UBND tỉnh",
    "Kế hoạch phát triển kinh tế - xã hội năm 2026",
    "Kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030",
    "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV, nhiệm kỳ 2025 - 2030",
    "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025",
    "Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050",
    "Luật Đất đai năm 2024",
    "dự toán ngân sách năm 2026",
    "nhiệm vụ trọng tâm năm 2026",
    "kết luận của đồng chí Bí thư Tỉnh ủy tại buổi làm việc ngày 25/3/2026",
    "ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại cuộc họp ngày 02/4/2026",
    "Công điện số 35/CĐ-TTg ngày 01/4/2026",
    "nguồn chi thường xuyên",
    "Đề án phát triển du lịch đến năm 2030",
    "kết quả thực hiện nhiệm vụ quý I/2026",
    "các chỉ tiêu của năm 2026",
    "Chiến lược quốc gia về chuyển đổi số đến năm 2030, định hướng đến năm 2035",
    "Hiến pháp năm 2013 (sửa đổi, bổ sung năm 2025)",
    "Quy định số 144-QĐ/TW (ngày 09/5/2024)",
    "Nghị quyết của HĐND tỉnh tại kỳ họp thứ 30 (ngày 10/12/2025)",
    "các dự án khởi công mới năm 2026",
    "vốn kéo dài từ năm 2025 sang năm 2026",
    "báo cáo chính trị trình Đại hội nhiệm kỳ 2025 - 2030",
)
STATEMENTS = (
    "Tỷ lệ giải ngân đến ngày 31/3/2026 mới đạt 12,4% kế hoạch",
    "Năm 2025, GRDP của tỉnh tăng 8,2% so với năm 2024",
    "Trong quý I/2026 trên địa bàn xảy ra 15 vụ cháy",
    "Qua 05 năm thực hiện, kết quả đạt được còn hạn chế",
    "Từ đầu năm đến nay, lực lượng chức năng đã xử lý 120 vụ vi phạm",
    "Đến nay còn 12 đơn vị chưa nộp báo cáo",
    "So với cùng kỳ năm 2025 giảm 03 vụ, tăng 02 người bị thương",
    "Tính đến ngày 30/3/2026, toàn tỉnh có 1.250 doanh nghiệp",
    "Sau 09 tháng vận hành mô hình chính quyền 2 cấp, bộ máy cơ bản ổn định",
    "6 tháng cuối năm 2025 toàn tỉnh thu hút được 05 dự án",
    "Từ ngày 15/3 đến ngày 31/3/2026 ghi nhận 120 ca mắc sởi",
    "Bình quân mỗi tháng tiếp nhận 1.200 hồ sơ",
    "Hằng năm có trên 300 học sinh bỏ học",
    "Cử tri đã kiến nghị nhiều lần tại kỳ họp tháng 12/2025",
    "Dự báo đến năm 2030 dân số đạt 600 nghìn người",
    "Nghị định số 178/2024/NĐ-CP có hiệu lực từ ngày 01/01/2025",
    "Đồng chí Nguyễn Văn A nghỉ hưu từ ngày 01/5/2026",
    "Mục tiêu đến năm 2030 có 75% xã đạt chuẩn nông thôn mới",
    "Ngày 20/3/2026, UBND tỉnh đã ban hành Công văn số 1204/UBND-TH",
    "Vụ việc xảy ra từ tháng 8/2024 nhưng đến nay chưa được giải quyết dứt điểm",
    "Thu ngân sách quý I/2026 ước đạt 520 tỷ đồng, bằng 21% dự toán",
    "Tại phiên họp ngày 02/4/2026, Thường trực Tỉnh ủy đã cho ý kiến",
    "Kinh phí được cấp trong dự toán chi thường xuyên hằng năm",
    "Công tác này chưa được quan tâm thường xuyên",
    "Dịch bệnh diễn biến phức tạp từ cuối năm 2025",
    "Nhiều nhiệm vụ đã quá hạn trên 30 ngày",
    "Trong nhiệm kỳ 2020 - 2025, Đảng bộ tỉnh kết nạp 5.120 đảng viên",
    "Tỷ lệ hộ nghèo bình quân giảm 4%/năm giai đoạn 2021 - 2025",
    "Lễ kỷ niệm 80 năm Ngày thành lập được tổ chức vào ngày 19/8/2025",
    "Mưa lớn từ đêm 01/4 đến sáng 03/4/2026 gây thiệt hại nặng",
)
DUTIES = (
    "báo cáo kết quả {time}",
    "Văn phòng HĐND tỉnh gửi báo cáo {time}",
    "Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan rà soát, trình Ban Thường vụ {time}",
    "Các đơn vị báo cáo kết quả thực hiện nhiệm vụ quý I/2026 về Văn phòng {time}",
    "Đề nghị UBND các xã, phường {time} gửi danh sách về Sở Nội vụ",
    "{time}, các cơ quan, đơn vị gửi báo cáo về Văn phòng Tỉnh ủy",
    "gửi báo cáo ({time})",
    "gửi báo cáo {time} (số liệu tính đến ngày 31/3/2026)",
    "gửi báo cáo {time} theo Công văn số 1204/UBND-TH ngày 20/3/2026 của UBND tỉnh",
    "gửi báo cáo {time}; Công văn này thay thế Công văn số 512/UBND-TH ngày 10/02/2026",
    "**Thời gian thực hiện:** {time}.",
    "Công an tỉnh: báo cáo Ban Chỉ đạo; thời gian: {time}",
    "5 | Xây dựng báo cáo chuyên đề | Sở Công Thương | {time}",
    "(Hoàn thành: {time})",
)
DUTIES_ON_NAMES = (
    "Thực hiện {name}, Sở Nội vụ tổng hợp, báo cáo {time}",
    "Giao Sở Tài chính tham mưu triển khai {name}, trình UBND tỉnh {time}",
    "Đảng ủy các xã báo cáo kết quả thực hiện {name} về Văn phòng Tỉnh ủy {time}",
    "{time}, các đơn vị xây dựng kế hoạch thực hiện {name}",
)
DUTIES_BESIDE_STATEMENTS = (
    "{told}; yêu cầu Sở Nội vụ tổng hợp, báo cáo {time}",
    "{told}. Giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan tham mưu, trình UBND tỉnh {time}",
    "Giao các cơ quan, đơn vị báo cáo kết quả {time}. {told}",
    "{told}, do đó đề nghị các đơn vị hoàn thiện hồ sơ {time}",
)
NO_DUTIES = (
    "{name}",
    "Các cơ quan, đơn vị tiếp tục quán triệt, triển khai thực hiện nghiêm {name}",
    "Căn cứ {name}, Ban Thường vụ Tỉnh ủy ban hành Chỉ thị này",
    "nâng cao chất lượng tham mưu thực hiện {name}; kịp thời tháo gỡ khó khăn, vướng mắc",
    "Ủy ban nhân dân tỉnh cụ thể hóa {name} phù hợp với tình hình thực tế",
    "{name} đã được triển khai đồng bộ, hiệu quả",
    "gắn với việc thực hiện {name} của cơ quan, đơn vị",
    "Thực hiện {name}, UBND tỉnh yêu cầu các sở, ngành khẩn trương triển khai",
)


def _facts(phrase: str) -> tuple[DeadlineKind, date | None, str | None]:
    reading = read_deadline(phrase, ISSUED_ON)
    return reading.kind, reading.due, reading.recurrence


@pytest.mark.parametrize("duty", DUTIES)
def test_a_time_is_read_the_same_inside_a_duty(duty: str) -> None:
    misread = [time for time in TIMES if _facts(duty.format(time=time)) != _facts(time)]
    assert misread == []


@settings(max_examples=250)
@given(st.sampled_from(DUTIES_ON_NAMES), st.sampled_from(NAMES), st.sampled_from(TIMES))
def test_names_with_times_in_them_do_not_change_a_duty(duty: str, name: str, time: str) -> None:
    assert _facts(duty.format(name=name, time=time)) == _facts(time)


@settings(max_examples=250)
@given(st.sampled_from(DUTIES_BESIDE_STATEMENTS), st.sampled_from(STATEMENTS), st.sampled_from(TIMES))
def test_what_is_told_beside_a_duty_does_not_change_it(duty: str, told: str, time: str) -> None:
    assert _facts(duty.format(told=told, time=time)) == _facts(time)


@pytest.mark.parametrize("sentence", NO_DUTIES)
def test_a_name_with_a_time_in_it_is_no_deadline(sentence: str) -> None:
    misread = [name for name in NAMES if _facts(sentence.format(name=name))[0] is not DeadlineKind.NONE]
    assert misread == []


def test_what_is_told_is_no_deadline() -> None:
    assert [told for told in STATEMENTS if _facts(told)[0] is not DeadlineKind.NONE] == []
