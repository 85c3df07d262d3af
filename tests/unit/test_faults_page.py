"""`docs/faults.md` names tests that exist, in the files in which they are, and pages and soak runs that exist."""

import re
from pathlib import Path

from tests.soak.__main__ import RUNS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "faults.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)")


def test_every_test_it_names_is_in_its_file() -> None:
    named = [(file, each) for file, tests in NAMED.findall(PAGE) for each in re.findall(r"test_\w+", tests)]
    assert len(named) > 60
    assert len(named) == len(re.findall(r"`test_\w+`", PAGE)), "each belongs to a file"
    assert [(file, each) for file, each in named if not _is_there(file, each)] == []


def _is_there(file: str, name: str) -> bool:
    (path,) = [each for each in (ROOT / "tests").rglob(Path(file).name) if str(each).endswith(f"/{file}")]
    return f"def {name}(" in path.read_text(encoding="utf-8")


def test_every_row_says_who_does_it_and_where_it_is_said() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
    assert len(rows) > 25
    for row in rows:
        _, done_by, said_in = (each.strip() for each in row.strip("|").split(" | "))
        assert "`" in done_by or "by hand" in done_by, row
        page = re.search(r"([\w-]+\.md)", said_in)
        assert page, row
        assert (DOCS / page[1]).is_file(), row
    assert set(re.findall(r"tests\.soak (\w+)", PAGE)) <= set(RUNS)
