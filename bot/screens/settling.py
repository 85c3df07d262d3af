"""Open deadlines: the two lists, and settling one."""

from collections.abc import Sequence
from datetime import date

from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.screens.tasks import page_buttons, page_line
from bot.texts import Html, Texts, clip, join

PAGE = 6


def open_list(rows: Sequence[tuple[int, Html]], t: Texts, *, title: str, data: str, page: int) -> Screen:
    """One page of tasks (id, words), a button each."""
    first = page * PAGE
    shown = rows[first : first + PAGE]
    lines = [Html(f"{n}. ") + words for n, (_id, words) in enumerate(shown, first + 1)]
    footer = page_line(t, page, len(rows), PAGE) if len(rows) > PAGE else ""
    text = join(t(title, n=len(rows)), *(lines or [t("settle.none_open")]), footer, by="\n\n")
    buttons = [
        Button(f"{n}. {t.plain('button.settle')}", f"fix:{key}")
        for n, (key, _words) in enumerate(shown, first + 1)
    ]
    return Screen(text, [*in_rows(buttons, 1), page_buttons(t, data, page, len(rows), PAGE)])


def row(
    t: Texts, label: str, title: str, words: str | None, candidates: Sequence[date], agencies: int
) -> Html:
    said = t("settle.words", words=clip(words, 200)) if words else t("settle.no_words")
    days = t("settle.candidates", days=", ".join(map(t.day, candidates))) if candidates else ""
    head = t("settle.row", label=clip(label, 80), task=clip(title, 160), n=agencies)
    return join(head, said, days)


def ask(
    t: Texts, described: Html, candidates: Sequence[date], token: str, cancel: Button, *, settled: str = ""
) -> Screen:
    """The task, what can be chosen, and how to type another deadline."""
    rows: Keyboard = [
        [Button(t.plain("button.apply_day", day=day), f"dlg:{token}:day:{day:%Y%m%d}")] for day in candidates
    ]
    none = "button.no_deadline_applies" if candidates else "button.no_deadline"
    rows.append([Button(t.plain(none), f"dlg:{token}:none")])
    return Screen(join(described, settled, t("settle.ask"), by="\n\n"), [*rows, [cancel]])


def ambiguous(t: Texts, words: str, candidates: Sequence[date], token: str, cancel: Button) -> Screen:
    rows = [
        [Button(t.plain("button.apply_day", day=day), f"dlg:{token}:day:{day:%Y%m%d}")] for day in candidates
    ]
    return Screen(t("settle.ambiguous", text=clip(words, 200)), [*rows, [cancel]])


def preview(
    t: Texts,
    described: Html,
    reading: Html,
    reason: str,
    *,
    is_past: bool,
    send: Button | None,
    cancel: Button,
) -> Screen:
    """What will be settled; without a way to send where a reason is still missing."""
    text = join(
        described,
        reading,
        t("settle.is_past") if is_past else "",
        t("steer.reason", reason=clip(reason, 1000))
        if reason
        else t("settle.ask_reason" if send else "settle.need_reason"),
        by="\n\n",
    )
    return Screen(text, [*([[send]] if send else []), [cancel]])
