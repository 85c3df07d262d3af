"""Writes what a load changes of a document's targets."""

from bot.documents.merge import to_json
from bot.documents.plan import EntryPlan
from bot.services.context import Work
from bot.services.documents.stored_documents import StoredRows
from db.models import Document, Target


def write_target(work: Work, rows: StoredRows, entry: EntryPlan, document: Document) -> None:
    """Makes it, changes it, or removes one that left the file."""
    target = rows.targets.get(entry.key)
    before = to_json(entry.before)
    if entry.action == "withdrawn":
        work.session.delete(target)
        work.record("target_removed", document_id=document.id, before={"target": entry.key, **before})
        return
    if target is None:
        target = Target(document_id=document.id, key=entry.key, name="")
        work.session.add(target)
    for name, value in entry.changes.items():
        setattr(target, name, value)
    if entry.action == "updated":
        was = {name: before.get(name) for name in entry.changes}
        work.record(
            "target_changed",
            document_id=document.id,
            before={"target": entry.key, **was},
            after={"target": entry.key, **to_json(entry.changes)},
        )
