"""Whose turn it is, and what steps back for somebody's answer."""

import asyncio
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import monotonic
from bot.domain.pacing import CHAT_S, GROUP_S, SPACING_S, Pacer
from bot.outbox.inflight import AHEAD, AT_ONCE, KEPT_FREE, InFlight
from bot.outbox.queue import Queue, put_in_order
from bot.services.saying.delivery import Candidate
from tests.unit.line import HANGING_S


def private(key: int, waiting: int = 1, *, is_answer: bool = False) -> Candidate:
    return Candidate(key, str(key), False, waiting, is_answer)


def group(key: int, waiting: int) -> Candidate:
    return Candidate(key, str(-key), True, waiting)


def order(*candidates: Candidate) -> list[int]:
    return [turn.candidate.id for turn in put_in_order(candidates, Pacer(), monotonic())]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_with_much_to_send_the_oldest_goes_first(chance: Random) -> None:
    keys = chance.sample(range(1, 10_000), 300)
    assert order(*(private(key) for key in keys)) == sorted(keys)


def test_an_answer_goes_before_all() -> None:
    assert order(*(private(key) for key in range(1, 50)), private(99, is_answer=True))[0] == 99


def test_a_group_whose_minute_ends_last_is_begun_first() -> None:
    many = [private(key) for key in range(1, 1500)]
    assert order(*many, group(9001, 25))[0] == 9001
    assert order(*many, group(9001, 3))[-1] == 9001


def test_what_a_group_has_got_counts_for_its_minute() -> None:
    pacer, now = Pacer(), 1000.0
    assert pacer.least_seconds("-1", 20, now, is_group=True) < 20 * CHAT_S
    for n in range(10):
        pacer.reserve("-1", now + n * 2, is_group=True)
    after = now + 30
    assert pacer.least_seconds("-1", 10, after, is_group=True) < 10 * CHAT_S
    assert pacer.least_seconds("-1", 11, after, is_group=True) >= now + GROUP_S - after
    assert pacer.least_seconds("7", 4, now, is_group=False) == 3 * CHAT_S


@given(st.integers(1, 60), st.integers(0, 40))
def test_the_least_time_of_a_chat_is_what_the_pacer_then_takes(messages: int, before: int) -> None:
    pacer, now = Pacer(), 1000.0
    for _ in range(before):
        now = max(now, pacer.chat_ready_at("-1", is_group=True))
        pacer.reserve("-1", now, is_group=True)
    now = max(now, pacer.chat_ready_at("-1", is_group=True))
    least = pacer.least_seconds("-1", messages, now, is_group=True)
    begun = now
    for _ in range(messages):
        now = max(now, pacer.chat_ready_at("-1", is_group=True))
        now = pacer.reserve("-1", now, is_group=True)
    assert least - 1e-6 <= now - begun <= least + SPACING_S


def test_a_chat_that_has_to_wait_is_passed_and_comes_first_when_it_may() -> None:
    ready = {"1": 0.3, "2": 0.0, "3": 0.0}
    queue = Queue([private(key) for key in (1, 2, 3)], Pacer())
    first = queue.pop_ready(ready.__getitem__)
    assert first is not None
    assert first.candidate.id == 2
    assert not queue.is_empty
    while queue.next_in() > 0:
        pass
    ready["1"] = 0.0
    found = [queue.pop_ready(ready.__getitem__) for _ in range(3)]
    assert [turn.candidate.id if turn else None for turn in found] == [1, 3, None]


# --- places


def test_more_are_drawn_than_handed_over_and_one_place_is_kept_for_answers() -> None:
    async def main() -> None:
        in_flight = InFlight()
        chats = [str(n) for n in range(AHEAD)]
        assert all(in_flight.try_take(chat) for chat in chats)
        assert not in_flight.try_take("one more")
        for chat in chats[: AT_ONCE - KEPT_FREE]:
            assert await in_flight.hand(chat, is_urgent=False)
        waiting = asyncio.create_task(in_flight.hand(chats[-1], is_urgent=False))
        async with asyncio.timeout(HANGING_S), in_flight.place("who asks"):
            assert not waiting.done()
        await in_flight.free()
        assert await waiting

    asyncio.run(main())


def test_a_drawn_message_steps_back_for_an_answer_to_its_chat() -> None:
    async def main() -> None:
        in_flight = InFlight()
        chats = [str(n) for n in range(AT_ONCE)]
        assert all(in_flight.try_take(chat) for chat in chats)
        for chat in chats[:-1]:
            assert await in_flight.hand(chat, is_urgent=False)
        waiting = asyncio.create_task(in_flight.hand(chats[-1], is_urgent=False))
        answering = asyncio.create_task(_answer(in_flight, chats[-1]))
        assert not await waiting
        assert not in_flight.try_take(chats[-1])
        await in_flight.release(chats[-1])
        await answering

    asyncio.run(main())


async def _answer(in_flight: InFlight, chat: str) -> None:
    async with asyncio.timeout(HANGING_S), in_flight.place(chat):
        pass


def test_who_is_urgent_is_handed_over_first() -> None:
    async def main() -> None:
        in_flight = InFlight(KEPT_FREE + 1)
        assert await in_flight.hand("0", is_urgent=False)
        handed: list[str] = []

        async def wait(chat: str, *, is_urgent: bool) -> None:
            await in_flight.hand(chat, is_urgent=is_urgent)
            handed.append(chat)

        tasks = [asyncio.create_task(wait("1", is_urgent=False))]
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(wait("2", is_urgent=True)))
        for _ in tasks:
            await asyncio.sleep(0.01)
            await in_flight.free()
        await asyncio.gather(*tasks)
        assert handed == ["2", "1"]

    asyncio.run(main())


def test_slots_are_evenly_spaced() -> None:
    pacer = Pacer()
    starts = [pacer.reserve(str(n), 1000.0, is_group=False) for n in range(60)]
    assert all(abs(later - earlier - SPACING_S) < 1e-6 for earlier, later in pairwise(starts))
