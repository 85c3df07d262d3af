"""The secretariat presses (đôn đốc), and chooses what happens to deadlines that had passed at loading."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import OPEN, AssignmentView
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.notices import dispatch, list_recipients, say
from bot.services.overview import is_overdue
from bot.services.reminders import answering_agency, schedule, was_past
from bot.services.views import by_deadline, read_views, select_rows
from db.models import Assignment, Document, Notice, Task


@dataclass(frozen=True)
class Pressing:
    """What pressing would send, or has sent."""

    views: tuple[AssignmentView, ...]
    unreachable: tuple[str, ...]


def preview(work: Work, actor: Actor, assignment_ids: Iterable[int] | None) -> Pressing:
    """The overdue assignments meant (None: all), and the agencies nobody can be reached at."""
    require(work, actor, Action.PRESS)
    query = select_rows().where(is_overdue(work))
    if assignment_ids is not None:
        query = query.where(col(Assignment.id).in_(list(assignment_ids)))
    views = tuple(read_views(work, query.order_by(*by_deadline())))
    names = {view.agency_name: None for view in views if not list_recipients(work, _notice_for(view))}
    return Pressing(views, tuple(names))


def _notice_for(view: AssignmentView) -> Notice:
    return Notice(
        due_at=view.assigned_at,
        dedupe_key="",
        kind="press",
        audience="agency",
        agency_id=view.answering_id,
        assignment_id=view.id,
    )


def press(work: Work, actor: Actor, assignment_ids: Iterable[int] | None) -> Pressing:
    """Sends “Đôn đốc lần N” now, to officers and heads; once an assignment and minute."""
    found = preview(work, actor, assignment_ids)
    notices = []
    for view in found.views:
        notices.append(
            say(
                work,
                "press",
                f"press:{view.id}:{work.update_id or work.now.isoformat()}",
                audience="agency",
                agency_id=view.answering_id,
                assignment_id=view.id,
            )
        )
        work.record("pressed", actor=actor, assignment_id=view.id, agency_id=view.agency_id)
    dispatch(work, notices)
    return found


def choose_past(work: Work, actor: Actor | None, document_id: int, choice: str) -> str | None:
    """now: from now on; all: also what is overdue, at once; silent. Returns an earlier choice, if there was one."""
    if actor is not None:
        require(work, actor, Action.CHOOSE_PAST)
    document = work.session.exec(
        select(Document).where(col(Document.id) == document_id).with_for_update()
    ).first()
    if document is None or choice not in ("now", "all", "silent"):
        raise work.refuse("bad_button", actor.language if actor else None)
    if document.past != "held":
        return document.past
    document.past = choice
    work.record(
        "chose_past", actor=actor, document_id=document.id, before={"past": "held"}, after={"past": choice}
    )
    rows = work.session.exec(
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Task.document_id) == document.id)
    ).all()
    passed = [(assignment, task) for assignment, task in rows if was_past(work, assignment, task)]
    for assignment, task in passed:
        schedule(work, assignment, task)
    if choice == "all":
        dispatch(work, [_say_past_due(work, assignment, task) for assignment, task in passed])
    return None


def _say_past_due(work: Work, assignment: Assignment, task: Task) -> Notice | None:
    """The ladder says nothing about days before a task was assigned; the secretariat has asked for it."""
    if assignment.due is None or assignment.role != "lead" or Status(assignment.status) not in OPEN:
        return None
    return say(
        work,
        "reminder",
        f"reminder:{assignment.id}:{assignment.period}:{assignment.plan_no}:past",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
        step="past",
    )
