"""`docs/security.md` names tests that exist, and the figures of the code."""

import re
from pathlib import Path

from bot.inbox.fair import SHARE
from bot.inbox.receive import DEEPEST
from bot.inbox.work import TURN_S
from bot.services.office.guessing import MOST, MOST_OVERALL
from bot.web.patience import HEADERS_S, MOST_CONNECTIONS
from tests.services.test_hostile_updates import COUNT
from tests.soak.__main__ import UPDATES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_it_names_is_there() -> None:
    named = set(re.findall(r"`(?:tests/[\w/]+/)?(\w+\.py)`", PAGE))
    assert len(named) > 10
    assert named - {each.name for each in (ROOT / "tests").rglob("*.py")} == set()


def test_the_figures_are_those_of_the_code() -> None:
    assert (MOST, MOST_OVERALL, SHARE) == (5, 100, 20)
    for figure in (f"deeper than {DEEPEST} levels", f"{TURN_S:g} s each", f"within {HEADERS_S:g} s"):
        assert figure in PAGE
    for number in (COUNT, UPDATES, MOST_CONNECTIONS):
        assert f"{number:,}" in PAGE
