"""English: what a load tells agencies."""

SENTENCES: dict[str, str] = {
    "button.load_send": "📤 Tell them",
    "load.about_to_send": "📨 <b>The document just loaded is about to be told to agencies</b>\n{document}",
    "load.sent": "📨 <b>Agencies are told of the document just loaded</b>\n{document}",
    "load.whom": "Recipients: {people}, in {n} agencies: {names}",
    "load.unreached": "{n} agencies have nobody yet, their messages wait: {names}",
    "load.example": "What {agency} gets:",
    "load.minute": "Loaded at {at}; sent in a minute, until then it can be taken back. That stops the messages only: the tasks stay loaded.",
    "load.taken_back": "↩️ <b>Taken back: {n} messages</b>\n{document}\nNo agency has received one. The tasks stay loaded; the next load that changes something tells of these as well.",
    "load.taken_back_some": "↩️ <b>Taken back: {n} messages</b>, sent before: {gone}\n{document}\nThe tasks stay loaded; the next load that changes something tells of these as well.",
    "refuse.load_nothing_held": "No load has messages waiting: they have gone, or were taken back.",
    "refuse.load_taken_back": "These messages have been taken back already.",
    "load.by_command": "Held for a minute; to take it back: dondoc load --take-back, or the button in the chat.",
    "load.would_hold": "On loading, the messages are held for a minute and can be taken back.",
    "load.tells_nobody": "No agency is told anything.",
    "load.past_held": "Some deadlines have passed already: nothing is sent about them until the secretariat chooses in the chat, or the file is loaded again with --past now|all|silent.",
    "load.refused": "{path}: could not be loaded, the bot runs all the same:",
    "load.no_room": "document.file: DATA_DIR cannot be written ({reason}); the document’s file is not kept.",
    "load.done": "Loaded {document}: {created} tasks added, {updated} changed, {unchanged} unchanged, {withdrawn} withdrawn; {assignments} assignments in the file.",
    "load.planned": "Would load {document}: {created} tasks added, {updated} changed, {unchanged} unchanged, {withdrawn} withdrawn; {assignments} assignments in the file.",
}
