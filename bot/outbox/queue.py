"""Whose turn it is: the oldest first, but for answers, and for chats whose own limit lets them end last."""

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.clock import monotonic
from bot.domain.pacing import SPACING_S, Pacer
from bot.services.saying.delivery import Candidate

# The last messages of many chats want the line at one time: they are begun earlier than each alone would have to be.
SLACK, SLACK_S = 1.5, 5.0
# A message is drawn while its chat's second ends.
SOON_S = 0.2


class Turn(NamedTuple):
    """Whose turn it is. `is_urgent`: before others that are drawn already."""

    candidate: Candidate
    is_urgent: bool


class Queue:
    """One look at the outbox, worked off. A chat whose second is not over is passed, and first when it is."""

    def __init__(self, candidates: Sequence[Candidate], pacer: Pacer) -> None:
        self._ready = deque(put_in_order(candidates, pacer, monotonic()))
        self._later: list[tuple[float, int, Turn]] = []

    @property
    def is_empty(self) -> bool:
        return not self._ready and not self._later

    def next_in(self) -> float:
        """Seconds until one of those that wait for their chat can go."""
        return max(0.0, self._later[0][0] - monotonic()) if self._later else float("inf")

    def pop_ready(self, ready_in: Callable[[str], float]) -> Turn | None:
        """The next that may start now, by the seconds its chat has to wait; None where none may."""
        if self._later and self._later[0][0] <= monotonic():
            self._ready.appendleft(heapq.heappop(self._later)[2])
        while self._ready:
            each = self._ready.popleft()
            wait_s = ready_in(each.candidate.chat)
            if wait_s <= SOON_S:
                return each
            heapq.heappush(self._later, (monotonic() + wait_s - SOON_S, each.candidate.id, each))
        return None


def put_in_order(candidates: Sequence[Candidate], pacer: Pacer, now: float) -> list[Turn]:
    """A group with 25 messages takes a minute, whatever else waits: begun last, all would wait for it."""
    all_s = sum(each.waiting for each in candidates) * SPACING_S

    def order(each: Candidate) -> tuple[int, float, int]:
        if each.is_answer:
            return 0, 0, each.id
        own_s = pacer.least_seconds(each.chat, each.waiting, now, is_group=each.is_group)
        return (1, -own_s, each.id) if own_s > 0 and own_s * SLACK > all_s - SLACK_S else (2, 0, each.id)

    ordered = sorted(((order(each), each) for each in candidates), key=lambda pair: pair[0])
    return [Turn(each, place[0] < 2) for place, each in ordered]
