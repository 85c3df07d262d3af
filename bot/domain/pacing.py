"""Telegram's limits, kept by spacing evenly: a bucket of 30 would let 60 out in one second.

The limits are 30 messages a second, one a second to a chat, and 20 a minute to a group. Each is kept with a little
to spare, since what leaves at even times arrives at somewhat uneven ones.
"""

from collections import deque
from dataclasses import dataclass, field

MOST_PER_S = 30
SPACING_S = 1 / 29.45
WINDOW_S = 1.02
CHAT_S = 1.02
GROUP_MOST = 20
GROUP_S = 60.3
_FORGET = 4096


@dataclass
class Pacer:
    """Says when the next call may start. All times are seconds of one monotonic clock, given by the caller."""

    _next_call: float = 0.0
    _parked_until: float = 0.0
    _outbox_parked_until: float = 0.0
    _chats: dict[str, float] = field(default_factory=dict)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _begun: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_PER_S))

    def chat_ready_at(self, chat: str, *, is_group: bool) -> float:
        """The earliest time a message may go to this chat."""
        ready = max(self._chats.get(chat, 0.0), self._parked_until)
        return max(ready, self._group_ready_at(chat)) if is_group else ready

    def edit_ready_at(self, chat: str, *, is_group: bool) -> float:
        """As `chat_ready_at` for an edit: it counts for a group's minute, and not for a chat's second."""
        return max(self._parked_until, self._group_ready_at(chat) if is_group else 0.0)

    def outbox_ready_at(self) -> float:
        return max(self._parked_until, self._outbox_parked_until)

    def least_seconds(self, chat: str, messages: int, now: float, *, is_group: bool) -> float:
        """The least time until the last of so many messages to one chat may start, by what it has got so far."""
        if not is_group:
            return (messages - 1) * CHAT_S
        sent = deque(self._groups.get(chat, ()), maxlen=GROUP_MOST)
        # More than this are an hour, whoever counts.
        for n in range(min(messages, 60 * GROUP_MOST)):
            at = max(now, sent[0] + GROUP_S) if len(sent) == GROUP_MOST else now
            sent.append(max(at, sent[-1] + CHAT_S) if n else at)
        return sent[-1] - now

    def _group_ready_at(self, chat: str) -> float:
        sent = self._groups.get(chat)
        return sent[0] + GROUP_S if sent is not None and len(sent) == GROUP_MOST else 0.0

    def reserve(self, chat: str, now: float, *, is_group: bool, is_edit: bool = False) -> float:
        """Takes the next slot for a chat that is ready; returns when the call may start.

        Whoever asks first is served first: the outbox asks for few slots at a time, so that an answer waits for few.
        """
        start = max(now, self._next_call, self._parked_until)
        self._next_call = start + SPACING_S
        if not is_edit:
            self.park_chat(chat, start + CHAT_S)
        if is_group:
            self._groups.setdefault(chat, deque(maxlen=GROUP_MOST)).append(start)
        if len(self._chats) > _FORGET:
            self._chats = {key: at for key, at in self._chats.items() if at > start}
        return start

    def begin(self, chat: str, now: float, *, is_edit: bool = False) -> float:
        """Asked when a slot has come: 0 where the call starts now, or the seconds it has to wait still.

        A loop that was held up starts late what it had spaced evenly: those that follow must not catch up.
        """
        if len(self._begun) == MOST_PER_S and (wait_s := self._begun[0] + WINDOW_S - now) > 0:
            return wait_s
        self._begun.append(now)
        if not is_edit:
            self.park_chat(chat, now + CHAT_S)
        return 0.0

    def park_chat(self, chat: str, until: float) -> None:
        self._chats[chat] = max(self._chats.get(chat, 0.0), until)

    def park_all(self, until: float) -> None:
        self._parked_until = max(self._parked_until, until)

    def park_outbox(self, until: float) -> None:
        """What is to be said by itself waits; people who ask are answered."""
        self._outbox_parked_until = max(self._outbox_parked_until, until)
