"""Giving tasks in chat: a question at a time, then all of it at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.screens import messages
from bot.screens.base import LONGEST, Button, Keyboard, Screen, in_rows
from bot.screens.tasks import page_buttons
from bot.texts import Html, Texts, clip, join

PAGE = 8
TITLE = 200
SHOWN_NAMES = 6
NAME = 60
# What is asked, in this order, and the button that changes it.
EDIT = {
    "text": "button.assign_edit_text",
    "lead": "button.assign_edit_lead",
    "coordinating": "button.assign_edit_coordinating",
    "deadline": "button.assign_edit_deadline",
    "source": "button.assign_edit_source",
}
ITEMS = tuple(EDIT)
# What is not asked, but can be added: of the “six clears”, what a task should say.
OPTIONAL = {"product": "button.assign_edit_product", "person": "button.assign_edit_person"}


@dataclass(frozen=True)
class Buttons:
    """The buttons of one dialogue: those it answers to, and the one that ends it."""

    t: Texts
    token: str
    cancel: Button

    def make(self, key: str, data: str, **values: object) -> Button:
        """A button of the catalogue that asks this dialogue for `data`."""
        return Button(self.t.plain(key, **values), self.data(data))

    def data(self, name: str) -> str:
        return f"dlg:{self.token}:{name}"

    def end(self, *, back: bool = True) -> Keyboard:
        return [[self.make("button.back", "back")], [self.cancel]] if back else [[self.cancel]]


@dataclass(frozen=True)
class Choosing:
    """Agencies chosen so far, and what was typed that is not clear: names by id."""

    role: str
    chosen: Sequence[tuple[int, str]]
    groups: Sequence[tuple[int, str, int]] = ()
    agencies: Sequence[tuple[int, str]] = ()
    unclear: str = ""
    unknown: Sequence[str] = ()
    already: Sequence[str] = ()


@dataclass(frozen=True)
class Given:
    """A task of the preview: its words, its deadline in words and as a day, and whom it is for."""

    title: str
    deadline: str
    due: date | None
    lead: Sequence[str]
    coordinating: Sequence[str]
    product: str = ""
    person: str = ""


def ask_text(t: Texts, buttons: Buttons, *, is_further: bool) -> Screen:
    """`is_further`: there is something to go back to."""
    return Screen(t("assign.ask_text"), buttons.end(back=is_further))


def ask_agencies(t: Texts, words: str, found: Choosing, buttons: Buttons) -> Screen:
    """Who leads, or who coordinates: what is chosen, what typed names may mean, and how to go on."""
    ask = t("assign.ask_lead" if found.role == "lead" else "assign.ask_coordinating")
    names = [name for _, name in found.chosen]
    text = join(
        _about(t, words),
        ask if not found.chosen or found.role != "lead" else "",
        t("assign.chosen", n=len(names), names=t.names(names, 12)) if names else "",
        t("assign.leads_already", names=t.names(found.already)) if found.already else "",
        t("assign.unknown", words=t.names([clip(each, 40) for each in found.unknown]))
        if found.unknown
        else "",
        t("assign.choose", words=clip(found.unclear, 100)) if found.unclear else "",
        by="\n\n",
    )
    rows: Keyboard = [
        [buttons.make("button.assign_group", f"group:{key}", name=clip(name, 32), n=n)]
        for key, name, n in found.groups
    ]
    rows += [[Button(clip(name, 60), buttons.data(f"agency:{key}"))] for key, name in found.agencies]
    if names:
        rows.append([buttons.make("button.assign_next", "next")])
        rows.append([buttons.make("button.assign_cut", "cut:0")])
    elif found.role != "lead":
        rows.append([buttons.make("button.skip", "next")])
    return Screen(text, [*rows, *buttons.end()])


def cut_agencies(t: Texts, chosen: Sequence[tuple[int, str]], page: int, buttons: Buttons) -> Screen:
    """The chosen ones, a button each to leave it out."""
    shown = chosen[page * PAGE : (page + 1) * PAGE]
    rows: Keyboard = [
        [buttons.make("button.assign_drop", f"drop:{key}", name=clip(name, 40))] for key, name in shown
    ]
    turn = page_buttons(t, buttons.data("cut"), page, len(chosen), PAGE)
    names = [name for _, name in chosen]
    text = join(t("assign.chosen", n=len(names), names=t.names(names, 12)), t("assign.cut"), by="\n\n")
    end = [[buttons.make("button.assign_next", "next")], [buttons.make("button.back", "chosen")]]
    return Screen(text, [*rows, turn, *end, [buttons.cancel]])


def ask_deadline(
    t: Texts, words: str, buttons: Buttons, counted: str = "", day: date | None = None
) -> Screen:
    """`counted`: what was typed and cannot be counted from the document, which has no date; `day`: from today."""
    undated = t("assign.undated", words=clip(counted, 100)) if counted else ""
    text = join(_about(t, words), undated, t("assign.ask_deadline"), by="\n\n")
    rows: Keyboard = [[buttons.make("button.count_from_today", "fromtoday", day=day)]] if day else []
    return Screen(text, [*rows, [buttons.make("button.no_deadline", "none")], *buttons.end()])


def ask_optional(t: Texts, words: str, item: str, value: str, buttons: Buttons) -> Screen:
    """The product or the person in charge; `value`: what is there already."""
    asked = join(t(f"assign.ask_{item}"), t(f"task.{item}", **{item: clip(value, 200)}) if value else "")
    rows: Keyboard = [[buttons.make("button.assign_leave_out", "leave")]] if value else []
    return Screen(join(_about(t, words), asked, by="\n\n"), [*rows, *buttons.end()])


def confirm_deadline(t: Texts, reading: Html, buttons: Buttons) -> Screen:
    """The deadline read back, for a yes."""
    text = join(reading, t("assign.deadline_right"), by="\n\n")
    return Screen(text, [[buttons.make("button.assign_yes", "yes")], *buttons.end()])


def ask_source(t: Texts, documents: Sequence[tuple[int, str]], counted: str, buttons: Buttons) -> Screen:
    """The documents known already, a button each; `counted`: a deadline that waits for the document's date."""
    rows: Keyboard = [[Button(clip(name, 60), buttons.data(f"doc:{key}"))] for key, name in documents]
    first = t("assign.source_first", words=clip(counted, 100)) if counted else ""
    text = join(first, t("assign.ask_source"), by="\n\n")
    return Screen(text, [*rows, [buttons.make("button.assign_none", "nodoc")], *buttons.end()])


