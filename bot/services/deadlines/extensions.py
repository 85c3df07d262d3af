"""Extensions (gia hạn): asked for by a lead agency, decided by the secretariat."""

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import CLOSED
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.people.monitors import say_first
from bot.services.reminding.moving import move_lead
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import dispatch, say
from bot.services.standing.requests import find_pending
from bot.services.standing.single import get_locked, refusal_of
from bot.services.standing.views import get_view
from bot.services.typed_words import check_content
from db.models import Assignment, Extension, Member

_SAID_ALREADY = re.compile(
    r"^(?:theo\s+)?(?:ý kiến|y kien)(?:\s+(?:chỉ đạo|chi dao))?(?:\s+(?:của|cua))?[\s:]*", re.IGNORECASE
)


def check_can_request(work: Work, actor: Actor, assignment_id: int) -> date:
    """The present deadline. Raises UserError unless this person may ask for another one now."""
    view = get_view(work, assignment_id)
    require(work, actor, Action.REQUEST_EXTENSION, view.answering_id)
    if not view.is_lead:
        raise work.refuse("coordinating", actor.language)
    if not view.is_open:
        raise work.refuse(refusal_of(view), actor.language, number="—")
    if view.due is None:
        raise work.refuse("no_due", actor.language)
    if (asked := find_pending(work, Extension, assignment_id)) is not None:
        raise work.refuse("extension_pending", actor.language, day=asked.wanted_due, at=asked.requested_at)
    return view.due


def request(work: Work, actor: Actor, assignment_id: int, wanted: date, words: str, reason: str) -> Extension:
    """Asks for a later deadline, with the reason."""
    assignment, _task = get_locked(work, assignment_id)
    due = check_can_request(work, actor, assignment_id)
    check_content(work, actor, reason, ())
    if wanted <= due:
        raise work.refuse("extension_not_later", actor.language, day=wanted, due=due)
    asked = Extension(
        assignment_id=assignment_id,
        requested_by=actor.member_id,
        requested_at=work.now,
        wanted_text=words,
        wanted_due=wanted,
        reason=reason,
    )
    work.session.add(asked)
    work.session.flush()
    work.record(
        "extension_requested",
        actor=actor,
        assignment_id=assignment_id,
        agency_id=assignment.agency_id,
        before={"due": due.isoformat()},
        after={"due": wanted.isoformat(), "extension": asked.id, "reason": reason},
    )
    notice = say_first(
        work,
        "extension_requested",
        f"extension_requested:{asked.id}",
        assignment_id=assignment_id,
        data={"extension_id": asked.id, "due": due.isoformat()},
        by=actor.member_id,
    )
    dispatch(work, [notice])
    return asked


def get_decidable(work: Work, actor: Actor, extension_id: int) -> Extension:
    """A request this person may decide now. Raises UserError naming who was faster, and when."""
    asked = work.session.exec(
        select(Extension).where(col(Extension.id) == extension_id).with_for_update()
    ).first()
    if asked is None:
        raise work.refuse("bad_button", actor.language)
    require(work, actor, Action.DECIDE_EXTENSION)
    if asked.decided_at is not None:
        decider = work.session.get(Member, asked.decided_by)
        name = decider.name if decider else "—"
        raise work.refuse("extension_decided", actor.language, name=name, at=asked.decided_at)
    if asked.requested_by == actor.member_id:
        raise work.refuse("own_request", actor.language)
    return asked


@dataclass(frozen=True)
class Word:
    """On whose word a deadline is moved: as typed, and the document it cites where there is one."""

    text: str
    number: str | None = None
    on: date | None = None


def clean_word(words: str) -> str:
    """Without the “theo ý kiến của …” that the sentence around it says already."""
    return _SAID_ALREADY.sub("", words.strip()) or words.strip()


def check_can_agree(work: Work, actor: Actor, extension_id: int, due: date) -> Extension:
    """Raises UserError unless this person may now agree, on that day."""
    asked = get_decidable(work, actor, extension_id)
    assignment = work.session.get_one(Assignment, asked.assignment_id)
    if assignment.due is not None and due <= assignment.due:
        raise work.refuse("extension_not_later", actor.language, day=due, due=assignment.due)
    return asked


def decide(
    work: Work,
    actor: Actor,
    extension_id: int,
    *,
    agree: bool,
    note: str = "",
    due: date | None = None,
    word: Word | None = None,
) -> Extension:
    """“Đồng ý gia hạn” (on the day asked for, or on `due`) or “Chưa đồng ý gia hạn”.

    The earlier deadline stays on record, reminders are re-planned.
    """
    asked = get_decidable(work, actor, extension_id)
    assignment, task = get_locked(work, asked.assignment_id)
    if Status(assignment.status) in CLOSED:
        raise work.refuse("request_closed", actor.language)
    if agree:
        check_can_agree(work, actor, extension_id, due or asked.wanted_due)
    before = assignment.due
    asked.state = "agreed" if agree else "refused"
    asked.decided_by, asked.decided_at, asked.note = actor.member_id, work.now, note or None
    if word is not None:
        asked.on_whose_word, asked.document_number, asked.document_date = word.text, word.number, word.on
    if agree:
        asked.decided_due = due or asked.wanted_due
        move_lead(work, actor, assignment, task, asked.decided_due, asked.reason)
    work.record(
        f"extension_{asked.state}",
        actor=actor,
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        before={"due": before.isoformat() if before else None},
        after={
            "due": assignment.due.isoformat() if assignment.due else None,
            "extension": asked.id,
            "on_whose_word": asked.on_whose_word,
            "reason": asked.note,
        },
    )
    notice = say(
        work,
        f"extension_{asked.state}",
        # A decision taken back and made again is told again.
        f"extension_{asked.state}:{asked.id}:{assignment.version}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        data={"extension_id": asked.id, "due": before.isoformat() if before else work.today.isoformat()},
    )
    dispatch(work, [notice])
    return asked
