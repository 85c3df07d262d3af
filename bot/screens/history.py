"""The record, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.screens.base import Button, Screen
from bot.screens.tasks import page_buttons, page_line
from bot.texts import CATALOGS, Html, Texts, clip, join

PAGE = 8
# What is shown of a change, in this order; anything else stays in `dondoc history --json`.
SHOWN = (
    "status",
    "due",
    "role",
    "recurrence",
    "reason",
    "on_whose_word",
    "until",
    "report",
    "day",
    "language",
    "name",
    "agency_name",
)


def describe(t: Texts, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Html]:
    """What was done, and below it from what to what."""
    key = f"event.{action}"
    lines = [t(key) if key in CATALOGS[t.language] else t("event.other", action=action)]
    for name in SHOWN:
        old, new = before.get(name), after.get(name)
        if new is not None and new != old:
            lines.append(_change(t, name, old, new))
    return lines


def _change(t: Texts, name: str, old: Any, new: Any) -> Html:
    label = t(f"event.field.{name}")
    if old is None:
        return t("event.value", field=label, after=_show(t, name, new))
    return t("event.change", field=label, before=_show(t, name, old), after=_show(t, name, new))


def _show(t: Texts, name: str, value: Any) -> str:
    if name == "status":
        return t("status.awaiting") if value == "awaiting_confirmation" else t(f"status.{value}")
    if name == "role" and value in ("lead", "coordinating"):
        return t(f"assignment_role.{value}")
    try:
        return t.day(date.fromisoformat(str(value)))
    except ValueError:
        return clip(str(value), 200)


def history(entries: Sequence[Any], t: Texts, *, page: int, total: int, data: str, back: str) -> Screen:
    """One page of entries, the newest first; `data` turns pages, `back` is where one came from."""
    blocks = [
        join(
            t("event.head", at=each.at, who=each.actor or t.plain("event.system")),
            t("event.about", agency=each.agency, label=clip(each.label or "", 80))
            if each.agency and not back
            else "",
            *describe(t, each.action, each.before, each.after),
        )
        for each in entries
    ]
    text = join(
        t("history.title"),
        *(blocks or [t("history.none")]),
        page_line(t, page, total, PAGE) if total > PAGE else "",
        by="\n\n",
    )
    rows = [page_buttons(t, data, page, total, PAGE)]
    if back:
        rows.append([Button(t.plain("button.back"), back)])
    return Screen(text, rows)
