"""Vietnamese: messages to agencies."""

SENTENCES: dict[str, str] = {
    # --- messages to agencies
    "assignment.title": "📌 <b>Giao nhiệm vụ</b>",
    "assignment.title_again": "📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>",
    "assignment.please": "Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để {office} biết cơ quan đã tiếp nhận.",
    "assignment.coordinating": "Cơ quan đồng chí tham gia phối hợp.",
    "reminder.before": "🔔 <b>Nhắc việc lần {n}</b> – {left}",
    "reminder.after": "🔴 <b>Đôn đốc lần {n}</b> – {left}",
    "reminder.please_before": "Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về {office}.",
    "reminder.please_after": (
        "Nhiệm vụ đã quá thời hạn mà {office} chưa nhận được báo cáo. "
        "Đề nghị cơ quan khẩn trương thực hiện và báo cáo kết quả."
    ),
    "reminder.please_unfinished": "Nhiệm vụ đã quá thời hạn mà chưa hoàn thành. Đề nghị cơ quan khẩn trương thực hiện, bổ sung và báo cáo kết quả.",
    "question.title": "💬 <b>Đề nghị cho biết tình hình thực hiện</b>",
    "question.please": "Nhiệm vụ thường xuyên: đề nghị cơ quan báo cáo ngắn gọn tình hình, kết quả thực hiện về {office}.",
    "digest.title": "🔔 <b>Tổng hợp nhắc việc: {count} nhiệm vụ</b>",
    "digest.title_assignment": "📌 <b>Giao nhiệm vụ: {count} nhiệm vụ</b>",
    "digest.agency": "Cơ quan: {agency}",
    "digest.reminder_before": "{n}. <b>Nhắc việc lần {number}</b> – {left}",
    "digest.reminder_after": "{n}. 🔴 <b>Đôn đốc lần {number}</b> – {left}",
    "digest.plain": "{n}. <b>{what}</b>",
    "digest.row": "<b>{label}</b>: {task}\n{due}",
    "digest.more": "… và {count} nhiệm vụ nữa, xem trong /viec.",
    "digest.please": "Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.",
    "withdrawn": "ℹ️ <b>Thôi giao nhiệm vụ</b>\n<b>{label}</b>: {task}\n{document}\nCơ quan không phải báo cáo đối với nhiệm vụ này.",
    "changes.title": "ℹ️ <b>Điều chỉnh {count} nhiệm vụ</b>",
    "changes.changed": "• Điều chỉnh <b>{label}</b>: {task}",
    "changes.withdrawn": "• Thôi giao <b>{label}</b>: {task}",
    "changed": ("ℹ️ <b>Nhiệm vụ được điều chỉnh</b>\n<b>{label}</b>: {task}\n{document}\n{changes}"),
    "changed.field": "• {field}: {before} → <b>{after}</b>",
    "changed.field.title": "Tên nhiệm vụ",
    "changed.field.text": "Nội dung",
    "changed.field.due": "Thời hạn",
    "changed.field.deadline_text": "Thời hạn ghi trong văn bản",
    "changed.field.product": "Sản phẩm",
    "changed.field.person": "Người phụ trách",
    "changed.field.other": "Thông tin khác",
    "changed.empty": "chưa có",
}
