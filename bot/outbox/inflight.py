"""What is being said right now: one message a chat and AT_ONCE in all, so that a kill repeats no more than that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8  # a serial sender reaches 6.6 messages a second where a call takes 150 ms
KEPT_FREE = 1  # somebody who asks finds a place at once
# So many are drawn and wait for their slot: a store that hesitates for half a second holds up nobody.
AHEAD = 16


class InFlight:
    """Who is being written to; of one event loop.

    A chat is taken from the time its message is drawn until it is recorded as sent. A place, of which there are few, is
    held from when the message is handed to Telegram: what is drawn only cannot be repeated.
    """

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self._chats: set[str] = set()
        self._asking: list[str] = []
        self._handed = 0
        self._urgent = 0
        self._changed = asyncio.Condition()

    @property
    def is_full(self) -> bool:
        """Nothing more need be drawn."""
        return len(self._chats) >= AHEAD

    @property
    def chats(self) -> frozenset[str]:
        return frozenset(self._chats)

    def try_take(self, chat: str) -> bool:
        """Takes a chat for what is said by itself; False where it is taken, or somebody's answer asks for it."""
        if self.is_full or chat in self._chats or chat in self._asking:
            return False
        self._chats.add(chat)
        return True

    async def release(self, chat: str) -> None:
        self._chats.discard(chat)
        async with self._changed:
            self._changed.notify_all()

    async def hand(self, chat: str, *, is_urgent: bool) -> bool:
        """Waits for a place for what is said by itself; False where somebody's answer is to pass it."""
        self._urgent += is_urgent
        try:
            async with self._changed:
                await self._changed.wait_for(lambda: chat in self._asking or self._has_place(is_urgent))
                if chat in self._asking:
                    return False
                self._handed += 1
                return True
        finally:
            self._urgent -= is_urgent

    def _has_place(self, is_urgent: bool) -> bool:
        return self._handed < self._most - KEPT_FREE and (is_urgent or not self._urgent)

    @asynccontextmanager
    async def place(self, chat: str) -> AsyncIterator[None]:
        """A chat and a place for somebody's answer; held until it is recorded."""
        self._asking.append(chat)
        try:
            async with self._changed:
                self._changed.notify_all()
                await self._changed.wait_for(lambda: chat not in self._chats and self._handed < self._most)
                self._chats.add(chat)
                self._handed += 1
        finally:
            self._asking.remove(chat)
        try:
            yield
        finally:
            self._chats.discard(chat)
            await self.free()

    async def free(self) -> None:
        """Gives a place back."""
        self._handed -= 1
        async with self._changed:
            self._changed.notify_all()
