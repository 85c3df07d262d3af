"""What a task does not say of the “six clears”: its product, or who is in charge, said later in the chat."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.documents.values import one_line
from bot.domain.access import Action
from bot.domain.assignment import OPEN, AssignmentView
from bot.services.context import Actor, Work, require
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.views import get_view
from bot.services.typed_words import check_content
from db.models import Assignment, Task

ITEMS = ("product", "person")
LONGEST = 200
_OPEN = [status.value for status in OPEN]


def check_can_clarify(work: Work, actor: Actor, assignment_id: int, item: str) -> AssignmentView:
    """Raises UserError unless this person may say this of the task now."""
    require(work, actor, Action.STEER)
    view = get_view(work, assignment_id)
    if item not in ITEMS or not view.is_lead:
        raise work.refuse("bad_button", actor.language)
    if not view.is_open:
        raise work.refuse("clarify_closed", actor.language)
    return view


def read_value(work: Work, actor: Actor, words: str) -> str:
    """In one line. Raises UserError for an overlong one, and for words of secrecy."""
    value = one_line(words)
    if len(value) > LONGEST:
        raise work.refuse("too_long", actor.language, length=len(value), longest=LONGEST)
    check_content(work, actor, value, ())
    return value


def list_told(work: Work, assignment_id: int, item: str) -> Sequence[tuple[Assignment, Task]]:
    """The assignments it holds for: a product is the task's, a person in charge is one agency's."""
    query = select(Assignment, Task).join(Task, col(Task.id) == col(Assignment.task_id))
    if item == "person":
        return work.session.exec(query.where(col(Assignment.id) == assignment_id)).all()
    task_id = work.session.get_one(Assignment, assignment_id).task_id
    mine = (
        col(Assignment.task_id) == task_id,
        col(Assignment.role) == "lead",
        col(Assignment.status).in_(_OPEN),
    )
    return work.session.exec(query.where(*mine).order_by(col(Assignment.id))).all()


def clarify(work: Work, actor: Actor, assignment_id: int, item: str, value: str) -> int:
    """Sets it, and tells the agencies it holds for; returns how many assignments that are."""
    view = check_can_clarify(work, actor, assignment_id, item)
    value = read_value(work, actor, value)
    before = view.product if item == "product" else view.person
    if not value or value == before:
        raise work.refuse("clarify_same", actor.language)
    rows = list_told(work, assignment_id, item)
    for assignment, task in rows:
        if item == "product":
            task.product = value
        else:
            assignment.person = value
        assignment.version += 1
    assignment, task = work.session.get_one(Assignment, assignment_id), rows[0][1]
    work.record(
        "task_clarified",
        actor=actor,
        document_id=task.document_id,
        assignment_id=assignment_id,
        agency_id=assignment.agency_id,
        before={item: before},
        after={item: value},
    )
    told = [
        say(
            work,
            "changed",
            f"clarified:{each.id}:{each.version}",
            audience="agency",
            agency_id=answering_agency(each, its),
            assignment_id=each.id,
            plan_no=each.plan_no,
            data={"changes": {item: [before, value]}},
        )
        for each, its in rows
    ]
    dispatch(work, told)
    return len(rows)
