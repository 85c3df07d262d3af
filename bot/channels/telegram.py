"""Telegram by python-telegram-bot: its errors become ours (Bot API, Making requests)."""

import html
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.channels.base import (
    KeyboardJson,
    Later,
    Moved,
    NotThere,
    Outgoing,
    Refused,
    Sent,
    TooFast,
    Unreachable,
)
from bot.channels.requests import ApiRequest, find_proxy
from bot.settings import Settings

POLL_S = 25
WRITE_S = 60  # a file of 20 MB over a slow line
# A button whose screen is already so, or whose query has expired, has been answered well enough.
FORGIVEN = ("message is not modified", "query is too old", "query id is invalid")
# What a refusal says (they come as 403 or as 400), and what it means for the chat. The first that fits.
_REASONS = (
    ("blocked by the user", "blocked"),
    ("user_is_blocked", "blocked"),
    ("can't initiate conversation", "not_started"),
    ("not enough rights", "muted"),
    ("have no rights", "muted"),
    ("need administrator rights", "muted"),
    ("chat_write_forbidden", "muted"),
    ("chat_restricted", "muted"),
    ("chat_send_plain_forbidden", "muted"),
    ("chat_admin_required", "muted"),
    ("topic_closed", "muted"),
    ("chat not found", "gone"),
    ("user not found", "gone"),
    ("user is deactivated", "gone"),
    ("input_user_deactivated", "gone"),
    ("peer_id_invalid", "gone"),
    ("chat_id is empty", "gone"),
    ("channel_private", "gone"),
    ("group chat was deleted", "gone"),
    ("group chat was deactivated", "gone"),
)
# A fault of ours in the words or the buttons: what is to be said is said without them.
_BARE_WORDS = ("can't parse entities", "message is too long", "message_too_long", "entity_text_invalid")
_BARE_BUTTONS = ("button_", "reply markup", "keyboard", "reply_markup", "url host is empty")
TEXT_MOST = 4096  # UTF-16 code units (Bot API, sendMessage)
LONGEST_WAIT_S = 30 * 24 * 3600.0
_TAG = re.compile(r"<[^>]{0,500}>")
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


# The library's next version gives spans of time; without this it warns at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
log = structlog.get_logger()


class RawBot(ExtBot[None]):
    """The library's client, asked for raw results: what it would parse may be less than it expects."""

    async def call(
        self, method: str, arguments: dict[str, Any], *, read_timeout_s: float | None = None
    ) -> Any:
        """A method of the Bot API by its name. Raises TelegramError."""
        if read_timeout_s is None:
            return await self._post(method, arguments, write_timeout=WRITE_S)
        return await self._post(method, arguments, read_timeout=read_timeout_s)

    async def shutdown(self) -> None:
        """Also where Telegram has never answered: the library closes only what it knows to be in use."""
        await super().shutdown()
        for request in self._request:
            await request.shutdown()


def make_bot(settings: Settings) -> RawBot:
    """A client for the server and proxy of the settings."""
    base = settings.api_url
    proxy = settings.proxy or find_proxy(base)
    return RawBot(
        token=settings.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=ApiRequest(32, proxy, read_s=20, write_s=WRITE_S),
        get_updates_request=ApiRequest(2, proxy, read_s=POLL_S + 10),
    )


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Turns the library's errors into ours. BadRequest is a NetworkError there, so it comes first."""
    try:
        yield
    except ChatMigrated as error:
        raise Moved(str(error.new_chat_id)) from error
    except RetryAfter as error:
        raise TooFast(_seconds(error)) from error
    except Forbidden as error:
        raise Unreachable(_reason(error.message) or "gone", error.message) from error
    except BadRequest as error:
        reason = _reason(error.message)
        if reason is not None:
            raise Unreachable(reason, error.message) from error
        raise Refused(error.message) from error
    except InvalidToken as error:
        raise NotThere(f"{type(error).__name__}: {_without_answer(error)}") from error
    except TelegramError as error:
        raise Later(f"{type(error).__name__}: {_without_answer(error)}") from error
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        # An answer that is JSON, and not the Bot API's: a proxy's, or a page for guests of the network.
        raise Later(f"unreadable answer ({type(error).__name__})") from error


def _without_answer(error: TelegramError) -> str:
    return error.message.partition(". Parsing the server response")[0]


def _reason(message: str) -> str | None:
    said = message.lower()
    return next((reason for words, reason in _REASONS if words in said), None)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
    return min(max(seconds, 1.0), LONGEST_WAIT_S)


