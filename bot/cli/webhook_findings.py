"""What Telegram says of the webhook, as `doctor` tells it. Addresses are not repeated: their path may be a secret."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.services.upkeep.health.finding import Finding
from bot.settings import Settings

MANY_WAIT = 100
LATELY = timedelta(minutes=10)


def judge_webhook(settings: Settings, info: dict[str, Any], wall: datetime) -> Iterator[Finding]:
    """`info`: a WebhookInfo (Bot API), empty where the server knows none."""
    url = str(info.get("url") or "")
    if not settings.webhook_url:
        if url:
            told = (
                "a webhook is set for this bot: `dondoc run` deletes it, for polling gets nothing beside it"
            )
            yield Finding("webhook", "fail", told)
        return
    if url != settings.webhook_url:
        where = f"delivers to {urlsplit(url).hostname}" if url else "has been told no webhook"
        told = f"Telegram {where}: start `dondoc run`, or stop another program that uses this token"
        yield Finding("webhook", "fail", told)
        return
    waiting = int(info.get("pending_update_count") or 0)
    failed_at = datetime.fromtimestamp(int(info.get("last_error_date") or 0), UTC)
    if wall - failed_at < LATELY:
        local = failed_at.astimezone(settings.timezone)
        why = str(info.get("last_error_message", ""))[:100]
        told = (
            f"Telegram could not deliver at {local:%H:%M}: {why} ({waiting} wait): see to what is before it"
        )
        yield Finding("webhook", "fail" if waiting else "warn", told)
    elif waiting > MANY_WAIT:
        yield Finding("webhook", "warn", f"{waiting} updates wait at Telegram")
    else:
        yield Finding("webhook", "ok", f"set, {waiting} updates wait at Telegram")
