"""Whether the bot is well is judged, told to systemd, to a heartbeat address, to the record and over HTTP."""

import asyncio
import itertools
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast

import httpx
import pytest
from prometheus_client import generate_latest

from bot.sandbox import Sandbox, serve
from bot.services.office import uptime
from bot.services.upkeep.queues import Queue, Queues
from bot.vitals import PARTS, Vitals
from bot.watching import report as judging
from bot.watching import watch as watching
from bot.watching.report import Reports
from bot.watching.systemd import Notifier
from bot.watching.watch import Watch
from bot.web import server as serving
from bot.web.server import WebServer
from bot.web.status import Status
from tests.conftest import START, Desk
from tests.unit.line import HANGING_S

QUIET = Queues({}, {}, 0, 0)


def a_status(**ages: float) -> Status:
    """A bot whose parts last succeeded so many seconds ago."""
    status = Status()
    status.reports.found(QUIET)
    for part, seconds in ages.items():
        beat = status.vitals._beats[cast(Any, part)]
        beat.done_at -= seconds
        beat.tried_at -= seconds
    return status


def ask(status: Status, path: str) -> httpx.Response:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(status.make_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await client.get(path)

    return asyncio.run(get())


# --- the pages


def test_a_bot_that_is_well_answers_200_with_the_age_of_each_success() -> None:
    answer = ask(a_status(), "/healthz")
    body = answer.json()
    assert (answer.status_code, body["status"], body["reasons"]) == (200, "ok", [])
    assert body["seconds_since_success"].keys() == {*PARTS, "database"}
    assert answer.headers["cache-control"] == "no-store"


def test_before_its_first_look_a_bot_says_that_it_is_starting_and_is_not_taken_for_well() -> None:
    status = Status()
    answer = ask(status, "/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["reasons"]) == (503, "starting", [])
    assert "dondoc_healthy 0.0" in ask(status, "/metrics").text
    status.reports.found(QUIET)
    assert ask(status, "/healthz").json()["status"] == "ok"


def test_a_bot_whose_first_look_is_refused_or_takes_too_long_is_failing_not_starting() -> None:
    refused, silent = Status(), Status()
    refused.reports.failed("OperationalError")
    silent.reports._looked_at -= judging.DATABASE_S + 1
    for status in (refused, silent):
        answer = ask(status, "/healthz")
        assert (answer.status_code, answer.json()["status"]) == (503, "failing")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_does_not_succeed_makes_it_503_with_the_reason(part: str) -> None:
    answer = ask(a_status(**{part: 160}), "/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert [each.partition(":")[0] for each in answer.json()["reasons"]] == [part]
    assert "160 s" in answer.json()["reasons"][0]


def test_a_database_that_refuses_or_is_silent_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    status = a_status()
    status.reports.failed("OperationalError")
    assert ask(status, "/healthz").json()["reasons"] == ["database: OperationalError"]
    status.reports.found(QUIET)
    assert ask(status, "/healthz").status_code == 200
    status.reports._looked_at -= judging.DATABASE_S + 1
    assert "database: no answer for 31 s" in ask(status, "/healthz").json()["reasons"]


def test_what_waits_too_long_is_a_reason() -> None:
    status = a_status()
    status.reports.found(Queues({"reminder": Queue(3, 60)}, {"received": Queue(2, 301)}, 0, 0))
    assert ask(status, "/healthz").json()["reasons"] == ["inbox: an update has waited for 301 s"]
    status.reports.found(Queues({"reminder": Queue(3, 1000)}, {}, 0, 3))
    assert ask(status, "/healthz").status_code == 200, "a clock put forward, perhaps"
    status.reports._late_since = 0.0
    status.reports.found(Queues({"reminder": Queue(3, 1000)}, {}, 0, 3))
    assert "3 messages" in ask(status, "/healthz").json()["reasons"][0]


def test_the_figures_are_there_for_prometheus() -> None:
    status = a_status(intake=5)
    status.reports.found(Queues({"reminder": Queue(3, 60.5)}, {"received": Queue(2, 7)}, 4, 0))
    status.vitals.count("sent", "reminder")
    status.vitals.count("updates", "message", 5)
    status.vitals.observe("delivery_delay", 3, "reminder")
    status.vitals.observe("tick_duration", -0.1)
    answer = ask(status, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    for line in (
        "dondoc_healthy 1.0",
        'dondoc_outbox_waiting{kind="reminder"} 3.0',
        'dondoc_outbox_oldest_seconds{kind="reminder"} 60.5',
        'dondoc_inbox_waiting{state="received"} 2.0',
        'dondoc_inbox_oldest_seconds{state="received"} 7.0',
        "dondoc_outbox_unreceived 4.0",
        "dondoc_outbox_stuck 0.0",
        'dondoc_sent_total{kind="reminder"} 1.0',
        'dondoc_updates_total{type="message"} 5.0',
        'dondoc_delivery_delay_seconds_bucket{kind="reminder",le="5.0"} 1.0',
        "dondoc_tick_duration_seconds_count 1.0",
    ):
        assert line in lines, line
    assert any(line.startswith('dondoc_since_success_seconds{part="intake"} 5.') for line in lines)
    assert any(line.startswith("process_resident_memory_bytes") for line in lines)


def test_the_sandbox_shows_both_pages_beside_its_own() -> None:
    with serve(Sandbox(), beside=a_status().routes()) as running:
        for path in ("/healthz", "/metrics", "/"):
            assert httpx.get(f"{running.url}{path}").status_code == 200
        foreign = httpx.get(f"{running.url}/metrics", headers={"host": "evil.example"})
    assert foreign.status_code == 403


def test_two_bots_of_one_process_count_apart() -> None:
    one, other = a_status(), a_status()
    one.vitals.count("sent", "reminder")
    assert "dondoc_sent_total{" not in ask(other, "/metrics").text


def test_a_standby_is_judged_by_its_tick_alone() -> None:
    vitals = Vitals()
    reports = Reports(vitals)
    reports.found(QUIET)
    for beat in vitals._beats.values():
        beat.done_at -= 1000
    vitals.rest()
    assert [each.partition(":")[0] for each in reports.judge().reasons] == ["tick"]


def test_a_port_that_is_taken_is_asked_for_again_and_keeps_nobody_from_working(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "AGAIN_S", 0.02)

    async def run() -> int:
        other = socket.create_server(("127.0.0.1", 0))
        port = other.getsockname()[1]
        web = WebServer(a_status().make_app(), "127.0.0.1", port)
        running = asyncio.create_task(web.run())
        await asyncio.sleep(0.1)
        assert (web.port, running.done()) == (0, False)
        other.close()
        async with asyncio.timeout(10), httpx.AsyncClient() as client:
            while not web.port:
                await asyncio.sleep(0.01)
            answer = await client.get(f"http://127.0.0.1:{port}/healthz")
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return answer.status_code

    assert asyncio.run(run()) == 200


# --- systemd


@contextmanager
def a_systemd(folder: Path, name: str = "") -> Iterator[tuple[str, socket.socket]]:
    """A socket as systemd's, and how the environment names it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        path = str(folder / "notify")
        heard.bind("\0" + name if name else path)
        heard.settimeout(HANGING_S)
        yield f"@{name}" if name else path, heard


@pytest.mark.parametrize("name", ["", "dondoc-test"])
def test_systemd_is_told_on_a_socket_of_a_path_or_an_abstract_one(tmp_path: Path, name: str) -> None:
    name = name and f"{name}-{os.getpid()}"
    with a_systemd(tmp_path, name) as (address, heard):
        notifier = Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "60000000"})
        assert notifier.watchdog_s == 60
        notifier.ready()
        notifier.alive()
        notifier.status("well")
        notifier.stopping()
        said = [heard.recv(200).decode() for _ in range(4)]
    assert said == ["READY=1", "WATCHDOG=1", "STATUS=well", "STOPPING=1"]


def test_without_systemd_or_with_its_socket_gone_nothing_happens(tmp_path: Path) -> None:
    for environment in ({}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": str(tmp_path / "gone")}):
        Notifier(environment).ready()
    assert Notifier({}).watchdog_s is None
    other = {"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "5", "WATCHDOG_PID": "1"}
    assert Notifier(other).watchdog_s is None


class Heard(Notifier):
    """A notifier that keeps what it says."""

    def __init__(self) -> None:
        super().__init__({})
        self.said: list[str] = []

    def _tell(self, state: str) -> None:
        self.said.append(state)


# --- watching


class Alarm:
    """A heartbeat address that answers with a status."""

    def __init__(self, status: int) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(f"{self.command} {self.path}")
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/ping/khoa-bi-mat"

    def __enter__(self) -> "Alarm":
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


async def watch_for(
    desk: Desk,
    status: Status,
    is_enough: Callable[[list[str]], bool],
    url: str = "",
    *,
    standby: bool = False,
) -> list[str]:
    """Watches with a minute of 0.1 s until it is enough; what systemd was told."""
    heard = Heard()
    watch = Watch(desk.database, desk.office, desk.clock, status.reports, heard, url, lambda: standby)
    running = asyncio.create_task(watch.run())
    async with asyncio.timeout(HANGING_S):
        while not is_enough(heard.said):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return heard.said


def count_heard(status: Status) -> float:
    """Calls of the heartbeat address that `/metrics` tells of."""
    labels = {"result": "heard"}
    return status._metrics.registry.get_sample_value("dondoc_heartbeats_total", labels) or 0.0


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_S", 0.02)
    monkeypatch.setattr(watching, "MINUTE_S", 0.1)


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_after_each_healthy_minute_the_address_is_called_and_the_time_recorded(desk: Desk) -> None:
    status = a_status()
    with Alarm(200) as alarm:
        said = asyncio.run(watch_for(desk, status, lambda said: count_heard(status) >= 2, alarm.url))
    assert len(alarm.calls) >= 2
    assert set(alarm.calls) == {"GET /ping/khoa-bi-mat"}
    assert said.count("WATCHDOG=1") >= 2
    assert "STATUS=well" in said
    with desk.reading() as work:
        assert uptime.find_first(work) == START


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bot_that_is_not_well_is_silent_but_fed_while_its_loops_go_round(desk: Desk) -> None:
    status = a_status(intake=160)
    status.vitals.failed("intake")
    with Alarm(200) as alarm:
        asyncio.run(watch_for(desk, status, lambda said: said.count("WATCHDOG=1") > 10, alarm.url))
    assert alarm.calls == []
    with desk.reading() as work:
        assert uptime.find_first(work) is None


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", ["tick", "intake"])
def test_the_watchdog_starves_where_ticks_or_intake_have_stopped(desk: Desk, part: str) -> None:
    status, looks = a_status(**{part: 200}), itertools.count()
    assert asyncio.run(watch_for(desk, status, lambda said: next(looks) > 20)) == []


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_standby_whose_intake_rests_is_fed_and_well(desk: Desk) -> None:
    status = a_status(intake=500, sender=500)
    wanted = {"WATCHDOG=1", "STATUS=well"}
    asyncio.run(watch_for(desk, status, lambda said: wanted <= set(said), standby=True))


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["refusing", "gone"])
def test_an_address_that_does_not_hear_is_logged_without_its_secret(
    desk: Desk, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, what = a_status(), "refused" if kind == "refusing" else "failed"

    def is_enough(said: list[str]) -> bool:
        return f'heartbeats_total{{result="{what}"}}' in generate_latest(status._metrics.registry).decode()

    with Alarm(404) as alarm:
        if kind == "refusing":
            asyncio.run(watch_for(desk, status, is_enough, alarm.url))
    if kind == "gone":
        asyncio.run(watch_for(desk, status, is_enough, alarm.url))
    seen = capsys.readouterr()
    assert f"heartbeat_{what}" in seen.out + seen.err
    assert "khoa-bi-mat" not in seen.out + seen.err


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pause_of_the_process_begins_a_new_span(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record = watching._Record(desk.database, desk.office, desk.clock)
    record._keep()
    desk.clock.move(START + timedelta(minutes=1))
    record._keep()
    record._kept_s -= watching.BREAK_S + 1
    desk.clock.move(START + timedelta(minutes=30))
    record._keep()
    with desk.reading() as work:
        gaps = uptime.list_gaps(work, START - timedelta(days=7), work.now)
    assert [(each.start, each.end) for each in gaps] == [
        (START + timedelta(minutes=1), START + timedelta(minutes=30))
    ]
