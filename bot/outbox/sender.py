"""The sending loop: up to K messages under way, evenly spaced, one a chat at a time."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Channel, Later, Moved, Outgoing, Refused, Sent, TooFast, Unreachable
from bot.clock import Clock, monotonic, wall
from bot.domain.pacing import Pacer
from bot.domain.retry import LONGEST_LINE_S, retry_at, wait_seconds
from bot.outbox.aside import is_store_error, put_aside
from bot.outbox.inflight import AT_ONCE, InFlight
from bot.outbox.lease import NAME, Holder, holds_lease
from bot.outbox.queue import Queue, Turn
from bot.outbox.slots import Slots
from bot.outbox.trouble import Trouble
from bot.services.context import Office, Work
from bot.services.saying import delivery
from bot.vitals import Vitals
from db.engine import Database

log = structlog.get_logger()
CANDIDATES = 2000
IDLE_S = 1.0
# From the stop on: what was handed to Telegram by then is recorded, or it would be said again.
FINISH_S = 7.0
# While there is much to send, what is new is looked for this often.
LOOK_S = 0.5
# And however often something new may be there, not sooner: it is said to be with every few updates.
GAP_S = 0.1
# Of the chats that failed before, so many at once: each may keep its place until the time-out.
RETRIES_AT_ONCE = 4
# What has been drawn so long ago is drawn again.
STALE_S = 5.0

T = TypeVar("T")


class Sender:
    """Sends what waits in the outbox while it holds the lease."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        office: Office,
        clock: Clock,
        pacer: Pacer,
        in_flight: InFlight,
        owner: str,
        vitals: Vitals | None = None,
    ) -> None:
        self._database = database
        self._channel = channel
        self._office = office
        self._clock = clock
        self._pacer = pacer
        self._slots = Slots(pacer)
        self._trouble = Trouble(pacer)
        self._in_flight = in_flight
        self.lease = Holder(database, owner)
        self._vitals = vitals or Vitals()
        self._stopped_at: float | None = None
        self._event = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._queue = Queue((), pacer)
        self._listed_at = 0.0
        self._retrying = 0
        self._store_ready_at = 0.0
        # Claims whose commit failed, which may have been made all the same.
        self._doubtful: set[int] = set()
        # SQLite has one writer: its own way of waiting is to look again and again, for longer each time.
        self._writers = asyncio.Semaphore(1 if database.is_sqlite else AT_ONCE)
        self._epoch: int | None = None

    def wake(self) -> None:
        self._event.set()

    def stop(self) -> None:
        """Begins nothing more; what is under way goes on, and the lease is kept."""
        if self._stopped_at is None:
            self._stopped_at = monotonic()

    @property
    def _is_stopping(self) -> bool:
        return self._stopped_at is not None

    async def run(self) -> None:
        """Until cancelled; then what is under way is finished and the lease given up."""
        try:
            while True:
                self._event.clear()
                try:
                    wait_s = await self._round()
                    self._vitals.done("sender")
                except (SQLAlchemyError, OSError, ValueError) as error:
                    log.error("outbox_store_failed", error=type(error).__name__)
                    self._vitals.failed("sender")
                    wait_s = IDLE_S
                await self._wait(wait_s)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        self.stop()
        assert self._stopped_at is not None
        if self._running:
            left_s = max(0.0, self._stopped_at + FINISH_S - monotonic())
            _, late = await asyncio.wait(self._running, timeout=left_s)
            # They stay as begun: the next sender says them again, and nobody else by then.
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self.lease.free()
        except (SQLAlchemyError, OSError) as error:
            # It ends by itself in a few seconds.
            log.warning("lease_not_freed", error=type(error).__name__)

    async def _wait(self, seconds: float) -> None:
        if seconds <= 0:
            return
        try:
            # Not `wait_for`: it loses a stop that comes together with a wake-up (Python 3.11).
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return

    async def _round(self) -> float:
        """Starts what may start now; returns the seconds until it is worth looking again."""
        if not await self._hold_lease() or self._is_stopping:
            return IDLE_S
        await self._undo_doubtful()
        wait_s = max(self._store_ready_at, self._pacer.outbox_ready_at()) - monotonic()
        if wait_s > 0:
            return min(IDLE_S, wait_s)
        listed_s = monotonic() - self._listed_at
        if self._queue.is_empty and listed_s < GAP_S:
            return GAP_S - listed_s
        if self._queue.is_empty or listed_s > LOOK_S:
            await self._look()
        while (turn := self._queue.pop_ready(self._slots.ready_in)) is not None:
            if not (turn.candidate.is_retry and self._retrying >= RETRIES_AT_ONCE):
                self._start(turn)
            if self._in_flight.is_full or self._is_stopping:
                return LOOK_S  # woken when one is finished
        return min(IDLE_S, self._queue.next_in())

    async def _look(self) -> None:
        found = await self._in_thread(
            lambda work: delivery.list_candidates(work, wall(), self._in_flight.chats, CANDIDATES),
            write=False,
        )
        self._queue = Queue(found, self._pacer)
        self._listed_at = monotonic()

    async def _hold_lease(self) -> bool:
        epoch = await self.lease.keep()
        if epoch is not None and epoch != self._epoch:
            begun = await self._in_thread(lambda work: delivery.recover(work, epoch))
            if begun:
                log.info("outbox_recovered", messages=begun)
        self._epoch = epoch
        return epoch is not None

    async def _undo_doubtful(self) -> None:
        doubtful, epoch = frozenset(self._doubtful), self._epoch
        if doubtful and epoch is not None:
            await self._in_thread(lambda work: delivery.undo_claims(work, doubtful, epoch))
            self._doubtful -= doubtful

    def _start(self, turn: Turn) -> None:
        assert self._epoch is not None
        candidate = turn.candidate
        if not self._in_flight.try_take(candidate.chat):
            return  # somebody's answer comes first
        self._retrying += candidate.is_retry
        task = asyncio.create_task(self._send_and_release(turn, self._epoch))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _send_and_release(self, turn: Turn, epoch: int) -> None:
        candidate = turn.candidate
        try:
            claimed = await self._claim(candidate.id, epoch)
            if claimed is not None:
                await self._send(claimed, is_urgent=turn.is_urgent)
        except Exception as error:
            # The store: what was claimed has been undone, or is recorded when it answers again.
            log.error("outbox_store_failed", error=type(error).__name__)
            self._vitals.failed("sender")
            self._store_ready_at = monotonic() + IDLE_S
        finally:
            self._retrying -= candidate.is_retry
            await self._in_flight.release(candidate.chat)
            self.wake()

    async def _claim(self, message_id: int, epoch: int) -> delivery.Claimed | None:
        held = holds_lease(NAME, self.lease.owner, epoch)
        try:
            return await self._in_thread(lambda work: delivery.claim(work, message_id, epoch, held))
        except Exception as error:
            if is_store_error(error):
                self._doubtful.add(message_id)
                raise
            log.error("claim_failed", message=message_id, error=type(error).__name__)
            await self._in_thread(self._set_aside(message_id, error))
            return None

    def _set_aside(self, message_id: int, error: Exception) -> Callable[[Work], None]:
        why = f"lỗi chương trình: {type(error).__name__}"
        return lambda work: put_aside(work, message_id, wall(), random.random(), why)

    async def _send(self, message: delivery.Claimed, *, is_urgent: bool) -> None:
        drawn_at = monotonic()
        await asyncio.sleep(min(STALE_S, max(0.0, self._slots.ready_in(message.chat))))
        if not await self._in_flight.hand(message.chat, is_urgent=is_urgent):
            await self._record(message, _put_back(message))
            return
        try:
            await self._record(message, await self._deliver_in_time(message, drawn_at))
        finally:
            await self._in_flight.free()

    async def _deliver_in_time(self, message: delivery.Claimed, drawn_at: float) -> Callable[[Work], None]:
        try:
            await self._slots.take(message.chat)
            # Frozen since the claim: by now it may be another's to send.
            is_ours = self.lease.is_ours and not self._is_stopping
            now = monotonic()
            if not is_ours or now - drawn_at > STALE_S or self._pacer.outbox_ready_at() > now:
                return _put_back(message)
            return await self._deliver(message)
        except Exception as error:
            # A bug must not leave the row claimed for ever.
            log.error("send_failed", message=message.id, error=type(error).__name__)
            return self._put_off(message, type(error).__name__)

    async def _record(self, message: delivery.Claimed, record: Callable[[Work], None]) -> None:
        """Until it is stored: what was sent and not recorded would be sent once more, or not at all."""
        attempt = 0
        while True:
            try:
                await self._in_thread(_unless_taken_up(message, record))
                return
            except Exception as error:
                log.error("outbox_record_failed", message=message.id, error=type(error).__name__)
                if not is_store_error(error):
                    record = self._set_aside(message.id, error)
            attempt += 1
            await asyncio.sleep(wait_seconds(attempt, random.random(), LONGEST_LINE_S))

    async def _deliver(self, message: delivery.Claimed) -> Callable[[Work], None]:
        """Sends; returns what is to be recorded."""
        begun = monotonic()
        try:
            sent = await self._channel.send(Outgoing(message.chat, message.text, message.keyboard))
        except Unreachable as error:
            reason, detail = error.reason, str(error)
            self._vitals.count("not_sent", reason)
            return lambda work: delivery.record_unreachable(work, message.id, message.chat, reason, detail)
        except Moved as error:
            new = error.address
            self._vitals.count("not_sent", "moved")
            at = retry_at(wall(), message.attempts, random.random())
            return lambda work: delivery.record_moved(work, message.id, message.chat, new, at)
        except Refused as error:
            detail = str(error)
            log.error("message_refused", message=message.id, error=detail[:120])
            self._vitals.count("not_sent", "refused")
            return lambda work: delivery.record_refused(work, message.id, detail)
        except TooFast as error:
            self._vitals.count("not_sent", "too_fast")
            self._trouble.note_too_fast(message.chat, error.seconds)
            return _put_off_for(message, error.seconds)
        except Later as error:
            self._vitals.count("not_sent", "later")
            return self._put_off(message, str(error), self._trouble.note_failure(message.chat, begun))
        self._trouble.note_success()
        return lambda work: self._record_arrived(work, message, sent)

    def _record_arrived(self, work: Work, message: delivery.Claimed, sent: Sent) -> None:
        delivery.record_arrived(work, message, sent.message_id, sent.bare)
        self._vitals.count("sent", message.kind)
        self._vitals.observe("delivery_delay", (work.now - message.created_at).total_seconds(), message.kind)

    def _put_off(
        self, message: delivery.Claimed, error: str, line_waits_s: float = 0.0
    ) -> Callable[[Work], None]:
        now = wall()
        own = retry_at(now, message.attempts, random.random())
        at = now + timedelta(seconds=line_waits_s) if line_waits_s else own
        return lambda work: delivery.record_later(work, message.id, at, error, now)

    async def drain(self, timeout_s: float) -> bool:
        """Waits until nothing is left that could go out now. False when the time is over first."""
        until = monotonic() + timeout_s
        while monotonic() < until and not self._is_stopping:
            if not self._running and not await self._in_thread(
                lambda work: delivery.list_candidates(work, wall(), (), 1), write=False
            ):
                return True
            self.wake()
            await asyncio.sleep(0.02)
        return False

    async def _in_thread(self, do: Callable[[Work], T], *, write: bool = True) -> T:
        def run() -> T:
            now = self._clock.now()
            with self._database.write() if write else self._database.read() as session:
                return do(Work(session, now, self._office))

        if not write:
            return await asyncio.to_thread(run)
        async with self._writers:
            return await asyncio.to_thread(run)


def _put_back(message: delivery.Claimed) -> Callable[[Work], None]:
    """It has not been tried: it is claimed again, and drawn as things stand then."""
    return lambda work: delivery.put_back(work, message)


def _put_off_for(message: delivery.Claimed, seconds: float) -> Callable[[Work], None]:
    now = wall()
    until = now + timedelta(seconds=seconds)
    return lambda work: delivery.record_later(work, message.id, until, f"429: {seconds:g} s", now)


def _unless_taken_up(message: delivery.Claimed, record: Callable[[Work], None]) -> Callable[[Work], None]:
    """What comes late, from one that was frozen and taken for dead, must not undo what others do meanwhile."""

    def run(work: Work) -> None:
        if delivery.is_claimed(work, message):
            record(work)
        else:
            log.warning("result_too_late", message=message.id)

    return run
