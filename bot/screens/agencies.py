"""`/coquan`: agencies, their people, what becomes of them, and who goes on with what of a split one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.assignment import AssignmentView
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.screens.tasks import page_buttons, page_line, row_state
from bot.texts import Html, Texts, clip, join

PAGE = 8
NAME = 40  # of a button
ALIASES = 4
SHOWN_PEOPLE = 12
MOST_TICKED = 60  # of a number that a button can hold
KINDS = ("renamed", "merged", "split", "ended")


@dataclass(frozen=True)
class Row:
    """An agency of a list."""

    id: int
    name: str
    people: int


@dataclass(frozen=True)
class SeatRow:
    """Someone's role; `can_end`: whoever looks may end it."""

    id: int
    name: str
    role: str
    can_end: bool


@dataclass(frozen=True)
class Card:
    """One agency, or the office itself (id 0); `planned`: what becomes of it on a day to come."""

    id: int
    name: str
    seats: Sequence[SeatRow]
    aliases: Sequence[str] = ()
    open: int = 0
    ended: str = ""
    planned: str = ""
    can_change: bool = False
    is_split: bool = False
    is_discreet: bool = False
    back: str = ""


def listing(
    t: Texts, rows: Sequence[Row], page: int, split: Sequence[tuple[int, str, int]], found_by: str = ""
) -> Screen:
    """A page of agencies, or those found by some words; above them what of a split one waits."""
    shown = rows if found_by else rows[page * PAGE : (page + 1) * PAGE]
    title = t("agency.found", words=found_by, n=len(rows)) if found_by else t("agency.list", n=len(rows))
    text = join(
        title,
        page_line(t, page, len(rows), PAGE) if not found_by and len(rows) > PAGE else "",
        *(t("agency.split_waits", agency=name, n=n) for _, name, n in split),
    )
    buttons: Keyboard = [
        [Button(clip(t.plain("button.split_of", agency=name), NAME), f"agw:{key}")] for key, name, _ in split
    ]
    buttons += [[Button(f"{clip(each.name, NAME)} ({each.people})", f"ag:{each.id}")] for each in shown]
    if found_by:
        return Screen(text, [*buttons, [Button(t.plain("button.back"), "agp:0")]])
    buttons.append(page_buttons(t, "agp", page, len(rows), PAGE))
    search = [Button(t.plain("button.agency_find"), "agf"), Button(t.plain("button.agency_add"), "aga")]
    return Screen(text, [*buttons, search, [Button(t.plain("button.office_people"), "ag:0")]])


def card(t: Texts, found: Card) -> Screen:
    """One agency with its people; what may be done, a button each."""
    lines = [
        t("agency.person", name=each.name, role=t(f"role.{each.role}")) for each in found.seats[:SHOWN_PEOPLE]
    ]
    more = len(found.seats) - SHOWN_PEOPLE
    text = join(
        t("agency.title", agency=found.name),
        t("agency.aliases", names=", ".join(found.aliases[:ALIASES])) if found.aliases else "",
        found.ended,
        t("agency.discreet") if found.is_discreet else "",
        found.planned,
        t("agency.open", n=found.open) if found.id and not found.ended else "",
        *(lines or [t("agency.no_people")]),
        t("digest.more", count=more) if more > 0 else "",
    )
    leaving: Keyboard = [
        [Button(t.plain("button.end_role", name=clip(each.name, NAME)), f"agl:{each.id}")]
        for each in found.seats[:SHOWN_PEOPLE]
        if each.can_end
    ]
    rows: Keyboard = []
    if found.id and found.can_change and found.open:
        rows.append([Button(t.plain("button.agency_tasks", n=found.open), f"tasks:{found.id}:0")])
    if found.id and not found.ended:
        rows.append([Button(t.plain("button.invite_here"), f"inva:{found.id}")])
    if found.is_split:
        rows.append([Button(t.plain("button.split_choose"), f"agw:{found.id}")])
    if found.planned and found.can_change:
        rows.append([Button(t.plain("button.agency_cancel"), f"agx:{found.id}")])
    if found.can_change and not found.ended:
        changes = [Button(t.plain(f"button.agency_{kind}"), f"agc:{found.id}:{kind}") for kind in KINDS]
        rows += in_rows(changes, 2)
        other = "off" if found.is_discreet else "on"
        data = f"agd:{found.id}:{int(not found.is_discreet)}"
        rows.append([Button(t.plain(f"button.discreet_{other}"), data)])
    rows += leaving
    if not found.id:
        rows.append([Button(t.plain("button.erase"), "era")])
    return Screen(text, [*rows, [Button(t.plain("button.back"), found.back)] if found.back else []])


