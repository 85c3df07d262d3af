"""Whether the bot runs, ran, plans by the right time and forgets what is long past."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.office import uptime
from bot.services.reminding.replanning import is_set_back
from bot.services.upkeep.health.finding import Finding, lasting, listed, local
from bot.services.upkeep.retention import is_behind
from db.models import InboxUpdate, Installation, OfficeSettings, OutboxMessage

NO_TICK = timedelta(minutes=5)
AHEAD = timedelta(minutes=1)  # less is a clock being put right


def examine_tick(work: Work, wall: datetime) -> Iterator[Finding]:
    ticked_at = work.session.get_one(Installation, 1).ticked_at
    if ticked_at is None:
        yield Finding("tick", "warn", "the bot has not run on this database yet")
        return
    local = ticked_at.astimezone(work.office.zone)
    if ticked_at - wall > AHEAD:
        told = f"the last one was at {local:%Y-%m-%d %H:%M}, {lasting(ticked_at - wall)} from now"
        yield Finding("tick", "warn", f"{told}: this machine's clock has been set back")
    elif wall - ticked_at > NO_TICK:
        told = f"the last one was at {local:%Y-%m-%d %H:%M}, {lasting(wall - ticked_at)} ago"
        # A sandbox that nobody tries at the moment holds up nothing.
        is_needed = work.session.get_one(Installation, 1).mode == "bot"
        hint = "the bot does not seem to run: `systemctl status dondoc`, `journalctl -u dondoc -n 50`"
        yield Finding("tick", "fail" if is_needed else "warn", f"{told}: {hint}")
    else:
        told = lasting(max(wall - ticked_at, timedelta()))
        yield Finding("tick", "ok", f"the bot is running, the last one was {told} ago")


def examine_planning(work: Work) -> Iterator[Finding]:
    seen_at = work.session.exec(select(OfficeSettings.seen_at)).first()
    if seen_at is not None and is_set_back(seen_at, work.now):
        told = f"it has been set back by {lasting(seen_at - work.now)} since the last tick"
        yield Finding("clock", "warn", f"{told}: the next one plans the reminders anew, none comes twice")


def examine_interruptions(work: Work) -> Iterator[Finding]:
    week = uptime.describe(work, work.now - timedelta(days=7), work.now)
    if week is None:
        return
    if not week.gaps:
        yield Finding("uptime", "ok", "the bot ran without a break in the last 7 days, as far as is recorded")
        return
    hint = "the log of those times tells why"
    shown = [f"{local(work, each.start)} to {local(work, each.end)}" for each in week.gaps]
    yield Finding(
        "uptime", "warn", f"interrupted {len(shown)} times in the last 7 days: {listed(shown)}; {hint}"
    )


def examine_retention(work: Work) -> Iterator[Finding]:
    keeping = work.office.keeping
    kept = (
        f"messages are kept {keeping.messages} days (KEEP_MESSAGES_DAYS; {_count_rows(work, OutboxMessage.id)} now), "
        f"handled updates {keeping.updates} (KEEP_UPDATES_DAYS; {_count_rows(work, InboxUpdate.id)} now)"
    )
    pruned_at = work.session.exec(select(OfficeSettings.pruned_at)).first()
    if pruned_at is None:
        yield Finding("retention", "ok", f"{kept}; nothing was looked through yet")
        return
    told = f"{kept}; last looked through at {pruned_at.astimezone(work.office.zone):%Y-%m-%d %H:%M}"
    if is_behind(work):
        yield Finding(
            "retention", "warn", f"{told}; the bot does so once a day: see whether it runs, and its log"
        )
    else:
        yield Finding("retention", "ok", told)


def _count_rows(work: Work, key: Any) -> int:
    return work.session.exec(select(func.count(col(key)))).one()
