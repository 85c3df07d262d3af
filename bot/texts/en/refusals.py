"""English: answers over a button, and refusals: what is wrong, and what to do."""

SENTENCES: dict[str, str] = {
    "refuse.invite_wait": "You have opened several invite links that are not right. Open the link you were sent again from {at}, or ask {office}.",
    # --- callback answers
    "toast.acknowledged": "Recorded: your agency has acknowledged the task.",
    "toast.acknowledged_already": "Your agency had already acknowledged this.",
    "toast.done": "Done.",
    # --- refusals: what is wrong, and what to do
    "refuse.unknown_command": "There is no command “{command}”. Send /help for the list of commands.",
    "refuse.later": "The command /{command} is not available in this version.",
    "refuse.not_allowed": "You are not permitted to do this.",
    "refuse.not_allowed_command": "You are not permitted to use this command (it is for another role). Send /help to see your commands.",
    "refuse.not_yours": "This task does not belong to your agency.",
    "refuse.old_button": "This button no longer works. Send /tasks to see where things stand.",
    "refuse.not_your_dialogue": "This draft has been sent or cancelled, or is not yours, so the button no longer works. Please see the latest message; if nothing was sent, start again.",
    "refuse.lost_button": "This button is of a message sent after the backup that was restored, and works no more. "
    "Please open the task again with /tasks.",
    "refuse.bad_button": "This button is not valid or too old. Send /help to start again.",
    "refuse.in_group": "This command works in private chats only. Please open a private chat with the bot.",
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
    "refuse.many_files": "A report takes at most {longest} files; the last one was not recorded. Your draft is kept.",
    "refuse.not_content": "The bot accepts only text, files and photos. Please send text or a file.",
    "refuse.secret": (
        "The text carries a secrecy marking (“{word}”). Classified material must not be sent "
        "through the bot; please use the classified mail."
    ),
    "refuse.reviewed": "This report was already handled by {name} at {at}.",
    "refuse.own_report": "You cannot accept a report of your own. Please leave it to someone else of {office}.",
    "refuse.snooze_overdue": (
        "This task is due or overdue, so its reminders cannot be put off. Please report or request an extension."
    ),
    "refuse.snooze_day": "Reminders cannot be put off to {day}. Please choose a working day from {first} to {last}.",
    "refuse.snooze_day_off": "{day} is a day off. Please choose {before} or {after}.",
    "refuse.snooze_no_day": "No working day is left before the deadline, {day}, to put reminders off to.",
    "refuse.snooze_not_reminded": "This task has no reminders by deadline (none is set, or the agency only coordinates), so there is nothing to put off.",
    "refuse.snooze_unread": "No day could be read from “{text}”. Please type a working day from {first} to {last}, for example: {first}.",
    "refuse.snooze_problem": "{problem} Please type a working day from {first} to {last}.",
    "refuse.command_with_file": "The file sent with this command has not been taken. Please send the command first, then the file.",
    "refuse.extension_date": (
        "“{text}” could not be read as a date. Please type a deadline after {due}, for example: {example}."
    ),
    "refuse.extension_past": "“{text}” is over (today is {today}). Please type a day after {due}, for example: {example}.",
    "refuse.extension_problem": "{problem} Please type a day after {due}, for example: {example}.",
    "refuse.extension_not_later": (
        "{day} is not later than the current deadline ({due}). Please type a later date."
    ),
    "refuse.draft_open": "You have an unfinished “{what}”. Please send it, or send /cancel to drop it, first.",
    "refuse.empty_reason": "No reason given. Please type the reason and send it.",
    "refuse.file_lost": "The file “{name}” is missing from the store and cannot be sent. Please ask {office} to send it again.",
    "refuse.words_only": "Only text can be taken here; the file “{name}” was not recorded. Please type it instead.",
    "refuse.no_agency": "There is no such agency, or it has been dissolved. Please choose another.",
    "refuse.nothing_to_press": "These tasks have been reported or are no longer overdue, so nothing was sent.",
    "refuse.extension_pending": "An extension to {day} was already requested at {at} and awaits a reply.",
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
