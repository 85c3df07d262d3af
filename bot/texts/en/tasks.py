"""English: tasks, snoozing, extensions."""

SENTENCES: dict[str, str] = {
    # --- a task
    "task.document": "Document: {document}",
    "task.numbered": "{title} (No. {number})",
    "task.numbered_dated": "{title} (No. {number} of {day})",
    "task.dated": "{title} (of {day})",
    "task.text": "Content: {text}",
    "task.product": "Product: {product}",
    "task.person": "Person in charge: {person}",
    "task.coordinating": "Coordinating: {names}",
    "task.due": "Deadline: <b>{day}</b> ({left})",
    "task.due_words": "Deadline: <b>{day}</b> – the document says “{words}” ({left})",
    "task.due_closed_words": "Deadline: {day} – the document says “{words}”",
    "task.due_closed": "Deadline: {day}",
    "task.no_due": "Deadline: not set",
    "task.original_due": "Original deadline: {day} (changed since)",
    "task.earlier_dues": "Deadlines after that: {days}",
    "task.extension_pending": "⏳ Extension to {day} requested at {at}, awaiting an answer",
    "task.transfer_pending": "⏳ Move to another agency requested at {at}, awaiting an answer",
    "request.over": "The task is over; the request no longer needs an answer",
    "refuse.own_request": "You cannot answer a request of your own. Please leave it to someone else of {office}.",
    "refuse.request_closed": "The task is suspended or over, so this request cannot be answered.",
    "task.ongoing": "Deadline: none, ongoing task",
    "task.settled_none": "Deadline: none",
    "task.no_due_words": "Deadline: the document says “{words}”, no date set",
    "task.unconfirmed": "Deadline: the document says “{words}”; {office} is checking whether it applies to this task",
    "task.status": "Status: {status}",
    "task.status_timeliness": "Status: {status} · {timeliness}",
    "task.acknowledged": "Acknowledged at {at}",
    "task.acknowledged_by": "Acknowledged at {at} ({name})",
    "task.submitted": "Completion reported at {at}",
    "task.last_report": "Latest report: No. {number}, {at}",
    "task.last_return": "Returned by {office}: {reason}",
    "task.agency": "{role}: {agency}",
    "tasks.title": "📋 <b>Tasks of {agency}</b>",
    "tasks.title_all": "📋 <b>All tasks being followed</b>",
    "tasks.title_withdrawn": "🚫 <b>Withdrawn tasks</b>",
    "button.withdrawn": "🚫 Withdrawn ({n})",
    "tasks.none": "No task has been assigned yet.",
    "tasks.none_open": "No open tasks are left.",
    "tasks.row": "{n}. {mark} <b>{label}</b>\n{task}\n<i>{state}</i>",
    "tasks.row_agency": "{n}. {mark} <b>{agency}</b> – {label}\n{task}\n<i>{state}</i>",
    "tasks.row_due": "due {day}, {left} · {status}",
    "tasks.row_undated": "{deadline} · {status}",
    "tasks.hint": "Press a number to view the task and report on it.",
    "tasks.choose_agency": "You act for several agencies. Please choose one:",
    "tasks.page": "Page {page}/{pages} – total {total}",
    # --- periods
    "period.month": "month {month}/{year}",
    "period.quarter": "quarter {quarter}/{year}",
    "period.half_first": "first half of {year}",
    "period.half_last": "second half of {year}",
    "period.year": "year {year}",
    "period.week": "week {week} (to {day})",
    "period.day": "day {day}",
    # --- snooze and extension
    "snooze.ask": "⏰ When should you be reminded again? (you alone; others in the agency are still reminded)",
    "snooze.day": "Morning of {day}",
    "button.snooze_other": "📅 Another day",
    "snooze.ask_day": "⏰ Please type the day to be reminded on: a working day from {first} to {last}, for example: {first}.",
    "snooze.choose_day": "“{text}” may be these days. Please choose:",
    "snooze.what": "Remind me later: {label}",
    "snooze.done": "⏰ You will be reminded on the morning of {day}.",
    "snooze.title": "⏰ <b>Reminder at your request</b> – {left}",
    "task.stopped": "Since {at}.",
    "extension.ask_date": (
        "🗓 <b>Extension request</b>\n{agency} – <b>{label}</b>: {task}\nCurrent deadline: {due}\n\n"
        "Please type the deadline you ask for, for example: {example} or “trong tháng {month}” (by the end of that month)."
    ),
    "extension.ask_reason": "Extension requested to <b>{day}</b>. Please type the reason.",
    "extension.preview": (
        "👀 <b>Extension request</b>\n{agency} – <b>{label}</b>: {task}\nFrom {due} to <b>{day}</b>\n"
        "Reason:\n<blockquote>{reason}</blockquote>"
    ),
    "extension.choose": "For which task do you want to request an extension?",
    "extension.sent": "📤 The request for an extension to {day} has been sent. {office} will reply.",
    "extension.requested": (
        "🗓 <b>Extension request</b>\n{agency} – <b>{label}</b>: {task}\n{document}\n"
        "From {due} to <b>{day}</b>\nReason: <blockquote>{reason}</blockquote>"
    ),
    "extension.requested_short": "🗓 {agency} – <b>{label}</b>: extension requested to <b>{day}</b>",
    "extension.agreed": (
        "✅ <b>Extension granted</b>\n<b>{label}</b>: {task}\nNew deadline: <b>{day}</b> (previously {due})."
    ),
    "extension.granted": (
        "🗓 <b>{office} has extended the deadline</b>\n<b>{label}</b>: {task}\nNew deadline: <b>{day}</b> (before: {due})."
    ),
    "extension.refused": (
        "✖️ <b>Extension declined</b>\n<b>{label}</b>: {task}\nThe deadline stays: <b>{due}</b>.\nReason: {reason}"
    ),
    "extension.ask_refusal": "✖️ <b>Extension declined</b>\n{agency} – <b>{label}</b>\n\nPlease type the reason.",
    "extension.refusal_preview": (
        "👀 <b>Extension declined</b>\n{agency} – <b>{label}</b>\nReason:\n<blockquote>{reason}</blockquote>"
    ),
    "extension.done_agreed": "✅ Extension granted by {name} at {at}.",
    "extension.done_refused": "✖️ Extension declined by {name} at {at}. Reason: {reason}",
}
