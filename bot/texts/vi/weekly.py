"""Vietnamese: the weekly digest, and the summary for the leadership."""

SENTENCES: dict[str, str] = {
    "button.upward": "📤 Gửi Thường trực",
    "weekly.title": "🗒 <b>Tổng hợp tuần</b>\nSố liệu tính đến {at}",
    "weekly.newly_overdue": "🔴 <b>Mới quá hạn trong tuần: {n}</b>",
    "weekly.due_next_week": "🟠 <b>Đến hạn trong 7 ngày tới: {n}</b>",
    "weekly.waiting": "🕓 <b>Chờ xác nhận: {n}</b>",
    "weekly.unacknowledged": "📌 <b>Chưa xác nhận đã nhận nhiệm vụ: {n}</b>",
    "weekly.unreachable": "⚠️ <b>Cơ quan chưa có người nhận tin: {n}</b>\n{names}",
    "weekly.open": "🗓 Chưa ấn định thời hạn: {undated}; Văn phòng xác nhận hạn: {unconfirmed}",
    "weekly.line": "– {agency}: {label}",
    "weekly.line_due": "– {agency}: {label}, hạn {day}",
    "weekly.line_overdue": "– {agency}: {label}, quá hạn {days} ngày",
    "upward.title": "📊 <b>Tình hình thực hiện nhiệm vụ</b>\nSố liệu tính đến {at}",
    "upward.week": "Trong tuần: mới quá hạn {newly}; đến hạn trong 7 ngày tới {next_week}; chờ xác nhận {waiting}",
    "upward.preview": "📤 <b>Gửi {n} đồng chí lãnh đạo</b>",
    "upward.held": "📤 Sẽ gửi {n} đồng chí lãnh đạo sau 1 phút. Trong thời gian đó có thể thu lại.",
    "event.reported_upward": "Gửi tổng hợp cho lãnh đạo",
    "refuse.digest_to_come": "Chưa có số liệu đến {at}: thời điểm này chưa tới.",
    "refuse.no_viewers": "Chưa có đồng chí lãnh đạo nào tham gia. Đề nghị mời bằng /moi trước.",
}
