"""Tells Telegram where the webhook is, and sees to it that it stays so."""

import asyncio
import hashlib
import hmac
import random
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import DeliveryError, Refused, TooFast
from bot.channels.telegram import UPDATES, TelegramChannel
from bot.domain.retry import wait_seconds
from bot.inbox.rivals import Rivals
from bot.outbox.lease import Holder
from bot.settings import Settings
from db.engine import Database
from db.models import Installation

log = structlog.get_logger()
LOOK_S = 60.0


class Registrar:
    """The loop, of the process whose turn it is."""

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        settings: Settings,
        lease: Holder,
    ) -> None:
        self._database = database
        self._channel = channel
        self._url = settings.webhook_url
        self._secret = settings.webhook_secret
        self._key = fingerprint(settings)
        self._lease = lease
        self._was_ours = False
        self._refused_at: object = None
        self._rivals = Rivals(database)

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            await self._lease.wait_ours()
            try:
                await self._look()
                failures, wait_s = 0, LOOK_S
            except (DeliveryError, SQLAlchemyError) as error:
                failures += 1
                wait_s = (
                    error.seconds if isinstance(error, TooFast) else wait_seconds(failures, random.random())
                )
                level = log.error if isinstance(error, Refused) else log.warning
                level("webhook_not_set", error=_short(error))
            await asyncio.sleep(min(wait_s, LOOK_S))

    async def _look(self) -> None:
        info = await self._channel.get_webhook()
        stored = await asyncio.to_thread(self._read_key)
        if self._was_ours and info.get("url") != self._url:
            await self._rivals.note("it has taken the webhook away")
        if not self._is_right(info, stored):
            await self._channel.set_webhook(self._url, self._secret)
            await asyncio.to_thread(self._write_key)
            log.info("webhook_set", was=bool(info.get("url")))
        elif info.get("last_error_message"):
            log.warning("webhook_errors", last=str(info["last_error_message"])[:120])
        self._was_ours = True

    def _is_right(self, info: dict[str, Any], stored: str | None) -> bool:
        if info.get("url") != self._url or stored != self._key:
            return False
        if set(info.get("allowed_updates") or ()) != set(UPDATES):
            return False
        if "403" not in str(info.get("last_error_message", "")):
            return True
        # Telegram does not tell which secret it sends; that we have refused it does. Once for each such time.
        seen, self._refused_at = self._refused_at, info.get("last_error_date")
        return seen == self._refused_at

    def _read_key(self) -> str | None:
        with self._database.read() as session:
            return session.get_one(Installation, 1).webhook_key

    def _write_key(self) -> None:
        with self._database.write() as session:
            session.get_one(Installation, 1).webhook_key = self._key


def fingerprint(settings: Settings) -> str:
    """Tells whether Telegram has been given this address and secret, and tells nobody what they are."""
    told = f"{settings.webhook_url}\n{settings.webhook_secret}".encode()
    return hmac.new(settings.token.encode(), told, hashlib.sha256).hexdigest()


def _short(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error)[:200]
