"""The clock stands still until moved, and a move is over when the bot has done what was due."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx
import pytest

from bot.sandbox import RunningSandbox, Sandbox

START = "2023-04-24T09:00:00+07:00"
REMINDER = "2023-05-24T08:00:00+07:00"


@contextmanager
def attached_bot(running: RunningSandbox, done: list[str]) -> Iterator[None]:
    """Looks at the clock as the bot does; `done` gathers the instants it has dealt with."""
    is_over = threading.Event()

    def work() -> None:
        headers: dict[str, str] = {}
        params: dict[str, Any] = {}
        with httpx.Client(trust_env=False, timeout=30) as http:
            while not is_over.is_set():
                now = http.get(running.clock_url, headers=headers, params=params).json()["now"]
                done.append(now)
                headers = {"Dondoc-Done": now, "Dondoc-Next": REMINDER}
                params = {"since": now, "wait": 0.5}

    thread = threading.Thread(target=work)
    thread.start()
    try:
        running.sandbox.wait_until(running.sandbox.clock.is_attached)
        yield
    finally:
        is_over.set()
        thread.join(10)


def move(running: RunningSandbox, now: Any) -> httpx.Response:
    return httpx.post(running.clock_url, json={"now": now}, trust_env=False, timeout=30)


def test_it_starts_on_24_april_2023_and_stands_still(running: RunningSandbox) -> None:
    looks = {httpx.get(running.clock_url, trust_env=False).text for _ in range(2)}
    assert looks == {f'{{"now":"{START}"}}'}


def test_with_no_bot_a_move_is_answered_at_once(running: RunningSandbox) -> None:
    began = time.monotonic()
    assert move(running, REMINDER).json() == {"now": REMINDER, "done": False}
    assert time.monotonic() - began < 5
    assert running.sandbox.now == datetime.fromisoformat(REMINDER)
    assert httpx.get(f"{running.url}/sandbox/next", trust_env=False).json() == {
        "next": None,
        "attached": False,
    }


def test_a_bot_that_has_just_started_is_waited_for(running: RunningSandbox) -> None:
    httpx.get(running.clock_url, headers={"Dondoc-Ticking": "yes"}, trust_env=False)
    assert running.sandbox.clock.is_attached()
    with ThreadPoolExecutor(1) as pool:
        moved = pool.submit(move, running, REMINDER)
        with pytest.raises(TimeoutError):
            moved.result(0.3)
        httpx.get(
            running.clock_url, headers={"Dondoc-Ticking": "yes", "Dondoc-Done": REMINDER}, trust_env=False
        )
        assert moved.result(5).json() == {"now": REMINDER, "done": True}


def test_a_move_forth_or_back_is_answered_when_the_bot_has_done_it(running: RunningSandbox) -> None:
    done: list[str] = []
    with attached_bot(running, done):
        for now in (REMINDER, "2023-06-05T09:00:00+07:00", START, START):
            assert move(running, now).json() == {"now": now, "done": True}
            assert done[-1] == now
        told = httpx.get(f"{running.url}/sandbox/next", trust_env=False).json()
    assert told == {"next": REMINDER, "attached": True}


def test_instants_are_compared_whatever_their_zone(running: RunningSandbox) -> None:
    with attached_bot(running, []):
        assert move(running, "2023-05-24T01:00:00Z").json() == {"now": REMINDER, "done": True}


@pytest.mark.parametrize("now", ["2023-05-24T08:00:00", "mai", 5, None, "9999-12-31T23:59:59-12:00"])
def test_a_time_that_is_none_is_refused_with_a_sentence(running: RunningSandbox, now: Any) -> None:
    answer = move(running, now)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert running.sandbox.now == datetime.fromisoformat(START)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(running: RunningSandbox, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = httpx.post(running.clock_url, content=body, headers=headers, trust_env=False)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_messages_carry_the_time_of_the_sandbox(running: RunningSandbox, sandbox: Sandbox) -> None:
    sandbox.move_clock(datetime.fromisoformat(REMINDER))
    said = sandbox.send_text("hu-muong-te", "Báo cáo")
    assert datetime.fromtimestamp(said["date"], sandbox.now.tzinfo) == datetime.fromisoformat(REMINDER)
