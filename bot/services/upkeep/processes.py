"""Which process works, and whether another program uses the bot's token, as `doctor` tells it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import select

from bot.services.context import Work
from bot.services.upkeep.health.finding import Finding
from db.engine import read_clock
from db.models import Installation, Lease

RIVAL_LATELY = timedelta(minutes=30)


def examine_processes(work: Work, wall: datetime) -> Iterator[Finding]:
    """All that the database can tell. `wall`: the machine's time."""
    lease = work.session.exec(select(Lease)).first()
    if lease is not None and lease.expires_at > read_clock(work.session):
        host, number = [*lease.owner.split(":"), ""][:2]
        yield Finding("process", "ok", f"process {number} on {host} works and sends; others stand by")
    elif lease is not None:
        yield Finding("process", "warn", "no process works and sends at the moment")
    rival_at = work.session.get_one(Installation, 1).rival_at
    if rival_at is None or abs(wall - rival_at) > RIVAL_LATELY:
        return
    local = rival_at.astimezone(work.office.zone)
    yield Finding(
        "token",
        "fail",
        f"another program uses this bot's token (seen at {local:%Y-%m-%d %H:%M}): updates go now to one, now to the "
        "other; stop it, or take a new token from BotFather",
    )
