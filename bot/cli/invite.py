"""`dondoc invite`: a one-time link, made on the machine itself."""

import argparse
import json
import sys
from difflib import get_close_matches

from sqlmodel import col, select

from bot.cli.common import add_json, writing
from bot.domain.access import Role
from bot.errors import SettingsError, UserError
from bot.services import people
from bot.services.context import Work
from bot.settings import Settings
from db.models import Agency, Installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--agency", metavar="KEY", help="an officer of that agency")
    whom.add_argument("--secretariat", action="store_true", help="someone of the secretariat")
    whom.add_argument("--viewer", action="store_true", help="someone who only reads results")
    parser.add_argument("--head", action="store_true", help="with --agency: its head")
    add_json(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.head and not args.agency:
        raise SettingsError("--head goes with --agency KEY")
    with writing(settings) as work:
        agency_id = _find_agency(work, args.agency).id if args.agency else None
        new = people.create_invite(work, _role(args), agency_id, None)
        name = work.session.get_one(Installation, 1).bot_username
        link = people.make_link(name, new.token) if name else None
        expires = new.invite.expires_at.astimezone(settings.timezone).isoformat()
    if args.json:
        print(json.dumps({"token": new.token, "link": link, "expires_at": expires}, ensure_ascii=False))
        return 0
    print(link or f"/start {new.token}")
    if link is None:
        print(
            "The bot has not been connected yet: send it this line, or ask again later for the link.",
            file=sys.stderr,
        )
    print(f"good once, until {expires}", file=sys.stderr)
    return 0


def _role(args: argparse.Namespace) -> Role:
    if args.agency:
        return Role.HEAD if args.head else Role.OFFICER
    return Role.SECRETARIAT if args.secretariat else Role.VIEWER


def _find_agency(work: Work, key: str) -> Agency:
    agency = work.session.exec(select(Agency).where(col(Agency.key) == key)).first()
    if agency is None:
        known = list(work.session.exec(select(Agency.key).order_by(col(Agency.key))))
        near = get_close_matches(key, known, n=3, cutoff=0.4)
        raise UserError(
            f"--agency {key!r}: no such agency; "
            + (f"near: {', '.join(near)}" if near else "load a document first")
        )
    return agency
