"""The webhook: an update is committed before it is answered with 200, so that Telegram repeats what was not."""

import asyncio
import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import monotonic
from bot.inbox.apology import Apologies
from bot.inbox.receive import is_storable, name_kind, store_updates
from bot.vitals import Vitals
from db.engine import Database

log = structlog.get_logger()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20  # an update is some kilobytes
MOST_OPEN = 200
BODY_S = 15.0
# Telegram gives up after a minute; whoever is told earlier asks another process earlier.
STORE_S = 10.0
SAY_S = 60.0
QUIET_S = 5.0


@dataclass
class _Waiting:
    update: dict[str, Any]
    stored: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Webhook:
    """Takes updates at one path, for whichever process works them off. `wake` is called after each commit."""

    def __init__(
        self,
        database: Database,
        bot_id: int,
        path: str,
        secret: str,
        wake: Callable[[], None],
        vitals: Vitals,
        apologies: Apologies | None = None,
    ) -> None:
        self._database = database
        self._bot_id = bot_id
        self._path = path or "/"
        self._secret = secret.encode()
        self._wake = wake
        self._vitals = vitals
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._open = 0
        self._refused = 0
        self._said = -SAY_S
        self._apologies = apologies
        self._failures = 0
        self._telling: set[asyncio.Task[None]] = set()

    def make_app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])])

    async def run(self) -> None:
        """Stores what has arrived, all that waits in one transaction. Until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(QUIET_S):
                    await self._arrived.wait()
            self._arrived.clear()
            batch, self._waiting = self._waiting, []
            if not batch or await self._store(batch):
                self._vitals.done("intake")
            else:
                self._vitals.failed("intake")

    async def _take(self, request: Request) -> Response:
        if request.url.path != self._path:
            return Response(status_code=404)
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            self._refuse()
            return Response(status_code=403)
        if self._open >= MOST_OPEN:
            return _later()
        self._open += 1
        try:
            return await self._take_genuine(request)
        finally:
            self._open -= 1

    async def _take_genuine(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(BODY_S):
                body = await _read(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            log.error("update_too_large", more_than=LARGEST)
            return Response(status_code=413)
        update = _decode(body)
        if update is None:
            # Nothing Telegram sends. Refused, whoever sent it would only send it again.
            log.error("updates_unusable", count=1)
            return Response(status_code=200)
        return await self._keep(update)

    async def _keep(self, update: dict[str, Any]) -> Response:
        waiting = _Waiting(update)
        self._waiting.append(waiting)
        self._arrived.set()
        try:
            async with asyncio.timeout(STORE_S):
                # It may still be stored after we have given up: what is repeated then is recognised.
                await asyncio.shield(waiting.stored)
        except TimeoutError:
            self._apologise(update)
            return _later()
        except (SQLAlchemyError, OSError):
            return _later()
        return Response(status_code=200)

    async def _store(self, batch: list[_Waiting]) -> bool:
        try:
            await asyncio.to_thread(
                store_updates, self._database, self._bot_id, [each.update for each in batch]
            )
        except Exception as error:
            # The border of the loop: whatever it is, updates stay with Telegram until they are stored.
            log.error("inbox_store_failed", error=type(error).__name__, updates=len(batch))
            for each in batch:
                each.stored.set_exception(OSError("not stored"))
                each.stored.exception()  # nobody may be waiting for it any more
            self._vitals.count("intake_failures", type(error).__name__)
            self._failures += 1
            if self._failures > 1:
                self._apologise(*(each.update for each in batch))
            return False
        if self._failures and self._apologies is not None:
            self._apologies.forget()
        self._failures = 0
        for each in batch:
            each.stored.set_result(None)
            self._vitals.count("updates", name_kind(each.update))
        self._wake()
        return True

    def _apologise(self, *updates: dict[str, Any]) -> None:
        """Beside the answer to Telegram, which is to repeat them soon."""
        if self._apologies is not None:
            task = asyncio.create_task(self._apologies.tell(updates))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    def _refuse(self) -> None:
        """Someone guesses, or the secret has changed: said, not with each."""
        self._refused += 1
        if monotonic() - self._said >= SAY_S:
            self._said = monotonic()
            log.warning("webhook_forged", refused=self._refused)


def _later() -> Response:
    return Response(status_code=503, headers={"retry-after": "1"})


async def _read(request: Request) -> bytes | None:
    """The body; None where it is too large."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:12]) > LARGEST:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _decode(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if is_storable(update) else None
