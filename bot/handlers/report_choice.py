"""`/baocao`: which of the agency's open tasks is reported on."""

from collections.abc import Sequence

from sqlmodel import col

from bot.domain.assignment import AssignmentView
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard, Screen
from bot.screens.tasks import mark, row_state
from bot.services.standing.views import by_deadline, count_rows, is_of_agency, read_views, select_rows
from bot.texts import clip, join
from db.models import Assignment


def choose(request: Request) -> Answers:
    """`/baocao`: the open tasks of the agency, the nearest deadline first."""
    agencies = request.actor.agencies
    if not agencies:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    chosen = request.integer(0, 0)
    if len(agencies) > 1 and not chosen:
        rows: Keyboard = [[Button(name, f"repa:{key}")] for key, name in agencies.items()]
        return request.show(Screen(request.t("tasks.choose_agency"), rows))
    agency_id = chosen or next(iter(agencies))
    if agency_id not in agencies:
        raise request.work.refuse("not_yours", request.actor.language)
    views, total = _list_open(request, agency_id)
    return request.show(_draw_choice(request, views, total - len(views)))


def _list_open(request: Request, agency_id: int) -> tuple[list[AssignmentView], int]:
    query = select_rows().where(
        is_of_agency(agency_id),
        col(Assignment.status).in_(("not_started", "in_progress")),
    )
    views = read_views(request.work, query.order_by(*by_deadline()).limit(10))
    return views, count_rows(request.work, query)


def _draw_choice(request: Request, views: Sequence[AssignmentView], more: int) -> Screen:
    t, today = request.t, request.work.today
    if not views:
        return Screen(t("tasks.none_open"))
    lines = [
        t(
            "tasks.row",
            n=n,
            mark=mark(view),
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            state=row_state(view, t, today),
        )
        for n, view in enumerate(views, 1)
    ]
    if more:
        lines.append(t("digest.more", count=more))
    rows: Keyboard = []
    for n, view in enumerate(views, 1):
        progress = t.plain("button.progress" if view.is_lead else "button.contribution")
        row = [Button(f"{n}. {progress}", f"rep:{view.id}:p")]
        if view.is_lead:
            row.append(Button(f"{n}. {t.plain('button.completion')}", f"rep:{view.id}:c"))
        rows.append(row)
    return Screen(join(t("report.choose"), *lines, by="\n\n"), rows)
