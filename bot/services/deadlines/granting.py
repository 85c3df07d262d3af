"""The office gives another deadline of its own accord, as often for many agencies at the word of the leadership."""

from datetime import date

from bot.domain.access import Action
from bot.domain.assignment import Move, find_next_status
from bot.services.context import Actor, Work, require
from bot.services.deadlines.extensions import Word
from bot.services.reminding.moving import move_lead
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.requests import find_pending
from bot.services.standing.single import get_locked, refuse_closed
from bot.services.standing.views import get_view
from bot.services.typed_words import check_content
from db.models import Extension


def check_can_grant(work: Work, actor: Actor, assignment_id: int, due: date | None = None) -> date:
    """The present deadline. Raises UserError unless this person may give another one now (`due`: that one)."""
    require(work, actor, Action.DECIDE_EXTENSION)
    view = get_view(work, assignment_id)
    if not view.is_lead:
        raise work.refuse("grant_coordinating", actor.language)
    if find_next_status(view.status, Move.EXTEND) is None:
        raise refuse_closed(work, actor, view)
    if view.due is None:
        raise work.refuse("grant_no_due", actor.language)
    if find_pending(work, Extension, assignment_id) is not None:
        raise work.refuse("grant_pending", actor.language)
    if due is not None and due <= view.due:
        raise work.refuse("extension_not_later", actor.language, day=due, due=view.due)
    return view.due


def can_grant(work: Work, assignment_id: int) -> bool:
    """Whether the assignment has a deadline that can be moved, and nobody waits for an answer about it."""
    view = get_view(work, assignment_id)
    moves = view.is_lead and view.due is not None and find_next_status(view.status, Move.EXTEND) is not None
    return moves and find_pending(work, Extension, assignment_id) is None


def grant(
    work: Work, actor: Actor, assignment_id: int, due: date, words: str, reason: str, word: Word | None = None
) -> Extension:
    """“Gia hạn” that nobody asked for: on the record like one that was asked for and agreed, the agency is told."""
    assignment, task = get_locked(work, assignment_id)
    before = check_can_grant(work, actor, assignment_id, due)
    check_content(work, actor, reason, ())
    if not reason:
        raise work.refuse("empty_reason", actor.language)
    given = Extension(
        assignment_id=assignment_id,
        requested_by=actor.member_id,
        requested_at=work.now,
        wanted_text=words,
        wanted_due=due,
        reason=reason,
        state="agreed",
        decided_by=actor.member_id,
        decided_at=work.now,
        decided_due=due,
        note=reason,
    )
    if word is not None:
        given.on_whose_word, given.document_number, given.document_date = word.text, word.number, word.on
    work.session.add(given)
    move_lead(work, actor, assignment, task, due, reason)
    work.record(
        "extension_granted",
        actor=actor,
        assignment_id=assignment_id,
        agency_id=assignment.agency_id,
        before={"due": before.isoformat()},
        after={
            "due": due.isoformat(),
            "extension": given.id,
            "on_whose_word": given.on_whose_word,
            "reason": reason,
        },
    )
    notice = say(
        work,
        "extension_agreed",
        f"extension_granted:{given.id}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment_id,
        data={"extension_id": given.id, "due": before.isoformat()},
    )
    dispatch(work, [notice])
    return given
