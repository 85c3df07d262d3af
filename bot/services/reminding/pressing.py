"""The secretariat presses (đôn đốc), and chooses what happens to deadlines that had passed at loading."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import col, select

from bot.clock import wall
from bot.domain.access import Action
from bot.domain.assignment import OPEN, AssignmentView
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.notice.holding import is_held, make_hold
from bot.services.notice.said import Said
from bot.services.reminding.reminders import answering_agency, schedule, was_past
from bot.services.saying.notices import dispatch, list_recipients, say
from bot.services.standing.overview import is_overdue
from bot.services.standing.views import by_deadline, read_views, select_rows
from db.bulk import is_among
from db.models import Assignment, Document, Notice, OutboxCover, OutboxMessage, Task


@dataclass(frozen=True)
class Pressing:
    """What pressing would send, or has sent; `batch` names it while it can be taken back."""

    views: tuple[AssignmentView, ...]
    unreachable: tuple[str, ...]
    batch: str | None = None

    @property
    def is_to_many(self) -> bool:
        return len({view.answering_id for view in self.views}) > 1


def preview(work: Work, actor: Actor, assignment_ids: Iterable[int] | None) -> Pressing:
    """The overdue assignments meant (None: all), and the agencies nobody can be reached at.

    Those of a document whose sending is paused are left out. Raises UserError where the one meant is such, and where
    a press of one of them can still be taken back.
    """
    require(work, actor, Action.PRESS)
    query = select_rows().where(is_overdue(work), col(Document.paused_at).is_(None))
    if assignment_ids is not None:
        ids = list(assignment_ids)
        _check_not_paused(work, actor, ids)
        query = query.where(col(Assignment.id).in_(ids))
    views = tuple(read_views(work, query.order_by(*by_deadline())))
    _check_not_held(work, actor, [view.id for view in views])
    names = {view.agency_name: None for view in views if not list_recipients(work, _notice_for(view))}
    return Pressing(views, tuple(names))


def _check_not_paused(work: Work, actor: Actor, ids: list[int]) -> None:
    query = (
        select(Document.title)
        .join(Task, col(Task.document_id) == col(Document.id))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(col(Assignment.id).in_(ids), col(Document.paused_at).is_not(None))
    )
    if (title := work.session.exec(query).first()) is not None:
        raise work.refuse("document_paused", actor.language, document=title[:200])


def _check_not_held(work: Work, actor: Actor, ids: list[int]) -> None:
    query = (
        select(OutboxMessage.held_until)
        .join(OutboxCover, col(OutboxCover.message_id) == col(OutboxMessage.id))
        .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
        .where(col(OutboxMessage.status) == "pending", is_held(work, wall()), col(Notice.kind) == "press")
        .where(is_among(work.session, col(Notice.assignment_id), ids))
    )
    if work.session.exec(query).first() is not None:
        raise work.refuse("press_held", actor.language)


def _notice_for(view: AssignmentView) -> Said:
    return Said(
        due_at=view.assigned_at,
        dedupe_key="",
        kind="press",
        audience="agency",
        agency_id=view.answering_id,
        assignment_id=view.id,
    )


def press(work: Work, actor: Actor, assignment_ids: Iterable[int] | None, asked: int = 0) -> Pressing:
    """Sends “Đôn đốc lần N” to officers and heads; to several agencies only after a minute (`taking_back`).

    `asked`: the number of the preview it answers. Raises UserError where that has been answered: a button pressed
    twice sends once.
    """
    found = preview(work, actor, assignment_ids)
    hold = make_hold(work) if found.is_to_many else None
    once = asked or work.update_id or work.now.isoformat()
    notices = [
        say(
            work,
            "press",
            f"press:{view.id}:{once}",
            audience="agency",
            agency_id=view.answering_id,
            assignment_id=view.id,
            plan_no=view.plan_no,
        )
        for view in found.views
    ]
    if notices and not any(notices):
        raise work.refuse("sent_already", actor.language)
    for view in found.views:
        work.record("pressed", actor=actor, assignment_id=view.id, agency_id=view.agency_id)
    dispatch(work, notices, hold)
    return replace(found, batch=hold.batch if hold else None)


@dataclass(frozen=True)
class PastChoice:
    """`earlier`: what had been chosen before, then nothing was done; `batch`: what can be taken back."""

    earlier: str | None = None
    batch: str | None = None


def list_past(work: Work, document_id: int) -> list[AssignmentView]:
    """The overdue lead assignments that “Nhắc cả việc đã quá hạn” would speak of."""
    query = select_rows().where(col(Document.id) == document_id).order_by(*by_deadline())
    rows = work.session.exec(
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Task.document_id) == document_id)
    ).all()
    passed = {assignment.id for assignment, task in rows if was_past(work, assignment, task)}
    views = read_views(work, query)
    return [view for view in views if view.id in passed and view.is_lead and view.is_open and view.due]


def choose_past(work: Work, actor: Actor | None, document_id: int, choice: str) -> PastChoice:
    """now: from now on; all: also what is overdue; silent. Chosen by a person, what goes to many waits a minute."""
    if actor is not None:
        require(work, actor, Action.CHOOSE_PAST)
    document = work.session.exec(
        select(Document).where(col(Document.id) == document_id).with_for_update()
    ).first()
    if document is None or choice not in ("now", "all", "silent"):
        raise work.refuse("bad_button", actor.language if actor else None)
    if document.past != "held":
        return PastChoice(earlier=document.past)
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
    if choice != "all":
        return PastChoice()
    told = [_say_past_due(work, assignment, task) for assignment, task in passed]
    is_to_many = len({each.agency_id for each in told if each is not None}) > 1
    hold = make_hold(work) if actor is not None and is_to_many else None
    dispatch(work, told, hold)
    return PastChoice(batch=hold.batch if hold else None)


def _say_past_due(work: Work, assignment: Assignment, task: Task) -> Said | None:
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
