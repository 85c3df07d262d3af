"""By which message a change came: its number in the record, and what is still known of the message itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from bot.services.context import Work
from db.bulk import is_among
from db.models import InboxUpdate

_MESSAGES = ("message", "edited_message")


@dataclass(frozen=True)
class Source:
    """`number`: of what came in, which stays in the record when the message itself is forgotten or erased.

    `kind`: message or button; `chat`: private or group; `message_id`: Telegram's own within that chat.
    """

    number: int
    kind: str | None = None
    chat: str | None = None
    message_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "chat": self.chat,
            "message_id": self.message_id,
        }


def find_sources(work: Work, numbers: Iterable[int | None]) -> Mapping[int | None, Source]:
    """By number. Whose chat it was is not told: the record names who acted, and who is erased stays so."""
    wanted = {each for each in numbers if each is not None}
    found: dict[int | None, Source] = {each: Source(each) for each in wanted}
    if not wanted:
        return found
    query = select(InboxUpdate.id, InboxUpdate.raw).where(
        is_among(work.session, col(InboxUpdate.id), list(wanted))
    )
    for number, raw in work.session.exec(query):
        found[number] = _read(number, raw)
    return found


def _read(number: int, raw: str) -> Source:
    try:
        update = json.loads(raw)
    except ValueError:
        return Source(number)
    if not isinstance(update, dict):
        return Source(number)
    for name in _MESSAGES:
        if isinstance(update.get(name), dict):
            return _of(number, "message", update[name])
    pressed = update.get("callback_query")
    if isinstance(pressed, dict):
        about = pressed.get("message")
        return _of(number, "button", about if isinstance(about, dict) else {})
    return Source(number)


def _of(number: int, kind: str, message: Mapping[str, Any]) -> Source:
    chat, message_id = message.get("chat"), message.get("message_id")
    place = chat.get("type") if isinstance(chat, dict) else None
    return Source(
        number,
        kind,
        None if place is None else "private" if place == "private" else "group",
        message_id if isinstance(message_id, int) else None,
    )
