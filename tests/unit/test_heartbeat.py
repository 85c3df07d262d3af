"""The tick goes on whatever the machine's clock does."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from bot.clock import FixedClock, wall
from bot.domain.pacing import Pacer
from bot.outbox.inflight import InFlight
from bot.outbox.sender import Sender
from bot.scheduler import heartbeat
from bot.scheduler.heartbeat import Heartbeat
from tests.conftest import START, Desk
from tests.unit.line import HANGING_S


class HeardClock(FixedClock):
    """A clock that tells when it has been looked at."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.looked_at = asyncio.Event()

    def now(self) -> datetime:
        self.loop.call_soon_threadsafe(self.looked_at.set)
        return super().now()

    async def is_looked_at(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.looked_at.clear()
        async with asyncio.timeout(HANGING_S):
            await self.looked_at.wait()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_machine_clock_set_back_ten_days_does_not_stop_the_tick(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.05)
    unused = cast(Any, None)

    async def ring() -> None:
        clock = HeardClock(START)
        sender = Sender(desk.database, unused, desk.office, clock, Pacer(), InFlight(), "one")
        await sender.lease.keep()
        scheduler = Heartbeat(desk.database, desk.office, clock, sender, unused).start()
        await clock.is_looked_at()
        # To the scheduler a clock set back is a next ring ten days ahead.
        scheduler.modify_job("heartbeat", next_run_time=wall() + timedelta(days=10))
        await asyncio.sleep(0)
        await clock.is_looked_at()
        await clock.is_looked_at()
        scheduler.shutdown(wait=False)

    asyncio.run(ring())
