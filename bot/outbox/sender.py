"""The sending loop: up to K messages under way, evenly spaced, one a chat at a time."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Channel, Later, Moved, Outgoing, Refused, TooFast, Unreachable
from bot.clock import Clock, monotonic, wall
from bot.domain.pacing import Pacer
from bot.domain.retry import retry_at, wait_seconds
from bot.outbox.aside import is_store_error, put_aside
from bot.outbox.inflight import InFlight
from bot.outbox.lease import NAME, Holder, holds_lease
from bot.services import delivery
from bot.services.context import Office, Work
from bot.vitals import Vitals
from db.engine import Database

log = structlog.get_logger()
CANDIDATES = 64
IDLE_S = 1.0
FINISH_S = 2.5
TWO_CHATS_S = 5.0
LONGEST_PARK_S = 30.0

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
        self._in_flight = in_flight
        self.lease = Holder(database, owner)
        self._vitals = vitals or Vitals()
        self._is_stopping = False
        self._event = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._epoch: int | None = None
        self._failures = 0
        self._failed_at = 0.0
        self._last_too_fast: tuple[str, float] = ("", 0.0)

    def wake(self) -> None:
        self._event.set()

    def stop(self) -> None:
        """Begins nothing more; what is under way goes on, and the lease is kept."""
        self._is_stopping = True

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
        if self._running:
            await asyncio.wait(self._running, timeout=FINISH_S)
        await self.lease.free()

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
        candidates = await self._in_thread(
            lambda work: delivery.list_candidates(work, wall(), self._in_flight.chats, CANDIDATES),
            write=False,
        )
        soonest = IDLE_S
        for each in candidates:
            if self._in_flight.is_full or self._is_stopping:
                return IDLE_S  # woken when one is finished
            wait_s = self._pacer.chat_ready_at(each.chat, is_group=each.is_group) - monotonic()
            if wait_s > 0:
                soonest = min(soonest, wait_s)
                continue
            start = self._pacer.reserve(each.chat, monotonic(), is_group=each.is_group)
            await asyncio.sleep(max(0.0, start - monotonic()))
            if not await self._hold_lease():
                return IDLE_S
            await self._start(each)
        return 0.0 if len(candidates) == CANDIDATES and soonest == IDLE_S else soonest

    async def _hold_lease(self) -> bool:
        epoch = await self.lease.keep()
        if epoch is not None and epoch != self._epoch:
            begun = await self._in_thread(lambda work: delivery.recover(work, epoch))
            if begun:
                log.info("outbox_recovered", messages=begun)
        self._epoch = epoch
        return epoch is not None

    async def _start(self, candidate: delivery.Candidate) -> None:
        assert self._epoch is not None
        epoch = self._epoch
        if not self._in_flight.try_take(candidate.chat):
            return  # a direct answer was faster; it wakes nobody, the next round comes soon
        try:
            claimed = await self._claim(candidate.id, epoch)
        except BaseException:
            await self._in_flight.release(candidate.chat)
            raise
        if claimed is None:
            await self._in_flight.release(candidate.chat)
            self.wake()  # the chat's next message can be looked at
            return
        task = asyncio.create_task(self._send_and_release(claimed))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _claim(self, message_id: int, epoch: int) -> delivery.Claimed | None:
        held = holds_lease(NAME, self.lease.owner, epoch)
        try:
            return await self._in_thread(lambda work: delivery.claim(work, message_id, epoch, held))
        except Exception as error:
            if is_store_error(error):
                raise
            log.error("claim_failed", message=message_id, error=type(error).__name__)
            await self._in_thread(self._set_aside(message_id, error))
            return None

    def _set_aside(self, message_id: int, error: Exception) -> Callable[[Work], None]:
        why = f"lỗi chương trình: {type(error).__name__}"
        return lambda work: put_aside(work, message_id, wall(), random.random(), why)

    async def _send_and_release(self, message: delivery.Claimed) -> None:
        try:
            await self._send(message)
        finally:
            await self._in_flight.release(message.chat)
            self.wake()

    async def _send(self, message: delivery.Claimed) -> None:
        try:
            record = await self._deliver(message)
        except Exception as error:
            # A bug must not leave the row claimed for ever.
            log.error("send_failed", message=message.id, error=type(error).__name__)
            record = self._put_off(message, type(error).__name__)
        await self._record(message, record)

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
            await asyncio.sleep(min(LONGEST_PARK_S, wait_seconds(attempt, random.random())))

    async def _deliver(self, message: delivery.Claimed) -> Callable[[Work], None]:
        """Sends; returns what is to be recorded."""
        begun = monotonic()
        if not self.lease.is_ours:
            # Frozen since the claim: by now it is another's to send.
            return self._put_off(message, "LostLeaseError")
        try:
            sent = await self._channel.send(Outgoing(message.chat, message.text, message.keyboard))
        except Unreachable as error:
            reason, detail = error.reason, str(error)
            self._vitals.count("not_sent", reason)
            return lambda work: delivery.record_unreachable(work, message.id, message.chat, reason, detail)
        except Moved as error:
            new = error.address
            self._vitals.count("not_sent", "moved")
            return lambda work: delivery.record_moved(work, message.id, message.chat, new)
        except Refused as error:
            detail = str(error)
            log.error("message_refused", message=message.id, error=detail[:120])
            self._vitals.count("not_sent", "refused")
            return lambda work: delivery.record_refused(work, message.id, detail)
        except TooFast as error:
            self._vitals.count("not_sent", "too_fast")
            return self._slow_down(message, error.seconds)
        except Later as error:
            self._vitals.count("not_sent", "later")
            self._back_off(begun)
            return self._put_off(message, str(error))
        self._failures = 0
        return lambda work: self._record_arrived(work, message, sent)

    def _record_arrived(self, work: Work, message: delivery.Claimed, sent: int | None) -> None:
        delivery.record_arrived(work, message, sent)
        self._vitals.count("sent", message.kind)
        self._vitals.observe("delivery_delay", (work.now - message.created_at).total_seconds(), message.kind)

    def _back_off(self, begun: float) -> None:
        """Everything waits, longer after each failure; what was under way together fails as one."""
        if begun < self._failed_at:
            return
        self._failures += 1
        self._failed_at = monotonic()
        wait_s = min(LONGEST_PARK_S, wait_seconds(self._failures, random.random()))
        self._pacer.park_all(self._failed_at + wait_s)

    def _put_off(self, message: delivery.Claimed, error: str) -> Callable[[Work], None]:
        at = retry_at(wall(), message.attempts, random.random())
        return lambda work: delivery.record_later(work, message.id, at, error)

    def _slow_down(self, message: delivery.Claimed, seconds: float) -> Callable[[Work], None]:
        """429 is for one chat; only when two chats get it together, for everything."""
        chat, at = self._last_too_fast
        now = monotonic()
        self._pacer.park_chat(message.chat, now + seconds)
        if chat not in ("", message.chat) and now - at < TWO_CHATS_S:
            self._pacer.park_all(now + seconds)
        self._last_too_fast = (message.chat, now)
        until = wall() + timedelta(seconds=seconds)
        return lambda work: delivery.record_later(work, message.id, until, f"429: {seconds:g} s")

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

        return await asyncio.to_thread(run)


def _unless_taken_up(message: delivery.Claimed, record: Callable[[Work], None]) -> Callable[[Work], None]:
    """What comes late, from one that was frozen and taken for dead, must not undo what others do meanwhile."""

    def run(work: Work) -> None:
        if delivery.is_claimed(work, message):
            record(work)
        else:
            log.warning("result_too_late", message=message.id)

    return run
