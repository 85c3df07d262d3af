"""Handles what was received: one transaction an update, then its answers; nothing takes effect twice."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from bot.clock import Clock, monotonic, wall
from bot.errors import UserError
from bot.handlers.answers import Answers
from bot.handlers.refusing import answer_refusal
from bot.handlers.router import handle
from bot.inbox.fair import SHARE, list_needless, select_fair
from bot.inbox.parse import Incoming, Unreadable, find_chat, parse, without_link
from bot.inbox.perform import Performer, Task
from bot.outbox.aside import is_store_error
from bot.outbox.lease import LostLeaseError
from bot.screens.base import LONGEST, Screen
from bot.services.context import Office, Work
from bot.vitals import Vitals
from db.bulk import table_of
from db.engine import Database, count_changed
from db.models import InboxUpdate

log = structlog.get_logger()
BATCH = 100
TOGETHER, TOGETHER_S = 20, 0.02  # in one transaction
MOST_OPEN = 60  # being answered: more only wait for each other
TURN_S = 0.15  # then whoever has come meanwhile gets a turn
LOOK_S = 2.0
_INBOX = table_of(InboxUpdate)
_THIS = _INBOX.c.id == bindparam("row")
# Put together once: that takes longer than to carry them out.
CLAIM = (
    update(_INBOX)
    .where(_THIS, _INBOX.c.state == "received")
    .values(state="applied", applied_at=bindparam("now"))
)
FORGET = update(_INBOX).where(_THIS).values(raw=bindparam("kept"))
ANSWER = update(_INBOX).where(_THIS).values(answers=bindparam("said"))


@dataclass(frozen=True)
class Row:
    """An update that is not done yet."""

    id: int
    raw: dict[str, Any]
    state: str
    answers: dict[str, Any] | None
    chat: int | None = None


class Turn(Protocol):
    """Whose turn it is to work, where several processes could."""

    @property
    def epoch(self) -> int | None: ...

    def guard(self, session: Session) -> None: ...


class Worker:
    """Applies updates in the order they came; answers go out per chat in that order, chats side by side.

    Of several processes the one whose `turn` it is. It looks every `look_s` for what others have stored.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        clock: Clock,
        performer: Performer,
        bot_name: Callable[[], str],
        wake_sender: Callable[[], None],
        turn: Turn,
        look_s: float = LOOK_S,
        vitals: Vitals | None = None,
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._performer = performer
        self._bot_name = bot_name
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
                log.error("inbox_failed", error=type(error).__name__, where=_where(error))
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
        needless = await asyncio.to_thread(self._leave_out, listed) if len(listed) >= SHARE else ()
        rest = deque(each for each in listed if each.id not in needless)
        until = monotonic() + TURN_S
        while rest and monotonic() < until:
            await self._performer.wait_for_room(MOST_OPEN)
            for row, answers in await asyncio.to_thread(self.apply_some, rest):
                if answers is not None:
                    self._add(_task_of(row, answers))
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
                Row(each.id, json.loads(each.raw), each.state, _first(each.answers), each.chat)
                for each in session.exec(select_fair(but, BATCH))
            ]

    def apply_some(self, rows: deque[Row]) -> list[tuple[Row, dict[str, Any] | None]]:
        """Applies the first of these rows that are not applied yet, together; all with their answers."""
        if rows[0].state != "received":
            row = rows.popleft()
            return [(row, row.answers or {})]
        some = list(itertools.takewhile(lambda each: each.state == "received", rows))[:TOGETHER]
        applied = self._apply_together(some) if len(some) > 1 else []
        if not applied:
            applied = [(each, self.apply(each)) for each in some]
        for _ in applied:
            rows.popleft()
        return applied

    def _apply_together(self, rows: Sequence[Row]) -> list[tuple[Row, dict[str, Any] | None]]:
        """In one transaction: to commit takes longer than most of them. Nothing, where one of them fails.

        Not for longer than TOGETHER_S, since others wait for it.
        """
        applied: list[tuple[Row, dict[str, Any] | None]] = []
        refused = 0
        until = monotonic() + TOGETHER_S
        try:
            with self._database.write() as session:
                self._turn.guard(session)
                for row in rows:
                    answers, is_refused = self._apply_apart(session, row)
                    applied.append((row, answers))
                    refused += is_refused
                    if monotonic() > until:
                        break
        except LostLeaseError:
            raise
        except Exception:  # which of them, and why, shows when each is applied by itself
            return []
        for n in range(len(applied)):
            self._vitals.count("handled", "refused" if n < refused else "applied")
        return applied

    def _apply_apart(self, session: Session, row: Row) -> tuple[dict[str, Any], bool]:
        """One of several: what a refused request had begun is undone, and nothing of the others. Whether it was."""
        try:
            with session.begin_nested():
                return self._apply_in(session, row, self._handle), False
        except UserError as refusal:
            with session.begin_nested():
                return self._apply_in(session, row, partial(_refuse, refusal)), True

    def apply(self, row: Row) -> dict[str, Any] | None:
        """The effects, the answers and the mark *applied*, all or nothing. None: another process had it."""
        try:
            answers = self._apply(row, self._handle)
        except _TakenError:
            return None
        except LostLeaseError:
            raise
        except UserError as refusal:
            # What the refused request had begun is undone; its answer is recorded by itself.
            answers = self._apply(row, partial(_refuse, refusal))
            self._vitals.count("handled", "refused")
            return answers
        except Unreadable as error:
            return self._park(row, error, f"unreadable: {error}")
        except Exception as error:
            if is_store_error(error):
                # The store or the clock is away for a moment: the update waits, it is not at fault.
                raise
            return self._park(row, error, f"{type(error).__name__}: {_where(error)}")
        self._vitals.count("handled", "applied")
        return answers

    def _handle(self, work: Work, incoming: Incoming) -> Answers:
        return handle(work, incoming, self._bot_name())

    def _apply(self, row: Row, do: Callable[[Work, Incoming], Answers]) -> dict[str, Any]:
        with self._database.write() as session:
            self._turn.guard(session)
            return self._apply_in(session, row, do)

    def _apply_in(
        self, session: Session, row: Row, do: Callable[[Work, Incoming], Answers]
    ) -> dict[str, Any]:
        incoming = parse(row.raw, self._bot_name())
        claimed = session.execute(CLAIM, {"row": row.id, "now": wall()})
        if count_changed(claimed) != 1:
            raise _TakenError
        work = Work(session, self._clock.now(), self._office, update_id=row.id)
        answers = do(work, incoming).as_json() if incoming else Answers().as_json()
        session.execute(ANSWER, {"row": row.id, "said": [answers]})
        if incoming is not None and incoming.command == "start" and incoming.argument:
            session.execute(
                FORGET, {"row": row.id, "kept": json.dumps(without_link(row.raw), ensure_ascii=False)}
            )
        return answers

    def _park(self, row: Row, error: Exception, reason: str) -> dict[str, Any]:
        """Unreadable, or a bug: the update is kept with its error, the person is told, the next ones go on."""
        self._vitals.count("handled", "parked")
        log.error("update_parked", update=row.id, error=type(error).__name__, where=_where(error))
        with self._database.write() as session:
            self._turn.guard(session)
            session.execute(
                update(InboxUpdate)
                .where(col(InboxUpdate.id) == row.id, col(InboxUpdate.state) == "received")
                .values(state="parked", error=reason[:500])
            )
        sentence = self._office.texts()("error.handler", code=row.id)
        if "callback_query" in row.raw:
            return Answers(
                toast=self._office.texts().plain("error.handler", code=row.id), alert=True
            ).as_json()
        is_message = "message" in row.raw
        return (Answers(send=Screen(sentence)) if is_message else Answers()).as_json()


def _refuse(refusal: UserError, work: Work, incoming: Incoming) -> Answers:
    return answer_refusal(work, incoming, refusal)


class _TakenError(Exception):
    """Another process has handled the update."""


def _first(answers: list[dict[str, Any]] | None) -> dict[str, Any] | None:
    return answers[0] if answers else None


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


def _where(error: Exception) -> str:
    """The place in our code, without values: they hold what people wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
