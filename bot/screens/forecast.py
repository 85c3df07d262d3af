"""What will be sent in the days to come, and why."""

import html
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from bot.domain.forecast import Expected
from bot.screens.base import LONGEST, Button, Keyboard, Screen, in_rows
from bot.screens.tasks import in_range, page_buttons, page_line
from bot.texts import Html, Texts, clip, join

DAYS_A_PAGE = 5
ROWS_A_PAGE = 7
MOST_GROUPS = 4


def why(each: Expected, t: Texts) -> Html:
    """“Trước hạn 5 ngày làm việc”, and from which day off it was moved."""
    words = _step_words(each, t)
    if each.moved_from is not None:
        words = t(
            "forecast.moved",
            why=words,
            weekday=weekday(each.moved_from, t),
            day=each.moved_from,
            name=clip(each.moved_name, 60) or t("forecast.day_off"),
        )
    return t("forecast.late", why=words) if each.is_late else words


def plain_why(each: Expected, t: Texts) -> str:
    return html.unescape(why(each, t))


def held_words(each: Expected, t: Texts) -> str | None:
    """Why nothing will be sent, in plain text; None where it will."""
    return t.plain(f"forecast.held.{each.held}") if each.held else None


def _step_words(each: Expected, t: Texts) -> Html:
    if each.step == "due-0" and each.kind == "before":
        return t("forecast.why.due")
    return t(f"forecast.why.{each.kind}", n=each.step.rpartition("-")[2])


def weekday(day: date, t: Texts) -> str:
    return t.plain(f"weekday.{day.weekday()}")


def _weekday_first(day: date, t: Texts) -> str:
    words = weekday(day, t)
    return words[0].upper() + words[1:]


def days(found: Sequence[Expected], t: Texts, now: datetime, until: date, page: int) -> Screen:
    """One page of days: how many reminders to how many agencies, and why; a button each."""
    by_day = [(day, list(each)) for day, each in groupby(found, key=lambda each: each.on)]
    page = in_range(page, len(by_day), DAYS_A_PAGE)
    shown = by_day[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    title = t("forecast.title", day=until)
    if not by_day:
        ahead = (until - now.astimezone(t.zone).date()).days
        return Screen(join(title, t("forecast.none", days=ahead), by="\n\n"))
    footer = page_line(t, page, len(by_day), DAYS_A_PAGE) if len(by_day) > DAYS_A_PAGE else ""
    blocks = [_day_block(day, each, t) for day, each in shown]
    text = join(title, *blocks, join(t("forecast.as_of", at=now), footer), by="\n\n")
    buttons = [
        Button(
            t.plain("button.forecast_day", weekday=_weekday_first(day, t), day=day, count=len(each)),
            f"fcd:{day:%Y%m%d}:0",
        )
        for day, each in shown
    ]
    return Screen(text, [*in_rows(buttons, 2), page_buttons(t, "fc", page, len(by_day), DAYS_A_PAGE)])


def _day_block(day: date, found: Sequence[Expected], t: Texts) -> Html:
    sent = [each for each in found if not each.held]
    groups = Counter((why(each, t), clip(each.view.clause_label, 70)) for each in sent).most_common()
    lines = [
        t("forecast.group", why=words, label=label, count=count)
        for (words, label), count in groups[:MOST_GROUPS]
    ]
    rest = sum(count for _, count in groups[MOST_GROUPS:])
    held = Counter(each.held for each in found if each.held)
    agencies = len({each.view.answering_id for each in sent})
    return join(
        t("forecast.day", weekday=_weekday_first(day, t), day=day, count=len(sent), agencies=agencies),
        *lines,
        t("forecast.more", count=rest) if rest else "",
        *(
            t("forecast.not_sent", count=count, reason=t(f"forecast.held.{reason}"))
            for reason, count in held.items()
        ),
    )


def day_list(found: Sequence[Expected], t: Texts, day: date, page: int) -> Screen:
    """One page of a day's reminders; a button each to see the task, unless its period is yet to be made."""
    back = [Button(t.plain("button.forecast"), "fc:0")]
    page = in_range(page, len(found), ROWS_A_PAGE)
    shown = found[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    if not shown:
        return Screen(t("forecast.gone"), [back])
    first = page * ROWS_A_PAGE + 1
    rows = [_row(n, each, t) for n, each in enumerate(shown, first)]
    footer = page_line(t, page, len(found), ROWS_A_PAGE) if len(found) > ROWS_A_PAGE else ""
    title = t("forecast.day_title", weekday=_weekday_first(day, t), day=day, count=len(found))
    views = [
        Button(t.plain("button.view_n", n=n), f"view:{each.view.id}")
        for n, each in enumerate(shown, first)
        if each.view.id
    ]
    turn = page_buttons(t, f"fcd:{day:%Y%m%d}", page, len(found), ROWS_A_PAGE)
    keyboard: Keyboard = [*in_rows(views, 2), turn, back]
    text = join(title, *rows, footer, by="\n\n")
    assert len(text) <= LONGEST
    return Screen(text, keyboard)


def _row(n: int, each: Expected, t: Texts) -> Html:
    state = t("forecast.recipients", n=each.recipients) if each.recipients else t("forecast.nobody")
    if each.to is not None and each.to.key != each.view.agency_key:
        state = t("forecast.to", state=state, agency=clip(each.to.name, 60))
    return t(
        "forecast.row",
        n=n,
        agency=clip(each.view.agency_name, 70),
        label=clip(each.view.clause_label, 70),
        task=clip(each.view.task, 80),
        time=f"{each.at.astimezone(t.zone):%H:%M}",
        why=why(each, t),
        state=t(f"forecast.held.{each.held}") if each.held else state,
    )
