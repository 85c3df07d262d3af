"""Telegram's limits, kept for any order of calls: the pacer is told the time, nothing waits."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.pacing import Pacer

FUZZ = 1e-6
PRIVATE = tuple(f"7{n}" for n in range(60))
GROUPS = ("-1001", "-1002")


@dataclass
class Line:
    """A fake line to Telegram: what was started when. The sender asks first, so a chat that must wait is passed."""

    pacer: Pacer = field(default_factory=Pacer)
    now: float = 1000.0
    outbox: list[tuple[float, str]] = field(default_factory=list)
    direct: list[tuple[float, str]] = field(default_factory=list)
    edits: list[tuple[float, str]] = field(default_factory=list)

    @property
    def messages(self) -> list[tuple[float, str]]:
        return [*self.outbox, *self.direct]

    @property
    def starts(self) -> list[float]:
        return sorted(at for at, _ in [*self.messages, *self.edits])

    def send(self, chat: str) -> bool:
        """As the sender does it: False where this chat's time has not come."""
        is_group = chat.startswith("-")
        if self.pacer.chat_ready_at(chat, is_group=is_group) > self.now:
            return False
        self.now = self._take(chat)
        self.outbox.append((self.now, chat))
        return True

    def answer(self, chat: str, *, is_edit: bool = False) -> float:
        """As the performer does it, for somebody who asks now: the answer starts when its chat is ready."""
        is_group = chat.startswith("-")
        ready_at = self.pacer.edit_ready_at if is_edit else self.pacer.chat_ready_at
        self.now = max(self.now, ready_at(chat, is_group=is_group))
        at = self._take(chat, is_edit=is_edit)
        (self.edits if is_edit else self.direct).append((at, chat))
        return at

    def _take(self, chat: str, *, is_edit: bool = False) -> float:
        at = self.pacer.reserve(chat, self.now, is_group=chat.startswith("-"), is_edit=is_edit)
        while (wait_s := self.pacer.begin(chat, at, is_edit=is_edit)) > 0:
            at += wait_s
        return at


def most_in_window(starts: Sequence[float], seconds: float) -> int:
    """The most starts in any half-open window of so many seconds."""
    ordered = sorted(starts)
    return max((bisect_left(ordered, at + seconds - FUZZ) - n for n, at in enumerate(ordered)), default=0)


def gaps(starts: Sequence[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(sorted(starts))]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.sampled_from([*PRIVATE, *GROUPS])),
        st.tuples(st.just("answer"), st.sampled_from([*PRIVATE, *GROUPS])),
        st.tuples(st.just("edit"), st.sampled_from([*PRIVATE[:3], *GROUPS])),
        st.tuples(st.just("wait"), st.floats(0, 2)),
        st.tuples(st.just("park"), st.sampled_from([*PRIVATE[:3], *GROUPS])),
        st.tuples(st.just("park_all"), st.floats(0, 3)),
    ),
    max_size=250,
)


def play(steps: Sequence[tuple[str, object]]) -> Line:
    line = Line()
    for what, value in steps:
        if what == "send":
            line.send(str(value))
        elif what == "answer":
            line.answer(str(value))
        elif what == "edit":
            line.answer(str(value), is_edit=True)
        elif what == "wait":
            assert isinstance(value, float)
            line.now += value
        elif what == "park":
            line.pacer.park_chat(str(value), line.now + 5)
        else:
            assert isinstance(value, float)
            line.pacer.park_all(line.now + value)
    return line


@given(STEPS)
@settings(max_examples=200)
def test_never_more_than_30_starts_in_any_second_and_never_closer_than_a_thirtieth(
    steps: list[tuple[str, object]],
) -> None:
    line = play(steps)
    assert most_in_window(line.starts, 1) <= 30
    assert min(gaps(line.starts), default=1) >= 1 / 30 - FUZZ


@given(STEPS)
@settings(max_examples=200)
def test_messages_and_answers_keep_a_second_a_chat_and_with_edits_twenty_a_minute_for_a_group(
    steps: list[tuple[str, object]],
) -> None:
    line = play(steps)
    by_chat, with_edits = defaultdict(list), defaultdict(list)
    for at, chat in line.messages:
        by_chat[chat].append(at)
    for at, chat in [*line.messages, *line.edits]:
        with_edits[chat].append(at)
    for starts in by_chat.values():
        assert min(gaps(starts), default=1) >= 1 - FUZZ
    for chat in GROUPS:
        assert most_in_window(with_edits[chat], 60) <= 20


