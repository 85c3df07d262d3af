"""A load plan in words: the lines of `--dry-run`, and the refusal where both sides changed something."""

from collections.abc import Iterator

from bot.documents.merge import Conflict
from bot.documents.plan import EntryPlan, LoadPlan
from bot.documents.problems import shown

_ACTIONS = {"created": "thêm", "updated": "sửa", "withdrawn": "thôi giao", "restored": "giao lại"}
_MOVES = {"add": "giao cho", "reactivate": "giao lại cho", "withdraw": "thôi giao"}
_ROLES = {"lead": "chủ trì", "coordinating": "phối hợp"}


def describe(plan: LoadPlan) -> tuple[str, ...]:
    """The plan line by line; a single line where nothing would change."""
    lines = tuple(line for kind, entry in _entries(plan) for line in _entry_lines(kind, entry))
    return lines or ("Không có gì thay đổi.",)


def list_conflict_sentences(plan: LoadPlan) -> tuple[str, ...]:
    """One sentence for each value that was changed in the file and, differently, in the bot."""
    return tuple(_conflict(kind, entry, c) for kind, entry in _entries(plan) for c in entry.conflicts)


def _entries(plan: LoadPlan) -> Iterator[tuple[str, EntryPlan]]:
    yield "văn bản", plan.document
    parts = (
        ("cơ quan", plan.agencies),
        ("nhóm", plan.groups),
        ("chỉ tiêu", plan.targets),
        ("nhiệm vụ", plan.tasks),
    )
    for kind, entries in parts:
        for entry in entries:
            yield kind, entry


def _entry_lines(kind: str, entry: EntryPlan) -> Iterator[str]:
    if entry.action != "unchanged":
        does = "bỏ" if kind == "chỉ tiêu" and entry.action == "withdrawn" else _ACTIONS[entry.action]
        yield f"{does} {kind} {entry.key}"
        if entry.action != "created":
            for name, value in entry.changes.items():
                yield f"  {name}: {_value(entry.before.get(name))} → {_value(value)}"
        for change in entry.assignments:
            kept = " (giữ nguyên báo cáo đã có)" if change.has_reports else ""
            yield f"  {_MOVES[change.action]} {change.key.agency} ({_ROLES[change.key.role]}){kept}"
    for conflict in entry.conflicts:
        yield "  ! " + _conflict(kind, entry, conflict)


def _conflict(kind: str, entry: EntryPlan, conflict: Conflict) -> str:
    return (
        f"{kind} {entry.key}, {conflict.field}: lần nạp trước {_value(conflict.base)}, "
        f"trong hệ thống đã sửa thành {_value(conflict.current)}, trong tệp là {_value(conflict.incoming)}; "
        "sửa tệp cho khớp, hoặc nạp với --force để lấy theo tệp"
    )


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    return shown(value if value is None or isinstance(value, bool | str) else str(value))
