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
    "event.chat_back": "A chat could be written to again",
    "event.paused": "Sending was paused",
    "event.unpaused": "Sending was resumed",
    "event.document_paused": "Sending about the document was paused",
    "event.document_unpaused": "Sending about the document was resumed",
}
