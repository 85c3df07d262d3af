"""Reads a raw update (Bot API, Update) into the few values the handlers need, and takes nothing on trust.

Only the fields we need are looked at: whatever else is new, missing or odd in an update is in nobody's way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.harmless import clean_file_name, clean_name

T = TypeVar("T", str, int, dict, list)  # type: ignore[type-arg]
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_LONGEST_NAME = 100
# The commands that take the file they are written below.
_BELOW_FILES = ("giaoviec", "assign")
_LARGEST = 2**62  # beyond every id there is (Bot API: at most 52 bits), within what a database holds
# What a message can bring beside words (Bot API, Message), apart from documents and photos.
_OTHERS = (
    *("animation", "audio", "checklist", "contact", "dice", "game", "giveaway", "invoice", "live_photo"),
    *("location", "paid_media", "passport_data", "poll", "rich_message", "sticker", "story"),
    *("successful_payment", "venue", "video", "video_note", "voice"),
)


class Unreadable(ValueError):
    """Not what Telegram sends; says which field is not as it should be, and no value: people wrote those."""


@dataclass(frozen=True)
class File:
    """A document or photo: its ids at Telegram, its name made safe, its size in bytes."""

    file_id: str
    unique_id: str
    name: str
    mime: str | None
    size: int | None


@dataclass(frozen=True)
class Incoming:
    """One update. What it is not about is None or empty.

    `drawn_at`: when the message whose button was pressed was last written, Unix seconds by Telegram's clock.
    """

    chat_id: int
    is_private: bool
    user_id: int
    user_name: str
    text: str = ""
    command: str = ""
    argument: str = ""
    file: File | None = None
    has_other: bool = False
    reply_to: int | None = None
    reply_text: str = ""
    is_forwarded: bool = False
    is_edit: bool = False
    callback_id: str = ""
    data: str = ""
    message_id: int | None = None
    migrate_to: int | None = None
    membership: str = ""
    album: str = ""
    drawn_at: int | None = None


def parse(raw: Mapping[str, Any], bot_name: str) -> Incoming | None:
    """None for updates that are not for us (channel posts, polls …). Raises Unreadable for what is malformed."""
    if (reason := _find(raw, "unreadable", str)) is not None:
        raise Unreadable(reason)
    if (query := _find(raw, "callback_query", dict)) is not None:
        return _parse_callback(query)
    if (change := _find(raw, "my_chat_member", dict)) is not None:
        return _parse_membership(change)
    message, edited = _find(raw, "message", dict), _find(raw, "edited_message", dict)
    found = message or edited
    sender = _find(found, "from", dict) if found is not None else None
    # Another bot's words are nobody's; an administrator who hides behind the group is shown as a bot, too.
    if found is None or sender is None or (sender.get("is_bot") is True and "sender_chat" not in found):
        return None
    return _parse_message(found, bot_name, is_edit=message is None)


def _parse_callback(query: Mapping[str, Any]) -> Incoming | None:
    message = _find(query, "message", dict)
    if message is None:
        return None
    return Incoming(
        **_place(_get(message, "chat", dict), _get(query, "from", dict)),
        callback_id=_get(query, "id", str),
        data=_find(query, "data", str) or "",
        message_id=_number(message, "message_id"),
        drawn_at=_find(message, "edit_date", int) or _find(message, "date", int),
    )


def _parse_membership(change: Mapping[str, Any]) -> Incoming | None:
    chat = _get(change, "chat", dict)
    if _get(chat, "type", str) == "channel":
        return None
    place = _place(chat, _get(change, "from", dict))
    was_in, is_in = (
        _get(_get(change, name, dict), "status", str) not in ("kicked", "left")
        for name in ("old_chat_member", "new_chat_member")
    )
    if was_in and is_in and not place["is_private"]:
        return Incoming(**place, membership="same")  # only the bot's rights in a group have changed
    return Incoming(**place, membership="in" if is_in else "out")


def _parse_message(message: Mapping[str, Any], bot_name: str, *, is_edit: bool) -> Incoming:
    words = _find(message, "text", str) or ""
    text = words or _find(message, "caption", str) or ""
    command, argument = _command(words or text, bot_name)
    file, replied = _file(message), _find(message, "reply_to_message", dict) or {}
    if not words and command not in _BELOW_FILES:
        command = argument = ""
    return Incoming(
        **_place(_get(message, "chat", dict), _get(message, "from", dict)),
        text=text,
        command=command,
        argument=argument,
        file=file,
        has_other=file is None and (not text or any(message.get(each) for each in _OTHERS)),
        reply_to=_number(replied, "message_id") if replied else None,
        reply_text=_find(replied, "text", str) or _find(replied, "caption", str) or "",
        is_forwarded=bool(message.get("forward_origin")),
        is_edit=is_edit,
        message_id=_number(message, "message_id"),
        migrate_to=_number(message, "migrate_to_chat_id") if "migrate_to_chat_id" in message else None,
        album=_find(message, "media_group_id", str) or "",
    )


def _place(chat: Mapping[str, Any], user: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "chat_id": _number(chat, "id"),
        "is_private": _get(chat, "type", str) == "private",
        "user_id": _number(user, "id"),
        "user_name": _name_of(user),
    }


def _command(words: str, bot_name: str) -> tuple[str, str]:
    found = _COMMAND.fullmatch(words.strip())
    if found is None or (found[2] and bot_name and found[2].lower() != bot_name.lower()):
        return "", ""
    return found[1].lower(), (found[3] or "").strip()


def _file(message: Mapping[str, Any]) -> File | None:
    if (document := _find(message, "document", dict)) is not None:
        name = clean_file_name(_find(document, "file_name", str) or "", "tệp")
        return _as_file(document, name, _find(document, "mime_type", str))
    if photos := _find(message, "photo", list):
        best = photos[-1]
        if not isinstance(best, dict):
            raise Unreadable("photo: object expected")
        return _as_file(best, f"ảnh {_number(message, 'message_id')}.jpg", "image/jpeg")
    return None


def _as_file(row: Mapping[str, Any], name: str, mime: str | None) -> File:
    size = _number(row, "file_size") if "file_size" in row else None
    return File(_get(row, "file_id", str), _get(row, "file_unique_id", str), name, mime, size)


def _name_of(user: Mapping[str, Any]) -> str:
    """As people are shown, bounded and on one line."""
    full = f"{_find(user, 'first_name', str) or ''} {_find(user, 'last_name', str) or ''}"
    return clean_name(full, _LONGEST_NAME) or str(user.get("id"))


def _find(row: Mapping[str, Any], name: str, kind: type[T]) -> T | None:
    value = row.get(name)
    if value is not None and type(value) is not kind:
        raise Unreadable(f"{name}: {kind.__name__} expected")
    return value


def _get(row: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = _find(row, name, kind)
    if value is None:
        raise Unreadable(f"{name}: missing")
    return value


def _number(row: Mapping[str, Any], name: str) -> int:
    value = _get(row, name, int)
    if not -_LARGEST < value < _LARGEST:
        raise Unreadable(f"{name}: not within 62 bits")
    return value


def without_link(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The update of `/start TOKEN` without the token: unused, it would open the door to whoever reads the store."""
    return {
        name: {**value, "text": "/start …"} if isinstance(value, dict) and "text" in value else value
        for name, value in raw.items()
    }


def find_chat(raw: Mapping[str, Any]) -> int | None:
    """The chat an update belongs to, without parsing it: the key of the order things are handled in."""
    for value in raw.values():
        for holder in (value, value.get("message")) if isinstance(value, dict) else ():
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and type(chat.get("id")) is int:
                return int(chat["id"])
    return None
