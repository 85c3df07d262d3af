"""Vietnamese: tasks, snoozing, extensions."""

SENTENCES: dict[str, str] = {
    # --- a task
    "task.document": "Văn bản: {document}",
    "task.numbered": "{title} (số {number})",
    "task.numbered_dated": "{title} (số {number} ngày {day})",
    "task.dated": "{title} (ngày {day})",
    "task.text": "Nội dung: {text}",
    "task.product": "Sản phẩm: {product}",
    "task.person": "Người phụ trách: {person}",
    "task.coordinating": "Phối hợp: {names}",
    "task.due": "Thời hạn: <b>{day}</b> ({left})",
    "task.due_words": "Thời hạn: <b>{day}</b> – văn bản ghi “{words}” ({left})",
    "task.due_closed_words": "Thời hạn: {day} – văn bản ghi “{words}”",
    "task.due_closed": "Thời hạn: {day}",
    "task.no_due": "Thời hạn: chưa ấn định",
    "task.original_due": "Thời hạn ban đầu: {day} (đã gia hạn, điều chỉnh)",
    "task.earlier_dues": "Các thời hạn sau đó: {days}",
    "task.extension_pending": "⏳ Đề nghị gia hạn đến {day}, gửi lúc {at}, đang chờ trả lời",
    "task.transfer_pending": "⏳ Đề nghị chuyển cơ quan khác, gửi lúc {at}, đang chờ trả lời",
    "request.over": "Nhiệm vụ đã kết thúc, đề nghị không còn cần trả lời",
    "refuse.own_request": "Đồng chí không thể trả lời đề nghị do chính mình gửi. Đề nghị để người khác của {office} trả lời.",
    "refuse.request_closed": "Nhiệm vụ đang tạm dừng hoặc đã kết thúc nên không trả lời được đề nghị này.",
    "task.ongoing": "Thời hạn: thường xuyên",
    "task.settled_none": "Thời hạn: không có",
    "task.no_due_words": "Thời hạn: văn bản ghi “{words}”, chưa ấn định ngày cụ thể",
    "task.unconfirmed": "Thời hạn: văn bản ghi “{words}”; {office} đang xác định thời hạn này có áp dụng đối với nhiệm vụ hay không",
    "task.status": "Tình trạng: {status}",
    "task.status_timeliness": "Tình trạng: {status} · {timeliness}",
    "task.acknowledged": "Đã tiếp nhận nhiệm vụ lúc {at}",
    "task.acknowledged_by": "Đã tiếp nhận nhiệm vụ lúc {at} ({name})",
    "task.submitted": "Đã báo cáo hoàn thành lúc {at}",
    "task.last_report": "Báo cáo gần nhất: số {number}, {at}",
    "task.last_return": "{office} trả lại: {reason}",
    "task.agency": "{role}: {agency}",
    "tasks.title": "📋 <b>Nhiệm vụ của {agency}</b>",
    "tasks.title_all": "📋 <b>Tất cả nhiệm vụ đang theo dõi</b>",
    "tasks.title_withdrawn": "🚫 <b>Nhiệm vụ đã thôi giao</b>",
    "button.withdrawn": "🚫 Đã thôi giao ({n})",
    "tasks.none": "Hiện chưa có nhiệm vụ nào được giao.",
    "tasks.none_open": "Không còn nhiệm vụ nào đang thực hiện.",
    "tasks.row": "{n}. {mark} <b>{label}</b>\n{task}\n<i>{state}</i>",
    "tasks.row_agency": "{n}. {mark} <b>{agency}</b> – {label}\n{task}\n<i>{state}</i>",
    "tasks.row_due": "hạn {day}, {left} · {status}",
    "tasks.row_undated": "{deadline} · {status}",
    "tasks.hint": "Bấm số thứ tự để xem và báo cáo.",
    "tasks.choose_agency": "Đồng chí phụ trách nhiều cơ quan. Đề nghị đồng chí chọn cơ quan:",
    "tasks.page": "Trang {page}/{pages} – tổng số {total}",
    # --- periods
    "period.month": "kỳ tháng {month}/{year}",
    "period.quarter": "kỳ quý {quarter}/{year}",
    "period.half_first": "kỳ 6 tháng đầu năm {year}",
    "period.half_last": "kỳ 6 tháng cuối năm {year}",
    "period.year": "kỳ năm {year}",
    "period.week": "kỳ tuần {week} (đến {day})",
    "period.day": "kỳ ngày {day}",
    # --- snooze and extension
    "snooze.ask": "⏰ Nhắc lại đồng chí khi nào? (chỉ riêng đồng chí; người khác trong cơ quan vẫn được nhắc)",
    "snooze.day": "Sáng {day}",
    "button.snooze_other": "📅 Chọn ngày khác",
    "snooze.ask_day": "⏰ Đề nghị nhập ngày nhắc lại: một ngày làm việc từ {first} đến {last}, ví dụ: {first}.",
    "snooze.choose_day": "“{text}” có thể hiểu là những ngày sau. Đề nghị chọn:",
    "snooze.what": "Nhắc lại sau: {label}",
    "snooze.done": "⏰ Sẽ nhắc lại đồng chí sáng {day}.",
    "snooze.title": "⏰ <b>Nhắc lại theo yêu cầu của đồng chí</b> – {left}",
    "task.stopped": "Từ {at}.",
    "extension.ask_date": (
        "🗓 <b>Đề nghị gia hạn</b>\n{agency} – <b>{label}</b>: {task}\nHạn hiện nay: {due}\n\n"
        "Đề nghị đồng chí nhập thời hạn đề nghị, ví dụ: {example} hoặc “trong tháng {month}”."
    ),
    "extension.ask_reason": "Đề nghị gia hạn đến <b>{day}</b>. Đề nghị đồng chí nhập lý do.",
    "extension.preview": (
        "👀 <b>Đề nghị gia hạn</b>\n{agency} – <b>{label}</b>: {task}\nTừ {due} đến <b>{day}</b>\nLý do:\n<blockquote>{reason}</blockquote>"
    ),
    "extension.choose": "Đồng chí muốn đề nghị gia hạn nhiệm vụ nào?",
    "extension.sent": "📤 Đã gửi đề nghị gia hạn đến {day}. {office} sẽ trả lời.",
    "extension.requested": (
        "🗓 <b>Đề nghị gia hạn</b>\n{agency} – <b>{label}</b>: {task}\n{document}\n"
        "Từ {due} đến <b>{day}</b>\nLý do: <blockquote>{reason}</blockquote>"
    ),
    "extension.requested_short": "🗓 {agency} – <b>{label}</b>: đề nghị gia hạn đến <b>{day}</b>",
    "extension.agreed": (
        "✅ <b>Đồng ý gia hạn</b>\n<b>{label}</b>: {task}\nThời hạn mới: <b>{day}</b> (trước đây {due})."
    ),
    "extension.granted": (
        "🗓 <b>{office} gia hạn nhiệm vụ</b>\n<b>{label}</b>: {task}\nThời hạn mới: <b>{day}</b> (trước đây {due})."
    ),
    "extension.refused": (
        "✖️ <b>Chưa đồng ý gia hạn</b>\n<b>{label}</b>: {task}\nThời hạn giữ nguyên: <b>{due}</b>.\nLý do: {reason}"
    ),
    "extension.ask_refusal": "✖️ <b>Chưa đồng ý gia hạn</b>\n{agency} – <b>{label}</b>\n\nĐề nghị đồng chí nhập lý do.",
    "extension.refusal_preview": "👀 <b>Chưa đồng ý gia hạn</b>\n{agency} – <b>{label}</b>\nLý do:\n<blockquote>{reason}</blockquote>",
    "extension.done_agreed": "✅ {name} đã đồng ý gia hạn lúc {at}.",
    "extension.done_refused": "✖️ {name} chưa đồng ý gia hạn, lúc {at}. Lý do: {reason}",
}
