"""Vietnamese: agencies that coordinate, and the source document."""

SENTENCES: dict[str, str] = {
    "report.kind.contribution": "báo cáo, ý kiến phối hợp",
    "button.contribution": "🤝 Báo cáo tiến độ, ý kiến phối hợp",
    "button.contributions": "🤝 Ý kiến phối hợp ({n})",
    "button.open_document": "📄 Mở văn bản",
    "contribution.leads": "Chủ trì: {names}",
    "contribution.done": "Đã gửi ý kiến phối hợp: {names}",
    "contribution.missing": "Chưa gửi ý kiến phối hợp: {names}",
    "contribution.told": "🤝 <b>{agency} gửi báo cáo, ý kiến phối hợp</b>",
    "contribution.sent": "Số {number}, lúc {at}, người gửi: {name}",
    "contribution.title": "🤝 <b>Ý kiến phối hợp ({n})</b>\n{label}",
    "contribution.of": "<b>{agency}</b> – số {number}, lúc {at}",
    "contribution.more": "… và {n} báo cáo, ý kiến trước đó.",
    "contribution.please": "Cơ quan đồng chí phối hợp thực hiện: đề nghị gửi báo cáo, ý kiến phối hợp để cơ quan chủ trì tổng hợp.",
    "contribution.receipt": "Cơ quan chủ trì nhận được nội dung này; việc báo cáo hoàn thành do cơ quan chủ trì thực hiện.",
    "event.document_file": "Lưu tệp văn bản",
    "refuse.no_document_file": "Chưa có tệp của văn bản này. Đề nghị liên hệ {office}.",
}
