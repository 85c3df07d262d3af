"""Handles what was received: one transaction an update, then its answers; nothing takes effect twice."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy import update
from sqlmodel import col

from bot.clock import monotonic, wall
from bot.handlers.answers import Answers
from bot.inbox.applying import Applier, Row, Turn, find_place
from bot.inbox.fair import SHARE, list_needless, select_fair
from bot.inbox.parse import find_chat
from bot.inbox.perform import Performer, Task
from bot.outbox.lease import LostLeaseError
from bot.screens.base import LONGEST
from bot.services.context import Office
from bot.vitals import Vitals
from db.engine import Database
from db.models import InboxUpdate

log = structlog.get_logger()
BATCH = 100
MOST_OPEN = 60  # being answered: more only wait for each other
TURN_S = 0.15  # then whoever has come meanwhile gets a turn
LOOK_S = 2.0


class Worker:
    """Applies updates in the order they came; answers go out per chat in that order, chats side by side.

    Of several processes the one whose `turn` it is. It looks every `look_s` for what others have stored.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        applier: Applier,
        performer: Performer,
        wake_sender: Callable[[], None],
        turn: Turn,
        look_s: float = LOOK_S,
        vitals: Vitals | None = None,
    ) -> None:
        self._database = database
        self._office = office
        self._applier = applier
        self._performer = performer
        self._wake_sender = wake_sender
        self._turn = turn
        self._look_s = look_s
        self._vitals = vitals or Vitals()
        self._epoch: int | None = None
        self._event = asyncio.Event()
        self._is_busy = False

    def wake(self) -> None:
        self._event.set()

    @property
    def is_idle(self) -> bool:
        return not (self._event.is_set() or self._is_busy) and self._performer.is_idle

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._event.clear()
            self._is_busy = True
            try:
                while await self._work_batch():
                    self._vitals.done("worker")
                self._vitals.done("worker")
            except LostLeaseError:
                log.warning("inbox_left_to_another")
            except Exception as error:
                # The border of the loop: the updates are in the store and wait there.
                log.error("inbox_failed", error=type(error).__name__, where=find_place(error))
                await asyncio.sleep(1)
                continue
            finally:
                self._is_busy = False
            try:
                # Not `wait_for`: it loses a stop that comes together with a wake-up (Python 3.11).
                async with asyncio.timeout(self._look_s):
                    await self._event.wait()
            except TimeoutError:
                continue

    async def _work_batch(self) -> int:
        if not self._take_turn():
            return 0
        await self._performer.record_owed()
        # What is being answered is not taken up again. No mark of the last one seen would do: of several
        # processes one commits an earlier number after another's later one.
        listed = await asyncio.to_thread(self._list_open, self._performer.open_ids)
        self._performer.expect({str(each.chat) for each in listed if each.state == "received"})
        is_flood = max(Counter(each.chat for each in listed).values(), default=0) >= SHARE
        needless = await asyncio.to_thread(self._leave_out, listed) if is_flood else ()
        rest = deque(each for each in listed if each.id not in needless)
        until = monotonic() + TURN_S
        while rest and monotonic() < until:
            await self._performer.wait_for_room(MOST_OPEN)
            for row, answers in await asyncio.to_thread(self._applier.apply_some, rest):
                if answers is not None:
                    self._add(_task_of(row, answers))
            if self._applier.take_news():
                self._wake_sender()
        return len(listed)

    def _add(self, task: Task) -> None:
        """To be answered; whoever asks faster than can be answered is told that it is so."""
        screen = task.answers.get("send")
        # An album comes in a breath, and is answered once.
        if screen and not task.answers.get("album") and self._performer.is_behind(task.chat):
            words = f"{screen['text']}\n\n{self._office.texts()('answers.behind')}"
            told = {**screen, "text": words if len(words) <= LONGEST else screen["text"]}
            task = replace(task, answers={**task.answers, "send": told})
        self._performer.add(task)

    def _leave_out(self, rows: Sequence[Row]) -> set[int]:
        """Of a chat that floods: what need not be worked on is marked so, at once."""
        received = [each for each in rows if each.state == "received"]
        needless = list_needless(
            [(each.id, each.raw) for each in received], {each.id: each.chat for each in rows}
        )
        if needless:
            with self._database.write() as session:
                self._turn.guard(session)
                session.execute(
                    update(InboxUpdate)
                    .where(col(InboxUpdate.id).in_(needless), col(InboxUpdate.state) == "received")
                    .values(state="done", applied_at=wall(), done_at=wall(), answers=[Answers().as_json()])
                )
            log.info("updates_left_out", count=len(needless))
        return needless

    def _take_turn(self) -> bool:
        """Whether it is ours to work. After another's turn, what we had begun has been taken up by it."""
        epoch = self._turn.epoch
        if epoch is not None and epoch != self._epoch:
            self._performer.forget()
            self._epoch = epoch
        return epoch is not None

    def _list_open(self, but: Collection[int]) -> list[Row]:
        with self._database.read() as session:
            return [
                Row(key, json.loads(raw), state, answers[0] if answers else None, chat)
                for key, raw, state, answers, chat in session.execute(
                    select_fair(), {"but": list(but), "most": BATCH}
                )
            ]


def _task_of(row: Row, answers: dict[str, Any]) -> Task:
    # Also of what could not be read: nothing here may be taken for granted.
    query = _object(row.raw.get("callback_query"))
    number, key = _object(query.get("message")).get("message_id"), query.get("id")
    return Task(
        row.id,
        str(find_chat(row.raw) or ""),
        key if isinstance(key, str) else "",
        number if type(number) is int else None,
        answers,
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
