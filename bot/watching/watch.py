"""Looks every few seconds whether the bot is well, and tells systemd, the record and the heartbeat address."""

import asyncio
from collections.abc import Callable

import httpx
import structlog

from bot.clock import Clock, elapsed, wall
from bot.services.context import Office, Work
from bot.services.office import uptime
from bot.services.upkeep.queues import Queues, read_queues
from bot.watching.report import Reports
from bot.watching.systemd import Notifier
from db.engine import Database

log = structlog.get_logger()
LOOK_S = 5.0
MINUTE_S = 60.0
ANSWER_S = 10.0
END_S = 0.5
# A process that has been frozen, or a machine that slept, has not been running.
BREAK_S = 180.0


class Watch:
    """One process's watch over itself. `is_standby`: whether another process works, and this one only waits."""

    def __init__(
        self,
        database: Database,
        office: Office,
        clock: Clock,
        reports: Reports,
        notifier: Notifier,
        heartbeat_url: str,
        is_standby: Callable[[], bool],
    ) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._reports = reports
        self._notifier = notifier
        self._record = _Record(database, office, clock)
        self._heartbeat_url = heartbeat_url
        self._is_standby = is_standby
        self._asking: asyncio.Task[None] | None = None
        self._well_since: float | None = None

    async def begin(self) -> None:
        """Before anything is sent: what is said about the past knows that it runs again."""
        await self._record.keep()

    async def end(self) -> None:
        """Records the last moment it was well; a store that hangs is not waited for."""
        if self._well_since is not None:
            await asyncio.wait([asyncio.create_task(self._record.keep())], timeout=END_S)

    async def run(self) -> None:
        """Until cancelled."""
        async with httpx.AsyncClient(timeout=ANSWER_S, follow_redirects=True) as client:
            while True:
                await self._look()
                self._feed()
                await self._tell(client)
                await asyncio.sleep(LOOK_S)

    async def _look(self) -> None:
        if self._is_standby():
            self._reports.vitals.rest()
        # One question at a time: a silent database must not take one thread after the other.
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_database())
        await asyncio.wait([self._asking], timeout=LOOK_S)

    async def _ask_database(self) -> None:
        try:
            self._reports.found(await asyncio.to_thread(self._read_queues))
        except Exception as error:
            # The border of the loop. Its own words may hold what people wrote.
            self._reports.failed(type(error).__name__)

    def _read_queues(self) -> Queues:
        now = self._clock.now()
        with self._database.read() as session:
            return read_queues(Work(session, now, self._office), wall())

    def _feed(self) -> None:
        if self._reports.is_alive():
            self._notifier.alive()

    async def _tell(self, client: httpx.AsyncClient) -> None:
        """After each healthy minute: the record and the heartbeat address."""
        report = self._reports.judge()
        if not report.is_ok:
            if self._well_since is not None:
                log.warning("not_well", reasons=list(report.reasons))
                self._notifier.status("; ".join(report.reasons))
            self._well_since = None
            return
        if self._well_since is None:
            self._notifier.status("well")
            self._well_since = elapsed()
            await self._record.keep()
        elif elapsed() - self._well_since >= MINUTE_S:
            self._well_since = elapsed()
            await self._record.keep()
            await self._call(client)

    async def _call(self, client: httpx.AsyncClient) -> None:
        """GET on the heartbeat address. Its path is a secret: only what became of it is told."""
        if not self._heartbeat_url:
            return
        try:
            answer = await client.get(self._heartbeat_url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            self._reports.vitals.count("heartbeats", "failed")
            log.warning("heartbeat_failed", error=type(error).__name__)
            return
        heard = answer.is_success
        self._reports.vitals.count("heartbeats", "heard" if heard else "refused")
        if not heard:
            log.warning("heartbeat_refused", status=answer.status_code)


class _Record:
    """This process's span in the database, by the office's clock."""

    def __init__(self, database: Database, office: Office, clock: Clock) -> None:
        self._database = database
        self._office = office
        self._clock = clock
        self._span_id: int | None = None
        self._kept_s = 0.0

    async def keep(self) -> None:
        try:
            await asyncio.to_thread(self._keep)
        except Exception as error:
            log.warning("running_not_recorded", error=type(error).__name__)

    def _keep(self) -> None:
        now = self._clock.now()
        with self._database.write() as session:
            work = Work(session, now, self._office)
            span_id = self._span_id
            if span_id is None or elapsed() - self._kept_s > BREAK_S or not uptime.keep(work, span_id):
                span_id = uptime.begin(work)
        self._span_id, self._kept_s = span_id, elapsed()
