"""Messages about assignments: reminders, assignment notices, digests, receipts, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.assignment import AssignmentView
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
    """What a digest says of all its assignments: how many, of several agencies or one, of which documents."""

    count: int
    only_new: bool
    several: bool
    documents: Sequence[str]


def reminder(item: Item, t: Texts, today: date) -> Screen:
    view = item.view
    late = view.is_late(today)
    when = "after" if late else "before"
    if view.due is None:
        title = t("assignment.title_again")
    elif item.kind == "snooze":
        title = join(t("snooze.title", left=left_words(view, t, today)))
    else:
        title = t(f"reminder.{when}", n=item.number, left=left_words(view, t, today))
    please = t(f"reminder.please_{when}") if view.is_lead else t("contribution.please")
    text = join(title, task_lines(view, t, today), _leads_line(item, t), Html("\n") + please)
    return Screen(text, agency_buttons(view, t, today))


def assignment(item: Item, t: Texts, today: date) -> Screen:
    again = item.kind == "acknowledge"
    view = item.view
    text = join(
        t("assignment.title_again" if again else "assignment.title"),
        task_lines(view, t, today),
        t("assignment.coordinating") if not view.is_lead else "",
        _leads_line(item, t),
        "" if view.acknowledged_at else Html("\n") + t("assignment.please"),
    )
    return Screen(text, agency_buttons(view, t, today))


def _leads_line(item: Item, t: Texts) -> Html:
    return t("contribution.leads", names=t.names(item.leads)) if item.leads else Html("")


def question(item: Item, t: Texts, today: date) -> Screen:
    """How an ongoing task stands: asked, not pressed."""
    text = join(t("question.title"), task_lines(item.view, t, today), Html("\n") + t("question.please"))
    progress = Button(t.plain("button.progress"), f"rep:{item.view.id}:p")
    return Screen(text, [[progress], [Button(t.plain("button.view"), f"view:{item.view.id}")]])


def about_assignment(item: Item, t: Texts, today: date) -> Screen:
    if item.kind == "status":
        return question(item, t, today)
    draw = assignment if item.kind in ("assignment", "acknowledge") else reminder
    return draw(item, t, today)


def digest(shown: Sequence[Item], whole: Whole, t: Texts, today: date) -> Screen:
    """Several assignments in one message; of many only the first DIGEST_ROWS are `shown`, oldest deadline first.

    Never longer than a message may be.
    """
    title = t("digest.title_assignment" if whole.only_new else "digest.title", count=whole.count)
    agency = "" if whole.several else t("digest.agency", agency=shown[0].view.agency_name)
    one = len(whole.documents) == 1
    document = t("task.document", document=clip(whole.documents[0], 300)) if one else ""
    parts = [join(title, agency, document)]
    for n, item in enumerate(shown, 1):
        part = join(_digest_title(n, item, t, today), _digest_row(item, t, today, whole.several, not one))
        if len("\n\n".join([*parts, part])) > LONGEST - 300:
            break
        parts.append(part)
    told = len(parts) - 1
    if told < whole.count:
        parts.append(t("digest.more", count=whole.count - told))
    parts.append(t("digest.please"))
    return Screen(join(*parts, by="\n\n"), _digest_buttons(shown[:told], t))


def _digest_buttons(items: Sequence[Item], t: Texts) -> Keyboard:
    """Everything at hand while there are few; else each task is a tap away."""
    rows: Keyboard = []
    new = [item.view.id for item in items if item.view.acknowledged_at is None]
    if new:
        label = "button.acknowledge" if len(new) == 1 else "button.acknowledge_all"
        rows.append([Button(t.plain(label, n=len(new)), "ack:" + "-".join(map(str, new)))])
    due = [(n, item) for n, item in enumerate(items, 1) if item.kind not in ("assignment", "acknowledge")]
    if len(due) <= FEW:
        rows += [row for n, item in due for row in _report_buttons(n, item, t)]
    views = [Button(t.plain("button.view_n", n=n), f"view:{item.view.id}") for n, item in enumerate(items, 1)]
    return [*rows, *in_rows(views, 2), [Button(t.plain("button.my_tasks"), "tasks:0:0")]]


def _report_buttons(n: int, item: Item, t: Texts) -> Keyboard:
    view = item.view
    rows = [[Button(f"{t.plain('button.progress')} {n}", f"rep:{view.id}:p")]]
    if view.is_lead and item.kind != "status":
        rows.insert(0, [Button(f"{t.plain('button.completion')} {n}", f"rep:{view.id}:c")])
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
