"""Vietnamese: agencies whose messages do not say what they are about."""

SENTENCES: dict[str, str] = {
    "discreet.open": "Nội dung không hiện trong tin nhắn. Đề nghị đồng chí bấm nút dưới đây để xem.",
    "discreet.open_group": "Nội dung không hiện trong nhóm. Đề nghị đồng chí mở trò chuyện riêng với bot, gõ /viec.",
    "discreet.receipt": "🧾 <b>Biên nhận báo cáo số {number}</b>\nThời gian: {at}",
    "discreet.news": "ℹ️ <b>Có thông báo mới về nhiệm vụ của cơ quan</b>",
    "button.open_bot": "💬 Mở trò chuyện riêng",
    "button.discreet_on": "🔒 Bật chế độ kín",
    "button.discreet_off": "🔓 Tắt chế độ kín",
    "agency.discreet": "🔒 Chế độ kín: tin nhắn không nêu nội dung nhiệm vụ.",
    "event.agency_discreet": "Đổi chế độ kín của cơ quan",
    "event.field.discreet": "Chế độ kín",
}
