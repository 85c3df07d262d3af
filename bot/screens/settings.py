"""What each person sets: language, hours without messages, an agency's contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import Seat
from bot.domain.hours import Span, show_minutes
from bot.screens.base import Button, Screen, in_rows
from bot.screens.people import choose_agency, describe
from bot.texts import Html, Texts, clip, join

LANGUAGES = ("vi", "en")
QUIET_PRESETS: tuple[Span, ...] = ((21 * 60, 6 * 60 + 30), (20 * 60, 7 * 60))


def where(t: Texts, *rooms: str) -> Html:
    """The line at the top: which room of the settings this is."""
    return t("settings.where", path=" › ".join((t.plain("settings.title"), *rooms)))


def back(t: Texts, data: str = "set") -> list[Button]:
    return [Button(t.plain("button.back"), data)]


def chosen(label: str, *, is_on: bool) -> str:
    """A button's words, marked where they are what holds now."""
    return f"✓ {label}" if is_on else label


@dataclass(frozen=True)
class Paused:
    """Since when nothing at all is sent by itself, and which documents' messages wait."""

    at: datetime | None
    documents: Sequence[str]


def paused_lines(paused: Paused, t: Texts) -> Html:
    """Said at the top wherever the state matters; empty where everything goes out."""
    return join(
        t("paused.all", at=paused.at) if paused.at else "",
        t("paused.documents", names=t.names([clip(each, 100) for each in paused.documents], most=3))
        if paused.documents
        else "",
    )


def below_paused(screen: Screen, paused: Paused, t: Texts) -> Screen:
    """The screen with what is paused said above it."""
    return Screen(join(paused_lines(paused, t), screen.text, by="\n\n"), screen.keyboard)


@dataclass(frozen=True)
class Home:
    """What the first screen shows. `rooms`: what this person may enter."""

    name: str
    seats: Sequence[Seat]
    quiet: Span | None
    rooms: Sequence[str]
    paused: Paused


def home(found: Home, t: Texts) -> Screen:
    text = join(
        paused_lines(found.paused, t),
        where(t),
        t("settings.who", name=found.name, roles="; ".join(describe(t, seat) for seat in found.seats)),
        t("settings.language", language=t(f"language.{t.language}")),
        t("settings.quiet", hours=_hours(found.quiet, t)),
    )
    languages = [
        Button(chosen(t.plain(f"language.{each}"), is_on=each == t.language), f"setl:{each}")
        for each in LANGUAGES
    ]
    rooms = [Button(t.plain(f"button.settings_{each}"), _ROOMS[each]) for each in ("quiet", *found.rooms)]
    return Screen(text, [languages, *in_rows(rooms, 1)])


_ROOMS = {
    "quiet": "setq",
    "contacts": "setcp:0",
    "days": "setd",
    "weekly": "setw",
    "ladder": "setrp:0",
    "monitors": "setm",
    "decide": "setg:0",
    "pause": "setp",
}


def _hours(hours: Span | None, t: Texts) -> Html:
    if hours is None:
        return t("quiet.none")
    return t("quiet.hours", start=show_minutes(hours[0]), end=show_minutes(hours[1]))


def quiet(hours: Span | None, t: Texts) -> Screen:
    text = join(
        where(t, t.plain("quiet.room")), t("settings.quiet", hours=_hours(hours, t)), t("quiet.meaning")
    )
    presets = [Button(chosen(t.plain("quiet.off"), is_on=hours is None), "setq:off")]
    for each in QUIET_PRESETS:
        words = t.plain("quiet.hours", start=show_minutes(each[0]), end=show_minutes(each[1]))
        presets.append(Button(chosen(words, is_on=each == hours), f"setq:{each[0]}:{each[1]}"))
    ask = [Button(t.plain("button.settings_other_hours"), "setq:ask")]
    return Screen(text, [*in_rows(presets, 1), ask, back(t)])


def ask(t: Texts, rooms: Sequence[str], question: Html, back_to: str) -> Screen:
    """Asks for something to be typed."""
    return Screen(join(where(t, *rooms), question), [back(t, back_to)])


def choose_contact_agency(t: Texts, agencies: Sequence[tuple[int, str]], page: int) -> Screen:
    title = join(where(t, t.plain("contacts.room")), t("contacts.choose"))
    screen = choose_agency(t, title, agencies, "setc", page)
    return Screen(screen.text, [*screen.keyboard, back(t)])


@dataclass(frozen=True)
class ContactRow:
    """Someone of the agency; `is_contact`: also gets what is overdue for days."""

    member_id: int
    name: str
    roles: Sequence[str]
    is_contact: bool


def contacts(
    t: Texts, agency_id: int, agency: str, rows: Sequence[ContactRow], *, page: int, most: int, back_to: str
) -> Screen:
    """The people of an agency, a button each; those who are contacts are marked."""
    shown = rows[page * most : (page + 1) * most]
    named = [each.name for each in rows if each.is_contact]
    state = t("contacts.named", names=t.names(named)) if named else t("contacts.nobody")
    text = join(
        where(t, t.plain("contacts.room")),
        t("contacts.agency", agency=agency),
        state,
        t("contacts.meaning") if rows else t("contacts.empty"),
    )
    buttons = [
        Button(
            clip(chosen(f"{each.name} ({_roles(each, t)})", is_on=each.is_contact), 60),
            f"setct:{agency_id}:{each.member_id}:{page}",
        )
        for each in shown
    ]
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"setc:{agency_id}:{page - 1}"))
    if (page + 1) * most < len(rows):
        turn.append(Button(t.plain("button.next"), f"setc:{agency_id}:{page + 1}"))
    return Screen(text, [*in_rows(buttons, 1), turn, back(t, back_to)])


def _roles(row: ContactRow, t: Texts) -> str:
    return ", ".join(t.plain(f"role.{each}") for each in row.roles)
