"""Loopback only: nobody else's page, and nobody else's machine."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError
from bot.sandbox import RunningSandbox, Sandbox, serve


@pytest.fixture
def http(running: RunningSandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/sandbox/clock", "/sandbox/api/state", "/sandbox/static/main.js"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
def test_a_foreign_host_is_refused(http: httpx.Client, path: str, host: str) -> None:
    assert http.get(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost"])
@pytest.mark.parametrize("path", ["/sandbox/clock", "/sandbox/api/send", "/sandbox/api/file"])
def test_a_foreign_origin_is_refused(http: httpx.Client, path: str, origin: str) -> None:
    now = {"now": "2023-05-24T08:00:00+07:00"}
    assert http.post(path, json=now, headers={"origin": origin}).status_code == 403


def test_the_pages_own_origin_is_accepted(http: httpx.Client, running: RunningSandbox) -> None:
    now = {"now": "2023-05-24T08:00:00+07:00"}
    answer = http.post("/sandbox/clock", json=now, headers={"origin": running.url})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_a_form_of_another_page_cannot_pass_for_json(http: httpx.Client) -> None:
    content = '{"user": "hu-muong-te", "text": "a"}'
    assert (
        http.post("/sandbox/api/send", content=content, headers={"content-type": "text/plain"}).status_code
        == 400
    )


def test_every_answer_forbids_scripts_and_frames_from_elsewhere(http: httpx.Client) -> None:
    for path in ("/", "/sandbox/api/state", "/sandbox/static/main.js"):
        policy = http.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_page_loads_nothing_from_elsewhere() -> None:
    static = Path(__file__).parents[2] / "bot" / "sandbox" / "static"
    files = [each for each in static.iterdir() if each.suffix in (".html", ".css", ".js")]
    assert len(files) >= 10
    for each in files:
        text = each.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in text
        assert "http://" not in text
        assert 'src="http' not in text
        assert "url(" not in text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::", ""])
def test_an_address_others_could_reach_is_refused(host: str) -> None:
    sandbox = Sandbox()
    with pytest.raises(SettingsError, match="loopback only"):
        serve(sandbox, host)
    sandbox.close()


def test_a_taken_port_is_named(running: RunningSandbox) -> None:
    sandbox = Sandbox()
    with pytest.raises(SettingsError, match=f"127.0.0.1:{running.port}: the sandbox cannot listen there"):
        serve(sandbox, "127.0.0.1", running.port)
    sandbox.close()


def test_a_port_is_free_again_after_stopping() -> None:
    first = serve(Sandbox())
    first.stop()
    first.stop()
    with socket.create_server(("127.0.0.1", first.port)):
        pass


def test_as_a_process_of_its_own_it_prints_address_and_token_and_ends_when_told(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from bot.sandbox import run_standalone; "
    program += "sys.exit(run_standalone('127.0.0.1', 0, Path(sys.argv[1])))"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address, token = process.stdout.readline().strip(), process.stdout.readline().strip()
        answer = httpx.get(f"{address}/bot{token}/getMe", trust_env=False).json()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) in (0, -signal.SIGTERM)
    assert answer["result"]["is_bot"] is True
    Sandbox(tmp_path, token=token).close()
