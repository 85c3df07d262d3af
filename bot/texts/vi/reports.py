"""Vietnamese: reports."""

SENTENCES: dict[str, str] = {
    # --- reports
    "report.kind.progress": "báo cáo tiến độ",
    "report.kind.any": "báo cáo",
    "report.kind.completion": "báo cáo hoàn thành",
    "report.choose": "Đồng chí muốn báo cáo nhiệm vụ nào?",
    "report.which_task": "✍️ <b>Nội dung này báo cáo cho nhiệm vụ nào?</b>",
    "report.ask": (
        "✍️ <b>{kind}</b>\n<b>{label}</b>: {task}\n\n"
        "Đề nghị đồng chí nhập nội dung báo cáo rồi gửi vào đây; có thể gửi kèm tệp hoặc ảnh (mỗi tệp không quá 20 MB). "
        "Không gửi tài liệu mật."
    ),
    "report.ask_contribution": "✍️ <b>Ý kiến, báo cáo phối hợp</b>\n<b>{label}</b>: {task}\n\nĐề nghị đồng chí nhập nội dung hoặc gửi tệp vào đây. Không gửi tài liệu mật.",
    "report.preview": "👀 <b>Xem lại trước khi gửi – {kind}</b>\n<b>{label}</b>: {task}\nCơ quan: {agency}",
    "report.ask_columns": "Cần nêu: kết quả; nguyên nhân chậm, khó khăn, đề xuất, dự kiến hoàn thành (nếu có; bot sẽ hỏi từng mục, bỏ qua được).",
    "report.ask_product": "Sản phẩm cần có: <b>{product}</b>. Đề nghị ghi số, ngày văn bản, người ký và gửi kèm tệp; chưa có thì báo cáo được ghi “chưa có văn bản”.",
    "report.preview_entering": "👀 <b>Xem lại trước khi ghi nhận thay</b>\n<b>{label}</b>: {task}\nCơ quan: {agency}",
    "report.preview_hint_entering": "Đề nghị gửi tệp văn bản vào đây (không gửi tài liệu mật), thêm tóm tắt nếu cần. Nếu đã đủ, bấm nút gửi.",
    "report.preview_text": "Nội dung:\n<blockquote>{text}</blockquote>",
    "report.preview_no_text": "Nội dung: (chưa có)",
    "report.preview_files": "Tệp gửi kèm: {names}",
    "report.preview_hint": "Có thể gửi thêm nội dung hoặc tệp (không gửi tài liệu mật). Nếu đã đủ, bấm “Gửi báo cáo”.",
    "button.reports": "📄 Các báo cáo",
    "report.list": "📄 <b>Các báo cáo</b>\n{agency} – {label}",
    "report.row": "• Số {number}: {kind}, {at} · {state}",
    "report.state.pending": "chờ xác nhận",
    "report.state.accepted": "đã xác nhận",
    "report.state.returned": "đã trả lại",
    "report.none": "Chưa có báo cáo nào.",
    "report.version": "✏️ Bản trước khi sửa lúc {at}:\n<blockquote>{text}</blockquote>",
    "report.cut": "… (đã rút gọn để xem; bản gửi đi giữ đủ {count} ký tự)",
    "report.taken_out": "↩️ Đã bỏ: {what}",
    "report.sent": "📤 Đã gửi {kind}. Biên nhận ở tin nhắn dưới đây.",
    "report.cancelled": "Đã hủy; không có nội dung nào được gửi.",
    "receipt": (
        "🧾 <b>Biên nhận báo cáo số {number}</b>\nThời gian: {at}\n{kind}: <b>{label}</b>, {task}\n"
        "Cơ quan: {agency}\nNgười gửi: {sender}"
    ),
    "receipt.files": "Tệp gửi kèm: {names}",
    "receipt.waiting": "{office} sẽ xem xét, xác nhận. Từ nay cơ quan không nhận thêm tin nhắc về nhiệm vụ này, trừ trường hợp báo cáo được trả lại để bổ sung.",
    "receipt.on_time": "Nộp đúng hạn ({day}).",
    "receipt.late": "Nộp quá hạn {days} ngày (hạn {day}).",
    "submitted.title": "📥 <b>{kind} số {number}</b>",
    "submitted.body": "Cơ quan: <b>{agency}</b>\n<b>{label}</b>: {task}\n{document}\nGửi lúc {at}, người gửi: {sender}",
    "submitted.text": "<blockquote>{text}</blockquote>",
    "waiting.title": "🕓 <b>Báo cáo số {number} đang chờ xác nhận</b> (nộp lúc {at})",
    "accepted": (
        "✅ <b>Đã xác nhận hoàn thành</b>\nBáo cáo số {number}: <b>{label}</b>, {task}\n{result}\n"
        "{office} xác nhận lúc {at}."
    ),
    "returned": (
        "↩️ <b>Báo cáo số {number} được trả lại để bổ sung</b>\n<b>{label}</b>: {task}\n"
        "Lý do: <blockquote>{reason}</blockquote>"
    ),
    "returned.again": "Đề nghị cơ quan bổ sung và gửi lại.",
    "review.done_accepted": "✅ {name} đã xác nhận hoàn thành lúc {at}.",
    "review.done_returned": "↩️ {name} đã trả lại báo cáo lúc {at}. Lý do: {reason}",
    "review.ask_reason": (
        "↩️ <b>Trả lại báo cáo số {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Đề nghị đồng chí nhập lý do, nội dung cần bổ sung rồi gửi vào đây."
    ),
    "review.complete_by": "Cơ quan bổ sung chậm nhất ngày <b>{day}</b> (sau {n} ngày làm việc); thời hạn gốc vẫn giữ.",
    "review.ask_time": "↩️ <b>Trả lại báo cáo số {number}</b>\n{agency} – <b>{label}</b>\n\nCơ quan được bổ sung trong bao nhiêu ngày làm việc? Đề nghị nhập số ngày (ví dụ: 7) hoặc ngày (ví dụ: {day}).",
    "button.complete_in_other": "✏️ Số ngày khác",
    "refuse.days_to_complete": "Đề nghị nhập số ngày làm việc từ 1 đến {longest}, ví dụ: 7; hoặc một ngày sau hôm nay.",
    "button.complete_in": "{n} ngày",
    "review.preview": "👀 <b>Trả lại báo cáo số {number}</b>\n{agency} – <b>{label}</b>\nLý do:\n<blockquote>{reason}</blockquote>",
}
