"""When assignments are reminded: the plan of each."""

from collections.abc import Collection
from datetime import date, datetime, time

from bot.domain.assignment import CLOSED
from bot.domain.ladder import Plan, Rhythm, next_reminder
from bot.domain.periods import find_gap
from bot.domain.policy import Policy
from bot.domain.timeliness import Status, effective_due
from bot.services.context import Work
from db.models import Assignment, Document, Task

# For the secretariat, counted from the submission: it is pressed like an agency, but never escalated.
REVIEW_POLICY = Policy(before=(), far=(), after=(2, 5), contact_after=0)
EARLIEST = time(7)  # a catch-up in the night waits for the morning
MOST_WEEKLY, MOST_MONTHLY = 10, 45  # days between periods


def answering_agency(assignment: Assignment, task: Task) -> int:
    """Who gets the messages: the advising agency for a lead that nobody may press."""
    return task.advising_id if task.advising_id and assignment.role == "lead" else assignment.agency_id


def schedule(work: Work, assignment: Assignment, task: Task) -> None:
    """Plans the next reminder from now on; called after every change that matters to the ladder."""
    document = work.session.get_one(Document, task.document_id)
    assignment.planned_until = max(work.now, assignment.assigned_at)
    assignment.next_reminder_at = None
    if not is_held(work, assignment, task, document):
        _set_next(work, assignment, task, work.now)


def go_on(work: Work, assignment: Assignment, task: Task) -> None:
    """The same plan in a new state. What is due by now and has not been said is left to the tick, which says it."""
    if assignment.next_reminder_at is None or assignment.next_reminder_at > work.now:
        schedule(work, assignment, task)


def is_held(work: Work, assignment: Assignment, task: Task, document: Document) -> bool:
    """Whether nothing is said of it: its document is paused, or its deadline had passed and that is not chosen."""
    if document.paused_at is not None:
        return True
    if document.past not in ("held", "silent"):
        return False
    return was_past(work, assignment, task)


def was_past(work: Work, assignment: Assignment, task: Task) -> bool:
    """Whether its deadline had passed when it was assigned: that is what the secretariat chooses about.

    Also by a reading that is not confirmed yet: going live on an old document must not flood anyone.
    """
    due = assignment.due or task.due
    on = assignment.assigned_at.astimezone(work.office.zone).date()
    return due is not None and effective_due(due, work.calendar) < on


def replan(work: Work, assignment: Assignment, task: Task) -> None:
    """A new plan: steps of the ladder may come again."""
    assignment.plan_no += 1
    schedule(work, assignment, task)


def plan_again(
    work: Work, assignment: Assignment, task: Task, said: Collection[str], not_on: date | None = None
) -> None:
    """The same plan by another calendar, zone, clock or ladder: goes on where it stood, past the steps `said`.

    `not_on`: a day that has had its reminder.
    """
    document = work.session.get_one(Document, task.document_id)
    # What a clock that ran ahead has skipped still comes.
    since = min(assignment.planned_until or assignment.assigned_at, work.now)
    assignment.planned_until = since
    assignment.next_reminder_at = None
    if is_held(work, assignment, task, document):
        return
    plan, policy = plan_of(work, assignment, task)
    found = next_reminder(plan, policy, work.calendar, work.office.zone, since)
    while found and (found.step in said or found.at.astimezone(work.office.zone).date() == not_on):
        found = next_reminder(plan, policy, work.calendar, work.office.zone, found.at)
    assignment.next_reminder_at = found.at if found else None


def _set_next(work: Work, assignment: Assignment, task: Task, after: datetime) -> None:
    plan, policy = plan_of(work, assignment, task)
    found = next_reminder(plan, policy, work.calendar, work.office.zone, after)
    assignment.next_reminder_at = found.at if found else None


def plan_of(work: Work, assignment: Assignment, task: Task) -> tuple[Plan, Policy]:
    """What its ladder is computed from: that of the agency, or of the secretariat while a report waits for it."""
    if assignment.status == Status.AWAITING_CONFIRMATION:
        assert assignment.submitted_at is not None
        on = assignment.submitted_at.astimezone(work.office.zone).date()
        return Plan(assignment.submitted_at, on, acknowledged=True), REVIEW_POLICY
    is_lead = assignment.role == "lead"
    plan = Plan(
        assigned_at=assignment.assigned_at,
        due=_pressing_due(assignment),
        rhythm=rhythm_of(task.recurrence, assignment.original_due) if assignment.period else "",
        acknowledged=assignment.acknowledged_at is not None or assignment.status != Status.NOT_STARTED,
        # Who has contributed is not reminded to.
        handed_in=not is_lead and assignment.status == Status.IN_PROGRESS,
        closed=Status(assignment.status) in CLOSED,
        is_ongoing=task.deadline_kind == "ongoing" and is_lead,
        is_coordinating=not is_lead,
    )
    return plan, work.policy_of(task.id, task.document_id)


def _pressing_due(assignment: Assignment) -> date | None:
    """The deadline, or until when a returned report is to be completed where that is later."""
    if assignment.due is None or assignment.complete_by is None:
        return assignment.due
    return max(assignment.due, assignment.complete_by)


def rhythm_of(recurrence: str | None, due: date | None) -> Rhythm:
    """By how soon the next period follows the one due on that day: the steps of one must fit before the next."""
    if not recurrence or due is None:
        return ""
    gap = find_gap(recurrence, due)
    if gap is None or gap > MOST_MONTHLY:
        return "other"
    return "monthly" if gap > MOST_WEEKLY else "weekly"
