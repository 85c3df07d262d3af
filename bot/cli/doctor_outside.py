"""What `doctor` asks of others than the database: the clock of Telegram's server, and the running bot itself."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.clock import wall
from bot.services.upkeep.health.finding import Finding
from bot.settings import Settings

ASK_S = 5.0
SKEWED = timedelta(seconds=30)


def check_clock(settings: Settings) -> Iterator[Finding]:
    """Compares this machine's clock with the `Date` of the Bot API server's answer (HTTP, RFC 9110, 6.6.1)."""
    if settings.is_sandbox:
        return
    told = _ask_date(settings)
    if told is None:
        return  # that it cannot be reached is told elsewhere; some servers tell no time
    begun, date, ended = told
    # The header is of whole seconds, and of some moment between asking and being answered.
    ahead = begun - date - timedelta(seconds=1), ended - date
    off = ahead[0] if ahead[0] > timedelta() else min(ahead[1], timedelta())
    if abs(off) > SKEWED:
        way = "ahead of" if off > timedelta() else "behind"
        message = f"this machine's clock is {abs(off).total_seconds():.0f} s {way} Telegram's"
        yield Finding("skew", "warn", f"{message}: deadlines and quiet hours go by it; switch NTP on")
    else:
        yield Finding("skew", "ok", "this machine's clock agrees with Telegram's within 30 s")


def _ask_date(settings: Settings) -> tuple[datetime, datetime, datetime] | None:
    import httpx

    begun = wall()
    try:
        # Without the token: any answer will do.
        with httpx.Client(proxy=settings.proxy or None, timeout=ASK_S) as client:
            header = client.head(settings.api_url).headers.get("date", "")
        date = parsedate_to_datetime(header)
    except (httpx.HTTPError, OSError, ValueError):
        return None
    return begun, date if date.tzinfo else date.replace(tzinfo=UTC), wall()


def check_running(settings: Settings) -> Iterator[Finding]:
    """What the running bot says of itself at WEB_ADDRESS; asked only where it has ticked just now."""
    if settings.web_port == 0:
        return
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(settings.web_host, settings.web_host)
    url = f"http://{host}:{settings.web_port}/healthz"
    answer = _ask_health(url)
    if answer is None:
        told = f"the bot has ticked within 5 minutes, and {url} does not answer"
        yield Finding("running", "warn", f"{told}: it has just stopped, or another program has its port")
    elif reasons := [str(each)[:200] for each in answer["reasons"]]:
        yield Finding("running", "fail", f"the bot says that it is not well: {'; '.join(reasons)}")
    elif answer.get("status") == "starting":
        yield Finding("running", "ok", "the bot is starting: ask again in a few seconds")
    else:
        yield Finding("running", "ok", "the bot says that it is well")


def _ask_health(url: str) -> dict[str, Any] | None:
    """None: nobody answers there, or somebody else."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=ASK_S) as answer:
            body = answer.read(100_000)
    except urllib.error.HTTPError as error:
        body = error.read(100_000)
    except OSError:
        return None
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("reasons"), list) else None
