"""After the bot was replaced: finds out, without a message, which chats the new one may write to."""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import DeliveryError
from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.outbox.lease import Holder
from bot.services.context import Office, Work
from bot.services.office.sending_state import list_unknown
from bot.services.people.new_bot import welcome_back
from db.engine import Database

log = structlog.get_logger()
SPACING_S = 0.1
WAIT_S = 30.0


class Prober:
    """Asks once a start; whoever starts the bot later says so by that."""

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        office: Office,
        clock: Clock,
        lease: Holder,
        wake_sender: Callable[[], None],
    ) -> None:
        self._database = database
        self._channel = channel
        self._office = office
        self._clock = clock
        self._lease = lease
        self._wake_sender = wake_sender

    async def run(self) -> None:
        """Until every chat that is not known has been asked about once."""
        await self._lease.wait_ours()
        asked: set[str] = set()
        while (chats := await self._list_left(asked)) and self._lease.is_ours:
            for chat in chats:
                try:
                    if await self._channel.is_open(chat):
                        await asyncio.to_thread(self._welcome, chat)
                        self._wake_sender()
                    asked.add(chat)
                    await asyncio.sleep(SPACING_S)
                except (DeliveryError, SQLAlchemyError, OSError) as error:
                    log.warning("chats_not_asked", error=type(error).__name__)
                    await asyncio.sleep(WAIT_S)
                    break
        if asked:
            log.info("chats_asked", chats=len(asked))

    async def _list_left(self, asked: set[str]) -> list[str]:
        try:
            found = await asyncio.to_thread(self._list_unknown)
        except (SQLAlchemyError, OSError) as error:
            log.warning("chats_not_asked", error=type(error).__name__)
            return []
        return [each for each in found if each not in asked]

    def _list_unknown(self) -> list[str]:
        with self._database.read() as session:
            return list(list_unknown(Work(session, self._clock.now(), self._office)))

    def _welcome(self, chat: str) -> None:
        now = self._clock.now()
        with self._database.write() as session:
            self._lease.guard(session)
            welcome_back(Work(session, now, self._office), chat)
