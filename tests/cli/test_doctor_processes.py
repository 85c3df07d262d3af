"""What `doctor` says of the webhook, of the process that works, and of another program with the token."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cli.webhook_findings import judge_webhook
from bot.outbox.lease import NAME, free_lease, take_lease
from bot.services.upkeep.processes import examine_processes
from bot.settings import parse_settings
from db.models import Installation
from tests.conftest import Desk

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
URL = "https://dondoc.example/hook/geheim"
GIVEN = {"BOT_TOKEN": "123456789:" + "W" * 35, "WEBHOOK_SECRET": "s", "WEBHOOK_ADDRESS": "127.0.0.1:8081"}
FAILED = {"last_error_date": int(NOW.timestamp()) - 60, "last_error_message": "Connection refused"}


@pytest.mark.parametrize(
    ("url", "info", "wanted", "words"),
    [
        ("", {}, None, ""),
        ("", {"url": URL}, "fail", "`dondoc run` deletes it"),
        (URL, {}, "fail", "has been told no webhook"),
        (URL, {"url": "https://other.example/x"}, "fail", "delivers to other.example"),
        (URL, {"url": URL, "pending_update_count": 3}, "ok", "3 updates wait"),
        (URL, {"url": URL, "pending_update_count": 300}, "warn", "300 updates wait"),
        (
            URL,
            {"url": URL, "pending_update_count": 3, **FAILED},
            "fail",
            "at 14:59: Connection refused (3 wait)",
        ),
        (URL, {"url": URL, "pending_update_count": 0, **FAILED}, "warn", "Connection refused"),
    ],
)
def test_the_webhook_is_judged_and_its_path_not_told(
    url: str, info: dict[str, Any], wanted: str | None, words: str
) -> None:
    settings = parse_settings({**GIVEN, "WEBHOOK_URL": url})
    found = list(judge_webhook(settings, info, NOW))
    assert [each.status for each in found] == ([wanted] if wanted else [])
    for each in found:
        assert words in each.message
        assert "geheim" not in each.message


def test_who_works_is_told_and_that_nobody_does(desk: Desk) -> None:
    def look() -> list[tuple[str, str, str]]:
        with desk.reading() as work:
            found = list(examine_processes(work, NOW))
        return [(each.check, each.status, each.message) for each in found]

    assert look() == []
    take_lease(desk.database, NAME, "host:12:1:machine:token")
    assert look() == [("process", "ok", "process 12 on host works and sends; others stand by")]
    free_lease(desk.database, NAME, "host:12:1:machine:token")
    assert [each[:2] for each in look()] == [("process", "warn")]


def test_another_program_with_the_token_is_told_for_half_an_hour(desk: Desk) -> None:
    with desk.work() as work:
        work.session.get_one(Installation, 1).rival_at = NOW
    for later, wanted in ((timedelta(minutes=29), ["token"]), (timedelta(minutes=31), [])):
        with desk.reading() as work:
            assert [each.check for each in examine_processes(work, NOW + later)] == wanted
