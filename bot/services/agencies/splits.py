"""What a split agency leaves to decide: who goes on with each task, and where each person serves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.agencies import handovers as over
from bot.services.agencies import surroundings
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from bot.services.people.leaving import end_seat, stop_messages
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.agency_names import find_heir
from bot.services.standing.single import get_locked
from db.models import Agency, Assignment, Membership, Succession, Task


@dataclass(frozen=True)
class Waiting:
    """What of a split agency waits for the secretariat's choice: assignments, then seats."""

    agency: Agency
    successors: tuple[Agency, ...]
    assignments: tuple[int, ...]
    seats: tuple[int, ...]


def list_successors(work: Work, agency_id: int) -> list[Agency]:
    """The agencies into which it was split, as far as they (or what they became) still exist."""
    query = (
        select(Succession.to_agency_id)
        .where(
            col(Succession.from_agency_id) == agency_id,
            col(Succession.kind) == "split",
            col(Succession.applied_at).is_not(None),
        )
        .order_by(col(Succession.id))
    )
    found = []
    for key in work.session.exec(query).all():
        assert key is not None
        alive = key if work.session.get_one(Agency, key).ended_on is None else find_heir(work, key)
        if alive is not None:
            found.append(alive)
    return [work.session.get_one(Agency, key) for key in dict.fromkeys(found)]


def find_waiting(work: Work, agency_id: int) -> Waiting:
    """Raises UserError for an agency that was not split."""
    agency, successors = work.session.get(Agency, agency_id), list_successors(work, agency_id)
    if agency is None or not successors:
        raise work.refuse("no_agency")
    assignments = tuple(each.id for each in over.list_live(work, agency_id))
    seats = tuple(each.id for each in over.list_open_seats(work, agency_id))
    return Waiting(agency, tuple(successors), assignments, seats)


def list_split(work: Work) -> list[Waiting]:
    """Split agencies of which something waits for a choice."""
    query = (
        select(Agency.id)
        .join(Succession, col(Succession.from_agency_id) == col(Agency.id))
        .where(col(Succession.kind) == "split", col(Succession.applied_at).is_not(None))
        .distinct()
        .order_by(col(Agency.id))
    )
    found = [find_waiting(work, key) for key in work.session.exec(query).all() if list_successors(work, key)]
    return [each for each in found if each.assignments or each.seats]


def choose_successors(work: Work, actor: Actor | None, assignment_id: int, chosen: Sequence[int]) -> None:
    """One is given the assignment as it is, the others a copy. Raises UserError for what does not wait."""
    _require(work, actor)
    assignment, task = get_locked(work, assignment_id)
    agency = work.session.get_one(Agency, assignment.agency_id)
    if assignment_id not in {each.id for each in over.list_live(work, agency.id)}:
        raise work.refuse("split_chosen", _language(actor))
    known = {each.id: each for each in list_successors(work, agency.id)}
    targets = [known[key] for key in dict.fromkeys(chosen) if key in known]
    if not targets:
        raise work.refuse("split_chosen" if not known else "no_agency", _language(actor))
    names = ", ".join(each.name for each in targets)
    reason = work.texts().plain("succession.reason_merged", old=agency.name, new=names)
    old_id, given = agency.id, None
    for target in targets:
        if given is None and not _has(work, assignment, target.id):
            over.give_over(work, actor, assignment, target, reason)
            given = target
    if given is None:
        over.give_over(work, actor, assignment, targets[0], reason)
        return
    said = [over.copy_to(work, actor, assignment, each) for each in targets if each.id != given.id]
    surroundings.readdress(work, old_id, given.id, [assignment.id])
    dispatch(work, [_say_followed(work, assignment, task), *said])


def _has(work: Work, assignment: Assignment, agency_id: int) -> bool:
    same = select(Assignment.id).where(
        col(Assignment.task_id) == assignment.task_id,
        col(Assignment.agency_id) == agency_id,
        col(Assignment.period) == assignment.period,
        col(Assignment.status) != "withdrawn",
    )
    return work.session.exec(same).first() is not None


def choose_for_person(work: Work, actor: Actor | None, seat_id: int, agency_ids: Sequence[int]) -> None:
    """Where someone of a split agency serves from now on; nowhere: the role ends. Raises UserError."""
    _require(work, actor)
    query = select(Membership).where(col(Membership.id) == seat_id, col(Membership.until_at).is_(None))
    seat = work.session.exec(query.with_for_update()).first()
    known = {each.id: each for each in list_successors(work, seat.agency_id or 0)} if seat else {}
    if seat is None or not known:
        raise work.refuse("split_chosen", _language(actor))
    targets = [known[key] for key in dict.fromkeys(agency_ids) if key in known]
    if agency_ids and not targets:
        raise work.refuse("no_agency", _language(actor))
    for target in targets[1:]:
        over.add_person(work, seat, target)
    if targets:
        over.move_person(work, actor, seat, targets[0])
        stop_messages(work, seat.member_id)
    else:
        end_seat(work, actor, seat)
    work.session.flush()


def _say_followed(work: Work, assignment: Assignment, task: Task) -> Said | None:
    """To the successor: what it goes on with."""
    return say(
        work,
        "assignment",
        f"assignment:{assignment.id}:to{assignment.agency_id}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
    )


def _require(work: Work, actor: Actor | None) -> None:
    if actor is not None:
        require(work, actor, Action.MANAGE_AGENCIES)


def _language(actor: Actor | None) -> str | None:
    return actor.language if actor else None
