"""Delivers updates to the bot's webhook, oldest first, each until it is taken."""

import asyncio
import time

import httpx

from bot.sandbox.core import Core
from bot.sandbox.state import Json, wait_for_ring

_LONGEST_PAUSE_S = 10.0


async def deliver_to_webhook(core: Core) -> None:
    """Runs until cancelled."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        with core.bell.listen() as ring:
            failures = 0
            while True:
                webhook, update = _next(core)
                if webhook is None or update is None:
                    await wait_for_ring(ring, 60)
                    continue
                problem = await _post(client, webhook, update)
                failures = failures + 1 if problem else 0
                _record(core, webhook, update, problem)
                if problem:
                    await asyncio.sleep(min(0.2 * 2**failures, _LONGEST_PAUSE_S))


def _next(core: Core) -> tuple[Json | None, Json | None]:
    with core.lock:
        return core.values.get("webhook"), next(iter(core.updates.values()), None)


async def _post(client: httpx.AsyncClient, webhook: Json, update: Json) -> str:
    secret = webhook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        response = await client.post(webhook["url"], json=update, headers=headers)
    except httpx.HTTPError as error:
        return f"Connection failed: {type(error).__name__}"
    if response.is_success:
        return ""
    return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"


def _record(core: Core, webhook: Json, update: Json, problem: str) -> None:
    with core.change():
        if core.values.get("webhook") is not webhook:
            return
        if problem:
            webhook |= {"last_error_date": int(time.time()), "last_error_message": problem}
            core.set_value("webhook", webhook)
        else:
            core.confirm_below(update["update_id"] + 1)
