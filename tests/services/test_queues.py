"""What waits is counted by kind and age, and looking for it reads what waits, not all that was ever sent."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.services.saying import delivery
from bot.services.upkeep.queues import Queue, read_queues
from db.models import Address, InboxUpdate, Member, OutboxMessage
from tests.conftest import START, Desk


def fill(desk: Desk) -> None:
    """A reminder and two receipts wait, one since an hour; a digest for nobody; what is over does not count."""
    with desk.work() as work:
        work.session.add(Member(id=1, name="Bình", created_at=START))
        work.session.flush()
        for number, reachable in ((1, True), (2, False)):
            row = Address(id=number, address=str(number), member_id=1, reachable=reachable)
            work.session.add(row)
        work.session.flush()
        hour = timedelta(hours=1)
        for n, (kind, address_id, status, created_at) in enumerate(
            (
                ("reminder", 1, "pending", START - hour),
                ("receipt", 1, "pending", START - timedelta(seconds=5)),
                ("receipt", 1, "sending", START),
                ("receipt", 2, "pending", START - hour),
                ("digest", None, "pending", START),
                ("digest", 1, "expired", START - hour),
            )
        ):
            work.session.add(
                OutboxMessage(
                    dedupe_key=str(n),
                    kind=kind,
                    address_id=address_id,
                    status=status,
                    created_at=created_at,
                    text="x",
                )
            )
        for n, (state, at) in enumerate((("received", START - hour), ("received", START), ("done", START))):
            applied = at if state == "done" else None
            work.session.add(
                InboxUpdate(bot_id=1, update_id=n, raw="{}", state=state, received_at=at, applied_at=applied)
            )


def test_what_waits_is_counted_with_the_age_of_its_oldest(desk: Desk) -> None:
    fill(desk)
    with desk.reading() as work:
        found = read_queues(work, START)
    assert dict(found.outbox) == {"reminder": Queue(1, 3600), "receipt": Queue(2, 5)}
    assert dict(found.inbox) == {"received": Queue(2, 3600)}
    assert (found.unreceived, found.stuck) == (1, 2)


def test_of_an_empty_office_nothing_waits(desk: Desk) -> None:
    with desk.reading() as work:
        found = read_queues(work, START)
    assert (found.outbox, found.inbox, found.unreceived, found.stuck) == ({}, {}, 0, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_looking_for_what_waits_reads_only_that(desk: Desk) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(desk.database.reader, "before_cursor_execute", listen)
    with desk.reading() as work:
        read_queues(work, START)
        delivery.list_candidates(work, datetime.now(START.tzinfo), (), 10)
    event.remove(desk.database.reader, "before_cursor_execute", listen)
    with desk.database.reader.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            steps = [str(row[-1]) for row in plan]
            for step in steps:
                reads_all = step.startswith(("SCAN outbox_message", "SCAN inbox_update"))
                assert not reads_all or "_waiting" in step or "_open" in step or "_fair" in step, (
                    step,
                    statement,
                )
