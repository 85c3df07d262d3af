"""`dondoc invite`: a one-time link, made on the machine itself."""

import argparse
import json
import sys

from bot.cli.common import add_json, find_agency, writing
from bot.domain.access import Role
from bot.errors import SettingsError
from bot.services.people import joining
from bot.settings import Settings
from db.models import Installation


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
        agency_id = find_agency(work, args.agency).id if args.agency else None
        new = joining.create_invite(work, _role(args), agency_id, None)
        name = work.session.get_one(Installation, 1).bot_username
        link = joining.make_link(name, new.token) if name else None
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
