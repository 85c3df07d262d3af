"""Delivers updates to the bot's webhook: in order within a chat, chats side by side, each until it is taken."""

import asyncio
import time

import httpx

from bot.sandbox.core import Core
from bot.sandbox.state import Json, wait_for_ring

_LONGEST_PAUSE_S = 10.0


async def deliver_to_webhook(core: Core) -> None:
    """Runs until cancelled."""
    lines: dict[object, asyncio.Task[None]] = {}
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        with core.bell.listen() as ring:
            try:
                while True:
                    lines = {chat: line for chat, line in lines.items() if not line.done()}
                    for chat in _list_waiting(core, most=_most(core) - len(lines), but=lines):
                        lines[chat] = asyncio.create_task(_deliver_line(core, client, chat))
                    await wait_for_ring(ring, 60)
            finally:
                for line in lines.values():
                    line.cancel()
                await asyncio.gather(*lines.values(), return_exceptions=True)


def _most(core: Core) -> int:
    return int((core.values.get("webhook") or {}).get("max_connections", 0))


def _list_waiting(core: Core, most: int, but: dict[object, asyncio.Task[None]]) -> list[object]:
    """The chats with something to deliver that nobody is delivering, those that wait longest first."""
    with core.lock:
        chats = dict.fromkeys(_chat_of(each) for each in core.updates.values())
    return [chat for chat in chats if chat not in but][: max(most, 0)]


async def _deliver_line(core: Core, client: httpx.AsyncClient, chat: object) -> None:
    """What there is for one chat, one after the other."""
    failures = 0
    while True:
        webhook, update = _next(core, chat)
        if webhook is None or update is None:
            break
        problem, wait_s = await _post(client, webhook, update)
        failures = failures + 1 if problem else 0
        _record(core, webhook, update, problem)
        if problem:
            await asyncio.sleep(min(wait_s or 0.2 * 2**failures, _LONGEST_PAUSE_S))
    # Another line may wait for this one's place.
    asyncio.get_running_loop().call_soon(core.bell.ring)


def _next(core: Core, chat: object) -> tuple[Json | None, Json | None]:
    with core.lock:
        mine = (each for each in core.updates.values() if _chat_of(each) == chat)
        return core.values.get("webhook"), next(mine, None)


def _chat_of(update: Json) -> object:
    body = next(value for name, value in update.items() if name != "update_id")
    return (body.get("chat") or (body.get("message") or {}).get("chat") or {}).get("id")


async def _post(client: httpx.AsyncClient, webhook: Json, update: Json) -> tuple[str, float]:
    """What went wrong (empty: nothing), and the seconds the bot asks to wait."""
    secret = webhook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        response = await client.post(webhook["url"], json=update, headers=headers)
    except httpx.HTTPError as error:
        return f"Connection failed: {type(error).__name__}", 0.0
    if response.is_success:
        return "", 0.0
    asked = response.headers.get("retry-after", "")
    problem = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
    return problem, float(asked) if asked.isdigit() else 0.0


def _record(core: Core, webhook: Json, update: Json, problem: str) -> None:
    with core.change():
        if not problem:
            core.confirm(update["update_id"])
        elif core.values.get("webhook") is webhook:
            webhook |= {"last_error_date": int(time.time()), "last_error_message": problem}
            core.set_value("webhook", webhook)
