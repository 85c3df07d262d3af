"""What agencies that only coordinate contribute, beside the reports of those that lead."""

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from bot.services.reminding.reminders import answering_agency
from bot.services.saying.notices import say
from bot.services.standing.partners import KIND, OPEN_STATUSES, is_of_task, list_lead_rows
from bot.services.standing.views import get_view
from db.models import Agency, Assignment, Report


def kind_for(view: AssignmentView, kind: str) -> str:
    """What a coordinating agency reports of its progress is a contribution."""
    return KIND if kind == "progress" and not view.is_lead else kind


def list_contributions(work: Work, actor: Actor, view: AssignmentView) -> list[tuple[Report, str]]:
    """The newest first, each with the agency it is of; for who may see a lead's assignment."""
    if not view.is_lead:
        raise work.refuse("bad_button", actor.language)
    query = (
        select(Report, Agency.name)
        .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(is_of_task(view.task_id, view.period, "coordinating"), col(Report.kind) == KIND)
        .order_by(col(Report.id).desc())
    )
    return [(report, name) for report, name in work.session.exec(query)]


def require_reader(work: Work, actor: Actor, report: Report) -> None:
    """Raises UserError unless the person may read a report: also the leads, what is contributed to their task."""
    view = get_view(work, report.assignment_id)
    leads = [] if report.kind != KIND else list_lead_rows(work, view.task_id, view.period)
    if not any(actor.can(Action.VIEW, answering_agency(lead, task)) for lead, task in leads):
        require(work, actor, Action.VIEW, view.answering_id)


def say_contributed(work: Work, report: Report) -> list[Said | None]:
    """To those that lead, while they are at work."""
    if report.kind != KIND:
        return []
    view = get_view(work, report.assignment_id)
    return [
        say(
            work,
            "contributed",
            f"contributed:{report.id}:{lead.id}",
            audience="agency",
            agency_id=answering_agency(lead, task),
            assignment_id=lead.id,
            report_id=report.id,
        )
        for lead, task in list_lead_rows(work, view.task_id, view.period)
        if lead.status in OPEN_STATUSES
    ]
