"""`dondoc holidays`: a year's days off and worked Saturdays, and the office's own table."""

import argparse
import json
from pathlib import Path

from bot.cli.common import add_json, print_rows, read_bytes, reading, writing
from bot.domain.office_days import MOST_BYTES, YEARS, read_table
from bot.errors import SettingsError
from bot.services.office import holidays
from bot.settings import Settings
from bot.texts import Texts

COLUMNS = ("day", "kind", "name", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the office's table to load: CSV or TSV, header day,kind,name"
    )
    parser.add_argument(
        "--on", type=_year, metavar="YEAR", help="the year to list; this year where none is named"
    )
    parser.add_argument("--replace", action="store_true", help="take away own days that are not in FILE")
    parser.add_argument("--dry-run", action="store_true", help="show what FILE would change; write nothing")
    add_json(parser)


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and YEARS[0] <= int(text[:5]) <= YEARS[1] and len(text) == 4:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no year: {YEARS[0]} to {YEARS[1]}")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.file is None:
        return _list(args, settings)
    if args.on is not None:
        raise SettingsError("--on YEAR is for listing: without FILE")
    data = read_bytes(Path(args.file), MOST_BYTES, "holidays", "ngay-nghi.csv", settings)
    with (reading if args.dry_run else writing)(settings) as work:
        rows, faults = read_table(data)
        if faults:
            raise holidays.refuse_faults(work, faults)
        plan = (
            holidays.plan_table(work, rows, replace=args.replace)
            if args.dry_run
            else holidays.load_table(work, None, rows, replace=args.replace)
        )
    _print_plan(plan, args, work.texts())
    return 0


def _list(args: argparse.Namespace, settings: Settings) -> int:
    if args.replace or args.dry_run:
        raise SettingsError("--replace and --dry-run go with FILE")
    with reading(settings) as work:
        year = args.on or work.today.year
        days = holidays.list_days(work, year)
    rows = [
        {"day": each.day, "kind": each.kind, "name": each.name or None, "source": each.source}
        for each in days
    ]
    print_rows(rows, COLUMNS, as_json=args.json)
    return 0


def _print_plan(plan: holidays.TablePlan, args: argparse.Namespace, t: Texts) -> None:
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": plan.unchanged,
    }
    if args.json:
        print(json.dumps(counts))
        return
    if args.dry_run:
        for sign, rows in (("+", plan.added), ("~", plan.changed)):
            for row in rows:
                print(sign, row.day, row.kind, row.name or "")
        for day in plan.removed:
            print("-", day)
    print(t.plain("days.planned" if args.dry_run else "days.written", **counts))
