"""A load plan in words: the lines of `--dry-run`, and the refusal where both sides changed something."""

from collections.abc import Iterator

from bot.documents.merge import Conflict
from bot.documents.plan import EntryPlan, LoadPlan
from bot.documents.problems import shown
from bot.documents.state import AssignmentChange
from bot.texts import Texts


def describe(plan: LoadPlan, t: Texts) -> tuple[str, ...]:
    """The plan line by line; a single line where nothing would change."""
    lines = tuple(line for kind, entry in _entries(plan) for line in _entry_lines(t, kind, entry))
    return lines or (t.plain("plan.nothing"),)


def list_conflict_sentences(plan: LoadPlan, t: Texts) -> tuple[str, ...]:
    """One sentence for each value that was changed in the file and, differently, in the bot."""
    return tuple(_conflict(t, kind, entry, c) for kind, entry in _entries(plan) for c in entry.conflicts)


def _entries(plan: LoadPlan) -> Iterator[tuple[str, EntryPlan]]:
    yield "document", plan.document
    parts = (
        ("agency", plan.agencies),
        ("group", plan.groups),
        ("target", plan.targets),
        ("task", plan.tasks),
    )
    for kind, entries in parts:
        for entry in entries:
            yield kind, entry


def _entry_lines(t: Texts, kind: str, entry: EntryPlan) -> Iterator[str]:
    if entry.action != "unchanged":
        does = "dropped" if kind == "target" and entry.action == "withdrawn" else entry.action
        yield t.plain(f"plan.{does}", kind=t(f"plan.kind_{kind}"), name=entry.key)
        if entry.action != "created":
            for name, value in entry.changes.items():
                yield f"  {name}: {_value(entry.before.get(name))} → {_value(value)}"
        for change in entry.assignments:
            yield "  " + _move(t, change)
    for conflict in entry.conflicts:
        yield "  ! " + _conflict(t, kind, entry, conflict)


def _move(t: Texts, change: AssignmentChange) -> str:
    role = t(f"plan.role_{change.key.role}")
    line = t(f"plan.move_{change.action}", agency=change.key.agency, role=role)
    return t.plain("plan.kept", line=line) if change.has_reports else t.plain("plain", text=line)


def _conflict(t: Texts, kind: str, entry: EntryPlan, conflict: Conflict) -> str:
    return t.plain(
        "plan.conflict",
        kind=t(f"plan.kind_{kind}"),
        name=entry.key,
        field=conflict.field,
        base=_value(conflict.base),
        current=_value(conflict.current),
        incoming=_value(conflict.incoming),
    )


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    return shown(value if value is None or isinstance(value, bool | str) else str(value))
