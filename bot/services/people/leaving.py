"""A person leaves a role: access ends at once, what was in hand is free again, and the reports stay."""

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.domain.access import Action, Role
from bot.domain.timeliness import Status
from bot.services.context import Actor, Work, require
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.notice.said import Said, list_covered
from bot.services.office.office_settings import lock_office_settings
from bot.services.office.secretaries import list_secretaries
from bot.services.people import handing, monitors
from bot.services.saying.notices import dispatch, leave_to_nobody, list_recipients, say
from bot.services.standing.seats import list_seats
from db.models import (
    Address,
    Agency,
    Assignment,
    Cover,
    DialogueState,
    Document,
    Invite,
    Member,
    Membership,
    Notice,
    OutboxCover,
    OutboxMessage,
    Task,
)

_OVER = (Status.COMPLETED.value, Status.WITHDRAWN.value)


def check_can_end(
    work: Work, actor: Actor | None, member_id: int, role: Role, agency_id: int | None
) -> Membership:
    """The seat, which this person may end now (`actor` None: from the command line). Raises UserError."""
    language = actor.language if actor else None
    if actor is not None:
        require(work, actor, Action.MANAGE_PEOPLE, agency_id)
        if not actor.is_secretariat and role is not Role.OFFICER:
            raise work.refuse("head_ends_officers", language)
    query = select(Membership).where(
        col(Membership.member_id) == member_id,
        col(Membership.role) == role.value,
        col(Membership.until_at).is_(None),
        col(Membership.agency_id).is_(None) if agency_id is None else col(Membership.agency_id) == agency_id,
    )
    seat = work.session.exec(query.with_for_update()).first()
    if seat is None:
        raise work.refuse("no_such_seat", language)
    if role is Role.SECRETARIAT:
        check_not_last(work, member_id, language)
    return seat


def check_not_last(work: Work, member_id: int, language: str | None) -> None:
    """Raises UserError where nobody else would be left in the secretariat."""
    lock_office_settings(work)  # so that two cannot be the last but one at once
    if [each.member_id for each in list_secretaries(work)] == [member_id]:
        raise work.refuse("last_secretary", language)


def end_membership(
    work: Work, actor: Actor | None, member_id: int, role: Role, agency_id: int | None
) -> None:
    """“Thôi phụ trách”: the role ends now; whoever stays in the agency is told what is free again."""
    seat = check_can_end(work, actor, member_id, role, agency_id)
    end_seat(work, actor, seat)


def end_seat(work: Work, actor: Actor | None, seat: Membership, *, is_told: bool = True) -> None:
    """As `end_membership`, asking nobody; `is_told`: the others of the agency are told."""
    seat.until_at = max(work.now, seat.from_at)
    work.session.flush()
    freed: list[int] = []
    stays = seat.agency_id is not None and seat.agency_id in _list_agencies(work, seat.member_id)
    if not stays:
        freed = _free(work, seat)
        _end_covers(work, seat)
        _clear_monitor(work, seat)
    if seat.role == Role.SECRETARIAT.value:
        monitors.hand_on(work, seat.member_id)
    close_dialogues(work, seat)
    _void_invites(work, seat)
    stop_messages(work, seat.member_id)
    work.record(
        "left",
        actor=actor,
        agency_id=seat.agency_id,
        before={"member": seat.member_id, "role": seat.role},
        after={"member": seat.member_id, "freed": freed},
    )
    if is_told and seat.agency_id is not None:
        dispatch(work, _say(work, seat, freed))


def _list_agencies(work: Work, member_id: int) -> set[int]:
    return {each.agency_id for each in list_seats(work, member_id) if each.agency_id is not None}


def _free(work: Work, seat: Membership) -> list[int]:
    """What the person had in hand there is the whole agency's again; the ids."""
    if seat.agency_id is None:
        return []
    mine = (col(Assignment.agency_id) == seat.agency_id) | (col(Task.advising_id) == seat.agency_id)
    query = (
        select(Assignment)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(mine, col(Assignment.holder_id) == seat.member_id)
        .order_by(col(Assignment.id))
        .with_for_update(of=Assignment)
    )
    rows = work.session.exec(query).all()
    for each in rows:
        # Also what is done: the next period would be handed to the same person.
        free(work, each)
    return [each.id for each in rows if each.status not in _OVER]


def free(work: Work, assignment: Assignment) -> None:
    """Nobody of the agency has it in hand alone any more."""
    assignment.holder_id = assignment.handed_by = None
    assignment.handed_at = assignment.received_at = None
    assignment.version += 1


def _end_covers(work: Work, seat: Membership) -> None:
    """Covers of today and to come in which the person has a part."""
    query = select(Cover).where(
        col(Cover.agency_id) == seat.agency_id,
        (col(Cover.absent_id) == seat.member_id) | (col(Cover.cover_id) == seat.member_id),
        col(Cover.ends_on) >= work.today,
    )
    for cover in work.session.exec(query).all():
        before = {"cover": cover.cover_id, "absent": cover.absent_id, "until": cover.ends_on.isoformat()}
        work.session.delete(cover)
        work.record("cover_ended", agency_id=seat.agency_id, before=before)