def preview(
    t: Texts,
    tasks: Sequence[Given],
    *,
    document: str,
    doubt: Html,
    agencies: int,
    examples: Sequence[Html],
    unreachable: Sequence[str],
    is_held: bool,
    file: str,
    buttons: Buttons,
) -> Screen:
    """All that will be given, to how many and whom, and the exact words of one message.

    `examples`: these words, and then less and less of them; shown is the first that there is room for.
    """
    above = join(
        t("assign.preview", n=len(tasks), agencies=agencies),
        t("task.document", document=clip(document, 300)),
        doubt,
        t("assign.file", name=clip(file, 100)) if file else "",
        *(_task_lines(t, n, each, len(tasks)) for n, each in enumerate(tasks, 1)),
        by="\n\n",
    )
    below = join(
        t("press.unreachable", names=t.names([clip(each, NAME) for each in unreachable]))
        if unreachable
        else "",
        t("press.preview_held") if is_held else "",
        by="\n\n",
    )
    room = LONGEST - len(above) - len(below)
    fitting = next((each for each in examples if len(each) <= room), "")
    text = join(above, fitting, below, by="\n\n")
    return Screen(text, _preview_buttons(len(tasks), bool(file), buttons))


def _task_lines(t: Texts, n: int, task: Given, total: int) -> Html:
    # Of many tasks each is short, so that all of them fit.
    longest = TITLE if total <= 3 else 80
    few = SHOWN_NAMES if total <= 3 else 2
    lead, beside = ([clip(each, NAME) for each in names] for names in (task.lead, task.coordinating))
    return join(
        t("assign.preview_task", n=n, task=clip(task.title, longest)),
        t("assign.preview_lead", n=len(lead), names=t.names(lead, few)),
        t("assign.preview_coordinating", n=len(beside), names=t.names(beside, few)) if beside else "",
        _deadline_line(t, task),
        t("task.product", product=clip(task.product, longest)) if task.product else "",
        t("task.person", person=clip(task.person, longest)) if task.person else "",
        _lacking_line(t, task),
    )


def _lacking_line(t: Texts, task: Given) -> Html:
    lacking = [name for name in OPTIONAL if not getattr(task, name)]
    return (
        t("task.lacks", what=", ".join(t.plain(f"task.lacks_{name}") for name in lacking))
        if lacking
        else Html("")
    )


def _deadline_line(t: Texts, task: Given) -> Html:
    if not task.deadline and task.due is None:
        return t("assign.no_deadline")
    day = t.day(task.due) if task.due else ""
    words = clip(task.deadline, 80)
    return t("assign.deadline", words=words if not day or day in words else f"{words} ({day})")


def _preview_buttons(tasks: int, has_file: bool, buttons: Buttons) -> Keyboard:
    edit = [buttons.make(key, f"edit:{item}") for item, key in (EDIT | OPTIONAL).items()]
    remove = (
        [buttons.make("button.assign_remove", f"remove:{n}", n=n) for n in range(1, tasks + 1)]
        if tasks > 1
        else []
    )
    return [
        [buttons.make("button.send", "send")],
        [buttons.make("button.assign_more", "more")],
        *in_rows(edit, 2),
        *in_rows(remove, 2),
        [buttons.make("button.assign_drop_file", "nofile")] if has_file else [],
        [buttons.cancel],
    ]


def examples(t: Texts, agency: str, items: Sequence[messages.Item], today: date) -> list[Html]:
    """What the people of one agency will read; of a digest also its beginning alone."""
    title = t("assign.example", agency=agency)
    drawn = [_draw(t, items, today, most) for most in (messages.DIGEST_ROWS, 3, 1)]
    return [join(title, t("press.example", text=each)) for each in drawn]


def _draw(t: Texts, items: Sequence[messages.Item], today: date, most: int) -> Html:
    if len(items) == 1:
        return Html(messages.about_assignment(items[0], t, today).text)
    names = {item.view.agency_name: None for item in items}
    agency = next(iter(names)) if len(names) == 1 else ""
    whole = messages.Whole(len(items), only_new=True, agency=agency, documents=[items[0].view.document])
    lines = [
        messages.Line(messages.digest_line(n, item, whole, t, today), n, item.kind, True, item.view.is_lead)
        for n, item in enumerate(items[:most], 1)
    ]
    return Html(messages.digest(lines, whole, t).text)


def _about(t: Texts, words: str) -> Html:
    return t("assign.task", task=clip(" ".join(words.split()), TITLE))
