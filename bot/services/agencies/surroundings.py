"""What else names an agency that is no more: its groups, covers, requests, invites, and messages that wait."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.notice.said import Said, list_covered
from bot.services.saying.delivery import hand_over_waiting
from bot.services.saying.notices import dispatch
from bot.services.saying.posting import MERGED
from db.models import (
    Address,
    AgencyGroupMember,
    Cover,
    GroupBinding,
    Invite,
    Notice,
    OutboxCover,
    OutboxMessage,
    Task,
    Transfer,
)


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
