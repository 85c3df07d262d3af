"""When the last backup was made, and where: a note in DATA_DIR, since a backup only reads the database."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import wall

NAME = "last-backup.json"


@dataclass(frozen=True)
class Latest:
    """`at`: aware UTC, by the machine's clock; `path`: where it was written, which may be gone since."""

    at: datetime
    path: str


def note_latest(data_dir: Path, path: Path) -> None:
    """After a backup by `dondoc backup`. Raises OSError; a note that is cut short counts as none."""
    text = json.dumps({"at": wall().isoformat(), "path": str(path.absolute())}, ensure_ascii=False)
    (data_dir / NAME).write_text(text, encoding="utf-8")


def find_latest(data_dir: Path) -> Latest | None:
    try:
        found = json.loads((data_dir / NAME).read_text(encoding="utf-8"))
        latest = Latest(datetime.fromisoformat(found["at"]), str(found["path"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return latest if latest.at.tzinfo else None
