"""The agency's list, one task, receiving it."""

from collections.abc import Callable

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.handlers import contributions
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import settling as settling_screens
from bot.screens import tasks as screens
from bot.screens.base import Button, Keyboard, Screen
from bot.services.deadlines import settling
from bot.services.drawing.decisions import extension_buttons, transfer_buttons
from bot.services.drawing.proposals import as_proposals
from bot.services.drawing.reports import review_buttons
from bot.services.office.secretaries import must_propose
from bot.services.people import handing
from bot.services.standing import requests, single
from bot.services.standing.addresses import find_address
from bot.services.standing.open_deadlines import is_open_or_settled
from bot.services.standing.stops import find_stop
from bot.services.tasks import assignments
from bot.texts import Html, clip, join
from db.models import Extension, OutboxMessage, Report, Task, Transfer

NO_AGENCY = 0


def list_tasks(request: Request) -> Answers:
    """`/viec`: whoever serves two agencies chooses which; the secretariat sees all."""
    agencies = request.actor.agencies
    agency_id = request.integer(0, NO_AGENCY)
    page = request.integer(1, 0)
    if agency_id == NO_AGENCY and not request.actor.is_secretariat:
        if not agencies:
            raise request.work.refuse("not_allowed_command", request.actor.language)
        if len(agencies) > 1:
            return request.show(_choose(request))
        agency_id = next(iter(agencies))

    def read(page: int) -> tuple[list[AssignmentView], int]:
        return assignments.list_page(
            request.work, request.actor, agency_id=agency_id or None, page=page, size=screens.PAGE
        )

    page, views, total = _read_page(page, read)
    name = agencies.get(agency_id) or (views[0].agency_name if views else "")
    title = request.t("tasks.title", agency=name) if agency_id else request.t("tasks.title_all")
    screen = screens.task_list(
        views,
        title,
        request.t,
        request.work.today,
        page=page,
        total=total,
        data=f"tasks:{agency_id}",
        by_agency=not agency_id,
    )
    if agency_id == NO_AGENCY and (gone := _count_withdrawn(request)):
        more = [Button(request.t.plain("button.withdrawn", n=gone), "gone:0")]
        screen = Screen(screen.text, [*screen.keyboard, more])
    return request.show(screen)


def _read_page(
    page: int, read: Callable[[int], tuple[list[AssignmentView], int]]
) -> tuple[int, list[AssignmentView], int]:
    """The page asked for, or the last there is now: its number, its rows, and how many there are."""
    views, total = read(page)
    last = screens.in_range(page, total)
    return (page, views, total) if last == page else (last, *read(last))


def _count_withdrawn(request: Request) -> int:
    if not request.actor.can(Action.STEER):
        return 0
    return assignments.list_withdrawn(request.work, request.actor, page=0, size=1)[1]


def list_withdrawn(request: Request) -> Answers:
    """“Đã thôi giao”: what can be given again."""

    def read(page: int) -> tuple[list[AssignmentView], int]:
        return assignments.list_withdrawn(request.work, request.actor, page=page, size=screens.PAGE)

    page, views, total = _read_page(request.integer(0, 0), read)
    screen = screens.task_list(
        views,
        request.t("tasks.title_withdrawn"),
        request.t,
        request.work.today,
        page=page,
        total=total,
        data="gone",
        by_agency=True,
    )
    back = [Button(request.t.plain("button.back"), f"tasks:{NO_AGENCY}:0")]
    return request.show(Screen(screen.text, [*screen.keyboard, back]))


def _choose(request: Request) -> Screen:
    buttons: Keyboard = [[Button(name, f"tasks:{key}:0")] for key, name in request.actor.agencies.items()]
    return Screen(request.t("tasks.choose_agency"), buttons)


def view_task(request: Request) -> Answers:
    """“Xem nhiệm vụ”."""
    view = single.see(request.work, request.actor, request.integer(0))
    return request.show(draw_task(request, view))


def draw_task(request: Request, view: AssignmentView) -> Screen:
    t, today = request.t, request.work.today
    report = request.work.session.exec(
        select(Report).where(col(Report.assignment_id) == view.id).order_by(col(Report.id).desc())
    ).first()
    extra = [*_stopped_lines(request, view), *_earlier_lines(request, view)]
    if report is not None:
        extra.append(t("task.last_report", number=report.id, at=report.submitted_at))
        if report.review == "returned":
            extra.append(t("task.last_return", reason=report.review_note or ""))
    extra += _inside_lines(request, view)
    extra += contributions.list_lines(request, view)
    extra += _request_lines(request, view)
    rows: Keyboard = []
    if request.actor.can(Action.REPORT, view.answering_id):
        rows += screens.agency_buttons(view, t, today, with_view=False)
        rows += _inside_buttons(request, view)
    if request.actor.is_secretariat:
        extra += _settled_lines(request, view)
        rows += _secretariat_buttons(request, view, report)
    rows += contributions.list_buttons(request, view)
    if report is not None:
        rows.append([Button(t.plain("button.reports"), f"reps:{view.id}")])
    rows.append([Button(t.plain("button.history"), f"hist:{view.id}")])
    home = view.answering_id if view.answering_id in request.actor.agencies else NO_AGENCY
    rows.append([Button(t.plain("button.back"), f"tasks:{home}:0")])
    receiver = assignments.find_receiver(request.work, view.id) or ""
    return Screen(screens.task_details(view, t, today, extra, receiver=receiver), rows)


