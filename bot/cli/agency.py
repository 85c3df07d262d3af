"""`dondoc agency`: agencies listed, added, renamed, merged, split and ended, from a day on."""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from sqlmodel import col, select

from bot.cli.common import add_json, find_agency, parse_day, print_rows, reading, trying, writing
from bot.services.agencies import successions
from bot.services.agencies.handovers import UNFINISHED
from bot.services.agencies.splits import list_split
from bot.services.agencies.successions import Change
from bot.services.context import Work
from bot.services.notice.discretion import set_discreet
from bot.settings import Settings
from db.models import Agency, Assignment, Membership, Succession

COLUMNS = ("key", "name", "people", "open", "ended_on", "planned")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all agencies, also those that have ended")
    add_json(listing)
    adding = actions.add_parser("add", help="a new agency")
    adding.add_argument("key", metavar="KEY", help="lower-case letters, digits, hyphens")
    adding.add_argument("name", metavar="NAME")
    renaming = actions.add_parser("rename", help="another name; the old one stays as an alias")
    renaming.add_argument("key", metavar="KEY")
    renaming.add_argument("name", metavar="NAME")
    merging = actions.add_parser(
        "merge", help="KEY becomes a part of INTO, with its open tasks and its people"
    )
    merging.add_argument("key", metavar="KEY")
    merging.add_argument("into", metavar="INTO")
    splitting = actions.add_parser(
        "split", help="KEY becomes several; who goes on with what is chosen in the chat (/coquan)"
    )
    splitting.add_argument("key", metavar="KEY")
    splitting.add_argument("into", metavar="INTO", nargs="+")
    ending = actions.add_parser("end", help="KEY is no more")
    ending.add_argument("key", metavar="KEY")
    ending.add_argument("--withdraw", metavar="REASON", default="", help="withdraw its open tasks, and why")
    cancelling = actions.add_parser("cancel", help="take back what is planned for a day to come")
    cancelling.add_argument("key", metavar="KEY")
    setting = actions.add_parser("set", help="whether its messages say what they are about")
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("--discreet", choices=("on", "off"), required=True)
    for each in (renaming, merging, splitting, ending):
        each.add_argument(
            "--on", type=parse_day, metavar="DATE", help="from that day on; today where none is given"
        )
    for each in (adding, renaming, merging, splitting, ending, cancelling, setting):
        each.add_argument("--dry-run", action="store_true", help="show what it would do; write nothing")
        add_json(each)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "list":
        with reading(settings) as work:
            rows = _list(work)
        print_rows(rows, COLUMNS, as_json=args.json)
        return 0
    with (trying if args.dry_run else writing)(settings) as work:
        done = _do(work, args)
    if args.json:
        print(json.dumps(done, ensure_ascii=False))
        return 0
    print("  ".join(f"{name}={_words(value)}" for name, value in done.items()))
    if args.dry_run:
        print("nothing was written", file=sys.stderr)
    return 0


def _words(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else "-" if value is None else str(value)


def _list(work: Work) -> list[dict[str, Any]]:
    seats = select(Membership.agency_id).where(
        col(Membership.until_at).is_(None), col(Membership.agency_id).is_not(None)
    )
    people = Counter(work.session.exec(seats))
    unfinished = select(Assignment.agency_id).where(col(Assignment.status).in_(UNFINISHED))
    tasks = Counter(work.session.exec(unfinished))
    unapplied = select(Succession).where(col(Succession.applied_at).is_(None)).order_by(col(Succession.id))
    planned = {
        each.from_agency_id: f"{each.kind} {each.effective_on}" for each in work.session.exec(unapplied)
    }
    return [
        {
            "id": each.id,
            "key": each.key,
            "name": each.name,
            "aliases": each.aliases,
            "people": people[each.id],
            "open": tasks[each.id],
            "discreet": each.is_discreet,
            "ended_on": each.ended_on,
            "planned": planned.get(each.id),
        }
        for each in work.session.exec(select(Agency).order_by(col(Agency.id)))
    ]


def _do(work: Work, args: argparse.Namespace) -> dict[str, Any]:
    if args.action == "add":
        agency = successions.add(work, None, args.name, args.key)
        return {"agency": agency.key, "name": agency.name}
    agency = find_agency(work, args.key, "KEY")
    if args.action == "cancel":
        successions.cancel(work, None, agency)
        return {"agency": agency.key}
    if args.action == "set":
        set_discreet(work, None, agency, args.discreet == "on")
        return {"agency": agency.key, "discreet": agency.is_discreet}
    change = _read_change(work, args, agency)
    before = successions.count_left(work, agency.id)
    successions.make(work, None, change)
    work.session.flush()
    waiting = next((each for each in list_split(work) if each.agency.id == agency.id), None)
    return {
        "agency": agency.key,
        "kind": change.kind,
        "on": change.effective_on.isoformat(),
        "applied": change.effective_on <= work.today,
        "name": agency.name,
        "into": [each.key for each in change.into],
        "open": before,
        "waiting": len(waiting.assignments) + len(waiting.seats) if waiting else 0,
    }


_KINDS = {"rename": "renamed", "merge": "merged", "split": "split", "end": "ended"}


def _read_change(work: Work, args: argparse.Namespace, agency: Agency) -> Change:
    into = getattr(args, "into", [])
    keys = [into] if isinstance(into, str) else into
    return Change(
        kind=_KINDS[args.action],
        agency=agency,
        effective_on=args.on or work.today,
        name=getattr(args, "name", ""),
        into=tuple(find_agency(work, key, "INTO") for key in keys),
        reason=getattr(args, "withdraw", "").strip(),
    )
