"""`dondoc reminders`: what will be sent in the days to come, and why."""

import argparse
from typing import Any

from bot.cli.common import add_json, find_agency, print_rows, reading
from bot.domain.forecast import Expected
from bot.screens.forecast import held_words, plain_why
from bot.services.reminding.forecast import end_of_day, list_expected
from bot.settings import Settings
from bot.texts import Texts

COLUMNS = ("on", "agency", "clause", "kind", "recipients", "reason", "held")
MOST_DAYS = 366


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--agency", metavar="KEY", help="only of that agency, and of leads it advises")
    parser.add_argument(
        "--days", type=_days, default=30, metavar="N", help="so many days ahead, 1 to 366 (default: 30)"
    )
    add_json(parser)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST_DAYS):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days: 1 to {MOST_DAYS}")
    return int(text)


def run(args: argparse.Namespace, settings: Settings) -> int:
    with reading(settings) as work:
        agency_id = find_agency(work, args.agency).id if args.agency is not None else None
        found = list_expected(work, end_of_day(work, args.days), agency_id=agency_id)
        rows = [forecast_row(each, work.texts()) for each in found]
    print_rows(rows, COLUMNS, as_json=args.json)
    return 0


def forecast_row(each: Expected, t: Texts) -> dict[str, Any]:
    view = each.view
    return {
        "at": each.at,
        "on": each.on,
        "kind": each.kind,
        "step": each.step,
        "reason": plain_why(each, t),
        "moved_from": each.moved_from,
        "assignment": view.id or None,
        "document": view.document_key,
        "clause": view.clause,
        "clause_label": view.clause_label,
        "task": view.task,
        "agency": view.agency_key,
        "agency_name": view.agency_name,
        "role": view.role,
        "period": view.period,
        "due": view.due,
        "to": each.to.key if each.to else "secretariat",
        "recipients": each.recipients,
        "held": held_words(each, t),
    }
