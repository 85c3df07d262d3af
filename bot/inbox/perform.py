"""Performs the answers of applied updates: in order within a chat, chats side by side."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from bot.attachments import attachment_path
from bot.channels.base import DeliveryError, Later, NotThere, Outgoing, Refused, TooFast
from bot.channels.telegram import FORGIVEN, TelegramChannel
from bot.clock import monotonic, wall
from bot.domain.pacing import Pacer
from bot.domain.retry import wait_seconds
from bot.outbox.inflight import InFlight
from bot.outbox.lease import LostLeaseError
from db.engine import Database
from db.models import InboxUpdate

log = structlog.get_logger()
FRESH_S = 60.0
ALBUM_S = 0.4


@dataclass(frozen=True)
class Task:
    """An applied update's answers, and where they go."""

    update_id: int
    chat: str
    callback_id: str
    message_id: int | None
    answers: dict[str, Any]


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
        self._pacer = pacer
        self._in_flight = in_flight
        self._data_dir = data_dir
        self._is_ours = is_ours
        self._waiting: dict[str, deque[Task]] = {}
        self._ids: set[int] = set()
        self._owed: set[int] = set()
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

    async def record_owed(self) -> None:
        """Marks what the store refused to. Raises SQLAlchemyError."""
        for update_id in list(self._owed):
            await asyncio.to_thread(self._write_done, update_id)
            self._owed.discard(update_id)

    async def wait_for_room(self, most: int) -> None:
        async with self._room:
            await self._room.wait_for(lambda: self._open < most)

    def add(self, task: Task) -> None:
        self._open += 1
        self._ids.add(task.update_id)
        queue = self._waiting.get(task.chat)
        if queue is not None:
            queue.append(task)
            return
        self._waiting[task.chat] = deque([task])
        running = asyncio.create_task(self._run_chat(task.chat))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

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
        if not (screen or answers.get("document") or answers.get("upload")):
            await self._mark_done(task)
            return
        chat = answers.get("to") or task.chat
        async with self._in_flight.place(chat):
            if screen:
                await self._send(task, chat, screen)
            if answers.get("document"):
                await self._try(task, lambda: self._channel.send_document(chat, answers["document"]))
            if answers.get("upload"):
                await self._upload(task, chat, *answers["upload"])
            await self._mark_done(task)

    async def _upload(self, task: Task, chat: str, sha256: str, name: str) -> None:
        try:
            content = await asyncio.to_thread(attachment_path(self._data_dir, sha256).read_bytes)
        except OSError as error:
            # `doctor` tells of files that are missing.
            log.error("file_missing", sha256=sha256, error=type(error).__name__)
            return
        await self._try(task, lambda: self._channel.upload_document(chat, name, content))

    async def _send(self, task: Task, chat: str, screen: dict[str, Any]) -> None:
        message = Outgoing(chat, screen["text"], screen["keyboard"])

        async def send() -> None:
            await self._channel.send(message)

        await self._try(task, send, paced=True)

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
        return not await self._try(task, lambda: self._channel.edit(message_id, message))

    async def _try(self, task: Task, call: Callable[[], Awaitable[None]], *, paced: bool = False) -> bool:
        """Calls, again while fresh. True where the service refuses it for good."""
        until = monotonic() + FRESH_S
        attempts = 0
        while True:
            attempts += 1
            try:
                if paced:
                    await self._wait_for_slot(task.answers.get("to") or task.chat)
                if not self._is_ours():
                    raise LostLeaseError
                await call()
                return False
            except Refused as error:
                return not any(words in str(error).lower() for words in FORGIVEN)
            except NotThere as error:
                if not paced:
                    log.warning("answer_refused", update=task.update_id, error=str(error)[:120])
                    return True
                await asyncio.sleep(2)
                if monotonic() > until:
                    return False
            except (TooFast, Later) as error:
                slow = (
                    error.seconds if isinstance(error, TooFast) else wait_seconds(attempts, random.random())
                )
                if monotonic() + slow > until:
                    log.warning("answer_dropped", update=task.update_id, error=type(error).__name__)
                    return False
                await asyncio.sleep(slow)
            except DeliveryError as error:
                log.info("answer_undeliverable", update=task.update_id, error=type(error).__name__)
                return False

    async def _wait_for_slot(self, chat: str) -> None:
        start = self._pacer.reserve_direct(chat, monotonic(), is_group=chat.startswith("-"))
        await asyncio.sleep(max(0.0, start - monotonic()))

    async def _mark_done(self, task: Task) -> None:
        try:
            await asyncio.to_thread(self._write_done, task.update_id)
        except SQLAlchemyError as error:
            # Marked before anything else is worked on; after a kill it is answered again.
            self._owed.add(task.update_id)
            log.error("inbox_store_failed", error=type(error).__name__)

    def _write_done(self, update_id: int) -> None:
        with self._database.write() as session:
            session.execute(
                update(InboxUpdate)
                .where(col(InboxUpdate.id) == update_id, col(InboxUpdate.state) == "applied")
                .values(state="done", done_at=wall())
            )
