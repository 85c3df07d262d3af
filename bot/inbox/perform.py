"""Performs the answers of applied updates: in order within a chat, chats side by side."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import bindparam, update
from sqlalchemy.exc import SQLAlchemyError

from bot.attachments import attachment_path
from bot.channels.base import DeliveryError, Later, Moved, NotThere, Outgoing, Refused, TooFast
from bot.channels.telegram import FORGIVEN, TelegramChannel
from bot.clock import monotonic, wall
from bot.domain.pacing import Pacer
from bot.domain.retry import wait_seconds
from bot.outbox.inflight import InFlight
from bot.outbox.lease import LostLeaseError
from bot.outbox.slots import Slots
from db.bulk import is_listed, table_of
from db.engine import Database
from db.models import InboxUpdate

log = structlog.get_logger()
FRESH_S = 60.0
ALBUM_S = 0.4
MOST_MARKED = 500
_INBOX = table_of(InboxUpdate)
# Nobody asks for the answers any more, and one may show an invite link that is still good.
DONE = (
    update(_INBOX)
    .where(is_listed(_INBOX.c.id, "rows"), _INBOX.c.state == "applied")
    .values(state="done", done_at=bindparam("now"), answers=None)
)
# So many answers of one chat count against the room for all: whoever presses a hundred times holds up nobody else.
MOST_OF_A_CHAT = 20
# So many wait for one chat: of more, the oldest are out of date before they could be sent.
MOST_WAITING = 8

Call = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Task:
    """An applied update's answers, and where they go."""

    update_id: int
    chat: str
    callback_id: str
    message_id: int | None
    answers: dict[str, Any]
    fresh_until: float = field(default_factory=lambda: monotonic() + FRESH_S)


