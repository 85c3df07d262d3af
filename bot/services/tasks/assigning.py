"""Giving tasks in chat: the secretariat assigns, the agencies are told, and a minute can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.recurrence import find_rule_fault
from bot.documents.secrecy import find_marking_in_name
from bot.domain.access import Action
from bot.errors import UserError
from bot.services.context import Actor, Work, require
from bot.services.documents.document_writing import withdraw
from bot.services.notice import holding
from bot.services.notice.holding import make_hold
from bot.services.notice.said import Said, say_all
from bot.services.reminding.periods import restart
from bot.services.reminding.reminders import answering_agency, schedule
from bot.services.saying import taking_back
from bot.services.saying.notices import dispatch
from bot.services.standing.views import is_in_use
from bot.services.tasks.assignment_drafts import (
    CHAT_KEY,
    NewTask,
    Source,
    build_assignments,
    build_task,
    count_chat_tasks,
    count_standing,
    find_advising,
    find_free_key,
    get_document,
    list_advising,
)
from bot.services.tasks.reports import LARGEST_FILE
from bot.services.typed_deadlines import check_day
from bot.services.typed_words import check_content
from db.models import (
    Agency,
    Assignment,
    Attachment,
    Document,
    Event,
    Task,
)

MOST_TASKS = 10
GIVEN = "given"


@dataclass(frozen=True)
class Given:
    """What was given. `event_id` names it while it can be taken back; `is_held`: nobody is told until then."""

    tasks: tuple[Task, ...]
    assignments: tuple[Assignment, ...]
    agencies: int
    event_id: int
    is_held: bool = False


def check_can_assign(work: Work, actor: Actor) -> None:
    """Raises UserError for whoever may not assign."""
    require(work, actor, Action.ASSIGN)


def assign(
    work: Work, actor: Actor, source: Source, tasks: Sequence[NewTask], file_id: int | None = None
) -> Given:
    """Gives the tasks of one notice; it can be taken back for a minute, before which several agencies hear nothing.

    `file_id`: the attachment that is the document itself.
    """
    check_can_assign(work, actor)
    if not 1 <= len(tasks) <= MOST_TASKS:
        raise work.refuse("assign_many", actor.language, longest=MOST_TASKS)
    document = _open_document(work, actor, source)
    for new in tasks:
        check_task(work, actor, document, new)
    if file_id is not None:
        _attach(work, actor, document, file_id)
    made = [_write(work, actor, document, new) for new in tasks]
    rows = [row for _, each in made for row in each]
    answering = {answering_agency(row, task) for task, each in made for row in each}
    hold = make_hold(work) if len(answering) > 1 else None
    given = [task for task, _ in made]
    event_id = _record(work, actor, document, given, hold.batch if hold else None, file_id)
    said = say_all(work, [_say(work, task, row) for task, each in made for row in each])
    dispatch(work, said, hold)
    agencies = len({row.agency_id for row in rows})
    return Given(tuple(task for task, _ in made), tuple(rows), agencies, event_id, hold is not None)


def _open_document(work: Work, actor: Actor, source: Source) -> Document:
    if source.document_id is not None:
        # Two who give tasks about one document number them one after the other.
        locked = select(Document).where(col(Document.id) == source.document_id)
        work.session.exec(locked.with_for_update(key_share=True)).first()
    document = get_document(work, actor, source)
    if source.document_id is None:
        check_content(work, actor, "\n".join(filter(None, (document.title, document.number))), ())
        document.key = find_free_key(work, document)
        work.session.add(document)
        work.session.flush()
    return document


def _attach(work: Work, actor: Actor, document: Document, file_id: int) -> None:
    check_no_file(work, actor, document)
    file = work.session.get(Attachment, file_id, with_for_update=True)
    is_mine = file is not None and file.member_id == actor.member_id
    if file is None or not is_mine or file.report_id is not None or file.document_id is not None:
        raise work.refuse("bad_button", actor.language)
    check_file(work, actor, file.name, file.size)
    file.document_id = document.id
    document.file, document.file_sha256 = file.name, file.sha256


def check_no_file(work: Work, actor: Actor, document: Document) -> None:
    """Raises UserError where the document itself is kept already."""
    if document.file:
        raise work.refuse("assign_has_file", actor.language, document=document.title[:100])


def check_file(work: Work, actor: Actor, name: str, size: int | None) -> None:
    """Raises UserError for a file that is marked secret, or too big to be fetched."""
    if (marking := find_marking_in_name(name)) is not None:
        raise work.refuse("secret", actor.language, word=marking)
    if size is not None and size > LARGEST_FILE:
        shown = f"{size / 1024 / 1024:.0f}"
        raise work.refuse("assign_big_file", actor.language, name=name[:60], size=shown)


def keep_file(
    work: Work, actor: Actor, name: str, *, file_id: str, mime: str | None, size: int | None
) -> Attachment:
    """A file somebody has sent, to be fetched."""
    kept = Attachment(
        member_id=actor.member_id, name=name[:255], mime=mime, size=size, file_id=file_id, created_at=work.now
    )
    work.session.add(kept)
    work.session.flush()
    return kept


def check_task(work: Work, actor: Actor, document: Document, new: NewTask) -> None:
    """Raises UserError for what cannot be given, with what would be right."""
    if not new.words.strip():
        raise work.refuse("assign_no_text", actor.language)
    check_content(work, actor, new.words, ())
    check_content(work, actor, "\n".join((new.deadline_text or "", new.product, new.person)), ())
    if not new.lead:
        raise work.refuse("assign_no_lead", actor.language)
    _check_agencies(work, actor, new)
    if new.choice.due:
        check_day(work, actor, document.issued_on, new.choice.due)
    if new.choice.recurrence and (fault := find_rule_fault(new.choice.recurrence, work.today)):
        raise UserError(work.texts(actor.language).say(fault))


def _check_agencies(work: Work, actor: Actor, new: NewTask) -> None:
    ids = [*new.lead, *new.coordinating]
    alive = select(func.count(col(Agency.id))).where(col(Agency.id).in_(ids), col(Agency.ended_on).is_(None))
    if len(set(ids)) != len(ids) or work.session.exec(alive).one() != len(ids):
        raise work.refuse("assign_agencies", actor.language)
    check_alone(work, actor, new.lead)


def check_alone(work: Work, actor: Actor, lead: Sequence[int]) -> None:
    """Raises UserError where a lead that nobody may press has others beside it: one agency answers for it."""
    special = list_advising(work, lead) if len(lead) > 1 else {}
    if special:
        name = work.session.get_one(Agency, next(iter(special))).name
        raise work.refuse("assign_alone", actor.language, agency=name[:80])


def _write(work: Work, actor: Actor, document: Document, new: NewTask) -> tuple[Task, list[Assignment]]:
    shown = count_standing(work, document) + 1
    task = build_task(document, new, count_chat_tasks(work, document) + 1, shown, work.texts())
    last = select(func.max(col(Task.position))).where(col(Task.document_id) == document.id)
    task.position = (work.session.exec(last).one() or 0) + 1
    task.advising_id = find_advising(work, new)
    # Whoever gives the task has said what its deadline is, or that there is none.
    task.settled_at, task.settled_by = work.now, actor.member_id
    work.session.add(task)
    work.session.flush()
    rows = list(build_assignments(work, task, new))
    work.session.add_all(rows)
    work.session.flush()
    for each in rows:
        _record_assigned(work, actor, task, each)
        schedule(work, each, task)
    restart(work, task)
    return task, rows


def _record_assigned(work: Work, actor: Actor, task: Task, row: Assignment) -> None:
    after = {"role": row.role, "due": row.due.isoformat() if row.due else None}
    work.record(
        "assigned",
        actor=actor,
        document_id=task.document_id,
        assignment_id=row.id,
        agency_id=row.agency_id,
        after={**after, "period": row.period} if row.period else after,
    )


def _record(
    work: Work,
    actor: Actor,
    document: Document,
    tasks: Sequence[Task],
    batch: str | None,
    file_id: int | None,
) -> int:
    after = {
        "clauses": [each.clause for each in tasks],
        "tasks": [each.id for each in tasks],
        "batch": batch,
        "file": file_id,
    }
    work.record(GIVEN, actor=actor, document_id=document.id, after=after)
    work.session.flush()
    last = select(func.max(col(Event.id))).where(
        col(Event.document_id) == document.id, col(Event.action) == GIVEN
    )
    return int(work.session.exec(last).one() or 0)


def _say(work: Work, task: Task, row: Assignment) -> Said:
    return Said(
        dedupe_key=f"assignment:{row.id}:{row.plan_no}",
        kind="assignment",
        audience="agency",
        due_at=work.now,
        agency_id=answering_agency(row, task),
        assignment_id=row.id,
        plan_no=row.plan_no,
    )


def take_back(work: Work, actor: Actor, event_id: int) -> tuple[int, int]:
    """Within the minute: nothing is given, and who has been told already is told so.

    Returns how many assignments, and how many messages had gone. Raises UserError where it is too late.
    """
    check_can_assign(work, actor)
    event = work.session.get(Event, event_id)
    batch = event.after.get("batch") if event and event.action == GIVEN and event.after else None
    if event is None or event.action != GIVEN or event.after is None:
        raise work.refuse("bad_button", actor.language)
    if batch:
        _, gone = taking_back.take_back(work, actor, batch)
        told = taking_back.list_told(work, batch)
    else:
        told = _check_untold(work, actor, event)
        gone = len(told)
    rows = _withdraw(work, actor, event.after["tasks"])
    _drop_file(work, event.document_id)
    said = [_say_withdrawn(work, task, row) for task, row in rows if row.id in told]
    dispatch(work, say_all(work, said))
    return len(rows), gone


def _check_untold(work: Work, actor: Actor, event: Event) -> set[int | None]:
    """What one agency was told at once is taken back within the same minute; the assignments somebody has heard of.

    What has not gone is left out when it is sent, since it is given no more.
    """
    assert event.after is not None
    mine = select(Task).where(col(Task.id).in_(event.after["tasks"]))
    if any(each.withdrawn_at is not None for each in work.session.exec(mine)):
        raise work.refuse("old_button", actor.language)
    if work.now > event.at + holding.HOLD_FOR:
        raise work.refuse("assign_too_late", actor.language)
    told = taking_back.list_heard(work, event.after["tasks"])
    work.record(
        "taken_back",
        actor=actor,
        document_id=event.document_id,
        after={"messages": 0, "gone": len(told)},
    )
    return told


def _drop_file(work: Work, document_id: int | None) -> None:
    """A document of the chat that gives nothing any more: another file may be the right one."""
    is_empty = select(Document).where(
        col(Document.id) == document_id, col(Document.key).startswith(CHAT_KEY), ~is_in_use()
    )
    document = work.session.exec(is_empty).first()
    if document is None or document.file is None:
        return
    for file in work.session.exec(select(Attachment).where(col(Attachment.document_id) == document.id)):
        file.document_id = None
    document.file = document.file_sha256 = None
    work.session.flush()


def _say_withdrawn(work: Work, task: Task, row: Assignment) -> Said:
    """That it is given no more."""
    key = f"withdrawn:{row.id}:{row.version}"
    return _say(work, task, row)._replace(dedupe_key=key, kind="withdrawn")


def _withdraw(work: Work, actor: Actor, task_ids: Sequence[int]) -> list[tuple[Task, Assignment]]:
    gone = []
    for task in work.session.exec(select(Task).where(col(Task.id).in_(task_ids)).order_by(col(Task.id))):
        mine = select(Assignment).where(col(Assignment.task_id) == task.id).order_by(col(Assignment.id))
        rows = [
            each for each in work.session.exec(mine.with_for_update()) if withdraw(work, each, task, actor)
        ]
        task.withdrawn_at = work.now
        restart(work, task)
        for each in rows:
            schedule(work, each, task)
        gone += [(task, each) for each in rows]
    work.session.flush()
    return gone
