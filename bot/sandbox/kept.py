"""What a sandbox that may not run keeps: the time at which it stands, and whose it is."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from .core import START
from .store import find_file


def read_time(folder: Path) -> datetime:
    """As it was when it ended; where it never ran, or cannot be asked, the time at which it begins."""
    now = _read(folder, "now")
    return datetime.fromisoformat(now) if now else START


def read_bot_id(folder: Path) -> int | None:
    """The id of its bot; None where it never ran."""
    token = _read(folder, "token")
    return int(token.partition(":")[0]) if token else None


def _read(folder: Path, key: str) -> str | None:
    query = "SELECT body FROM entries WHERE kind = 'value' AND key = ?"
    try:
        with closing(sqlite3.connect(f"{find_file(folder).absolute().as_uri()}?mode=ro", uri=True)) as kept:
            row = kept.execute(query, (key,)).fetchone()
    except sqlite3.Error:
        return None
    return str(json.loads(row[0])) if row else None
