"""The official counting, and the same by the deadlines that were given first."""

from collections.abc import Sequence
from datetime import date

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import ByOriginal, Counts, Timeliness, count_assignments, timeliness
from bot.services.context import Work


def count_views(views: Sequence[AssignmentView]) -> Counts:
    """Lead assignments as reports count them."""
    return count_assignments((each.status, each.timeliness) for each in views)


def count_by_original(work: Work, views: Sequence[AssignmentView], on: date) -> ByOriginal | None:
    """None where no deadline was extended: there is nothing to tell apart."""
    extended = sum(is_extended(each) for each in views)
    if not extended:
        return None
    return ByOriginal(
        extended, count_assignments((each.status, judge_by_original(work, each, on)) for each in views)
    )


def is_extended(view: AssignmentView) -> bool:
    """Whether its deadline is later than the one given first."""
    return view.due is not None and view.original_due is not None and view.due > view.original_due


def judge_by_original(work: Work, view: AssignmentView, on: date) -> Timeliness:
    """How it stands on a local day against the deadline given first."""
    if not is_extended(view):
        return view.timeliness
    submitted = view.submitted_at.astimezone(work.office.zone).date() if view.submitted_at else None
    # Days to complete a returned report were given by the later deadline.
    return timeliness(view.status, view.original_due, submitted, on, work.calendar)
