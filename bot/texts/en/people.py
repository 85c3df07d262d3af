"""English: joining and help."""

SENTENCES: dict[str, str] = {
    # --- joining
    "stranger": (
        "Hello. This is the internal reminder bot of {office}.\n"
        "You have not been invited yet. Please ask {office} for an invitation link."
    ),
    "answers.behind": "⏩ You send faster than can be answered: everything has been taken in, some answers are left out.",
    "invite.bad": (
        "This invitation link is wrong, already used or expired. Please ask {office} for a new one."
    ),
    "welcome": "👋 <b>Welcome, {name}!</b>\nYou have joined as {role}{agency}.",
    "welcome.of": " – {agency}",
    "welcome.agency": "Open tasks of your agency: {count}. The bot will remind you here when they fall due.",
    "welcome.head": (
        "Open tasks of your agency: {count}. When they fall due, the bot reminds your officers, or you while there are "
        "none. What the Office presses for reaches you as well."
    ),
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
        "See and follow up overdue tasks with /overdue; see who will be reminded when, and why, with /schedule; invite people with /invite."
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
    "command.lichnhac": "reminders to come (or /schedule)",
    "command.tonghop": "summary figures (or /summary)",
    "command.giaoviec": "assign a task (or /assign)",
    "command.moi": "invite someone (or /invite)",
    "command.lichsu": "history of a task (or /history)",
    "command.caidat": "settings (or /settings)",
    "command.trogiup": "help (or /help)",
    "command.huy": "cancel what is being written (or /cancel)",
    "namesake": "{name} ({what})",
    "namesake.joined": "joined {day}",
    "namesake.number": "no. {n}",
}
