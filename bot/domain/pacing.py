"""Telegram's limits, kept by spacing evenly: a bucket of 30 would let 60 out in one second."""

from collections import deque
from dataclasses import dataclass, field

OVERALL_PER_S = 30.0
OUTBOX_PER_S = 27.0  # the rest is kept for direct answers
CHAT_S = 1.0
GROUP_MOST = 20
GROUP_S = 60.0
_FORGET = 4096


@dataclass
class Pacer:
    """Says when the next call may start. All times are seconds of one monotonic clock, given by the caller."""

    _next_call: float = 0.0
    _next_outbox: float = 0.0
    _parked_until: float = 0.0
    _chats: dict[str, float] = field(default_factory=dict)
    _groups: dict[str, deque[float]] = field(default_factory=dict)

    def chat_ready_at(self, chat: str, *, is_group: bool) -> float:
        """The earliest time a message may go to this chat."""
        ready = max(self._chats.get(chat, 0.0), self._parked_until)
        sent = self._groups.get(chat)
        if is_group and sent is not None and len(sent) == GROUP_MOST:
            ready = max(ready, sent[0] + GROUP_S)
        return ready

    def reserve(self, chat: str, now: float, *, is_group: bool) -> float:
        """Takes the next slot of the outbox for a message to this chat; returns when it may start."""
        start = max(now, self._next_call, self._next_outbox, self.chat_ready_at(chat, is_group=is_group))
        self._next_call = start + 1 / OVERALL_PER_S
        self._next_outbox = start + 1 / OUTBOX_PER_S
        self._note(chat, start, is_group=is_group)
        return start

    def reserve_direct(self, chat: str, now: float, *, is_group: bool) -> float:
        """Takes a slot for an answer to a person: it passes the outbox, and still keeps the overall limit."""
        start = max(now, self._next_call, self._parked_until)
        self._next_call = start + 1 / OVERALL_PER_S
        self._note(chat, start, is_group=is_group)
        return start

    def park_chat(self, chat: str, until: float) -> None:
        self._chats[chat] = max(self._chats.get(chat, 0.0), until)

    def park_all(self, until: float) -> None:
        self._parked_until = max(self._parked_until, until)

    def _note(self, chat: str, start: float, *, is_group: bool) -> None:
        self._chats[chat] = start + CHAT_S
        if is_group:
            self._groups.setdefault(chat, deque(maxlen=GROUP_MOST)).append(start)
        if len(self._chats) > _FORGET:
            self._chats = {key: at for key, at in self._chats.items() if at > start}
