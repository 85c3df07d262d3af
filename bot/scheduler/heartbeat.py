"""The tick: plans what is due, and tells a sandbox's clock when all of it has been done."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock, RemoteClock, monotonic, wall
from bot.inbox.work import Worker
from bot.outbox.lease import LostLeaseError
from bot.outbox.sender import Sender
from bot.scheduler.running import ROUNDS, Runner
from bot.services.context import Office, Work
from bot.services.upkeep.ticking import Duty, look
from bot.vitals import Vitals
from db.engine import Database
from db.models import Installation

log = structlog.get_logger()
BEAT_S = 1.0
REMOTE_BEAT_S = 0.2
DRAIN_S = 50.0
NOTE_S = 30.0
COMPLAIN_S = 60.0
STOP_S = 4.0
ATTACH_S = 3.0
JOB = "heartbeat"
TICKING = {"Dondoc-Ticking": "yes"}


class Heartbeat:
    """Rings a short interval, also when the machine's clock is set back: the scheduler alone would then wait."""

    def __init__(
        self,
        database: Database,
        office: Office,
        clock: Clock,
        sender: Sender,
        worker: Worker,
        vitals: Vitals | None = None,
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._sender = sender
        self._worker = worker
        self._vitals = vitals or Vitals()
        self._is_stopping = False
        self._beating: asyncio.Task[Any] | None = None
        self._runner = Runner(database, office, sender.lease.guard)
        self._done: datetime | None = None
        self._next: datetime | None = None
        self._noted = 0.0
        self._complained = -COMPLAIN_S
        self._ringing: asyncio.Future[Any] | None = None

    def start(self) -> AsyncIOScheduler:
        """Starts ringing in the running loop; late rings are never dropped, missed ones come once."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        seconds = REMOTE_BEAT_S if isinstance(self._clock, RemoteClock) else BEAT_S
        trigger = IntervalTrigger(seconds=seconds)
        scheduler.add_job(self.beat, trigger, id=JOB, misfire_grace_time=None, coalesce=True, max_instances=1)
        scheduler.start()
        self._ringing = asyncio.gather(
            _keep_ringing(scheduler, timedelta(seconds=seconds)), self._keep_attached(scheduler)
        )
        return scheduler

    async def attach(self) -> None:
        """Tells a sandbox's clock that somebody ticks: whoever moves it waits for what is due then."""
        if not isinstance(self._clock, RemoteClock):
            return
        try:
            await asyncio.to_thread(self._clock.look, TICKING)
        except (OSError, ValueError) as error:
            log.warning("clock_unreachable", error=type(error).__name__)

    async def _keep_attached(self, scheduler: AsyncIOScheduler) -> None:
        """Also while a long beat goes on, which looks at the clock only before and after."""
        while scheduler.running and isinstance(self._clock, RemoteClock):
            await asyncio.sleep(ATTACH_S)
            await self.attach()

    async def beat(self) -> None:
        """One ring, where it is our turn. A failing store is logged and tried again with the next."""
        if not self._sender.lease.is_ours:
            self._vitals.done("tick")
            return
        if self._is_stopping:
            return
        self._beating = asyncio.current_task()
        begun = monotonic()
        try:
            now = await asyncio.to_thread(self._look)
            await self._tick(now)
            await self._note_tick()
            self._vitals.count("ticks")
            self._vitals.observe("tick_duration", monotonic() - begun)
            if isinstance(self._clock, RemoteClock) and now != self._done:
                await self._finish(now)
        except LostLeaseError:
            log.warning("tick_left_to_another")
        except asyncio.CancelledError:
            # Out of patience while stopping; the scheduler would report it as an error.
            if not self._is_stopping:
                raise
        except Exception as error:
            self._vitals.failed("tick")
            self._vitals.count("tick_failures", type(error).__name__)
            self._say_failed(error)
        finally:
            self._beating = None

    async def stop(self, scheduler: AsyncIOScheduler) -> None:
        """Rings no more; what the present ring does in one transaction is finished."""
        self._is_stopping = True
        if self._ringing is not None:
            self._ringing.cancel()
        if self._beating is not None:
            await asyncio.wait([self._beating], timeout=STOP_S)
        scheduler.shutdown(wait=False)

    def _say_failed(self, error: Exception) -> None:
        # A beat comes five times a second in the sandbox: said once a minute, not with each.
        if monotonic() - self._complained >= COMPLAIN_S:
            self._complained = monotonic()
            log.error("tick_failed", error=type(error).__name__)

    async def _note_tick(self) -> None:
        """Written down now and then, so that `doctor` sees a bot that has stopped ticking."""
        self._vitals.done("tick")
        if monotonic() - self._noted >= NOTE_S:
            self._noted = monotonic()
            await asyncio.to_thread(self._write_tick)

    def _write_tick(self) -> None:
        with self._database.write() as session:
            session.get_one(Installation, 1).ticked_at = wall()

    def _look(self) -> datetime:
        if isinstance(self._clock, RemoteClock):
            return self._clock.look(self._headers())
        return self._clock.now()

    def _headers(self) -> dict[str, str]:
        told = {"Dondoc-Done": self._done, "Dondoc-Next": self._next}
        return {**TICKING, **{name: at.isoformat() for name, at in told.items() if at is not None}}

    async def _tick(self, now: datetime) -> None:
        while await asyncio.to_thread(self._fire, now) and not self._is_stopping:
            self._sender.wake()
            await self._note_tick()
            if not isinstance(self._clock, RemoteClock):
                now = self._clock.now()  # planning a large office anew takes minutes

    def _fire(self, now: datetime) -> bool:
        """Some transactions of each duty that is due. True where there is more."""
        with self._database.read() as session:
            seen = look(Work(session, now, self._office))
        self._next = seen.next_at
        done = [self._do(duty, now) for duty in seen.due]
        return any(done)

    def _do(self, duty: Duty, now: datetime) -> bool:
        for _ in range(ROUNDS):
            has_more = False
            for due in self._runner.run(duty, now):
                self._note_planned(due.notices)
                has_more = due.more
                if self._is_stopping:
                    return False
            if not has_more:
                return False
        return True

    def _note_planned(self, notices: int) -> None:
        if notices:
            log.info("notices_planned", notices=notices)
            self._vitals.count("notices", n=notices)
            self._sender.wake()

    async def _finish(self, now: datetime) -> None:
        """Whoever moved the clock is answered when the messages have gone out."""
        until = monotonic() + DRAIN_S
        while not self._worker.is_idle and monotonic() < until and not self._is_stopping:
            await asyncio.sleep(0.02)
        await self._sender.drain(max(0.0, until - monotonic()))
        if self._is_stopping:
            return
        await asyncio.to_thread(self._refresh_next, now)
        self._done = now
        await asyncio.to_thread(self._look)

    def _refresh_next(self, now: datetime) -> None:
        with self._database.read() as session:
            self._next = look(Work(session, now, self._office)).next_at


async def _keep_ringing(scheduler: AsyncIOScheduler, interval: timedelta) -> None:
    """Once the machine's clock is set back, the next ring is as far ahead: it is called for at once."""
    while scheduler.running:
        await asyncio.sleep(interval.total_seconds())
        job = scheduler.get_job(JOB)
        if job is not None and job.next_run_time > wall() + 2 * interval:
            job.modify(next_run_time=wall())
            log.warning("clock_set_back")
