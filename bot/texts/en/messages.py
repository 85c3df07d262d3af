"""English: messages to agencies."""

SENTENCES: dict[str, str] = {
    # --- messages to agencies
    "assignment.title": "📌 <b>Task assigned</b>",
    "assignment.title_again": "📌 <b>Please acknowledge this task</b>",
    "assignment.please": "Please press “Acknowledge” so that {office} knows your agency has received the task.",
    "assignment.coordinating": "Your agency takes part as a coordinating agency.",
    "reminder.before": "🔔 <b>Reminder {n}</b> – {left}",
    "reminder.after": "🔴 <b>Overdue reminder {n}</b> – {left}",
    "reminder.please_before": "Please report the progress and results of the task to {office}.",
    "reminder.please_after": (
        "The deadline has passed and {office} has not received a report. "
        "Please carry out the task without delay and report the result."
    ),
    "reminder.please_unfinished": "The deadline has passed and the task is not finished. Please complete it without delay and report the result.",
    "question.title": "💬 <b>Please report where the work stands</b>",
    "question.please": "This is an ongoing task: please report briefly to {office} on progress and results.",
    "digest.title": "🔔 <b>Reminders: {count} tasks</b>",
    "digest.title_assignment": "📌 <b>Tasks assigned: {count} tasks</b>",
    "digest.agency": "Agency: {agency}",
    "digest.reminder_before": "{n}. <b>Reminder {number}</b> – {left}",
    "digest.reminder_after": "{n}. 🔴 <b>Overdue reminder {number}</b> – {left}",
    "digest.plain": "{n}. <b>{what}</b>",
    "digest.row": "<b>{label}</b>: {task}\n{due}",
    "digest.more": "… and {count} more, see /tasks.",
    "digest.please": "Press “View task” to report on each one.",
    "withdrawn": (
        "ℹ️ <b>Task withdrawn</b>\n<b>{label}</b>: {task}\n{document}\n"
        "Your agency no longer has to report on this task."
    ),
    "changes.title": "ℹ️ <b>{count} tasks changed</b>",
    "changes.changed": "• Changed <b>{label}</b>: {task}",
    "changes.withdrawn": "• Withdrawn <b>{label}</b>: {task}",
    "changed": ("ℹ️ <b>Task changed</b>\n<b>{label}</b>: {task}\n{document}\n{changes}"),
    "changed.field": "• {field}: {before} → <b>{after}</b>",
    "changed.field.title": "Task",
    "changed.field.text": "Content",
    "changed.field.due": "Deadline",
    "changed.field.deadline_text": "Deadline as the document says it",
    "changed.field.product": "Product",
    "changed.field.person": "Person in charge",
    "changed.field.other": "Other details",
    "changed.empty": "none",
}
