"""The chats in which people can be reached: found, lost, found again, moved."""

from sqlmodel import col, select

from bot.services.context import Work
from db.models import Address, GroupBinding

TELEGRAM = "telegram"


def find_address(work: Work, chat_id: int | str) -> Address | None:
    return work.session.exec(
        select(Address).where(col(Address.channel) == TELEGRAM, col(Address.address) == str(chat_id))
    ).first()


def is_reachable(work: Work, chat_id: int | str) -> bool:
    """Whether a person's own chat can be written to, as far as is known."""
    address = find_address(work, chat_id)
    return address is not None and address.kind == "private" and address.reachable


def set_reachable(work: Work, chat_id: int | str, reason: str | None) -> Address | None:
    """Marks a chat as reachable (`reason` None) or not. Returns it where that changed something."""
    address = find_address(work, chat_id)
    if address is None or address.reachable == (reason is None):
        return None
    address.reachable = reason is None
    address.unreachable_reason = reason
    address.unreachable_at = None if reason is None else work.now
    told = {"address": address.id, "member": address.member_id}
    work.record("chat_back" if reason is None else "chat_lost", after=told)
    return address


def move_chat(work: Work, old: int | str, new: int | str) -> bool:
    """A group became a supergroup: what is bound to it goes along. False where nothing moves."""
    address = find_address(work, old)
    # A person's chat never moves: whoever says so would take the person's place.
    if address is None or address.kind != "group" or not str(new).startswith("-"):
        return False
    twin = find_address(work, new)
    if twin is not None and twin.id != address.id:
        # Telegram announces the move in both chats; whichever came first has made the new address.
        _take_binding(work, twin.id, address.id)
        twin.address = f"{new}-twin-{twin.id}"
        twin.reachable = False
        work.session.flush()
    address.address = str(new)
    address.reachable, address.unreachable_reason, address.unreachable_at = True, None, None
    return True


def _take_binding(work: Work, twin_id: int, address_id: int) -> None:
    """Of a group bound again under its new address: one binding is left, the earlier."""
    query = select(GroupBinding).where(col(GroupBinding.address_id).in_((twin_id, address_id)))
    bindings = sorted(work.session.exec(query), key=lambda each: each.id)
    for each in bindings[1:]:
        work.session.delete(each)
    work.session.flush()
    for each in bindings[:1]:
        each.address_id = address_id
