"""Writes `botapi.json`: the part of the public Bot API reference that the sandbox speaks, in its own layout.

`python -m bot.sandbox.trim REFERENCE` reads a reference of the shape
`{"version", "methods": {name: {"returns": [type], "fields": {field: [[types], required]}}}, "types": {…}}`.
"""

import json
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("botapi.json")

METHODS = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "logOut",
    "close",
    "sendMessage",
    "sendDocument",
    "sendPhoto",
    "copyMessage",
    "forwardMessage",
    "sendChatAction",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "deleteMessage",
    "answerCallbackQuery",
    "getFile",
    "getChat",
    "getChatMember",
    "leaveChat",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
]

TYPES = [
    "Update",
    "WebhookInfo",
    "User",
    "Chat",
    "ChatFullInfo",
    "AcceptedGiftTypes",
    "Message",
    "MessageId",
    "MaybeInaccessibleMessage",
    "InaccessibleMessage",
    "MessageEntity",
    "MessageOrigin",
    "MessageOriginUser",
    "PhotoSize",
    "Document",
    "File",
    "LinkPreviewOptions",
    "ReplyParameters",
    "ReplyKeyboardMarkup",
    "KeyboardButton",
    "ReplyKeyboardRemove",
    "ForceReply",
    "InlineKeyboardMarkup",
    "InlineKeyboardButton",
    "CopyTextButton",
    "CallbackQuery",
    "ResponseParameters",
    "ChatMemberUpdated",
    "ChatMember",
    "ChatMemberOwner",
    "ChatMemberAdministrator",
    "ChatMemberMember",
    "ChatMemberLeft",
    "ChatMemberBanned",
    "BotCommand",
    "BotCommandScope",
    "BotCommandScopeDefault",
    "BotCommandScopeAllPrivateChats",
    "BotCommandScopeAllGroupChats",
    "BotCommandScopeAllChatAdministrators",
    "BotCommandScopeChat",
    "BotCommandScopeChatAdministrators",
    "BotCommandScopeChatMember",
    "MenuButton",
    "MenuButtonCommands",
    "MenuButtonDefault",
]

_PLAIN = ("Integer", "String", "Boolean", "Float", "InputFile")


def trim(reference: dict[str, Any]) -> dict[str, Any]:
    """Keeps METHODS and TYPES; a field of a type left out is left out too, unless it is required."""
    return {
        "version": reference["version"],
        "methods": {name: _method(reference["methods"][name]) for name in METHODS},
        "types": {name: _type(reference["types"][name]) for name in TYPES},
    }


def _method(row: dict[str, Any]) -> dict[str, Any]:
    return {"returns": "|".join(row["returns"]), **_fields(row["fields"])}


def _type(row: dict[str, Any]) -> dict[str, Any]:
    if "subtypes" in row:
        return {"one_of": [name for name in row["subtypes"] if name in TYPES]}
    return _fields(row["fields"])


def _fields(fields: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, dict[str, str]] = {"required": {}, "optional": {}}
    for name, (types, is_required) in fields.items():
        known = [each for each in types if _core(each) in (*_PLAIN, *TYPES)]
        if known:
            kept["required" if is_required else "optional"][name] = "|".join(known)
        elif is_required:
            raise ValueError(f"the required field {name} is of a type that is not kept: {types}")
    return kept


def _core(type_name: str) -> str:
    return type_name.removeprefix("Array of ").removeprefix("Array of ")


def main() -> None:
    reference = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(trim(reference), ensure_ascii=False, indent=1, sort_keys=True)
    DATA.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
