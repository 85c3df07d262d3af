"""A task and lists of tasks."""

from collections.abc import Sequence
from datetime import date

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status, Timeliness, days_left, days_overdue
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.texts import Html, Texts, clip, join

PAGE = 8
_MARKS = {
    Timeliness.OVERDUE: "🔴",
    Timeliness.DUE_SOON: "🟠",
    Timeliness.COMPLETED_ON_TIME: "✅",
    Timeliness.COMPLETED_LATE: "☑️",
}


def left_words(view: AssignmentView, t: Texts, today: date) -> Html:
    """“còn 7 ngày”, “quá hạn 5 ngày”: calendar days, as people count."""
    assert view.due is not None
    assert view.met_until is not None
    left = t("days.left", days=days_left(view.due, today))
    why = "days.grace" if view.grace_until == view.met_until else "days.moved"
    if view.due > today:
        moved = t(why, day=view.met_until) if view.met_until != view.due else Html("")
        return join(left, moved, by="; ")
    if not view.is_late(today):
        return t("days.today") if view.met_until == view.due else t(why, day=view.met_until)
    return t("days.overdue", days=days_overdue(view.due, today))


def due_line(view: AssignmentView, t: Texts, today: date) -> Html:
    words = clip(view.deadline_text or "", 200)
    if view.due is None:
        if view.deadline_kind == "ongoing":
            return t("task.ongoing")
        if not view.deadline_confirmed:
            return t("task.unconfirmed", words=words)
        if view.is_settled:
            return t("task.settled_none")
        return t("task.no_due_words", words=words) if words else t("task.no_due")
    has_words = bool(words) and words != t.day(view.due)
    if not view.is_open:
        if has_words:
            return t("task.due_closed_words", day=view.due, words=words)
        return t("task.due_closed", day=view.due)
    left = left_words(view, t, today)
    if has_words:
        return t("task.due_words", day=view.due, words=words, left=left)
    return t("task.due", day=view.due, left=left)


def status_words(view: AssignmentView, t: Texts) -> Html:
    late = view.timeliness in (Timeliness.OVERDUE, Timeliness.COMPLETED_LATE)
    if view.status is Status.AWAITING_CONFIRMATION:
        return t(
            "status.awaiting" if view.due is None else f"status.awaiting_{'late' if late else 'on_time'}"
        )
    if view.status is Status.COMPLETED:
        return t(
            "status.completed" if view.due is None else f"status.completed_{'late' if late else 'on_time'}"
        )
    if view.status is Status.NOT_STARTED and view.acknowledged_at:
        return t("status.acknowledged")
    return t(f"status.{view.status.value}")


def mark(view: AssignmentView) -> str:
    if view.status is Status.AWAITING_CONFIRMATION:
        return "🕓"
    if view.status is Status.COMPLETED:
        return _MARKS.get(view.timeliness, "✅")
    if view.is_open:
        return _MARKS.get(view.timeliness, "⚪️")
    return "🚫" if view.status is Status.WITHDRAWN else "⏸"


def task_lines(view: AssignmentView, t: Texts, today: date) -> Html:
    """The lines every message about one assignment has: clause, task, agency, document, deadline."""
    return join(
        t("digest.row", label=clip(view.clause_label, 200), task=clip(view.task, 400), due=Html("")).rstrip(),
        t("task.agency", role=t(f"assignment_role.{view.role}"), agency=view.agency_name),
        t("task.document", document=clip(view.document, 300)),
        due_line(view, t, today),
    )


def agency_buttons(view: AssignmentView, t: Texts, today: date, *, with_view: bool = True) -> Keyboard:
    """What an agency can do about an assignment now."""
    rows: Keyboard = []
    if view.is_open:
        if view.acknowledged_at is None:
            rows.append([Button(t.plain("button.acknowledge"), f"ack:{view.id}")])
        progress = t.plain("button.progress" if view.is_lead else "button.contribution")
        reports = [Button(progress, f"rep:{view.id}:p")]
        if view.is_lead:
            reports.append(Button(t.plain("button.completion"), f"rep:{view.id}:c"))
        rows.append(reports)
        if view.is_lead and view.due:
            row = [Button(t.plain("button.extension"), f"ext:{view.id}")]
            if view.due > today:
                row.append(Button(t.plain("button.snooze"), f"snz:{view.id}"))
            rows.append(row)
        if not with_view:
            # Rare, so only below the task itself.
            rows.append([Button(t.plain("button.transfer"), f"trf:{view.id}")])
    if with_view:
        rows.append([Button(t.plain("button.view"), f"view:{view.id}")])
    return rows


