"""A message is taken, its recipients and their state are looked up again, and it is drawn as things stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.drawing.rendering import draw, list_pointless
from bot.services.notice.expiry import NOT_CONCERNED, SUPERSEDED, find_reason, is_superseded
from bot.services.notice.numbering import give_numbers, store_numbers
from bot.services.notice.reach import Chat, find_chat
from bot.services.notice.said import Said, list_notices
from bot.services.standing.view_cache import ViewCache
from db.engine import count_changed
from db.models import Address, GroupBinding, Membership, Notice, OutboxCover, OutboxMessage

# Figures of an instant: told the same whenever they are told.
OF_AN_INSTANT = ("weekly", "summary")


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send now, under this epoch of the lease."""

    id: int
    epoch: int
    chat: str
    attempts: int
    text: str
    keyboard: list[list[dict[str, str]]] | None
    kind: str
    created_at: datetime


def recover(work: Work, epoch: int) -> int:
    """Messages an earlier sender had begun wait again: they may have arrived, and are sent once more."""
    begun = update(OutboxMessage).where(
        col(OutboxMessage.status) == "sending",
        col(OutboxMessage.epoch).is_(None) | (col(OutboxMessage.epoch) < epoch),
    )
    return count_changed(work.session.execute(begun.values(status="pending")))


def undo_claims(work: Work, message_ids: Collection[int], epoch: int) -> None:
    """Claims of which nobody could say whether they were made, and which nobody acts on: what was taken waits again."""
    taken = update(OutboxMessage).where(
        col(OutboxMessage.id).in_(message_ids),
        col(OutboxMessage.status) == "sending",
        col(OutboxMessage.epoch) == epoch,
    )
    work.session.execute(taken.values(status="pending", attempts=col(OutboxMessage.attempts) - 1))


def claim(work: Work, message_id: int, epoch: int, is_holder: ColumnElement[bool]) -> Claimed | None:
    """Takes a message, looks up recipients and state again, and draws it. None: taken, or no longer needed."""
    if not _take(work, message_id, epoch, is_holder):
        return None
    message = work.session.get_one(OutboxMessage, message_id)
    address = work.session.get_one(Address, message.address_id)
    notices = list_notices(work, message_id)
    current = _list_concerned(work, notices, address)
    if not current:
        _expire(work, message, NOT_CONCERNED)
        return None
    if is_superseded(work, current[0]):
        _expire(work, message, SUPERSEDED)
        return None
    views = ViewCache(work)
    pointless = list_pointless(work, current, views)
    telling = [each for each in current if each not in pointless]
    numbered = give_numbers(work, telling)
    chat = find_chat(work, address)
    if not _is_drawn(work, message, current[0], chat):
        screen = draw(work, numbered, chat, views) if telling else None
        if screen is None:
            _expire(work, message, find_reason(work, current))
            return None
        message.text, message.keyboard = screen.text, screen.keyboard_json()
    _drop(work, message, pointless)
    store_numbers(work, telling, numbered)
    return Claimed(
        message.id,
        epoch,
        address.address,
        message.attempts,
        message.text,
        message.keyboard,
        message.kind,
        message.created_at,
    )


def _take(work: Work, message_id: int, epoch: int, is_holder: ColumnElement[bool]) -> bool:
    taken = work.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message_id, col(OutboxMessage.status) == "pending", is_holder)
        .values(status="sending", epoch=epoch, attempts=col(OutboxMessage.attempts) + 1, held_until=None)
    )
    return count_changed(taken) == 1


def _is_drawn(work: Work, message: OutboxMessage, notice: Said, chat: Chat) -> bool:
    """Whether its words tell of a past instant, and are as they were: to draw them reads all that is stored."""
    is_in_language = message.language == (chat.language or work.office.language)
    return notice.kind in OF_AN_INSTANT and bool(message.text) and is_in_language


def _list_concerned(work: Work, notices: Sequence[Said], address: Address) -> list[Said]:
    """Those for which this chat's person still holds the role, or the group still speaks for the agency."""
    if address.kind == "group":
        binding = find_binding(work, address)
        agency_id = binding.agency_id if binding and binding.reminders else None
        return [each for each in notices if each.audience == "agency" and each.agency_id == agency_id]
    query = select(Membership.agency_id, Membership.role).where(
        col(Membership.member_id) == address.member_id, col(Membership.until_at).is_(None)
    )
    seats = work.session.exec(query).all()
    agencies, roles = {agency for agency, _ in seats if agency is not None}, {role for _, role in seats}

    def concerns(notice: Said) -> bool:
        if notice.audience == "member":
            return address.member_id == notice.member_id
        return notice.agency_id in agencies if notice.audience == "agency" else notice.audience in roles

    return [each for each in notices if concerns(each)]


def find_binding(work: Work, address: Address) -> GroupBinding | None:
    query = select(GroupBinding).where(col(GroupBinding.address_id) == address.id)
    return work.session.exec(query).first()


def _expire(work: Work, message: OutboxMessage, reason: str) -> None:
    message.status, message.error = "expired", reason
    for notice in list_notices(work, message.id):
        _expire_notice(work, message, notice, reason)


def _expire_notice(work: Work, message: OutboxMessage, notice: Said, reason: str) -> None:
    # The last of several messages records why.
    if not _list_other_messages(work, message.id, notice.id):
        gone = update(Notice).where(col(Notice.id) == notice.id)
        work.session.execute(gone.values(state="expired", reason=reason))


def _drop(work: Work, message: OutboxMessage, pointless: Sequence[Said]) -> None:
    """What a digest is not worth saying for any more is recorded with its reason, and counts for no number."""
    for notice in pointless:
        _expire_notice(work, message, notice, find_reason(work, [notice]))
        work.session.execute(
            delete(OutboxCover).where(
                col(OutboxCover.message_id) == message.id, col(OutboxCover.notice_id) == notice.id
            )
        )


def _list_other_messages(work: Work, message_id: int, notice_id: int) -> Sequence[int]:
    query = select(OutboxCover.message_id).where(
        col(OutboxCover.notice_id) == notice_id, col(OutboxCover.message_id) != message_id
    )
    # One that has expired itself neither says it nor has said it.
    query = query.join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
    return work.session.exec(query.where(col(OutboxMessage.status) != "expired")).all()


def is_claimed(work: Work, message: Claimed) -> bool:
    """Whether a result is still worth recording: false where another sender has begun the message anew since."""
    query = select(OutboxMessage.epoch, OutboxMessage.status).where(col(OutboxMessage.id) == message.id)
    found = work.session.exec(query.with_for_update()).first()
    return found is not None and found[0] == message.epoch and found[1] in ("sending", "pending")
