"""What follows from one agency into another: assignments in place, people, groups, messages that wait."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move, find_next_status
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work
from bot.services.notice.said import Said
from bot.services.people.leaving import free
from bot.services.reminding.periods import find_current, is_over, latest_of, rule_of
from bot.services.reminding.reminders import replan
from bot.services.saying.notices import Welcome, deliver_waiting
from bot.services.standing.requests import close_requests
from bot.services.standing.seats import list_seats
from bot.services.standing.single import state_of
from bot.services.tasks.steering import say_given
from db.models import (
    Address,
    Agency,
    Assignment,
    Membership,
    Task,
)

UNFINISHED = (
    Status.NOT_STARTED.value,
    Status.IN_PROGRESS.value,
    Status.AWAITING_CONFIRMATION.value,
    Status.SUSPENDED.value,
)


def list_unfinished(work: Work, agency_id: int, *, lock: bool = False) -> Sequence[Assignment]:
    """What the agency still has to do, oldest deadline first."""
    query = (
        select(Assignment)
        .where(col(Assignment.agency_id) == agency_id, col(Assignment.status).in_(UNFINISHED))
        .order_by(col(Assignment.due).is_(None), col(Assignment.due), col(Assignment.id))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return work.session.exec(query).all()


def list_live(work: Work, agency_id: int, *, lock: bool = False) -> list[Assignment]:
    """What is unfinished; and of tasks that recur what was completed last: the next period follows it."""
    unfinished = list(list_unfinished(work, agency_id, lock=lock))
    query = (
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Assignment.agency_id) == agency_id, col(Task.deadline_kind) == "recurring")
    )
    chains: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for row, task in work.session.exec(query).all():
        if rule_of(task) is not None:
            chains[row.task_id, row.role].append(row)
    last = [latest_of(rows) for rows in chains.values()]
    done = [each for each in last if each.status == Status.COMPLETED.value and not is_over(each)]
    return [*unfinished, *(each for each in done if each.period)]


def list_advised(work: Work, agency_id: int) -> Sequence[Task]:
    """The tasks that the agency advises on, and that somebody still has to do."""
    is_open = (
        select(Assignment.id)
        .where(col(Assignment.task_id) == col(Task.id), col(Assignment.status).in_(UNFINISHED))
        .exists()
    )
    query = select(Task).where(col(Task.advising_id) == agency_id, is_open).order_by(col(Task.id))
    return work.session.exec(query).all()


def give_over(work: Work, actor: Actor | None, assignment: Assignment, to: Agency, reason: str) -> bool:
    """The same assignment, with its reports, deadline and status, is the other agency's from now on.

    False where that agency has the task already: then this one is withdrawn.
    """
    task, old = (
        work.session.get_one(Task, assignment.task_id),
        work.session.get_one(Agency, assignment.agency_id),
    )
    theirs = _list_same(work, assignment, to.id)
    standing = [each for each in theirs if each.status != Status.WITHDRAWN.value]
    leads = [each for each in standing if each.role == "lead"]
    if leads or [each for each in standing if each.role == assignment.role]:
        relieve(work, actor, assignment, task, reason)
        return False
    for each in standing:
        # Who leads does not also coordinate.
        withdraw(work, actor, each, task, reason)
    _put(work, assignment, to.id, next((each for each in theirs if each.role == assignment.role), None))
    if assignment.holder_id is not None and not _serves(work, assignment.holder_id, to.id):
        free(work, assignment)
    assignment.version += 1
    work.session.flush()
    work.record(
        "succeeded",
        actor=actor,
        document_id=task.document_id,
        assignment_id=assignment.id,
        agency_id=to.id,
        before={"agency": old.id, "agency_name": old.name},
        after={"agency": to.id, "agency_name": to.name},
    )
    return True


def _list_same(
    work: Work, assignment: Assignment, agency_id: int, period: str | None = None
) -> Sequence[Assignment]:
    """What that agency has of the same task and period, in any role."""
    query = select(Assignment).where(
        col(Assignment.task_id) == assignment.task_id,
        col(Assignment.agency_id) == agency_id,
        col(Assignment.period) == (assignment.period if period is None else period),
    )
    return work.session.exec(query.order_by(col(Assignment.id)).with_for_update()).all()


def _put(work: Work, assignment: Assignment, agency_id: int, withdrawn: Assignment | None) -> None:
    """Where that agency was relieved of the very same once, the two rows change places."""
    before = assignment.agency_id
    if withdrawn is not None:
        period, assignment.period = assignment.period, f"~{assignment.id}"
        work.session.flush()
        withdrawn.agency_id = before
        work.session.flush()
        assignment.agency_id = agency_id
        work.session.flush()
        assignment.period = period
        names = {key: work.session.get_one(Agency, key).name for key in (before, agency_id)}
        work.record(
            "succeeded",
            assignment_id=withdrawn.id,
            agency_id=before,
            before={"agency": agency_id, "agency_name": names[agency_id]},
            after={"agency": before, "agency_name": names[before]},
        )
    assignment.agency_id = agency_id
    work.session.flush()


def _serves(work: Work, member_id: int, agency_id: int) -> bool:
    return any(each.agency_id == agency_id for each in list_seats(work, member_id))


def relieve(work: Work, actor: Actor | None, assignment: Assignment, task: Task, reason: str) -> None:
    """Taken from the agency; what it has completed stays completed, and no period follows."""
    if assignment.status == Status.COMPLETED.value:
        assignment.ended_at = max(work.now, assignment.assigned_at)
        return
    withdraw(work, actor, assignment, task, reason)


def withdraw(work: Work, actor: Actor | None, assignment: Assignment, task: Task, reason: str) -> None:
    """Taken from the agency for good, its reports kept."""
    status = find_next_status(Status(assignment.status), Move.WITHDRAW)
    if status is None:
        return
    before = state_of(assignment)
    assignment.status, assignment.completed_at = status.value, None
    assignment.version += 1
    close_requests(work, actor, assignment)
    replan(work, assignment, task)
    work.record(
        "withdrawn",
        actor=actor,
        document_id=task.document_id,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before=before,
        after={**state_of(assignment), "reason": reason},
    )


def copy_to(work: Work, actor: Actor | None, assignment: Assignment, to: Agency) -> Said | None:
    """The same task with the same deadline, begun anew, for one more agency; what is to be said to it.

    None where it has the task already.
    """
    task = work.session.get_one(Task, assignment.task_id)
    period, due, original_due = assignment.period, assignment.due, assignment.original_due
    if assignment.status == Status.COMPLETED.value and (current := find_current(work, task)):
        period, due, original_due = current.key, current.due, current.due
    theirs = _list_same(work, assignment, to.id, period)
    if any(each.status != Status.WITHDRAWN.value for each in theirs):
        return None
    made = next((each for each in theirs if each.role == assignment.role), None)
    if made is None:
        made = Assignment(
            task_id=task.id,
            agency_id=to.id,
            role=assignment.role,
            period=period,
            original_due=original_due,
            assigned_at=work.now,
        )
        work.session.add(made)
    made.status, made.due, made.person = Status.NOT_STARTED.value, due, assignment.person
    made.assigned_at, made.ended_at = work.now, None
    made.acknowledged_at = made.acknowledged_by = made.submitted_at = made.completed_at = None
    work.session.flush()
    replan(work, made, task)
    work.session.flush()
    work.record(
        "assigned",
        actor=actor,
        document_id=task.document_id,
        assignment_id=made.id,
        agency_id=to.id,
        after={
            "status": made.status,
            "role": made.role,
            "due": made.due.isoformat() if made.due else None,
            "from": assignment.id,
        },
    )
    return say_given(work, made, task)


# --- people


def move_person(work: Work, actor: Actor | None, seat: Membership, to: Agency) -> None:
    """Someone serves in the other agency from now on, in the same role."""
    seat.until_at = max(work.now, seat.from_at)
    work.session.flush()
    add_person(work, seat, to)
    work.record(
        "moved",
        actor=actor,
        agency_id=to.id,
        before={"member": seat.member_id, "role": seat.role, "agency": seat.agency_id},
        after={"member": seat.member_id, "role": seat.role, "agency": to.id},
    )


def add_person(work: Work, seat: Membership, to: Agency) -> None:
    """A seat like this one in the other agency, unless the person has it."""
    same = select(Membership.id).where(
        col(Membership.member_id) == seat.member_id,
        col(Membership.agency_id) == to.id,
        col(Membership.role) == seat.role,
        col(Membership.until_at).is_(None),
    )
    if work.session.exec(same).first() is None:
        work.session.add(
            Membership(
                member_id=seat.member_id,
                agency_id=to.id,
                role=seat.role,
                from_at=work.now,
                is_contact=seat.is_contact,
            )
        )
    work.session.flush()
    mine = select(Address).where(col(Address.member_id) == seat.member_id, col(Address.reachable))
    for address in work.session.exec(mine).all():
        deliver_waiting(work, address, Welcome(to.id, Role(seat.role)))


def list_open_seats(work: Work, agency_id: int, *, lock: bool = False) -> Sequence[Membership]:
    """The roles that people hold in the agency now, in the order of joining."""
    query = select(Membership).where(
        col(Membership.agency_id) == agency_id, col(Membership.until_at).is_(None)
    )
    query = query.order_by(col(Membership.id))
    return work.session.exec(query.with_for_update() if lock else query).all()
