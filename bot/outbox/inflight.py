"""What is being said right now: one message a chat and AT_ONCE in all, so that a kill repeats no more than that."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial

from bot.clock import monotonic

AT_ONCE = 8  # a serial sender reaches 6.6 messages a second where a call takes 150 ms
KEPT_FREE = 1  # somebody who asks finds a place at once
# So many are drawn and wait for their slot: a store that hesitates for half a second holds up nobody.
AHEAD = 16
# To handle what somebody has sent, and to begin its answer.
EXPECTED_S = 1.0


class InFlight:
    """Who is being written to; of one event loop.

    A chat is taken from the time its message is drawn until it is recorded as sent. A place, of which there are few, is
    held from when the message is handed to Telegram: what is drawn only cannot be repeated.
    """

    def __init__(self, most: int = AT_ONCE, expected_s: float = EXPECTED_S) -> None:
        self._most = most
        self._expected_s = expected_s
        self._expected: dict[str, float] = {}
        self._chats: set[str] = set()
        self._asking: list[str] = []
        self._handed = 0
        self._urgent = 0
        self._waiting: dict[asyncio.Future[bool], Callable[[], bool | None]] = {}

    @property
    def is_full(self) -> bool:
        """Nothing more need be drawn."""
        return len(self._chats) >= AHEAD

    @property
    def chats(self) -> frozenset[str]:
        return frozenset(self._chats)

    def try_take(self, chat: str) -> bool:
        """Takes a chat for what is said by itself; False where it is taken, or somebody's answer asks for it."""
        if self.is_full or chat in self._chats or self._is_for_an_answer(chat):
            return False
        self._chats.add(chat)
        return True

    def expect(self, chats: Collection[str]) -> None:
        """Somebody there has sent something: what is said by itself, and costs the chat a second, waits for the answer.

        Not for ever, however much is sent: a while it waits, and as long it does not.
        """
        now = monotonic()
        self._expected = {chat: at for chat, at in self._expected.items() if now - at < 2 * self._expected_s}
        self._expected = dict.fromkeys(chats, now) | self._expected

    @contextmanager
    def asking(self, chat: str) -> Iterator[None]:
        """While an answer waits for its chat or its turn, nothing that is said by itself takes the chat."""
        self._asking.append(chat)
        if chat in self._chats:
            self._serve()  # what is drawn for it steps back
        try:
            yield
        finally:
            self._asking.remove(chat)
            self._expected.pop(chat, None)

    def _is_for_an_answer(self, chat: str) -> bool:
        return chat in self._asking or monotonic() - self._expected.get(chat, -1e9) < self._expected_s

    async def release(self, chat: str) -> None:
        self._chats.discard(chat)
        self._serve()

    async def hand(self, chat: str, *, is_urgent: bool) -> bool:
        """Waits for a place for what is said by itself; False where somebody's answer is to pass it."""
        self._urgent += is_urgent
        try:
            return await self._ask(partial(self._try_hand, chat, is_urgent), self._give_back)
        finally:
            self._urgent -= is_urgent
            if is_urgent:
                self._serve()

    def _try_hand(self, chat: str, is_urgent: bool) -> bool | None:
        if self._is_for_an_answer(chat):
            return False
        if self._handed >= self._most - KEPT_FREE or (self._urgent and not is_urgent):
            return None
        self._handed += 1
        return True

    @asynccontextmanager
    async def place(self, chat: str) -> AsyncIterator[None]:
        """A chat and a place for somebody's answer; held until it is recorded."""
        with self.asking(chat):
            await self._ask(partial(self._try_place, chat), partial(self._give_back, chat))
        try:
            yield
        finally:
            self._give_back(chat)

    def _try_place(self, chat: str) -> bool | None:
        if chat in self._chats or self._handed >= self._most:
            return None
        self._chats.add(chat)
        self._handed += 1
        return True

    async def free(self) -> None:
        """Gives a place back."""
        self._give_back()

    def _give_back(self, chat: str | None = None) -> None:
        if chat is not None:
            self._chats.discard(chat)
        self._handed -= 1
        self._serve()

    async def _ask(self, take: Callable[[], bool | None], give_back: Callable[[], None]) -> bool:
        """What `take` says now or, while that is None, after a change; `give_back` undoes what comes too late."""
        if (answer := take()) is not None:
            return answer
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting[told] = take
        try:
            return await told
        except asyncio.CancelledError:
            if told.done() and not told.cancelled() and told.result():
                give_back()
            raise
        finally:
            self._waiting.pop(told, None)

    def _serve(self) -> None:
        """Something has changed. It is taken for those who wait, in their order: to wake all of them costs more."""
        for told, take in list(self._waiting.items()):
            if not told.done() and (answer := take()) is not None:
                del self._waiting[told]
                told.set_result(answer)
