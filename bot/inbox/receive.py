"""Polling that cannot lose an update: commit first, confirm to Telegram with the next request."""

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import DeliveryError, TooFast
from bot.channels.telegram import TelegramChannel
from bot.clock import wall
from bot.domain.retry import wait_seconds
from db.engine import Database
from db.models import InboxUpdate

log = structlog.get_logger()


def store_updates(database: Database, bot_id: int, updates: Sequence[dict[str, Any]]) -> None:
    """Commits raw updates; those that are already there are left as they are."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": each["update_id"],
            "raw": json.dumps(each, ensure_ascii=False).replace("\\u0000", ""),
            "state": "received",
            "attempts": 0,
            "received_at": wall(),
        }
        for each in updates
    ]
    dialect = sqlite if database.is_sqlite else postgresql
    with database.write() as session:
        statement = dialect.insert(InboxUpdate).values(rows)
        session.execute(statement.on_conflict_do_nothing(index_elements=["bot_id", "update_id"]))


class Receiver:
    """The polling loop. The offset is never stored: what Telegram repeats is recognised."""

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        bot_id: int,
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._channel = channel
        self._bot_id = bot_id
        self._wake = wake
        self._offset: int | None = None
        self._failures = 0
        self.last_error = ""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._poll()
                self._failures, self.last_error = 0, ""
            except (DeliveryError, SQLAlchemyError, OSError) as error:
                await self._wait_after(error)

    async def _poll(self) -> None:
        updates = await self._channel.get_raw_updates(self._offset)
        usable = [each for each in updates if isinstance(each.get("update_id"), int)]
        if usable:
            await asyncio.to_thread(store_updates, self._database, self._bot_id, usable)
            # Only now: the next request confirms everything before the offset.
            self._offset = max(each["update_id"] for each in usable) + 1
            self._wake()

    async def _wait_after(self, error: Exception) -> None:
        self._failures += 1
        self.last_error = type(error).__name__
        seconds = (
            error.seconds if isinstance(error, TooFast) else wait_seconds(self._failures, random.random())
        )
        level = log.warning if self._failures < 5 else log.error
        level("poll_failed", error=_short(error), failures=self._failures, wait_s=round(seconds, 1))
        await asyncio.sleep(min(seconds, 60))


def _short(error: Exception) -> str:
    # A database error repeats the statement with its values, which hold what people wrote.
    return type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error)[:200]
