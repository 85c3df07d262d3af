"""Inside an agency: who holds what, handing on, and who covers."""

from collections.abc import Sequence
from datetime import date

from bot.domain.assignment import AssignmentView
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.screens.steering import about
from bot.screens.tasks import mark, row_state
from bot.texts import Html, Texts, clip, join

SHOWN = 6


def who_holds(
    t: Texts,
    agency: str,
    agency_id: int,
    people: Sequence[tuple[int, str, Sequence[AssignmentView]]],
    free: Sequence[AssignmentView],
    today: date,
) -> Screen:
    """A block a person: how many tasks, how many overdue; a button each to see them."""
    lines = [
        t(
            "handing.person",
            name=name,
            n=len(held),
            overdue=sum(view.is_late(today) for view in held),
        )
        for _key, name, held in people
    ]
    text = join(
        t("handing.title", agency=agency),
        *lines,
        t("handing.free", n=len(free)) if free else t("handing.all_handed"),
    )
    rows: Keyboard = in_rows(
        [Button(clip(name, 30), f"hold:{agency_id}:{key}") for key, name, _ in people], 2
    )
    if free:
        rows.append([Button(t.plain("button.free_tasks", n=len(free)), f"hold:{agency_id}:0")])
    rows.append([Button(t.plain("button.covers"), f"cov:{agency_id}")])
    return Screen(text, rows)


def held(t: Texts, title: Html, views: Sequence[AssignmentView], today: date, back: str) -> Screen:
    """The tasks of one person, or those nobody holds; a button each to hand it on."""
    shown = views[:SHOWN]
    rows = [
        t(
            "tasks.row",
            n=n,
            mark=mark(view),
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            state=row_state(view, t, today),
        )
        for n, view in enumerate(shown, 1)
    ]
    more = len(views) - len(shown)
    buttons = [Button(t.plain("button.hand_on_n", n=n), f"hand:{view.id}") for n, view in enumerate(shown, 1)]
    return Screen(
        join(
            title, *(rows or [t("handing.none")]), t("digest.more", count=more) if more > 0 else "", by="\n\n"
        ),
        [*in_rows(buttons, 2), [Button(t.plain("button.back"), back)]],
    )


def choose_person(
    t: Texts, view: AssignmentView, people: Sequence[tuple[int, str]], *, is_held: bool
) -> Screen:
    rows: Keyboard = [[Button(clip(name, 60), f"handp:{view.id}:{key}")] for key, name in people]
    if is_held:
        rows.append([Button(t.plain("button.hand_to_all"), f"handp:{view.id}:0")])
    rows.append([Button(t.plain("button.back"), f"view:{view.id}")])
    return Screen(t("handing.choose", **about(t, view)), rows)


def covers(t: Texts, rows: Sequence[tuple[int, str, str, date, date]], agency_id: int) -> Screen:
    """Covers of today and to come; a button each to end it."""
    lines = [
        t("handing.cover_row", absent=absent, cover=cover, first=first, last=last)
        for _key, absent, cover, first, last in rows
    ]
    buttons: Keyboard = [
        [Button(t.plain("button.cover_end", name=clip(absent, 30)), f"cove:{key}")]
        for key, absent, *_ in rows
    ]
    text = join(t("handing.covers"), *(lines or [t("handing.no_cover")]), by="\n\n")
    return Screen(
        text,
        [
            *buttons,
            [Button(t.plain("button.cover_new"), f"covn:{agency_id}")],
            [Button(t.plain("button.back"), f"holds:{agency_id}")],
        ],
    )
