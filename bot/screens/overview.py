"""What the secretariat and the leadership look at: overdue, upcoming, totals, pressing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import ByOriginal, Counts, Timeliness, days_overdue
from bot.screens.base import LONGEST, Button, Keyboard, Screen, in_rows
from bot.screens.tasks import in_range, left_words, mark, page_buttons, page_line, status_words
from bot.texts import Html, Texts, clip, join

PAGE = 8
MOST_WAITING = 5


@dataclass(frozen=True)
class WaitingRow:
    """A report that waits for confirmation: its number and when it was handed in."""

    view: AssignmentView
    report_id: int
    at: datetime


@dataclass(frozen=True)
class Overdue:
    """A page of what is overdue, by agency, and the first that wait for confirmation; and how many of each."""

    views: Sequence[AssignmentView]
    count: int
    waiting: Sequence[WaitingRow]
    count_waiting: int
    unreachable: Collection[str]
    can_press: bool
    can_view: bool


def overdue(found: Overdue, t: Texts, today: date, page: int) -> Screen:
    """One page: by agency, days overdue; waiting reports apart, on the first page."""
    lines: list[Html] = []
    agency = ""
    for n, view in enumerate(found.views, page * PAGE + 1):
        if view.agency_name != agency:
            agency = view.agency_name
            lines.append(Html("\n" + t("overdue.agency", agency=agency)))
            if agency in found.unreachable:
                lines.append(t("overdue.unreachable"))
        lines.append(_overdue_row(n, view, t, today))
    body = join(*lines) if found.count else t("overdue.none")
    waiting = _waiting_lines(found, t) if page == 0 else Html("")
    footer = page_line(t, page, found.count, PAGE) if found.count > PAGE else ""
    text = join(t("overdue.title", day=today), body, Html("\n") + waiting if waiting else "", footer)
    rows = [*_overdue_buttons(found, t, page), [Button(t.plain("button.upcoming"), "soon:0")]]
    return Screen(text, rows)


def _overdue_row(n: int, view: AssignmentView, t: Texts, today: date) -> Html:
    assert view.due is not None
    return t(
        "overdue.row",
        n=n,
        label=clip(view.clause_label, 80),
        task=clip(view.task, 120),
        due=view.due,
        days=days_overdue(view.due, today),
    )


def _waiting_lines(found: Overdue, t: Texts) -> Html:
    if not found.waiting:
        return Html("")
    rows = [_waiting_row(row, t) for row in found.waiting]
    return join(t("overdue.waiting", count=found.count_waiting), *rows)


def _waiting_row(row: WaitingRow, t: Texts) -> Html:
    late = row.view.timeliness is Timeliness.OVERDUE
    return t(
        "overdue.waiting_row",
        agency=row.view.agency_name,
        label=clip(row.view.clause_label, 80),
        number=row.report_id,
        at=row.at,
        judged=t("overdue.judged_late" if late else "overdue.judged_on_time"),
    )


def _overdue_buttons(found: Overdue, t: Texts, page: int) -> Keyboard:
    rows: Keyboard = []
    first = page * PAGE + 1
    if found.can_press:
        press = [
            Button(t.plain("button.press_n", n=n), f"prs:{view.id}")
            for n, view in enumerate(found.views, first)
        ]
        rows += in_rows(press, 3)
        if found.views:
            rows.append([Button(t.plain("button.press_all", n=found.count), "prs:all")])
    elif found.can_view:
        views = [
            Button(t.plain("button.view_n", n=n), f"view:{view.id}")
            for n, view in enumerate(found.views, first)
        ]
        rows += in_rows(views, 2)
    rows.append(page_buttons(t, "over", page, found.count, PAGE))
    if found.can_press and found.count_waiting:
        rows.append([Button(t.plain("button.waiting", n=found.count_waiting), "wait:0")])
    return rows


def waiting(shown: Sequence[WaitingRow], count: int, t: Texts, page: int) -> Screen:
    """A page of the reports to confirm, oldest first; a button each."""
    lines = [_waiting_row(row, t) for row in shown]
    buttons = [Button(t.plain("button.report_n", n=row.report_id), f"repv:{row.report_id}") for row in shown]
    return Screen(
        join(t("overdue.waiting", count=count), *lines),
        [
            *in_rows(buttons, 2),
            page_buttons(t, "wait", page, count, PAGE),
            [Button(t.plain("button.back"), "over:0")],
        ],
    )


def upcoming(
    views: Sequence[AssignmentView], t: Texts, today: date, until: date, page: int, *, can_view: bool
) -> Screen:
    page = in_range(page, len(views), PAGE)
    shown = list(views)[page * PAGE : (page + 1) * PAGE]
    rows = [
        t(
            "upcoming.row",
            n=n,
            mark=mark(view),
            agency=view.agency_name,
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            due=view.due or "",
            left=left_words(view, t, today),
            status=status_words(view, t),
        )
        for n, view in enumerate(shown, page * PAGE + 1)
    ]
    body = join(*rows, by="\n\n") if views else t("upcoming.none", days=(until - today).days)
    buttons = [
        Button(t.plain("button.view_n", n=n), f"view:{view.id}")
        for n, view in enumerate(shown, page * PAGE + 1)
    ]
    footer = page_line(t, page, len(views), PAGE) if len(views) > PAGE else ""
    return Screen(
        join(t("upcoming.title", day=until), body, footer, by="\n\n"),
        [
            *(in_rows(buttons, 2) if can_view else []),
            page_buttons(t, "soon", page, len(views), PAGE),
            [Button(t.plain("button.overdue"), "over:0")],
        ],
    )


def summary(
    documents: Sequence[tuple[str, Counts, ByOriginal | None]],
    t: Texts,
    at: datetime,
    *,
    unreachable: Sequence[str],
    unacknowledged: int,
    late: int = 0,
    open_deadlines: tuple[int, int] = (0, 0),
    has_targets: bool = False,
) -> Screen:
    """The official counting: total; completed (on time, late); not completed (within, overdue), by document.

    `late`: not acknowledged after 2 working days; `open_deadlines`: none yet, to be confirmed.
    """
    blocks = [
        join(_summary_block(name, counts, t), original_line(t, original))
        for name, counts, original in documents
    ]
    text = join(
        t("summary.title", at=at),
        *blocks,
        t("summary.unacknowledged", n=unacknowledged) if unacknowledged else "",
        t("summary.unreachable", n=len(unreachable), names=t.names(unreachable)) if unreachable else "",
        by="\n\n",
    )
    buttons = [Button(t.plain("button.overdue"), "over:0"), Button(t.plain("button.upcoming"), "soon:0")]
    none, two = open_deadlines
    rows = [
        buttons,
        [Button(t.plain("button.targets"), "ind:0")] if has_targets else [],
        [Button(t.plain("button.unacknowledged", n=late), "unak:0")] if late else [],
        [Button(t.plain("button.unsettled", n=none), "undl:0")] if none else [],
        [Button(t.plain("button.unconfirmed", n=two), "uncf:0")] if two else [],
    ]
    return Screen(text if len(text) <= LONGEST else clip(text, LONGEST), rows)


def original_line(t: Texts, original: ByOriginal | None) -> Html:
    """The counting by the deadlines given first; nothing where none was extended."""
    if original is None:
        return Html("")
    counts = original.counts
    return t(
        "summary.original",
        n=original.extended,
        completed_on_time=counts.completed_on_time,
        completed_late=counts.completed_late,
        within=counts.open_within,
        overdue=counts.open_overdue,
    )


def count_lines(t: Texts, counts: Counts) -> list[Html]:
    """The official counting: total, completed (on time, late), not completed (within, overdue)."""
    return [
        t("summary.total", n=counts.total),
        t(
            "summary.completed",
            n=counts.completed,
            on_time=counts.completed_on_time,
            late=counts.completed_late,
        ),
        t(
            "summary.not_completed",
            n=counts.not_completed,
            within=counts.open_within,
            overdue=counts.open_overdue,
        ),
    ]


def _summary_block(name: str, counts: Counts, t: Texts) -> Html:
    awaiting = counts.awaiting_on_time + counts.awaiting_late
    return join(
        t("summary.document", document=clip(name, 300)),
        *count_lines(t, counts),
        t("summary.awaiting", n=awaiting, on_time=counts.awaiting_on_time, late=counts.awaiting_late)
        if awaiting
        else "",
        t("summary.undated", n=counts.undated) if counts.undated else "",
        t("summary.suspended", n=counts.suspended) if counts.suspended else "",
    )


def unacknowledged(views: Sequence[AssignmentView], t: Texts, page: int) -> Screen:
    """One page of agencies that have not acknowledged, by task; a button each."""
    page = in_range(page, len(views), PAGE)
    first = page * PAGE
    shown = views[first : first + PAGE]
    lines: list[Html] = []
    task_id = 0
    for n, view in enumerate(shown, first + 1):
        if view.task_id != task_id:
            task_id = view.task_id
            label = clip(view.own_label or view.clause_label, 80)
            heading = t("unacknowledged.task", label=label, task=clip(view.task, 120))
            lines.append(Html("\n" + heading))
        lines.append(t("unacknowledged.agency", n=n, agency=view.agency_name, at=view.assigned_at))
    footer = page_line(t, page, len(views), PAGE) if len(views) > PAGE else ""
    buttons = [
        Button(t.plain("button.view_n", n=n), f"view:{view.id}") for n, view in enumerate(shown, first + 1)
    ]
    return Screen(
        join(t("unacknowledged.title"), *(lines or [t("unacknowledged.none")]), footer),
        [*in_rows(buttons, 2), page_buttons(t, "unak", page, len(views), PAGE)],
    )


def press_preview(
    views: Sequence[AssignmentView], unreachable: Sequence[str], example: str, t: Texts, data: str
) -> Screen:
    """How many, to whom, the exact words of one; then **Gửi**."""
    agencies = len({view.agency_id for view in views})
    text = join(
        t("press.preview", count=len(views), agencies=agencies),
        t("press.example", text=Html(example)),
        t("press.unreachable", names=t.names(unreachable)) if unreachable else "",
        t("press.preview_held") if len({view.answering_id for view in views}) > 1 else "",
    )
    return Screen(text, [[Button(t.plain("button.send"), data), Button(t.plain("button.cancel"), "over:0")]])
