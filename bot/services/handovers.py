"""What follows from one agency into another: assignments in place, people, groups, messages that wait."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move, find_next_status
from bot.domain.timeliness import Status
from bot.services.assignments import state_of
from bot.services.context import Actor, Work
from bot.services.delivery import hand_over_waiting
from bot.services.expiry import NOT_CONCERNED
from bot.services.leaving import free
from bot.services.notices import Welcome, deliver_waiting, dispatch
from bot.services.people import list_seats
from bot.services.periods import find_current, is_over, latest_of, rule_of
from bot.services.posting import MERGED
from bot.services.reminders import replan
from bot.services.requests import close_requests
from bot.services.said import Said, list_covered
from bot.services.steering import say_given
from db.models import (
    Address,
    Agency,
    AgencyGroupMember,
    Assignment,
    Cover,
    GroupBinding,
    Invite,
    Membership,
    Notice,
    OutboxCover,
    OutboxMessage,
    Task,
    Transfer,
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


# --- people, and all that names the agency


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


def move_surroundings(work: Work, old_id: int, new_id: int) -> None:
    """Covers, a group chat, requests that name the agency: the other one's from now on."""
    for table, where in (
        (Cover, col(Cover.ends_on) >= work.today),
        (GroupBinding, col(GroupBinding.id) > 0),
    ):
        work.session.execute(
            update(table).where(col(table.agency_id) == old_id, where).values(agency_id=new_id)
        )
    point_elsewhere(work, old_id, new_id)


def point_elsewhere(work: Work, old_id: int, new_id: int | None) -> None:
    """Requests to move a task there, what the agency advises on, invites that nobody has used."""
    wanted = update(Transfer).where(
        col(Transfer.wanted_agency_id) == old_id, col(Transfer.state) == "pending"
    )
    work.session.execute(wanted.values(wanted_agency_id=new_id))
    work.session.execute(update(Task).where(col(Task.advising_id) == old_id).values(advising_id=new_id))
    unused = update(Invite).where(
        col(Invite.agency_id) == old_id, col(Invite.used_at).is_(None), col(Invite.expires_at) > work.now
    )
    work.session.execute(unused.values(expires_at=work.now))


def replace_in_groups(work: Work, old_id: int, new_ids: Sequence[int]) -> None:
    """A group of agencies names the successors in place of the old one."""
    found = select(AgencyGroupMember).where(col(AgencyGroupMember.agency_id) == old_id)
    for row in work.session.exec(found).all():
        for new_id in new_ids:
            if work.session.get(AgencyGroupMember, (row.group_id, new_id)) is None:
                work.session.add(AgencyGroupMember(group_id=row.group_id, agency_id=new_id))
        work.session.delete(row)
    work.session.flush()


def readdress(work: Work, old_id: int, new_id: int, assignment_ids: Sequence[int] | None = None) -> None:
    """What waits to be sent to the old agency (about these assignments) goes to the people of the new one."""
    where: list[ColumnElement[bool]] = [
        col(OutboxMessage.status) == "pending",
        col(Notice.agency_id) == old_id,
    ]
    if assignment_ids is not None:
        where.append(col(Notice.assignment_id).in_(assignment_ids))
    query = (
        select(OutboxCover.message_id, OutboxCover.notice_id, Notice.audience, OutboxMessage.held_until)
        .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(*where)
    )
    rows = work.session.exec(query).all()
    if not rows:
        return
    ids = sorted({row[1] for row in rows})
    work.session.execute(update(Notice).where(col(Notice.id).in_(ids)).values(agency_id=new_id))
    said_already = _list_said(work, ids)
    again = [row for row in rows if row[2] == "agency" and row[3] is None and row[1] not in said_already]
    _keep_for(work, {row[0] for row in rows} - {row[0] for row in again}, new_id)
    dispatch(work, _take_back(work, [(row[0], row[1]) for row in again]))


def _keep_for(work: Work, message_ids: Collection[int], agency_id: int) -> None:
    """What waits for whoever joins, waits for whoever joins the new agency."""
    nobodys = update(OutboxMessage).where(
        col(OutboxMessage.id).in_(message_ids), col(OutboxMessage.address_id).is_(None)
    )
    work.session.execute(nobodys.values(agency_id=agency_id))


def _list_said(work: Work, notice_ids: Sequence[int]) -> set[int]:
    """Those that somebody has been told, or that can still be taken back: they stay where they are."""
    query = (
        select(OutboxCover.notice_id)
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(
            col(OutboxCover.notice_id).in_(notice_ids),
            col(OutboxMessage.status).in_(("sending", "sent", "failed"))
            | col(OutboxMessage.held_until).is_not(None),
        )
    )
    return set(work.session.exec(query))


def _take_back(work: Work, covers: Sequence[tuple[int, int]]) -> list[Said]:
    """Takes notices out of the messages that would have said them, to be said anew."""
    told: dict[int, Said] = {}
    for message_id in dict.fromkeys(key for key, _ in covers):
        mine = [notice_id for key, notice_id in covers if key == message_id]
        covered = [notice for _, notice in list_covered(work, [message_id])]
        told |= {notice.id: notice for notice in covered if notice.id in mine}
        if len(covered) == len(mine):
            gone = update(OutboxMessage).where(col(OutboxMessage.id) == message_id)
            work.session.execute(gone.values(status="expired", error=MERGED))
    # Also out of what has expired: it says nothing, and its chat may be told now.
    work.session.execute(delete(OutboxCover).where(col(OutboxCover.notice_id).in_(told)))
    work.session.flush()
    return [told[key] for key in sorted(told)]


def expire_unreceived(work: Work, agency_id: int) -> None:
    """What waited for whoever joins an agency that is no more goes no more."""
    waiting = update(OutboxMessage).where(
        col(OutboxMessage.agency_id) == agency_id,
        col(OutboxMessage.address_id).is_(None),
        col(OutboxMessage.status) == "pending",
    )
    work.session.execute(waiting.values(status="expired", error=NOT_CONCERNED))


def unbind_groups(work: Work, agency_id: int) -> None:
    """A group chat that spoke for an agency that is no more speaks for nobody."""
    for binding in work.session.exec(
        select(GroupBinding).where(col(GroupBinding.agency_id) == agency_id)
    ).all():
        address = work.session.get_one(Address, binding.address_id)
        work.session.delete(binding)
        work.session.flush()
        work.record("group_unbound", agency_id=agency_id, before={"address": address.id})
        hand_over_waiting(work, address, NOT_CONCERNED)
