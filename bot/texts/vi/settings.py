"""Vietnamese: settings, days off, the reminder ladder and the pause."""

SENTENCES: dict[str, str] = {
    "refuse.weekly_on": "Ngày gửi bản tổng hợp phải là một ngày từ thứ Hai đến thứ Sáu.",
    "refuse.weekly_at": "Chưa hiểu giờ “{text}”. Đề nghị nhập giờ và phút, ví dụ: 15:00.",
}
