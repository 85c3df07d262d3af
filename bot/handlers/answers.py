"""Answers as data: stored with the update, performed after it has been applied, again after a crash."""

from dataclasses import dataclass, field
from typing import Any

from bot.screens.base import Screen
from bot.texts import clip


@dataclass(frozen=True)
class Answers:
    """At most one new message an update, so that a crash can repeat no more than one.

    `toast` answers a button (≤ 200 characters, Bot API answerCallbackQuery); `edit` redraws the message
    the button is on; `document` is a file id to send; `menu` the commands of the chat, name and meaning.
    Of the answers to an album's parts (`album`: its id) only the last need be sent. `to`: another chat that
    the new message and the document go to. `menus`: the commands of other chats, each with its id.
    `upload`: a file of our own to send, its SHA-256 and its name; of a file that Telegram has as well (`document`)
    for another bot. `lost`: what is said where the file is not there.
    """

    toast: str = ""
    alert: bool = False
    edit: Screen | None = None
    send: Screen | None = None
    document: str = ""
    album: str = ""
    to: str = ""
    upload: tuple[str, str] | None = None
    lost: Screen | None = None
    menu: list[list[str]] = field(default_factory=list)
    menus: list[list[Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "toast": clip(self.toast, 200),
            "alert": self.alert,
            "edit": self.edit.as_json() if self.edit else None,
            "send": self.send.as_json() if self.send else None,
            "document": self.document,
            "album": self.album,
            "to": self.to,
            "upload": list(self.upload) if self.upload else None,
            "lost": self.lost.as_json() if self.lost else None,
            "menu": self.menu,
            "menus": self.menus,
        }


NOTHING = Answers()
