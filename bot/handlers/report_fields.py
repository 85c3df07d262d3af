"""What an official table asks beside the words of a report: asked one by one, each can be skipped."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.domain.deadlines import read_deadline
from bot.domain.document_numbers import Citation, find_citation
from bot.domain.typed_days import find_spoken_day
from bot.handlers.dialogues import cancel_button, has_content, read_reason, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.citations import doubt_line
from bot.services.drawing.reports import document_words
from bot.services.standing.views import get_view
from bot.services.tasks import entering
from bot.texts import Html, Texts, clip, join
from db.models import DialogueState

_DAY_AND_MONTH = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})", re.IGNORECASE)
_SOON = timedelta(days=60)
PROGRESS = ("cause", "difficulties", "proposals", "expected")
COMPLETION = ("document", "signatory")
ENTERED = ("document", "arrived", "signatory")


def list_fields(state: DialogueState) -> tuple[str, ...]:
    """The questions for this kind of report."""
    if state.data.get("entering"):
        return ENTERED
    return PROGRESS if state.data["kind"] == "progress" else COMPLETION


def list_unsaid(state: DialogueState) -> list[str]:
    """The questions that have no answer yet."""
    fields = state.data.get("fields", {})
    return [name for name in list_fields(state) if not fields.get(name)]


def is_asking(state: DialogueState) -> bool:
    return bool(state.data.get("asking"))


def draw_question(request: Request, state: DialogueState) -> Screen:
    """The question being asked; where it stands among the others, and the way past it."""
    t, name = request.t, state.data["asking"]
    fields = list_fields(state)
    view = get_view(request.work, state.data["assignment"])
    kept = state.data.get("fields", {}).get("document_number" if name == "document" else name)
    text = join(
        t("report.entering") if state.data.get("entering") else "",
        t("report.about", label=clip(view.clause_label, 200), agency=view.agency_name),
        t("report.question", n=fields.index(name) + 1, total=len(fields)),
        t(f"report.ask_{name}"),
        t("report.said_already", text=clip(_shown(t, kept), 300)) if kept else "",
    )
    rows: Keyboard = []
    if name == "arrived":
        days = (("today", request.work.today), ("yesterday", request.work.today - timedelta(days=1)))
        rows.append(
            [Button(t.plain(f"button.{key}"), f"dlg:{state.token}:day:{day:%Y%m%d}") for key, day in days]
        )
    else:
        rows.append([Button(t.plain("button.skip"), f"dlg:{state.token}:skip")])
    if not state.data.get("entering") or state.data.get("fields", {}).get("arrived"):
        rows[-1].append(Button(t.plain("button.to_preview"), f"dlg:{state.token}:preview"))
    return Screen(text, [*rows, *_back(request, state), [cancel_button(request, state)]])


def _back(request: Request, state: DialogueState) -> Keyboard:
    """From the first question about a document that has come: to the task, unless something is written."""
    is_first = state.data.get("entering") and state.data["asking"] == list_fields(state)[0]
    if is_first and has_content(state):
        return []
    way = "leave" if is_first else "back"
    return [[Button(request.t.plain("button.back"), f"dlg:{state.token}:{way}")]]


def _shown(t: Texts, value: str) -> str:
    try:
        return t.day(date.fromisoformat(value))
    except ValueError:
        return value


def ask_first(state: DialogueState, request: Request) -> None:
    update_dialogue(request.work, state, asking=list_fields(state)[0])


def ask_next(request: Request, state: DialogueState) -> None:
    """The question after the present one; none after the last."""
    fields = list_fields(state)
    place = fields.index(state.data["asking"]) + 1
    update_dialogue(request.work, state, asking=fields[place] if place < len(fields) else None)


def ask_previous(request: Request, state: DialogueState) -> None:
    """The question before the present one; none before the first."""
    fields = list_fields(state)
    place = fields.index(state.data["asking"])
    update_dialogue(request.work, state, asking=fields[place - 1] if place else None)


def ask_last(request: Request, state: DialogueState) -> None:
    update_dialogue(request.work, state, asking=list_fields(state)[-1])


def take_field(request: Request, state: DialogueState) -> None:
    """The answer typed. Raises UserError for one that cannot be read; the draft stays."""
    name = state.data["asking"]
    words = read_reason(request)
    value: dict[str, Any]
    if name == "document":
        value = _read_document(request, words)
    elif name in ("expected", "arrived"):
        value = {name: _read_day(request, name, words).isoformat()}
    else:
        value = {name: words}
    set_fields(request, state, value)
    ask_next(request, state)


def set_fields(request: Request, state: DialogueState, values: Mapping[str, Any]) -> None:
    fields = {**state.data.get("fields", {}), **values}
    if "arrived" in values:
        document = fields.get("document_date")
        entering.check_arrival(
            request.work,
            request.actor,
            date.fromisoformat(fields["arrived"]),
            date.fromisoformat(document) if document else None,
        )
    update_dialogue(request.work, state, fields=fields)


def _read_document(request: Request, words: str) -> dict[str, Any]:
    cited = find_citation(words)
    if cited is None:
        raise request.work.refuse("no_citation", request.actor.language, text=clip(words, 100))
    return _keep(cited)


def _keep(cited: Citation) -> dict[str, Any]:
    on, doubt = cited.on, cited.doubt
    return {
        "document_number": cited.number,
        "document_date": on.isoformat() if on else None,
        "doubt": doubt.as_json() if doubt else None,
    }


def _read_day(request: Request, name: str, words: str) -> date:
    if name == "arrived":
        # A day that has been: the reader of deadlines would take one without a year for the next.
        if (day := _read_past_day(words, request.work.today)) is not None:
            return day
        reading = read_deadline(words[:500], request.work.today - timedelta(days=300), request.work.calendar)
    else:
        reading = read_deadline(words[:500], request.work.today, request.work.calendar)
    if reading.due is None or reading.ambiguous or reading.problem:
        raise request.work.refuse("no_day", request.actor.language, text=clip(words, 100))
    return reading.due


def _read_past_day(words: str, today: date) -> date | None:
    """“20/4”, “hôm qua”: the latest day so called, but for one that is soon to come: a slip, to be told of."""
    if (spoken := find_spoken_day(words, today)) is not None:
        return spoken
    found = _DAY_AND_MONTH.fullmatch(words.strip(" ."))
    if found is None:
        return None
    for year in (today.year + 1, today.year, today.year - 1):
        try:
            day = date(year, int(found[2]), int(found[1]))
        except ValueError:
            continue
        if day <= today + _SOON:
            return day
    return None


def find_document(state: DialogueState, text: str) -> dict[str, Any]:
    """The document named in answer to the question, else the first that the words cite."""
    fields = state.data.get("fields", {})
    if fields.get("document_number"):
        return dict(fields)
    cited = find_citation(text)
    if cited is None:
        return {}
    return _keep(cited)


def draft_values(state: DialogueState, text: str) -> dict[str, Any]:
    """The fields as a draft takes them."""
    fields, document = state.data.get("fields", {}), find_document(state, text)
    expected, on = fields.get("expected"), document.get("document_date")
    return {
        **{name: fields.get(name) for name in ("cause", "difficulties", "proposals", "signatory")},
        "expected_on": date.fromisoformat(expected) if expected else None,
        "document_number": document.get("document_number"),
        "document_date": date.fromisoformat(on) if on else None,
    }


def preview_lines(t: Texts, state: DialogueState, text: str, today: date) -> list[Html]:
    """What the draft says beside its words."""
    fields, document = state.data.get("fields", {}), find_document(state, text)
    lines = []
    if fields.get("arrived"):
        lines.append(t("report.field.arrived", text=t.day(date.fromisoformat(fields["arrived"]))))
    if document.get("document_number"):
        on = document.get("document_date")
        words = document_words(t, document["document_number"], date.fromisoformat(on) if on else None)
        lines.append(t("report.field.document", text=words))
        if on and date.fromisoformat(on) > today:
            lines.append(t("report.document_ahead", day=date.fromisoformat(on)))
    if document.get("doubt"):
        lines.append(doubt_line(t, document["doubt"]))
    for name in ("signatory", "cause", "difficulties", "proposals"):
        if fields.get(name):
            lines.append(t(f"report.field.{name}", text=clip(fields[name], 200)))
    if fields.get("expected"):
        lines.append(t("report.field.expected", text=t.day(date.fromisoformat(fields["expected"]))))
    return lines
