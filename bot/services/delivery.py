"""What happens to a message of the outbox: claimed, freshly drawn, sent, put off, failed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, false, func, not_, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from bot.domain.retry import HORIZON
from bot.services.context import Work
from bot.services.expiry import NOT_CONCERNED, SUPERSEDED, UNREACHABLE, find_reason, is_superseded
from bot.services.notices import dispatch, leave_to_nobody, list_recipients, say
from bot.services.numbering import give_numbers, store_numbers
from bot.services.pausing import is_paused
from bot.services.people import find_address, move_chat, set_reachable
from bot.services.posting import is_held
from bot.services.reach import Chat, find_chat
from bot.services.rendering import draw, list_pointless
from bot.services.said import Said, list_notices
from bot.services.view_cache import ViewCache
from db.engine import count_changed
from db.models import (
    Address,
    Agency,
    GroupBinding,
    Member,
    Membership,
    Notice,
    OutboxCover,
    OutboxMessage,
)
from db.partial import WAITING_MESSAGES

# They answer what the person has just done, so nothing holds them back.
ANSWERS = ("receipt",)
# Figures of an instant: told the same whenever they are told.
OF_AN_INSTANT = ("weekly", "summary")


@dataclass(frozen=True)
class Candidate:
    """The oldest message waiting for a chat.

    `waiting`: how many do. `is_answer`: one of them answers what somebody has done. `is_retry`: it has been tried.
    """

    id: int
    chat: str
    is_group: bool
    waiting: int = 1
    is_answer: bool = False
    is_retry: bool = False


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


def list_candidates(work: Work, wall: datetime, busy: Collection[str], limit: int) -> list[Candidate]:
    """The oldest waiting message of each reachable chat: order is kept, no chat holds up another.

    What may not go yet (held, paused, in somebody's quiet hours) does not hold up what may.
    """
    may_go: ColumnElement[bool] = col(OutboxMessage.kind).in_(ANSWERS)
    if not is_paused(work):
        may_go = or_(may_go, not_(is_quiet(work)))
    is_answer = case((col(OutboxMessage.kind).in_(ANSWERS), 1), else_=0)
    oldest = (
        select(
            func.min(col(OutboxMessage.id)).label("id"),
            func.count().label("waiting"),
            func.max(is_answer).label("answers"),
        )
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .join(Member, col(Member.id) == col(Address.member_id), isouter=True)
        .where(WAITING_MESSAGES, col(OutboxMessage.status) == "pending", col(Address.reachable))
        .where(not_(is_held(work, wall)), may_go)
        .group_by(col(OutboxMessage.address_id))
        .subquery()
    )
    released = col(OutboxMessage.held_until) <= work.now
    query = (
        select(Address.address, Address.kind, OutboxMessage.attempts)
        .add_columns(oldest.c.id, oldest.c.waiting, oldest.c.answers)
        .join(OutboxMessage, col(OutboxMessage.address_id) == col(Address.id))
        .join(oldest, col(OutboxMessage.id) == oldest.c.id)
        .where(or_(_is_time(wall), released))
        .order_by(oldest.c.answers.desc(), oldest.c.id)
        .limit(limit)
    )
    return [
        Candidate(key, chat, kind == "group", waiting, bool(answers), attempts > 0)
        for chat, kind, attempts, key, waiting, answers in work.session.execute(query)
        if chat not in busy
    ]


def _is_time(wall: datetime) -> ColumnElement[bool]:
    """As `is_time`; where it is known when it was put off, a clock set back shows by that, however long the wait."""
    not_before, put_off_at = col(OutboxMessage.not_before), col(OutboxMessage.put_off_at)
    return case(
        (put_off_at.is_not(None), or_(not_before.is_(None), not_before <= wall, put_off_at > wall)),
        else_=is_time(not_before, wall),
    )


def is_time(not_before: Mapped[datetime | None], wall: datetime) -> ColumnElement[bool]:
    """Whether the time to try again has come; also where only a machine's clock set back has put it far off."""
    return not_before.is_(None) | (not_before <= wall) | (not_before > wall + HORIZON)


def is_quiet(work: Work) -> ColumnElement[bool]:
    """Whether it is a time at which the member wants nothing that comes by itself."""
    local = work.now.astimezone(work.office.zone)
    minute = local.hour * 60 + local.minute
    start, end = col(Member.quiet_from), col(Member.quiet_until)
    within = case(
        (start < end, and_(start <= minute, end > minute)),
        else_=or_(start <= minute, end > minute),
    )
    return func.coalesce(and_(start.is_not(None), within), false())


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
    taken = work.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message_id, col(OutboxMessage.status) == "pending", is_holder)
        .values(status="sending", epoch=epoch, attempts=col(OutboxMessage.attempts) + 1, held_until=None)
    )
    if count_changed(taken) != 1:
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


