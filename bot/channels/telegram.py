"""Telegram by python-telegram-bot: its errors become ours (Bot API, Making requests)."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.channels.base import KeyboardJson, Later, Moved, NotThere, Outgoing, Refused, TooFast, Unreachable
from bot.settings import Settings

POLL_S = 25
WRITE_S = 60  # a file of 20 MB over a slow line
# A button whose screen is already so, or whose query has expired, has been answered well enough.
FORGIVEN = ("message is not modified", "query is too old", "query id is invalid")
_GONE = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty", "group chat was deleted")
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


# The library's next version gives spans of time; without this it warns at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class RawBot(ExtBot[None]):
    """The library's client, asked for raw results: what it would parse may be less than it expects."""

    async def call(
        self, method: str, arguments: dict[str, Any], *, read_timeout_s: float | None = None
    ) -> Any:
        """A method of the Bot API by its name. Raises TelegramError."""
        if read_timeout_s is None:
            return await self._post(method, arguments, write_timeout=WRITE_S)
        return await self._post(method, arguments, read_timeout=read_timeout_s)


def make_bot(settings: Settings) -> RawBot:
    """A client for the server and proxy of the settings."""
    base = settings.api_url
    proxy = settings.proxy or None
    return RawBot(
        token=settings.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=32, proxy=proxy, read_timeout=20, write_timeout=WRITE_S, pool_timeout=30
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, proxy=proxy, read_timeout=POLL_S + 10),
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
        blocked = "blocked by the user" in error.message.lower()
        raise Unreachable("blocked" if blocked else "gone", error.message) from error
    except BadRequest as error:
        if any(words in error.message.lower() for words in _GONE):
            raise Unreachable("gone", error.message) from error
        raise Refused(error.message) from error
    except InvalidToken as error:
        raise NotThere(f"{type(error).__name__}: {error.message}") from error
    except NetworkError as error:
        raise Later(f"{type(error).__name__}: {error.message}") from error
    except TelegramError as error:
        raise Later(f"{type(error).__name__}: {error.message}") from error


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


class TelegramChannel:
    """Messages, and the direct answers that only a chat knows."""

    def __init__(self, bot: RawBot) -> None:
        self._bot = bot

    async def send(self, message: Outgoing) -> int | None:
        answer = await self._call("sendMessage", **_content(message))
        # What was delivered stays delivered, however little a server says about it.
        found = answer.get("message_id") if isinstance(answer, dict) else None
        return found if isinstance(found, int) else None

    async def edit(self, message_id: int, message: Outgoing) -> None:
        await self._call("editMessageText", message_id=message_id, **_content(message))

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
