"""What Telegram accepts as buttons."""

import re
from typing import Any

from bot.sandbox.answers import Refused
from bot.sandbox.state import Json

DATA_LIMIT_BYTES = 64
_BUTTONS, _BUTTONS_IN_ROW = 100, 8
_ADDRESS = re.compile(r"(https?|tg)://\S+|[\w-]+(\.[\w-]+)+(/\S*)?")
_DOES = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")


def check_markup(markup: Json | None) -> Json | None:
    """The keyboard as it is kept. Raises Refused (400) for what Telegram would not take."""
    if not markup or "inline_keyboard" not in markup:
        return markup
    rows = [[_checked(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > _BUTTONS or any(len(row) > _BUTTONS_IN_ROW for row in rows):
        raise Refused(400, "REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows}


def _checked(button: Json) -> Json:
    if not button["text"].strip():
        raise Refused(400, "can't parse inline keyboard button: button text must be non-empty")
    actions = [each for each in _DOES if each in button]
    if not actions:
        raise Refused(
            400, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT_BYTES:
        raise Refused(400, "BUTTON_DATA_INVALID")
    if "url" in button and not _ADDRESS.fullmatch(button["url"]):
        raise Refused(400, f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return _kept(button)


def _kept(button: dict[str, Any]) -> Json:
    return {
        key: value
        for key, value in button.items()
        if key in (*_DOES, "text", "style", "icon_custom_emoji_id")
    }
