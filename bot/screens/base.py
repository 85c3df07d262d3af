"""A screen is text and rows of buttons; what a button asks for is a short string (Bot API: 1–64 bytes)."""

from dataclasses import dataclass, field
from typing import Any

from bot.domain.harmless import calm

LONGEST = 4000  # of Telegram's 4096, so that a mark more never breaks a message


@dataclass(frozen=True)
class Button:
    """`data` asks the bot for something; `url` opens a link."""

    text: str
    data: str = ""
    url: str = ""

    def as_json(self) -> dict[str, str]:
        text = calm(self.text)  # names stand on buttons as they are
        return {"text": text, "url": self.url} if self.url else {"text": text, "data": self.data}


Keyboard = list[list[Button]]


@dataclass(frozen=True)
class Screen:
    """HTML of at most LONGEST characters, and its buttons."""

    text: str
    keyboard: Keyboard = field(default_factory=list)

    def keyboard_json(self) -> list[list[dict[str, str]]] | None:
        return [[button.as_json() for button in row] for row in self.keyboard if row] or None

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "keyboard": self.keyboard_json()}


def in_rows(buttons: list[Button], width: int) -> Keyboard:
    return [buttons[i : i + width] for i in range(0, len(buttons), width)]
