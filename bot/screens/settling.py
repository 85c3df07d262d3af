"""Open deadlines: the two lists, and settling one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.saying import Saying
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import in_range, page_buttons, page_line
from bot.texts import Html, Texts, clip, join

PAGE = 6


class Row(Protocol):
    """A task of a list: its words in the document, and the days they can mean."""

    @property
    def clause_label(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str | None: ...
    @property
    def candidates(self) -> tuple[date, ...]: ...
    @property
    def agencies(self) -> int: ...


@dataclass(frozen=True)
class Reading:
    """A deadline to be read back: `due` or the first period's, until when it is met, and for how many agencies."""

    kind: str
    words: Saying
    due: date | None
    met_until: date | None
    agencies: int


def open_list(rows: Sequence[tuple[int, Html]], t: Texts, *, title: str, data: str, page: int) -> Screen:
    """One page of tasks (id, words), a button each."""
    page = in_range(page, len(rows), PAGE)
    first = page * PAGE
    shown = rows[first : first + PAGE]
    lines = [Html(f"{n}. ") + words for n, (_id, words) in enumerate(shown, first + 1)]
    footer = page_line(t, page, len(rows), PAGE) if len(rows) > PAGE else ""
    text = join(t(title, n=len(rows)), *(lines or [t("settle.none_open")]), footer, by="\n\n")
    buttons = [
        [Button(f"{n}. {t.plain('button.settle')}", f"fix:{key}")]
        for n, (key, _words) in enumerate(shown, first + 1)
    ]
    return Screen(text, [*buttons, page_buttons(t, data, page, len(rows), PAGE)])


def row(t: Texts, task: Row) -> Html:
    """A task of a list, with the days its deadline can mean."""
    days = ", ".join(map(t.day, task.candidates))
    return join(
        t("settle.row", label=clip(task.clause_label, 80), task=clip(task.title, 160), n=task.agencies),
        _said(t, task.words),
        t("settle.candidates", days=days) if days else "",
    )


def _said(t: Texts, words: str | None) -> Html:
    return t("settle.words", words=clip(words, 200)) if words else t("settle.no_words")


def describe(t: Texts, label: str, title: str, words: str | None) -> Html:
    """The task whose deadline is being settled, and what the document says of it."""
    return t("settle.task", label=clip(label, 200), task=clip(title, 400), said=_said(t, words))


def settled_line(t: Texts, name: str, at: datetime, reason: str | None) -> Html:
    """Who has settled it, when and why."""
    line = t("settle.before", name=clip(name, 80), at=at)
    return join(line, t("steer.reason", reason=clip(reason, 500)) if reason else "")


def ask(
    t: Texts, described: Html, candidates: Sequence[date], token: str, cancel: Button, *, settled: str = ""
) -> Screen:
    """The task, what can be chosen, and how to type another deadline."""
    none = "button.no_deadline_applies" if candidates else "button.no_deadline"
    rows = [*_day_rows(t, candidates, token), [Button(t.plain(none), f"dlg:{token}:none")], [cancel]]
    return Screen(join(described, settled, t("settle.ask"), by="\n\n"), rows)


def _day_rows(t: Texts, days: Sequence[date], token: str) -> Keyboard:
    return [
        [Button(t.plain("button.apply", what=t.day(day)), f"dlg:{token}:day:{day:%Y%m%d}")] for day in days
    ]


def ambiguous(
    t: Texts, words: str, candidates: Sequence[date], token: str, cancel: Button, *, rule: str
) -> Screen:
    """The readings of what was typed, a button each; `rule`: that it comes back, in words."""
    again = [[Button(t.plain("button.apply", what=rule), f"dlg:{token}:rule")]] if rule else []
    rows = [*_day_rows(t, candidates, token), *again, [cancel]]
    return Screen(t("settle.ambiguous", text=clip(words, 200)), rows)


def in_words(t: Texts, found: Reading, today: date) -> Html:
    """The deadline read back."""
    if found.kind == "none":
        return t("settle.reads_none", n=found.agencies)
    if found.kind == "ongoing":
        return t("settle.reads_ongoing", n=found.agencies)
    key = {
        "date": "settle.reads_date",
        "relative": "settle.reads_date",
        "recurring": "settle.reads_recurring",
    }
    said = t(
        key.get(found.kind, "settle.reads_period"), words=found.words, day=found.due or "—", n=found.agencies
    )
    off = found.met_until != found.due
    return join(
        said,
        t("settle.day_off", day=found.due, until=found.met_until) if off else "",
        t("settle.is_past", day=found.due) if found.met_until and found.met_until < today else "",
    )


def preview(
    t: Texts,
    described: Html,
    reading: Html,
    reason: str,
    to_whom: Html,
    *,
    send: Button | None,
    back: Button,
    cancel: Button,
) -> Screen:
    """What will be settled; without a way to send where a reason is still missing."""
    ask_reason = t("settle.ask_reason" if send else "settle.need_reason")
    shown = t("steer.reason", reason=clip(reason, 1000)) if reason else ask_reason
    text = join(described, t("settle.reads", words=reading), to_whom, shown, by="\n\n")
    return Screen(text, [*([[send]] if send else []), [back], [cancel]])


def to_whom(t: Texts, names: Sequence[str], example: Html) -> Html:
    """Who is told, and the exact words."""
    return join(
        t("settle.to_whom", names=t.names(names)),
        t("press.example", text=example),
        t("settle.held"),
    )


def done(t: Texts, label: str, reading: Html, told: int, rows: Keyboard, *, back: str = "") -> Screen:
    """What was settled, how many agencies are told, and the way back to what is still open (`rows`).

    `back`: the button's data while it can be taken back.
    """
    text = t("settle.done", label=clip(label, 200), words=reading)
    takes_back = [[Button(t.plain("button.take_back"), back)]] if back else []
    key = "settle.told_held" if back else "settle.told"
    return Screen(join(text, t(key, n=told) if told else "", by="\n\n"), [*takes_back, *rows])


def taken_back(t: Texts, label: str, gone: int, rows: Keyboard) -> Screen:
    """The deadline stands as before; `gone`: messages that had been sent."""
    key = "settle.taken_back_some" if gone else "settle.taken_back"
    return Screen(t(key, label=clip(label, 200), n=gone), rows)


def open_rows(t: Texts, *, unsettled: int, unconfirmed: int) -> Keyboard:
    """Buttons of the lists that are not empty."""
    return [
        [Button(t.plain("button.unsettled", n=unsettled), "undl:0")] if unsettled else [],
        [Button(t.plain("button.unconfirmed", n=unconfirmed), "uncf:0")] if unconfirmed else [],
    ]
