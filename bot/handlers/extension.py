"""Asking for another deadline: the date, the reason, a look, “Gửi đề nghị”."""

from datetime import date

from sqlmodel import col

from bot.domain.typed_days import later_day
from bot.handlers.answers import Answers
from bot.handlers.dialogues import (
    end_dialogue,
    end_rows,
    read_reason,
    read_words,
    start_dialogue,
    update_dialogue,
)
from bot.handlers.later_days import read_later_day
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import mark, row_state
from bot.services.deadlines import extensions
from bot.services.standing.views import by_deadline, count_rows, get_view, read_views, select_rows
from bot.texts import clip, join
from db.models import Assignment, DialogueState, Task

MOST = 10


def choose(request: Request) -> Answers:
    """`/giahan`: the open dated tasks the person's agencies lead."""
    if not request.actor.agencies:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    ids = list(request.actor.agencies)
    query = select_rows().where(
        col(Assignment.agency_id).in_(ids) | col(Task.advising_id).in_(ids),
        col(Assignment.role) == "lead",
        col(Assignment.status).in_(("not_started", "in_progress")),
        col(Assignment.due).is_not(None),
    )
    total = count_rows(request.work, query)
    views = read_views(request.work, query.order_by(*by_deadline()).limit(MOST))
    t, today = request.t, request.work.today
    if not views:
        return request.show(Screen(t("tasks.none_open")))
    lines = [
        t(
            "tasks.row_agency",
            n=n,
            mark=mark(view),
            agency=view.agency_name,
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            state=row_state(view, t, today),
        )
        for n, view in enumerate(views, 1)
    ]
    if total > len(views):
        lines.append(t("digest.more", count=total - len(views)))
    rows: Keyboard = [
        [Button(f"{n}. {t.plain('button.extension')}", f"ext:{view.id}")] for n, view in enumerate(views, 1)
    ]
    return request.show(Screen(join(t("extension.choose"), *lines, by="\n\n"), rows))


def begin(request: Request) -> Answers:
    """“Đề nghị gia hạn”."""
    assignment_id = request.integer(0)
    due = extensions.check_can_request(request.work, request.actor, assignment_id)
    view = get_view(request.work, assignment_id)
    data = {"assignment": assignment_id, "due": due.isoformat(), "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "extension", data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the request before it is sent."""
    t, data = request.t, state.data
    view = get_view(request.work, data["assignment"])
    about = {
        "agency": view.agency_name,
        "label": clip(view.clause_label, 200),
        "task": clip(view.task, 300),
        "due": date.fromisoformat(data["due"]),
    }
    if "date" not in data:
        example = later_day(date.fromisoformat(data["due"]), request.work.today)
        month = f"{example.month}/{example.year}"
        text = t("extension.ask_date", example=example, month=month, **about)
        return Screen(text, end_rows(request, state))
    day = date.fromisoformat(data["date"])
    if not data.get("reason"):
        return Screen(t("extension.ask_reason", day=day), end_rows(request, state))
    send = Button(t.plain("button.send_request"), f"dlg:{state.token}:send")
    text = t("extension.preview", day=day, reason=data["reason"], **about)
    return Screen(text, [[send], *end_rows(request, state)])


def take(request: Request, state: DialogueState) -> Answers:
    """First the date (any phrase the reader knows), then the reason."""
    if "date" not in state.data:
        _take_date(request, state)
    else:
        update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw(request, state))


def _take_date(request: Request, state: DialogueState) -> None:
    words = read_words(request)
    due = date.fromisoformat(state.data["due"])
    day = read_later_day(request, words, due)
    if day <= due:
        raise request.work.refuse("extension_not_later", request.actor.language, day=day, due=due)
    update_dialogue(request.work, state, date=day.isoformat(), words=words[:500])


def send(request: Request, state: DialogueState) -> Answers:
    """“Gửi đề nghị”."""
    reason = state.data.get("reason", "")
    if not reason:
        raise request.work.refuse("empty_reason", request.actor.language)
    wanted = date.fromisoformat(state.data["date"])
    extensions.request(
        request.work, request.actor, state.data["assignment"], wanted, state.data["words"], reason
    )
    end_dialogue(request.work, state)
    view = Button(request.t.plain("button.view"), f"view:{state.data['assignment']}")
    return Answers(edit=Screen(request.t("extension.sent", day=wanted), [[view]]))
