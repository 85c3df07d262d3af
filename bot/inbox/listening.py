"""The webhook as a whole: its server, its store, and what Telegram is told of it, ended in the right order."""

import asyncio
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from bot.channels.telegram import TelegramChannel
from bot.inbox.apology import Apologies
from bot.inbox.registering import Registrar
from bot.inbox.webhook import Webhook
from bot.outbox.lease import Holder
from bot.settings import Settings, split_address
from bot.vitals import Vitals
from bot.web.server import WebServer
from db.engine import Database


class Listener:
    """Takes updates by the webhook of the settings."""

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        settings: Settings,
        wake: Callable[[], None],
        lease: Holder,
        vitals: Vitals,
        apologies: Apologies,
    ) -> None:
        path = unquote(urlsplit(settings.webhook_url).path)
        self._webhook = Webhook(
            database, settings.bot_id, path, settings.webhook_secret, wake, vitals, apologies
        )
        self._server = WebServer(self._webhook.make_app(), *split_address(settings.webhook_address))
        self._registrar = Registrar(database, channel, settings, lease)

    async def run(self) -> None:
        """Until cancelled; then what has come in is stored and answered."""
        serving = asyncio.create_task(self._server.run())
        others = [asyncio.create_task(part.run()) for part in (self._webhook, self._registrar)]
        try:
            await asyncio.wait([serving, *others], return_when=asyncio.FIRST_COMPLETED)
        finally:
            serving.cancel()
            await asyncio.wait([serving])
            for each in others:
                each.cancel()
            results = await asyncio.gather(serving, *others, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result
