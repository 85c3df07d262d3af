"""`dondoc member`: people listed, a role ended, personal data erased on request."""

import argparse
import json
from typing import Any

from sqlmodel import col, select

from bot.cli.common import add_json, find_agency, print_rows, reading, writing
from bot.domain.access import Role
from bot.errors import SettingsError, UserError
from bot.services.context import Work
from bot.services.people import erasing, leaving
from bot.settings import Settings
from db.models import Agency, Member, Membership

COLUMNS = ("id", "name", "role", "agency", "since", "until")
_OF_AGENCY = (Role.OFFICER.value, Role.HEAD.value)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="people and their roles, also those that have ended")
    leave = actions.add_parser("leave", help="someone is no longer in a role: access ends at once")
    leave.add_argument("id", metavar="ID", type=_number, help="as in `dondoc member list`")
    leave.add_argument("--role", required=True, choices=[each.value for each in Role])
    leave.add_argument("--agency", metavar="KEY", help="of an officer or a head who serves in several")
    erase = actions.add_parser("erase", help="erase someone's personal data; what they did stays on record")
    erase.add_argument("id", metavar="ID", type=_number, help="as in `dondoc member list`")
    erase.add_argument("--yes", action="store_true", help="it cannot be undone")
    for each in (listing, leave, erase):
        add_json(each)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a person: see `dondoc member list`")
    return int(text)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "list":
        with reading(settings) as work:
            rows = _list(work)
        print_rows(rows, COLUMNS, as_json=args.json)
        return 0
    if args.action == "erase" and not args.yes:
        raise SettingsError("erasing cannot be undone: say --yes")
    with writing(settings) as work:
        done = _leave(work, args) if args.action == "leave" else _erase(work, args)
    print(json.dumps(done, ensure_ascii=False) if args.json else done["text"])
    return 0


def _list(work: Work) -> list[dict[str, Any]]:
    query = (
        select(Member, Membership, Agency.key)
        .join(Membership, col(Membership.member_id) == col(Member.id), isouter=True)
        .join(Agency, col(Agency.id) == col(Membership.agency_id), isouter=True)
        .order_by(col(Member.id), col(Membership.id))
    )
    return [
        {
            "id": member.id,
            "name": member.name,
            "role": seat.role if seat else None,
            "agency": key,
            "since": seat.from_at if seat else None,
            "until": seat.until_at if seat else None,
            "erased_at": member.erased_at,
        }
        for member, seat, key in work.session.exec(query)
    ]


def _leave(work: Work, args: argparse.Namespace) -> dict[str, Any]:
    member, role = leaving.get_member(work, args.id), Role(args.role)
    agency_id = _find_agency(work, args, role)
    leaving.end_membership(work, None, member.id, role, agency_id)
    return {"id": member.id, "role": role.value, "text": f"{member.name}: {role.value} until now"}


def _find_agency(work: Work, args: argparse.Namespace, role: Role) -> int | None:
    if role.value not in _OF_AGENCY:
        if args.agency:
            raise SettingsError(f"--agency goes with --role {' or '.join(_OF_AGENCY)}")
        return None
    if args.agency:
        return find_agency(work, args.agency).id
    query = (
        select(Agency.id, Agency.key)
        .join(Membership, col(Membership.agency_id) == col(Agency.id))
        .where(
            col(Membership.member_id) == args.id,
            col(Membership.role) == role.value,
            col(Membership.until_at).is_(None),
        )
        .order_by(col(Agency.id))
    )
    found = work.session.exec(query).all()
    if len(found) > 1:
        raise UserError(f"--agency: {role.value} of {', '.join(key for _, key in found)}; say which")
    return found[0][0] if found else 0


def _erase(work: Work, args: argparse.Namespace) -> dict[str, Any]:
    member = erasing.erase_member(work, None, args.id)
    return {"id": member.id, "name": member.name, "text": f"erased: now “{member.name}”"}
