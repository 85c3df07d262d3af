"""What people do in the sandbox: write, press, send files, block the bot, change groups."""

import re
from dataclasses import replace
from typing import Any

from bot.errors import UserError
from bot.sandbox.contents import file_content
from bot.sandbox.core import BOT_USERNAME, Core
from bot.sandbox.formatting import Formatted, utf16_length, with_found_entities
from bot.sandbox.personas import Persona
from bot.sandbox.state import Json, Query, Room

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
_LINK = re.compile(
    rf"(?:https?://)?(?:t|telegram)\.me/{BOT_USERNAME}\?start=([A-Za-z0-9_-]{{1,64}})", re.IGNORECASE
)
_SPOKEN_TO = re.compile(rf"@{BOT_USERNAME}\b", re.IGNORECASE)


def get_person(core: Core, who: str | int) -> Persona:
    person = core.find_person(who)
    if person is None:
        raise UserError(f"Bàn thử không có người nào là “{who}”.")
    return person


def get_room(core: Core, person: Persona, chat: str | int | None) -> Room:
    room = core.find_room(person.user_id if chat is None else chat)
    if room is None or person.user_id not in room.members:
        raise UserError(f"{person.first_name} không có trong cuộc trò chuyện “{chat}”.")
    if room.migrated_to is not None:
        return core.rooms[room.migrated_to]
    return room


# --- writing


def send_text(
    core: Core, who: str | int, text: str, chat: str | int | None = None, reply_to: int | None = None
) -> list[Json]:
    """A message, cut in pieces of 4096 characters as Telegram's apps do. A link to the bot is opened instead."""
    person = get_person(core, who)
    room = get_room(core, person, chat)
    payload = find_start_payload(text)
    if payload is not None:
        return [open_link(core, who, payload)]
    if not text.strip():
        raise UserError("Tin nhắn chưa có chữ nào.")
    pieces = _pieces(text.strip(), TEXT_LIMIT)
    return [_say(core, person, room, _text_content(piece), reply_to) for piece in pieces]


def find_start_payload(text: str) -> str | None:
    """The token of an invitation link to this bot, where the text is nothing else."""
    match = _LINK.fullmatch(text.strip())
    return match.group(1) if match else None


def open_link(core: Core, who: str | int, payload: str) -> Json:
    """What opening `https://t.me/<bot>?start=<payload>` and pressing START sends."""
    person = get_person(core, who)
    payload = find_start_payload(payload) or payload
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
        raise UserError("Đường dẫn mời không đúng: mã chỉ gồm tối đa 64 chữ cái, chữ số, dấu _ và -.")
    room = core.rooms[person.user_id]
    return _say(core, person, room, _text_content(f"/start {payload}"), None)


def edit_text(core: Core, who: str | int, chat: str | int | None, message_id: int, text: str) -> Json:
    person = get_person(core, who)
    room = get_room(core, person, chat)
    message = core.find_message(room.id, message_id)
    if message is None or message["from"]["id"] != person.user_id or "text" not in message:
        raise UserError("Chỉ sửa được tin nhắn chữ của chính mình.")
    with core.change():
        edited = {**message, **_text_content(text.strip()[:TEXT_LIMIT]), "edit_date": core.timestamp()}
        core.save_message(edited)
        if _reaches_bot(core, room, edited):
            core.push_update("edited_message", edited)
    return edited


def send_file(
    core: Core,
    who: str | int,
    name: str,
    content: bytes,
    *,
    caption: str | None = None,
    as_photo: bool = False,
    chat: str | int | None = None,
    reply_to: int | None = None,
    album: str = "",
) -> Json:
    """A document, or a photo where the bytes are a picture; files of one `album` belong together."""
    person = get_person(core, who)
    room = get_room(core, person, chat)
    if not content:
        raise UserError("Tệp trống, không gửi được.")
    if caption and utf16_length(caption) > CAPTION_LIMIT:
        raise UserError(f"Chú thích dài quá {CAPTION_LIMIT} ký tự.")
    with core.change():
        body = file_content(core, name, content, as_photo=as_photo)
        if album:
            body["media_group_id"] = album
        if caption and caption.strip():
            shaped = with_found_entities(Formatted(caption.strip()))
            body["caption"] = shaped.text
            if shaped.entities:
                body["caption_entities"] = shaped.entities
        return _say(core, person, room, body, reply_to)


