"""Vietnamese: what a load tells agencies."""

SENTENCES: dict[str, str] = {
    "button.load_send": "📤 Gửi thông báo",
    "load.about_to_send": "📨 <b>Sắp báo cho các cơ quan về văn bản vừa nạp</b>\n{document}",
    "load.sent": "📨 <b>Đã báo cho các cơ quan về văn bản vừa nạp</b>\n{document}",
    "load.whom": "{people} người nhận ở {n} cơ quan: {names}",
    "load.unreached": "{n} cơ quan chưa có người nhận, tin chờ người tham gia: {names}",
    "load.example": "Nội dung gửi {agency}:",
    "load.minute": "Nạp lúc {at}; gửi sau 1 phút, trong thời gian đó có thể thu lại. Thu lại chỉ dừng tin, nhiệm vụ đã nạp giữ nguyên.",
    "load.taken_back": "↩️ <b>Đã thu lại {n} tin</b>\n{document}\nChưa cơ quan nào nhận được tin. Nhiệm vụ đã nạp giữ nguyên; lần nạp sau có thay đổi sẽ báo cả những việc này.",
    "load.taken_back_some": "↩️ <b>Đã thu lại {n} tin</b>, {gone} tin đã gửi trước đó\n{document}\nNhiệm vụ đã nạp giữ nguyên; lần nạp sau có thay đổi sẽ báo cả những việc này.",
    "refuse.load_nothing_held": "Không có tin của lần nạp nào đang chờ: tin đã gửi, hoặc đã thu lại.",
    "refuse.load_taken_back": "Các tin này đã được thu lại rồi.",
    "load.by_command": "Tin được giữ 1 phút; thu lại: dondoc load --take-back, hoặc nút “Thu lại” trong bot.",
    "load.would_hold": "Khi nạp, tin được giữ 1 phút và có thể thu lại.",
    "load.tells_nobody": "Không có tin nào gửi cơ quan.",
    "load.past_held": "Có nhiệm vụ đã quá thời hạn: chưa gửi gì về các nhiệm vụ đó, chờ Văn phòng chọn trong bot hoặc nạp lại với --past now|all|silent.",
    "load.refused": "{path}: không nạp được, bot vẫn chạy:",
    "load.no_room": "document.file: DATA_DIR không ghi được ({reason}); chưa lưu tệp văn bản.",
    "load.done": "Đã nạp {document}: thêm {created}, sửa {updated}, không đổi {unchanged}, thôi giao {withdrawn} nhiệm vụ; {assignments} lượt giao trong tệp.",
    "load.planned": "Sẽ nạp {document}: thêm {created}, sửa {updated}, không đổi {unchanged}, thôi giao {withdrawn} nhiệm vụ; {assignments} lượt giao trong tệp.",
}
