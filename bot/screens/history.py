"""The record, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from bot.domain.access import Role
from bot.domain.deadlines import read_deadline, word_recurrence
from bot.screens.base import Button, Screen
from bot.screens.tasks import page_buttons, page_line
from bot.texts import CATALOGS, Html, Texts, clip, join

PAGE = 8
_ROLES = tuple(role.value for role in Role)
# What is shown of a change, in this order; anything else stays in `dondoc history --json`.
SHOWN = (
    "status",
    "due",
    "role",
    "product",
    "person",
    "holder",
    "member",
    "absent",
    "cover",
    "since",
    "decides",
    "is_contact",
    "reminders",
    "wanted",
    "agency",
    "into",
    "recurrence",
    "reason",
    "on_whose_word",
    "until",
    "complete_by",
    "days",
    "report",
    "day",
    "language",
    "name",
    "agency_name",
)
# Who or what it is about: also told where it stays the same, or is no more.
ABOUT = ("holder", "member", "absent", "cover", "since")
# Told where there is none any more.
ENDING = ("due", "recurrence")


def describe(t: Texts, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Html]:
    """What was done, and below it from what to what."""
    key = f"event.{action}"
    lines = [t(key) if key in CATALOGS[t.language] else t("event.other", action=action)]
    for name in SHOWN:
        old, new = before.get(name), after.get(name)
        if new is not None and new != old:
            lines.append(_change(t, name, old, new))
        elif old is not None and new is None and name in after and name in (*ABOUT, *ENDING):
            lines.append(_change(t, name, old, "—"))
        elif old is not None and name in ABOUT:
            lines.append(_change(t, name, None, old))
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
    if name == "role" and value in _ROLES:
        return t(f"role.{value}")
    if name == "recurrence":
        return _rule_words(t, str(value))
    if isinstance(value, bool):
        return t("event.yes" if value else "event.no")
    try:
        return t.day(date.fromisoformat(str(value)))
    except ValueError:
        return clip(str(value), 200)


def _rule_words(t: Texts, rule: str) -> str:
    """How documents write it; a rule of a file that has no such words is shown as it is."""
    try:
        wording = word_recurrence(rule)
    except ValueError:
        return clip(rule, 200)
    reads_back = read_deadline(Texts("vi", t.zone, t.office).say(wording)).recurrence == rule
    return t.say(wording) if reads_back else clip(rule, 200)


def _about(t: Texts, entry: Any) -> Html:
    """Whose, and which: the agency and the task, else the document."""
    if entry.agency:
        label = clip(entry.label or "", 80)
        return t("event.about" if label else "event.about_agency", agency=clip(entry.agency, 80), label=label)
    return t("event.about_agency", agency=clip(entry.document, 120)) if entry.document else Html("")


class Source(Protocol):
    """The message a change came by: its number, and while it is kept what it was and where."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def chat(self) -> str | None: ...


def by_which(t: Texts, source: Source) -> str:
    """“Theo nút bấm trong nhóm, số 123”."""
    if source.kind is None:
        return t.plain("event.by_update", n=source.number)
    return t.plain(f"event.by_{source.kind}_{source.chat or 'private'}", n=source.number)


def history(entries: Sequence[Any], t: Texts, *, page: int, total: int, data: str, back: str) -> Screen:
    """One page of entries, the newest first; `data` turns pages, `back` is where one came from."""
    blocks = [
        join(
            t("event.head", at=each.at, who=each.actor or t.plain("event.system")),
            _about(t, each) if not back else "",
            *describe(t, each.action, each.before, each.after),
            t("event.source", source=by_which(t, each.source)) if each.source else "",
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