class Performer:
    """Direct answers: they are worth something only while fresh, and are not repeated for ever.

    `is_ours`: whether answering is still this process's turn.
    """

    def __init__(
        self,
        database: Database,
        channel: TelegramChannel,
        pacer: Pacer,
        in_flight: InFlight,
        data_dir: Path,
        is_ours: Callable[[], bool],
    ) -> None:
        self._database = database
        self._channel = channel
        self._slots = Slots(pacer)
        self._in_flight = in_flight
        self._data_dir = data_dir
        self._is_ours = is_ours
        self._waiting: dict[str, deque[Task]] = {}
        self._ids: set[int] = set()
        self._owed: set[int] = set()
        self._to_mark: set[int] = set()
        self._marking = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()
        self._open = 0
        self._room = asyncio.Condition()

    @property
    def is_idle(self) -> bool:
        return self._open == 0

    @property
    def open_ids(self) -> Collection[int]:
        """The updates that are being answered, or have been and could not be marked so yet."""
        return self._ids | self._owed

    def forget(self) -> None:
        """What waits here is another's by now; what is being answered this moment is finished."""
        for queue in self._waiting.values():
            self._open -= len(queue)
            self._ids.difference_update(task.update_id for task in queue)
            queue.clear()

    async def stop(self) -> None:
        """Gives up what is still being answered: it stays *applied*, and is answered after the next start."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def expect(self, chats: Collection[str]) -> None:
        """To whom an answer may be given before long."""
        self._in_flight.expect(chats)

    async def record_owed(self) -> None:
        """Marks what the store refused to. Raises SQLAlchemyError."""
        owed = list(self._owed)
        for at in range(0, len(owed), MOST_MARKED):
            await asyncio.to_thread(self._write_done, *owed[at : at + MOST_MARKED])
            self._owed.difference_update(owed[at : at + MOST_MARKED])

    async def wait_for_room(self, most: int) -> None:
        async with self._room:
            await self._room.wait_for(lambda: self._count_open() < most)

    def _count_open(self) -> int:
        return sum(min(len(queue) + 1, MOST_OF_A_CHAT) for queue in self._waiting.values())

    def add(self, task: Task) -> None:
        self._open += 1
        self._ids.add(task.update_id)
        queue = self._waiting.get(task.chat)
        if queue is not None:
            queue.append(task)
            self._drop_oldest(queue)
            return
        self._waiting[task.chat] = deque([task])
        running = asyncio.create_task(self._run_chat(task.chat))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    def is_behind(self, chat: str) -> bool:
        """Whether another answer to this chat would take the place of one that waits."""
        return len(self._waiting.get(chat, ())) >= MOST_WAITING

    def _drop_oldest(self, queue: deque[Task]) -> None:
        """What was asked has been done; only its screen is left out, never a file that was asked for."""
        while len(queue) > MOST_WAITING:
            found = next((each for each in queue if not _is_kept(each.answers)), None)
            if found is None:
                return
            queue.remove(found)
            self._open -= 1
            self._ids.discard(found.update_id)
            self._owed.add(found.update_id)
            log.info("answer_overtaken", update=found.update_id)

    async def _run_chat(self, chat: str) -> None:
        queue = self._waiting[chat]
        while queue:
            task = queue.popleft()
            try:
                if await self._is_overtaken(task, queue):
                    await self._mark_done(task)
                    continue
                await self._perform(task)
                await self._set_menu(task)
            except LostLeaseError:
                log.warning("answer_left_to_another", update=task.update_id)
            except Exception as error:
                # The border of the loop: one answer that fails must not silence the chat.
                log.error("answer_failed", update=task.update_id, error=type(error).__name__)
                await self._mark_done(task)
            finally:
                self._open -= 1
                self._ids.discard(task.update_id)
                async with self._room:
                    self._room.notify_all()
        del self._waiting[chat]

    async def _is_overtaken(self, task: Task, queue: deque[Task]) -> bool:
        """Whether a later part of the same album shows all that this one would."""
        album = task.answers.get("album")
        if not album:
            return False
        await asyncio.sleep(ALBUM_S)  # its parts come one by one
        return any(later.answers.get("album") == album for later in queue)

    async def _perform(self, task: Task) -> None:
        """What can be repeated unseen comes first; a new message is the last, and recorded at once."""
        answers = task.answers
        screen = answers.get("send")
        if task.callback_id:
            text, alert = answers.get("toast", ""), bool(answers.get("alert"))
            await self._try(task, lambda: self._channel.answer_button(task.callback_id, text, alert=alert))
        if answers.get("edit") and not await self._edit(task, answers["edit"]):
            # The message is too old or gone: the screen is shown anew.
            screen = screen or answers["edit"]
        calls = await self._list_calls(screen, answers)
        for call in calls:
            await self._say(task, answers.get("to") or task.chat, call, is_last=call is calls[-1])
        if not calls:
            await self._mark_done(task)

    async def _list_calls(self, screen: dict[str, Any] | None, answers: dict[str, Any]) -> Sequence[Call]:
        """A new message each, to a chat."""
        calls: list[Call] = []
        if screen:
            calls.append(lambda chat: self._send(Outgoing(chat, screen["text"], screen["keyboard"])))
        upload = await self._read_upload(*answers["upload"]) if answers.get("upload") else None
        file_id = answers.get("document")
        lost = _outgoing_of(answers.get("lost"))
        if file_id or upload:
            calls.append(lambda chat: self._send_file(chat, file_id, upload, lost))
        elif answers.get("upload") and lost is not None:
            calls.append(lambda chat: self._send(lost(chat)))
        return calls

    async def _send(self, message: Outgoing) -> None:
        await self._channel.send(message)

    async def _send_file(
        self,
        chat: str,
        file_id: str | None,
        upload: tuple[str, bytes] | None,
        lost: Callable[[str], Outgoing] | None = None,
    ) -> None:
        """By its id, which costs nothing; an id is one bot's own, so that another bot's has to be uploaded.

        `lost`: what is said where neither is there.
        """
        if file_id:
            try:
                await self._channel.send_document(chat, file_id)
            except Refused:
                if upload is None:
                    if lost is None:
                        raise
                    await self._send(lost(chat))
            else:
                return
        if upload is not None:
            await self._channel.upload_document(chat, *upload)

    async def _read_upload(self, sha256: str, name: str) -> tuple[str, bytes] | None:
        try:
            return name, await asyncio.to_thread(attachment_path(self._data_dir, sha256).read_bytes)
        except OSError as error:
            # `doctor` tells of files that are missing.
            log.error("file_missing", sha256=sha256, error=type(error).__name__)
            return None

    async def _set_menu(self, task: Task) -> None:
        """Nice to have: tried once, after what people wait for."""
        menus = [(task.chat, task.answers.get("menu")), *task.answers.get("menus", ())]
        for chat, commands in menus:
            if not commands:
                continue
            try:
                await self._channel.set_menu(chat, commands)
            except DeliveryError as error:
                log.info("menu_not_set", error=type(error).__name__)

    async def _edit(self, task: Task, screen: dict[str, Any]) -> bool:
        """False where the message cannot be redrawn."""
        message = Outgoing(task.chat, screen["text"], screen["keyboard"])
        if task.message_id is None:
            return False
        message_id = task.message_id
        return not await self._try(
            task, lambda: self._channel.edit(message_id, message), pace=self._take_edit_slot
        )

    async def _take_edit_slot(self, chat: str) -> None:
        if (wait_s := self._slots.ready_in(chat, is_edit=True)) > 0:
            raise TooFast(wait_s)
        await self._slots.take(chat, is_edit=True)

    async def _say(self, task: Task, chat: str, call: Call, *, is_last: bool) -> None:
        """A new message: recorded before its chat gets another. While it has to wait, no place is kept from others."""
        with self._in_flight.asking(chat):
            await self._say_in_turn(task, chat, call, is_last=is_last)

    async def _say_in_turn(self, task: Task, chat: str, call: Call, *, is_last: bool) -> None:
        attempts, wait_s = 0, max(0.0, self._slots.ready_in(chat))
        while monotonic() + wait_s < task.fresh_until:
            await asyncio.sleep(wait_s)
            async with self._in_flight.place(chat):
                if (wait_s := self._slots.ready_in(chat)) > 0:
                    continue
                attempts += 1
                try:
                    wait_s = await self._say_once(task, chat, call, attempts)
                except Moved as error:
                    chat, wait_s = error.address, 0.0
                    continue
                if wait_s == 0:
                    if is_last:
                        await self._mark_done(task)
                    return
        log.warning("answer_dropped", update=task.update_id)
        if is_last:
            await self._mark_done(task)

    async def _say_once(self, task: Task, chat: str, call: Call, attempts: int) -> float:
        """Seconds until it is worth trying again; 0: it is over. Raises Moved."""
        await self._slots.take(chat)
        if not self._is_ours():
            raise LostLeaseError
        try:
            await call(chat)
        except Moved:
            raise
        except TooFast as error:
            self._slots.pacer.park_chat(chat, monotonic() + error.seconds)
            return error.seconds
        except NotThere:
            return 2.0
        except Later:
            return wait_seconds(attempts, random.random())
        except DeliveryError as error:
            log.info("answer_undeliverable", update=task.update_id, error=type(error).__name__)
        return 0.0

    async def _try(
        self,
        task: Task,
        call: Callable[[], Awaitable[None]],
        *,
        pace: Callable[[str], Awaitable[None]] | None = None,
    ) -> bool:
        """Calls, again while fresh; what this does can be seen once only. True where it is refused for good."""
        attempts = 0
        while True:
            attempts += 1
            try:
                if pace is not None:
                    await pace(task.chat)
                if not self._is_ours():
                    raise LostLeaseError
                await call()
                return False
            except Refused as error:
                return not any(words in str(error).lower() for words in FORGIVEN)
            except NotThere as error:
                log.warning("answer_refused", update=task.update_id, error=str(error)[:120])
                return True
            except (TooFast, Later) as error:
                slow = (
                    error.seconds if isinstance(error, TooFast) else wait_seconds(attempts, random.random())
                )
                if monotonic() + slow > task.fresh_until:
                    log.warning("answer_dropped", update=task.update_id, error=type(error).__name__)
                    return False
                await asyncio.sleep(slow)
            except DeliveryError as error:
                log.info("answer_undeliverable", update=task.update_id, error=type(error).__name__)
                return False

    async def _mark_done(self, task: Task) -> None:
        """All that are to be marked at this moment in one transaction: whoever waits finds it done."""
        self._to_mark.add(task.update_id)
        async with self._marking:
            if task.update_id not in self._to_mark:
                return
            together, self._to_mark = self._to_mark, set()
            try:
                await asyncio.to_thread(self._write_done, *together)
            except SQLAlchemyError as error:
                # Marked before anything else is worked on; after a kill it is answered again.
                self._owed |= together
                log.error("inbox_store_failed", error=type(error).__name__)

    def _write_done(self, *update_ids: int) -> None:
        with self._database.write() as session:
            session.execute(DONE, {"rows": list(update_ids), "now": wall()})


def _outgoing_of(screen: dict[str, Any] | None) -> Callable[[str], Outgoing] | None:
    return None if screen is None else lambda chat: Outgoing(chat, screen["text"], screen["keyboard"])


def _is_kept(answers: dict[str, Any]) -> bool:
    return any(answers.get(each) for each in ("document", "upload", "menu", "menus", "to"))
