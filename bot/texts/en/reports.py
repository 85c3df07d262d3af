"""English: reports."""

SENTENCES: dict[str, str] = {
    # --- reports
    "report.kind.progress": "progress report",
    "report.kind.any": "report",
    "report.kind.completion": "completion report",
    "report.choose": "Which task do you want to report on?",
    "report.which_task": "✍️ <b>Which task is this report for?</b>",
    "report.ask": (
        "✍️ <b>{kind}</b>\n<b>{label}</b>: {task}\n\n"
        "Please type the report and send it here; files or photos may be attached (up to 20 MB each). "
        "Nothing classified, please."
    ),
    "report.ask_contribution": (
        "✍️ <b>Comments or report of a coordinating agency</b>\n<b>{label}</b>: {task}\n\n"
        "Please type the text or send a file here. Nothing classified, please."
    ),
    "report.preview": "👀 <b>Check before sending – {kind}</b>\n<b>{label}</b>: {task}\nAgency: {agency}",
    "report.ask_columns": "To be said: results; cause of the delay, difficulties, proposals, expected day (if any; you will be asked one by one and may skip).",
    "report.ask_product": "Expected product: <b>{product}</b>. Please give its number, date and signatory and attach the file; without them the report is marked “no document yet”.",
    "report.preview_entering": "👀 <b>Check before recording it for the agency</b>\n<b>{label}</b>: {task}\nAgency: {agency}",
    "report.preview_hint_entering": "Please send the document’s file here (nothing classified), and a summary if needed. When all is ready, press a send button.",
    "report.preview_text": "Text:\n<blockquote>{text}</blockquote>",
    "report.preview_no_text": "Text: (none yet)",
    "report.preview_files": "Attached files: {names}",
    "report.preview_hint": "You may add more text or files (nothing classified). When all is ready, press “Send report”.",
    "button.reports": "📄 Reports",
    "report.list": "📄 <b>Reports</b>\n{agency} – {label}",
    "report.row": "• No. {number}: {kind}, {at} · {state}",
    "report.state.pending": "awaiting acceptance",
    "report.state.accepted": "accepted",
    "report.state.returned": "returned",
    "report.none": "No report yet.",
    "report.version": "✏️ Version before the correction at {at}:\n<blockquote>{text}</blockquote>",
    "report.cut": "… (shortened for display; all {count} characters will be sent)",
    "report.taken_out": "↩️ Taken out: {what}",
    "report.sent": "📤 Your {kind} has been sent. The receipt is in the message below.",
    "report.cancelled": "Cancelled; nothing was sent.",
    "receipt": (
        "🧾 <b>Receipt for report No. {number}</b>\nTime: {at}\n{kind}: <b>{label}</b>, {task}\n"
        "Agency: {agency}\nSent by: {sender}"
    ),
    "receipt.files": "Attached files: {names}",
    "receipt.waiting": (
        "{office} will review it. Your agency will not be reminded of this task again, "
        "unless the report is returned."
    ),
    "receipt.on_time": "Submitted on time (deadline {day}).",
    "receipt.late": "Submitted late; days overdue: {days} (deadline {day}).",
    "submitted.title": "📥 <b>{kind} No. {number}</b>",
    "submitted.body": (
        "Agency: <b>{agency}</b>\n<b>{label}</b>: {task}\n{document}\nSent at {at} by {sender}"
    ),
    "submitted.text": "<blockquote>{text}</blockquote>",
    "waiting.title": "🕓 <b>Report No. {number} is awaiting acceptance</b> (submitted at {at})",
    "accepted": (
        "✅ <b>Accepted as completed</b>\nReport No. {number}: <b>{label}</b>, {task}\n{result}\n"
        "Accepted by {office} at {at}."
    ),
    "returned": (
        "↩️ <b>Report No. {number} was returned for revision</b>\n<b>{label}</b>: {task}\n"
        "Reason: <blockquote>{reason}</blockquote>"
    ),
    "returned.again": "Please revise it and send it again.",
    "review.done_accepted": "✅ Accepted as completed by {name} at {at}.",
    "review.done_returned": "↩️ Returned by {name} at {at}. Reason: {reason}",
    "review.ask_reason": (
        "↩️ <b>Return report No. {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Please type the reason and what must be added, and send it here."
    ),
    "review.complete_by": "To be completed by <b>{day}</b> (working days from today: {n}); the original deadline stays.",
    "review.ask_time": "↩️ <b>Return report No. {number}</b>\n{agency} – <b>{label}</b>\n\nHow many working days does the agency have to complete it? Please type the number (for example: 7) or a day (for example: {day}).",
    "button.complete_in_other": "✏️ Another number",
    "refuse.days_to_complete": "Please type a number of working days from 1 to {longest}, for example: 7; or a day after today.",
    "button.complete_in": "Days: {n}",
    "review.preview": (
        "👀 <b>Return report No. {number}</b>\n{agency} – <b>{label}</b>\n"
        "Reason:\n<blockquote>{reason}</blockquote>"
    ),
}
