"""Bot API methods about messages: sending, editing, deleting, answering buttons."""

import time
from typing import Any

from bot.sandbox.answers import Refused
from bot.sandbox.contents import file_content
from bot.sandbox.core import QUERY_LIFE_S, Core
from bot.sandbox.formatting import Formatted, format_text, utf16_length
from bot.sandbox.keyboards import check_markup
from bot.sandbox.people import CAPTION_LIMIT, TEXT_LIMIT, without_reply
from bot.sandbox.pictures import find_picture_size
from bot.sandbox.schema import Upload
from bot.sandbox.state import Json, Room

ANSWER_LIMIT = 200
DELETE_LIFE_S = 48 * 3600
_ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


# --- where a call may go


def get_room(core: Core, chat_id: Any) -> Room:
    """The chat the bot names. Raises Refused: 400 where it does not exist or has become another."""
    room = core.rooms.get(chat_id) if isinstance(chat_id, int) else None
    if room is None:
        raise Refused(400, "chat not found")
    if room.migrated_to is not None:
        moved = {"migrate_to_chat_id": room.migrated_to}
        raise Refused(400, "group chat was upgraded to a supergroup chat", moved)
    return room


def get_open_room(core: Core, chat_id: Any) -> Room:
    """A chat the bot may write to now. Raises Refused: 403 where people or groups have shut it out."""
    room = get_room(core, chat_id)
    if room.is_private:
        if room.is_deactivated:
            raise Refused(403, "user is deactivated")
        if room.is_blocked:
            raise Refused(403, "bot was blocked by the user")
        if not room.has_started:
            raise Refused(403, "bot can't initiate conversation with a user")
    elif room.bot_status == "kicked":
        raise Refused(403, f"bot was kicked from the {room.type} chat")
    elif room.bot_status == "left":
        raise Refused(403, f"bot is not a member of the {room.type} chat")
    return room


# --- sending


def send_message(core: Core, params: Json) -> Json:
    shaped = _shape_text(params)
    content: Json = {"text": shaped.text, **_with_entities("entities", shaped)}
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return _deliver(core, params, content)


def send_document(core: Core, params: Json) -> Json:
    return _deliver(
        core, params, _file_body(core, params["document"], as_photo=False), _shape_caption(params)
    )


def send_photo(core: Core, params: Json) -> Json:
    return _deliver(core, params, _file_body(core, params["photo"], as_photo=True), _shape_caption(params))


def copy_message(core: Core, params: Json) -> Json:
    original = _get_source(core, params, "copy")
    kept = ("text", "entities", "document", "photo", "caption", "caption_entities", "link_preview_options")
    content = {key: original[key] for key in kept if key in original}
    if "caption" in params and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= _shape_caption(params)
    return {"message_id": _deliver(core, params, content)["message_id"]}


def forward_message(core: Core, params: Json) -> Json:
    original = _get_source(core, params, "forward")
    origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
    left_out = ("message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message")
    content = {key: value for key, value in original.items() if key not in left_out}
    return _deliver(core, params, {"forward_origin": origin, **content})


