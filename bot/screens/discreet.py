"""Messages to a discreet agency."""

from bot.screens.base import Button, Screen
from bot.texts import Html, Texts, join


def in_private(t: Texts, title: Html, assignment_id: int | None) -> Screen:
    """One tap opens it, there where only this person reads."""
    button = Button(t.plain("button.my_tasks"), "tasks:0:0")
    if assignment_id is not None:
        button = Button(t.plain("button.view"), f"view:{assignment_id}")
    return Screen(join(title, t("discreet.open")), [[button]])


def in_group(t: Texts, title: Html, bot_name: str) -> Screen:
    """It is opened elsewhere."""
    link = [[Button(t.plain("button.open_bot"), url=f"https://t.me/{bot_name}")]] if bot_name else []
    return Screen(join(title, t("discreet.open_group")), link)
