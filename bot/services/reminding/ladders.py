"""The reminder ladder of a document or of one task: read, changed item by item, put back to the default."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.policy import Policy, PolicyError, overlay
from bot.domain.typed_policy import ITEMS
from bot.errors import UserError
from bot.services.context import Actor, Work, require
from bot.services.reminding.replanning import plan_from_now
from bot.services.standing.views import is_in_use, name_document
from bot.texts import Texts
from db.models import Document, ReminderPolicy, Task

Of = Literal["d", "t"]  # a document, a task


@dataclass(frozen=True)
class Ladder:
    """The ladder in force for a document or a task; `is_own`: set for it, and not that of what is above it."""

    of: Of
    id: int
    document_id: int
    name: str
    policy: Policy
    is_own: bool


def get_ladder(work: Work, actor: Actor, of: str, key: int) -> Ladder:
    """Raises UserError where there is no such document or task, or for another role."""
    require(work, actor, Action.EDIT_SETTINGS)
    if of == "d":
        document = work.session.get(Document, key)
        if document is not None:
            return _of_document(work, document, work.texts(actor.language))
    task = work.session.get(Task, key) if of == "t" else None
    if task is None or task.withdrawn_at is not None:
        raise work.refuse("bad_button", actor.language)
    own = _find_row(work, "t", task.id)
    above = _find_row(work, "d", task.document_id)
    name = f"{task.clause_label}: {task.title}"
    return Ladder("t", task.id, task.document_id, name, _read(above, own), own is not None)


def _of_document(work: Work, document: Document, t: Texts) -> Ladder:
    row = _find_row(work, "d", document.id)
    return Ladder("d", document.id, document.id, name_document(document, t), _read(row), row is not None)


def _find_row(work: Work, of: Of, key: int) -> ReminderPolicy | None:
    column = ReminderPolicy.document_id if of == "d" else ReminderPolicy.task_id
    return work.session.exec(select(ReminderPolicy).where(col(column) == key)).first()


def _read(*rows: ReminderPolicy | None) -> Policy:
    return overlay(*(row.ladder for row in rows if row is not None))


def change_item(work: Work, actor: Actor, ladder: Ladder, item: str, value: Any) -> Ladder:
    """Sets one item and plans what is open anew. Raises UserError that says what would be right."""
    require(work, actor, Action.EDIT_SETTINGS)
    if item not in ITEMS:
        raise work.refuse("bad_button", actor.language)
    values = ladder.policy.as_json()
    try:
        policy = Policy.from_json({**values, item: value})
    except PolicyError:
        raise refuse_item(work, actor, item, value) from None
    if policy == ladder.policy:
        return ladder
    row = _find_row(work, ladder.of, ladder.id)
    if row is None:
        row = ReminderPolicy(ladder={}, **_column(ladder))
        work.session.add(row)
    # Only what was set: for the rest what is above it stays in force.
    row.ladder = {**row.ladder, item: policy.as_json()[item]}
    _apply(work, actor, ladder, {item: values[item]}, {item: policy.as_json()[item]})
    return replace(ladder, policy=policy, is_own=True)


def refuse_item(work: Work, actor: Actor, item: str, value: object) -> UserError:
    """The refusal of an unusable value: which item, the value, and what would be right."""
    t = work.texts(actor.language)
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return work.refuse(
        "ladder_item",
        actor.language,
        item=t.plain(f"ladder.item.{item}"),
        text=shown[:40],
        right=t.plain(f"ladder.right.{item}"),
    )


def reset(work: Work, actor: Actor, ladder: Ladder) -> Ladder:
    """Takes the own ladder away: that of the document, or the default, is in force again."""
    require(work, actor, Action.EDIT_SETTINGS)
    row = _find_row(work, ladder.of, ladder.id)
    if row is not None:
        before = dict(row.ladder)
        work.session.delete(row)
        _apply(work, actor, ladder, before, {})
    return get_ladder(work, actor, ladder.of, ladder.id)


def _column(ladder: Ladder) -> dict[str, int]:
    return {"document_id" if ladder.of == "d" else "task_id": ladder.id}


def _apply(work: Work, actor: Actor, ladder: Ladder, before: dict[str, Any], after: dict[str, Any]) -> None:
    of_task = {"task": ladder.id} if ladder.of == "t" else {}
    work.record(
        "ladder_changed",
        actor=actor,
        document_id=ladder.document_id,
        before={**of_task, **before},
        after={**of_task, **after},
    )
    work.session.flush()
    # Afresh: this transaction may have read the ladders before.
    plan_from_now(replace(work), **_column(ladder))
    work.session.flush()


def list_documents(work: Work, actor: Actor) -> Sequence[tuple[int, str]]:
    """Ids and names, in the order of loading."""
    require(work, actor, Action.EDIT_SETTINGS)
    t = work.texts(actor.language)
    documents = work.session.exec(select(Document).where(is_in_use()).order_by(col(Document.id)))
    return [(each.id, name_document(each, t)) for each in documents]


def list_tasks(work: Work, actor: Actor, document_id: int) -> Sequence[tuple[int, str]]:
    """Ids and names of a document's tasks, in its order."""
    require(work, actor, Action.EDIT_SETTINGS)
    query = select(Task).where(col(Task.document_id) == document_id, col(Task.withdrawn_at).is_(None))
    tasks = work.session.exec(query.order_by(col(Task.position), col(Task.id)))
    return [(each.id, f"{each.clause_label}: {each.title}") for each in tasks]