def send_chat_action(core: Core, params: Json) -> bool:
    room = get_open_room(core, params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise Refused(400, "wrong parameter action in request")
    core.publish({"kind": "action", "chat": room.id, "action": params["action"]})
    return True


def _get_source(core: Core, params: Json, verb: str) -> Json:
    room = get_room(core, params["from_chat_id"])
    message = core.find_message(room.id, params["message_id"])
    if message is None:
        raise Refused(400, f"message to {verb} not found")
    if not {"text", "document", "photo"} & set(message):
        raise Refused(400, f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def _deliver(core: Core, params: Json, *contents: Json) -> Json:
    room = get_open_room(core, params["chat_id"])
    content = {key: value for each in contents for key, value in each.items()}
    content |= _shape_reply(core, room, params.get("reply_parameters"))
    markup = check_markup(params.get("reply_markup"))
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if params.get("protect_content"):
        content["has_protected_content"] = True
    return core.add_message(room, core.bot_user, content)


def _shape_reply(core: Core, room: Room, wanted: Json | None) -> Json:
    if not wanted:
        return {}
    original = core.find_message(room.id, wanted["message_id"])
    if original is not None:
        return {"reply_to_message": without_reply(original)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise Refused(400, "message to be replied not found")


def _shape_text(params: Json) -> Formatted:
    shaped = format_text(params.get("text", ""), params.get("parse_mode"), params.get("entities"))
    if not shaped.text:
        raise Refused(400, "message text is empty")
    if utf16_length(shaped.text) > TEXT_LIMIT:
        raise Refused(400, "message is too long")
    return shaped


def _shape_caption(params: Json) -> Json:
    shaped = format_text(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(shaped.text) > CAPTION_LIMIT:
        raise Refused(400, "message caption is too long")
    return {"caption": shaped.text, **_with_entities("caption_entities", shaped)} if shaped.text else {}


def _with_entities(name: str, shaped: Formatted) -> Json:
    return {name: shaped.entities} if shaped.entities else {}


def _file_body(core: Core, given: Upload | str, *, as_photo: bool) -> Json:
    if isinstance(given, Upload):
        if not given.content:
            raise Refused(400, "file must be non-empty")
        if as_photo and find_picture_size(given.content) is None:
            raise Refused(400, "IMAGE_PROCESS_FAILED")
        return file_content(core, given.name, given.content, as_photo=as_photo)
    if given.startswith(("http://", "https://")):
        raise Refused(400, "failed to get HTTP URL content")
    for messages in core.messages.values():
        for message in messages.values():
            found = _file_in(message, given)
            if found and ("photo" in found) == as_photo:
                return found
    raise Refused(400, "wrong file identifier/HTTP URL specified")


def _file_in(message: Json, file_id: str) -> Json | None:
    if message.get("document", {}).get("file_id") == file_id:
        return {"document": message["document"]}
    if any(each["file_id"] == file_id for each in message.get("photo", ())):
        return {"photo": message["photo"]}
    return None


# --- changing what was sent


def edit_message_text(core: Core, params: Json) -> Json:
    message = _get_editable(core, params)
    if "text" not in params:
        raise Refused(400, "message text is empty")
    shaped = _shape_text(params)
    if "text" not in message:
        raise Refused(400, "there is no text in the message to edit")
    content: Json = {"text": shaped.text, **_with_entities("entities", shaped)}
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return _replace(core, message, params, content, ("text", "entities", "link_preview_options"))


def edit_message_caption(core: Core, params: Json) -> Json:
    message = _get_editable(core, params)
    if "text" in message:
        raise Refused(400, "there is no caption in the message to edit")
    return _replace(core, message, params, _shape_caption(params), ("caption", "caption_entities"))


def edit_message_reply_markup(core: Core, params: Json) -> Json:
    return _replace(core, _get_editable(core, params), params, {}, ())


def _get_editable(core: Core, params: Json) -> Json:
    if "inline_message_id" in params:
        raise Refused(400, "MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise Refused(400, "chat_id is empty")
    if "message_id" not in params:
        raise Refused(400, "message identifier is not specified")
    room = get_open_room(core, params["chat_id"])
    message = core.find_message(room.id, params["message_id"])
    if message is None:
        raise Refused(400, "message to edit not found")
    if message["from"]["id"] != core.bot_user["id"] or "forward_origin" in message:
        raise Refused(400, "message can't be edited")
    return message


def _replace(core: Core, message: Json, params: Json, content: Json, replaced: tuple[str, ...]) -> Json:
    markup = check_markup(params.get("reply_markup"))
    left_out = (*replaced, "reply_markup", "edit_date")
    edited = {key: value for key, value in message.items() if key not in left_out} | content
    if markup and markup.get("inline_keyboard"):
        edited["reply_markup"] = markup
    if edited == {key: value for key, value in message.items() if key != "edit_date"}:
        raise Refused(400, _NOT_MODIFIED)
    edited["edit_date"] = core.timestamp()
    core.save_message(edited)
    return edited


def delete_message(core: Core, params: Json) -> bool:
    room = get_open_room(core, params["chat_id"])
    message = core.find_message(room.id, params["message_id"])
    if message is None:
        raise Refused(400, "message to delete not found")
    is_own = message["from"]["id"] == core.bot_user["id"]
    may = is_own or room.is_private or room.bot_status == "administrator"
    if not may or core.timestamp() - message["date"] > DELETE_LIFE_S:
        raise Refused(400, "message can't be deleted for everyone" if may else "message can't be deleted")
    core.drop_message(room.id, message["message_id"])
    return True


# --- buttons


def answer_callback_query(core: Core, params: Json) -> bool:
    query = core.queries.get(params["callback_query_id"])
    if query is None or time.time() - query.asked_at > QUERY_LIFE_S:
        raise Refused(400, _TOO_OLD)
    if utf16_length(params.get("text", "")) > ANSWER_LIMIT:
        raise Refused(400, "MESSAGE_TOO_LONG")
    answer = {"text": params.get("text", ""), "show_alert": params.get("show_alert", False)}
    query.answer = answer | ({"url": params["url"]} if "url" in params else {})
    core.save_query(query)
    core.publish({"kind": "answered", "chat": query.chat_id, "query": query.as_json()})
    return True
