"""`docs/operations.md` explains every setting, every line of `doctor`, every figure and every reason there is."""

import re
import subprocess
from pathlib import Path

from bot.watching.report import MOST_S
from bot.web.metrics import COUNTERS, HISTOGRAMS
from bot.web.status import Status

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_there() -> None:
    names = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) > 15
    assert [each for each in names if f"`{each}`" not in PAGE] == []


def test_every_line_of_doctor_is_there() -> None:
    bot = ROOT / "bot"
    files = [*(bot / "cli").glob("doctor*.py"), *(bot / "services" / "upkeep" / "health").glob("*.py")]
    files += [bot / "cli" / "webhook_findings.py", bot / "services" / "upkeep" / "processes.py"]
    checks = {name for file in files for name in re.findall(r"Finding\(\s*\"(\w+)\"", file.read_text())}
    assert len(checks) > 20
    assert {each for each in checks if f"`{each}`" not in PAGE} == set()


def test_every_figure_and_every_reason_is_there() -> None:
    figures = {f"dondoc_{each}_total" for each in COUNTERS} | {
        f"dondoc_{each}_seconds" for each in HISTOGRAMS
    }
    figures |= {family.name for family in Status()._metrics.registry.collect() if family.type == "gauge"}
    figures = {each for each in figures if each.startswith("dondoc_")}
    assert len(figures) > 12
    assert {each for each in figures if f"`{each}" not in PAGE} == set()
    assert {each for each in MOST_S if f"`{each}`" not in PAGE} == set()


def test_the_alarms_it_names_are_logged_by_the_program() -> None:
    (paragraph,) = re.findall(r"Trong nhật ký, đáng chú ý: (.*?)\n\n", PAGE, re.DOTALL)
    names = re.findall(r"`([a-z_]+)`", paragraph)
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    assert len(names) > 8
    assert [each for each in names if f'"{each}"' not in code] == []


def test_every_section_has_its_english_summary_and_is_linked_at_the_top() -> None:
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    titles = [section.splitlines()[0] for section in sections[1:]]
    for title, section in zip(titles, sections[1:], strict=True):
        assert "*English:" in section, title
        anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        assert f"[{title}](#{anchor})" in sections[0], title


def test_the_short_command_works_for_who_may_not_enter_the_bots_folder(tmp_path: Path) -> None:
    (short,) = re.findall(r"^dondoc\(\) .*$", PAGE, re.MULTILINE)
    program = tmp_path / "dondoc"
    program.write_text('#!/bin/sh\npwd; printf "%s|" "$@"')
    program.chmod(0o755)
    short = short.replace("/opt/dondoc/.venv/bin/dondoc", str(program)).replace(
        "/var/lib/dondoc", str(tmp_path)
    )
    # The one who types it is refused the folder; the bot's user is not.
    typed = f'cd() {{ return 1; }}; sudo() {{ shift 2; "$@"; }}; {short}; dondoc backup "hai từ.zip" --force'
    done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}\nbackup|hai từ.zip|--force|")


def test_the_readme_links_it() -> None:
    for name in ("README.md", "README.vi.md"):
        assert "docs/operations.md" in (ROOT / name).read_text(encoding="utf-8")
