"""Messages about assignments: reminders, assignment notices, digests, receipts, decisions."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.screens.base import LONGEST, Button, Keyboard, Screen, in_rows
from bot.screens.tasks import agency_buttons, due_line, left_words, task_lines
from bot.texts import Html, Texts, clip, join

DIGEST_ROWS = 8
FEW = 3


@dataclass(frozen=True)
class Item:
    """One notice of a message: its kind, the assignment, the N of “lần N”; who leads what others coordinate."""

    kind: str
    view: AssignmentView
    number: int
    leads: Sequence[str] = ()


@dataclass(frozen=True)
class Whole:
    """What a digest says of all its assignments. `agency`: empty where it is of several; `documents`: by name."""

    count: int
    only_new: bool
    agency: str
    documents: Sequence[str]


class Line(NamedTuple):
    """An assignment in a digest: its words, and what its buttons need."""

    text: Html
    id: int
    kind: str
    is_new: bool
    is_lead: bool


def reminder(item: Item, t: Texts, today: date) -> Screen:
    view = item.view
    title = _reminder_title(item, t, today)
    please = _please(view, t, today) if view.is_lead else t("contribution.please")
    text = join(title, task_lines(view, t, today), _leads_line(item, t), Html("\n") + please)
    return Screen(text, agency_buttons(view, t, today))


def _please(view: AssignmentView, t: Texts, today: date) -> Html:
    if not view.is_late(today):
        return t("reminder.please_before")
    # Something was reported, and maybe returned: that nothing came would be untrue.
    return t(f"reminder.please_{'unfinished' if view.status is Status.IN_PROGRESS else 'after'}")


def _reminder_title(item: Item, t: Texts, today: date) -> Html:
    view = item.view
    if view.due is None:
        return t("assignment.title_again")
    left = left_words(view, t, today)
    if item.kind == "snooze":
        return t("snooze.title", left=left)
    return t(f"reminder.{'after' if view.is_late(today) else 'before'}", n=item.number, left=left)


def title_of(item: Item, t: Texts, today: date) -> Html:
    """The first line of a message about one assignment; it says nothing of what that is."""
    if item.kind == "status":
        return t("question.title")
    if item.kind in ("assignment", "acknowledge"):
        return t("assignment.title_again" if item.kind == "acknowledge" else "assignment.title")
    return _reminder_title(item, t, today)


def assignment(item: Item, t: Texts, today: date) -> Screen:
    view = item.view
    text = join(
        title_of(item, t, today),
        task_lines(view, t, today),
        t("task.product", product=clip(view.product, 200)) if view.product and view.is_lead else "",
        t("task.person", person=clip(view.person, 100)) if view.person and view.is_lead else "",
        t("assignment.coordinating") if not view.is_lead else "",
        _leads_line(item, t),
        "" if view.acknowledged_at else Html("\n") + t("assignment.please"),
    )
    return Screen(text, agency_buttons(view, t, today))


def _leads_line(item: Item, t: Texts) -> Html:
    return t("contribution.leads", names=t.names(item.leads)) if item.leads else Html("")


def question(item: Item, t: Texts, today: date) -> Screen:
    """How an ongoing task stands: asked, not pressed."""
    text = join(title_of(item, t, today), task_lines(item.view, t, today), Html("\n") + t("question.please"))
    progress = Button(t.plain("button.progress"), f"rep:{item.view.id}:p")
    return Screen(text, [[progress], [Button(t.plain("button.view"), f"view:{item.view.id}")]])


def about_assignment(item: Item, t: Texts, today: date) -> Screen:
    if item.kind == "status":
        return question(item, t, today)
    draw = assignment if item.kind in ("assignment", "acknowledge") else reminder
    return draw(item, t, today)


def digest(lines: Sequence[Line], whole: Whole, t: Texts) -> Screen:
    """Several assignments in one message; of many only the first DIGEST_ROWS have their `lines`.

    Never longer than a message may be.
    """
    title = t("digest.title_assignment" if whole.only_new else "digest.title", count=whole.count)
    agency = t("digest.agency", agency=whole.agency) if whole.agency else ""
    names = whole.documents
    document = t("task.document", document=clip(names[0], 300)) if len(names) == 1 else ""
    parts: list[str] = [join(title, agency, document)]
    length = len(parts[0])
    for line in lines:
        length += len("\n\n") + len(line.text)
        if length > LONGEST - 300:
            break
        parts.append(line.text)
    told = len(parts) - 1
    if told < whole.count:
        parts.append(t("digest.more", count=whole.count - told))
    parts.append(t("digest.please"))
    return Screen(join(*parts, by="\n\n"), _digest_buttons(lines[:told], t))


def digest_line(n: int, item: Item, whole: Whole, t: Texts, today: date) -> Html:
    """The words of the n-th assignment of a digest."""
    row = _digest_row(item, t, today, not whole.agency, len(whole.documents) > 1)
    # The title of the whole says what each of them is.
    numbered = [Html(f"{n}. ") + row] if whole.only_new else [_digest_title(n, item, t, today), row]
    return join(*numbered, _leads_line(item, t))


def _digest_buttons(lines: Sequence[Line], t: Texts) -> Keyboard:
    """Everything at hand while there are few; else each task is a tap away."""
    rows: Keyboard = []
    new = [line.id for line in lines if line.is_new]
    if new:
        label = "button.acknowledge" if len(new) == 1 else "button.acknowledge_all"
        rows.append([Button(t.plain(label, n=len(new)), "ack:" + "-".join(map(str, new)))])
    due = [(n, line) for n, line in enumerate(lines, 1) if line.kind not in ("assignment", "acknowledge")]
    if len(due) <= FEW:
        rows += [row for n, line in due for row in _report_buttons(n, line, t)]
    labels = _view_labels(t)
    views = [Button(label, f"view:{line.id}") for label, line in zip(labels, lines, strict=False)]
    return [*rows, *in_rows(views, 2), [Button(labels[-1], "tasks:0:0")]]


@functools.lru_cache(maxsize=16)
def _view_labels(t: Texts) -> Sequence[str]:
    """Those of the tasks of a digest, and after them that of all: the same in every digest."""
    views = [t.plain("button.view_n", n=n) for n in range(1, DIGEST_ROWS + 1)]
    return [*views, t.plain("button.my_tasks")]


def _report_buttons(n: int, line: Line, t: Texts) -> Keyboard:
    progress = t.plain("button.progress" if line.is_lead else "button.contribution")
    rows = [[Button(f"{progress} {n}", f"rep:{line.id}:p")]]
    if line.is_lead and line.kind != "status":
        rows.insert(0, [Button(f"{t.plain('button.completion')} {n}", f"rep:{line.id}:c")])
    return rows


def _digest_title(n: int, item: Item, t: Texts, today: date) -> Html:
    view = item.view
    if item.kind == "status":
        return t("digest.plain", n=n, what=_without_tags(t.plain("question.title")))
    if item.kind in ("assignment", "acknowledge") or view.due is None:
        again = item.kind == "acknowledge"
        title = t.plain("assignment.title_again" if again else "assignment.title")
        return t("digest.plain", n=n, what=_without_tags(title))
    when = "after" if view.is_late(today) else "before"
    return t(f"digest.reminder_{when}", n=n, number=item.number, left=left_words(view, t, today))


def _without_tags(title: str) -> str:
    return title.replace("<b>", "").replace("</b>", "").lstrip("📌💬 ")


def _digest_row(item: Item, t: Texts, today: date, several: bool, with_document: bool) -> Html:
    view = item.view
    due = join(
        due_line(view, t, today),
        t("task.agency", role=t(f"assignment_role.{view.role}"), agency=view.agency_name) if several else "",
        t("task.document", document=clip(view.document, 150)) if with_document else "",
    )
    return t("digest.row", label=clip(view.clause_label, 150), task=clip(view.task, 200), due=due)
