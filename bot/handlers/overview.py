"""`/quahan`, `/denhan`, `/tonghop`, and pressing after a look at what would be sent."""

from datetime import timedelta

from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.handlers.settings import find_paused
from bot.screens import messages
from bot.screens import overview as screens
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.settings import below_paused
from bot.screens.tasks import in_range
from bot.services.context import require
from bot.services.notice.numbering import next_number
from bot.services.reminding import pressing
from bot.services.saying import taking_back
from bot.services.standing import open_deadlines, overview
from bot.services.standing.indicators import count_targets
from bot.texts import Texts

AHEAD_DAYS = 7


def overdue(request: Request) -> Answers:
    """All that is overdue, for the secretariat and viewers; an agency sees its own."""
    work, actor = request.work, request.actor
    everywhere = actor.can(Action.SEE_OVERVIEW)
    _require_some(request, everywhere)
    page, shown = _page_overdue(request, request.integer(0, 0), everywhere)
    found = screens.Overdue(
        views=shown.views,
        count=shown.count,
        waiting=_waiting_rows(request, 0, screens.MOST_WAITING) if everywhere and page == 0 else [],
        count_waiting=overview.count_waiting(work) if everywhere else 0,
        unreachable=shown.unreachable,
        can_press=actor.can(Action.PRESS),
        can_view=not everywhere,
    )
    return request.show(screens.overdue(found, request.t, work.today, page))


def _page_overdue(request: Request, page: int, everywhere: bool) -> tuple[int, overview.OverduePage]:
    """The page asked for, or the last there is now."""
    work = request.work
    shown = (
        overview.page_overdue(work, page, screens.PAGE)
        if everywhere
        else overview.page_own_overdue(work, request.actor.agencies, page, screens.PAGE)
    )
    last = in_range(page, shown.count, screens.PAGE)
    return (page, shown) if last == page else _page_overdue(request, last, everywhere)


def _require_some(request: Request, everywhere: bool) -> None:
    if not everywhere and not request.actor.agencies:
        raise request.work.refuse("not_allowed_command", request.actor.language)


def _waiting_rows(request: Request, page: int, size: int) -> list[screens.WaitingRow]:
    return [
        screens.WaitingRow(each.view, each.report.id, each.report.submitted_at)
        for each in overview.list_waiting(request.work, page, size)
    ]


def waiting(request: Request) -> Answers:
    """Reports that wait for confirmation, a button each."""
    require(request.work, request.actor, Action.REVIEW)
    count = overview.count_waiting(request.work)
    page = in_range(request.integer(0, 0), count, screens.PAGE)
    rows = _waiting_rows(request, page, screens.PAGE)
    return request.show(screens.waiting(rows, count, request.t, page))


def upcoming(request: Request) -> Answers:
    """What is due within a week."""
    work, actor = request.work, request.actor
    everywhere = actor.can(Action.SEE_OVERVIEW)
    _require_some(request, everywhere)
    views = overview.list_upcoming(work, AHEAD_DAYS)
    if not everywhere:
        views = [view for view in views if view.answering_id in actor.agencies]
    screen = screens.upcoming(
        views,
        request.t,
        work.today,
        work.today + timedelta(days=AHEAD_DAYS),
        request.integer(0, 0),
        can_view=actor.is_secretariat or not everywhere,
    )
    return request.show(screen)


def summary(request: Request) -> Answers:
    """The official counting."""
    work = request.work
    require(work, request.actor, Action.SEE_OVERVIEW)
    screen = screens.summary(
        overview.count_documents(work),
        request.t,
        work.now,
        unreachable=overview.list_unreachable_agencies(work),
        unacknowledged=overview.count_unacknowledged(work),
        late=overview.count_unacknowledged_late(work) if request.actor.can(Action.PRESS) else 0,
        open_deadlines=open_deadlines.count_open(work)
        if request.actor.can(Action.SETTLE_DEADLINE)
        else (0, 0),
        has_targets=count_targets(work) > 0,
    )
    return request.show(below_paused(screen, find_paused(request), request.t))


