"""What the secretariat sets for all: days off, the weekly digest, the reminder ladder, the pause."""

from collections.abc import Sequence
from datetime import date

from bot.domain.office_days import OfficeDay
from bot.domain.policy import Policy
from bot.domain.typed_policy import ITEMS, LISTS
from bot.screens.base import LONGEST, Button, Keyboard, Screen, in_rows
from bot.screens.settings import back, chosen, where
from bot.texts import Html, Texts, clip, join

OWN_A_PAGE = 12
ROWS_A_PAGE = 8
MOST_DAYS = 60
WEEKLY_TIMES = ("08:00", "10:00", "14:00", "15:00", "16:00")
WORKING_DAYS = range(5)


def days(
    rows: Sequence[OfficeDay],
    t: Texts,
    year: int,
    years: Sequence[int],
    page: int,
    *,
    said: Html | None = None,
) -> Screen:
    """A year's days as the calendar has them; the office's own are marked and can be taken away."""
    own = [each for each in rows if each.is_own]
    lines = [_day_line(each, t) for each in rows[:MOST_DAYS]]
    text = join(
        said or "",
        where(t, t.plain("days.room")),
        t("days.year", year=year),
        *lines,
        t("days.more", count=len(rows) - MOST_DAYS) if len(rows) > MOST_DAYS else "",
        t("days.legend") if own else "",
    )
    other = [Button(chosen(str(each), is_on=each == year), f"setd:{each}") for each in years]
    return Screen(
        text if len(text) <= LONGEST else clip(text, LONGEST),
        [
            other,
            *_remove_buttons(own, t, year, page),
            [Button(t.plain("button.settings_add_day"), f"setda:{year}")],
            back(t),
        ],
    )


def _day_line(row: OfficeDay, t: Texts) -> Html:
    what = t(f"days.is_{row.kind}")
    line = t(
        "days.row_named" if row.name else "days.row", day=_short(row.day), what=what, name=clip(row.name, 80)
    )
    return t("days.own", row=line) if row.is_own else line


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"


def _remove_buttons(own: Sequence[OfficeDay], t: Texts, year: int, page: int) -> Keyboard:
    shown = own[page * OWN_A_PAGE : (page + 1) * OWN_A_PAGE]
    buttons = [
        Button(t.plain("button.settings_remove_day", day=_short(each.day)), f"setdx:{each.day.isoformat()}")
        for each in shown
    ]
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"setd:{year}:{page - 1}"))
    if (page + 1) * OWN_A_PAGE < len(own):
        turn.append(Button(t.plain("button.next"), f"setd:{year}:{page + 1}"))
    return [*in_rows(buttons, 3), turn]


def added_days(added: Sequence[tuple[date, str, str]], t: Texts) -> Html:
    """What became of typed days: day, kind, remark."""
    return join(
        *(
            t(
                "days.added",
                day=day,
                what=t(f"days.is_{kind}"),
                remark=Html(" ") + t(f"days.remark.{remark}") if remark else "",
            )
            for day, kind, remark in added
        )
    )


def weekly(on: int, at: str, t: Texts) -> Screen:
    text = join(
        where(t, t.plain("weekly.room")),
        t("weekly.now", day=t(f"weekday.{on}"), time=at),
        t("weekly.meaning"),
    )
    weekdays = [
        Button(chosen(t.plain(f"weekday.short.{each}"), is_on=each == on), f"setw:on:{each}")
        for each in WORKING_DAYS
    ]
    times = [
        Button(chosen(each, is_on=each == at), f"setw:at:{each.replace(':', '')}") for each in WEEKLY_TIMES
    ]
    ask = Button(t.plain("button.settings_other_time"), "setw:ask")
    return Screen(text, [weekdays, *in_rows([*times, ask], 3), back(t)])


def choose_ladder(
    t: Texts, rows: Sequence[tuple[int, str]], page: int, *, document_id: int | None = None
) -> Screen:
    """One of the documents, or one of a document's tasks."""
    is_task = document_id is not None
    shown = rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    first = page * ROWS_A_PAGE + 1
    lines = [t("ladder.row", n=n, name=clip(name, 160)) for n, (_, name) in enumerate(shown, first)]
    of = "t" if is_task else "d"
    buttons = [
        Button(t.plain("button.settings_choose_n", n=n), f"setr:{of}:{key}")
        for n, (key, _) in enumerate(shown, first)
    ]
    pager = f"setrt:{document_id}" if is_task else "setrp"
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"{pager}:{page - 1}"))
    if (page + 1) * ROWS_A_PAGE < len(rows):
        turn.append(Button(t.plain("button.next"), f"{pager}:{page + 1}"))
    asked = t("ladder.choose_task" if is_task else "ladder.choose") if rows else t("ladder.nothing")
    return Screen(
        join(where(t, t.plain("ladder.room")), asked, *lines),
        [*in_rows(buttons, 4), turn, back(t, f"setr:d:{document_id}" if is_task else "set")],
    )


def ladder(
    t: Texts, of: str, key: int, name: str, policy: Policy, *, is_own: bool, document_id: int
) -> Screen:
    """The ladder in words; a button an item."""
    above = "ladder.is_default" if of == "d" else "ladder.is_documents"
    text = join(
        where(t, t.plain("ladder.room")),
        t("ladder.of", name=clip(name, 300)),
        t("ladder.is_own") if is_own else t(above),
        *(ladder_line(t, policy, item) for item in ITEMS),
    )
    items = [Button(t.plain(f"ladder.item.{item}"), f"seti:{of}:{key}:{item}") for item in ITEMS]
    more = []
    if is_own:
        more.append(Button(t.plain("button.settings_reset"), f"setx:{of}:{key}"))
    if of == "d":
        more.append(Button(t.plain("button.settings_of_task"), f"setrt:{key}:0"))
    back_to = "setrp:0" if of == "d" else f"setrt:{document_id}:0"
    return Screen(text, [*in_rows(items, 2), *in_rows(more, 1), back(t, back_to)])


def ladder_line(t: Texts, policy: Policy, item: str) -> Html:
    """What one item says."""
    if item in LISTS:
        return t(f"ladder.line.{item}", value=_days_words(t, getattr(policy, item)))
    if item == "weekly_on":
        return t("ladder.line.weekly_on", value=t(f"weekday.{policy.weekly_on}"))
    if item == "at":
        return t("ladder.line.at", value=f"{policy.at:%H:%M}")
    number = getattr(policy, item)
    if not number:
        return t("ladder.line_never", item=t(f"ladder.item.{item}"))
    return t(f"ladder.line.{item}", value=number)


def _days_words(t: Texts, days: Sequence[int]) -> Html:
    ahead = ", ".join(str(each) for each in days if each)
    parts = [t("ladder.days", days=ahead)] if ahead else []
    if 0 in days:
        parts.append(t("ladder.on_the_day"))
    if len(parts) == 2:
        return t("ladder.and", first=parts[0], second=parts[1])
    return parts[0] if parts else t("ladder.none")


def ask_weekday(t: Texts, of: str, key: int, rooms: Sequence[str], question: Html) -> Screen:
    """The day of the weekly reminder is chosen, not typed."""
    buttons = [
        Button(t.plain(f"weekday.short.{each}"), f"seti:{of}:{key}:weekly_on:{each}") for each in WORKING_DAYS
    ]
    return Screen(join(where(t, *rooms), question), [buttons, back(t, f"setr:{of}:{key}")])
