"""The pieces a sandbox's state is made of."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Room:
    """A chat and how the bot stands in it. `members` are user ids; a private room's id is its person's."""

    id: int
    key: str
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    has_started: bool = False
    is_blocked: bool = False
    is_deactivated: bool = False
    bot_status: str = "member"
    migrated_to: int | None = None
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def as_json(self) -> Json:
        return asdict(self)


@dataclass
class Query:
    """A pressed button. `asked_at` is the machine's time (seconds since 1970): queries age in real time."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: float
    answer: Json | None = None

    def as_json(self) -> Json:
        return asdict(self)


@dataclass
class Call:
    """A call of the bot: `at` is time.monotonic() at its arrival, `status` 0 where the answer was cut or hung."""

    number: int
    method: str
    params: Json
    at: float
    answer: Json | None = None
    status: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def chat_id(self) -> Any:
        return self.params.get("chat_id")

    def as_json(self) -> Json:
        return {**asdict(self), "params": {name: _shown(value) for name, value in self.params.items()}}


def _shown(value: Any) -> Any:
    return {"file": value.name, "size": len(value.content)} if hasattr(value, "content") else value


class Bell:
    """Wakes whoever waits for a change, in any thread or event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def ring(self) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for loop, event in listeners:
            # The loop may just have been closed: then nobody listens there any more.
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        listener = (asyncio.get_running_loop(), event)
        with self._lock:
            self._listeners.append(listener)
        try:
            yield event
        finally:
            with self._lock:
                self._listeners.remove(listener)


async def wait_for_ring(event: asyncio.Event, seconds: float) -> None:
    """Returns at the next ring or after `seconds`, whichever comes first."""
    try:
        async with asyncio.timeout(max(seconds, 0)):
            await event.wait()
    except TimeoutError:
        return
    finally:
        event.clear()
