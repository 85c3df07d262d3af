"""`dondoc deadlines`: how phrases are read, a JSON line each."""

import argparse
import json
import sys
from datetime import date

from bot.cli.common import parse_day
from bot.domain.deadlines import read_deadline
from bot.errors import UserError
from bot.holidays_vn import vietnam_calendar
from bot.settings import Settings
from bot.texts import Texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on", type=parse_day, help="the document's date where a line names none (YYYY-MM-DD)"
    )
    parser.add_argument("--json", action="store_true", help="the same: every answer is a JSON line")


def run(args: argparse.Namespace, settings: Settings) -> int:
    say = Texts(settings.language, settings.timezone, settings.office_name).say
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for number, line in enumerate(sys.stdin, 1):
        phrase, issued_on = _split(line.rstrip("\r\n"), args.on, number)
        calendar = vietnam_calendar(range(issued_on.year, issued_on.year + 2)) if issued_on else None
        row = read_deadline(phrase, issued_on, calendar).as_json(say)
        print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


def _split(line: str, default: date | None, number: int) -> tuple[str, date | None]:
    phrase, tab, day = line.partition("\t")
    if not tab or not day.strip():
        return phrase, default
    try:
        return phrase, date.fromisoformat(day.strip())
    except ValueError:
        raise UserError(f"line {number}: {day.strip()!r} is no day; after the tab: YYYY-MM-DD") from None
