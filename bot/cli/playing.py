"""`dondoc run` without a token: the sandbox is started first, with people who have joined already."""

import dataclasses
import sys

from sqlmodel import col, select

from bot.app import make_app
from bot.cli.serving import load_first_document, run_app
from bot.clock import make_clock
from bot.domain.access import Role
from bot.opening import make_office
from bot.sandbox import RunningSandbox, Sandbox, serve
from bot.services.context import Work
from bot.services.people.joining import create_invite
from bot.settings import Settings
from bot.web.status import Status
from db.engine import Database
from db.models import Agency, Invite

# Who can be played: a persona of the sandbox, the agency it serves (None: the secretariat).
CAST = (
    ("hu-muong-te", "hu-muong-te"),
    ("ban-tuyen-giao", "ban-tuyen-giao"),
    ("van-phong-tinh-uy", None),
)


def run_with_sandbox(settings: Settings, database: Database) -> int:
    """The very same bot, talking to a sandbox in a thread of its own."""
    status = Status()
    box = Sandbox(settings.sandbox_dir)
    with serve(box, settings.web_host, settings.web_port, status.routes()) as sandbox:
        inside = dataclasses.replace(
            settings, token=sandbox.token, api_url=sandbox.url, clock_url=sandbox.clock_url, proxy=""
        )
        load_first_document(inside, database)
        _let_people_in(inside, database, sandbox)
        print(f"Đôn Đốc: sandbox at {sandbox.page_url}  (Ctrl+C ends it)", file=sys.stderr, flush=True)
        print(sandbox.page_url, flush=True)
        return run_app(make_app(inside, database, status))


def _let_people_in(settings: Settings, database: Database, sandbox: RunningSandbox) -> None:
    """The people of the page open invite links, as anyone would; only where nobody was ever invited."""
    tokens: list[tuple[str, str]] = []
    with database.write() as session:
        if session.exec(select(Invite.id).limit(1)).first() is not None:
            return
        work = Work(session, make_clock(settings.clock_url).now(), make_office(settings))
        for persona, key in CAST:
            agency = session.exec(select(Agency).where(col(Agency.key) == key)).first() if key else None
            if key is None or agency is not None:
                role = Role.SECRETARIAT if agency is None else Role.OFFICER
                tokens.append((persona, create_invite(work, role, agency.id if agency else None, None).token))
    for persona, token in tokens:
        sandbox.sandbox.open_link(persona, token)
