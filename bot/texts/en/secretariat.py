"""English: what the secretariat reads."""

SENTENCES: dict[str, str] = {
    # --- the secretariat
    "overdue.title": "🔴 <b>Overdue tasks</b> – as at {day}",
    "overdue.none": "No task is overdue without a report.",
    "overdue.agency": "<b>{agency}</b>",
    "overdue.row": "{n}. <b>{label}</b>: {task}\nDue {due} – <b>days overdue: {days}</b>",
    "overdue.unreachable": "⚠️ Nobody in this agency receives messages yet.",
    "overdue.waiting": "🕓 <b>Reported, awaiting acceptance: {count}</b>",
    "overdue.waiting_row": "• {agency} – {label}: report No. {number}, submitted at {at} ({judged})",
    "overdue.judged_on_time": "on time",
    "overdue.judged_late": "late",
    "upcoming.title": "🟠 <b>Due soon</b> – up to and including {day}",
    "upcoming.none": "No task falls due in the next {days} days.",
    "upcoming.row": "{n}. {mark} <b>{agency}</b> – {label}: {task}\nDue {due} – {left} · {status}",
    "summary.title": "📊 <b>Summary of progress</b>\nFigures as at {at}",
    "summary.document": "<b>{document}</b>",
    "summary.total": "Total tasks: <b>{n}</b>",
    "summary.completed": "Completed: <b>{n}</b> (on time {on_time}, late {late})",
    "summary.not_completed": "Not completed: <b>{n}</b> (within the deadline {within}, overdue {overdue})",
    "summary.awaiting": "– of which reported, awaiting acceptance: {n} (on time {on_time}, late {late})",
    "summary.undated": "No deadline set, or ongoing (counted separately): {n}",
    "summary.suspended": "Suspended (counted separately): {n}",
    "summary.unacknowledged": "Not yet acknowledged: {n}",
    "summary.unreachable": "⚠️ Agencies where nobody receives messages ({n}): {names}",
    "press.preview": (
        "📣 <b>Overdue reminder – tasks: {count}, agencies: {agencies}</b>\n"
        "The message to the officers and heads of the agencies:"
    ),
    "press.preview_held": "After pressing “Send” there is a minute to take it back.",
    "press.example": "<blockquote>{text}</blockquote>",
    "press.unreachable": (
        "⚠️ Nobody receives messages yet; the message will wait until someone joins: {names}"
    ),
    "press.sent": "📣 Overdue reminder sent at {at}. Tasks: {count}.",
    "press.sent_some": "{sent}\n⚠️ Nobody receives messages yet; the message will wait: {names}",
    "unreachable.title": "⚠️ <b>Agencies not receiving messages</b>",
    "unreachable.agencies": "Nobody to receive messages ({n}): {names}.\nPlease invite people with /invite.",
    "unreachable.person": (
        "{name} ({agency}) has not received messages since {at}: {reason}. "
        "Please reach them another way or invite someone else."
    ),
    "unreachable.blocked": "this person has blocked the bot",
    "unreachable.not_started": "this person has not pressed “Start” with the bot",
    "unreachable.muted": "the bot may not write in this chat",
    "unreachable.gone": "the account or the chat no longer exists",
    "unacknowledged.title": "⚠️ <b>Tasks not acknowledged</b> (assigned more than 2 working days ago)",
    "unacknowledged.row": "<b>{task}</b>: {names}",
    "unacknowledged.none": "Every agency has acknowledged.",
    "unacknowledged.task": "<b>{label}</b>: {task}",
    "unacknowledged.agency": "{n}. {agency} – assigned at {at}",
    "button.unacknowledged": "📭 Not acknowledged ({n})",
    "past.title": "🗂 <b>Document with overdue tasks</b>",
    "past.body": (
        "“{document}” has just been loaded. Tasks already overdue: {count} (earliest deadline {day}). "
        "Nothing has been sent to the agencies. Please choose:"
    ),
    "past.done_now": (
        "Chosen: remind from now on. Overdue tasks will be followed up on the weekly schedule."
    ),
    "past.done_all": "Chosen: remind about overdue tasks too; messages go to the agencies now.",
    "past.done_silent": "Chosen: no reminders about what was overdue; all other tasks are reminded.",
    "past.already": "Someone has already chosen: {choice}.",
    "past.choice.now": "remind from now on",
    "past.choice.all": "remind about overdue tasks too",
    "past.choice.silent": "no reminders about what was overdue",
}
