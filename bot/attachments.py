"""Fetches the files of reports and keeps them by their hash under DATA_DIR."""

import asyncio
import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from bot.channels.base import DeliveryError, Later, TooFast
from bot.clock import monotonic, wall
from bot.domain.retry import retry_at
from bot.services.saying.delivery import is_time
from bot.services.tasks.reports import LARGEST_FILE
from db.engine import Database
from db.models import Attachment, Document

if TYPE_CHECKING:
    # Commands that keep files need no line to Telegram, and it takes half a second to load.
    from bot.channels.telegram import TelegramChannel

log = structlog.get_logger()
BATCH = 4
MOST_TRIES = 8
UNSURE = "temporarily unavailable"
LOOK_S = 2.0
FORGET_EVERY_S = 3600.0


def attachment_path(data_dir: Path, sha256: str) -> Path:
    """Content-addressed: the sender's file name is never a path."""
    return data_dir / "attachments" / sha256[:2] / sha256


def keep(data_dir: Path, content: bytes) -> str:
    """Writes the bytes durably; returns their SHA-256. The same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = attachment_path(data_dir, sha256)
    try:
        os.utime(path)  # so that nobody discards them meanwhile
        return sha256
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{sha256}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    return sha256


def sync_folder(folder: Path) -> None:
    """Makes a new name in it durable: a power cut may lose the name of a file whose bytes are safe."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Fetcher:
    """The loop that downloads what reports came with, and tries again until it is here.

    `forget` is called now and then, for what was never handed in.
    """

    def __init__(
        self,
        database: Database,
        channel: "TelegramChannel",
        data_dir: Path,
        is_ours: Callable[[], bool] = lambda: True,
        forget: Callable[[], int] = lambda: 0,
    ) -> None:
        self._database = database
        self._channel = channel
        self._data_dir = data_dir
        self._is_ours = is_ours
        self._forget = forget
        self._looked = 0.0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                found = await asyncio.to_thread(self._list_wanted) if self._is_ours() else []
                for key, file_id, attempts in found:
                    await self._fetch(key, file_id, attempts)
                if self._is_ours() and monotonic() - self._looked > FORGET_EVERY_S:
                    self._looked = monotonic()
                    await asyncio.to_thread(self._forget)
            except (SQLAlchemyError, OSError) as error:
                log.error("attachment_store_failed", error=type(error).__name__)
                found = []
            if not found:
                await asyncio.sleep(LOOK_S)

    def _list_wanted(self) -> list[tuple[int, str, int]]:
        query = (
            select(Attachment.id, Attachment.file_id, Attachment.attempts)
            .where(
                col(Attachment.state) == "wanted",
                is_time(col(Attachment.not_before), wall()),
            )
            .order_by(col(Attachment.id))
            .limit(BATCH)
        )
        with self._database.read() as session:
            return [(key, file_id, attempts) for key, file_id, attempts in session.exec(query)]

    async def _fetch(self, key: int, file_id: str, attempts: int) -> None:
        try:
            content = await self._channel.download(file_id)
        except (Later, TooFast) as error:
            await asyncio.to_thread(self._put_off, key, attempts + 1, type(error).__name__)
            return
        except DeliveryError as error:
            # The same words for an id it does not know and for a file it cannot give just now.
            if UNSURE in str(error).lower() and attempts + 1 < MOST_TRIES:
                await asyncio.to_thread(self._put_off, key, attempts + 1, str(error)[:200])
            else:
                await asyncio.to_thread(self._give_up, key, str(error))
            return
        if len(content) > LARGEST_FILE:
            await asyncio.to_thread(self._give_up, key, "larger than 20 MB")
            return
        await asyncio.to_thread(self._store, key, content)

    def _store(self, key: int, content: bytes) -> None:
        sha256 = keep(self._data_dir, content)
        with self._database.write() as session:
            row = session.get_one(Attachment, key, with_for_update=True)
            row.sha256, row.size, row.state, row.error = sha256, len(content), "stored", None
            if row.document_id is not None:
                session.get_one(Document, row.document_id).file_sha256 = sha256

    def _put_off(self, key: int, attempts: int, error: str) -> None:
        with self._database.write() as session:
            row = session.get_one(Attachment, key)
            row.attempts, row.error = attempts, error
            row.not_before = retry_at(wall(), attempts, random.random())

    def _give_up(self, key: int, error: str) -> None:
        log.error("attachment_failed", attachment=key, error=error[:120])
        with self._database.write() as session:
            row = session.get_one(Attachment, key)
            row.state, row.error = "failed", error[:300]
