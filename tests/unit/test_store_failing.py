"""The store fails while Telegram works: nothing is confirmed before it is stored, and people are told that it waits."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.channels.telegram import POLL_S
from bot.domain.pacing import Pacer
from bot.inbox.apology import Apologies
from bot.inbox.receive import RETRY_POLL_S, Receiver
from bot.inbox.webhook import SECRET_HEADER, Webhook
from bot.outbox.inflight import InFlight
from bot.outbox.sender import Sender
from bot.vitals import Vitals
from db.engine import Database, sqlite_path
from db.models import InboxUpdate
from tests.unit.line import Line, until
from tests.unit.scene import BINH, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG = "Đang làm. " * 400
BUTTON = [[{"text": "Đã nhận nhiệm vụ", "callback_data": "ack:1"}]]


@contextmanager
def full(database: Database) -> Iterator[None]:
    """As on a full disk: no page more than there is."""
    with database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.rollback()
    limit = {"pages": pages}

    def set_limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={limit['pages']}")

    event.listen(database.writer, "begin", set_limit)
    yield
    limit["pages"] = 1_000_000


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Another program holds the file for writing, for longer than we wait."""

    def be_impatient(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    event.listen(database.writer, "checkout", be_impatient)
    other = sqlite3.connect(str(sqlite_path(database.url)), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


FAILURES = {"full": full, "locked": locked}


@asynccontextmanager
async def receiving(line: Line) -> AsyncIterator[None]:
    """The polling loop, with the lease of a sender that does not run."""
    desk = line.scene.desk
    async with line.channel() as channel:
        sender = Sender(desk.database, channel, desk.office, desk.clock, Pacer(), InFlight(), "one")
        await sender.lease.keep()
        apologies = Apologies(channel, desk.office)
        receiver = Receiver(desk.database, channel, 1, lambda: None, sender.lease, Vitals(), apologies)
        task = asyncio.create_task(receiver.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def stored(line: Line) -> int:
    with line.scene.desk.reading() as work:
        return len(work.session.exec(select(InboxUpdate.id)).all())


@pytest.mark.parametrize("failure", FAILURES)
def test_who_writes_or_presses_meanwhile_is_told_that_it_waits_and_it_is_stored_once(
    line: Line, failure: str
) -> None:
    sandbox = line.sandbox

    async def main() -> None:
        async with receiving(line):
            await until(lambda: not sandbox.updates, "the starts are stored")
            before = await asyncio.to_thread(stored, line)
            async with line.channel() as channel:
                shown = await channel._bot.call(
                    "sendMessage",
                    {"chat_id": BINH, "text": "Nhắc việc", "reply_markup": {"inline_keyboard": BUTTON}},
                )
            with FAILURES[failure](line.scene.desk.database):
                # The long ones first: a short one would find room on a page that is there.
                sandbox.send_text(DUNG, LONG[:4000])
                sandbox.send_text(DUNG, LONG[:3900])
                query = sandbox.press(BINH, shown["message_id"], "Đã nhận")
                await until(lambda: line.texts(DUNG), "who wrote is told")
                await until(lambda: sandbox.query(query.id).answer, "who pressed is told")
                answer = sandbox.query(query.id).answer
                assert answer is not None
                assert "không cần bấm lại" in answer["text"]
                assert await asyncio.to_thread(stored, line) == before
                assert sandbox.updates
            await until(lambda: not sandbox.updates, "confirmed when stored")
            assert await asyncio.to_thread(stored, line) == before + 3

    asyncio.run(main())
    (told,) = line.texts(DUNG)
    assert "không cần gửi lại" in told


@pytest.mark.parametrize("failure", FAILURES)
def test_what_is_to_be_said_goes_out_when_the_store_works_again(line: Line, failure: str) -> None:
    line.scene.remind(line.scene.add_agency("Huyện ủy Mường Tè", BINH))

    async def main() -> None:
        with FAILURES[failure](line.scene.desk.database):
            task = asyncio.create_task(asyncio.sleep(1.5))
            async with line.sending():
                await task
        async with line.sending():
            await until(lambda: line.scene.statuses(BINH) == ["sent"], "sent")

    asyncio.run(main())
    assert len(line.texts(BINH)) == 1


def test_after_a_failure_a_poll_is_short_so_that_a_line_that_is_back_is_soon_found(line: Line) -> None:
    line.sandbox.faults.refuse(502, method="getUpdates")

    def asked() -> list[object]:
        return [each.params.get("timeout") for each in line.sandbox.calls if each.method == "getUpdates"]

    async def main() -> None:
        async with receiving(line):
            await until(lambda: len(asked()) >= 3, "asked again")

    asyncio.run(main())
    assert asked()[:3] == [POLL_S, RETRY_POLL_S, POLL_S]


@pytest.mark.parametrize("failure", FAILURES)
def test_by_webhook_telegram_is_asked_to_repeat_and_who_wrote_or_pressed_is_told_once(
    line: Line, failure: str
) -> None:
    desk = line.scene.desk
    person = {"id": DUNG, "is_bot": False, "first_name": "Dung"}
    chat = {"id": DUNG, "type": "private", "first_name": "Dung"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": LONG * 10}
    told = {"update_id": 901, "message": message}
    pressed = {"update_id": 902, "callback_query": {"id": "77", "from": person, "data": LONG * 10}}

    async def main() -> None:
        async with line.channel() as channel:
            apologies = Apologies(channel, desk.office)
            hook = Webhook(desk.database, 1, "/hook", "geheim", lambda: None, Vitals(), apologies)
            storing = asyncio.create_task(hook.run())
            transport = httpx.ASGITransport(hook.make_app())
            async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:

                async def post(update: object) -> int:
                    headers = {SECRET_HEADER: "geheim"}
                    return (await client.post("/hook", json=update, headers=headers)).status_code

                with FAILURES[failure](desk.database):
                    assert [await post(told) for _ in range(3)] == [503] * 3
                    assert await post(pressed) == 503
                    await until(lambda: asked("answerCallbackQuery"), "who pressed is told")
                assert [await post(told), await post(pressed)] == [200, 200]
            storing.cancel()

    def asked(method: str) -> list[str]:
        return [str(each.params["text"]) for each in line.sandbox.calls if each.method == method]

    asyncio.run(main())
    (words,) = line.texts(DUNG)
    assert "không cần gửi lại" in words
    assert "không cần bấm lại" in asked("answerCallbackQuery")[0]
    assert stored(line) == 2
