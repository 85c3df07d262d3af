"""One process at a time works and sends: a row with an owner, an epoch and an end, by the database's clock."""

import asyncio
import functools
import hashlib
import os
import secrets
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.clock import elapsed
from db.engine import Database, count_changed, read_clock
from db.models import Lease

log = structlog.get_logger()
NAME = "sender"
# With a look of half a second and a busy database another works within ten seconds.
LASTS = timedelta(seconds=7)
LONGEST = timedelta(minutes=1)
RENEW_S = LASTS.total_seconds() / 4
LOOK_S = 0.5
# What has begun shortly before the end must be over by then.
MARGIN_S = 0.5


class LostLeaseError(Exception):
    """Another process has taken over: what this one was about to do is the other's now."""


class Holder:
    """This process's claim to the lease; of one event loop. One that was frozen finds that it has run out."""

    def __init__(self, database: Database, owner: str, name: str = NAME) -> None:
        self._database = database
        self._name = name
        # A process killed and started again may get the same number: it is another owner all the same,
        # or what its forerunner had begun would never be taken up again.
        self.owner = f"{owner}:{secrets.token_hex(4)}"
        self._epoch: int | None = None
        self._asked = 0.0
        self._is_over = False
        self._asking = asyncio.Lock()
        # Of its own: where all others wait for the store, the lease must still be kept.
        self._thread = ThreadPoolExecutor(1, "lease")

    @property
    def epoch(self) -> int | None:
        """The epoch under which we may act; None where the lease is another's, or may be by now."""
        # A file has one process only: nobody can have taken over.
        lasts = self._database.is_sqlite or elapsed() - self._asked < LASTS.total_seconds() - MARGIN_S
        return self._epoch if lasts else None

    @property
    def is_ours(self) -> bool:
        return self.epoch is not None

    @property
    def was_ours(self) -> bool:
        """Whether it was ours when the store was last heard."""
        return self._epoch is not None

    async def keep(self) -> int | None:
        """Takes the lease, or renews it when it is time to. Raises SQLAlchemyError, OSError."""
        async with self._asking:
            if self._is_over or (self._epoch is not None and elapsed() - self._asked < RENEW_S):
                return self._epoch
            asked, loop = elapsed(), asyncio.get_running_loop()
            epoch = await loop.run_in_executor(
                self._thread, take_lease, self._database, self._name, self.owner
            )
            if epoch is None and not self._asked:
                log.info("standing_by")
            if epoch != self._epoch:
                log.info("lease_taken" if epoch else "lease_lost", epoch=epoch or self._epoch)
            self._epoch, self._asked = epoch, asked
            return epoch

    async def run(self) -> None:
        """Keeps it until cancelled."""
        while True:
            try:
                await self.keep()
            except (SQLAlchemyError, OSError) as error:
                log.error("lease_not_kept", error=type(error).__name__)
            await asyncio.sleep(LOOK_S)

    async def wait_ours(self) -> None:
        while not self.is_ours:
            await asyncio.sleep(LOOK_S / 5)

    def guard(self, session: Session) -> None:
        """Binds a transaction to the lease: nobody takes over before it ends. Raises LostLeaseError."""
        epoch = self.epoch
        if epoch is None or not session.scalar(_select_held(self._name, self.owner, epoch)):
            raise LostLeaseError

    async def free(self) -> None:
        """Lets go at once and for good, so that another need not wait."""
        async with self._asking:
            self._epoch, self._is_over = None, True
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, free_lease, self._database, self._name, self.owner)


def take_lease(database: Database, name: str, owner: str) -> int | None:
    """Takes, or keeps, the lease; returns its epoch. None while another owner holds it."""
    try:
        with database.write() as session:
            now = read_clock(session)
            ours = update(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner)
            # Renewed without waiting for transactions that are bound to it: they are ours.
            epoch = session.scalar(ours.values(expires_at=now + LASTS).returning(col(Lease.epoch)))
            return epoch if epoch is not None else _take_over(session, name, owner, now)
    except IntegrityError:
        return None


def _take_over(session: Session, name: str, owner: str, now: datetime) -> int | None:
    query = select(Lease).where(col(Lease.name) == name)
    lease = session.exec(query).first()
    if lease is None:
        session.add(Lease(name=name, owner=owner, epoch=1, expires_at=now + LASTS))
        return 1
    if _is_held(session, lease, now):
        return None
    # Waits for transactions that are bound to the lease, and looks again what it is by then.
    lease = session.exec(query.with_for_update(), execution_options={"populate_existing": True}).one()
    now = read_clock(session)
    if _is_held(session, lease, now):
        return None
    lease.owner, lease.epoch, lease.expires_at = owner, lease.epoch + 1, now + LASTS
    return lease.epoch


def _is_held(session: Session, lease: Lease, now: datetime) -> bool:
    # An end too far ahead was written before the clock was set back, and not renewed since.
    if not now < lease.expires_at <= now + LONGEST:
        return False
    # Two machines may bear one name, but only one process is on a SQLite file.
    by_name = session.get_bind().dialect.name == "sqlite"
    return not is_dead(lease.owner, by_name=by_name)


def name_process() -> str:
    """`host:pid:birth:machine`: enough for another process of this machine to see that it is no more."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_find_birth(pid) or ''}:{_find_machine()}"


def is_dead(owner: str, *, by_name: bool) -> bool:
    """Whether the owner was a process of this machine that is no more; unknown counts as alive.

    `by_name`: the host's name alone tells whether it is this machine.
    """
    host, number, birth, machine = [*owner.split(":"), "", "", ""][:4]
    if not number.isdigit() or len(number) > 10:
        return False
    if machine and machine == _find_machine():
        return _find_birth(int(number)) != birth
    return by_name and host == socket.gethostname() and _is_gone(int(number))


def _is_gone(pid: int) -> bool:
    if pid == os.getpid():
        return True  # another life of our own number: not ours, or it would be the same owner
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _find_machine() -> str:
    """One start of one machine, and in it one space of process numbers (a container); empty where unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return hashlib.sha256(f"{boot} {Path('/proc/self/ns/pid').readlink()}".encode()).hexdigest()[:12]
    except OSError:
        return ""


def _find_birth(pid: int) -> str | None:
    """When the process began, in ticks since the machine did; None where there is none, or only its remains."""
    try:
        state, *numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if state in "ZX" else numbers[18]
    except (OSError, ValueError, IndexError):
        return None


def free_lease(database: Database, name: str, owner: str) -> None:
    """Lets go at once, so that a restart does not wait."""
    with database.write() as session:
        now = read_clock(session)
        held = update(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner)
        count_changed(session.execute(held.values(expires_at=now)))


@functools.lru_cache(maxsize=8)
def _select_held(name: str, owner: str, epoch: int) -> SelectOfScalar[bool]:
    # Asked in every transaction: put together once.
    return select(holds_lease(name, owner, epoch))


def holds_lease(name: str, owner: str, epoch: int) -> ColumnElement[bool]:
    """A condition for a claim: whoever was frozen and lost the lease claims nothing.

    On PostgreSQL the row is locked against a take-over, though not against a renewal, until the claim is committed.
    """
    query = select(Lease.name).where(
        col(Lease.name) == name, col(Lease.owner) == owner, col(Lease.epoch) == epoch
    )
    return exists(query.with_for_update(read=True, key_share=True))
