"""Rooms of `/caidat` about the people of the secretariat: who follows what, and who decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.screens.base import Button, Screen, in_rows
from bot.screens.settings import back, chosen, where
from bot.screens.tasks import page_buttons
from bot.texts import Texts, clip, join

ROWS_A_PAGE = 8


@dataclass(frozen=True)
class Watched:
    """An agency or a document, and its monitor's name where it has one."""

    id: int
    name: str
    monitor: str | None


@dataclass(frozen=True)
class PersonRow:
    """Someone of the secretariat; `is_chosen`: the monitor, or one who decides."""

    member_id: int
    name: str
    is_chosen: bool
    is_reachable: bool = True


def monitors(t: Texts) -> Screen:
    """What a monitor is; by agency or by document."""
    kinds = [
        Button(t.plain("button.monitors_a"), "setml:a:0"),
        Button(t.plain("button.monitors_d"), "setml:d:0"),
    ]
    return Screen(join(where(t, t.plain("monitors.room")), t("monitors.meaning")), [kinds, back(t)])


def choose_watched(t: Texts, of: str, rows: Sequence[Watched], page: int) -> Screen:
    """Agencies (`a`) or documents (`d`), a button each."""
    first = page * ROWS_A_PAGE
    shown = rows[first : first + ROWS_A_PAGE]
    lines = [_line(t, n, each) for n, each in enumerate(shown, first + 1)]
    buttons = [
        Button(t.plain("button.settings_choose_n", n=n), f"setmo:{of}:{each.id}")
        for n, each in enumerate(shown, first + 1)
    ]
    asked = t("monitors.choose_a" if of == "a" else "monitors.choose_d") if rows else t("ladder.nothing")
    turn = page_buttons(t, f"setml:{of}", page, len(rows), ROWS_A_PAGE)
    text = join(where(t, t.plain("monitors.room")), asked, *lines)
    return Screen(text, [*in_rows(buttons, 4), turn, back(t, "setm")])


def _line(t: Texts, n: int, each: Watched) -> str:
    if each.monitor is None:
        return t("monitors.row", n=n, name=clip(each.name, 160))
    return t("monitors.row_named", n=n, name=clip(each.name, 160), monitor=clip(each.monitor, 60))


def choose_monitor(t: Texts, of: str, watched: Watched, people: Sequence[PersonRow], page: int) -> Screen:
    """The people of the secretariat, a button each; the monitor is marked, and cleared by another press."""
    current = next((each for each in people if each.is_chosen), None)
    lost = current is not None and not current.is_reachable
    text = join(
        where(t, t.plain("monitors.room")),
        t("monitors.of", name=clip(watched.name, 300)),
        t("monitors.named", name=watched.monitor) if watched.monitor else t("monitors.nobody"),
        t("monitors.lost") if lost or (watched.monitor and current is None) else "",
        t("monitors.press"),
    )
    data = f"setmt:{of}:{watched.id}"
    rows = [(each, f"{data}:{0 if each.is_chosen else each.member_id}:{page}") for each in people]
    turn = page_buttons(t, f"setmo:{of}:{watched.id}", page, len(people), ROWS_A_PAGE)
    return Screen(text, [*_person_buttons(rows, page), turn, back(t, f"setml:{of}:0")])


def deciding(t: Texts, people: Sequence[PersonRow], page: int, *, is_on: bool) -> Screen:
    """The switch, and who decides."""
    names = [each.name for each in people if each.is_chosen]
    text = join(
        where(t, t.plain("decide.room")),
        t("decide.on" if is_on else "decide.off"),
        t("decide.deciders", names=t.names(names)) if names else t("decide.nobody"),
        t("decide.meaning"),
    )
    rows = [(each, f"setgt:{each.member_id}:{page}") for each in people]
    switch = Button(
        t.plain("button.decide_off" if is_on else "button.decide_on"), f"setgo:{'off' if is_on else 'on'}"
    )
    turn = page_buttons(t, "setg", page, len(people), ROWS_A_PAGE)
    return Screen(text, [*_person_buttons(rows, page), turn, [switch], back(t)])


def _person_buttons(rows: Sequence[tuple[PersonRow, str]], page: int) -> list[list[Button]]:
    shown = rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    return in_rows(
        [Button(clip(chosen(each.name, is_on=each.is_chosen), 60), data) for each, data in shown], 1
    )
