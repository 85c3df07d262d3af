"""English: what is held for a minute, taken back, paused."""

SENTENCES: dict[str, str] = {
    "button.take_back": "↩️ Take it back",
    "press.held": "📣 Overdue reminders go out in 1 minute (pressed at {at}; tasks: {count}); until then they can be taken back.",
    "past.held": (
        "Chosen: remind about overdue tasks too. Messages go to the agencies in a minute; "
        "until then they can be taken back."
    ),
    "taken_back": "↩️ Messages taken back: {n}; none had been sent.",
    "taken_back.some": "↩️ Messages taken back: {n}; already sent: {gone}.",
    "refuse.gone_already": "The minute is over: the messages have been sent and cannot be taken back.",
    "refuse.press_held": "A reminder is waiting for its minute, so that it can be taken back. Please wait until it has been sent.",
    "refuse.sent_already": "This has already been sent. To send again, please open the list anew.",
    "refuse.document_paused": "Sending about “{document}” is paused. Use /settings to resume.",
    "event.chat_lost": "A chat could no longer be written to",
    "store.button": (
        "The system cannot store data at the moment. What you pressed is waiting and will be handled once this is "
        "mended; no need to press again."
    ),
    "store.message": (
        "⏳ The system cannot store data at the moment. Your message is waiting and will be handled as soon as this "
        "is mended; there is no need to send it again."
    ),
    "event.bot_changed": "Another bot took over",
    "undelivered": (
        "⚠️ <b>Messages that could not be sent: {count}</b>\n"
        "Telegram does not take what they say. They are kept; please let your technical staff look into it "
        "(command <code>dondoc doctor</code>)."
    ),
    "bot_changed": (
        "🔁 <b>The bot has been replaced by @{bot}</b> (since {at})\n"
        "People and groups that the new bot cannot reach yet: {count}. Please pass on t.me/{bot} "
        "and ask people to press “Start”; please add @{bot} to groups. What is waiting is sent right after that."
    ),
    "event.chat_back": "A chat could be written to again",
    "event.paused": "Sending was paused",
    "event.unpaused": "Sending was resumed",
    "event.document_paused": "Sending about the document was paused",
    "event.document_unpaused": "Sending about the document was resumed",
}