class TelegramChannel:
    """Messages, and the direct answers that only a chat knows."""

    def __init__(self, bot: RawBot) -> None:
        self._bot = bot

    async def send(self, message: Outgoing) -> Sent:
        answer, bare = await self._say("sendMessage", message)
        # What was delivered stays delivered, however little a server says about it.
        found = answer.get("message_id") if isinstance(answer, dict) else None
        return Sent(found if isinstance(found, int) else None, bare)

    async def edit(self, message_id: int, message: Outgoing) -> None:
        await self._say("editMessageText", message, message_id=message_id)

    async def _say(self, method: str, message: Outgoing, **more: Any) -> tuple[Any, str]:
        """The answer, and why it was said barely. Words that Telegram will not take as they are, are said plainly."""
        content = _content(message)
        try:
            return await self._call(method, **content, **more), ""
        except Refused as error:
            bare = _make_bare(content, str(error).lower())
            if bare is None:
                raise
            log.error("said_barely", method=method, error=str(error)[:120])
            return await self._call(method, **bare, **more), str(error)

    async def answer_button(self, callback_id: str, text: str, *, alert: bool) -> None:
        await self._call("answerCallbackQuery", callback_query_id=callback_id, text=text, show_alert=alert)

    async def send_document(self, address: str, file_id: str) -> None:
        await self._call("sendDocument", chat_id=_chat(address), document=file_id)

    async def upload_document(self, address: str, name: str, content: bytes) -> None:
        """Sends a file of our own."""
        await self._call("sendDocument", chat_id=_chat(address), document=InputFile(content, filename=name))

    async def set_menu(self, address: str | None, commands: list[list[str]]) -> None:
        """The command menu of one chat, or of all others (None)."""
        scope = {"type": "default"} if address is None else {"type": "chat", "chat_id": _chat(address)}
        listed = [{"command": name, "description": what} for name, what in commands]
        await self._call("setMyCommands", commands=listed, scope=scope)

    async def _call(self, method: str, **arguments: Any) -> Any:
        """A method's raw result: only what we need of it is read. Raises DeliveryError."""
        async with translated():
            return await self._bot.call(method, arguments)

    async def get_raw_updates(self, offset: int | None, *, wait_s: int = POLL_S) -> list[dict[str, Any]]:
        """Updates as Telegram gave them, not parsed: one that will not parse must not be in the way."""
        arguments: dict[str, Any] = {"timeout": wait_s, "limit": 100, "allowed_updates": UPDATES}
        if offset is not None:
            arguments["offset"] = offset
        async with translated():
            found = await self._bot.call("getUpdates", arguments, read_timeout_s=wait_s + 10)
        return list(found) if isinstance(found, list) else []

    async def get_webhook(self) -> dict[str, Any]:
        """What Telegram has been told (Bot API, WebhookInfo)."""
        found = await self._call("getWebhookInfo")
        return found if isinstance(found, dict) else {}

    async def set_webhook(self, url: str, secret: str) -> None:
        """Updates go there from now on, also those that wait."""
        await self._call("setWebhook", url=url, secret_token=secret, allowed_updates=UPDATES)

    async def is_open(self, address: str) -> bool:
        """Whether a chat can be written to, found out without a message: “typing” is shown. Raises DeliveryError."""
        try:
            await self._call("sendChatAction", chat_id=_chat(address), action="typing")
        except (Unreachable, Refused, Moved):
            return False
        return True

    async def delete_webhook(self) -> None:
        async with translated():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def download(self, file_id: str) -> bytes:
        """A file's bytes, at most 20 MB (Bot API, getFile)."""
        async with translated():
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())


def _chat(address: str) -> int | str:
    return int(address) if address.lstrip("-").isdigit() else address


def _content(message: Outgoing) -> dict[str, Any]:
    content = {
        "chat_id": _chat(message.address),
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    markup = to_markup(message.keyboard)
    return content if markup is None else {**content, "reply_markup": markup}


def _make_bare(content: dict[str, Any], refusal: str) -> dict[str, Any] | None:
    """The same without what was refused; None where the refusal is about something else."""
    if any(words in refusal for words in FORGIVEN):
        return None
    if any(words in refusal for words in _BARE_WORDS):
        text = cut(html.unescape(_TAG.sub("", content["text"])))
        return {key: value for key, value in content.items() if key != "parse_mode"} | {"text": text}
    if "reply_markup" in content and any(words in refusal for words in _BARE_BUTTONS):
        return {key: value for key, value in content.items() if key != "reply_markup"}
    return None


def cut(text: str, most: int = TEXT_MOST) -> str:
    """As much as one message holds, with a mark where it ends."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def to_markup(keyboard: KeyboardJson) -> dict[str, Any] | None:
    """Inline keyboard (Bot API, InlineKeyboardMarkup)."""
    if not keyboard:
        return None
    rows = [
        [
            {
                "text": each["text"],
                **({"url": each["url"]} if "url" in each else {"callback_data": each["data"]}),
            }
            for each in row
        ]
        for row in keyboard
    ]
    return {"inline_keyboard": rows}
