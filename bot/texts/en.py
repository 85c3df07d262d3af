"""English: complete, for colleagues and developers who do not read Vietnamese."""

ENGLISH: dict[str, str] = {
    "plain": "{text}",
    "names": "{names}",
    "names.more": "{names} and {n} more",
    "moment": "{time} on {day}",
    # --- words
    "role.officer": "officer",
    "role.head": "head of the agency",
    "role.secretariat": "member of the secretariat",
    "role.viewer": "viewer of results",
    "assignment_role.lead": "Lead agency",
    "assignment_role.coordinating": "Coordinating agency",
    "status.not_started": "Not yet acknowledged",
    "status.acknowledged": "Acknowledged",
    "status.in_progress": "In progress",
    "status.awaiting_on_time": "Awaiting acceptance (submitted on time)",
    "status.awaiting_late": "Awaiting acceptance (submitted late)",
    "status.awaiting": "Awaiting acceptance",
    "status.completed_on_time": "Completed (on time)",
    "status.completed_late": "Completed (late)",
    "status.completed": "Completed",
    "status.suspended": "Suspended",
    "status.withdrawn": "Withdrawn",
    "timeliness.on_time": "Within the deadline",
    "timeliness.due_soon": "Due soon",
    "timeliness.overdue": "Overdue",
    "timeliness.no_deadline": "No deadline set",
    "days.left": "days left: {days}",
    "days.today": "due today (days left: 0)",
    "days.moved": "the deadline falls on a day off and is still met on {day}",
    "days.overdue": "days overdue: {days}",
    # --- buttons
    "button.acknowledge": "✅ Acknowledge",
    "button.acknowledge_all": "✅ Acknowledge all ({n})",
    "button.progress": "📝 Progress report",
    "button.completion": "🏁 Completion report",
    "button.extension": "🗓 Request an extension",
    "button.snooze": "⏰ Remind me later",
    "button.view": "🔎 View task",
    "button.view_n": "🔎 View task {n}",
    "button.accept": "✅ Accept as completed",
    "button.return": "↩️ Return for revision",
    "button.extension_agree": "✅ Grant extension",
    "button.extension_refuse": "✖️ Decline extension",
    "button.press": "📣 Remind",
    "button.press_n": "📣 Remind {n}",
    "button.press_all": "📣 Remind all ({n})",
    "button.send_report": "📤 Send report",
    "button.send_completion": "📤 Send completion report",
    "button.send_progress": "📤 Send progress report",
    "button.send_request": "📤 Send request",
    "button.send": "📤 Send",
    "button.cancel": "Cancel, do not send",
    "button.back": "‹ Back",
    "button.next": "Next page ›",
    "button.previous": "‹ Previous page",
    "button.my_tasks": "📋 Tasks of my agency",
    "button.overdue": "🔴 Overdue list",
    "button.upcoming": "🟠 Due soon",
    "button.waiting": "🕓 Awaiting acceptance ({n})",
    "button.report_n": "📄 Report {n}",
    "button.file": "📎 {name}",
    "button.past_now": "Remind from now on",
    "button.past_all": "Remind about overdue tasks too",
    "button.past_silent": "Never about what is overdue",
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
    "task.due_closed": "Deadline: {day}",
    "task.no_due": "Deadline: not set",
    "task.ongoing": "Deadline: none, ongoing task",
    "task.no_due_words": "Deadline: the document says “{words}”, no date set",
    "task.unconfirmed": (
        "Deadline: the document says “{words}”; the secretariat is checking whether it applies to this task"
    ),
    "task.status": "Status: {status}",
    "task.status_timeliness": "Status: {status} · {timeliness}",
    "task.acknowledged": "Acknowledged at {at}",
    "task.submitted": "Completion reported at {at}",
    "task.last_report": "Latest report: No. {number}, {at}",
    "task.last_return": "Returned by the secretariat: {reason}",
    "task.agency": "{role}: {agency}",
    "tasks.title": "📋 <b>Tasks of {agency}</b>",
    "tasks.title_all": "📋 <b>All tasks being followed</b>",
    "tasks.none": "No task has been assigned yet.",
    "tasks.none_open": "No open tasks are left.",
    "tasks.row": "{n}. {mark} <b>{label}</b>\n{task}\n<i>{state}</i>",
    "tasks.row_agency": "{n}. {mark} <b>{agency}</b> – {label}\n{task}\n<i>{state}</i>",
    "tasks.row_due": "due {day}, {left} · {status}",
    "tasks.row_undated": "{deadline} · {status}",
    "tasks.hint": "Press a number to view the task and report on it.",
    "tasks.choose_agency": "You act for several agencies. Please choose one:",
    "tasks.page": "Page {page}/{pages} – total {total}",
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
    "changed.field.other": "Other details",
    "changed.empty": "(empty)",
    # --- reports
    "report.kind.progress": "progress report",
    "report.kind.any": "report",
    "report.kind.completion": "completion report",
    "report.choose": "Which task do you want to report on?",
    "report.which_task": "✍️ <b>Which task is this report for?</b>",
    "report.ask": (
        "✍️ <b>{kind}</b>\n<b>{label}</b>: {task}\n\n"
        "Please type the report and send it here; files or photos may be attached (up to 20 MB each)."
    ),
    "report.ask_contribution": (
        "✍️ <b>Comments or report of a coordinating agency</b>\n<b>{label}</b>: {task}\n\n"
        "Please type the text and send it here."
    ),
    "report.preview": "👀 <b>Check before sending – {kind}</b>\n<b>{label}</b>: {task}\nAgency: {agency}",
    "report.preview_text": "Text:\n<blockquote>{text}</blockquote>",
    "report.preview_no_text": "Text: (none yet)",
    "report.preview_files": "Attached files: {names}",
    "report.preview_hint": "You may add more text or files. When all is ready, press “Send report”.",
    "report.cut": "… (shortened for display; all {count} characters will be sent)",
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
        "Reason: <blockquote>{reason}</blockquote>\nPlease revise it and send it again."
    ),
    "review.done_accepted": "✅ Accepted as completed by {name} at {at}.",
    "review.done_returned": "↩️ Returned by {name} at {at}. Reason: {reason}",
    "review.ask_reason": (
        "↩️ <b>Return report No. {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Please type the reason and what must be added, and send it here."
    ),
    "review.preview": (
        "👀 <b>Return report No. {number}</b>\n{agency} – <b>{label}</b>\n"
        "Reason:\n<blockquote>{reason}</blockquote>"
    ),
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
        "This message will be sent now to the officers and heads of the agencies:"
    ),
    "press.example": "<blockquote>{text}</blockquote>",
    "press.unreachable": (
        "⚠️ Nobody receives messages yet; the message will wait until someone joins: {names}"
    ),
    "press.sent": "📣 Overdue reminder sent at {at}. Tasks: {count}.",
    "press.sent_some": "{sent}\n⚠️ Nobody receives messages yet; the message will wait: {names}",
    "unreachable.title": "⚠️ <b>Agencies not receiving messages</b>",
    "unreachable.person": (
        "{name} ({agency}) has not received messages since {at}: {reason}. "
        "Please reach them another way or invite someone else."
    ),
    "unreachable.blocked": "this person has blocked the bot",
    "unreachable.gone": "the account or the chat no longer exists",
    "unacknowledged.title": "⚠️ <b>Tasks not acknowledged</b> (assigned more than 2 working days ago)",
    "unacknowledged.row": "<b>{task}</b>: {names}",
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
    # --- joining
    "stranger": (
        "Hello. This is the internal reminder bot of {office}.\n"
        "You have not been invited yet. Please ask {office} for an invitation link."
    ),
    "invite.bad": (
        "This invitation link is wrong, already used or expired. Please ask {office} for a new one."
    ),
    "welcome": "👋 <b>Welcome, {name}!</b>\nYou have joined as {role}{agency}.",
    "welcome.of": " – {agency}",
    "welcome.agency": "Open tasks of your agency: {count}. The bot will remind you here when they fall due.",
    "welcome.secretariat": (
        "Reports from agencies will arrive here for acceptance. /overdue: overdue tasks; /summary: overall figures."
    ),
    "welcome.viewer": "See the figures with /summary, /overdue, /upcoming. The bot will not send you reminders.",
    "welcome.again": "You already have this role; the invitation link can still be used by someone else.",
    "greeting": "👋 Hello, {name}. Your role: {roles}.",
    "invite.choose_agency": "✉️ <b>Invite someone</b>\nPlease choose their agency:",
    "invite.choose_role": "✉️ Invite to <b>{agency}</b> as:",
    "invite.button_officer": "Officer, clerk",
    "invite.button_head": "Head of the agency",
    "invite.button_secretariat": "Member of the secretariat",
    "invite.button_viewer": "Leadership (view only)",
    "invite.link": (
        "✉️ <b>Invitation link</b> – {who}\n{link}\n\nValid once, until {expires}. "
        "Please pass it to the right person only; whoever opens it first joins."
    ),
    "invite.who_agency": "{role}, {agency}",
    # --- help
    "help.title": "❓ <b>Help</b>",
    "help.agency": (
        "When there is a task, the bot writes to you here. All you need to do:\n"
        "1. Press “Acknowledge”.\n"
        "2. When done, press “Completion report”, type the text or attach files, press “Send report”.\n"
        "3. Keep the receipt with its number and time.\n"
        "You can also reply directly to a reminder to report."
    ),
    "help.secretariat": (
        "Reports arrive here with the buttons “Accept as completed” and “Return for revision”.\n"
        "See and follow up overdue tasks with /overdue; invite people with /invite."
    ),
    "help.viewer": "See the figures: /summary, /overdue, /upcoming.",
    "help.commands": "Commands:\n{commands}",
    "help.command": "/{command} – {what}",
    "command.start": "start",
    "command.viec": "list of tasks (or /tasks)",
    "command.baocao": "report on a task (or /report)",
    "command.giahan": "request an extension (or /extend)",
    "command.quahan": "overdue tasks (or /overdue)",
    "command.denhan": "tasks due soon (or /upcoming)",
    "command.tonghop": "summary figures (or /summary)",
    "command.giaoviec": "assign a task (or /assign)",
    "command.moi": "invite someone (or /invite)",
    "command.lichsu": "history of a task (or /history)",
    "command.caidat": "settings (or /settings)",
    "command.trogiup": "help (or /help)",
    "command.huy": "cancel what is being written (or /cancel)",
    # --- snooze and extension
    "snooze.ask": "⏰ When should you be reminded again? (you alone; others in the agency are still reminded)",
    "snooze.day": "Morning of {day}",
    "snooze.done": "⏰ You will be reminded on the morning of {day}.",
    "snooze.title": "⏰ <b>Reminder at your request</b> – {left}",
    "extension.ask_date": (
        "🗓 <b>Extension request</b>\n{agency} – <b>{label}</b>: {task}\nCurrent deadline: {due}\n\n"
        "Please type the deadline you ask for, for example: 15/6/2023 or “trong tháng 6/2023” (by the end of June 2023)."
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
    "extension.refused": (
        "✖️ <b>Extension declined</b>\n<b>{label}</b>: {task}\nThe deadline stays: <b>{due}</b>.\nReason: {reason}"
    ),
    "extension.ask_refusal": "Please type the reason for declining the extension ({agency} – {label}).",
    "extension.refusal_preview": (
        "👀 <b>Extension declined</b>\n{agency} – <b>{label}</b>\nReason:\n<blockquote>{reason}</blockquote>"
    ),
    "extension.done_agreed": "✅ Extension granted by {name} at {at}.",
    "extension.done_refused": "✖️ Extension declined by {name} at {at}. Reason: {reason}",
    # --- callback answers
    "toast.acknowledged": "Recorded: your agency has acknowledged the task.",
    "toast.acknowledged_already": "Your agency had already acknowledged this.",
    "toast.done": "Done.",
    # --- refusals: what is wrong, and what to do
    "refuse.unknown_command": "There is no command “{command}”. Send /help for the list of commands.",
    "refuse.later": "The command /{command} is not available in this version.",
    "refuse.not_allowed": "You are not permitted to do this.",
    "refuse.not_allowed_command": "This command is for another role. Send /help to see your commands.",
    "refuse.not_yours": "This task does not belong to your agency.",
    "refuse.old_button": "This button no longer works. Send /tasks to see where things stand.",
    "refuse.not_your_dialogue": "This button belongs to a draft that is closed or not yours. Please start again.",
    "refuse.bad_button": "This button is not valid.",
    "refuse.in_group": "The bot works in private chats only. Please open a private chat with it.",
    "refuse.already_waiting": "This task already has completion report No. {number}, awaiting acceptance.",
    "refuse.already_completed": "This task has already been accepted as completed.",
    "refuse.closed": "This task is suspended or withdrawn; no report is needed.",
    "refuse.coordinating": (
        "A coordinating agency sends contributions only; the lead agency reports completion and requests extensions."
    ),
    "refuse.empty_report": "The report is empty. Please type text or attach a file before pressing “Send report”.",
    "refuse.too_long": (
        "The text has {length} characters; the limit is {longest}. "
        "Please shorten it or send it as a file. Your draft is kept."
    ),
    "refuse.big_file": (
        "“{name}” ({size} MB) is over the 20 MB limit. Please compress or split it, "
        "or send it by the document system and quote its number in the report. Your draft is kept."
    ),
    "refuse.many_files": "Each report takes at most {longest} files.",
    "refuse.not_content": "The bot accepts only text, files and photos. Please send text or a file.",
    "refuse.secret": (
        "The text carries a secrecy marking (“{word}”). Classified material must not be sent "
        "through the bot; please use the classified mail."
    ),
    "refuse.reviewed": "This report was already handled by {name} at {at}.",
    "refuse.own_report": (
        "You cannot accept a report you sent yourself. Please leave it to someone else of the secretariat."
    ),
    "refuse.snooze_overdue": (
        "This task is due or overdue, so its reminders cannot be put off. Please report or request an extension."
    ),
    "refuse.snooze_day": "Choose a day after today and no later than the deadline, {day}.",
    "refuse.extension_date": (
        "“{text}” could not be read as a date. Please type a deadline after {due}, for example: 15/6/2023."
    ),
    "refuse.extension_not_later": (
        "{day} is not later than the current deadline ({due}). Please type a later date."
    ),
    "refuse.draft_open": "You have an unfinished “{what}”. Please send it, or send /cancel to drop it, first.",
    "refuse.empty_reason": "No reason given. Please type the reason and send it.",
    "refuse.no_agency": "There is no such agency.",
    "refuse.nothing_to_press": "These tasks have been reported or are no longer overdue, so nothing was sent.",
    "refuse.extension_pending": "An extension request for this task is already awaiting a reply.",
    "refuse.extension_decided": "This request was already answered by {name} at {at}.",
    "refuse.no_due": "This task has no deadline set, so no extension is needed.",
    "refuse.idle": (
        "The bot cannot tell which task this is for, so nothing was recorded. "
        "Please reply to a reminder, or send /report."
    ),
    "refuse.idle_secretariat": "The bot cannot tell what this is for. Send /help to see how it works.",
    "refuse.nothing_to_cancel": "There is nothing to cancel.",
    "refuse.edited": (
        "Editing a message does not change what was drafted or sent. Please send a new message to add something."
    ),
    "refuse.no_link_yet": "Telegram cannot be reached yet, so there is no link. Please try again in a few minutes.",
    "error.handler": (
        "Something went wrong while handling your message (code {code}). "
        "It has been kept; please try again in a few minutes."
    ),
}
