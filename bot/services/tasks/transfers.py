"""“Đề nghị chuyển cơ quan khác”: an agency holds a task to be another's; the secretariat decides, all are told."""

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import Move
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from bot.services.people.monitors import say_first
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.requests import find_pending
from bot.services.standing.single import get_locked, refusal_of
from bot.services.standing.views import get_view
from bot.services.tasks import steering
from bot.services.typed_words import check_content
from db.models import Agency, Member, Transfer


def check_can_request(work: Work, actor: Actor, assignment_id: int) -> None:
    """Raises UserError unless this person may say that the task is another agency's."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.DISPUTE, view.answering_id)
    if not view.is_open:
        raise work.refuse(refusal_of(view), actor.language, number="—")
    if (asked := find_pending(work, Transfer, assignment_id)) is not None:
        raise work.refuse("transfer_pending", actor.language, at=asked.requested_at)


def request(work: Work, actor: Actor, assignment_id: int, wanted: int | None, reason: str) -> Transfer:
    """Asks, with the reason; `wanted`: the agency it is held to belong to, where one is named."""
    assignment, _task = get_locked(work, assignment_id)
    check_can_request(work, actor, assignment_id)
    check_content(work, actor, reason, ())
    if not reason:
        raise work.refuse("empty_reason", actor.language)
    if wanted is not None and (wanted == assignment.agency_id or work.session.get(Agency, wanted) is None):
        raise work.refuse("no_agency", actor.language)
    asked = Transfer(
        assignment_id=assignment_id,
        wanted_agency_id=wanted,
        reason=reason,
        requested_by=actor.member_id,
        requested_at=work.now,
    )
    work.session.add(asked)
    work.session.flush()
    work.record(
        "transfer_requested",
        actor=actor,
        assignment_id=assignment_id,
        agency_id=assignment.agency_id,
        after={"transfer": asked.id, "wanted": wanted, "reason": reason},
    )
    dispatch(work, [_say_requested(work, asked)])
    return asked


def get_decidable(work: Work, actor: Actor, transfer_id: int) -> Transfer:
    """A request this person may decide now. Raises UserError naming who was faster, and when."""
    asked = work.session.exec(
        select(Transfer).where(col(Transfer.id) == transfer_id).with_for_update()
    ).first()
    if asked is None:
        raise work.refuse("bad_button", actor.language)
    require(work, actor, Action.STEER)
    if asked.decided_at is not None:
        decider = work.session.get(Member, asked.decided_by)
        name = decider.name if decider else "—"
        raise work.refuse("transfer_decided", actor.language, name=name, at=asked.decided_at)
    if asked.requested_by == actor.member_id:
        raise work.refuse("own_request", actor.language)
    return asked


def agree(work: Work, actor: Actor, transfer_id: int, agency_id: int) -> Transfer:
    """The task goes to the agency named; both are told by the reassignment."""
    asked = get_decidable(work, actor, transfer_id)
    steering.check_can_steer(work, actor, asked.assignment_id, Move.REASSIGN)
    _decide(work, actor, asked, "agreed", None)
    steering.reassign(work, actor, asked.assignment_id, agency_id, asked.reason)
    return asked


def refuse(work: Work, actor: Actor, transfer_id: int, reason: str) -> Transfer:
    """The task stays where it is; the agency is told why."""
    asked = get_decidable(work, actor, transfer_id)
    check_content(work, actor, reason, ())
    if not reason:
        raise work.refuse("empty_reason", actor.language)
    _decide(work, actor, asked, "refused", reason)
    dispatch(work, [_say_refused(work, asked)])
    return asked


def _decide(work: Work, actor: Actor, asked: Transfer, state: str, note: str | None) -> None:
    asked.state, asked.decided_by, asked.decided_at, asked.note = state, actor.member_id, work.now, note
    work.session.flush()
    assignment, _task = get_locked(work, asked.assignment_id)
    work.record(
        f"transfer_{state}",
        actor=actor,
        assignment_id=asked.assignment_id,
        agency_id=assignment.agency_id,
        before={"state": "pending"},
        after={"state": state, "transfer": asked.id, "reason": note},
    )


def _say_requested(work: Work, asked: Transfer) -> Said | None:
    return say_first(
        work,
        "transfer_requested",
        f"transfer_requested:{asked.id}",
        assignment_id=asked.assignment_id,
        data={"transfer_id": asked.id},
        by=asked.requested_by,
    )


def _say_refused(work: Work, asked: Transfer) -> Said | None:
    assignment, task = get_locked(work, asked.assignment_id)
    return say(
        work,
        "transfer_refused",
        f"transfer_refused:{asked.id}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=asked.assignment_id,
        data={"transfer_id": asked.id},
    )