def task_details(
    view: AssignmentView, t: Texts, today: date, extra: Sequence[str] = (), *, receiver: str = ""
) -> Html:
    """All about one assignment; `receiver`: who has acknowledged it."""
    judged = t(f"timeliness.{view.timeliness.value}") if view.is_open else ""
    status = status_words(view, t)
    return join(
        Html(f"{mark(view)} ") + task_lines(view, t, today),
        t("task.text", text=clip(view.text, 900)) if view.text and view.text != view.task else "",
        t("task.product", product=clip(view.product, 200)) if view.product else "",
        t("task.person", person=clip(view.person, 100)) if view.person else "",
        t("task.coordinating", names=clip(view.coordinating_text, 200)) if view.coordinating_text else "",
        t("task.status_timeliness", status=status, timeliness=judged)
        if judged
        else t("task.status", status=status),
        _received_line(view, t, receiver),
        t("task.complete_by", day=view.complete_by) if view.is_open and view.complete_by else "",
        t("task.submitted", at=view.submitted_at) if view.submitted_at and not view.is_open else "",
        *extra,
    )


def _received_line(view: AssignmentView, t: Texts, receiver: str) -> Html:
    if view.acknowledged_at is None:
        return Html("")
    if not receiver:
        return t("task.acknowledged", at=view.acknowledged_at)
    return t("task.acknowledged_by", at=view.acknowledged_at, name=clip(receiver, 80))


def row_state(view: AssignmentView, t: Texts, today: date) -> Html:
    if view.due is None:
        return t("tasks.row_undated", deadline=due_line(view, t, today), status=status_words(view, t))
    if view.is_open:
        return t("tasks.row_due", day=view.due, left=left_words(view, t, today), status=status_words(view, t))
    return join(t("task.due_closed", day=view.due), status_words(view, t), by=" · ")


def task_list(
    views: Sequence[AssignmentView],
    title: Html,
    t: Texts,
    today: date,
    *,
    page: int,
    total: int,
    data: str,
    by_agency: bool,
) -> Screen:
    """One page of assignments; `data` is the button data that turns pages (`{data}:{page}`)."""
    if not views:
        return Screen(join(title, t("tasks.none"), by="\n\n"))
    first = page * PAGE
    rows = [
        t(
            "tasks.row_agency" if by_agency else "tasks.row",
            n=first + i + 1,
            mark=mark(view),
            agency=view.agency_name,
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            state=row_state(view, t, today),
        )
        for i, view in enumerate(views)
    ]
    numbers = [Button(str(first + i + 1), f"view:{view.id}") for i, view in enumerate(views)]
    footer = page_line(t, page, total) if total > PAGE else t("tasks.hint")
    return Screen(
        join(title, *rows, footer, by="\n\n"), [*in_rows(numbers, 4), page_buttons(t, data, page, total)]
    )


def in_range(page: int, total: int, size: int = PAGE) -> int:
    """The page, or the last one where the list has grown shorter since its button was drawn."""
    return max(0, min(page, (total - 1) // size))


def page_line(t: Texts, page: int, total: int, size: int = PAGE) -> Html:
    return t("tasks.page", page=page + 1, pages=-(-total // size), total=total)


def page_buttons(t: Texts, data: str, page: int, total: int, size: int = PAGE) -> list[Button]:
    row = []
    if page > 0:
        row.append(Button(t.plain("button.previous"), f"{data}:{page - 1}"))
    if (page + 1) * size < total:
        row.append(Button(t.plain("button.next"), f"{data}:{page + 1}"))
    return row
