"""Direct answers, with the real client library, against a server where things go wrong."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.attachments import keep
from bot.clock import wall
from bot.domain.pacing import Pacer
from bot.handlers.answers import Answers
from bot.inbox.perform import MOST_OF_A_CHAT, Performer, Task
from bot.outbox.inflight import AT_ONCE, InFlight
from bot.outbox.sender import Sender
from bot.screens.base import Button, Screen
from bot.services.saying.notices import dispatch, say
from db.models import InboxUpdate
from tests.unit.line import HANGING_S, MANY, Line, until
from tests.unit.scene import BINH, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAID = Screen("<b>Đã ghi nhận</b>", [[Button("Xem nhiệm vụ", "view:1")]])


class Desk:
    """A performer, and what it is given to do."""

    def __init__(self, line: Line, performer: Performer) -> None:
        self.line = line
        self.performer = performer
        self._count = 0

    def add(self, user: int, answers: Answers, **more: Any) -> int:
        """Stores an applied update and hands its answers over; the row's id."""
        self._count += 1
        with self.line.scene.desk.work() as work:
            row = InboxUpdate(
                bot_id=1,
                update_id=self._count,
                raw="{}",
                state="applied",
                received_at=wall(),
                applied_at=wall(),
                answers=[answers.as_json()],
            )
            work.session.add(row)
            work.session.flush()
            row_id = row.id
        given = {"callback_id": "", "message_id": None, **more}
        self.performer.add(Task(row_id, str(user), answers=answers.as_json(), **given))
        return row_id

    def list_open(self) -> list[int]:
        with self.line.scene.desk.reading() as work:
            query = select(InboxUpdate.id).where(InboxUpdate.state == "applied")
            return list(work.session.exec(query))

    async def until_done(self, timeout_s: float = HANGING_S) -> None:
        await until(lambda: self.performer.is_idle, "all answered", timeout_s)
        assert await asyncio.to_thread(self.list_open) == []


@asynccontextmanager
async def answering(line: Line, folder: Path) -> AsyncIterator[Desk]:
    async with line.channel() as channel:
        performer = Performer(line.scene.desk.database, channel, Pacer(), InFlight(), folder, lambda: True)
        yield Desk(line, performer)
        await performer.stop()


def run(line: Line, folder: Path, do: Callable[[Desk], Any]) -> None:
    async def main() -> None:
        async with answering(line, folder) as desk:
            await do(desk)

    asyncio.run(main())


def calls(line: Line, method: str) -> list[Any]:
    return [each for each in line.sandbox.calls if each.method == method]


def test_a_button_whose_screen_is_so_already_or_whose_query_has_expired_is_done(
    line: Line, tmp_path: Path
) -> None:
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup are the same"
    )
    line.sandbox.faults.refuse(400, not_modified, method="editMessageText")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    line.sandbox.faults.refuse(400, too_old, method="answerCallbackQuery")

    async def do(desk: Desk) -> None:
        desk.add(BINH, Answers(toast="Đã nhận", edit=SAID), callback_id="1", message_id=1)
        await desk.until_done()

    run(line, tmp_path, do)
    assert len(calls(line, "editMessageText")) == len(calls(line, "answerCallbackQuery")) == 1
    assert line.texts(BINH) == []


def test_a_screen_that_cannot_be_redrawn_is_shown_anew(line: Line, tmp_path: Path) -> None:
    async def do(desk: Desk) -> None:
        desk.add(BINH, Answers(edit=SAID), message_id=999)
        await desk.until_done()

    run(line, tmp_path, do)
    assert line.texts(BINH) == ["Đã ghi nhận"]


def test_an_answer_that_fails_is_given_a_little_later(line: Line, tmp_path: Path) -> None:
    faults = line.sandbox.faults
    chats = MANY[:5]
    faults.refuse(429, chat_id=chats[0], retry_after=1)
    faults.refuse(502, chat_id=chats[1])
    faults.cut(chat_id=chats[2])
    faults.garble("<html>", chat_id=chats[3])
    faults.refuse(401, chat_id=chats[4])

    async def do(desk: Desk) -> None:
        for chat in chats:
            desk.add(chat, Answers(send=SAID))
        await desk.until_done()

    run(line, tmp_path, do)
    assert [line.texts(chat) for chat in chats] == [["Đã ghi nhận"]] * 5


def test_while_some_wait_to_be_tried_again_others_are_answered_at_once(line: Line, tmp_path: Path) -> None:
    silent = MANY[: AT_ONCE + 2]
    for user in silent:
        line.sandbox.faults.refuse(429, chat_id=user, retry_after=2)

    async def do(desk: Desk) -> None:
        for user in silent:
            desk.add(user, Answers(send=SAID))
        await until(lambda: len(line.sent_at()) == len(silent), "all refused once")
        desk.add(BINH, Answers(send=SAID))
        await desk.until_done()

    run(line, tmp_path, do)
    assert line.sent_at(BINH)[0] < min(line.sent_at(user)[1] for user in silent)
    assert all(line.texts(user) == ["Đã ghi nhận"] for user in silent)


