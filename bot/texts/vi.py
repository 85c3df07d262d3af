"""Vietnamese: the language of the office. Values in braces are escaped when put in."""

VIETNAMESE: dict[str, str] = {
    "plain": "{text}",
    "names": "{names}",
    "names.more": "{names} và {n} cơ quan khác",
    "moment": "{time} ngày {day}",
    # --- words
    "role.officer": "chuyên viên",
    "role.head": "lãnh đạo cơ quan",
    "role.secretariat": "Văn phòng theo dõi, đôn đốc",
    "role.viewer": "theo dõi kết quả",
    "assignment_role.lead": "Cơ quan chủ trì",
    "assignment_role.coordinating": "Cơ quan phối hợp",
    "status.not_started": "Chưa tiếp nhận",
    "status.acknowledged": "Đã tiếp nhận",
    "status.in_progress": "Đang thực hiện",
    "status.awaiting_on_time": "Chờ xác nhận (nộp đúng hạn)",
    "status.awaiting_late": "Chờ xác nhận (nộp quá hạn)",
    "status.awaiting": "Chờ xác nhận",
    "status.completed_on_time": "Đã hoàn thành (đúng hạn)",
    "status.completed_late": "Đã hoàn thành (quá hạn)",
    "status.completed": "Đã hoàn thành",
    "status.suspended": "Tạm dừng",
    "status.withdrawn": "Thôi giao",
    "timeliness.on_time": "Trong hạn",
    "timeliness.due_soon": "Sắp đến hạn",
    "timeliness.overdue": "Quá hạn",
    "timeliness.no_deadline": "Chưa ấn định thời hạn",
    "days.left": "còn {days} ngày",
    "days.today": "hôm nay là hạn cuối (còn 0 ngày)",
    "days.overdue": "quá hạn {days} ngày",
    # --- buttons
    "button.acknowledge": "✅ Đã nhận nhiệm vụ",
    "button.acknowledge_all": "✅ Đã nhận nhiệm vụ ({n})",
    "button.progress": "📝 Báo cáo tiến độ",
    "button.completion": "🏁 Báo cáo hoàn thành",
    "button.extension": "🗓 Đề nghị gia hạn",
    "button.snooze": "⏰ Nhắc lại sau",
    "button.view": "🔎 Xem nhiệm vụ",
    "button.view_n": "🔎 Xem nhiệm vụ {n}",
    "button.accept": "✅ Xác nhận hoàn thành",
    "button.return": "↩️ Trả lại để bổ sung",
    "button.extension_agree": "✅ Đồng ý gia hạn",
    "button.extension_refuse": "✖️ Chưa đồng ý gia hạn",
    "button.press": "📣 Đôn đốc",
    "button.press_n": "📣 Đôn đốc {n}",
    "button.press_all": "📣 Đôn đốc tất cả ({n})",
    "button.send_report": "📤 Gửi báo cáo",
    "button.send_completion": "📤 Gửi báo cáo hoàn thành",
    "button.send_progress": "📤 Gửi báo cáo tiến độ",
    "button.send_request": "📤 Gửi đề nghị",
    "button.send": "📤 Gửi",
    "button.cancel": "Hủy, không gửi",
    "button.back": "‹ Quay lại",
    "button.next": "Trang sau ›",
    "button.previous": "‹ Trang trước",
    "button.my_tasks": "📋 Việc của cơ quan",
    "button.overdue": "🔴 Danh sách quá hạn",
    "button.upcoming": "🟠 Sắp đến hạn",
    "button.waiting": "🕓 Báo cáo chờ xác nhận ({n})",
    "button.report_n": "📄 Báo cáo số {n}",
    "button.file": "📎 {name}",
    "button.past_now": "Nhắc từ nay về sau",
    "button.past_all": "Nhắc cả việc đã quá hạn",
    "button.past_silent": "Không nhắc văn bản này",
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
    "task.due_closed": "Thời hạn: {day}",
    "task.no_due": "Thời hạn: chưa ấn định",
    "task.ongoing": "Thời hạn: thường xuyên",
    "task.no_due_words": "Thời hạn: văn bản ghi “{words}”, chưa ấn định ngày cụ thể",
    "task.unconfirmed": "Thời hạn: văn bản ghi “{words}”, Văn phòng đang xác nhận có áp dụng cho việc này không",
    "task.status": "Tình trạng: {status}",
    "task.status_timeliness": "Tình trạng: {status} · {timeliness}",
    "task.acknowledged": "Đã nhận nhiệm vụ lúc {at}",
    "task.submitted": "Đã báo cáo hoàn thành lúc {at}",
    "task.last_report": "Báo cáo gần nhất: số {number}, {at}",
    "task.last_return": "Văn phòng trả lại: {reason}",
    "task.agency": "{role}: {agency}",
    "tasks.title": "📋 <b>Nhiệm vụ của {agency}</b>",
    "tasks.title_all": "📋 <b>Tất cả nhiệm vụ đang theo dõi</b>",
    "tasks.none": "Hiện chưa có nhiệm vụ nào được giao.",
    "tasks.none_open": "Không còn nhiệm vụ nào đang thực hiện.",
    "tasks.row": "{n}. {mark} <b>{label}</b>\n{task}\n<i>{state}</i>",
    "tasks.row_agency": "{n}. {mark} <b>{agency}</b> – {label}\n{task}\n<i>{state}</i>",
    "tasks.row_due": "hạn {day}, {left} · {status}",
    "tasks.row_undated": "{deadline} · {status}",
    "tasks.hint": "Bấm số thứ tự để xem và báo cáo.",
    "tasks.choose_agency": "Đồng chí phụ trách nhiều cơ quan. Xin chọn cơ quan:",
    "tasks.page": "Trang {page}/{pages} – tổng số {total}",
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
    "digest.title": "🔔 <b>Tổng hợp nhắc việc: {count} nhiệm vụ</b>",
    "digest.title_assignment": "📌 <b>Giao nhiệm vụ: {count} nhiệm vụ</b>",
    "digest.agency": "Cơ quan: {agency}",
    "digest.reminder_before": "{n}. <b>Nhắc việc lần {number}</b> – {left}",
    "digest.reminder_after": "{n}. 🔴 <b>Đôn đốc lần {number}</b> – {left}",
    "digest.plain": "{n}. <b>{what}</b>",
    "digest.row": "<b>{label}</b>: {task}\n{due}",
    "digest.more": "… và {count} nhiệm vụ nữa, xem trong /viec.",
    "digest.please": "Bấm “Xem nhiệm vụ” để báo cáo từng việc.",
    "withdrawn": (
        "ℹ️ <b>Thôi giao nhiệm vụ</b>\n<b>{label}</b>: {task}\n{document}\nCơ quan không phải báo cáo nhiệm vụ này nữa."
    ),
    "changed": ("ℹ️ <b>Nhiệm vụ được điều chỉnh</b>\n<b>{label}</b>: {task}\n{document}\n{changes}"),
    "changed.field": "• {field}: {before} → <b>{after}</b>",
    "changed.field.title": "Tên nhiệm vụ",
    "changed.field.text": "Nội dung",
    "changed.field.due": "Thời hạn",
    "changed.field.deadline_text": "Thời hạn ghi trong văn bản",
    "changed.field.product": "Sản phẩm",
    "changed.field.other": "Thông tin khác",
    "changed.empty": "(trống)",
    # --- reports
    "report.kind.progress": "báo cáo tiến độ",
    "report.kind.any": "báo cáo",
    "report.kind.completion": "báo cáo hoàn thành",
    "report.choose": "Đồng chí muốn báo cáo nhiệm vụ nào?",
    "report.which_task": "✍️ <b>Nội dung này báo cáo cho nhiệm vụ nào?</b>",
    "report.ask": (
        "✍️ <b>{kind}</b>\n<b>{label}</b>: {task}\n\n"
        "Xin nhập nội dung báo cáo rồi gửi vào đây; có thể gửi kèm tệp hoặc ảnh (mỗi tệp không quá 20 MB)."
    ),
    "report.ask_contribution": (
        "✍️ <b>Góp ý, báo cáo phối hợp</b>\n<b>{label}</b>: {task}\n\nXin nhập nội dung rồi gửi vào đây."
    ),
    "report.preview": "👀 <b>Xem lại trước khi gửi – {kind}</b>\n<b>{label}</b>: {task}\nCơ quan: {agency}",
    "report.preview_text": "Nội dung:\n<blockquote>{text}</blockquote>",
    "report.preview_no_text": "Nội dung: (chưa có)",
    "report.preview_files": "Tệp gửi kèm: {names}",
    "report.preview_hint": "Có thể gửi thêm nội dung hoặc tệp. Nếu đã đủ, bấm “Gửi báo cáo”.",
    "report.cut": "… (đã rút gọn để xem; bản gửi đi giữ đủ {count} ký tự)",
    "report.sent": "📤 Đã gửi {kind}. Biên nhận ở tin nhắn dưới đây.",
    "report.cancelled": "Đã hủy, không gửi gì.",
    "receipt": (
        "🧾 <b>Biên nhận báo cáo số {number}</b>\nThời gian: {at}\n{kind}: <b>{label}</b>, {task}\n"
        "Cơ quan: {agency}\nNgười gửi: {sender}"
    ),
    "receipt.files": "Tệp gửi kèm: {names}",
    "receipt.waiting": "{office} sẽ xem và xác nhận. Từ nay cơ quan không bị nhắc nhiệm vụ này nữa, trừ khi báo cáo bị trả lại.",
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
        "Lý do: <blockquote>{reason}</blockquote>\nĐề nghị cơ quan bổ sung và gửi lại."
    ),
    "review.done_accepted": "✅ {name} đã xác nhận hoàn thành lúc {at}.",
    "review.done_returned": "↩️ {name} đã trả lại lúc {at}. Lý do: {reason}",
    "review.ask_reason": (
        "↩️ <b>Trả lại báo cáo số {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Xin nhập lý do, nội dung cần bổ sung rồi gửi vào đây."
    ),
    "review.preview": "👀 <b>Trả lại báo cáo số {number}</b>\n{agency} – <b>{label}</b>\nLý do:\n<blockquote>{reason}</blockquote>",
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
    "summary.title": "📊 <b>Tổng hợp tình hình thực hiện</b>\nSố liệu tính đến {at}",
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
        "Tin nhắn sẽ gửi ngay đến chuyên viên và lãnh đạo cơ quan:"
    ),
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
    "unacknowledged.title": "⚠️ <b>Chưa xác nhận đã nhận nhiệm vụ</b> (giao quá 2 ngày làm việc)",
    "unacknowledged.row": "<b>{task}</b>: {names}",
    "past.title": "🗂 <b>Văn bản có nhiệm vụ đã quá thời hạn</b>",
    "past.body": (
        "“{document}” vừa được nạp, trong đó {count} nhiệm vụ đã quá hạn (hạn sớm nhất {day}). "
        "Chưa gửi gì cho các cơ quan. Xin chọn:"
    ),
    "past.done_now": "Đã chọn: nhắc từ nay về sau. Việc quá hạn được đôn đốc theo lịch hằng tuần.",
    "past.done_all": "Đã chọn: nhắc cả việc đã quá hạn, gửi ngay cho các cơ quan.",
    "past.done_silent": "Đã chọn: không nhắc văn bản này.",
    "past.already": "Đã có người chọn trước: {choice}.",
    "past.choice.now": "nhắc từ nay về sau",
    "past.choice.all": "nhắc cả việc đã quá hạn",
    "past.choice.silent": "không nhắc",
    # --- joining
    "stranger": (
        "Kính chào đồng chí. Đây là bot nhắc việc nội bộ của {office}.\n"
        "Đồng chí chưa được mời tham gia. Xin liên hệ {office} để nhận liên kết mời."
    ),
    "invite.bad": "Liên kết mời này không đúng, đã được dùng hoặc đã hết hạn. Xin liên hệ {office} để nhận liên kết mới.",
    "welcome": "👋 <b>Chào đồng chí {name}!</b>\nĐồng chí tham gia với vai trò {role}{agency}.",
    "welcome.of": " – {agency}",
    "welcome.agency": "Cơ quan hiện có {count} nhiệm vụ đang thực hiện. Khi đến hạn, bot sẽ nhắc tại đây.",
    "welcome.secretariat": "Báo cáo của các cơ quan sẽ đến đây để xác nhận. /quahan: việc quá hạn; /tonghop: số liệu chung.",
    "welcome.viewer": "Đồng chí xem số liệu bằng /tonghop, /quahan, /denhan. Bot không nhắc việc đồng chí.",
    "welcome.again": "Đồng chí đã có vai trò này rồi; liên kết mời vẫn còn dùng được cho người khác.",
    "greeting": "👋 Chào đồng chí {name}. Đồng chí là {roles}.",
    "invite.choose_agency": "✉️ <b>Mời người tham gia</b>\nXin chọn cơ quan của người được mời:",
    "invite.choose_role": "✉️ Mời vào <b>{agency}</b> với vai trò:",
    "invite.button_officer": "Chuyên viên, văn thư",
    "invite.button_head": "Lãnh đạo cơ quan",
    "invite.button_secretariat": "Người của Văn phòng",
    "invite.button_viewer": "Thường trực, Ban Thường vụ (chỉ xem)",
    "invite.link": (
        "✉️ <b>Liên kết mời</b> – {who}\n{link}\n\nDùng được một lần, đến {expires}. "
        "Xin chuyển cho đúng người; ai mở trước người đó tham gia."
    ),
    "invite.who_agency": "{role}, {agency}",
    # --- help
    "help.title": "❓ <b>Trợ giúp</b>",
    "help.agency": (
        "Khi có việc, bot nhắn tại đây. Đồng chí chỉ cần:\n"
        "1. Bấm “Đã nhận nhiệm vụ”.\n"
        "2. Khi xong, bấm “Báo cáo hoàn thành”, nhập nội dung hoặc gửi tệp, bấm “Gửi báo cáo”.\n"
        "3. Giữ biên nhận có số và thời gian.\n"
        "Cũng có thể trả lời (reply) thẳng vào tin nhắc để báo cáo."
    ),
    "help.secretariat": (
        "Báo cáo đến sẽ hiện tại đây với nút “Xác nhận hoàn thành” và “Trả lại để bổ sung”.\n"
        "Xem việc quá hạn và đôn đốc bằng /quahan; mời người tham gia bằng /moi."
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
    "command.tonghop": "tổng hợp số liệu",
    "command.giaoviec": "giao nhiệm vụ",
    "command.moi": "mời người tham gia",
    "command.lichsu": "lịch sử nhiệm vụ",
    "command.caidat": "cài đặt",
    "command.trogiup": "trợ giúp",
    "command.huy": "hủy việc đang làm dở",
    # --- snooze and extension
    "snooze.ask": "⏰ Nhắc lại đồng chí khi nào? (chỉ riêng đồng chí; người khác trong cơ quan vẫn được nhắc)",
    "snooze.day": "Sáng {day}",
    "snooze.done": "⏰ Sẽ nhắc lại đồng chí sáng {day}.",
    "snooze.title": "⏰ <b>Nhắc lại theo yêu cầu của đồng chí</b> – {left}",
    "extension.ask_date": (
        "🗓 <b>Đề nghị gia hạn</b>\n<b>{label}</b>: {task}\nHạn hiện nay: {due}\n\n"
        "Xin nhập thời hạn đề nghị, ví dụ: 15/6/2023 hoặc “trong tháng 6/2023”."
    ),
    "extension.ask_reason": "Đề nghị gia hạn đến <b>{day}</b>. Xin nhập lý do.",
    "extension.preview": (
        "👀 <b>Đề nghị gia hạn</b>\n<b>{label}</b>: {task}\nTừ {due} đến <b>{day}</b>\nLý do:\n<blockquote>{reason}</blockquote>"
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
    "extension.refused": (
        "✖️ <b>Chưa đồng ý gia hạn</b>\n<b>{label}</b>: {task}\nThời hạn giữ nguyên: <b>{due}</b>.\nLý do: {reason}"
    ),
    "extension.ask_refusal": "Xin nhập lý do chưa đồng ý gia hạn ({agency} – {label}).",
    "extension.refusal_preview": "👀 <b>Chưa đồng ý gia hạn</b>\n{agency} – <b>{label}</b>\nLý do:\n<blockquote>{reason}</blockquote>",
    "extension.done_agreed": "✅ {name} đã đồng ý gia hạn lúc {at}.",
    "extension.done_refused": "✖️ {name} chưa đồng ý gia hạn, lúc {at}. Lý do: {reason}",
    # --- callback answers
    "toast.acknowledged": "Đã ghi nhận: cơ quan đã nhận nhiệm vụ.",
    "toast.acknowledged_already": "Cơ quan đã xác nhận nhận nhiệm vụ trước đó.",
    "toast.done": "Đã thực hiện.",
    # --- refusals: what is wrong, and what to do
    "refuse.unknown_command": "Bot không có lệnh “{command}”. Gửi /trogiup để xem các lệnh.",
    "refuse.later": "Lệnh /{command} chưa có trong phiên bản này.",
    "refuse.not_allowed": "Đồng chí không có quyền làm việc này.",
    "refuse.not_allowed_command": "Lệnh này dành cho vai trò khác. Gửi /trogiup để xem các lệnh của đồng chí.",
    "refuse.not_yours": "Nhiệm vụ này không thuộc cơ quan của đồng chí.",
    "refuse.old_button": "Nút này không còn dùng được. Gửi /viec để xem tình hình hiện tại.",
    "refuse.not_your_dialogue": "Nút này thuộc nội dung soạn thảo đã kết thúc hoặc của người khác. Xin làm lại từ đầu.",
    "refuse.bad_button": "Nút này không hợp lệ.",
    "refuse.in_group": "Bot chỉ làm việc trong tin nhắn riêng. Xin mở cuộc trò chuyện riêng với bot.",
    "refuse.already_waiting": "Nhiệm vụ này đã có báo cáo hoàn thành số {number}, đang chờ xác nhận.",
    "refuse.already_completed": "Nhiệm vụ này đã được xác nhận hoàn thành.",
    "refuse.closed": "Nhiệm vụ này đã tạm dừng hoặc thôi giao, không cần báo cáo.",
    "refuse.coordinating": "Cơ quan phối hợp chỉ gửi báo cáo phối hợp; báo cáo hoàn thành và gia hạn do cơ quan chủ trì.",
    "refuse.empty_report": "Báo cáo chưa có nội dung. Xin nhập nội dung hoặc gửi tệp trước khi bấm “Gửi báo cáo”.",
    "refuse.too_long": "Nội dung dài {length} ký tự, tối đa {longest}. Xin rút gọn hoặc gửi thành tệp. Phần đã soạn vẫn còn.",
    "refuse.big_file": (
        "Tệp “{name}” ({size} MB) lớn hơn 20 MB nên bot không nhận được. Xin nén, chia nhỏ tệp, "
        "hoặc gửi qua trục văn bản rồi ghi số văn bản vào báo cáo. Phần đã soạn vẫn còn."
    ),
    "refuse.many_files": "Mỗi báo cáo gửi kèm tối đa {longest} tệp.",
    "refuse.not_content": "Bot chỉ nhận chữ, tệp và ảnh. Xin gửi lại nội dung bằng chữ hoặc tệp.",
    "refuse.secret": "Nội dung có dấu chỉ mức độ mật (“{word}”). Tài liệu mật không được gửi qua bot; xin gửi theo đường văn thư mật.",
    "refuse.reviewed": "Báo cáo này đã được {name} xử lý lúc {at}.",
    "refuse.own_report": "Đồng chí không thể xác nhận báo cáo do chính mình gửi. Xin để người khác của Văn phòng xác nhận.",
    "refuse.snooze_overdue": "Nhiệm vụ đã đến hạn hoặc quá hạn nên không hoãn nhắc được. Xin báo cáo hoặc đề nghị gia hạn.",
    "refuse.snooze_day": "Chỉ hoãn nhắc được đến một ngày sau hôm nay và không quá hạn {day}.",
    "refuse.extension_date": "“{text}” chưa đọc được thành một ngày. Xin nhập thời hạn sau ngày {due}, ví dụ: 15/6/2023.",
    "refuse.extension_not_later": "{day} không muộn hơn hạn hiện nay ({due}). Xin nhập một ngày muộn hơn.",
    "refuse.draft_open": "Đồng chí đang soạn dở “{what}”. Xin gửi nốt, hoặc gửi /huy để bỏ, rồi bắt đầu việc mới.",
    "refuse.empty_reason": "Chưa có lý do. Xin nhập lý do rồi gửi.",
    "refuse.no_agency": "Không có cơ quan này.",
    "refuse.nothing_to_press": "Các nhiệm vụ này đã có báo cáo hoặc không còn quá hạn, nên không gửi gì.",
    "refuse.extension_pending": "Nhiệm vụ này đã có đề nghị gia hạn đang chờ trả lời.",
    "refuse.extension_decided": "Đề nghị này đã được {name} trả lời lúc {at}.",
    "refuse.no_due": "Nhiệm vụ này chưa ấn định thời hạn nên chưa cần gia hạn.",
    "refuse.idle": (
        "Bot chưa rõ nội dung này thuộc nhiệm vụ nào nên chưa ghi nhận. "
        "Xin trả lời (reply) vào tin nhắc, hoặc gửi /baocao."
    ),
    "refuse.idle_secretariat": "Bot chưa rõ nội dung này dùng vào việc gì. Gửi /trogiup để xem cách dùng.",
    "refuse.nothing_to_cancel": "Không có việc gì đang làm dở.",
    "refuse.edited": "Tin nhắn đã sửa không làm thay đổi nội dung đã soạn hay đã gửi. Xin gửi tin mới nếu cần bổ sung.",
    "error.handler": "Bot gặp lỗi khi xử lý tin của đồng chí (mã {code}). Tin đã được giữ lại; xin thử lại sau ít phút.",
}
