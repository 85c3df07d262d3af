"""`make audit`: whether a library of the lock has a known hole. Says plainly what could not be looked up."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
PATIENCE_S = 300


def main(lock: Path = LOCK) -> int:
    """0: nothing is known, or nothing could be asked; 1: a library has a known hole.

    Who has a mirror of the list names it to pip-audit: PIP_AUDIT_VULNERABILITY_SERVICE=osv, PIP_AUDIT_OSV_URL.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--desc", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        report, why = json.loads(done.stdout), ""
    except subprocess.TimeoutExpired:
        report, why = None, f"no answer within {PATIENCE_S} s"
    except ValueError:
        report, why = None, (done.stderr.strip().splitlines() or ["no answer"])[-1]
    code, lines = judge(report, why)
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


def judge(report: Mapping[str, Any] | None, why: str = "") -> tuple[int, list[str]]:
    """The exit code and what to say. `report`: of pip-audit; None where it made none, and `why`."""
    if report is None:
        return 0, [_not_audited(why)]
    libraries = report["dependencies"]
    unknown = [each for each in libraries if "skip_reason" in each]
    if len(unknown) == len(libraries):
        return 0, [_not_audited("PyPI's list of known holes did not answer for any of them")]
    asked = len(libraries) - len(unknown)
    holes = [_describe(each, hole) for each in libraries for hole in each.get("vulns", ())]
    lines = [*holes, f"audited {asked} libraries: {len(holes)} known holes"]
    if unknown:
        names = ", ".join(sorted(each["name"] for each in unknown))
        lines.append(f"NOT AUDITED, since PyPI does not know them: {names}")
    return (1 if holes else 0), lines


def _describe(library: Mapping[str, Any], hole: Mapping[str, Any]) -> str:
    mended = ", ".join(hole.get("fix_versions", ())) or "no version yet"
    return f"{library['name']} {library['version']}: {hole['id']}, mended in {mended}"


def _not_audited(why: str) -> str:
    where = "where there is internet, or with PIP_AUDIT_OSV_URL naming a mirror, before a release"
    return f"NOT AUDITED for known holes: {why[:300]}. Run `make audit` {where}."


if __name__ == "__main__":
    sys.exit(main())
