"""Vietnamese: joining and help."""

SENTENCES: dict[str, str] = {
    # --- joining
    "stranger": (
        "Kính chào đồng chí. Đây là bot nhắc việc nội bộ của {office}.\n"
        "Đồng chí chưa được mời tham gia. Xin liên hệ {office} để nhận liên kết mời."
    ),
    "answers.behind": "⏩ Đồng chí gửi nhanh hơn bot trả lời được: nội dung đã ghi nhận đủ, một số câu trả lời được bỏ qua.",
    "invite.bad": "Liên kết mời này không đúng, đã được dùng hoặc đã hết hạn. Xin liên hệ {office} để nhận liên kết mới.",
    "welcome": "👋 <b>Chào đồng chí {name}!</b>\nĐồng chí tham gia với vai trò {role}{agency}.",
    "welcome.of": " – {agency}",
    "welcome.agency": "Cơ quan hiện có {count} nhiệm vụ đang thực hiện. Khi đến hạn, bot sẽ nhắc tại đây.",
    "welcome.head": (
        "Cơ quan hiện có {count} nhiệm vụ đang thực hiện. Khi đến hạn, bot nhắc chuyên viên; cơ quan chưa có chuyên viên "
        "thì nhắc đồng chí. Tin đôn đốc của Văn phòng đến cả đồng chí."
    ),
    "welcome.secretariat": "Báo cáo của các cơ quan sẽ đến đây để xác nhận. /quahan: việc quá hạn; /tonghop: số liệu chung.",
    "welcome.viewer": "Đồng chí xem số liệu bằng /tonghop, /quahan, /denhan. Hệ thống không gửi tin nhắc việc đến đồng chí.",
    "welcome.again": "Đồng chí đã có vai trò này rồi; liên kết mời vẫn còn dùng được cho người khác.",
    "greeting": "👋 Chào đồng chí {name}. Đồng chí là {roles}.",
    "invite.choose_agency": "✉️ <b>Mời người tham gia</b>\nĐề nghị đồng chí chọn cơ quan của người được mời:",
    "invite.choose_role": "✉️ Mời vào <b>{agency}</b> với vai trò:",
    "invite.button_officer": "Chuyên viên, văn thư",
    "invite.button_head": "Lãnh đạo cơ quan",
    "invite.button_secretariat": "Cán bộ Văn phòng",
    "invite.button_viewer": "Thường trực, Ban Thường vụ (chỉ xem)",
    "invite.link": (
        "✉️ <b>Liên kết mời</b> – {who}\n{link}\n\nDùng được một lần, đến {expires}. "
        "Đề nghị chuyển cho đúng người; ai mở trước người đó tham gia."
    ),
    "invite.who_agency": "{role}, {agency}",
    # --- help
    "help.title": "❓ <b>Trợ giúp</b>",
    "help.agency": "Khi có nhiệm vụ, bot thông báo tại đây. Đồng chí thực hiện như sau:\n1. Bấm “Đã nhận nhiệm vụ”.\n2. Khi xong, bấm “Báo cáo hoàn thành”, nhập nội dung hoặc gửi tệp, bấm “Gửi báo cáo”.\n3. Giữ biên nhận có số và thời gian.\nCũng có thể trả lời (reply) thẳng vào tin nhắc để báo cáo.",
    "help.secretariat": (
        "Báo cáo đến sẽ hiện tại đây với nút “Xác nhận hoàn thành” và “Trả lại để bổ sung”.\n"
        "Xem việc quá hạn và đôn đốc bằng /quahan; xem bot sắp nhắc ai, khi nào, vì sao bằng /lichnhac; mời người tham gia bằng /moi."
    ),
    "help.viewer": "Xem số liệu: /tonghop, /quahan, /denhan.",
    "help.commands": "Các lệnh:\n{commands}",
    "help.command": "/{command} – {what}",
    "command.start": "bắt đầu",
    "command.viec": "danh sách nhiệm vụ",
    "command.baocao": "báo cáo nhiệm vụ",
    "command.giahan": "đề nghị gia hạn",
    "command.quahan": "nhiệm vụ quá hạn",
    "command.denhan": "nhiệm vụ sắp đến hạn",
    "command.lichnhac": "lịch nhắc việc sắp tới",
    "command.tonghop": "tổng hợp số liệu",
    "command.giaoviec": "giao nhiệm vụ",
    "command.moi": "mời người tham gia",
    "command.lichsu": "lịch sử nhiệm vụ",
    "command.caidat": "cài đặt",
    "command.trogiup": "trợ giúp",
    "command.huy": "hủy nội dung đang soạn",
    "namesake": "{name} ({what})",
    "namesake.joined": "tham gia {day}",
    "namesake.number": "số {n}",
}
