"""A Telegram to try things on: its state, and what people and tests can do with it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox import people
from bot.sandbox.bot_api import BotApi
from bot.sandbox.bot_chats import list_commands_for
from bot.sandbox.clocking import ClockDesk
from bot.sandbox.core import BOT_USERNAME, Core
from bot.sandbox.faults import Faults
from bot.sandbox.page_api import PageApi
from bot.sandbox.personas import DEFAULT_PERSONAS, Persona
from bot.sandbox.state import Call, Json, Query, Room
from bot.sandbox.webhook import deliver_to_webhook


class Sandbox:
    """Safe to use from any thread. `who` is a persona's key or user id; `chat` a key or chat id."""

    username = BOT_USERNAME

    def __init__(
        self,
        folder: Path | None = None,
        token: str | None = None,
        personas: Iterable[Persona] = DEFAULT_PERSONAS,
    ) -> None:
        """State lives in `folder`, or in memory. Raises SettingsError where the folder is in use or another's."""
        self._core = Core(folder, token, personas)
        self.faults = Faults()
        self.clock = ClockDesk(self._core)
        self.bot_api = BotApi(self._core, self.faults)
        self.page_api = PageApi(self._core, self.clock, self.faults, self.bot_api)

    @asynccontextmanager
    async def lifespan(self, app: Any) -> AsyncIterator[None]:
        delivering = asyncio.create_task(deliver_to_webhook(self._core))
        try:
            yield
        finally:
            delivering.cancel()
            with suppress(asyncio.CancelledError):
                await delivering

    def close(self) -> None:
        """Ends everything that waits and closes the store."""
        self._core.close()

    # --- looking

    @property
    def token(self) -> str:
        return self._core.token

    @property
    def now(self) -> datetime:
        return self._core.now

    @property
    def calls(self) -> list[Call]:
        """The bot's calls so far, oldest first (the last 50,000)."""
        with self._core.lock:
            return list(self.bot_api.calls)

    @property
    def updates(self) -> list[Json]:
        """Updates not yet confirmed."""
        with self._core.lock:
            return list(self._core.updates.values())

    def persona(self, who: str | int) -> Persona:
        return people.get_person(self._core, who)

    def room(self, chat: str | int) -> Room:
        room = self._core.find_room(chat)
        if room is None:
            raise LookupError(f"no such chat: {chat}")
        return room

    def messages(self, chat: str | int) -> list[Json]:
        """The Bot API's Messages of a chat, oldest first."""
        with self._core.lock:
            return list(self._core.messages[self.room(chat).id].values())

    def query(self, query_id: str) -> Query:
        return self._core.queries[query_id]

    def commands(self, who: str | int, chat: str | int | None = None) -> list[Json]:
        """The command menu this person sees."""
        person = self.persona(who)
        room = self.room(person.user_id if chat is None else chat)
        with self._core.lock:
            return list_commands_for(self._core, room, person.user_id, person.language_code)

    def get_file(self, file_id: str) -> bytes:
        with self._core.lock:
            return self._core.store.get_file(file_id)

    def wait_until(self, is_so: Callable[[], Any], timeout_s: float = 10.0) -> Any:
        """Looks again after each change; the first true value, or TimeoutError."""
        return self._core.wait_until(is_so, timeout_s)

    # --- acting

    def move_clock(self, now: datetime) -> None:
        """Moves the clock without waiting for the bot; `POST /sandbox/clock` waits."""
        self.clock.set(now)

    def send_text(
        self, who: str | int, text: str, chat: str | int | None = None, reply_to: int | None = None
    ) -> Json:
        """The Message that was sent; of a text over 4096 characters the last piece."""
        return people.send_text(self._core, who, text, chat, reply_to)[-1]

    def open_link(self, who: str | int, link_or_token: str) -> Json:
        return people.open_link(self._core, who, link_or_token)

    def start(self, who: str | int) -> Json:
        return self.send_text(who, "/start")

    def edit_text(self, who: str | int, message_id: int, text: str, chat: str | int | None = None) -> Json:
        return people.edit_text(self._core, who, chat, message_id, text)

    def send_file(
        self,
        who: str | int,
        name: str,
        content: bytes,
        caption: str | None = None,
        as_photo: bool = False,
        chat: str | int | None = None,
        reply_to: int | None = None,
        album: str = "",
    ) -> Json:
        return people.send_file(
            self._core,
            who,
            name,
            content,
            caption=caption,
            as_photo=as_photo,
            chat=chat,
            reply_to=reply_to,
            album=album,
        )

    def press(self, who: str | int, message_id: int, button: str, chat: str | int | None = None) -> Query:
        """Presses a button by its callback data, its label, or a part of the label. The answer comes to `query`."""
        return people.press(self._core, who, chat, message_id, button)

    def press_raw(self, who: str | int, chat: str | int, message_id: int, data: str) -> Query:
        """A forged callback: any data about any message."""
        return people.press_raw(self._core, who, chat, message_id, data)

    def age_query(self, query_id: str, seconds: float) -> None:
        """Makes a pressed button older, for the 15 minutes after which its answer is refused."""
        with self._core.change():
            query = self._core.queries[query_id]
            query.asked_at -= seconds
            self._core.save_query(query)

    # --- people and groups

    def add_persona(self, persona: Persona) -> None:
        self._core.add_persona(persona)

    def block_bot(self, who: str | int, blocked: bool = True) -> None:
        people.block_bot(self._core, who, blocked)

    def deactivate(self, who: str | int) -> None:
        people.deactivate(self._core, who)

    def create_group(self, key: str, title: str, members: list[str | int]) -> Room:
        return people.create_group(self._core, key, title, members)

    def migrate_group(self, chat: str | int) -> Room:
        return people.migrate_group(self._core, chat)

    def add_member(self, chat: str | int, who: str | int) -> None:
        people.add_member(self._core, chat, who)

    def remove_member(self, chat: str | int, who: str | int) -> None:
        people.remove_member(self._core, chat, who)

    def kick_bot(self, chat: str | int) -> None:
        people.kick_bot(self._core, chat)

    def return_bot(self, chat: str | int, as_admin: bool = False) -> None:
        people.return_bot(self._core, chat, as_admin=as_admin)
