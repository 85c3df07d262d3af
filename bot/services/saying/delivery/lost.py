"""A chat that cannot be written to any more: once told, and what waits for it goes elsewhere."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.notice.expiry import UNREACHABLE
from bot.services.notice.said import Said, list_notices
from bot.services.saying.delivery.claims import find_binding
from bot.services.saying.notices import dispatch, leave_to_nobody, list_recipients, say
from bot.services.standing.addresses import find_address, set_reachable
from db.models import Address, Agency, Membership, OutboxCover, OutboxMessage


def lose_chat(work: Work, chat: int | str, reason: str, failed: Sequence[OutboxMessage] = ()) -> None:
    """Marks a chat, once; the secretariat is told, and others of the agency, or whoever joins, get what waits.

    Known already where the person's own block was told before a message came back.
    """
    is_new = set_reachable(work, chat, reason) is not None
    work.session.flush()
    address = find_address(work, chat)
    if address is None:
        return
    _hand_over(work, failed, address, UNREACHABLE)
    if not is_new:
        return
    if address.member_id is None:
        _tell_group_lost(work, address)
        return
    notice = say(
        work,
        "unreachable",
        f"unreachable:{address.id}:{work.now.isoformat()}",
        audience="secretariat",
        data={
            "member_id": address.member_id,
            "reason": reason,
            "agency": _agency_names(work, address.member_id),
        },
    )
    dispatch(work, [notice])


def _tell_group_lost(work: Work, address: Address) -> None:
    """The bot was put out of a group: once, to the people of its agency and to the secretariat."""
    binding = find_binding(work, address)
    if binding is None:
        return
    told = [
        say(
            work,
            "group_lost",
            f"group_lost:{address.id}:{audience}:{work.now.isoformat()}",
            audience=audience,
            agency_id=binding.agency_id,
        )
        for audience in ("agency", "secretariat")
    ]
    dispatch(work, told)


def _agency_names(work: Work, member_id: int) -> str:
    query = (
        select(Agency.name)
        .join(Membership, col(Membership.agency_id) == col(Agency.id))
        .where(col(Membership.member_id) == member_id, col(Membership.until_at).is_(None))
        .order_by(col(Agency.id))
    )
    return ", ".join(work.session.exec(query)) or work.office.name


def hand_over_waiting(work: Work, address: Address, reason: str) -> None:
    """What waits for a chat that shall not have it: for whoever joins, unless others of the audience have it."""
    _hand_over(work, (), address, reason)


def _hand_over(work: Work, failed: Sequence[OutboxMessage], address: Address, reason: str) -> None:
    """What this chat cannot get waits for whoever joins, unless someone else of the audience has it."""
    waiting = work.session.exec(
        select(OutboxMessage).where(
            col(OutboxMessage.address_id) == address.id, col(OutboxMessage.status) == "pending"
        )
    ).all()
    for message in waiting:
        message.status, message.error = "expired", reason
    work.session.flush()
    for message in [*failed, *waiting]:
        alone = [each for each in list_notices(work, message.id) if _is_alone(work, each)]
        work.session.execute(
            delete(OutboxCover).where(
                col(OutboxCover.message_id) == message.id,
                col(OutboxCover.notice_id).in_([each.id for each in alone]),
            )
        )
        leave_to_nobody(work, alone)


def _is_alone(work: Work, notice: Said) -> bool:
    return not list_recipients(work, notice)
