"""An agency is found, added, renamed, merged, split or ended: what is typed, step by step, and a preview."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.access import Action
from bot.domain.deadlines import read_deadline
from bot.domain.typed_days import find_spoken_day
from bot.handlers import agencies
from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, end_rows, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens import agencies as screens
from bot.screens.agencies import KINDS, Asked
from bot.screens.base import Screen
from bot.services.agencies import successions
from bot.services.agencies.handovers import list_open_seats, list_unfinished
from bot.services.agencies.successions import Change
from bot.services.context import require
from bot.services.standing.agency_search import read_names, search_agencies
from bot.texts import clip
from db.models import Agency, DialogueState

DIALOGUE = "agency"
_DAY = re.compile(r"(?:từ\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.IGNORECASE)


def find(request: Request) -> Answers:
    """“Tìm cơ quan”."""
    return _start(request, "find", None)


def add(request: Request) -> Answers:
    """“Thêm cơ quan”."""
    return _start(request, "add", None)


def begin(request: Request) -> Answers:
    """Renaming, merging, splitting, ending: the first question."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    agency = request.work.session.get(Agency, request.integer(0))
    kind = request.args[1] if len(request.args) > 1 else ""
    if agency is None or kind not in KINDS:
        raise request.work.refuse("bad_button", request.actor.language)
    if agency.ended_on is not None:
        raise request.work.refuse(
            "agency_ended", request.actor.language, agency=agency.name, day=agency.ended_on
        )
    return _start(request, kind, agency)


def _start(request: Request, kind: str, agency: Agency | None) -> Answers:
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    data: dict[str, object] = {"kind": kind, "agency": agency.id if agency else None, "into": []}
    data["what"] = request.t.plain(f"button.agency_{kind}")
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, DIALOGUE, data)
    return Answers(send=draw(request, state))


def _asked(request: Request, state: DialogueState) -> Asked:
    work, data = request.work, state.data
    agency = work.session.get(Agency, data["agency"]) if data["agency"] else None
    into = [work.session.get_one(Agency, key).name for key in data["into"]]
    return Asked(state.token, data["kind"], agency.name if agency else "", end_rows(request, state), into)


def _step(request: Request, state: DialogueState) -> str:
    """What is still to be said."""
    data, kind = state.data, state.data["kind"]
    if kind == "find":
        return "words"
    if kind in ("add", "renamed"):
        if "name" not in data:
            return "name"
    elif kind == "merged" and not data["into"]:
        return "into"
    elif kind == "split" and not data.get("is_done"):
        return "more" if data["into"] else "split"
    elif kind == "ended" and "reason" not in data and successions.count_left(request.work, data["agency"]):
        return "withdraw"
    return "day" if kind != "add" and "date" not in data else "send"


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the change before it is made."""
    step = _step(request, state)
    if step == "send":
        return _preview(request, state)
    return screens.ask(request.t, _asked(request, state), step)


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed, for the step one is at."""
    words = read_reason(request)
    step = _step(request, state)
    if step == "words":
        end_dialogue(request.work, state)
        return agencies.search(request, words)
    if step in ("into", "split", "more"):
        return _take_names(request, state, words)
    if step == "name":
        _take_name(request, state, words)
    elif step == "withdraw":
        update_dialogue(request.work, state, reason=words)
    else:
        update_dialogue(request.work, state, date=_read_day(request, words).isoformat())
    return Answers(send=draw(request, state))


def _take_name(request: Request, state: DialogueState, words: str) -> None:
    agency = request.work.session.get(Agency, state.data["agency"]) if state.data["agency"] else None
    name = successions.check_name(request.work, request.actor, words, agency)
    update_dialogue(request.work, state, name=name)