def _clear_monitor(work: Work, seat: Membership) -> None:
    if seat.role != Role.SECRETARIAT.value:
        return
    for table in (Agency, Document):
        watched = update(table).where(col(table.monitor_id) == seat.member_id)
        work.session.execute(watched.values(monitor_id=None))


def close_dialogues(work: Work, seat: Membership) -> None:
    """Drafts the person could no longer send: those of that agency, or of the secretariat."""
    left = list_seats(work, seat.member_id)
    query = select(DialogueState).where(col(DialogueState.member_id) == seat.member_id)
    for state in work.session.exec(query).all():
        if not left or _is_of(work, state, seat.agency_id):
            work.session.delete(state)
    work.session.flush()


# What anyone may be in the middle of, whatever the role.
_PERSONAL = ("setting",)
_OF_AGENCIES = ("report", "correction", "extension", "snooze", "transfer", "cover", *_PERSONAL)


def _is_of(work: Work, state: DialogueState, agency_id: int | None) -> bool:
    if agency_id is None:
        return state.name not in _OF_AGENCIES
    if state.name in _PERSONAL:
        return False
    if state.name == "cover" and state.data.get("agency") == agency_id:
        return True
    query = (
        select(Assignment.agency_id, Task.advising_id)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Assignment.id) == (state.data.get("assignment") or 0))
    )
    found = work.session.exec(query).first()
    return found is not None and state.name in _OF_AGENCIES and agency_id in found


def _void_invites(work: Work, seat: Membership) -> None:
    """Links the person has made and nobody has used: they would be a way back in."""
    query = select(Invite).where(
        col(Invite.created_by) == seat.member_id,
        col(Invite.used_at).is_(None),
        col(Invite.expires_at) > work.now,
    )
    if seat.agency_id is not None:
        query = query.where(col(Invite.agency_id) == seat.agency_id)
    for each in work.session.exec(query).all():
        each.expires_at = work.now


def stop_messages(work: Work, member_id: int) -> None:
    """What waits for the person and is no longer for them goes no more; what nobody else has waits for who joins."""
    waiting = select(OutboxMessage.id).join(Address, col(Address.id) == col(OutboxMessage.address_id))
    ids = list(
        work.session.exec(
            waiting.where(col(Address.member_id) == member_id, col(OutboxMessage.status) == "pending")
        )
    )
    covered = list_covered(work, ids) if ids else []
    seats = list_seats(work, member_id)
    agencies = {each.agency_id for each in seats}
    roles = {each.role.value for each in seats}

    def concerns(notice: Said) -> bool:
        if notice.audience == "agency":
            return notice.agency_id in agencies
        if notice.audience == "member":
            return notice.agency_id is None or notice.agency_id in agencies
        return notice.audience in roles

    for message_id in ids:
        told = [notice for key, notice in covered if key == message_id]
        gone = [each for each in told if not concerns(each)]
        if gone:
            _take_out(work, message_id, gone, is_all=len(gone) == len(told))


def _take_out(work: Work, message_id: int, gone: Sequence[Said], *, is_all: bool) -> None:
    """Notices that a message no longer speaks of."""
    alone = [each for each in gone if each.audience != "member" and not list_recipients(work, each)]
    dropped = alone if is_all else gone
    work.session.execute(
        delete(OutboxCover).where(
            col(OutboxCover.message_id) == message_id,
            col(OutboxCover.notice_id).in_([each.id for each in dropped]),
        )
    )
    if is_all:
        message = work.session.get_one(OutboxMessage, message_id)
        message.status, message.error = "expired", NOT_CONCERNED
    ended = update(Notice).where(col(Notice.id).in_([each.id for each in gone if each.audience == "member"]))
    work.session.execute(ended.values(state="expired", reason=NOT_CONCERNED))
    work.session.flush()
    leave_to_nobody(work, alone)


def _say(work: Work, seat: Membership, freed: Sequence[int]) -> list[Said | None]:
    """To each of the agency's people; to the secretariat where nobody is left."""
    assert seat.agency_id is not None
    data = {"member": seat.member_id, "role": seat.role, "freed": list(freed)}
    people = handing.list_people(work, seat.agency_id)
    if not people:
        return [
            say(work, "left", f"left:{seat.id}", audience="secretariat", agency_id=seat.agency_id, data=data)
        ]
    return [
        say(
            work,
            "left",
            f"left:{seat.id}:{each.id}",
            audience="member",
            member_id=each.id,
            agency_id=seat.agency_id,
            data=data,
        )
        for each in people
        if each.id != seat.member_id
    ]


def get_member(work: Work, member_id: int, language: str | None = None) -> Member:
    """Someone known and not erased. Raises UserError otherwise."""
    member = work.session.get(Member, member_id)
    if member is None or member.erased_at is not None:
        raise work.refuse("no_member", language)
    return member
