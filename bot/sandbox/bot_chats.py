"""Bot API methods about the bot itself, chats, files and commands."""

import json
import re
from typing import Any

from bot.sandbox.answers import Refused
from bot.sandbox.bot_messages import get_open_room, get_room
from bot.sandbox.core import Core
from bot.sandbox.people import member_json
from bot.sandbox.state import Json, Room

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_COMMANDS, _DESCRIPTION = 100, 256


def get_me(core: Core, params: Json) -> Json:
    abilities = dict.fromkeys(
        (
            "can_read_all_group_messages", "supports_guest_queries", "supports_inline_queries",
            "can_connect_to_business", "has_main_web_app", "has_topics_enabled",
            "allows_users_to_create_topics", "can_manage_bots", "supports_join_request_queries",
        ),
        False,
    )  # fmt: skip
    return {**core.bot_user, "can_join_groups": True, **abilities}


def get_chat(core: Core, params: Json) -> Json:
    room = get_room(core, params["chat_id"])
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    chat = core.chat_json(room)
    return {
        **chat,
        "accent_color_id": abs(room.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


def get_chat_member(core: Core, params: Json) -> Json:
    room, user_id = get_open_room(core, params["chat_id"]), params["user_id"]
    if user_id == core.bot_user["id"]:
        return member_json(core.bot_user, room.bot_status)
    person = core.people.get(user_id)
    if person is None:
        raise Refused(400, "PARTICIPANT_ID_INVALID")
    if user_id not in room.members:
        return member_json(person.as_user(), "left")
    is_owner = not room.is_private and room.members[0] == user_id
    return member_json(person.as_user(), "creator" if is_owner else "member")


def leave_chat(core: Core, params: Json) -> bool:
    room = get_open_room(core, params["chat_id"])
    if room.is_private:
        raise Refused(400, "chat not found")
    room.bot_status = "left"
    core.save_room(room)
    core.publish({"kind": "reload"})
    return True


def get_file(core: Core, params: Json) -> Json:
    record = core.files.get(params["file_id"])
    if record is None:
        raise Refused(400, "invalid file_id")
    if record["file_size"] > DOWNLOAD_LIMIT:
        raise Refused(400, "file is too big")
    return {key: record[key] for key in ("file_id", "file_unique_id", "file_size", "file_path")}


# --- commands and descriptions


def set_my_commands(core: Core, params: Json) -> bool:
    commands = [
        {"command": each["command"], "description": each["description"]} for each in params["commands"]
    ]
    if len(commands) > _COMMANDS:
        raise Refused(400, "BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        each["command"] = each["command"].removeprefix("/")
        if not _COMMAND.fullmatch(each["command"]):
            raise Refused(400, "BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"]) <= _DESCRIPTION:
            raise Refused(400, "BOT_COMMAND_DESCRIPTION_INVALID")
    _store_commands(core, params, commands)
    return True


def delete_my_commands(core: Core, params: Json) -> bool:
    _store_commands(core, params, [])
    return True


def get_my_commands(core: Core, params: Json) -> list[Json]:
    found: list[Json] = _all_commands(core).get(_scope_key(core, params), [])
    return found


def _store_commands(core: Core, params: Json, commands: list[Json]) -> None:
    kept = {**_all_commands(core), _scope_key(core, params): commands}
    core.set_value("commands", {key: value for key, value in kept.items() if value})
    core.publish({"kind": "commands"})


def _all_commands(core: Core) -> Json:
    commands: Json = core.values.get("commands", {})
    return commands


def _scope_key(core: Core, params: Json) -> str:
    scope = params.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        get_room(core, _as_integer(scope["chat_id"]))
    wanted = ("type", "chat_id", "user_id")
    key: list[Any] = [_as_integer(scope[name]) for name in wanted if name in scope]
    return json.dumps([*key, params.get("language_code", "")])


def _as_integer(value: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d+", value) else value


def list_commands_for(core: Core, room: Room, user_id: int, language: str | None = "vi") -> list[Json]:
    """The commands this person sees in this chat: the narrowest scope that has any."""
    if room.is_private:
        scopes: list[list[Any]] = [["chat", room.id], ["all_private_chats"], ["default"]]
    else:
        scopes = [["chat_member", room.id, user_id], ["chat", room.id], ["all_group_chats"], ["default"]]
        if room.members[:1] == [user_id]:
            scopes[1:1] = [["chat_administrators", room.id]]
            scopes[-1:-1] = [["all_chat_administrators"]]
    commands = _all_commands(core)
    for scope in scopes:
        for spoken in dict.fromkeys((language or "", "")):
            found: list[Json] = commands.get(json.dumps([*scope, spoken]), [])
            if found:
                return found
    return []


def set_my_description(core: Core, params: Json) -> bool:
    return _describe(core, "description", params, 512)


def set_my_short_description(core: Core, params: Json) -> bool:
    return _describe(core, "short_description", params, 120)


def _describe(core: Core, name: str, params: Json, limit: int) -> bool:
    text = params.get(name, "")
    if len(text) > limit:
        raise Refused(400, f"{name.replace('_', ' ')} is too long")
    core.set_value(name, {**core.values.get(name, {}), params.get("language_code", ""): text})
    core.publish({"kind": "reload"})
    return True


def set_chat_menu_button(core: Core, params: Json) -> bool:
    if "chat_id" in params:
        get_room(core, params["chat_id"])
    core.set_value(f"menu_button/{params.get('chat_id', '')}", params.get("menu_button"))
    return True
