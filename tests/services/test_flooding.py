"""One person floods: others are answered at once, nothing of a report is lost, and the flooder is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any, cast

import pytest
from sqlmodel import SQLModel, col, func, select

from bot.channels.base import Outgoing
from bot.channels.telegram import TelegramChannel
from bot.clock import monotonic
from bot.domain.pacing import Pacer
from bot.handlers.router import COMMANDS, SHOWING
from bot.inbox.applying import Applier
from bot.inbox.fair import SHARE, list_needless, select_fair
from bot.inbox.perform import MOST_WAITING, Performer
from bot.inbox.receive import store_updates
from bot.inbox.work import Worker
from bot.outbox.inflight import InFlight
from db.models import DialogueState, InboxUpdate
from tests.conftest import Desk
from tests.services.chat import BOT_ID, Alone, Chat
from tests.services.office import CAST, Setting

BINH, AN = CAST["binh"], CAST["an"]
FLOOD = 300
PIECES = 30
LONGEST_S = 1.0


@dataclass
class Memory:
    """A channel that takes everything at once."""

    sent: list[Outgoing] = field(default_factory=list)

    async def send(self, message: Outgoing) -> int:
        self.sent.append(message)
        return len(self.sent)

    async def edit(self, message_id: int, message: Outgoing) -> None:
        self.sent.append(message)

    async def answer_button(self, callback_id: str, text: str, *, alert: bool) -> None: ...

    async def set_menu(self, address: str | None, commands: list[list[str]]) -> None: ...

    def texts(self, who: int) -> list[str]:
        return [each.text for each in self.sent if each.address == str(who)]


def says(who: int, number: int, text: str) -> dict[str, Any]:
    user = {"id": who, "is_bot": False, "first_name": "Bình"}
    chat = {"id": who, "type": "private", "first_name": "Bình"}
    message = {"message_id": 50_000 + number, "date": 1_682_300_000, "from": user, "chat": chat, "text": text}
    return {"update_id": 100_000 + number, "message": message}


@asynccontextmanager
async def working(desk: Desk, channel: Memory) -> AsyncIterator[Worker]:
    """The real worker and performer until the block ends."""
    nowhere = Path("/nonexistent")
    performer = Performer(
        desk.database, cast(TelegramChannel, channel), Pacer(), InFlight(), nowhere, lambda: True
    )
    applier = Applier(desk.database, desk.office, desk.clock, lambda: "b", Alone())
    worker = Worker(desk.database, desk.office, applier, performer, lambda: None, Alone())
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await performer.stop()


async def until(look: Callable[[], object], what: str) -> None:
    end = monotonic() + 60
    while not look():
        assert monotonic() < end, what
        await asyncio.sleep(0.005)


def count(desk: Desk, *states: str) -> int:
    with desk.reading() as work:
        return work.session.exec(select(func.count()).where(col(InboxUpdate.state).in_(states))).one()


def make_flood() -> list[dict[str, Any]]:
    """Hundreds of messages of one breath: commands, and among them the pieces of a report."""
    every = FLOOD // PIECES
    words = [
        f"đoạn {n // every}" if n % every == 0 else "/viec" if n % 3 else "/trogiup" for n in range(FLOOD)
    ]
    return [says(BINH, n, text) for n, text in enumerate(words)]


def test_others_are_answered_while_one_floods_and_no_word_of_the_report_is_lost(
    small_office: Setting,
) -> None:
    desk, chat, channel = small_office.desk, Chat(small_office), Memory()
    chat.say(BINH, "/baocao")
    chat.press(BINH, "Báo cáo tiến độ")
    finish(desk)

    async def run() -> int:
        store_updates(desk.database, BOT_ID, make_flood())
        store_updates(desk.database, BOT_ID, [says(AN, FLOOD, "/quahan")])
        began = process_time()  # a busy machine makes nobody wait longer by this clock
        async with working(desk, channel):
            await until(lambda: channel.texts(AN), "an answer to who does not flood")
            assert process_time() - began < LONGEST_S
            waiting = count(desk, "received")
            await until(lambda: not count(desk, "received"), "the flood is worked off")
            await until(
                lambda: count(desk, "applied") <= MOST_WAITING + 1, "its answers are not kept for ever"
            )
        return waiting

    waiting = asyncio.run(run())
    assert waiting > FLOOD - 5 * SHARE, "who does not flood had to wait for the flood"
    with desk.reading() as work:
        (draft,) = work.session.exec(select(DialogueState)).all()
    assert [words for _, words in draft.data["text"]] == [f"đoạn {n}" for n in range(PIECES)]
    assert count(desk, "parked") == 0


def test_who_floods_is_told_and_gets_the_last_answers(small_office: Setting) -> None:
    desk, channel = small_office.desk, Memory()
    words = [f"/lichsu IV.2.{each}" for each in "ab" * 30]
    store_updates(desk.database, BOT_ID, [says(BINH, n, text) for n, text in enumerate(words)])

    async def run() -> None:
        async with working(desk, channel) as worker:
            await until(lambda: not count(desk, "received"), "all are applied")
            await until(lambda: len(channel.texts(BINH)) > 2, "answers")
            assert not worker.is_idle
            await until(lambda: "nhanh hơn bot trả lời được" in channel.texts(BINH)[-1], "word of it")

    asyncio.run(run())
    assert len(channel.texts(BINH)) < len(words) / 2


def test_an_album_is_no_flood(small_office: Setting) -> None:
    desk, chat, channel = small_office.desk, Chat(small_office), Memory()
    chat.say(BINH, "/baocao")
    chat.press(BINH, "Báo cáo tiến độ")
    finish(desk)
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "file_size": 5}], "media_group_id": "a"}
    album = [says(BINH, n, "") for n in range(MOST_WAITING + 2)]
    for n, each in enumerate(album):
        del each["message"]["text"]
        each["message"] |= photo | {"photo": [{"file_id": f"f{n}", "file_unique_id": f"u{n}"}]}
    store_updates(desk.database, BOT_ID, album)

    async def run() -> None:
        async with working(desk, channel):
            await until(lambda: channel.texts(BINH) and not count(desk, "received"), "the album is answered")

    asyncio.run(run())
    assert "nhanh hơn" not in "".join(channel.texts(BINH))
    assert "Xem lại trước khi gửi" in channel.texts(BINH)[-1]


def finish(desk: Desk) -> None:
    """What was answered until now is done."""
    with desk.work() as work:
        for each in work.session.exec(select(InboxUpdate)).all():
            each.state, each.done_at = "done", each.applied_at


def test_turns_go_round_the_chats_and_keep_the_order_in_each(desk: Desk) -> None:
    store_updates(desk.database, BOT_ID, [says(1, n, "x") for n in range(30)])
    store_updates(desk.database, BOT_ID, [says(2, n, "x") for n in range(30, 33)])
    store_updates(desk.database, BOT_ID, [{"update_id": 7, "poll": {}}])
    with desk.reading() as work:
        rows = work.session.execute(select_fair(), {"but": [1], "most": 100}).all()
    assert [row.chat for row in rows[:6]] == [1, 2, None, 1, 2, 1]
    assert [row.id for row in rows if row.chat == 1] == list(range(2, 2 + SHARE))
    assert [row.id for row in rows if row.chat == 2] == [31, 32, 33]


def test_strangers_however_many_come_after_who_is_known(small_office: Setting) -> None:
    desk = small_office.desk
    store_updates(desk.database, BOT_ID, [says(5000 + n, n, "x") for n in range(300)])
    store_updates(desk.database, BOT_ID, [says(BINH, 300 + n, "/viec") for n in range(5)])
    with desk.reading() as work:
        rows = work.session.execute(select_fair(), {"but": [], "most": 100}).all()
    places = [n for n, row in enumerate(rows) if row.chat == BINH]
    assert places[:3] == [0, 1, 2]
    assert rows[3].chat == 5000


def test_only_what_changes_nothing_and_is_asked_again_is_left_out() -> None:
    words = ["/viec", "/tasks", "/baocao", "/viec 5", "/viec", "báo cáo", "/huy", "/viec"] + ["x"] * SHARE
    rows = [(n, says(BINH, n, text)) for n, text in enumerate(words)]
    assert list_needless(rows, {n: BINH for n, _ in rows}) == {0, 1, 4}
    assert list_needless(rows, {n: n for n, _ in rows}) == set()
    assert list_needless([(1, {"message": 5})] * SHARE, dict.fromkeys(range(SHARE), 1)) == set()


@pytest.mark.parametrize("name", sorted(SHOWING))
def test_a_command_that_only_shows_changes_nothing(small_office: Setting, name: str) -> None:
    assert name in COMMANDS
    chat = Chat(small_office)
    chat.say(BINH, "/baocao")
    before = _rows(small_office)
    for who in (BINH, AN):
        chat.say(who, f"/{name}")
    assert _rows(small_office) == before


def _rows(office: Setting) -> str:
    with office.desk.reading() as work:
        tables = [each for each in SQLModel.metadata.sorted_tables if each.name != "inbox_update"]
        return json.dumps(
            {
                each.name: [list(map(str, row)) for row in work.session.execute(each.select())]
                for each in tables
            }
        )
