"""Reads a raw update (Bot API, Update) into the few values the handlers need."""

import re
from dataclasses import dataclass
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Update, User

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True)
class File:
    """A document or photo: its ids at Telegram, its name as the sender gave it, its size in bytes."""

    file_id: str
    unique_id: str
    name: str
    mime: str | None
    size: int | None


@dataclass(frozen=True)
class Incoming:
    """One update. What it is not about is None or empty."""

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


def parse(raw: dict[str, Any], bot_name: str) -> Incoming | None:
    """None for updates that are not for us (channel posts, polls …). Raises on what is malformed."""
    update = Update.de_json(raw, None)
    if update.callback_query is not None:
        return _parse_callback(update)
    if update.my_chat_member is not None:
        change = update.my_chat_member
        if change.chat.type == Chat.CHANNEL:
            return None
        return Incoming(
            chat_id=change.chat.id,
            is_private=change.chat.type == Chat.PRIVATE,
            user_id=change.from_user.id,
            user_name=name_of(change.from_user),
            membership=_membership(change),
        )
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    return _parse_message(message, bot_name, is_edit=update.message is None)


def _membership(change: ChatMemberUpdated) -> str:
    """“same”: only the bot's rights in a group have changed."""
    was_in, is_in = (
        each.status not in (ChatMember.BANNED, ChatMember.LEFT)
        for each in (change.old_chat_member, change.new_chat_member)
    )
    if was_in and is_in and change.chat.type != Chat.PRIVATE:
        return "same"
    return "in" if is_in else "out"


def _parse_callback(update: Update) -> Incoming | None:
    query = update.callback_query
    assert query is not None
    if query.message is None:
        return None
    return Incoming(
        chat_id=query.message.chat.id,
        is_private=query.message.chat.type == Chat.PRIVATE,
        user_id=query.from_user.id,
        user_name=name_of(query.from_user),
        callback_id=query.id,
        data=query.data or "",
        message_id=query.message.message_id,
    )


def _parse_message(message: Message, bot_name: str, *, is_edit: bool) -> Incoming | None:
    assert message.from_user is not None
    text = message.text or message.caption or ""
    command, argument = _command(message, bot_name)
    file, replied = _file(message), message.reply_to_message
    return Incoming(
        chat_id=message.chat.id,
        is_private=message.chat.type == Chat.PRIVATE,
        user_id=message.from_user.id,
        user_name=name_of(message.from_user),
        text=text,
        command=command,
        argument=argument,
        file=file,
        has_other=file is None and (not text or message.effective_attachment is not None),
        reply_to=replied.message_id if replied else None,
        reply_text=(replied.text or replied.caption or "") if replied else "",
        is_forwarded=message.forward_origin is not None,
        is_edit=is_edit,
        message_id=message.message_id,
        migrate_to=message.migrate_to_chat_id,
        album=message.media_group_id or "",
    )


def _command(message: Message, bot_name: str) -> tuple[str, str]:
    found = _COMMAND.fullmatch((message.text or "").strip())
    if found is None or (found[2] and bot_name and found[2].lower() != bot_name.lower()):
        return "", ""
    return found[1].lower(), (found[3] or "").strip()


def _file(message: Message) -> File | None:
    if message.document is not None:
        each = message.document
        return File(
            each.file_id, each.file_unique_id, each.file_name or "tệp", each.mime_type, each.file_size
        )
    if message.photo:
        best = message.photo[-1]
        return File(
            best.file_id, best.file_unique_id, f"ảnh {message.message_id}.jpg", "image/jpeg", best.file_size
        )
    return None


def name_of(user: User) -> str:
    """As people are shown, bounded and on one line."""
    return " ".join(user.full_name.split())[:100] or str(user.id)


def find_chat(raw: dict[str, Any]) -> int | None:
    """The chat an update belongs to, without parsing it: the key of the order things are handled in."""
    for value in raw.values():
        if isinstance(value, dict):
            chat = value.get("chat") or (value.get("message") or {}).get("chat")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None
