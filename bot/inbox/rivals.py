"""Another program that uses the same token: said plainly, and kept for `doctor`."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import monotonic, wall
from db.engine import Database
from db.models import Installation

log = structlog.get_logger()
# Once alone it may be our own forerunner, whose last request Telegram still holds open.
FORGIVEN_S = 5.0
WITHIN_S = 600.0
SAY_S = 60.0


class Rivals:
    """What tells of one is counted here; from the second time within ten minutes it is one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._first: float | None = None
        self._last = 0.0
        self._said = -SAY_S

    async def note(self, how: str) -> None:
        """`how`: what it did, in words for the log."""
        now = monotonic()
        if self._first is None or now - self._last > WITHIN_S:
            self._first = now
        self._last = now
        if now - self._first < FORGIVEN_S or now - self._said < SAY_S:
            return
        self._said = now
        told = "another program uses this bot's token: stop it, or take a new token from BotFather"
        log.error("token_used_twice", what=told, how=how)
        try:
            await asyncio.to_thread(self._write)
        except SQLAlchemyError as error:
            log.warning("rival_not_recorded", error=type(error).__name__)

    def _write(self) -> None:
        with self._database.write() as session:
            session.get_one(Installation, 1).rival_at = wall()
