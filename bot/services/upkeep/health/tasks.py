"""What is to be done: documents that are held, deadlines that are open, agencies that nobody answers for."""

from collections.abc import Iterator

from sqlmodel import col, func, select

from bot.domain.assignment import OPEN
from bot.services.context import Work
from bot.services.standing.overview import list_unreachable_agencies
from bot.services.upkeep.health.finding import Finding, listed
from db.models import Agency, Assignment, Document, Task

_OPEN = [status.value for status in OPEN]


def examine_documents(work: Work) -> Iterator[Finding]:
    documents = work.session.exec(select(Document.key, Document.past).order_by(col(Document.id))).all()
    if not documents:
        yield Finding("documents", "warn", "none is loaded: `dondoc load` loads tasks.json")
        return
    held = [key for key, past in documents if past == "held"]
    if held:
        yield Finding(
            "documents",
            "fail",
            f"{listed(held)}: deadlines were past when it was loaded, and nothing about them is sent until the "
            "secretariat chooses in its chat, or `dondoc load --past now|all|silent`",
        )
    else:
        yield Finding("documents", "ok", f"{len(documents)} loaded")


def examine_deadlines(work: Work) -> Iterator[Finding]:
    leads = (
        select(func.count(col(Assignment.id)))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Assignment.role) == "lead", col(Assignment.status).in_(_OPEN))
    )
    undated = work.session.exec(
        leads.where(col(Assignment.due).is_(None), col(Task.deadline_kind).not_in(("ongoing", "recurring")))
    ).one()
    unconfirmed = work.session.exec(leads.where(col(Task.deadline_confirmed).is_(False))).one()
    if undated:
        told = f"{undated} open lead assignments have no date: nothing reminds of them"
        yield Finding("deadlines", "warn", f"{told}; the secretariat sets it in the bot")
    if unconfirmed:
        told = f"{unconfirmed} open lead assignments have a deadline nobody has confirmed"
        yield Finding("deadlines", "warn", f"{told}; the secretariat does so in the bot")
    if not undated and not unconfirmed:
        yield Finding("deadlines", "ok", "every open lead assignment has its deadline")


def examine_agencies(work: Work) -> Iterator[Finding]:
    unreachable = list_unreachable_agencies(work)
    leading = _list_leading(work)
    leads = [name for name in unreachable if name in leading]
    others = [name for name in unreachable if name not in leading]
    invite = "invite someone: `dondoc invite --agency KEY`"
    if leads:
        told = f"{len(leads)} lead open assignments and have nobody to be reached at"
        yield Finding("agencies", "fail", f"{told}: {listed(leads)}; {invite}")
    if others:
        told = f"{len(others)} coordinate and have nobody to be reached at"
        yield Finding("agencies", "warn", f"{told}: {listed(others)}; {invite}")
    if not unreachable:
        yield Finding("agencies", "ok", "all with open assignments can be reached")


def _list_leading(work: Work) -> set[str]:
    """Names of the agencies that answer for an open lead assignment."""
    answering = func.coalesce(col(Task.advising_id), col(Assignment.agency_id))
    query = (
        select(Agency.name)
        .join(Assignment, col(Assignment.status).in_(_OPEN) & (col(Assignment.role) == "lead"))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Agency.id) == answering)
        .distinct()
    )
    return set(work.session.exec(query))
