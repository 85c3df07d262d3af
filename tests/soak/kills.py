"""Two hundred kills: offices one after another, on each database and by each way, until there have been enough."""

import itertools
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.conftest import created_database, migrate_url, serving_postgresql
from tests.e2e.forker import Forker, forking
from tests.e2e.kills import WAYS, run_kills

AT_ONE_OFFICE = 25
LIFE_S = 3.0


def kill_so_often(kills: int, seed: str) -> bool:
    """Over the four ways in turn; prints what became of each office. True where nothing was lost or doubled."""
    total: Counter[str] = Counter()
    is_good = True
    with serving_postgresql() as server, forking() as forker:
        ways = itertools.cycle(itertools.product(("sqlite", "postgresql"), WAYS))
        while total["kills"] < kills:
            kind, way = next(ways)
            count = min(AT_ONE_OFFICE, kills - total["kills"])
            began = time.monotonic()
            figures = _kill_one_office(forker, server, kind, way, count, f"{seed}:{total['kills']}")
            is_good &= figures is not None
            total.update(figures or {"kills": count})
            told = figures or "NOT GOOD"
            print(f"{kind}, {way}: {told}, {time.monotonic() - began:.0f} s", flush=True)
    print(dict(total))
    return is_good


def _kill_one_office(
    forker: Forker, server: str, kind: str, way: str, kills: int, seed: str
) -> dict[str, int] | None:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-kills-"))
    try:
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'dondoc.db'}"
            migrate_url(url)
            figures = run_kills(forker, folder, url, way, kills, seed, LIFE_S)
        else:
            with created_database(server, "pattern") as url:
                figures = run_kills(forker, folder, url, way, kills, seed, LIFE_S)
    except (AssertionError, TimeoutError) as error:
        # The folder stays, to be looked into.
        print(f"seed {seed}, {folder}: {error}", file=sys.stderr, flush=True)
        return None
    shutil.rmtree(folder, ignore_errors=True)
    return figures
