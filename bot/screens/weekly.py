"""The weekly digest, and the summary for the leadership."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import ByOriginal, Counts, days_overdue
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.overview import count_lines, original_line
from bot.texts import Html, Texts, clip, join

SHOWN = 4


@dataclass(frozen=True)
class Running:
    """When the bot did not run (from, until), and since when that is recorded where it is not the whole week."""

    gaps: Sequence[tuple[datetime, datetime]]
    since: datetime | None = None


def digest(
    t: Texts,
    *,
    at: datetime,
    today: date,
    sections: Sequence[tuple[str, Sequence[AssignmentView]]],
    unreachable: Sequence[str],
    undated: int,
    unconfirmed: int,
    running: Running | None = None,
) -> Screen:
    """For the secretariat: a count and the first lines of each list; `sections`: (key, views)."""
    blocks = [_section(t, key, views, today) for key, views in sections]
    text = join(
        t("weekly.title", at=at),
        *blocks,
        t("weekly.unreachable", n=len(unreachable), names=t.names(unreachable, 4)) if unreachable else "",
        t("weekly.open", undated=undated, unconfirmed=unconfirmed) if undated or unconfirmed else "",
        _running(t, running) if running else "",
        by="\n\n",
    )
    return Screen(text, _buttons(t, at, dict(sections), undated, unconfirmed))


def _running(t: Texts, running: Running) -> Html:
    gaps = running.gaps
    if not gaps:
        return t("weekly.ran_since", at=running.since) if running.since else t("weekly.ran")
    lines = [t("weekly.gap", start=start, end=end) for start, end in gaps[-SHOWN:]]
    more = len(gaps) - SHOWN
    return join(t("weekly.gaps", n=len(gaps)), *lines, t("weekly.gaps_more", n=more) if more > 0 else "")


def _section(t: Texts, key: str, views: Sequence[AssignmentView], today: date) -> Html:
    lines = [_line(t, key, view, today) for view in views[:SHOWN]]
    more = len(views) - SHOWN
    return join(t(f"weekly.{key}", n=len(views)), *lines, t("digest.more", count=more) if more > 0 else "")


def _line(t: Texts, key: str, view: AssignmentView, today: date) -> Html:
    values: dict[str, object] = {"agency": view.agency_name, "label": clip(view.clause_label, 80)}
    if key == "newly_overdue" and view.due:
        return t("weekly.line_overdue", days=days_overdue(view.due, today), **values)
    if view.due:
        return t("weekly.line_due", day=view.due, **values)
    return t("weekly.line", **values)


def _buttons(
    t: Texts, at: datetime, sections: dict[str, Sequence[AssignmentView]], undated: int, unconfirmed: int
) -> Keyboard:
    rows: Keyboard = [
        [Button(t.plain("button.overdue"), "over:0"), Button(t.plain("button.upcoming"), "soon:0")]
    ]
    if sections.get("waiting"):
        rows.append([Button(t.plain("button.waiting", n=len(sections["waiting"])), "wait:0")])
    if late := len(sections.get("unacknowledged", ())):
        rows.append([Button(t.plain("button.unacknowledged", n=late), "unak:0")])
    if unconfirmed:
        rows.append([Button(t.plain("button.unconfirmed", n=unconfirmed), "uncf:0")])
    if undated:
        rows.append([Button(t.plain("button.unsettled", n=undated), "undl:0")])
    rows.append([Button(t.plain("button.upward"), f"up:{at:%Y%m%d%H%M}")])
    return rows


def summary(
    t: Texts,
    office_counts: Counts,
    *,
    at: datetime,
    newly: int,
    next_week: int,
    waiting: int,
    original: ByOriginal | None = None,
) -> Screen:
    """For the leadership: the official counting of all documents, and what the week brought."""
    counts = office_counts
    text = join(
        t("upward.title", at=at),
        *count_lines(t, counts),
        original_line(t, original),
        t("upward.week", newly=newly, next_week=next_week, waiting=waiting),
        t("summary.undated", n=counts.undated) if counts.undated else "",
        t("summary.suspended", n=counts.suspended) if counts.suspended else "",
    )
    return Screen(text, [[Button(t.plain("button.overdue"), "over:0")]])


def preview(t: Texts, words: str, viewers: int, data: str) -> Screen:
    """How many, the exact words, then **Gửi**."""
    text = join(t("upward.preview", n=viewers), t("press.example", text=Html(words)), t("press.preview_held"))
    return Screen(text, [[Button(t.plain("button.send"), data), Button(t.plain("button.cancel"), "upx")]])