def test_a_chat_with_a_hundred_answers_leaves_room_for_others(line: Line, tmp_path: Path) -> None:
    async def do(desk: Desk) -> None:
        for _ in range(100):
            desk.performer.add(Task(0, str(BINH), "", None, Answers().as_json()))
        async with asyncio.timeout(HANGING_S):
            await desk.performer.wait_for_room(MOST_OF_A_CHAT + 1)

    run(line, tmp_path, do)


def test_answers_keep_a_chats_second_and_their_order(line: Line, tmp_path: Path) -> None:
    async def do(desk: Desk) -> None:
        for n in range(3):
            desk.add(BINH, Answers(send=Screen(f"Câu trả lời {n}")))
        await desk.until_done()

    run(line, tmp_path, do)
    assert line.texts(BINH) == [f"Câu trả lời {n}" for n in range(3)]
    first, second, third = line.sent_at(BINH)
    assert second - first >= 1
    assert third - second >= 1


def test_an_answer_to_a_group_that_moved_goes_to_the_new_one(line: Line, tmp_path: Path) -> None:
    old = line.sandbox.create_group("nhom", "Nhóm", [BINH]).id
    new = line.sandbox.migrate_group("nhom").id

    async def do(desk: Desk) -> None:
        desk.add(old, Answers(send=SAID))
        await desk.until_done()

    run(line, tmp_path, do)
    assert line.texts(new) == ["Đã ghi nhận"]


def test_a_file_whose_id_is_another_bots_is_sent_from_our_own_store(line: Line, tmp_path: Path) -> None:
    content = b"bao cao"
    sha256 = keep(tmp_path, content)
    assert sha256 == hashlib.sha256(content).hexdigest()

    async def do(desk: Desk) -> None:
        desk.add(DUNG, Answers(document="an-id-of-the-old-bot", upload=(sha256, "báo cáo.txt")))
        await desk.until_done()

    run(line, tmp_path, do)
    (shown,) = [each for each in line.sandbox.messages(DUNG) if each["from"]["is_bot"]]
    assert shown["document"]["file_name"] == "báo cáo.txt"
    assert line.sandbox.get_file(shown["document"]["file_id"]) == content


def test_an_answer_nobody_can_get_is_over(line: Line, tmp_path: Path) -> None:
    line.sandbox.block_bot(BINH)

    async def do(desk: Desk) -> None:
        desk.add(BINH, Answers(send=SAID))
        await desk.until_done()

    run(line, tmp_path, do)
    assert len(line.sent_at(BINH)) == 1


def test_an_answer_whose_chat_has_just_got_a_message_goes_before_the_next_that_waits_for_it(
    line: Line, tmp_path: Path
) -> None:
    line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    member = line.scene.address(BINH).member_id
    with line.scene.desk.work() as work:
        for n in range(2):
            data = {"member_id": member, "reason": "gone", "agency": f"Cơ quan {n}"}
            said = say(work, "unreachable", f"u:{n}", audience="member", member_id=member, data=data)
            dispatch(work, [said])

    async def main() -> None:
        desk, in_flight = line.scene.desk, InFlight()
        async with line.channel() as channel:
            pacer = Pacer()
            sender = Sender(desk.database, channel, desk.office, desk.clock, pacer, in_flight, "one")
            performer = Performer(desk.database, channel, pacer, in_flight, tmp_path, lambda: True)
            sending = asyncio.create_task(sender.run())
            await until(lambda: line.texts(BINH), "the first")
            Desk(line, performer).add(BINH, Answers(send=SAID))
            await until(lambda: len(line.texts(BINH)) == 3, "all")
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await performer.stop()

    asyncio.run(main())
    assert line.texts(BINH)[1] == "Đã ghi nhận"


def test_what_is_said_by_itself_waits_while_something_its_chat_has_sent_is_handled_but_not_for_ever(
    line: Line,
) -> None:
    async def main() -> None:
        patient, hasty = InFlight(), InFlight(expected_s=0.0)
        for each in (patient, hasty):
            each.expect(["1"])
        assert (patient.try_take("1"), patient.try_take("2")) == (False, True)
        assert not await patient.hand("1", is_urgent=True)
        async with patient.place("1"):
            pass
        assert patient.try_take("1"), "it has been answered"
        assert hasty.try_take("1"), "nothing came of it"

    asyncio.run(main())