def _read_day(request: Request, words: str) -> date:
    """As written on paper, “từ ngày 1/7/2025”; else any phrase. Raises UserError."""
    found = _DAY.fullmatch(words.strip().rstrip("."))
    if found:
        day, month, year = map(int, found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            raise request.work.refuse("no_day", request.actor.language, text=clip(words, 100)) from None
    if (spoken := find_spoken_day(words, request.work.today)) is not None:
        return spoken
    reading = read_deadline(words[:200], request.work.today - timedelta(days=1), request.work.calendar)
    if reading.due is None or reading.problem:
        raise request.work.refuse("no_day", request.actor.language, text=clip(words, 100))
    return reading.due


def _take_names(request: Request, state: DialogueState, words: str) -> Answers:
    """One agency to merge into; of a split one after the other, or several at once."""
    work, data = request.work, state.data
    named = read_names(work, words)
    certain = [key for key in named.certain if key != data["agency"]]
    is_one = data["kind"] == "merged"
    if certain and (len(certain) == 1 or not is_one):
        _add(request, state, certain)
        if not named.unclear and not named.unknown:
            return Answers(send=draw(request, state))
    rest = named.unclear or named.unknown or ([words] if not certain or is_one else [])
    if not rest:
        return Answers(send=draw(request, state))
    found = [(each.id, each.name) for each in search_agencies(work, rest[0]) if each.id != data["agency"]]
    if not found and not is_one and named.unknown:
        return _offer_new(request, state, named.unknown)
    return Answers(send=screens.choose(request.t, _asked(request, state), rest[0], found))


def _offer_new(request: Request, state: DialogueState, words: Sequence[str]) -> Answers:
    """Successors that are not there yet, such as communes founded on that day: added with one tap."""
    names = [successions.check_name(request.work, request.actor, each, None) for each in words]
    update_dialogue(request.work, state, new=names)
    return Answers(send=screens.offer_new(request.t, _asked(request, state), names))


def add_new(request: Request, state: DialogueState) -> Answers:
    """“Thêm N cơ quan mới”: they are there from now on, and succeed."""
    work = request.work
    if not state.data.get("new"):
        raise work.refuse("old_button", request.actor.language)
    added = [successions.add(work, request.actor, name).id for name in state.data["new"]]
    update_dialogue(work, state, new=[])
    _add(request, state, added)
    return Answers(edit=draw(request, state))


def _add(request: Request, state: DialogueState, keys: list[int]) -> None:
    into = list(dict.fromkeys([*state.data["into"], *keys]))
    update_dialogue(request.work, state, into=into if state.data["kind"] == "split" else into[-1:])


def pick(request: Request, state: DialogueState) -> Answers:
    """The agency pressed."""
    agency = request.work.session.get(Agency, request.integer(2))
    if agency is None or agency.ended_on is not None or agency.id == state.data["agency"]:
        raise request.work.refuse("no_agency", request.actor.language)
    _add(request, state, [agency.id])
    return Answers(edit=draw(request, state))


def done(request: Request, state: DialogueState) -> Answers:
    """“Đã đủ”: all successors are named."""
    update_dialogue(request.work, state, is_done=True)
    return Answers(edit=draw(request, state))


def today(request: Request, state: DialogueState) -> Answers:
    """“Từ hôm nay”."""
    update_dialogue(request.work, state, date=request.work.today.isoformat())
    return Answers(edit=draw(request, state))


def skip_reason(request: Request, state: DialogueState) -> Answers:
    """Nothing is withdrawn: the agency ends on a day by which it has no task any more."""
    update_dialogue(request.work, state, reason="")
    return Answers(edit=draw(request, state))


def _change(request: Request, state: DialogueState) -> Change:
    work, data = request.work, state.data
    if _step(request, state) != "send" or data["kind"] not in KINDS:
        raise work.refuse("old_button", request.actor.language)
    return Change(
        data["kind"],
        work.session.get_one(Agency, data["agency"]),
        date.fromisoformat(data["date"]),
        name=data.get("name", ""),
        into=tuple(work.session.get_one(Agency, key) for key in data["into"]),
        reason=data.get("reason", ""),
    )


def _preview(request: Request, state: DialogueState) -> Screen:
    work, t, data = request.work, request.t, state.data
    asked = _asked(request, state)
    if data["kind"] == "add":
        return screens.preview(t, asked, [t("agency.preview_add", name=data["name"])])
    change = successions.check(work, request.actor, _change(request, state))
    new = change.name or ", ".join(each.name for each in change.into) or "—"
    agency_id = change.agency.id
    lines = [t(f"succession.{change.kind}", day=change.effective_on, old=change.agency.name, new=new)]
    if change.kind != "renamed":
        tasks, people = len(list_unfinished(work, agency_id)), len(list_open_seats(work, agency_id))
        lines.append(t("agency.preview_counts", tasks=tasks, people=people))
    if change.reason:
        lines.append(t("steer.reason", reason=clip(change.reason, 500)))
    if change.effective_on > work.today:
        lines.append(t("agency.preview_later"))
    return screens.preview(t, asked, lines)


def send(request: Request, state: DialogueState) -> Answers:
    """**Xác nhận**: done, or planned for its day."""
    work, t = request.work, request.t
    if state.data["kind"] == "add":
        if "name" not in state.data:
            raise work.refuse("old_button", request.actor.language)
        agency = successions.add(work, request.actor, state.data["name"])
        end_dialogue(work, state)
        return Answers(edit=screens.done(t, t("agency.added", agency=agency.name), agency.id))
    change = _change(request, state)
    rows = successions.make(work, request.actor, change)
    end_dialogue(work, state)
    key = "agency.done" if rows[0].applied_at else "agency.done_later"
    text = t(key, agency=change.agency.name, day=change.effective_on)
    follows = change.into[0].id if change.kind == "merged" and rows[0].applied_at else change.agency.id
    return Answers(edit=screens.done(t, text, follows))
