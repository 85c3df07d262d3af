"""`dondoc tasks|overdue|reports|outbox|history`: what is stored, for people and scripts."""

import argparse
import html
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.cli.common import add_json, parse_day, print_rows, reading
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import days_overdue
from bot.screens.history import by_which, describe
from bot.services.context import Work
from bot.services.saying.why_unsent import in_words
from bot.services.standing import past
from bot.services.standing.history import with_names
from bot.services.standing.sources import Source, find_sources
from bot.settings import Settings
from db.models import Address, Agency, Assignment, Attachment, Event, Member, OutboxMessage, Report, Task

COLUMNS = {
    "tasks": ("id", "clause", "agency", "role", "due", "status", "timeliness", "task"),
    "overdue": ("id", "days_overdue", "due", "clause", "agency", "task"),
    "reports": ("id", "submitted_at", "agency", "clause", "kind", "review", "text"),
    "outbox": ("id", "status", "kind", "agency", "chat_id", "attempts", "sent_at", "error"),
    "history": ("at", "actor", "assignment", "agency", "text"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    name = parser.prog.split()[-1]
    if name in ("tasks", "overdue"):
        parser.add_argument(
            "--on", type=parse_day, metavar="DATE", help="as things stood at the end of that day"
        )
    if name == "history":
        parser.add_argument(
            "assignment", nargs="?", type=_number, metavar="ASSIGNMENT", help="only of this assignment"
        )
    add_json(parser)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of an assignment: see `dondoc tasks`")
    return int(text)


def run(args: argparse.Namespace, settings: Settings) -> int:
    with reading(settings) as work:
        rows = _ROWS[args.command](work, args)
    print_rows(rows, COLUMNS[args.command], as_json=args.json)
    return 0


def _on(work: Work, args: argparse.Namespace) -> date:
    return args.on or work.today


def list_tasks(work: Work, args: argparse.Namespace) -> list[dict[str, Any]]:
    return [assignment_row(view) for view in past.list_all_at(work, past.end_of_day(work, _on(work, args)))]


def list_overdue(work: Work, args: argparse.Namespace) -> list[dict[str, Any]]:
    on = _on(work, args)
    rows = []
    for view in past.list_overdue_at(work, on):
        assert view.due is not None
        rows.append({**assignment_row(view), "days_overdue": days_overdue(view.due, on)})
    return rows


def assignment_row(view: AssignmentView) -> dict[str, Any]:
    """The fields of contract §2."""
    return {
        "id": view.id,
        "document": view.document_key,
        "clause": view.clause,
        "clause_label": view.own_label,
        "task": view.task,
        "product": view.product,
        "person": view.person,
        "agency": view.agency_key,
        "agency_name": view.agency_name,
        "role": view.role,
        "period": view.period,
        "due": view.due,
        "original_due": view.original_due,
        "deadline_kind": view.deadline_kind,
        "deadline_text": view.deadline_text,
        "status": view.status.value,
        "timeliness": view.timeliness.value,
        "acknowledged_at": view.acknowledged_at,
        "submitted_at": view.submitted_at,
        "completed_at": view.completed_at,
    }


def list_reports(work: Work, args: argparse.Namespace) -> list[dict[str, Any]]:
    query = (
        select(Report, Task.clause, Agency.key)
        .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Agency, col(Agency.id) == col(Report.agency_id))
        .order_by(col(Report.id))
    )
    files = _list_files(work)
    names = _list_names(work)
    return [
        {
            "id": report.id,
            "assignment": report.assignment_id,
            "clause": clause,
            "agency": agency,
            "kind": report.kind,
            "text": report.text,
            "document_number": report.document_number,
            "document_date": report.document_date,
            "submitted_at": report.submitted_at,
            "submitted_by": names.get(report.submitted_by) if report.submitted_by else None,
            "entered_by": names.get(report.entered_by) if report.entered_by else None,
            "attachments": files.get(report.id, []),
            "review": report.review,
            "review_note": report.review_note,
            "cause": report.cause,
            "difficulties": report.difficulties,
            "proposals": report.proposals,
            "expected_on": report.expected_on,
            "signatory": report.signatory,
            "arrived_on": report.arrived_on,
            "entered_at": report.entered_at,
        }
        for report, clause, agency in work.session.exec(query)
    ]


def _list_names(work: Work) -> dict[int, str]:
    return {member.id: member.name for member in work.session.exec(select(Member))}


def _list_files(work: Work) -> dict[int, list[dict[str, Any]]]:
    files: dict[int, list[dict[str, Any]]] = {}
    query = select(Attachment).where(col(Attachment.report_id).is_not(None)).order_by(col(Attachment.id))
    for each in work.session.exec(query):
        assert each.report_id is not None
        row = {"name": each.name, "size": each.size, "sha256": each.sha256}
        files.setdefault(each.report_id, []).append(row)
    return files


def list_outbox(work: Work, args: argparse.Namespace) -> list[dict[str, Any]]:
    query = (
        select(OutboxMessage, Address.address, Agency.key)
        .join(Address, col(Address.id) == col(OutboxMessage.address_id), isouter=True)
        .join(Agency, col(Agency.id) == col(OutboxMessage.agency_id), isouter=True)
        .order_by(col(OutboxMessage.id))
    )
    t = work.texts()
    return [
        {
            "id": message.id,
            "dedupe_key": message.dedupe_key,
            "channel": message.channel,
            "chat_id": int(chat) if chat and chat.lstrip("-").isdigit() else chat,
            "agency": agency,
            "kind": message.kind,
            "text": message.text,
            "status": message.status,
            "attempts": message.attempts,
            "not_before": message.not_before,
            "sent_at": message.sent_at,
            "error": in_words(t, message.error),
        }
        for message, chat, agency in work.session.exec(query)
    ]


def list_history(work: Work, args: argparse.Namespace) -> list[dict[str, Any]]:
    query = (
        select(Event, Agency.key, Member.name)
        .join(Agency, col(Agency.id) == col(Event.agency_id), isouter=True)
        .join(Member, col(Member.id) == col(Event.actor_id), isouter=True)
        .order_by(col(Event.id))
    )
    if args.assignment is not None:
        query = query.where(col(Event.assignment_id) == args.assignment)
    rows = work.session.exec(query).all()
    sources = find_sources(work, [event.update_id for event, *_ in rows])
    return [
        {
            "at": event.at,
            "actor": name or event.actor,
            "action": event.action,
            "assignment": event.assignment_id,
            "agency": agency,
            "before": event.before,
            "after": event.after,
            "message": source.as_json() if source else None,
            "text": _sentence(work, event, source),
        }
        for event, agency, name in rows
        for source in [sources.get(event.update_id)]
    ]


def _sentence(work: Work, event: Event, source: Source | None) -> str:
    t = work.texts()
    before, after = with_names(work, event.before or {}), with_names(work, event.after or {})
    lines = html.unescape("; ".join(describe(t, event.action, before, after)))
    return f"{lines} ({by_which(t, source)})" if source else lines


_ROWS: dict[str, Callable[[Work, argparse.Namespace], Sequence[dict[str, Any]]]] = {
    "tasks": list_tasks,
    "overdue": list_overdue,
    "reports": list_reports,
    "outbox": list_outbox,
    "history": list_history,
}