def confirm_end(t: Texts, seat: SeatRow, agency: str, held: int, back: str) -> Screen:
    """“Thôi phụ trách”: what happens, before it does."""
    text = join(
        t("agency.confirm_end", name=seat.name, role=t(f"role.{seat.role}"), agency=agency),
        t("agency.confirm_held", n=held) if held else "",
    )
    return Screen(
        text,
        [
            [Button(t.plain("button.end_role_yes"), f"agly:{seat.id}")],
            [Button(t.plain("button.back"), back)],
        ],
    )


@dataclass(frozen=True)
class Asked:
    """Where one is in changing an agency: the dialogue's buttons are `dlg:{token}:…`; `end`: the last rows."""

    token: str
    kind: str
    agency: str
    end: Keyboard
    into: Sequence[str] = field(default=())

    def button(self, label: str, what: str) -> Button:
        return Button(label, f"dlg:{self.token}:{what}")


def ask(t: Texts, asked: Asked, step: str) -> Screen:
    """The next thing to type."""
    is_new = step == "name" and not asked.agency
    text = join(
        t("agency.about", what=t.plain(f"button.agency_{asked.kind}"), agency=asked.agency)
        if step == "day"
        else "",
        t("agency.ask_new") if is_new else t(f"agency.ask_{step}", agency=asked.agency),
        t("agency.chosen", names=", ".join(asked.into)) if asked.into else "",
    )
    rows: Keyboard = []
    if step == "day":
        rows.append([asked.button(t.plain("button.from_today"), "today")])
    if step == "withdraw":
        rows.append([asked.button(t.plain("button.skip"), "skip")])
    if step == "more" and len(asked.into) > 1:
        rows.append([asked.button(t.plain("button.split_done"), "done")])
    return Screen(text, [*rows, *asked.end])


def choose(t: Texts, asked: Asked, words: str, found: Sequence[tuple[int, str]]) -> Screen:
    """Which agency was meant."""
    key = "steer.agency_choose" if found else "steer.agency_unknown"
    rows: Keyboard = [[asked.button(clip(name, 60), f"pick:{number}")] for number, name in found]
    if len(asked.into) > 1:
        rows.append([asked.button(t.plain("button.split_done"), "done")])
    return Screen(t(key, words=clip(words, 60)), [*rows, *asked.end])


def offer_new(t: Texts, asked: Asked, names: Sequence[str]) -> Screen:
    """Agencies nobody has heard of yet, to be added or typed anew."""
    rows: Keyboard = [[asked.button(t.plain("button.add_new", n=len(names)), "new")]]
    if len(asked.into) > 1:
        rows.append([asked.button(t.plain("button.split_done"), "done")])
    text = join(
        t("agency.offer_new", names=clip("; ".join(names), 2500)),
        t("agency.chosen", names=", ".join(asked.into)) if asked.into else "",
    )
    return Screen(text, [*rows, *asked.end])


def preview(t: Texts, asked: Asked, lines: Sequence[Html]) -> Screen:
    """All of it, before it is done."""
    send = asked.button(t.plain("button.confirm_cover"), "send")
    return Screen(join(t("agency.preview"), *lines), [[send], *asked.end])


@dataclass(frozen=True)
class Ticked:
    """A successor of a list, and whether it is chosen."""

    name: str
    is_ticked: bool


