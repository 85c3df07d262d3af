"""English: the weekly digest, and the summary for the leadership."""

SENTENCES: dict[str, str] = {
    "button.upward": "📤 Send to the leadership",
    "weekly.title": "🗒 <b>Weekly digest</b>\nFigures as of {at}",
    "weekly.newly_overdue": "🔴 <b>Newly overdue this week: {n}</b>",
    "weekly.due_next_week": "🟠 <b>Due in the next 7 days: {n}</b>",
    "weekly.waiting": "🕓 <b>Waiting for confirmation: {n}</b>",
    "weekly.unacknowledged": "📌 <b>Not acknowledged: {n}</b>",
    "weekly.unreachable": "⚠️ <b>Agencies nobody can be reached at: {n}</b>\n{names}",
    "weekly.open": "🗓 No deadline yet: {undated}; to confirm: {unconfirmed}",
    "weekly.line": "– {agency}: {label}",
    "weekly.line_due": "– {agency}: {label}, due {day}",
    "weekly.line_overdue": "– {agency}: {label}, {days} days overdue",
    "upward.title": "📊 <b>State of the tasks</b>\nFigures as of {at}",
    "upward.week": "This week: newly overdue {newly}; due in the next 7 days {next_week}; waiting for confirmation {waiting}",
    "upward.preview": "📤 <b>To the leadership: {n}</b>",
    "upward.held": "📤 It goes to {n} of the leadership in a minute. Until then it can be taken back.",
    "event.reported_upward": "The summary was sent to the leadership",
    "refuse.digest_to_come": "There are no figures of {at} yet: that time is still to come.",
    "refuse.no_viewers": "Nobody of the leadership has joined. Please invite them with /moi first.",
}