@given(st.lists(st.floats(0, 0.3), min_size=40, max_size=120))
def test_a_loop_that_is_held_up_does_not_catch_up_by_more_than_the_limit(held_up: list[float]) -> None:
    """What was spaced evenly starts late by so much each: no window holds more than 30 all the same."""
    pacer = Pacer()
    due = [pacer.reserve(str(n), 1000.0, is_group=False) for n in range(len(held_up))]
    starts: list[float] = []
    now = 1000.0
    for n, at in enumerate(due):
        now = max(now, at) + held_up[n]
        while (wait_s := pacer.begin(str(n), now)) > 0:
            now += wait_s
        starts.append(now)
    assert most_in_window(starts, 1) <= 30


def test_a_steady_backlog_goes_out_at_97_percent_of_the_limit_or_more() -> None:
    line = Line()
    waiting = [str(n) for n in range(2000)]
    begun = line.now
    for chat in waiting:
        assert line.send(chat)
    assert len(waiting) / (line.now - begun) >= 0.975 * 30


@given(st.lists(st.floats(0, 0.005), min_size=300, max_size=300))
def test_a_loop_that_is_some_milliseconds_late_each_time_keeps_97_percent(late: list[float]) -> None:
    pacer = Pacer()
    now = begun = 1000.0
    for n, late_s in enumerate(late):
        now = max(now, pacer.reserve(str(n), now, is_group=False)) + late_s
        while (wait_s := pacer.begin(str(n), now)) > 0:
            now += wait_s
    assert len(late) / (now - begun) >= 0.97 * 30


def test_a_backlog_for_few_chats_goes_out_at_a_second_a_chat() -> None:
    line = Line()
    begun = line.now
    sent = 0
    while line.now < begun + 60:
        sent += sum(line.send(chat) for chat in PRIVATE[:10])
        line.now += 0.005
    assert sent >= 0.97 * 10 * 60


def test_outbox_and_direct_answers_together_use_nearly_the_whole_limit() -> None:
    line = Line()
    begun, n, next_answer = line.now, 0, line.now
    while line.now < begun + 60:
        if line.now >= next_answer:
            line.answer(f"8{n}")
            next_answer += 1 / 3
        n += 1
        line.send(f"7{n}")
    assert len(line.direct) >= 0.97 * 3 * 60
    assert len(line.outbox) / (line.now - begun) >= 0.87 * 30
    assert len(line.starts) / (line.now - begun) >= 0.97 * 30


def test_direct_answers_pass_a_backlog_of_the_outbox() -> None:
    line = Line()
    for n in range(500):
        line.send(str(n))
        if n % 9 == 0:
            # Asked for while the outbox is at full speed, it starts in the next slot but one at the latest.
            assert line.answer(f"8{n}") - line.now <= 2 / 30 + FUZZ


def test_parked_chats_do_not_delay_the_others() -> None:
    line = Line()
    for chat in PRIVATE[:30]:
        line.pacer.park_chat(chat, line.now + 3600)
    begun = line.now
    for chat in PRIVATE:
        assert line.send(chat) is (chat not in PRIVATE[:30])
    assert line.now - begun <= 30 / 29


def test_a_parked_chat_comes_back_when_its_time_is_over_and_no_sooner() -> None:
    line = Line()
    line.pacer.park_chat("71", line.now + 7)
    line.pacer.park_chat("71", line.now + 2)
    assert not line.send("71")
    line.now += 6.9
    assert not line.send("71")
    line.now += 0.2
    assert line.send("71")


def test_parking_everything_holds_outbox_and_answers_alike() -> None:
    line = Line()
    begun = line.now
    line.pacer.park_all(begun + 10)
    line.pacer.park_all(begun + 1)
    assert not line.send("71")
    assert line.answer("72") == begun + 10


def test_what_holds_up_the_outbox_alone_is_in_no_answers_way() -> None:
    line = Line()
    line.pacer.park_outbox(line.now + 10)
    assert line.pacer.outbox_ready_at() == line.now + 10
    assert line.answer("72") == line.now


def test_a_full_group_waits_for_its_oldest_message_to_be_a_minute_old() -> None:
    line = Line()
    begun = line.now
    for _ in range(20):
        assert line.send("-1001")
        line.now += 1.1
    assert not line.send("-1001")
    assert begun + 60 <= line.pacer.chat_ready_at("-1001", is_group=True) <= begun + 61
    assert line.send("-1002")


@settings(max_examples=5, deadline=None)
@given(st.integers(4097, 6000))
def test_chats_of_long_ago_are_forgotten_and_those_that_wait_are_not(chats: int) -> None:
    line = Line()
    line.pacer.park_chat("parked", line.now + 3600)
    for n in range(chats):
        line.send(str(n))
    assert len(line.pacer._chats) <= 4097
    assert not line.send("parked")
