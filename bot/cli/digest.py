"""`dondoc digest`: the weekly figures as they stood at the digest's time, the same whenever they are asked for."""

import argparse
from collections.abc import Iterator
from typing import Any

from bot.cli.common import add_json, parse_day, print_rows, reading
from bot.domain.assignment import AssignmentView
from bot.services.reminding import weekly
from bot.services.standing import weekly_figures
from bot.settings import Settings

COLUMNS = ("section", "count", "agency", "clause", "due")
COUNTED = ("completed_on_time", "completed_late", "open_within", "open_overdue")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="at the digest's time on that day (default: the last digest)",
    )
    add_json(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    with reading(settings) as work:
        at = weekly.time_on(work, args.on) if args.on else weekly.find_last(work)
        if at > work.now:
            raise work.refuse("digest_to_come", at=at)
        rows = list_rows(weekly_figures.figures_at(work, at))
    print_rows(rows, COLUMNS, as_json=args.json)
    return 0


def list_rows(found: weekly_figures.Figures) -> list[dict[str, Any]]:
    """One row a section, with its assignments' ids, and one an assignment in it."""
    sections = {
        "newly_overdue": found.newly_overdue,
        "due_next_week": found.due_next_week,
        "waiting": found.waiting,
        "unacknowledged": found.unacknowledged,
    }
    rows: list[dict[str, Any]] = []
    for name, views in sections.items():
        rows.append(_row(name, found, len(views)))
        rows += [{**_row(name, found, None), **_about(view)} for view in views]
    for name, count in (("undated", found.undated), ("unconfirmed", found.unconfirmed)):
        rows.append(_row(name, found, count))
    rows.append(_row("unreachable", found, len(found.unreachable)))
    rows += [{**_row("unreachable", found, None), "agency": name} for name in found.unreachable]
    rows += [_row(name, found, count) for name, count in _list_counts(found)]
    return rows


def _list_counts(found: weekly_figures.Figures) -> Iterator[tuple[str, int]]:
    """The official counting; where any deadline was extended, also by the deadlines given first."""
    yield "total", found.counts.total
    for name in COUNTED:
        yield name, getattr(found.counts, name)
    if found.original is not None:
        yield "extended", found.original.extended
        for name in COUNTED:
            yield f"original_{name}", getattr(found.original.counts, name)


def _row(section: str, found: weekly_figures.Figures, count: int | None) -> dict[str, Any]:
    empty = dict.fromkeys(("assignment", "agency", "clause", "due"))
    return {"at": found.at, "section": section, "count": count, **empty}


def _about(view: AssignmentView) -> dict[str, Any]:
    return {"assignment": view.id, "agency": view.agency_key, "clause": view.clause, "due": view.due}
