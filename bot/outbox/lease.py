"""One sender at a time: a row with an owner, an epoch and an end, by the database's clock."""

import os
import socket
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from db.engine import Database, count_changed, read_clock
from db.models import Lease

LASTS = timedelta(seconds=8)
LONGEST = timedelta(minutes=1)


def take_lease(database: Database, name: str, owner: str) -> int | None:
    """Takes, or keeps, the lease; returns its epoch. None while another owner holds it."""
    try:
        with database.write() as session:
            now = read_clock(session)
            lease = session.get(Lease, name, with_for_update=True)
            if lease is None:
                session.add(Lease(name=name, owner=owner, epoch=1, expires_at=now + LASTS))
                return 1
            if lease.owner != owner:
                # Two machines may bear one name, but only one process is on a SQLite file.
                dead = database.is_sqlite and is_dead(lease.owner)
                # An end too far ahead was written before the clock was set back, and not renewed since.
                is_held = now < lease.expires_at <= now + LONGEST
                if is_held and not dead:
                    return None
                lease.owner, lease.epoch = owner, lease.epoch + 1
            lease.expires_at = now + LASTS
            return lease.epoch
    except IntegrityError:
        return None


def is_dead(owner: str) -> bool:
    """Whether the owner (`host:pid:…`) was a process of this machine that is no more; unknown counts as alive."""
    host, _, rest = owner.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return True  # another life of our own number: not ours, or it would be the same owner
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def free_lease(database: Database, name: str, owner: str) -> None:
    """Lets go at once, so that a restart does not wait."""
    with database.write() as session:
        now = read_clock(session)
        held = update(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner)
        count_changed(session.execute(held.values(expires_at=now)))


def holds_lease(name: str, owner: str, epoch: int) -> ColumnElement[bool]:
    """A condition for a claim: whoever was frozen and lost the lease claims nothing."""
    return exists().where(col(Lease.name) == name, col(Lease.owner) == owner, col(Lease.epoch) == epoch)
