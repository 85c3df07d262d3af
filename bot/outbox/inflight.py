"""What is being said right now: one message a chat and AT_ONCE in all, so that a kill repeats no more than that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8  # a serial sender reaches 6.6 messages a second where a call takes 150 ms


class InFlight:
    """Chats with a message that has been handed to Telegram and is not recorded yet; of one event loop."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self._chats: set[str] = set()
        self._changed = asyncio.Condition()

    @property
    def is_full(self) -> bool:
        return len(self._chats) >= self._most

    @property
    def chats(self) -> frozenset[str]:
        return frozenset(self._chats)

    def try_take(self, chat: str) -> bool:
        """Takes a place at once; False where the chat has one, or all are taken."""
        if self.is_full or chat in self._chats:
            return False
        self._chats.add(chat)
        return True

    async def release(self, chat: str) -> None:
        self._chats.discard(chat)
        async with self._changed:
            self._changed.notify_all()

    @asynccontextmanager
    async def place(self, chat: str) -> AsyncIterator[None]:
        """Waits for a place, and holds it until what was said is recorded."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.try_take(chat))
        try:
            yield
        finally:
            await self.release(chat)
