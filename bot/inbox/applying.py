"""What an update leads to: its effects, its answers and the mark *applied* are committed together, or not at all."""

import itertools
import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, col

from bot.clock import Clock, monotonic, wall
from bot.errors import UserError
from bot.handlers.answers import Answers
from bot.handlers.refusing import answer_refusal
from bot.handlers.router import handle
from bot.inbox.parse import Incoming, Unreadable, parse, without_link
from bot.outbox.aside import is_store_error
from bot.outbox.lease import LostLeaseError
from bot.screens.base import Screen
from bot.services.context import Office, Work
from bot.services.standing.seats import read_ahead
from bot.vitals import Vitals
from db.bulk import table_of
from db.engine import Database, count_changed
from db.models import InboxUpdate, OutboxMessage

log = structlog.get_logger()
TOGETHER, TOGETHER_S = 20, 0.02  # in one transaction
_INBOX = table_of(InboxUpdate)
_THIS = _INBOX.c.id == bindparam("row")
# Put together once: that takes longer than to carry them out.
APPLY = (
    update(_INBOX)
    .where(_THIS, _INBOX.c.state == "received")
    .values(state="applied", applied_at=bindparam("now"), answers=bindparam("said"))
)
FORGET = update(_INBOX).where(_THIS).values(raw=bindparam("kept"))
NEWEST = select(func.max(table_of(OutboxMessage).c.id))


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


Applied = list[tuple[Row, dict[str, Any] | None]]
Do = Callable[[Work, Incoming], Answers]


class Applier:
    """Applies updates, while it is this process's `turn`."""

    def __init__(
        self,
        database: Database,
        office: Office,
        clock: Clock,
        bot_name: Callable[[], str],
        turn: Turn,
        vitals: Vitals | None = None,
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._bot_name = bot_name
        self._turn = turn
        self._vitals = vitals or Vitals()
        self._newest: int | None = None
        self._has_news = True

    def take_news(self) -> bool:
        """Whether messages have been stored since this was last asked."""
        found, self._has_news = self._has_news, False
        return found

    def apply_some(self, rows: deque[Row]) -> Applied:
        """Takes the first of these rows that are not applied yet, together; they with their answers."""
        if rows[0].state != "received":
            row = rows.popleft()
            return [(row, row.answers or {})]
        some = list(itertools.takewhile(lambda each: each.state == "received", rows))[:TOGETHER]
        applied = self._apply_together(some) or [(some[0], self.apply(some[0]))]
        for _ in applied:
            rows.popleft()
        return applied

    def _apply_together(self, rows: Sequence[Row]) -> Applied:
        """In one transaction: to commit takes longer than most of them. Only those before the first that fails.

        Not for longer than TOGETHER_S, since others wait for it.
        """
        applied: Applied = []
        if not rows:
            return applied
        until = monotonic() + TOGETHER_S
        try:
            with self._database.write() as session:
                self._turn.guard(session)
                # In private a chat has its person's number (Bot API, Chat).
                read_ahead(session, [row.chat for row in rows if row.chat and row.chat > 0])
                for row in rows:
                    applied.append((row, self._do(session, row, self._handle)))
                    if monotonic() > until:
                        break
                self._record(session, applied)
        except LostLeaseError:
            raise
        except Exception:
            # All is undone, and those before it are applied again; why it failed shows when it is by itself.
            return self._apply_together(rows[: len(applied)]) if len(applied) < len(rows) else []
        self._vitals.count("handled", "applied", len(applied))
        return applied

    def apply(self, row: Row) -> dict[str, Any] | None:
        """The answers; None where another process had it."""
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
            return self._park(row, error, f"{type(error).__name__}: {find_place(error)}")
        self._vitals.count("handled", "applied")
        return answers

    def _apply(self, row: Row, do: Do) -> dict[str, Any]:
        with self._database.write() as session:
            self._turn.guard(session)
            answers = self._do(session, row, do)
            self._record(session, [(row, answers)])
            return answers

    def _record(self, session: Session, applied: Applied) -> None:
        """The answers, and that these updates are applied. Raises _TakenError where one of them was before."""
        now = wall()
        values = [{"row": row.id, "now": now, "said": [answers]} for row, answers in applied]
        if count_changed(session.execute(APPLY, values)) != len(values):
            raise _TakenError
        newest = session.scalar(NEWEST)
        self._has_news |= newest != self._newest
        self._newest = newest

    def _handle(self, work: Work, incoming: Incoming) -> Answers:
        return handle(work, incoming, self._bot_name())

    def _do(self, session: Session, row: Row, do: Do) -> dict[str, Any]:
        incoming = parse(row.raw, self._bot_name())
        if incoming is None:
            return Answers().as_json()
        answers = do(Work(session, self._clock.now(), self._office, update_id=row.id), incoming)
        session.flush()  # what cannot be stored is this one's fault, not the next one's
        if incoming.command == "start" and incoming.argument:
            kept = json.dumps(without_link(row.raw), ensure_ascii=False)
            session.execute(FORGET, {"row": row.id, "kept": kept})
        return answers.as_json()

    def _park(self, row: Row, error: Exception, reason: str) -> dict[str, Any]:
        """Unreadable, or a bug: the update is kept with its error, the person is told, the next ones go on."""
        self._vitals.count("handled", "parked")
        log.error("update_parked", update=row.id, error=type(error).__name__, where=find_place(error))
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


def find_place(error: Exception) -> str:
    """The place in our code, without values: they hold what people wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