def _say(core: Core, person: Persona, room: Room, content: Json, reply_to: int | None) -> Json:
    with core.change():
        _let_bot_in(core, person, room)
        if reply_to is not None and (original := core.find_message(room.id, reply_to)) is not None:
            content = {**content, "reply_to_message": without_reply(original)}
        message = core.add_message(room, person.as_user(), content)
        if _reaches_bot(core, room, message):
            core.push_update("message", message)
    return message


def _let_bot_in(core: Core, person: Persona, room: Room) -> None:
    """Whoever writes to the bot starts it, and takes back a block."""
    if not room.is_private or (room.has_started and not room.is_blocked):
        return
    if room.is_blocked:
        room.is_blocked = False
        _tell_membership(core, room, person, "kicked", "member")
    room.has_started = True
    core.save_room(room)
    core.publish({"kind": "reload"})


def without_reply(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _text_content(text: str) -> Json:
    shaped = with_found_entities(Formatted(text))
    return {"text": shaped.text, **({"entities": shaped.entities} if shaped.entities else {})}


def _pieces(text: str, limit: int) -> list[str]:
    if utf16_length(text) <= limit:
        return [text]
    cut = limit
    while utf16_length(text[:cut]) > limit:
        cut -= 1
    space = text.rfind(" ", cut // 2, cut)
    cut = space if space > 0 else cut
    return [text[:cut].rstrip(), *_pieces(text[cut:].lstrip(), limit)]


def _reaches_bot(core: Core, room: Room, message: Json) -> bool:
    """In a group a bot in privacy mode sees commands, mentions and replies to itself."""
    if room.is_private:
        return not room.is_deactivated
    if room.bot_status not in ("member", "administrator"):
        return False
    replied = message.get("reply_to_message", {}).get("from", {}).get("id") == core.bot_user["id"]
    text = message.get("text") or message.get("caption") or ""
    to_another = re.match(r"/\w+@(\w+)", text)
    if to_another and to_another.group(1).lower() != BOT_USERNAME:
        return False
    is_admin = room.bot_status == "administrator"
    return replied or is_admin or text.startswith("/") or bool(_SPOKEN_TO.search(text))


# --- pressing


def press(core: Core, who: str | int, chat: str | int | None, message_id: int, button: str) -> Query:
    """Presses the button with this callback data, or else this label (whole, or a part that only one has)."""
    person = get_person(core, who)
    room = get_room(core, person, chat)
    message = core.find_message(room.id, message_id)
    if message is None:
        raise UserError("Không còn tin nhắn ấy.")
    data = _find_button(message, button)
    if data is None:
        raise UserError(f"Tin nhắn này không có nút “{button}”.")
    with core.change():
        query = core.add_query(person.user_id, message, data)
        core.push_update("callback_query", query_json(core, query, message))
        core.publish({"kind": "pressed", "chat": room.id, "message_id": message_id, "query": query.as_json()})
    return query


def press_raw(core: Core, who: str | int, chat: str | int, message_id: int, data: str) -> Query:
    """A callback with any data about any message, as only a changed client could send. For tests."""
    person = get_person(core, who)
    room = core.find_room(chat)
    message = room and core.find_message(room.id, message_id)
    if not message:
        raise UserError("Không còn tin nhắn ấy.")
    with core.change():
        query = core.add_query(person.user_id, message, data)
        core.push_update("callback_query", query_json(core, query, message))
    return query


def query_json(core: Core, query: Query, message: Json) -> Json:
    """The Bot API's CallbackQuery."""
    return {
        "id": query.id,
        "from": core.people[query.user_id].as_user(),
        "message": message,
        "chat_instance": str(query.chat_id ^ 0x5DEECE66D),
        "data": query.data,
    }


def _find_button(message: Json, wanted: str) -> str | None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [each for row in rows for each in row if "callback_data" in each]
    for each in buttons:
        if wanted in (each["callback_data"], each["text"]):
            return str(each["callback_data"])
    partly = [each for each in buttons if wanted.lower() in each["text"].lower()]
    return str(partly[0]["callback_data"]) if len(partly) == 1 else None


# --- standing


def block_bot(core: Core, who: str | int, blocked: bool = True) -> None:
    person = get_person(core, who)
    room = core.rooms[person.user_id]
    if room.is_blocked == blocked:
        return
    with core.change():
        room.is_blocked = blocked
        core.save_room(room)
        _tell_membership(core, room, person, *(("member", "kicked") if blocked else ("kicked", "member")))
        core.publish({"kind": "reload"})


def deactivate(core: Core, who: str | int) -> None:
    """The person's account is gone."""
    room = core.rooms[get_person(core, who).user_id]
    with core.change():
        room.is_deactivated = True
        core.save_room(room)
        core.publish({"kind": "reload"})


def rename_person(core: Core, who: str | int, first_name: str) -> None:
    person = replace(get_person(core, who), first_name=first_name)
    core.add_persona(person)


# --- groups


def create_group(core: Core, key: str, title: str, members: list[str | int]) -> Room:
    """A basic group made by the first of its members, with the bot in it."""
    people = [get_person(core, who) for who in members]
    if not people:
        raise UserError("Nhóm phải có ít nhất một người.")
    if core.find_room(key) is not None:
        raise UserError(f"Đã có cuộc trò chuyện “{key}”.")
    with core.change():
        room = Room(core.new_group_id(), key, "group", title, [each.user_id for each in people])
        room.has_started = True
        core.add_room(room)
        _tell_membership(core, room, people[0], "left", "member")
        made = core.add_message(room, people[0].as_user(), {"group_chat_created": True})
        core.push_update("message", made)
        core.publish({"kind": "reload"})
    return room


def migrate_group(core: Core, chat: str | int) -> Room:
    """Makes a supergroup of a basic group: a new id, the old one answers 400 with migrate_to_chat_id."""
    old = _get_group(core, chat)
    by = core.people[old.members[0]].as_user()
    with core.change():
        new = Room(core.new_supergroup_id(), old.key, "supergroup", old.title, list(old.members), True)
        core.add_room(new)
        leaving = core.add_message(old, by, {"migrate_to_chat_id": new.id})
        core.push_update("message", leaving)
        old.migrated_to = new.id
        core.save_room(old)
        coming = core.add_message(new, by, {"migrate_from_chat_id": old.id})
        core.push_update("message", coming)
        core.publish({"kind": "reload"})
    return new


def add_member(core: Core, chat: str | int, who: str | int) -> None:
    room, person = _get_group(core, chat), get_person(core, who)
    with core.change():
        room.members.append(person.user_id)
        core.save_room(room)
        joined = core.add_message(room, person.as_user(), {"new_chat_members": [person.as_user()]})
        core.push_update("message", joined)
        core.publish({"kind": "reload"})


def remove_member(core: Core, chat: str | int, who: str | int) -> None:
    room, person = _get_group(core, chat), get_person(core, who)
    with core.change():
        room.members.remove(person.user_id)
        core.save_room(room)
        left = core.add_message(room, person.as_user(), {"left_chat_member": person.as_user()})
        core.push_update("message", left)
        core.publish({"kind": "reload"})


def kick_bot(core: Core, chat: str | int) -> None:
    _set_bot_status(core, chat, "kicked")


def return_bot(core: Core, chat: str | int, *, as_admin: bool = False) -> None:
    """Takes the bot back into a group; as an administrator it sees every message."""
    _set_bot_status(core, chat, "administrator" if as_admin else "member")


def _set_bot_status(core: Core, chat: str | int, status: str) -> None:
    room = _get_group(core, chat)
    if room.bot_status == status:
        return
    with core.change():
        before, room.bot_status = room.bot_status, status
        core.save_room(room)
        _tell_membership(core, room, core.people[room.members[0]], before, status)
        core.publish({"kind": "reload"})


def _get_group(core: Core, chat: str | int) -> Room:
    room = core.find_room(chat)
    if room is None or room.is_private:
        raise UserError(f"Bàn thử không có nhóm “{chat}”.")
    return room


def _tell_membership(core: Core, room: Room, by: Persona, before: str, after: str) -> None:
    body: Json = {
        "chat": core.chat_json(room),
        "from": by.as_user(),
        "date": core.timestamp(),
        "old_chat_member": member_json(core.bot_user, before),
        "new_chat_member": member_json(core.bot_user, after),
    }
    core.push_update("my_chat_member", body)


_ADMIN_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


def member_json(user: Json, status: str) -> Json:
    """The Bot API's ChatMember."""
    member: dict[str, Any] = {"status": status, "user": user}
    if status == "kicked":
        member["until_date"] = 0
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member.update({right: right != "is_anonymous" for right in _ADMIN_RIGHTS})
    return member
