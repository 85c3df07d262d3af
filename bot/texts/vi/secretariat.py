"""Vietnamese: what the secretariat reads."""

SENTENCES: dict[str, str] = {
    # --- the secretariat
    "overdue.title": "🔴 <b>Nhiệm vụ quá hạn</b> – tính đến {day}",
    "overdue.none": "Không có nhiệm vụ nào quá hạn mà chưa báo cáo.",
    "overdue.agency": "<b>{agency}</b>",
    "overdue.row": "{n}. <b>{label}</b>: {task}\nHạn {due} – <b>quá hạn {days} ngày</b>",
    "overdue.unreachable": "⚠️ Cơ quan này chưa có người nhận tin.",
    "overdue.waiting": "🕓 <b>Đã báo cáo, chờ xác nhận: {count}</b>",
    "overdue.waiting_row": "• {agency} – {label}: báo cáo số {number}, nộp {at} ({judged})",
    "overdue.judged_on_time": "đúng hạn",
    "overdue.judged_late": "quá hạn",
    "upcoming.title": "🟠 <b>Sắp đến hạn</b> – đến hết {day}",
    "upcoming.none": "Không có nhiệm vụ nào đến hạn trong {days} ngày tới.",
    "upcoming.row": "{n}. {mark} <b>{agency}</b> – {label}: {task}\nHạn {due} – {left} · {status}",
    "summary.title": "📊 <b>Tổng hợp tình hình thực hiện nhiệm vụ</b>\nSố liệu tính đến {at}",
    "summary.document": "<b>{document}</b>",
    "summary.total": "Tổng số nhiệm vụ: <b>{n}</b>",
    "summary.completed": "Đã hoàn thành: <b>{n}</b> (đúng hạn {on_time}, quá hạn {late})",
    "summary.not_completed": "Chưa hoàn thành: <b>{n}</b> (trong hạn {within}, quá hạn {overdue})",
    "summary.awaiting": "– trong đó đã báo cáo, chờ xác nhận: {n} (nộp đúng hạn {on_time}, nộp quá hạn {late})",
    "summary.undated": "Chưa ấn định thời hạn hoặc thường xuyên (tính riêng): {n}",
    "summary.suspended": "Tạm dừng (tính riêng): {n}",
    "summary.unacknowledged": "Chưa tiếp nhận: {n}",
    "summary.unreachable": "⚠️ Cơ quan chưa có người nhận tin ({n}): {names}",
    "press.preview": (
        "📣 <b>Đôn đốc {count} nhiệm vụ của {agencies} cơ quan</b>\n"
        "Tin nhắn gửi đến chuyên viên và lãnh đạo cơ quan:"
    ),
    "press.preview_held": "Sau khi bấm “Gửi” có 1 phút để thu lại.",
    "press.example": "<blockquote>{text}</blockquote>",
    "press.unreachable": "⚠️ Chưa có người nhận tin, tin sẽ chờ đến khi có người tham gia: {names}",
    "press.sent": "📣 Đã đôn đốc {count} nhiệm vụ, lúc {at}.",
    "press.sent_some": "{sent}\n⚠️ Chưa có người nhận tin, tin sẽ chờ: {names}",
    "unreachable.title": "⚠️ <b>Cơ quan chưa nhận được tin</b>",
    "unreachable.person": (
        "{name} ({agency}) không nhận được tin từ {at}: {reason}. Đề nghị liên hệ bằng cách khác hoặc mời người khác."
    ),
    "unreachable.blocked": "người này đã chặn bot",
    "unreachable.gone": "tài khoản hoặc cuộc trò chuyện không còn",
    "unacknowledged.title": "⚠️ <b>Chưa xác nhận tiếp nhận nhiệm vụ</b> (đã giao quá 2 ngày làm việc)",
    "unacknowledged.row": "<b>{task}</b>: {names}",
    "past.title": "🗂 <b>Văn bản có nhiệm vụ đã quá thời hạn</b>",
    "past.body": "“{document}” vừa được cập nhật, trong đó có {count} nhiệm vụ đã quá hạn (hạn sớm nhất {day}). Chưa gửi thông báo về các nhiệm vụ đó đến các cơ quan. Đề nghị đồng chí chọn:",
    "past.done_now": "Đã chọn: nhắc từ nay về sau. Nhiệm vụ quá hạn được đôn đốc theo lịch hằng tuần.",
    "past.done_all": "Đã chọn: nhắc cả nhiệm vụ đã quá hạn, gửi ngay cho các cơ quan.",
    "past.done_silent": "Đã chọn: không nhắc các nhiệm vụ đã quá hạn; các nhiệm vụ khác vẫn được nhắc.",
    "past.already": "Đã có người chọn trước: {choice}.",
    "past.choice.now": "nhắc từ nay về sau",
    "past.choice.all": "nhắc cả việc đã quá hạn",
    "past.choice.silent": "không nhắc việc đã quá hạn",
}