def _is_drawn(work: Work, message: OutboxMessage, notice: Said, chat: Chat) -> bool:
    """Whether its words tell of a past instant, and are as they were: to draw them reads all that is stored."""
    is_in_language = message.language == (chat.language or work.office.language)
    return notice.kind in OF_AN_INSTANT and bool(message.text) and is_in_language


def _list_concerned(work: Work, notices: Sequence[Said], address: Address) -> list[Said]:
    """Those for which this chat's person still holds the role, or the group still speaks for the agency."""
    if address.kind == "group":
        binding = _find_binding(work, address)
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


def _find_binding(work: Work, address: Address) -> GroupBinding | None:
    query = select(GroupBinding).where(col(GroupBinding.address_id) == address.id)
    return work.session.exec(query).first()


def _expire(work: Work, message: OutboxMessage, reason: str) -> None:
    message.status, message.error = "expired", reason
    for notice in list_notices(work, message.id):
        _expire_notice(work, message, notice, reason)


def _expire_notice(work: Work, message: OutboxMessage, notice: Said, reason: str) -> None:
    # The last of several messages records why.
    if not list_other_messages(work, message.id, notice.id):
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


def list_other_messages(work: Work, message_id: int, notice_id: int) -> Sequence[int]:
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


def record_arrived(work: Work, message: Claimed, telegram_id: int | None, bare: str = "") -> None:
    """Sent; also where it waits again, since we were taken for dead meanwhile: then nobody need repeat it."""
    waits = update(OutboxMessage).where(
        col(OutboxMessage.id) == message.id,
        col(OutboxMessage.epoch) == message.epoch,
        col(OutboxMessage.status) == "pending",
    )
    work.session.execute(waits.values(status="sending"))
    record_sent(work, message.id, telegram_id, bare)


def record_sent(work: Work, message_id: int, telegram_id: int | None, bare: str = "") -> None:
    """`bare`: why it went without its formatting or its buttons; kept for `doctor`."""
    error = bare[:300] or None
    _settle(work, message_id, status="sent", sent_at=work.now, message_id=telegram_id, error=error)


def put_back(work: Work, message: Claimed) -> None:
    """A claimed message that was not handed to Telegram."""
    _settle(work, message.id, status="pending", attempts=message.attempts - 1)


def record_later(
    work: Work, message_id: int, not_before: datetime, error: str, wall: datetime | None = None
) -> None:
    """Put off until an instant of the machine's clock. `wall`: what that clock says now."""
    _settle(work, message_id, status="pending", not_before=not_before, put_off_at=wall, error=error[:300])


def record_refused(work: Work, message_id: int, error: str) -> None:
    """Telegram will never take it as it is: kept, visible in `doctor`, and the secretariat is told once a day."""
    _settle(work, message_id, status="failed", error=error[:300])
    tell_undelivered(work)


def tell_undelivered(work: Work) -> None:
    notice = say(work, "undelivered", f"undelivered:{work.today}", audience="secretariat")
    dispatch(work, [notice])


def record_moved(work: Work, message_id: int, old: str, new: str, not_before: datetime) -> None:
    """A group became a supergroup: sent again to the new one; what cannot have moved is tried again later."""
    moved = move_chat(work, old, new)
    at = None if moved else not_before
    _settle(work, message_id, status="pending", not_before=at, error=f"chuyển sang {new}")


def _settle(work: Work, row_id: int, /, **values: object) -> None:
    work.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == row_id, col(OutboxMessage.status) == "sending")
        .values(**values)
    )


def record_unreachable(work: Work, message_id: int, chat: str, reason: str, error: str) -> None:
    """The person blocked the bot or is gone: this message, and all that waits for the chat, goes elsewhere."""
    message = work.session.get_one(OutboxMessage, message_id)
    message.status, message.error = "failed", error[:300]
    lose_chat(work, chat, reason, [message])


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
    binding = _find_binding(work, address)
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
