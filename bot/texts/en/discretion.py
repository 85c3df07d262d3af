"""English: agencies whose messages do not say what they are about."""

SENTENCES: dict[str, str] = {
    "discreet.open": "Messages do not say what it is about. Please press the button to see.",
    "discreet.open_group": "Nothing of it is shown in the group. Please open the bot’s own chat and type /tasks.",
    "discreet.receipt": "🧾 <b>Receipt of report no. {number}</b>\nTime: {at}",
    "discreet.news": "ℹ️ <b>There is news about a task of your agency</b>",
    "button.open_bot": "💬 Open the bot’s chat",
    "button.discreet_on": "🔒 Be discreet",
    "button.discreet_off": "🔓 No longer discreet",
    "agency.discreet": "🔒 Discreet: messages do not say what a task is.",
    "event.agency_discreet": "Discretion of an agency changed",
    "event.field.discreet": "Discreet",
}
