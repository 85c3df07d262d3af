"""English: who is told first, who proposes and who decides."""

SENTENCES: dict[str, str] = {
    # --- proposing
    "propose.title": "📝 <b>Report no. {number}: something is proposed, a decision is awaited</b>",
    "propose.done_accept": "📝 {name} proposed to confirm completion at {at}.",
    "propose.done_return": "📝 {name} proposed to return it for completion at {at}.",
    "propose.note": "Note: <blockquote>{note}</blockquote>",
    "propose.ask_note": (
        "📝 <b>Propose to confirm report no. {number}</b>\n{agency} – <b>{label}</b>\n\n"
        "Please type a note, if any, and send it here."
    ),
    "propose.preview": (
        "👀 <b>Propose to confirm report no. {number}</b>\n{agency} – <b>{label}</b>\n"
        "Note:\n<blockquote>{note}</blockquote>"
    ),
    "propose.to_whom": "Decided by: {names}.",
    "button.propose_accept": "📝 Propose to confirm completion",
    "button.propose_return": "📝 Propose to return it",
    "button.propose_plain": "Send without a note",
    "refuse.heads_decide": "In this office staff propose and heads decide. Who decides on this report: {name}.",
    "refuse.proposed": "{name} made a proposal about this report at {at}; the decision is awaited.",
    "event.proposed_accept": "Proposed to confirm completion",
    "event.proposed_return": "Proposed to return for completion",
    # --- counting by the deadlines given first
    "summary.original": (
        "– By the original deadlines ({n} tasks were extended): completed on time {completed_on_time}, late {completed_late}; not completed within the deadline {within}, overdue {overdue}"
    ),
    # --- the room: who decides
    "button.settings_decide": "📝 Proposing and deciding",
    "decide.room": "Proposing and deciding",
    "decide.off": "Off: anyone of the office can confirm or return a report.",
    "decide.on": "On: <b>staff propose, heads of the office decide</b>.",
    "decide.deciders": "Who decides: {names}.",
    "decide.nobody": "Nobody is chosen to decide yet.",
    "decide.meaning": (
        "Press a name to choose who decides, or no longer. While on, “Confirm completion” and “Return” "
        "pressed by others become proposals to them."
    ),
    "decide.added": "Decides now.",
    "decide.removed": "Decides no longer.",
    "button.decide_on": "▶ Turn on",
    "button.decide_off": "⏹ Turn off",
    "refuse.no_decider": "Not turned on: nobody decides yet. Please press at least one name first, then turn it on.",
    "refuse.last_decider": "This is the last one who decides. Please choose another first, or turn proposing off.",
    "refuse.not_in_secretariat": "This person is no longer of the office. Please open /caidat again.",
    "event.decider_changed": "Changed who decides on reports",
    # --- the room: who follows what
    "button.settings_monitors": "🧭 Monitors",
    "monitors.room": "Monitors",
    "monitors.meaning": (
        "A monitor is the first to get the reports and the requests for an extension or a transfer of an agency or a document; "
        "after 1 working day without a decision the whole office gets them. An agency’s monitor goes before a document’s."
    ),
    "monitors.choose_a": "Please choose an agency (▸ has a monitor):",
    "monitors.choose_d": "Please choose a document (▸ has a monitor):",
    "monitors.row": "{n}. {name}",
    "monitors.row_named": "{n}. ▸ {name} – {monitor}",
    "monitors.of": "<b>{name}</b>",
    "monitors.named": "Monitor: {name}.",
    "monitors.nobody": "No monitor: the whole office gets everything.",
    "monitors.lost": "⚠️ Messages cannot reach this person now, so the whole office gets everything.",
    "monitors.press": "Press a name to choose it, again to clear it.",
    "button.monitors_a": "By agency",
    "button.monitors_d": "By document",
    "event.monitor_changed": "Changed the monitor",
}
