"""Targets of a document and the numbers reported against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.numbers import show_number
from bot.screens.base import Button, Screen, in_rows
from bot.screens.tasks import page_buttons, page_line
from bot.texts import Html, Texts, clip, join

PAGE = 8
MOST_ROWS = 20


@dataclass(frozen=True)
class TargetWords:
    """What a document wants: `value` in its own words, until a day."""

    id: int
    name: str
    value: str | None
    unit: str | None
    by_on: date | None


def wanted(t: Texts, target: TargetWords) -> Html:
    """“khoảng 430 tổ hợp tác, đến năm 2030”; empty where the document says neither."""
    parts = []
    if target.value:
        parts.append(t("plain", text=with_unit(target.value, target.unit)))
    if target.by_on:
        is_year = (target.by_on.month, target.by_on.day) == (12, 31)
        parts.append(
            t("target.by_year", year=target.by_on.year) if is_year else t("target.by", day=target.by_on)
        )
    return Html(", ".join(parts))


def number_line(t: Texts, target: TargetWords, value: Decimal) -> Html:
    """One number of a report beside what is wanted."""
    shown = amount(t, value, target.unit)
    aim = wanted(t, target)
    key = "target.number_of" if aim else "target.number"
    return t(key, name=clip(target.name, 100), value=shown, **({"wanted": aim} if aim else {}))


def amount(t: Texts, value: Decimal, unit: str | None) -> str:
    return with_unit(show_number(value, t.language), unit)


def with_unit(number: str, unit: str | None) -> str:
    """“1.250 hợp tác xã”, “62,5%”."""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit or ''}".strip()


@dataclass(frozen=True)
class Row:
    """A target on the list: how many agencies have reported, their sum where that says something."""

    document: str
    target: TargetWords
    agencies: int
    total: Decimal | None


def overview(rows: Sequence[Row], t: Texts, page: int) -> Screen:
    """One page of targets; a button each opens its numbers."""
    first = page * PAGE
    shown = rows[first : first + PAGE]
    lines: list[Html] = []
    document = ""
    for n, row in enumerate(shown, first + 1):
        if row.document != document:
            document = row.document
            lines.append(Html("\n" + t("summary.document", document=clip(document, 200))))
        lines.append(_row(t, n, row))
    buttons = [
        Button(t.plain("button.target_n", n=n), f"indt:{row.target.id}:{page}")
        for n, row in enumerate(shown, first + 1)
    ]
    footer = page_line(t, page, len(rows), PAGE) if len(rows) > PAGE else ""
    text = join(t("targets.title"), *(lines or [t("targets.none")]), footer)
    return Screen(text, [*in_rows(buttons, 4), page_buttons(t, "ind", page, len(rows), PAGE)])


def _row(t: Texts, n: int, row: Row) -> Html:
    told = t("targets.told", n=row.agencies) if row.agencies else t("targets.nothing")
    total = t("targets.total", value=amount(t, row.total, row.target.unit)) if row.total is not None else ""
    title = t("targets.row", n=n, name=clip(row.target.name, 100), wanted=wanted(t, row.target) or "—")
    return join(title, join(told, total, by=" · "))


@dataclass(frozen=True)
class Latest:
    """What an agency reported last, and the numbers before it, oldest first."""

    agency: str
    value: Decimal
    as_of: date
    report_id: int
    before: Sequence[tuple[Decimal, date]]


def detail(row: Row, latest: Sequence[Latest], t: Texts, page: int) -> Screen:
    """One target: the latest of each agency, their sum, and each one's series."""
    lines = [_latest(t, each) for each in latest[:MOST_ROWS]]
    more = len(latest) - MOST_ROWS
    text = join(
        t("targets.of", name=clip(row.target.name, 200), wanted=wanted(t, row.target) or "—"),
        t("summary.document", document=clip(row.document, 200)),
        *(lines or [t("targets.nothing")]),
        t("digest.more", count=more) if more > 0 else "",
        t("targets.sum", value=amount(t, row.total, row.target.unit)) if row.total is not None else "",
        by="\n\n",
    )
    return Screen(text, [[Button(t.plain("button.back"), f"ind:{page}")]])


def _latest(t: Texts, each: Latest) -> Html:
    line = t(
        "targets.latest",
        agency=each.agency,
        value=show_number(each.value, t.language),
        day=each.as_of,
        number=each.report_id,
    )
    earlier = [f"{show_number(value, t.language)} ({t.day(day)})" for value, day in each.before[-6:]]
    return join(line, t("targets.before", numbers=" → ".join(earlier)) if earlier else "")
