"""Another bot takes the place of the one before: whom it may write to is found out, and nothing is said in vain.

A person's id is the same for every bot, a group's too. Ids of messages and files are one bot's own.
"""

from sqlalchemy import update
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.notice.expiry import WAITS
from bot.services.office.sending_state import NEW_BOT
from bot.services.saying.delivery import hand_over_waiting
from bot.services.saying.notices import Welcome, deliver_waiting, dispatch, say
from bot.services.standing.addresses import set_reachable
from bot.services.standing.seats import find_actor
from db.models import Address, Installation, OutboxMessage


def adopt_bot(work: Work, bot_id: int, name: str) -> int:
    """Called once Telegram has said who the bot is. The number of chats that have to be found again."""
    installation = work.session.get_one(Installation, 1)
    before = installation.bot_id
    installation.bot_id, installation.bot_username = bot_id, name
    if before in (None, bot_id):
        return 0
    lost = _lose_all(work)
    own = update(OutboxMessage).where(col(OutboxMessage.message_id).is_not(None))
    # A reply to the new bot's message of the same number would be taken for one to the old.
    work.session.execute(own.values(message_id=None))
    work.record("bot_changed", before={"bot": before}, after={"bot": bot_id, "chats": lost})
    notice = say(work, "bot_changed", f"bot_changed:{bot_id}:{work.now.isoformat()}", audience="secretariat")
    dispatch(work, [notice])
    return lost


def _lose_all(work: Work) -> int:
    query = select(Address).where(col(Address.reachable), col(Address.channel) == "telegram")
    addresses = work.session.exec(query.order_by(col(Address.id))).all()
    for each in addresses:
        set_reachable(work, each.address, NEW_BOT)
        each.menu = None
    work.session.flush()
    waiting = select(OutboxMessage.address_id).where(col(OutboxMessage.status).in_(("pending", "sending")))
    with_messages = set(work.session.exec(waiting))
    for each in addresses:
        if each.id in with_messages:
            hand_over_waiting(work, each, WAITS)
    return len(addresses)


def welcome_back(work: Work, chat: str) -> None:
    """A chat that can be written to gets what is current."""
    address = set_reachable(work, chat, None)
    if address is None:
        return
    actor = find_actor(work, int(chat)) if address.member_id is not None else None
    for seat in actor.seats if actor else ():
        deliver_waiting(work, address, Welcome(seat.agency_id, seat.role))
