"""A consistent copy of database and attachments in one archive that either kind of database can take back.

The archive is a zip: `manifest.json`, `tables/NAME.jsonl` (a JSON object a row), `attachments/SHA256`.
"""

from bot.backup.latest import Latest, find_latest, note_latest
from bot.backup.reading import Archive
from bot.backup.restoring import Restored, restore_backup
from bot.backup.writing import Written, back_up_before_migration, write_backup

__all__ = [
    "Archive",
    "Latest",
    "Restored",
    "Written",
    "back_up_before_migration",
    "find_latest",
    "note_latest",
    "restore_backup",
    "write_backup",
]
