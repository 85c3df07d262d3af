"""The pacer's slots, waited for: nothing is sent without one."""

import asyncio

import structlog

from bot.clock import monotonic
from bot.domain.pacing import Pacer

log = structlog.get_logger()


class Slots:
    """Of one event loop, where one task at a time writes to a chat. A group's id is negative (Bot API, Chat)."""

    def __init__(self, pacer: Pacer) -> None:
        self.pacer = pacer

    def ready_in(self, chat: str, *, is_edit: bool = False) -> float:
        """Seconds until the chat may get another message; 0 or less: now."""
        ready_at = self.pacer.edit_ready_at if is_edit else self.pacer.chat_ready_at
        return ready_at(chat, is_group=is_group(chat)) - monotonic()

    async def take(self, chat: str, *, is_edit: bool = False) -> None:
        """Returns when the call may start, at once; for a chat that is ready."""
        start = self.pacer.reserve(chat, monotonic(), is_group=is_group(chat), is_edit=is_edit)
        while (wait_s := start - (now := monotonic())) > 0 or (
            wait_s := self.pacer.begin(chat, now, is_edit=is_edit)
        ) > 0:
            await asyncio.sleep(wait_s)
        # What was decided, whatever the machine makes of it: tests judge it by the limits.
        log.debug("slot", at=now, chat=chat, is_edit=is_edit)


def is_group(chat: str) -> bool:
    return chat.startswith("-")
