"""What was given and taken back is drafted again as it was: nobody types a task twice to mend one word."""

from dataclasses import dataclass

from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.tasks.assigning import GIVEN
from bot.services.tasks.assignment_drafts import NewTask, Source
from bot.services.typed_deadlines import NO_DEADLINE, Choice
from db.models import Assignment, Attachment, Event, Task


@dataclass(frozen=True)
class Restored:
    """The tasks of one notice, its document, and the file that came with it."""

    source: Source
    tasks: tuple[NewTask, ...]
    file: Attachment | None


def restore(work: Work, actor: Actor, event_id: int) -> Restored:
    """Raises UserError unless all of it was taken back."""
    require(work, actor, Action.ASSIGN)
    event = work.session.get(Event, event_id)
    if event is None or event.action != GIVEN or event.after is None:
        raise work.refuse("bad_button", actor.language)
    mine = col(Task.id).in_(event.after["tasks"])
    tasks = work.session.exec(select(Task).where(mine).order_by(col(Task.id))).all()
    if not tasks or any(each.withdrawn_at is None for each in tasks):
        raise work.refuse("old_button", actor.language)
    file = work.session.get(Attachment, event.after.get("file") or 0)
    is_free = file is not None and file.member_id == actor.member_id and file.document_id is None
    return Restored(
        Source(event.document_id), tuple(_restore(work, each) for each in tasks), file if is_free else None
    )


def _restore(work: Work, task: Task) -> NewTask:
    rows = work.session.exec(
        select(Assignment).where(col(Assignment.task_id) == task.id).order_by(col(Assignment.id))
    ).all()
    lead, beside = (
        tuple(dict.fromkeys(each.agency_id for each in rows if each.role == role))
        for role in ("lead", "coordinating")
    )
    choice = Choice(task.deadline_kind, task.due, task.recurrence, task.precision)
    return NewTask(
        task.text or task.title,
        lead,
        beside,
        NO_DEADLINE if task.deadline_kind == NO_DEADLINE.kind else choice,
        task.deadline_text,
        task.product or "",
        task.person or "",
    )
