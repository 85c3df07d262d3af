"""What a sandbox remembers: one SQLite file, or memory where no folder is given."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

_TABLES = """
CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (file_id TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


class Store:
    """JSON values by kind and key, and files. Callers hold one lock; `commit` ends a change."""

    def __init__(self, folder: Path | None) -> None:
        self._connection = sqlite3.connect(_place(folder), check_same_thread=False, timeout=1)
        try:
            # One process at a time: the lock goes with the process, however it ends.
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise SettingsError(f"{folder}: the sandbox's file cannot be used ({error})") from error

    def put(self, kind: str, key: str | int, value: Any) -> None:
        body = json.dumps(value, ensure_ascii=False)
        self._connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (kind, str(key), body))

    def delete(self, kind: str, key: str | int) -> None:
        self._connection.execute("DELETE FROM entries WHERE kind = ? AND key = ?", (kind, str(key)))

    def list_all(self, kind: str) -> dict[str, Any]:
        rows = self._connection.execute("SELECT key, body FROM entries WHERE kind = ?", (kind,))
        return {key: json.loads(body) for key, body in rows}

    def put_file(self, file_id: str, content: bytes) -> None:
        self._connection.execute("INSERT INTO files VALUES (?, ?)", (file_id, content))

    def get_file(self, file_id: str) -> bytes:
        row = self._connection.execute("SELECT content FROM files WHERE file_id = ?", (file_id,)).fetchone()
        return bytes(row[0])

    def commit(self) -> None:
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()

    def close(self) -> None:
        self._connection.close()


def _place(folder: Path | None) -> str:
    if folder is None:
        return ":memory:"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: the sandbox's folder cannot be made ({error})") from error
    return str(find_file(folder))


def find_file(folder: Path) -> Path:
    return folder / "sandbox-telegram.sqlite"
