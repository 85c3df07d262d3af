"""Who works, and what becomes of what one that was taken for dead brings late."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import InternalError
from sqlmodel import col

from bot.cli.run import IDLE_S
from bot.clock import elapsed, wall
from bot.outbox.aside import is_store_error
from bot.outbox.lease import (
    LASTS,
    LOOK_S,
    NAME,
    RENEW_S,
    Holder,
    LostLeaseError,
    free_lease,
    holds_lease,
    is_dead,
    name_process,
    take_lease,
)
from bot.services.saying import delivery
from db.engine import Database
from db.models import Lease
from tests.conftest import Desk
from tests.unit.scene import BINH, Scene


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


def claim(scene: Scene, owner: str) -> delivery.Claimed:
    """Takes the lease, the message for Bình under it, and recovers what was begun before."""
    epoch = take_lease(scene.desk.database, NAME, owner)
    assert epoch is not None
    with scene.desk.work() as work:
        delivery.recover(work, epoch)
    with scene.desk.work() as work:
        claimed = delivery.claim(work, scene.messages(BINH)[0].id, epoch, holds_lease(NAME, owner, epoch))
    assert claimed is not None
    return claimed


def end_lease(desk: Desk) -> None:
    with desk.work() as work:
        work.session.execute(
            update(Lease).where(col(Lease.name) == NAME).values(expires_at=wall() - timedelta(seconds=1))
        )


def test_what_comes_late_undoes_nothing_of_what_the_next_has_begun(scene: Scene) -> None:
    scene.remind(scene.add_agency("Huyện ủy Mường Tè", BINH))
    first = claim(scene, "one")
    end_lease(scene.desk)
    second = claim(scene, "other")
    assert (first.epoch, second.epoch) == (1, 2)
    with scene.desk.work() as work:
        assert not delivery.is_claimed(work, first)
        assert delivery.is_claimed(work, second)
        delivery.record_arrived(work, second, 7)
    with scene.desk.work() as work:
        assert not delivery.is_claimed(work, first)
        assert not delivery.is_claimed(work, second)
    assert [(each.status, each.message_id) for each in scene.messages(BINH)] == [("sent", 7)]


def test_what_arrived_and_waits_to_be_repeated_is_not_repeated(scene: Scene) -> None:
    scene.remind(scene.add_agency("Huyện ủy Mường Tè", BINH))
    first = claim(scene, "one")
    end_lease(scene.desk)
    epoch = take_lease(scene.desk.database, NAME, "other")
    assert epoch == 2
    with scene.desk.work() as work:
        assert delivery.recover(work, epoch) == 1
    with scene.desk.work() as work:
        assert delivery.is_claimed(work, first)
        delivery.record_arrived(work, first, 7)
    assert [(each.status, each.message_id) for each in scene.messages(BINH)] == [("sent", 7)]


def test_a_transaction_of_one_who_has_lost_the_lease_does_nothing(desk: Desk) -> None:
    async def main() -> None:
        one, other = Holder(desk.database, "one"), Holder(desk.database, "other")
        assert await one.keep() == 1
        with desk.work() as work:
            one.guard(work.session)
        end_lease(desk)
        assert await other.keep() == 2
        for _ in range(2):  # before it knows, and when it does
            with pytest.raises(LostLeaseError), desk.work() as work:
                one.guard(work.session)
            one._asked -= 100
            await one.keep()
        assert not one.is_ours
        await other.free()
        assert await other.keep() is None
        assert await one.keep() == 3

    asyncio.run(main())


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nobody_takes_over_in_the_middle_of_a_transaction_and_renewing_waits_for_none(desk: Desk) -> None:
    async def main() -> None:
        one = Holder(desk.database, "one")
        assert await one.keep() == 1
        with desk.work() as work:
            one.guard(work.session)
            assert take_lease(desk.database, NAME, one.owner) == 1
            free_lease(desk.database, NAME, one.owner)
            taking = asyncio.create_task(asyncio.to_thread(take_lease, desk.database, NAME, "other"))
            await asyncio.sleep(0.3)
            assert not taking.done()
        assert await taking == 2

    asyncio.run(main())


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_has_not_renewed_in_time_does_not_act_though_nobody_has_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        one = Holder(desk.database, "one")
        await one.keep()
        assert one.is_ours
        now = elapsed()
        monkeypatch.setattr("bot.outbox.lease.elapsed", lambda: now + 6.6)
        assert not one.is_ours
        assert await one.keep() == 1
        assert one.is_ours

    asyncio.run(main())


def test_a_process_of_this_machine_that_is_no_more_is_known_by_its_birth() -> None:
    ours = name_process()
    host, _, birth, machine = ours.split(":")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_dead(f"{ours}:token", by_name=False)
    assert is_dead(f"{host}:{os.getpid()}:{int(birth) - 1}:{machine}:token", by_name=False)
    assert is_dead(f"{host}:{ended.pid}:1:{machine}:token", by_name=False)
    assert not is_dead(f"{host}:{ended.pid}:1:elsewhere:token", by_name=False)
    for unknown in ("one", "one:killed", "host:1", ":::", "", f"{host}:{10**12}:1:{machine}"):
        assert not is_dead(unknown, by_name=False), unknown


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_lease_of_a_dead_process_of_this_machine_is_not_waited_for(desk: Desk) -> None:
    host, _, _, machine = name_process().split(":")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert take_lease(desk.database, NAME, f"{host}:{ended.pid}:1:{machine}:a") == 1
    assert take_lease(desk.database, NAME, f"{name_process()}:b") == 2
    assert take_lease(desk.database, NAME, f"{name_process()}:c") is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_one_that_is_frozen_in_a_transaction_holds_its_locks_for_a_moment_only(desk: Desk) -> None:
    take_lease(desk.database, NAME, "one")
    freezing = Database(desk.database.url.render_as_string(hide_password=False), idle_s=0.3)
    frozen = freezing.write()
    session = frozen.__enter__()
    session.execute(update(Lease).values(owner="frozen"))
    assert take_lease(desk.database, NAME, "one") == 1  # waits for the row, which the frozen one has locked
    with pytest.raises(InternalError) as caught:
        session.execute(update(Lease).values(owner="awake"))
    assert is_store_error(caught.value)
    assert frozen.__exit__(InternalError, caught.value, None) is False
    freezing.close()


def test_a_lease_another_looks_for_it_and_a_busy_database_are_less_than_the_ten_seconds_of_a_take_over() -> (
    None
):
    another_s = LASTS.total_seconds() + LOOK_S
    assert another_s <= 10 - 2.5
    # One transaction of a frozen holder is ended before that: its lock is not waited for.
    assert LASTS.total_seconds() - 2 >= IDLE_S
    # And two renewals may fail before a holder is given up.
    assert LASTS.total_seconds() > 3 * (RENEW_S + LOOK_S)
