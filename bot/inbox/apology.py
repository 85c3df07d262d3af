"""While the store takes nothing: people are told that what they sent waits, so that nobody sends it again in vain."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog

from bot.channels.base import DeliveryError, Moved, Outgoing, Refused, Unreachable
from bot.channels.telegram import TelegramChannel
from bot.clock import monotonic
from bot.inbox.parse import find_chat
from bot.services.context import Office

log = structlog.get_logger()
MOST = 20  # at a time: who comes later is told with the next try
AGAIN_S = 900.0


class Apologies:
    """Said once a button, and once a chat and quarter of an hour. Nothing is promised but what Telegram keeps.

    `may_tell`: of several processes one tells.
    """

    def __init__(
        self, channel: TelegramChannel, office: Office, may_tell: Callable[[], bool] = lambda: True
    ) -> None:
        self._channel = channel
        self._office = office
        self._may_tell = may_tell
        self._telling = asyncio.Lock()
        self._buttons: set[int] = set()
        self._chats: dict[int, float] = {}

    async def tell(self, updates: Sequence[dict[str, Any]]) -> None:
        """Best done at once, and not at all where it fails."""
        if self._may_tell():
            async with self._telling:
                await self._tell_some(updates)

    async def _tell_some(self, updates: Sequence[dict[str, Any]]) -> None:
        told = 0
        for each in updates:
            if told >= MOST:
                return
            try:
                told += await self._tell(each)
            except (Unreachable, Refused, Moved):
                continue
            except DeliveryError as error:
                log.warning("apology_failed", error=type(error).__name__)
                return

    def forget(self) -> None:
        """The store works again."""
        self._buttons.clear()
        self._chats.clear()

    async def _tell(self, update: dict[str, Any]) -> bool:
        t = self._office.texts()
        query = update.get("callback_query")
        if isinstance(query, dict):
            return await self._answer(update["update_id"], str(query.get("id", "")), t.plain("store.button"))
        chat = find_chat(update)
        if "message" not in update or chat is None or chat < 0:
            return False
        if monotonic() - self._chats.get(chat, -AGAIN_S) < AGAIN_S:
            return False
        await self._channel.send(Outgoing(str(chat), t("store.message"), None))
        self._chats[chat] = monotonic()
        return True

    async def _answer(self, update_id: int, query_id: str, words: str) -> bool:
        if update_id in self._buttons:
            return False
        with suppress(Refused):  # too old: nobody looks at it any more
            await self._channel.answer_button(query_id, words, alert=True)
        self._buttons.add(update_id)
        return True
