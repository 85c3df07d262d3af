"""Telegram is told of the webhook once, and again where that is no longer so."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramChannel, make_bot
from bot.inbox.receive import Receiver
from bot.inbox.registering import Registrar
from bot.outbox.lease import Holder
from bot.sandbox import RunningSandbox, Sandbox, serve
from bot.settings import Settings, parse_settings
from bot.vitals import Vitals
from db.engine import Database
from db.models import Installation

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def make_settings(running: RunningSandbox, **changed: str) -> Settings:
    values = {
        "BOT_TOKEN": running.token,
        "TELEGRAM_API_URL": running.url,
        "WEBHOOK_URL": "http://127.0.0.1:1/hook",
        "WEBHOOK_SECRET": "one",
        "WEBHOOK_ADDRESS": "127.0.0.1:1",
    }
    return parse_settings({**values, **changed})


def count(running: RunningSandbox, method: str) -> int:
    return sum(call.method == method for call in running.sandbox.calls)


async def look(database: Database, settings: Settings, *between: Callable[[], Awaitable[object]]) -> None:
    """A process that looks at the webhook once, and again after each of `between`."""
    bot = make_bot(settings)
    async with bot:
        registrar = Registrar(database, TelegramChannel(bot), settings, Holder(database, "one"))
        await registrar._look()
        for each in between:
            await each()
            await registrar._look()


def test_it_is_set_once_and_again_only_where_something_differs(database: Database) -> None:
    with serve(Sandbox()) as running:
        first = make_settings(running)
        for _ in range(3):
            asyncio.run(look(database, first))
        assert count(running, "setWebhook") == 1
        call = next(each for each in running.sandbox.calls if each.method == "setWebhook")
        assert call.params["secret_token"] == "one"
        assert "callback_query" in call.params["allowed_updates"]
        asyncio.run(look(database, make_settings(running, WEBHOOK_SECRET="two")))
        asyncio.run(look(database, make_settings(running, WEBHOOK_URL="http://127.0.0.1:1/other")))
        assert count(running, "setWebhook") == 3
    with database.read() as session:
        key = session.get_one(Installation, 1).webhook_key or ""
    assert len(key) == 64
    assert "one" not in key


def test_a_webhook_taken_away_is_set_again_and_the_second_time_is_no_accident(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.rivals.FORGIVEN_S", 0.0)
    with serve(Sandbox()) as running:
        settings = make_settings(running)

        async def take_away() -> None:
            async with make_bot(settings) as other:
                await other.delete_webhook()

        asyncio.run(look(database, settings, take_away, take_away))
        assert count(running, "setWebhook") == 3
    with database.read() as session:
        assert session.get_one(Installation, 1).rival_at is not None


def test_two_that_poll_with_one_token_are_noticed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.rivals.FORGIVEN_S", 0.5)
    with serve(Sandbox()) as running, capture_logs() as logs:
        settings = make_settings(running, WEBHOOK_URL="")

        async def poll_for_ever(bot_id: int) -> None:
            async with make_bot(settings) as bot:
                lease = Holder(database, f"{bot_id}", name=f"{bot_id}")
                await lease.keep()
                receiver = Receiver(database, TelegramChannel(bot), bot_id, lambda: None, lease, Vitals())
                await receiver.run()

        def is_known() -> bool:
            with database.read() as session:
                return session.get_one(Installation, 1).rival_at is not None

        async def main() -> None:
            both = [asyncio.create_task(poll_for_ever(n)) for n in (1, 2)]
            async with asyncio.timeout(20):
                while not await asyncio.to_thread(is_known):
                    await asyncio.sleep(0.1)
            for each in both:
                each.cancel()
            await asyncio.gather(*both, return_exceptions=True)

        asyncio.run(main())
    told = [each["what"] for each in logs if each["event"] == "token_used_twice"]
    assert told
    assert "another program uses this bot's token" in told[0]
