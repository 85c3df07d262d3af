"""`dondoc indicators`: every number reported against a target, and the targets nobody has reported on yet."""

import argparse
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.cli.common import add_json, print_rows, reading
from bot.services.context import Work
from bot.services.standing import indicators
from bot.settings import Settings

COLUMNS = ("target", "name", "wanted", "unit", "by", "agency", "value", "as_of", "report")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    with reading(settings) as work:
        rows = list(list_rows(work))
    print_rows(rows, COLUMNS, as_json=args.json)
    return 0


def list_rows(work: Work) -> Iterator[dict[str, Any]]:
    """By target, in the order of the days; of a target without a number one row that says so."""
    series = indicators.list_series(work)
    for document, standings in indicators.list_all(work):
        for target in (each.target for each in standings):
            wanted = {
                "document": document.key,
                "target": target.key,
                "name": target.name,
                "unit": target.unit,
                "wanted": target.value,
                "by": target.by_on,
            }
            told = [each for each in series if each.target_id == target.id]
            for each in told:
                value = _as_number(each.value)
                yield {
                    **wanted,
                    "agency": each.agency_key,
                    "value": value,
                    "as_of": each.as_of,
                    "report": each.report_id,
                }
            if not told:
                yield {**wanted, **dict.fromkeys(("agency", "value", "as_of", "report"))}


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
