"""When assignments are reminded: the plan of each, and what a tick finds due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func
from sqlmodel import col, select

from bot.domain.assignment import CLOSED
from bot.domain.ladder import (
    Plan,
    Reminder,
    ReminderKind,
    Rhythm,
    current_reminder,
    next_reminder,
)
from bot.domain.periods import find_gap
from bot.domain.policy import Policy
from bot.domain.timeliness import Status, effective_due
from bot.services.context import Work
from bot.services.notices import dispatch, say
from bot.services.views import has_told_lately
from db.models import Assignment, Document, Notice, Report, Snooze, Task

# Whole agencies, so that what falls together for one becomes one digest; few, so that the lock is short.
AGENCIES = 10
SNOOZES = 50
# For the secretariat, counted from the submission: it is pressed like an agency, but never escalated.
REVIEW_POLICY = Policy(before=(), far=(), after=(2, 5), contact_after=0)
EARLIEST = time(7)  # a catch-up in the night waits for the morning
MOST_WEEKLY, MOST_MONTHLY = 10, 45  # days between periods
_NOTICE_KINDS = {ReminderKind.ACKNOWLEDGE: "acknowledge", ReminderKind.STATUS: "status"}


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
    plan = Plan(
        assigned_at=assignment.assigned_at,
        due=assignment.due if assignment.role == "lead" else None,
        rhythm=rhythm_of(task.recurrence, assignment.original_due) if assignment.period else "",
        acknowledged=assignment.acknowledged_at is not None or assignment.status != Status.NOT_STARTED,
        closed=Status(assignment.status) in CLOSED,
        is_ongoing=task.deadline_kind == "ongoing" and assignment.role == "lead",
    )
    return plan, work.policy_of(task.id, task.document_id)


def rhythm_of(recurrence: str | None, due: date | None) -> Rhythm:
    """By how soon the next period follows the one due on that day: the steps of one must fit before the next."""
    if not recurrence or due is None:
        return ""
    gap = find_gap(recurrence, due)
    if gap is None or gap > MOST_MONTHLY:
        return "other"
    return "monthly" if gap > MOST_WEEKLY else "weekly"


@dataclass(frozen=True)
class Due:
    """What one transaction of a tick did; `more`: another one is needed."""

    notices: int
    more: bool


def fire_due(work: Work) -> Due:
    """Plans what is due, a few agencies at a time; the work is proportional to what is due."""
    is_due = col(Assignment.next_reminder_at) <= work.now
    agencies = work.session.exec(
        select(Assignment.agency_id)
        .where(is_due)
        .distinct()
        .order_by(col(Assignment.agency_id))
        .limit(AGENCIES)
    ).all()
    rows = work.session.exec(
        select(Assignment, Task)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(is_due, col(Assignment.agency_id).in_(agencies))
        .order_by(col(Assignment.agency_id), col(Assignment.id))
        .with_for_update(of=Assignment, skip_locked=True)
    ).all()
    notices: list[Notice | None] = []
    for assignment, task in rows:
        notices += _remind(work, assignment, task)
    notices += _wake_snoozed(work)
    if not dispatch(work, notices):
        week = f"{work.today:%G-W%V}"
        told = say(work, "unreachable", f"unreachable:{week}", audience="secretariat")
        dispatch(work, [told])
    return Due(sum(1 for notice in notices if notice), len(agencies) == AGENCIES)


def may_remind(work: Work) -> bool:
    """Never on a day off, and after a night's outage not before the morning."""
    local = work.now.astimezone(work.office.zone)
    return work.calendar.is_working_day(local.date()) and local.time() >= EARLIEST


def _remind(work: Work, assignment: Assignment, task: Task) -> list[Notice | None]:
    plan, policy = plan_of(work, assignment, task)
    since = assignment.planned_until or assignment.assigned_at
    found = current_reminder(plan, policy, work.calendar, work.office.zone, since, work.now)
    assignment.planned_until = work.now
    _set_next(work, assignment, task, work.now)
    if found is None or _is_today(work, assignment.next_reminder_at):
        return []  # today's own comes soon: never two on a day
    if assignment.status == Status.AWAITING_CONFIRMATION:
        return [_say_waiting(work, assignment, found)]
    return list(_say_reminder(work, assignment, task, found))


def _is_today(work: Work, at: datetime | None) -> bool:
    return at is not None and at.astimezone(work.office.zone).date() == work.today


def _say_waiting(work: Work, assignment: Assignment, found: Reminder) -> Notice | None:
    report = work.session.exec(
        select(Report).where(
            col(Report.assignment_id) == assignment.id,
            col(Report.kind) == "completion",
            col(Report.review) == "pending",
        )
    ).first()
    if report is None:
        return None
    key = f"waiting:{assignment.id}:{report.id}:{found.step}"
    return say(
        work,
        "waiting",
        key,
        audience="secretariat",
        assignment_id=assignment.id,
        report_id=report.id,
        step=found.step,
    )


def _say_reminder(work: Work, assignment: Assignment, task: Task, found: Reminder) -> Iterable[Notice | None]:
    kind = _NOTICE_KINDS.get(found.kind, "reminder")
    if kind == "status" and has_told_lately(work, assignment.id):
        return
    yield say(
        work,
        kind,
        f"{kind}:{assignment.id}:{assignment.period}:{assignment.plan_no}:{found.step}",
        audience="agency",
        agency_id=answering_agency(assignment, task),
        assignment_id=assignment.id,
        plan_no=assignment.plan_no,
        step=found.step,
        data={"contact": True} if found.for_contact else None,
    )
    if kind == "acknowledge":
        yield say(work, "unacknowledged", f"unacknowledged:{work.today}", audience="secretariat")


def _wake_snoozed(work: Work) -> list[Notice | None]:
    rows = work.session.exec(
        select(Snooze, Assignment)
        .join(Assignment, col(Assignment.id) == col(Snooze.assignment_id))
        .where(col(Snooze.until_at) <= work.now, col(Snooze.notified_at).is_(None))
        .limit(SNOOZES)
    ).all()
    notices = []
    for snooze, assignment in rows:
        snooze.notified_at = work.now
        local = snooze.until_at.astimezone(UTC)
        notices.append(
            say(
                work,
                "snooze",
                f"snooze:{assignment.id}:{snooze.member_id}:{local:%Y%m%dT%H%M}",
                audience="member",
                member_id=snooze.member_id,
                assignment_id=assignment.id,
                plan_no=assignment.plan_no,
            )
        )
    return notices


def find_next_at(work: Work) -> datetime | None:
    """When the next tick has something to do; for people who move a clock."""
    soonest = [
        work.session.exec(select(func.min(col(Assignment.next_reminder_at)))).one(),
        work.session.exec(
            select(func.min(col(Snooze.until_at))).where(col(Snooze.notified_at).is_(None))
        ).one(),
    ]
    known = [each for each in soonest if each is not None]
    return min(known, default=None)
