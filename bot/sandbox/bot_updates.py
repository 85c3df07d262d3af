"""Bot API methods about updates: polling (answered by `poll`) and the webhook."""

import asyncio
import re
import time
from urllib.parse import urlsplit

from bot.sandbox.answers import Refused
from bot.sandbox.core import Core
from bot.sandbox.state import Json, wait_for_ring

_ANOTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MOST, _LONGEST_S = 100, 50


class Poller:
    """One poller at a time: a later getUpdates ends the earlier one with 409."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._turn = 0

    async def poll(self, params: Json) -> list[Json]:
        """Updates not yet confirmed. Raises Refused (409)."""
        core = self._core
        limit = min(max(params.get("limit", _MOST), 1), _MOST)
        deadline = time.monotonic() + min(max(params.get("timeout", 0), 0), _LONGEST_S)
        self._turn += 1
        turn = self._turn
        core.bell.ring()
        with core.bell.listen() as event:
            self._begin(params)
            while True:
                with core.lock:
                    self._refuse(turn)
                    if core.updates and not core.is_closed:
                        return list(core.updates.values())[:limit]
                left = deadline - time.monotonic()
                if left <= 0 or core.is_closed:
                    return []
                await wait_for_ring(event, left)

    def _begin(self, params: Json) -> None:
        core = self._core
        offset = params.get("offset", 0)
        with core.lock:
            if core.values.get("webhook"):
                raise Refused(409, _WEBHOOK)
            if "allowed_updates" not in params and not offset:
                return
            with core.change():
                if "allowed_updates" in params:
                    core.set_value("allowed_updates", params["allowed_updates"])
                if offset < 0:
                    kept = list(core.updates)[offset:]
                    offset = kept[0] if kept else 0
                core.confirm_below(offset)

    def _refuse(self, turn: int) -> None:
        if self._core.values.get("webhook"):
            raise Refused(409, _WEBHOOK)
        if turn != self._turn:
            raise Refused(409, _ANOTHER)


def set_webhook(core: Core, params: Json) -> bool:
    """Telegram wants https; here a loopback http address will do too."""
    url = params["url"]
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise Refused(400, "bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise Refused(400, "secret token contains unallowed characters")
    _drop_if_asked(core, params)
    if "allowed_updates" in params:
        core.set_value("allowed_updates", params["allowed_updates"])
    connections = params.get("max_connections", 40)
    core.set_value("webhook", {"url": url, "secret_token": secret, "max_connections": connections})
    return True


def delete_webhook(core: Core, params: Json) -> bool:
    _drop_if_asked(core, params)
    core.set_value("webhook", None)
    return True


def get_webhook_info(core: Core, params: Json) -> Json:
    webhook = core.values.get("webhook") or {}
    info: Json = {
        "url": webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(core.updates),
    }
    if webhook:
        info["max_connections"] = webhook["max_connections"]
        info |= {key: webhook[key] for key in ("last_error_date", "last_error_message") if key in webhook}
    if core.values.get("allowed_updates"):
        info["allowed_updates"] = core.values["allowed_updates"]
    return info


def _drop_if_asked(core: Core, params: Json) -> None:
    if params.get("drop_pending_updates") and core.updates:
        core.confirm_below(max(core.updates) + 1)


def log_out(core: Core, params: Json) -> bool:
    return True


async def pause(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
