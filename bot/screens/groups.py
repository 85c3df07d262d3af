"""What the bot shows in a group about the group itself."""

from collections.abc import Sequence
from datetime import datetime

from bot.screens.base import Button, Keyboard, Screen
from bot.texts import Texts, clip, join

# What people can ask for in a group.
MENU = ("viec", "quahan", "denhan", "nhom")


def offer(t: Texts, agencies: Sequence[tuple[int, str]]) -> Screen:
    """To bind the group to one of a person's agencies; to none for who has none."""
    rows: Keyboard = [
        [Button(t.plain("button.group_bind", agency=clip(name, 44)), f"grpb:{key}")] for key, name in agencies
    ]
    return Screen(join(t("group.unbound"), t("group.press_to_bind" if rows else "group.who_binds")), rows)


def state(t: Texts, agency: str, bound_by: str, bound_at: datetime, *, reminders: bool) -> Screen:
    """Whose group it is, and what it gets."""
    text = join(
        t("group.state", agency=agency, name=bound_by, at=bound_at),
        t("group.reminders_on" if reminders else "group.reminders_off"),
        t("group.hint"),
    )
    switch = "button.group_reminders_on" if reminders else "button.group_reminders_off"
    rows = [
        [Button(t.plain(switch), f"grpr:{0 if reminders else 1}")],
        [Button(t.plain("button.group_unbind"), "grpu")],
    ]
    return Screen(text, rows)


def ask_unbind(t: Texts, agency: str) -> Screen:
    rows = [
        [Button(t.plain("button.group_unbind_yes"), "grpuy")],
        [Button(t.plain("button.back"), "grp")],
    ]
    return Screen(t("group.ask_unbind", agency=agency), rows)


def menu(t: Texts) -> list[list[str]]:
    return [[name, t.plain(f"command.{name}")] for name in MENU]
