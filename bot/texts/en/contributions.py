"""English: agencies that coordinate, and the source document."""

SENTENCES: dict[str, str] = {
    "report.kind.contribution": "contribution",
    "button.contribution": "🤝 Progress, contribution",
    "button.contributions": "🤝 Contributions ({n})",
    "button.open_document": "📄 Open the document",
    "contribution.leads": "Lead: {names}",
    "contribution.done": "Have contributed: {names}",
    "contribution.missing": "Have not contributed: {names}",
    "contribution.told": "🤝 <b>{agency} has sent a contribution</b>",
    "contribution.sent": "No. {number}, {at}, sent by {name}",
    "contribution.title": "🤝 <b>Contributions ({n})</b>\n{label}",
    "contribution.of": "<b>{agency}</b> – No. {number}, {at}",
    "contribution.more": "… and {n} earlier ones.",
    "contribution.please": "Your agency coordinates: please send your contribution so that the lead agency can include it.",
    "contribution.receipt": "The lead agency receives this; completion is reported by the lead agency.",
    "event.document_file": "File of the document stored",
    "refuse.no_document_file": "There is no file of this document. Please ask {office}.",
}
