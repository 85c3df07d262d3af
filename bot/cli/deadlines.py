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
    code = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            phrase, issued_on = _split(line.rstrip("\r\n"), args.on, number)
        except UserError as error:
            # Those after it are answered all the same: who asks a thousand has them in one go.
            print(*error.sentences, sep="\n", file=sys.stderr, flush=True)
            code = 1
            continue
        calendar = vietnam_calendar(range(issued_on.year, issued_on.year + 2)) if issued_on else None
        row = read_deadline(phrase, issued_on, calendar).as_json(say)
        print(json.dumps(row, ensure_ascii=False), flush=True)
    return code


def _split(line: str, default: date | None, number: int) -> tuple[str, date | None]:
    phrase, tab, day = line.partition("\t")
    if not tab or not day.strip():
        return phrase, default
    try:
        return phrase, date.fromisoformat(day.strip())
    except ValueError:
        told = f"line {number} is not answered: {day.strip()[:40]!r} is no day"
        raise UserError(f"{told}; after the tab: YYYY-MM-DD, like 2023-04-24") from None
