"""What Telegram, and what stands before it, may answer a message with: what becomes of it, who is told, who waits."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import col, select

from bot.channels.base import Later, Outgoing
from bot.clock import wall
from bot.domain.access import Role
from bot.domain.retry import LONGEST_LINE_S
from bot.outbox.inflight import AT_ONCE
from bot.outbox.sender import RETRIES_AT_ONCE
from bot.sandbox.faults import Faults
from bot.services.office.sending_state import count_failed
from bot.services.saying import delivery
from bot.services.upkeep.health import examine
from db.models import Assignment, OutboxMessage
from tests.unit.line import IMPATIENT_S, MANY, Line, run_until, until
from tests.unit.scene import AN, BINH, HOA, Scene

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OTHERS = MANY[:6]


def tell(line: Line) -> dict[str, str]:
    """What doctor says now, by check; of several lines the last that is not ok."""
    with line.scene.desk.reading() as work:
        findings = examine(work, wall())
    return {each.check: f"{each.status}: {each.message}" for each in findings if each.status != "ok"}


def plan(line: Line, *users: int) -> None:
    line.scene.remind(*[line.scene.add_agency(f"Cơ quan {user}", user) for user in users])


def is_over(line: Line, user: int) -> bool:
    return line.scene.statuses(user)[0] in ("sent", "failed", "expired")


# --- what passes: tried again until it is there


@dataclass(frozen=True)
class Passing:
    """A fault that ends by itself; `shown`: how often the person sees the message in the end."""

    name: str
    shown: int = 1

    def put(self, faults: Faults, chat: int) -> None:
        page = "<html><body>Đăng nhập mạng</body></html>"
        {
            "500": lambda: faults.refuse(500, chat_id=chat),
            "502": lambda: faults.refuse(502, chat_id=chat),
            "502 page": lambda: faults.garble(page, 502, chat_id=chat),
            "a page": lambda: faults.garble(page, chat_id=chat),
            "nothing": lambda: faults.garble("", chat_id=chat),
            "a list": lambda: faults.garble("[]", chat_id=chat),
            "no result": lambda: faults.garble('{"ok": false}', chat_id=chat),
            "a number": lambda: faults.garble("7", 500, chat_id=chat),
            "deep": lambda: faults.garble("[" * 100_000, chat_id=chat),
            "garbage after": lambda: faults.garble(page, chat_id=chat, moment="after"),
            "cut before": lambda: faults.cut(chat_id=chat),
            "cut after": lambda: faults.cut(chat_id=chat, moment="after"),
            "silence": lambda: faults.hang(30, chat_id=chat),
            "401": lambda: faults.refuse(401, chat_id=chat),
            "409": lambda: faults.refuse(409, chat_id=chat),
            "429": lambda: faults.refuse(429, chat_id=chat, retry_after=1),
        }[self.name]()


PASSING = [
    *map(Passing, ("500", "502", "502 page", "a page", "nothing", "a list", "no result", "a number", "deep")),
    *map(Passing, ("cut before", "silence", "401", "409", "429")),
    Passing("garbage after", 2),
    Passing("cut after", 2),
]


def test_whatever_passes_is_waited_for(line: Line) -> None:
    # A healthy one beside each, or it would be taken for an outage of the whole line, and be waited for longer.
    line.patience_s = IMPATIENT_S
    chats = dict(zip(MANY[::2], PASSING, strict=False))
    for chat, fault in chats.items():
        fault.put(line.sandbox.faults, chat)
    plan(line, *MANY)
    run_until(line, lambda: all(line.scene.statuses(chat) == ["sent"] for chat in MANY), "all sent")
    for chat, fault in chats.items():
        assert len(line.texts(chat)) == fault.shown, fault
        # Whoever reads it twice sees by its number that it is one reminder.
        assert len(set(line.texts(chat))) == 1
    assert "outbox" not in tell(line)


@pytest.mark.parametrize("name", ["502 page", "silence"])
def test_one_chats_failure_is_in_nobodys_way(line: Line, name: str) -> None:
    line.patience_s = IMPATIENT_S
    Passing(name).put(line.sandbox.faults, BINH)
    plan(line, BINH, *OTHERS)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    again = line.sent_at(BINH)[1]
    assert max(at for user in OTHERS for at in line.sent_at(user)) < again
    assert line.pacer.pauses == []


def test_ok_and_no_more_is_a_success(line: Line) -> None:
    line.sandbox.faults.garble('{"ok": true}', chat_id=BINH, moment="after")
    plan(line, BINH)
    run_until(line, lambda: line.scene.statuses(BINH) == ["sent"], "sent")
    assert len(line.texts(BINH)) == 1


def test_a_chat_that_fails_for_ever_delays_no_other_and_shows_in_doctor(line: Line) -> None:
    line.sandbox.faults.refuse(500, chat_id=BINH, times=1000)
    plan(line, BINH)

    async def main() -> None:
        async with line.sending() as sender:
            await until(lambda: len(line.sent_at(BINH)) >= 3, "tried three times")
            await asyncio.to_thread(plan, line, *OTHERS)
            sender.wake()
            await until(lambda: all(line.scene.statuses(user) == ["sent"] for user in OTHERS), "others")

    asyncio.run(main())
    assert line.pacer.pauses == []
    waits = [later - earlier for earlier, later in pairwise(line.sent_at(BINH))]
    assert waits == sorted(waits)
    desk = line.scene.desk
    desk.clock.move(desk.clock.now() + timedelta(minutes=20))
    assert tell(line)["outbox"] == (
        "fail: 1 messages to known chats are waiting for more than 15 minutes: `dondoc outbox` tells which; "
        "most often: NetworkError: Internal Server Error"
    )


def test_chats_that_moved_are_blocked_fail_or_must_wait_an_hour_are_in_nobodys_way(line: Line) -> None:
    faults, others = line.sandbox.faults, MANY[8:20]
    moved = "Bad Request: group chat was upgraded to a supergroup chat"
    for chat in MANY[:2]:
        faults.refuse(400, moved, chat_id=chat, times=1000, migrate_to_chat_id=-100_999)
    faults.refuse(403, "Forbidden: bot was blocked by the user", chat_id=MANY[2], times=1000)
    faults.refuse(400, "Bad Request: message text is empty", chat_id=MANY[3], times=1000)
    faults.refuse(429, chat_id=MANY[4], times=1000, retry_after=3600)
    faults.refuse(500, chat_id=MANY[5], times=1000)
    plan(line, *MANY[:6], *others)
    run_until(line, lambda: all(line.scene.statuses(user) == ["sent"] for user in others), "others")
    slots = [int(chat) for _, chat in sorted(line.pacer.noted)]
    last = max(n for n, chat in enumerate(slots) if chat in others)
    assert max(slots[:last].count(chat) for chat in MANY[:6]) <= 3, "they came again and again first"
    assert line.pacer.pauses == []
    assert {each: line.scene.statuses(each) for each in MANY[:6]} == {
        **{each: ["pending"] for each in MANY[:6]},
        MANY[2]: ["failed"],
        MANY[3]: ["failed"],
    }


def test_many_chats_that_do_not_answer_leave_places_for_those_that_do(line: Line) -> None:
    line.patience_s = IMPATIENT_S
    silent = MANY[10:20]
    for user in silent:
        line.sandbox.faults.hang(30, chat_id=user, times=1000)
    plan(line, *silent)

    async def main() -> int:
        async with line.sending() as sender:
            await until(lambda: len(line.sent_at()) >= 12, "all but the last are tried again")
            await asyncio.to_thread(plan, line, *OTHERS)
            begun = len(line.pacer.noted)
            sender.wake()
            await until(lambda: all(line.scene.statuses(user) == ["sent"] for user in OTHERS), "others")
        return begun

    begun = asyncio.run(main())
    since = [int(chat) for _, chat in line.pacer.noted[begun:]]
    last = max(n for n, chat in enumerate(since) if chat in OTHERS)
    assert sum(chat in silent for chat in since[:last]) <= 2 * RETRIES_AT_ONCE


def test_an_outage_is_waited_for_without_hammering_and_only_what_still_matters_is_said(line: Line) -> None:
    scene, users = line.scene, MANY[:12]
    line.sandbox.faults.cut(method="sendMessage", times=10_000)
    plan(line, *users)

    async def main() -> None:
        async with line.sending():
            await asyncio.sleep(2.5)
            tried = len(line.sent_at())
            with scene.desk.reading() as work:
                done = work.session.exec(select(Assignment.id).order_by(col(Assignment.id))).all()[-1]
            await asyncio.to_thread(scene.complete, done)
            line.sandbox.faults.clear()
            # A second and two after the last failure: at most the places there are, each time.
            assert tried <= 4 * AT_ONCE
            await until(lambda: all(is_over(line, user) for user in users), "all over")

    asyncio.run(main())
    assert [scene.statuses(user) for user in users] == [["sent"]] * 11 + [["expired"]]
    assert all(len(line.texts(user)) == 1 for user in users[:-1])


# --- chats that are lost


FORBIDDEN = [
    ("Forbidden: bot was blocked by the user", 403, "blocked", "đã chặn bot"),
    ("Forbidden: user is deactivated", 403, "gone", "không còn"),
    ("Forbidden: bot can't initiate conversation with a user", 403, "not_started", "chưa bấm “Bắt đầu”"),
    ("Forbidden: the group chat was deleted", 403, "gone", "không còn"),
    ("Forbidden: bot is not a member of the channel chat", 403, "gone", "không còn"),
    ("Bad Request: chat not found", 400, "gone", "không còn"),
    ("Bad Request: PEER_ID_INVALID", 400, "gone", "không còn"),
    ("Bad Request: USER_IS_BLOCKED", 400, "blocked", "đã chặn bot"),
    ("Forbidden: something nobody has heard of", 403, "gone", "không còn"),
]


def test_a_person_who_cannot_be_reached_is_said_why_and_what_waits_is_kept(line: Line) -> None:
    line.scene.add_person(AN, Role.SECRETARIAT)
    chats = dict(zip(MANY[10:], FORBIDDEN, strict=False))
    for chat, (said, status, _, _) in chats.items():
        line.sandbox.faults.refuse(status, said, chat_id=chat, times=1000)
    plan(line, *chats, *OTHERS)
    lost = [*chats, *OTHERS]
    run_until(line, lambda: all(is_over(line, chat) for chat in lost), "all tried")
    told = [each.text for each in line.scene.messages(AN)]
    for chat, (said, _, reason, words) in chats.items():
        assert line.scene.address(chat).unreachable_reason == reason, said
        assert [words in text for text in told if f"Người {chat} " in text] == [True], said
        assert len(line.sent_at(chat)) == 1
    assert len(line.scene.messages(nobody=True)) == len(chats)
    assert "2 blocked, 6 gone, 1 not_started" in tell(line)["people"]
    assert all(line.scene.statuses(user) == ["sent"] for user in OTHERS)


IN_GROUPS = [
    ("Forbidden: bot was kicked from the group chat", 403, "gone"),
    ("Forbidden: bot was kicked from the supergroup chat", 403, "gone"),
    ("Forbidden: bot is not a member of the supergroup chat", 403, "gone"),
    ("Forbidden: the group chat was deleted", 403, "gone"),
    ("Bad Request: not enough rights to send text messages to the chat", 400, "muted"),
    ("Bad Request: CHAT_WRITE_FORBIDDEN", 400, "muted"),
    ("Bad Request: TOPIC_CLOSED", 400, "muted"),
]


def test_a_group_that_is_lost_is_told_to_its_people_and_they_have_the_message(line: Line) -> None:
    groups = {}
    agencies = []
    for user, (said, status, reason) in zip(MANY[10:], IN_GROUPS, strict=False):
        agencies.append(line.scene.add_agency(f"Cơ quan {user}", user))
        group = line.sandbox.create_group(f"nhom{user}", "Nhóm", [user]).id
        line.scene.bind_group(group, agencies[-1], user)
        line.sandbox.faults.refuse(status, said, chat_id=group, times=1000)
        groups[group] = user, reason, said
    line.scene.remind(*agencies)
    people = [user for user, _, _ in groups.values()]
    run_until(line, lambda: all(len(line.texts(user)) == 2 for user in people), "all have both")
    for group, (user, reason, said) in groups.items():
        assert any("Nhắc việc lần 1" in text for text in line.texts(user)), said
        assert any("Bot không còn gửi được vào nhóm" in text for text in line.texts(user)), said
        assert line.scene.address(group).unreachable_reason == reason, said


# --- words and buttons that are refused


FORMS = [
    "Bad Request: can't parse entities: Can't find end tag",
    "Bad Request: message is too long",
    "Bad Request: BUTTON_DATA_INVALID",
    "Bad Request: can't parse reply keyboard markup JSON object",
]


def test_what_is_refused_for_its_form_is_said_without_it(line: Line) -> None:
    chats = dict(zip(OTHERS, FORMS, strict=False))
    for chat, said in chats.items():
        line.sandbox.faults.refuse(400, said, chat_id=chat)
    plan(line, *chats)
    run_until(line, lambda: all(line.scene.statuses(chat) == ["sent"] for chat in chats), "sent")
    for chat, said in chats.items():
        (text,) = line.texts(chat)
        assert "Nhắc việc lần 1" in text
        assert "<b>" not in text
        assert (line.scene.messages(chat)[0].error or "").lower() == said.removeprefix(
            "Bad Request: "
        ).lower()
    assert "4 messages went out without their formatting" in tell(line)["outbox"]


def test_what_is_refused_for_good_is_kept_and_the_secretariat_is_told_once_a_day(line: Line) -> None:
    line.scene.add_person(AN, Role.SECRETARIAT)
    for user in OTHERS[:3]:
        line.sandbox.faults.refuse(400, "Bad Request: wrong padding in the string", chat_id=user)
    plan(line, *OTHERS)
    run_until(line, lambda: line.texts(AN), "An is told")
    run_until(line, lambda: all(is_over(line, user) for user in OTHERS), "all tried")
    assert [line.scene.statuses(user) for user in OTHERS] == [["failed"]] * 3 + [["sent"]] * 3
    assert len(line.texts(AN)) == 1
    assert "tin nhắn không gửi được" in line.texts(AN)[0]
    assert "3 messages were refused" in tell(line)["outbox"]
    with line.scene.desk.reading() as work:
        assert count_failed(work, work.now) == 3


# --- asked to wait


def test_a_wait_of_days_is_kept_over_a_restart_and_ends_with_a_clock_set_back(scene: Scene) -> None:
    scene.remind(scene.add_agency("Huyện ủy Mường Tè", BINH))
    key, now = scene.messages(BINH)[0].id, wall()
    _set_sending(scene, key)
    with scene.desk.work() as work:
        delivery.record_later(work, key, now + timedelta(days=3), "429: 259200 s", now)
    with scene.desk.reading() as work:

        def may_go(at: timedelta) -> bool:
            return bool(delivery.list_candidates(work, now + at, (), 10))

        assert not may_go(timedelta(seconds=1))
        assert not may_go(timedelta(days=2))
        assert may_go(timedelta(days=3, seconds=1))
        assert may_go(-timedelta(hours=1))


def _set_sending(scene: Scene, key: int) -> None:
    with scene.desk.work() as work:
        work.session.get_one(OutboxMessage, key).status = "sending"


def test_a_wait_beyond_reason_is_a_month(line: Line) -> None:
    line.sandbox.faults.refuse(429, chat_id=BINH, retry_after=10**12)
    plan(line, BINH, HOA)
    run_until(line, lambda: line.scene.statuses(HOA) == ["sent"] and line.outbox(BINH)[0][1], "put off")
    message = line.scene.messages(BINH)[0]
    assert message.status == "pending"
    assert message.not_before is not None
    assert timedelta(days=29) < message.not_before - wall() <= timedelta(days=30)


def test_an_hour_for_two_chats_is_not_an_hour_for_all(line: Line) -> None:
    """Before long one more chat is tried: it was theirs alone."""
    for user in OTHERS[:2]:
        line.sandbox.faults.refuse(429, chat_id=user, retry_after=3600)
    plan(line, *OTHERS[:2])

    async def main() -> None:
        async with line.sending() as sender:
            await until(lambda: len(line.sent_at()) == 2, "both refused")
            await until(lambda: sender._pacer._parked_until > 0, "everything waits")
            assert max(line.pacer.pauses) <= LONGEST_LINE_S

    asyncio.run(main())


def test_an_unreadable_answer_is_no_bug_of_ours(line: Line) -> None:
    line.sandbox.faults.garble("[1]", method="sendMessage")

    async def main() -> None:
        async with line.channel() as channel:
            with pytest.raises(Later, match="unreadable"):
                await channel.send(Outgoing(str(BINH), "x", None))

    asyncio.run(main())


@pytest.mark.parametrize("status", [200, 502, 403])
def test_what_cannot_be_read_is_repeated_in_no_log_and_no_record(
    line: Line, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    line.sandbox.faults.garble('{"ok": true, "result": [{"text": "báo cáo mật"', status, chat_id=BINH)
    line.scene.add_person(AN, Role.SECRETARIAT)
    plan(line, BINH)
    run_until(line, lambda: line.scene.messages(BINH)[0].error, "tried")
    assert "báo cáo mật" not in f"{caplog.text} {line.scene.messages(BINH)[0].error}"
