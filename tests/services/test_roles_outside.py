"""The other ways in: nothing that comes over HTTP, or as a command of the machine, acts as a person."""

import asyncio
import json
import re
from typing import Any

import httpx
import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, select
from starlette.types import ASGIApp

from bot.__main__ import main
from bot.handlers.router import BUTTONS, COMMANDS
from bot.inbox.webhook import SECRET_HEADER, Webhook
from bot.vitals import Vitals
from bot.web.status import Status
from db.models import Event
from tests.services.office import CAST, Setting

AN = CAST["an"]
VERBS = ("POST", "PUT", "PATCH", "DELETE")
# Where the sandbox's page would be; a bot with a token has none of it.
ELSEWHERE = (
    "/",
    "/sandbox",
    "/sandbox/api/press",
    "/sandbox/api/send",
    "/sandbox/clock",
    "/hook",
    "/bot1:x/getMe",
)


Call = tuple[str, str, dict[str, str], Any]


def ask(app: ASGIApp, calls: list[Call]) -> list[httpx.Response]:
    """Each (verb, path, headers, body) in turn."""

    async def do() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
            return [
                await client.request(verb, path, headers=headers, json=body)
                for verb, path, headers, body in calls
            ]

    return asyncio.run(do())


def count_all(office: Setting) -> dict[str, int]:
    with office.desk.reading() as work:
        return {
            table.name: work.session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


def list_forged() -> list[dict[str, Any]]:
    """Every button and every command, as if An of the secretariat had pressed or typed it."""
    who = {"id": AN, "is_bot": False, "first_name": "An"}
    chat = {"id": AN, "type": "private"}
    pressed = [
        {
            "id": "1",
            "from": who,
            "chat_instance": "1",
            "data": f"{name}:1",
            "message": {"message_id": 1, "date": 1, "chat": chat, "text": "…"},
        }
        for name in (*BUTTONS, "dlg")
    ]
    typed = [{"message_id": 1, "date": 1, "from": who, "chat": chat, "text": f"/{name}"} for name in COMMANDS]
    updates = [{"callback_query": each} for each in pressed] + [{"message": each} for each in typed]
    return [{"update_id": n, **each} for n, each in enumerate(updates, 1)]


def test_the_pages_for_monitoring_show_nobody_and_change_nothing(small_office: Setting) -> None:
    before, status = count_all(small_office), Status()
    assert [each.path for each in status.routes()] == ["/healthz", "/metrics"], "a new page: who may see it?"
    forged = list_forged()[0]
    calls: list[Call] = [("GET", path, {}, None) for path in ("/healthz", "/metrics")]
    pages = ("/healthz", "/metrics", *ELSEWHERE)
    refused: list[Call] = [(verb, path, {}, forged) for verb in VERBS for path in pages]
    refused += [("GET", path, {}, None) for path in ELSEWHERE]
    shown = ask(status.make_app(), calls)
    # Apart from the figures, which may be anything: what is said and named.
    words = [re.sub(r" [-+.e\d]+$", "", each.text, flags=re.MULTILINE) for each in shown]
    for name in ("Bình", "Binh", "Mường Tè", "Văn phòng", str(AN), str(CAST["binh"])):
        assert all(name not in each for each in words), name
    assert {each.status_code for each in ask(status.make_app(), refused)} <= {404, 405}
    assert count_all(small_office) == before


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "geheim-2"}, {"Authorization": "geheim"}])
def test_no_button_and_no_command_comes_in_without_the_secret(
    small_office: Setting, headers: dict[str, str]
) -> None:
    before = count_all(small_office)
    webhook = Webhook(small_office.desk.database, 1, "/hook", "geheim", lambda: None, Vitals())
    answers = ask(webhook.make_app(), [("POST", "/hook", headers, each) for each in list_forged()])
    assert len(answers) > 100
    assert {each.status_code for each in answers} == {403}
    assert count_all(small_office) == before


def test_what_a_command_of_the_machine_does_is_on_the_record_as_nobodys(
    small_office: Setting, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = small_office.desk
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{desk.database.url.database}")
    monkeypatch.delenv("CLOCK_URL", raising=False)
    with desk.reading() as work:
        last = work.session.exec(select(func.max(Event.id))).one() or 0
    for arguments in (
        ["agency", "add", "bum-to", "Đảng ủy xã Bum Tở"],
        ["agency", "rename", "bum-to", "Đảng ủy xã Bum Tở mới"],
        ["invite", "--agency", "bum-to", "--head"],
    ):
        assert main([*arguments, "--json"]) == 0, arguments
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["token"]
    with desk.reading() as work:
        made = [each for each in work.session.exec(select(Event)) if each.id > last]
    assert {each.action for each in made} >= {"agency_added", "invited"}
    assert {each.actor_id for each in made} == {None}
