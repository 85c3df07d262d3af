"""Does a part of a duty: read and drawn outside the transactions that write it, so that nobody waits for that."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.clock import monotonic
from bot.services.context import Office, StaleError, Work
from bot.services.duty import Due
from bot.services.upkeep.ticking import Draft, Duty
from db.engine import Database

ROUNDS = 20  # of a duty in a row: to look what else is due takes as long as a small one
FIRST, FEWEST, MOST = 300, 200, 4_000  # rows of one transaction
# How soon another thread gets its turn in the interpreter: one that writes asks for it after each statement, and
# would hold others up for five milliseconds every time.
SWITCH_S = 0.001
LOCKED_S = 0.03  # how long it may hold others up, as a rule


class Runner:
    """Remembers how many rows this machine writes in LOCKED_S; `most` to begin with.

    `guard`: binds each transaction to what must hold until it ends, or raises.
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        guard: Callable[[Session], None] = lambda _session: None,
        *,
        most: int = FIRST,
    ) -> None:
        self._database = database
        self._office = office
        self._guard = guard
        self._most = most

    def run(self, duty: Duty, now: datetime) -> Iterator[Due]:
        """Transactions of a duty, what it does in each; they are of what was due at one moment."""
        try:
            if duty.prepare is not None:
                with self._database.read() as session:
                    drafts = duty.prepare(Work(session, now, self._office), lambda: self._most)
                    yield from self._write_all(drafts, now)
                return
        except (StaleError, IntegrityError):
            pass  # somebody was quicker: this once, nobody can be
        with self._database.write() as session:
            self._guard(session)
            due = duty.fire(Work(session, now, self._office))
        yield due

    def _write_all(self, drafts: Iterable[Draft], now: datetime) -> Iterator[Due]:
        """One is written while the next is drawn."""
        with ThreadPoolExecutor(1, "planning") as writer:
            writing: Future[Due] | None = None
            for draft in drafts:
                if writing is not None:
                    yield writing.result()
                writing = writer.submit(self._write, draft, now)
            if writing is not None:
                yield writing.result()

    def _write(self, draft: Draft, now: datetime) -> Due:
        with self._database.write() as session:
            session.connection()
            began = monotonic()
            self._guard(session)
            due = draft.write(Work(session, now, self._office))
        self._learn(due.notices, monotonic() - began)
        return due

    def _learn(self, rows: int, seconds: float) -> None:
        """A few steps find what fits; a batch that was not full says little."""
        if seconds > LOCKED_S or rows * 4 > self._most * 3:
            fits = int(rows * LOCKED_S / seconds)
            self._most = max(min(fits, self._most * 3 // 2, MOST), min(self._most, FEWEST))
