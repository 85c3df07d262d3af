"""The sender, with a real database and the real client library, against a server where things go wrong."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise
from threading import get_ident

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.clock import monotonic, wall
from bot.domain.access import Role
from bot.outbox.aside import MOST_TRIES, put_aside
from bot.outbox.lease import NAME, holds_lease, take_lease
from bot.services.notice import expiry
from bot.services.saying import delivery
from db.engine import read_clock
from db.models import Lease, Notice
from tests.conftest import Desk
from tests.unit.line import HANGING_S, IMPATIENT_S, MANY, Line, run_until, until
from tests.unit.scene import AN, BINH, DUNG, HOA, Scene

LATENCY_S = 0.15

# --- as it should be


def test_a_message_is_sent_once_and_recorded_with_its_telegram_id(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.scene.remind(agency)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    message = line.scene.messages(BINH)[0]
    shown = [each for each in line.sandbox.messages(BINH) if each["from"]["is_bot"]]
    assert [each["message_id"] for each in shown] == [message.message_id]
    assert "Nhắc việc lần 1" in shown[0]["text"]
    assert (message.attempts, message.error) == (1, None)


def test_many_chats_are_served_evenly_and_several_at_once(line: Line) -> None:
    line.sandbox.faults.latency_s = LATENCY_S
    agencies = [line.scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in MANY]
    line.scene.remind(*agencies)
    run_until(line, lambda: all(line.scene.statuses(user_id) == ["sent"] for user_id in MANY), "all sent")
    starts = sorted(line.sent_at())
    assert len(starts) == len(MANY)
    third = zip(starts, starts[2:], strict=False)
    assert any(later - at < LATENCY_S for at, later in third), "one after another"
    slots = line.pacer.noted
    assert sorted(chat for _, chat in slots) == sorted(map(str, MANY)), "nothing is sent without a slot"
    assert all(sum(at <= other < at + 1 for other, _ in slots) <= 30 for at, _ in slots)


def test_one_chat_gets_its_messages_in_order_a_second_apart(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    assignment = line.scene.assignments(agency)[0]
    member = line.scene.address(BINH).member_id
    assert member is not None
    with line.scene.desk.work() as work:
        for n in range(3):
            _say_unreachable(work, member, n)
    line.scene.remind_one(agency, assignment, "d10")
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"] * 4, "all four sent")
    starts = line.sent_at(BINH)
    assert all(later - earlier >= 0.9 for earlier, later in pairwise(starts))
    ids = [each.message_id for each in line.scene.messages(BINH)]
    assert ids == sorted(ids, key=lambda each: each or 0)
    assert "Nhắc việc" in line.texts(BINH)[-1]


def _say_unreachable(work: object, member_id: int, n: int) -> None:
    """A notice for one member that no digest takes in."""
    from bot.services.context import Work
    from bot.services.saying.notices import dispatch, say

    assert isinstance(work, Work)
    data = {"member_id": member_id, "reason": "gone", "agency": f"Cơ quan {n}"}
    dispatch(work, [say(work, "unreachable", f"u:{n}", audience="member", member_id=member_id, data=data)])


# --- people who cannot be reached


def test_a_person_who_blocked_the_bot_is_marked_and_the_secretariat_told(line: Line) -> None:
    scene = line.scene
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.add_person(AN, Role.SECRETARIAT)
    line.sandbox.block_bot(BINH)
    scene.remind(agency)
    run_until(line, lambda: line.texts(AN), "An is told")
    address = scene.address(BINH)
    assert (address.reachable, address.unreachable_reason) == (False, "blocked")
    assert address.unreachable_at == scene.desk.clock.now()
    assert line.outbox(BINH) == [("failed", "Forbidden: bot was blocked by the user")]
    waiting = scene.messages(nobody=True)
    assert [(each.status, each.agency_id) for each in waiting] == [("pending", agency)]
    assert "Nhắc việc" in waiting[0].text
    assert "Người 201 (Huyện ủy Mường Tè)" in line.texts(AN)[0]
    assert "đã chặn bot" in line.texts(AN)[0]


def test_a_deactivated_account_is_not_said_to_have_blocked_the_bot(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.scene.add_person(AN, Role.SECRETARIAT)
    line.sandbox.deactivate(BINH)
    line.scene.remind(agency)
    run_until(line, lambda: line.texts(AN), "An is told")
    assert line.scene.address(BINH).unreachable_reason == "gone"
    assert "không còn" in line.texts(AN)[0]


def test_a_chat_that_does_not_exist_is_unreachable_and_not_tried_for_ever(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", 777)
    line.scene.remind(agency)
    run_until(line, lambda: line.scene.statuses(777) == ["failed"], "failed")
    assert line.scene.address(777).unreachable_reason == "gone"
    assert len(line.sent_at(777)) == 1


def test_where_a_colleague_has_it_too_nothing_waits_for_nobody(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH, DUNG)
    line.scene.add_person(AN, Role.SECRETARIAT)
    line.sandbox.block_bot(BINH)
    line.scene.remind(agency)
    run_until(
        line,
        lambda: (line.scene.statuses(BINH), line.scene.statuses(DUNG)) == (["failed"], ["sent"]),
        "Dung has it",
    )
    assert line.scene.messages(nobody=True) == []


def test_what_telegram_will_never_take_is_kept_as_failed_and_does_not_hold_up_the_chat(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    member = line.scene.address(BINH).member_id
    assert member is not None
    with line.scene.desk.work() as work:
        _say_unreachable(work, member, 1)
    line.scene.remind(agency)
    line.sandbox.faults.refuse(400, "Bad Request: message content is not allowed", method="sendMessage")
    run_until(line, lambda: line.scene.statuses(BINH) == ["failed", "sent"], "the second is sent")
    assert "not allowed" in (line.scene.messages(BINH)[0].error or "").lower()
    assert line.scene.address(BINH).reachable


# --- Telegram asks to wait, or does not answer


def test_429_parks_the_one_chat_only_and_for_as_long_as_asked(line: Line) -> None:
    users = (BINH, *MANY[:10])
    agencies = [line.scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in users]
    line.sandbox.faults.refuse(429, chat_id=BINH, retry_after=3)
    line.scene.remind(*agencies)
    run_until(line, lambda: all(line.scene.statuses(user_id) == ["sent"] for user_id in users), "all sent")
    first, second = line.sent_at(BINH)
    assert second - first >= 3
    others = [at for user_id in users[1:] for at in line.sent_at(user_id)]
    assert max(others) < second
    assert line.pacer.pauses == []
    assert line.scene.messages(BINH)[0].attempts == 2


def test_429_for_two_chats_together_parks_everything(line: Line) -> None:
    users = (BINH, DUNG)
    agencies = [line.scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in users]
    line.sandbox.faults.refuse(429, method="sendMessage", times=2, retry_after=2)
    line.scene.remind(*agencies)

    async def main() -> None:
        async with line.sending() as sender:
            await until(lambda: len(line.sent_at()) == 2, "both refused")
            await until(
                lambda: all(
                    each.attempts == 1 and each.status == "pending" for each in line.scene.messages()
                ),
                "both put off",
            )
            late = await asyncio.to_thread(line.scene.add_agency, "Cơ quan thứ ba", HOA)
            await asyncio.to_thread(line.scene.remind, late)
            sender.wake()
            await until(lambda: line.scene.statuses(HOA) == ["sent"], "Hoa has hers")

    asyncio.run(main())
    assert line.sent_at(HOA)[0] - line.sent_at()[1] >= 1.9


def test_500_is_tried_again_with_growing_waits_and_nothing_is_lost(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.sandbox.faults.refuse(500, method="sendMessage", times=2)
    line.scene.remind(agency)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    starts = line.sent_at(BINH)
    waits = [later - earlier for earlier, later in pairwise(starts)]
    assert len(waits) == 2
    assert waits[0] >= 0.75
    assert waits[1] >= max(1.5, waits[0])
    assert len(line.texts(BINH)) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_after_a_timeout_a_message_is_sent_again_for_it_may_not_have_arrived(line: Line, moment: str) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    after = moment == "after"
    line.patience_s = IMPATIENT_S
    line.sandbox.faults.hang(5, method="sendMessage", moment="after" if after else "before")
    line.scene.remind(agency)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    assert len(line.texts(BINH)) == (2 if after else 1)
    assert (
        len(set(line.texts(BINH))) == 1
    )  # the same number: whoever reads it twice sees that it is one reminder


def test_a_short_outage_that_hits_several_at_once_costs_seconds_and_loses_nothing(line: Line) -> None:
    users = MANY[:16]
    agencies = [line.scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in users]
    line.sandbox.faults.latency_s = 0.2
    line.sandbox.faults.cut(method="sendMessage", times=4)
    line.scene.remind(*agencies)
    run_until(line, lambda: all(line.scene.statuses(user_id) == ["sent"] for user_id in users), "all sent")
    assert 0 < sum(line.pacer.pauses) < 8
    assert all(len(line.texts(user_id)) == 1 for user_id in users)


def test_a_group_that_moved_gets_its_message_at_the_new_address(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    old = line.sandbox.create_group("nhom", "Nhóm", [BINH]).id
    line.scene.bind_group(old, agency, BINH)
    new = line.sandbox.migrate_group("nhom").id
    line.scene.remind(agency)
    run_until(line, lambda: line.texts(new), "the supergroup has it")
    assert line.scene.messages(old) == []
    assert line.outbox(new) == [("sent", None)]
    assert not line.texts(old)


def test_a_persons_chat_does_not_move_and_is_not_hammered(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    moved = "Bad Request: group chat was upgraded to a supergroup chat"
    line.sandbox.faults.refuse(400, moved, chat_id=BINH, times=2, migrate_to_chat_id=DUNG)
    line.scene.remind(agency)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    first, second, third = line.sent_at(BINH)
    assert second - first >= 0.75
    assert third - second >= 1.5
    assert line.texts(DUNG) == []


# --- what changed between planning and sending


def test_whoever_has_left_the_agency_meanwhile_gets_nothing(line: Line) -> None:
    scene = line.scene
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    member = scene.address(BINH).member_id
    assert member is not None
    scene.remove_person(member)
    run_until(line, lambda: scene.statuses(BINH) == ["expired"], "expired")
    assert line.outbox(BINH) == [("expired", expiry.NOT_CONCERNED)]
    assert line.sent_at() == []


def test_a_task_completed_meanwhile_is_not_reminded_of(line: Line) -> None:
    scene = line.scene
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    scene.complete(scene.assignments(agency)[0])
    run_until(line, lambda: scene.statuses(BINH) == ["expired"], "expired")
    assert line.outbox(BINH) == [("expired", expiry.COMPLETED)]
    assert line.sent_at() == []
    with scene.desk.reading() as work:
        notice = work.session.exec(select(Notice)).one()
        assert (notice.state, notice.reason, notice.number) == ("expired", expiry.COMPLETED, None)


def test_a_message_says_how_things_stand_when_it_goes_out_and_not_when_it_was_planned(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.scene.remind(agency)
    assert "còn 37 ngày" in line.scene.messages(BINH)[0].text
    line.scene.desk.clock.move(line.scene.desk.clock.now() + timedelta(days=7))
    run_until(line, lambda: line.texts(BINH), "sent")
    assert "còn 30 ngày" in line.texts(BINH)[0]


# --- our own faults


def test_a_message_that_cannot_be_drawn_fails_alone_and_the_others_go_out(line: Line) -> None:
    scene = line.scene
    agencies = [scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in (BINH, DUNG)]
    member = scene.address(BINH).member_id
    assert member is not None
    with scene.desk.work() as work:
        _say_unreachable(work, member, 1)
        notice = work.session.exec(select(Notice)).one()
        notice.data = {"reason": "no such reason"}
    scene.remind(*agencies)
    run_until(line, lambda: scene.statuses(DUNG) == ["sent"], "Dung has it")
    first = scene.messages(BINH)[0]
    assert (first.status, first.error) == ("pending", "lỗi chương trình: KeyError")
    assert first.attempts >= 1
    assert first.not_before is not None


def test_a_message_that_cannot_be_drawn_is_given_up_after_five_tries_later_and_later(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    key, now = scene.messages(BINH)[0].id, wall()
    waits, states = [], []
    for _ in range(MOST_TRIES + 1):
        with scene.desk.work() as work:
            put_aside(work, key, now, 0.5, "x" * 1000)
        message = scene.messages(BINH)[0]
        assert message.not_before is not None
        waits.append(message.not_before - now)
        states.append(message.status)
        assert message.error == "x" * 300
    assert states == ["pending"] * (MOST_TRIES - 1) + ["failed"] * 2
    assert waits[: MOST_TRIES - 1] == sorted(set(waits[: MOST_TRIES - 1]))


def test_what_was_sent_is_recorded_as_soon_as_the_store_answers_again(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.scene.remind(agency)
    database = line.scene.desk.database
    down = {"left": 2}

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if line.sent_at() and down["left"] and statement.lstrip().startswith("UPDATE outbox_message"):
            down["left"] -= 1
            raise OperationalError(statement, {}, Exception("the store is down"))

    event.listen(database.writer, "before_cursor_execute", refuse)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "recorded")
    assert down["left"] == 0
    assert len(line.texts(BINH)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stop_that_comes_together_with_a_wake_up_stops(line: Line) -> None:
    async def main() -> None:
        async with line.channel() as channel:
            for n in range(5):
                sender = line.make_sender(channel, "one")
                task = asyncio.create_task(sender.run())
                await until(partial(getattr, sender, "_epoch"), "it holds the lease")
                sender.wake()
                task.cancel()
                done, _ = await asyncio.wait({task}, timeout=HANGING_S)
                task.cancel()
                assert done, n

    asyncio.run(main())


# --- one sender at a time


def test_what_a_killed_sender_had_begun_is_sent_even_where_the_next_has_the_same_name(line: Line) -> None:
    scene = line.scene
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    epoch = take_lease(scene.desk.database, NAME, "one:killed")
    assert epoch is not None
    with scene.desk.work() as work:
        held = holds_lease(NAME, "one:killed", epoch)
        assert delivery.claim(work, scene.messages(BINH)[0].id, epoch, held) is not None
    _end_lease(scene.desk)
    run_until(line, lambda: scene.statuses(BINH) == ["sent"], "sent")


def test_a_sender_with_the_name_of_a_living_one_does_not_share_its_lease(line: Line) -> None:
    async def main() -> None:
        async with line.channel() as channel:
            one, other = line.make_sender(channel, "host:1"), line.make_sender(channel, "host:1")
            assert await one._hold_lease()
            assert not await other._hold_lease()

    asyncio.run(main())


def test_of_two_senders_one_sends_and_the_other_takes_over_within_ten_seconds(line: Line) -> None:
    scene = line.scene
    agencies = [scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in MANY[:4]]

    async def main() -> float:
        async with line.channel() as channel:
            frozen = line.make_sender(channel, "one")
            assert await frozen._hold_lease()  # and then it is gone without a word
            gone = monotonic()
            async with line.sending("other") as other:
                await asyncio.to_thread(scene.remind, *agencies)
                await until(lambda: other._epoch == 2, "taken over", 12)
                taken = monotonic() - gone
                await until(
                    lambda: all(scene.statuses(each) == ["sent"] for each in MANY[:4]), "all sent", 12
                )
                assert not await frozen._hold_lease() or frozen._epoch is None
                assert other._epoch == 2
        return taken

    taken = asyncio.run(main())
    assert 6 <= taken <= 10
    assert all(len(line.texts(user_id)) == 1 for user_id in MANY[:4])


def test_a_sender_that_ends_in_order_hands_over_at_once(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)

    async def main() -> None:
        async with line.sending("one") as one:
            await until(lambda: one._epoch is not None, "the first holds the lease")
        with line.scene.desk.reading() as work:
            lease = work.session.get_one(Lease, NAME)
            assert lease.expires_at <= read_clock(work.session), "nobody waits for its end"
        await asyncio.to_thread(line.scene.remind, agency)
        async with line.sending("other"):
            await until(lambda: line.scene.statuses(BINH) == ["sent"], "sent")

    asyncio.run(main())


def test_the_claim_of_a_holder_that_was_frozen_too_long_is_refused(line: Line) -> None:
    scene = line.scene
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    message = scene.messages(BINH)[0]
    old = take_lease(scene.desk.database, NAME, "one")
    _end_lease(scene.desk)
    new = take_lease(scene.desk.database, NAME, "other")
    assert (old, new) == (1, 2)
    with scene.desk.work() as work:
        assert delivery.claim(work, message.id, 1, holds_lease(NAME, "one", 1)) is None
    assert scene.statuses(BINH) == ["pending"]
    assert take_lease(scene.desk.database, NAME, "one") is None
    with scene.desk.work() as work:
        assert delivery.claim(work, message.id, 2, holds_lease(NAME, "other", 2)) is not None


def test_a_lease_from_before_the_clock_was_set_back_is_not_waited_for(scene: Scene) -> None:
    database = scene.desk.database
    assert take_lease(database, NAME, "gone") == 1
    assert take_lease(database, NAME, "other") is None
    with scene.desk.work() as work:
        work.session.execute(update(Lease).values(expires_at=wall() + timedelta(days=10)))
    assert take_lease(database, NAME, "other") == 2


def _end_lease(desk: Desk) -> None:
    with desk.work() as work:
        work.session.execute(update(Lease).values(expires_at=wall() - timedelta(seconds=1)))


def test_a_stop_in_the_middle_loses_nothing_and_repeats_nothing(line: Line) -> None:
    users = MANY[:12]
    line.sandbox.faults.latency_s = 0.2
    line.scene.remind(*[line.scene.add_agency(f"Cơ quan {user_id}", user_id) for user_id in users])
    run_until(line, lambda: len(line.sent_at()) >= 4, "four under way")
    assert any(line.scene.statuses(user_id) != ["sent"] for user_id in users)
    for user_id in users:
        assert (line.scene.statuses(user_id) == ["sent"]) is (len(line.texts(user_id)) == 1)
    run_until(line, lambda: all(line.scene.statuses(user_id) == ["sent"] for user_id in users), "all sent")
    assert all(len(line.texts(user_id)) == 1 for user_id in users)


def test_what_was_handed_over_before_the_stop_is_waited_for(line: Line) -> None:
    line.scene.remind(line.scene.add_agency("Huyện ủy Mường Tè", BINH))
    line.sandbox.faults.latency_s = 3
    run_until(line, line.sent_at, "under way")
    line.sandbox.faults.latency_s = 0
    assert (line.scene.statuses(BINH), len(line.texts(BINH))) == (["sent"], 1)


def test_a_claim_that_was_stored_though_the_store_said_it_failed_is_taken_up_again(line: Line) -> None:
    agency = line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    line.scene.remind(agency)
    with losing_the_word_of_a_claim(line.scene.desk.database.writer) as lost:
        run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    assert lost == [1]
    assert len(line.texts(BINH)) == 1
    assert line.scene.messages(BINH)[0].attempts == 1


@contextmanager
def losing_the_word_of_a_claim(writer: Engine) -> Iterator[list[int]]:
    """The line to the database is cut after the first claim is committed, before that is heard."""
    claiming: set[int] = set()
    lost: list[int] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE outbox_message") and "attempts + " in statement:
            claiming.add(get_ident())

    def cut(_session: Session) -> None:
        if get_ident() in claiming and not lost:
            lost.append(1)
            raise OperationalError("COMMIT", {}, Exception("the line was cut"))

    event.listen(writer, "before_cursor_execute", note)
    event.listen(Session, "after_commit", cut)
    try:
        yield lost
    finally:
        event.remove(Session, "after_commit", cut)
        event.remove(writer, "before_cursor_execute", note)
