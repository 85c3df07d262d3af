"""The state of a sandbox and the few ways it changes. Everything else is built on this."""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.sandbox.personas import Persona
from bot.sandbox.state import Bell, Json, Query, Room
from bot.sandbox.store import Store

START = datetime.fromisoformat("2023-04-24T09:00:00+07:00")
BOT_USERNAME = "dondoc_sandbox_bot"
QUERY_LIFE_S = 15 * 60
_EVENTS_KEPT = 2000
_OPT_IN = ("chat_member", "message_reaction", "message_reaction_count")
_SUPERGROUP = -1_000_000_000_000


class Core:
    """One lock around one state, written through to the store at the end of each change."""

    def __init__(self, folder: Path | None, token: str | None, personas: Iterable[Persona]) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.bell = Bell()
        self.store = Store(folder)
        self.is_closed = False
        try:
            self._load(token)
        except BaseException:
            self.store.close()
            raise
        self.people: dict[int, Persona] = {}
        for persona in (*personas, *self._stored_people()):
            self._add_person(persona)
        self.store.commit()

    # --- loading and changing

    def _load(self, token: str | None) -> None:
        self.values: Json = self.store.list_all("value")
        self.token = _chosen_token(self.values.get("token"), token)
        self.set_value("token", self.token)
        self.now = datetime.fromisoformat(self.values.get("now", START.isoformat()))
        self.rooms = {int(key): Room(**body) for key, body in self.store.list_all("room").items()}
        self.messages: dict[int, dict[int, Json]] = {room_id: {} for room_id in self.rooms}
        for message in sorted(self.store.list_all("message").values(), key=lambda each: each["message_id"]):
            self.messages[message["chat"]["id"]][message["message_id"]] = message
        self.updates: dict[int, Json] = {
            each["update_id"]: each
            for each in sorted(self.store.list_all("update").values(), key=lambda each: each["update_id"])
        }
        self.queries = {key: Query(**body) for key, body in self.store.list_all("query").items()}
        self.files: dict[str, Json] = self.store.list_all("file")
        self.events: deque[tuple[int, Json]] = deque(maxlen=_EVENTS_KEPT)
        self.event_number = 0

    def _stored_people(self) -> list[Persona]:
        return [Persona(**body) for body in self.store.list_all("person").values()]

    def _add_person(self, persona: Persona) -> None:
        self.people[persona.user_id] = persona
        if persona.user_id not in self.rooms:
            room = Room(persona.user_id, persona.key, "private", persona.title, [persona.user_id])
            self.rooms[room.id] = room
            self.messages[room.id] = {}
            self.save_room(room)

    def add_persona(self, persona: Persona) -> None:
        with self.change():
            self._add_person(persona)
            self.store.put("person", persona.user_id, persona.as_json())
            self.publish({"kind": "reload"})

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything in it is stored together; whoever waits is woken afterwards."""
        with self.lock:
            try:
                yield
            except BaseException:
                self.store.rollback()
                raise
            self.store.commit()
            self.lock.notify_all()
        self.bell.ring()

    def close(self) -> None:
        with self.lock:
            if not self.is_closed:
                self.is_closed = True
                self.store.close()
                self.lock.notify_all()
        self.bell.ring()

    # --- values, rooms, people

    def set_value(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.store.put("value", name, value)

    def next_number(self, name: str, first: int = 1) -> int:
        number = int(self.values.get(name, first - 1)) + 1
        self.set_value(name, number)
        return number

    @property
    def bot_user(self) -> Json:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Đôn Đốc",
            "username": BOT_USERNAME,
        }

    def save_room(self, room: Room) -> None:
        self.store.put("room", room.id, room.as_json())

    def add_room(self, room: Room) -> None:
        self.rooms[room.id] = room
        self.messages[room.id] = {}
        self.save_room(room)

    def find_person(self, who: str | int) -> Persona | None:
        return self.people.get(who) if isinstance(who, int) else self._by_key(who)

    def _by_key(self, key: str) -> Persona | None:
        return next((each for each in self.people.values() if each.key == key), None)

    def find_room(self, which: str | int) -> Room | None:
        """By chat id or key; a key names the room that a group has become."""
        if isinstance(which, int):
            return self.rooms.get(which)
        found = [room for room in self.rooms.values() if room.key == which]
        return next((room for room in found if room.migrated_to is None), None)

    def chat_json(self, room: Room) -> Json:
        if room.is_private:
            return self.people[room.id].as_private_chat()
        return {"id": room.id, "type": room.type, "title": room.title}

    def new_group_id(self) -> int:
        return -self.next_number("group", 400_000_001)

    def new_supergroup_id(self) -> int:
        return _SUPERGROUP - self.next_number("supergroup", 1_900_000_001)

    # --- messages

    def timestamp(self) -> int:
        return int(self.now.timestamp())

    def new_message_id(self, room: Room) -> int:
        """Supergroups count for themselves; private chats and basic groups share one count, as for a real bot."""
        if room.type != "supergroup":
            return self.next_number("message")
        room.last_message_id += 1
        self.save_room(room)
        return room.last_message_id

    def add_message(self, room: Room, sender: Json, content: Json) -> Json:
        message = {
            "message_id": self.new_message_id(room),
            "from": sender,
            "chat": self.chat_json(room),
            "date": self.timestamp(),
            **content,
        }
        self.save_message(message)
        return message

    def save_message(self, message: Json) -> None:
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self.messages[chat_id][message_id] = message
        self.store.put("message", f"{chat_id}/{message_id}", message)
        self.publish({"kind": "message", "chat": chat_id, "message": message})

    def drop_message(self, chat_id: int, message_id: int) -> None:
        del self.messages[chat_id][message_id]
        self.store.delete("message", f"{chat_id}/{message_id}")
        self.publish({"kind": "deleted", "chat": chat_id, "message_id": message_id})

    def find_message(self, chat_id: int, message_id: int) -> Json | None:
        return self.messages.get(chat_id, {}).get(message_id)

    # --- updates, queries, files

    def push_update(self, kind: str, body: Json) -> None:
        allowed = self.values.get("allowed_updates") or []
        if (kind not in allowed) if allowed else (kind in _OPT_IN):
            return
        update_id = self.next_number("update", 480_000_001)
        update = {"update_id": update_id, kind: body}
        self.updates[update_id] = update
        self.store.put("update", update_id, update)

    def confirm(self, update_id: int) -> None:
        if self.updates.pop(update_id, None) is not None:
            self.store.delete("update", update_id)

    def confirm_below(self, update_id: int) -> None:
        for confirmed in [each for each in self.updates if each < update_id]:
            del self.updates[confirmed]
            self.store.delete("update", confirmed)

    def add_query(self, user_id: int, message: Json, data: str) -> Query:
        query = Query(
            id=str(secrets.randbits(62)),
            user_id=user_id,
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            data=data,
            asked_at=time.time(),
        )
        self.queries[query.id] = query
        self.save_query(query)
        return query

    def save_query(self, query: Query) -> None:
        self.store.put("query", query.id, query.as_json())

    def add_file(self, name: str, content: bytes, mime: str, folder: str) -> Json:
        """Stores a file; answers with its record: file_id, file_unique_id, file_size, file_path, name, mime."""
        number = self.next_number("file_number")
        suffix = Path(name).suffix if len(Path(name).suffix) <= 10 else ""
        record: Json = {
            "file_id": f"BQACAgUAAx{secrets.token_urlsafe(24)}",
            "file_unique_id": f"AgAD{secrets.token_urlsafe(9)}",
            "file_size": len(content),
            "file_path": f"{folder}/file_{number}{suffix}",
            "name": name,
            "mime": mime,
        }
        self.files[record["file_id"]] = record
        self.store.put("file", record["file_id"], record)
        self.store.put_file(record["file_id"], content)
        return record

    # --- what the page hears, and waiting

    def publish(self, event: Json) -> None:
        self.event_number += 1
        self.events.append((self.event_number, event))

    def wait_until(self, is_so: Callable[[], Any], timeout_s: float) -> Any:
        """Looks again after each change; the first true value, or TimeoutError. For tests."""
        deadline = time.monotonic() + timeout_s
        with self.lock:
            while not (value := is_so()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not so after {timeout_s} s")
                # Some truths are told without a ring (a file on disk, the bot's own state).
                self.lock.wait(min(left, 0.2))
            return value


def _chosen_token(stored: Any, given: str | None) -> str:
    if given and stored and given != stored:
        raise SettingsError("the sandbox's folder belongs to another token: use that token or another folder")
    return str(
        stored or given or f"{secrets.randbelow(9 * 10**8) + 10**8}:AA{secrets.token_urlsafe(25)[:33]}"
    )