def unacknowledged(request: Request) -> Answers:
    """Who has not pressed “Đã nhận nhiệm vụ” after 2 working days, by task."""
    require(request.work, request.actor, Action.PRESS)
    views = overview.list_unacknowledged_views(request.work, request.work.now)
    return request.show(screens.unacknowledged(views, request.t, request.integer(0, 0)))


def preview_press(request: Request) -> Answers:
    """“Đôn đốc”: how many, to whom, the exact words; nothing is sent yet."""
    target = request.args[0] if request.args else ""
    found = pressing.preview(request.work, request.actor, _ids(request, target))
    if not found.views:
        raise request.work.refuse("nothing_to_press", request.actor.language)
    view = found.views[0]
    item = messages.Item("press", view, next_number(request.work, view.id))
    example = messages.about_assignment(item, request.work.texts(), request.work.today).text
    data = f"prsd:{target}:{request.work.update_id or 0}"
    return request.show(screens.press_preview(found.views, found.unreachable, example, request.t, data))


def _ids(request: Request, target: str) -> list[int] | None:
    return None if target == "all" else [request.integer(0)]


def press(request: Request) -> Answers:
    """**Gửi**."""
    target = request.args[0] if request.args else ""
    found = pressing.press(request.work, request.actor, _ids(request, target), request.integer(1, 0))
    if not found.views:
        raise request.work.refuse("nothing_to_press", request.actor.language)
    t = request.t
    key = "press.held" if found.batch else "press.sent"
    text = t(key, count=len(found.views), at=request.work.now)
    if found.unreachable:
        text = t("press.sent_some", sent=text, names=t.names(found.unreachable))
    rows = [*_take_back_row(t, found.batch), [Button(t.plain("button.overdue"), "over:0")]]
    return Answers(edit=Screen(text, rows))


def _take_back_row(t: Texts, batch: str | None) -> Keyboard:
    return [[Button(t.plain("button.take_back"), f"tb:{batch}")]] if batch else []


def take_back(request: Request) -> Answers:
    """“Thu lại”, within the minute."""
    batch = request.args[0] if request.args else ""
    stopped, gone = taking_back.take_back(request.work, request.actor, batch)
    t = request.t
    text = t("taken_back.some", n=stopped, gone=gone) if gone else t("taken_back", n=stopped)
    return Answers(edit=Screen(text, [[Button(t.plain("button.overdue"), "over:0")]]))


def choose_past(request: Request) -> Answers:
    """What happens to deadlines that had passed when the document was loaded."""
    choice = request.args[1] if len(request.args) > 1 else ""
    if choice == "all" and len(request.args) < 3:
        return _preview_past(request)
    chosen = pressing.choose_past(request.work, request.actor, request.integer(0), choice)
    t = request.t
    if chosen.earlier == "none":
        raise request.work.refuse("old_button", request.actor.language)
    if chosen.earlier is not None:
        return Answers(edit=Screen(t("past.already", choice=t(f"past.choice.{chosen.earlier}"))))
    done = t("past.held") if chosen.batch else t(f"past.done_{choice}")
    return Answers(edit=Screen(done, _take_back_row(t, chosen.batch)))


def _preview_past(request: Request) -> Answers:
    """Also what is overdue: how many, to whom, the words; then **Gửi**."""
    require(request.work, request.actor, Action.CHOOSE_PAST)
    document_id = request.integer(0)
    views = pressing.list_past(request.work, document_id)
    if not views:
        raise request.work.refuse("nothing_to_press", request.actor.language)
    t = request.t
    item = messages.Item("reminder", views[0], next_number(request.work, views[0].id))
    example = messages.about_assignment(item, request.work.texts(), request.work.today).text
    screen = screens.press_preview(views, (), example, t, f"past:{document_id}:all:yes")
    choices = [
        [Button(t.plain(f"button.past_{each}"), f"past:{document_id}:{each}")] for each in ("now", "silent")
    ]
    return request.show(Screen(screen.text, [screen.keyboard[0][:1], *choices]))