def split_choice(
    t: Texts,
    title: Html,
    data: str,
    successors: Sequence[tuple[int, str]],
    *,
    is_person: bool,
    page: int,
    turn: str,
    several: str,
) -> Screen:
    """A button a successor, “Chọn nhiều”, “Tất cả”; a person may also stop. `turn`: what turns the pages."""
    shown = successors[page * PAGE : (page + 1) * PAGE]
    rows: Keyboard = [[Button(clip(name, 60), f"{data}:{key}")] for key, name in shown]
    rows.append(page_buttons(t, turn, page, len(successors), PAGE))
    more = [Button(t.plain("button.split_several"), several)] if 2 < len(successors) <= MOST_TICKED else []
    rows.append([*more, Button(t.plain("button.split_all", n=len(successors)), f"{data}:all")])
    if is_person:
        rows.append([Button(t.plain("button.end_role_yes"), f"{data}:none")])
    return Screen(title, [*rows, [Button(t.plain("button.back"), "agp:0")]])


def split_several(
    t: Texts, title: Html, rows: Sequence[Ticked], page: int, tick: str, choose: str, back: str
) -> Screen:
    """The successors with a tick each. `tick`, `choose`: what the buttons ask for, before the ticks as a number."""
    mask = sum(1 << n for n, each in enumerate(rows) if each.is_ticked)
    count = sum(each.is_ticked for each in rows)
    shown = list(enumerate(rows))[page * PAGE : (page + 1) * PAGE]
    keyboard: Keyboard = [
        [
            Button(
                ("☑ " if each.is_ticked else "☐ ") + clip(each.name, 56),
                f"{tick}:{len(rows)}.{mask ^ (1 << n)}:{page}",
            )
        ]
        for n, each in shown
    ]
    keyboard.append(page_buttons(t, f"{tick}:{len(rows)}.{mask}", page, len(rows), PAGE))
    if count:
        done = t.plain("button.split_chosen", n=count)
        keyboard.append([Button(done, f"{choose}:m{len(rows)}.{mask}")])
    return Screen(title, [*keyboard, [Button(t.plain("button.back"), back)]])


def split_task(t: Texts, view: AssignmentView, today: date) -> Html:
    """A task that waits for its successor."""
    return t(
        "agency.split_task",
        label=clip(view.clause_label, 80),
        task=clip(view.task, 300),
        state=row_state(view, t, today),
    )


def split_over(t: Texts, agency: str) -> Screen:
    """Nothing of it waits any more."""
    return Screen(t("agency.split_over", agency=agency), [[Button(t.plain("button.back"), "agp:0")]])


def choose_person_to_erase(t: Texts, rows: Sequence[tuple[int, str, str]], found: int) -> Screen:
    """Whose data: those that the words may mean, with their roles."""
    lines = [t("erase.row", name=clip(name, 80), roles=clip(roles, 120)) for _, name, roles in rows]
    more = t("erase.more", n=found - len(rows)) if found > len(rows) else ""
    buttons: Keyboard = [[Button(clip(name, 60), f"erac:{key}")] for key, name, _ in rows]
    text = join(t("erase.choose"), *lines, more)
    return Screen(text, [*buttons, [Button(t.plain("button.back"), "ag:0")]])


def confirm_erasing(t: Texts, member_id: int, name: str, roles: str) -> Screen:
    """What erasing means, before it is done."""
    rows = [
        [Button(t.plain("button.erase_yes"), f"eray:{member_id}")],
        [Button(t.plain("button.back"), "ag:0")],
    ]
    return Screen(t("erase.confirm", name=clip(name, 80), roles=clip(roles, 200)), rows)


def erased(t: Texts, pseudonym: str) -> Screen:
    """It is done."""
    return Screen(t("erase.done", name=pseudonym), [[Button(t.plain("button.back"), "ag:0")]])


def choose_own(t: Texts, rows: Sequence[Row]) -> Screen:
    """A head of several agencies chooses one."""
    return Screen(t("tasks.choose_agency"), [[Button(clip(each.name, 60), f"ag:{each.id}")] for each in rows])


def gone(t: Texts) -> Screen:
    """To someone who has ended the own role."""
    return Screen(t("agency.gone"))


def done(t: Texts, text: Html, agency_id: int) -> Screen:
    """After a change; a button to the agency as it is now."""
    return Screen(
        text,
        [
            [Button(t.plain("button.agency_open"), f"ag:{agency_id}")],
            [Button(t.plain("button.back"), "agp:0")],
        ],
    )
