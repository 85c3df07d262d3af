"""Vietnamese: what is held for a minute, taken back, paused."""

SENTENCES: dict[str, str] = {
    "button.take_back": "↩️ Thu lại",
    "press.held": "📣 Sẽ gửi đôn đốc {count} nhiệm vụ sau 1 phút (bấm lúc {at}). Trong thời gian đó có thể thu lại.",
    "past.held": (
        "Đã chọn: nhắc cả nhiệm vụ đã quá hạn. Sẽ gửi cho các cơ quan sau 1 phút, trong thời gian đó có thể thu lại."
    ),
    "taken_back": "↩️ Đã thu lại {n} tin nhắn; chưa tin nào được gửi.",
    "taken_back.some": "↩️ Đã thu lại {n} tin nhắn; {gone} tin đã gửi trước đó.",
    "refuse.gone_already": "Đã quá 1 phút, tin nhắn đã gửi nên không thu lại được.",
    "refuse.press_held": "Tin đôn đốc đang chờ 1 phút để có thể thu lại. Đề nghị đợi gửi xong.",
    "refuse.sent_already": "Đã gửi rồi. Nếu cần gửi tiếp, đề nghị mở lại danh sách.",
    "refuse.document_paused": "Đang tạm dừng gửi về văn bản “{document}”. Vào /caidat để gửi tiếp.",
    "event.chat_lost": "Không còn gửi được tin cho một cuộc trò chuyện",
    "store.button": (
        "Hệ thống tạm thời chưa lưu được dữ liệu. Thao tác của đồng chí đang chờ và sẽ được xử lý khi khắc phục xong, "
        "không cần bấm lại."
    ),
    "store.message": (
        "⏳ Hệ thống tạm thời chưa lưu được dữ liệu. Tin của đồng chí đang chờ và sẽ được xử lý ngay khi khắc phục "
        "xong; đồng chí không cần gửi lại."
    ),
    "event.bot_changed": "Thay bot khác",
    "undelivered": (
        "⚠️ <b>Có {count} tin nhắn không gửi được</b>\n"
        "Telegram không nhận nội dung của các tin này. Tin vẫn được lưu; đề nghị báo bộ phận kỹ thuật kiểm tra "
        "(lệnh <code>dondoc doctor</code>)."
    ),
    "bot_changed": (
        "🔁 <b>Bot đã được thay bằng @{bot}</b> (từ {at})\n"
        "Còn {count} người và nhóm chưa nhận được tin từ bot mới. Đề nghị chuyển cho họ địa chỉ "
        "t.me/{bot} và nhắc bấm “Bắt đầu”; với nhóm, đề nghị thêm @{bot} vào nhóm. "
        "Tin đang chờ sẽ được gửi ngay sau đó."
    ),
    "event.chat_back": "Gửi lại được tin cho một cuộc trò chuyện",
    "event.paused": "Tạm dừng gửi",
    "event.unpaused": "Gửi tiếp",
    "event.document_paused": "Tạm dừng gửi về văn bản",
    "event.document_unpaused": "Gửi tiếp về văn bản",
}
