"""Vietnamese: who is told first, who proposes and who decides."""

SENTENCES: dict[str, str] = {
    # --- proposing
    "propose.title": "📝 <b>Báo cáo số {number}: có đề xuất, chờ quyết định</b>",
    "propose.done_accept": "📝 {name} đề xuất xác nhận hoàn thành lúc {at}.",
    "propose.done_return": "📝 {name} đề xuất trả lại để bổ sung lúc {at}.",
    "propose.note": "Ý kiến: <blockquote>{note}</blockquote>",
    "propose.days": "Thời gian bổ sung đề xuất: {n} ngày làm việc",
    "propose.decided": "📝 <b>Đề xuất về báo cáo số {number} đã được quyết định</b>\n{agency} – <b>{label}</b>: {task}",
    "propose.ask_note": (
        "📝 <b>Đề xuất xác nhận hoàn thành báo cáo số {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Đề nghị đồng chí nhập ý kiến (nếu có) rồi gửi vào đây."
    ),
    "propose.preview": (
        "👀 <b>Đề xuất xác nhận hoàn thành báo cáo số {number}</b>\n{agency} – <b>{label}</b>\n"
        "Ý kiến:\n<blockquote>{note}</blockquote>"
    ),
    "propose.to_whom": "Người quyết định: {names}.",
    "button.propose_accept": "📝 Đề xuất xác nhận hoàn thành",
    "button.propose_return": "📝 Đề xuất trả lại để bổ sung",
    "button.propose_plain": "Gửi, không kèm ý kiến",
    "refuse.heads_decide": "{office} đang thực hiện: chuyên viên đề xuất, lãnh đạo quyết định. Người quyết định báo cáo này: {name}.",
    "refuse.proposed": "{name} đã đề xuất về báo cáo này lúc {at}; đang chờ lãnh đạo quyết định.",
    "event.proposed_accept": "Đề xuất xác nhận hoàn thành",
    "event.proposed_return": "Đề xuất trả lại để bổ sung",
    # --- counting by the deadlines given first
    "summary.original": (
        "– Tính theo thời hạn ban đầu ({n} nhiệm vụ đã gia hạn): đã hoàn thành đúng hạn {completed_on_time}, quá hạn {completed_late}; chưa hoàn thành trong hạn {within}, quá hạn {overdue}"
    ),
    # --- the room: who decides
    "button.settings_decide": "📝 Đề xuất và quyết định",
    "decide.room": "Đề xuất và quyết định",
    "decide.off": "Đang tắt: ai trong Văn phòng cũng xác nhận, trả lại báo cáo được.",
    "decide.on": "Đang bật: <b>chuyên viên đề xuất, lãnh đạo Văn phòng quyết định</b>.",
    "decide.deciders": "Người quyết định: {names}.",
    "decide.nobody": "Chưa chọn người quyết định.",
    "decide.meaning": (
        "Bấm tên để chọn hoặc bỏ chọn người quyết định. Khi bật, người khác bấm “Xác nhận hoàn thành” "
        "hoặc “Trả lại để bổ sung” thì thành đề xuất gửi người quyết định."
    ),
    "decide.added": "Đã chọn làm người quyết định.",
    "decide.removed": "Đã bỏ chọn.",
    "button.decide_on": "▶ Bật đề xuất, quyết định",
    "button.decide_off": "⏹ Tắt đề xuất, quyết định",
    "refuse.no_decider": "Chưa bật được: chưa có người quyết định. Đề nghị bấm tên ít nhất một đồng chí trước, rồi bật.",
    "refuse.last_decider": "Đây là người quyết định cuối cùng. Đề nghị chọn đồng chí khác trước, hoặc tắt đề xuất, quyết định.",
    "refuse.not_in_secretariat": "Người này không còn trong Văn phòng. Đề nghị mở lại /caidat.",
    "event.decider_changed": "Đổi người quyết định báo cáo",
    # --- the room: who follows what
    "button.settings_monitors": "🧭 Chuyên viên theo dõi",
    "monitors.room": "Chuyên viên theo dõi",
    "monitors.meaning": (
        "Chuyên viên theo dõi nhận trước báo cáo, đề nghị gia hạn, đề nghị chuyển của cơ quan hoặc văn bản mình theo dõi; "
        "sau 1 ngày làm việc chưa xử lý thì cả Văn phòng nhận. Người theo dõi cơ quan được tính trước người theo dõi văn bản."
    ),
    "monitors.choose_a": "Đề nghị đồng chí chọn cơ quan (▸ là đã có người theo dõi):",
    "monitors.choose_d": "Đề nghị đồng chí chọn văn bản (▸ là đã có người theo dõi):",
    "monitors.row": "{n}. {name}",
    "monitors.row_named": "{n}. ▸ {name} – {monitor}",
    "monitors.of": "<b>{name}</b>",
    "monitors.named": "Đang theo dõi: {name}.",
    "monitors.nobody": "Chưa có người theo dõi: cả Văn phòng cùng nhận.",
    "monitors.lost": "⚠️ Người này hiện không nhận được tin, nên cả Văn phòng cùng nhận.",
    "monitors.press": "Bấm tên để chọn; bấm lại để bỏ chọn.",
    "button.monitors_a": "Theo cơ quan",
    "button.monitors_d": "Theo văn bản",
    "event.monitor_changed": "Đổi chuyên viên theo dõi",
}