def _stopped_lines(request: Request, view: AssignmentView) -> list[Html]:
    """Since when it is suspended or withdrawn, and why."""
    if view.status not in (Status.SUSPENDED, Status.WITHDRAWN):
        return []
    event, t = find_stop(request.work, view.id), request.t
    if event is None:
        return []
    reason = (event.after or {}).get("reason")
    why = t("steer.reason", reason=clip(str(reason), 500)) if reason else ""
    return [join(t("task.stopped", at=event.at), why, by=" ")]


def _earlier_lines(request: Request, view: AssignmentView) -> list[Html]:
    """Every earlier deadline stays visible."""
    earlier = requests.list_earlier_dues(request.work, view.id)
    if not earlier:
        return []
    t = request.t
    first = t("task.original_due", day=earlier[0])
    return (
        [first, t("task.earlier_dues", days=", ".join(map(t.day, earlier[1:])))] if earlier[1:] else [first]
    )


def _request_lines(request: Request, view: AssignmentView) -> list[Html]:
    """What the agency has asked for, and nobody has answered."""
    t, lines = request.t, []
    if (asked := requests.find_pending(request.work, Extension, view.id)) is not None:
        lines.append(t("task.extension_pending", day=asked.wanted_due, at=asked.requested_at))
    if (moved := requests.find_pending(request.work, Transfer, view.id)) is not None:
        lines.append(t("task.transfer_pending", at=moved.requested_at))
    return lines


def _request_buttons(request: Request, view: AssignmentView) -> Keyboard:
    """For the secretariat: the answers, where the message about the request is far up the chat."""
    rows: Keyboard = []
    if (asked := requests.find_pending(request.work, Extension, view.id)) is not None:
        rows += extension_buttons(request.t, asked)
    if (moved := requests.find_pending(request.work, Transfer, view.id)) is not None:
        rows += transfer_buttons(request.t, moved)
    return rows


def _settled_lines(request: Request, view: AssignmentView) -> list[Html]:
    task = request.work.session.get_one(Task, view.task_id)
    found = settling.find_settled(request.work, task)
    if found is None:
        return []
    return [settling_screens.settled_line(request.t, found.name, found.at, found.reason)]


def _secretariat_buttons(request: Request, view: AssignmentView, report: Report | None) -> Keyboard:
    t, rows = request.t, review_buttons(request.work, request.t, report)[:-1] if report else []
    if report is not None and must_propose(request.work, request.actor.member_id, report):
        rows = as_proposals(t, rows)
    rows += _request_buttons(request, view)
    if view.is_open and view.is_lead and view.is_late(request.work.today):
        rows.append([Button(t.plain("button.press"), f"prs:{view.id}")])
    if view.is_open and view.is_lead:
        rows.append([Button(t.plain("button.enter"), f"ent:{view.id}")])
    task = request.work.session.get_one(Task, view.task_id)
    if view.is_open and is_open_or_settled(task):
        rows.append([Button(t.plain("button.settle"), f"fix:{view.task_id}")])
    rows.append([Button(t.plain("button.steer"), f"steers:{view.id}")])
    return rows


def _inside_lines(request: Request, view: AssignmentView) -> list[Html]:
    """Who of the agency has it in hand; for the secretariat also what the task does not say."""
    t, lines = request.t, []
    holder = handing.find_holder(request.work, view.id)
    if holder is not None:
        key = "handing.holder_received" if holder.received_at else "handing.holder"
        lines.append(t(key, name=holder.name, at=holder.received_at or request.work.now))
    if request.actor.is_secretariat and view.is_open and (lacking := handing.list_lacking(view, holder)):
        lines.append(t("task.lacks", what=", ".join(t.plain(f"task.lacks_{each}") for each in lacking)))
    return lines


def _inside_buttons(request: Request, view: AssignmentView) -> Keyboard:
    if not view.is_open:
        return []
    t, rows = request.t, []
    holder = handing.find_holder(request.work, view.id)
    if holder and holder.received_at is None and holder.id == request.actor.member_id:
        rows.append([Button(t.plain("button.received"), f"rcv:{view.id}")])
    if request.actor.can(Action.HAND_ON, view.answering_id):
        rows.append([Button(t.plain("button.hand_on"), f"hand:{view.id}")])
    return rows


def acknowledge(request: Request) -> Answers:
    """“Đã nhận nhiệm vụ”, of one task or of all that a digest names."""
    ids = list_ids(request)
    done = [assignments.acknowledge(request.work, request.actor, each) for each in ids]
    key = "toast.acknowledged" if any(done) else "toast.acknowledged_already"
    if len(ids) > 1:
        return Answers(toast=request.t.plain(key), edit=_draw_received(request))
    view = single.see(request.work, request.actor, ids[0])
    return Answers(toast=request.t.plain(key), edit=draw_task(request, view))


def _draw_received(request: Request) -> Screen | None:
    """The digest as it was sent, without the button that has been pressed."""
    address = find_address(request.work, request.incoming.chat_id)
    if address is None:
        return None
    query = select(OutboxMessage).where(
        col(OutboxMessage.address_id) == address.id,
        col(OutboxMessage.message_id) == request.incoming.message_id,
    )
    sent = request.work.session.exec(query).first()
    if sent is None or sent.keyboard is None:
        return None
    rows = [
        [Button(each["text"], each.get("data", ""), each.get("url", "")) for each in row]
        for row in sent.keyboard
        if not any(each.get("data", "").startswith("ack:") for each in row)
    ]
    return Screen(Html(sent.text), rows)


def list_ids(request: Request) -> list[int]:
    """The assignments a button names. Raises UserError for a forged one."""
    parts = request.args[0].split("-") if request.args else []
    if not parts or not all(each.isascii() and each.isdigit() and len(each) < 19 for each in parts):
        raise request.work.refuse("bad_button", request.actor.language)
    return [int(each) for each in parts]
