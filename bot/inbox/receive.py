"""Polling that cannot lose an update: commit first, confirm to Telegram with the next request."""

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import DeliveryError, NotThere, TooFast
from bot.channels.telegram import POLL_S, UPDATES, TelegramChannel
from bot.clock import wall
from bot.domain.retry import LONGEST_LINE_S, wait_seconds
from bot.inbox.apology import Apologies
from bot.inbox.parse import find_chat
from bot.inbox.rivals import Rivals
from bot.outbox.lease import Holder
from bot.vitals import Vitals
from db.bulk import table_of
from db.engine import Database
from db.models import InboxUpdate

log = structlog.get_logger()
DEEPEST = 100
STANDBY_S = 0.2
# After a failure: a request that a dead line swallows is not waited for as long as a poll.
RETRY_POLL_S = 1
ANOTHER = "terminated by other getUpdates"


def store_updates(database: Database, bot_id: int, updates: Sequence[dict[str, Any]]) -> None:
    """Commits raw updates; those that are already there are left as they are."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": each["update_id"],
            "raw": _as_text(each),
            "chat": _chat_of(each),
            "state": "received",
            "attempts": 0,
            "received_at": wall(),
        }
        for each in updates
    ]
    dialect = sqlite if database.is_sqlite else postgresql
    # The same statement for each row: one with all the values in it would be compiled anew every time.
    statement = dialect.insert(table_of(InboxUpdate))
    with database.write() as session:
        session.execute(statement.on_conflict_do_nothing(index_elements=["bot_id", "update_id"]), rows)


def is_storable(update: Any) -> bool:
    """Whether it is an object with an id that a database can hold."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 <= number < 2**63


def name_kind(raw: dict[str, Any]) -> str:
    """What an update brings, of those we ask for."""
    return next((each for each in UPDATES if each in raw), "other")


def clean(value: Any, depth: int = 0) -> Any:
    """Without what a database cannot keep: NUL characters, and halves of surrogate pairs. Raises _TooDeepError."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if depth > DEEPEST:
        raise _TooDeepError
    if isinstance(value, dict):
        return {clean(key): clean(each, depth + 1) for key, each in value.items()}
    return [clean(each, depth + 1) for each in value] if isinstance(value, list) else value


def _chat_of(raw: dict[str, Any]) -> int | None:
    chat = find_chat(raw)
    return chat if chat is not None and -(2**63) <= chat < 2**63 else None


def _as_text(raw: dict[str, Any]) -> str:
    try:
        text = json.dumps(raw, ensure_ascii=False)
        if _is_clean(text):
            return text
    except RecursionError:
        pass
    try:
        return json.dumps(clean(raw), ensure_ascii=False)
    except _TooDeepError:
        # It is kept as something that happened: left out, it would come again and again.
        stub = {"update_id": raw["update_id"], "unreadable": f"nested deeper than {DEEPEST}"}
        return json.dumps(stub)


def _is_clean(text: str) -> bool:
    """Whether there is nothing in it to leave out; of most it shows without looking at each value."""
    if "\\u0000" in text or text.count("{") + text.count("[") > DEEPEST:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _TooDeepError(Exception):
    """Nothing Telegram sends; reading it back could end the program's stack."""


class Receiver:
    """The polling loop. The offset is never stored: what Telegram repeats is recognised."""

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        bot_id: int,
        wake: Callable[[], None],
        lease: Holder,
        vitals: Vitals,
        apologies: Apologies | None = None,
    ) -> None:
        self._database = database
        self._channel = channel
        self._bot_id = bot_id
        self._wake = wake
        self._lease = lease
        self._apologies = apologies
        self._unstored: Sequence[dict[str, Any]] = ()
        self._vitals = vitals
        self._rivals = Rivals(database)
        self._offset: int | None = None
        self._failures = 0
        self.last_error = ""
        self._has_left_webhook = False

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            while not self._lease.is_ours:
                # Two that poll with one token end each other's requests.
                self._vitals.done("intake")
                await asyncio.sleep(STANDBY_S)
            try:
                await self._poll()
                if self._failures and self._apologies is not None:
                    self._apologies.forget()
                self._failures, self.last_error = 0, ""
                self._vitals.done("intake")
            except Exception as error:
                # The border of the loop: whatever it is, updates stay with Telegram until they are stored.
                if self._lease.is_ours:
                    await self._wait_after(error)

    async def _poll(self) -> None:
        updates = await self._channel.get_raw_updates(
            self._offset, wait_s=RETRY_POLL_S if self._failures else POLL_S
        )
        usable = [each for each in updates if is_storable(each)]
        self._unstored = usable
        if usable:
            await asyncio.to_thread(store_updates, self._database, self._bot_id, usable)
            # Only now: the next request confirms everything before the offset.
            self._offset = max(each["update_id"] for each in usable) + 1
            self._wake()
            for each in usable:
                self._vitals.count("updates", name_kind(each))
        if len(usable) < len(updates):
            # Nothing Telegram would send; whoever does must not make the loop spin.
            log.error("updates_unusable", count=len(updates) - len(usable))
            await asyncio.sleep(1)

    async def _wait_after(self, error: Exception) -> None:
        self._failures += 1
        self.last_error = type(error).__name__
        self._vitals.failed("intake")
        self._vitals.count("intake_failures", self.last_error)
        grown = wait_seconds(self._failures, random.random(), LONGEST_LINE_S)
        seconds = error.seconds if isinstance(error, TooFast) else grown
        level = log.warning if self._failures < 5 else log.error
        level("poll_failed", error=_short(error), failures=self._failures, wait_s=round(seconds, 1))
        if isinstance(error, NotThere):
            log.error(
                "telegram_refused", what="Telegram does not know BOT_TOKEN (any more), or not this method"
            )
        if isinstance(error, SQLAlchemyError) and self._failures > 1 and self._apologies is not None:
            await self._apologies.tell(self._unstored)
        await asyncio.sleep(min(seconds, 60))
        if ANOTHER in str(error):
            await self._rivals.note("it polls too")
        if "webhook is active" in str(error):
            await self._leave_webhook()

    async def _leave_webhook(self) -> None:
        """A webhook left from earlier keeps polling from working; the updates that wait are kept."""
        if self._has_left_webhook:
            await self._rivals.note("it has set the webhook again")
        try:
            await self._channel.delete_webhook()
            self._has_left_webhook = True
            log.warning(
                "webhook_deleted", why="polling is configured, and Telegram gives updates one way only"
            )
        except DeliveryError as error:
            log.warning("webhook_not_deleted", error=str(error)[:200])


def _short(error: Exception) -> str:
    # A database error repeats the statement with its values, which hold what people wrote.
    return type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error)[:200]
