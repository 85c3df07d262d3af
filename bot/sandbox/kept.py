"""The time at which a sandbox that does not run stands."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from .core import START
from .store import find_file


def read_time(folder: Path) -> datetime:
    """As it was when it ended; where it never ran, or cannot be asked, the time at which it begins."""
    try:
        with closing(sqlite3.connect(f"{find_file(folder).absolute().as_uri()}?mode=ro", uri=True)) as kept:
            row = kept.execute("SELECT body FROM entries WHERE kind = 'value' AND key = 'now'").fetchone()
    except sqlite3.Error:
        return START
    return datetime.fromisoformat(json.loads(row[0])) if row else START
