"""What to say where the database cannot be used: one line that names it, never its password."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.engine import BUSY_MS, UrlError, normalise_url
from db.migrate import SchemaError

_WIDEST = 300
_LEAST_ROOM = 2**16
FULL = "the disk is full: nothing was written; make room, and a running bot goes on by itself"
_DAMAGED = (
    "the file is damaged or no SQLite database; move it aside, "
    "and `dondoc restore` brings a backup back into a new one"
)
# SQLite's primary result codes that speak of the file, not of a statement.
_SQLITE = {
    sqlite3.SQLITE_BUSY: f"another program has kept the file locked for {BUSY_MS // 1000} s; stop it first",
    sqlite3.SQLITE_LOCKED: "another program has locked the file; stop it first",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_READONLY: "this user may only read the file; allow writing to it and to its folder",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written: look whether it is full, failing or gone",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; name one in a folder that this user may write to",
    sqlite3.SQLITE_PROTOCOL: "the file cannot be locked; it must be on a disk of this machine",
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
# PostgreSQL's codes for what is no bug: rights, a server that only reads, a damaged table, a disk.
_NOT_ALLOWED = ("42501", "25006", "XX001", "XX002", "58030")
_DISK_FULL = "53100"
_NO_SPACE = os.strerror(errno.ENOSPC)  # said where not even a connection can be made
# What an operating system says of a disk or of rights.
_OF_A_DISK = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS),
    *(errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR),
)


def find_problem(error: Exception, url: str) -> str | None:
    """The line for an error of the database itself; None where it is a bug, whose traceback is wanted."""
    if isinstance(error, UrlError | SchemaError):
        return f"DATABASE_URL: {error}"
    try:
        address = normalise_url(url)
    except UrlError:
        return None
    found = find_cause(error, address)
    return found and f"DATABASE_URL ({_show(address)}): {found}"


def find_disk_problem(error: Exception) -> str | None:
    """The same for files beside the database; None where it is a bug."""
    if not isinstance(error, OSError) or error.errno not in _OF_A_DISK:
        return None
    if error.filename is None and error.errno in (errno.EACCES, errno.EPERM, errno.ENOTDIR):
        return None  # of a port, or of another process
    reason = FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else os.strerror(error.errno)
    return f"DATA_DIR ({error.filename or 'a file in it'}): {reason}"


def name_cause(error: Exception, address: URL) -> str:
    """As `find_cause`; of a bug its kind alone, since its own words repeat the rows."""
    return find_cause(error, address) or type(error).__name__


def first_words(error: Exception) -> str:
    """What a database says of a statement of ours, without the rows it repeats further down."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = (str(cause).splitlines() or [""])[0]
    return f"{type(cause).__name__}: {words[:_WIDEST]}"


def find_cause(error: Exception, address: URL) -> str | None:
    """What is wrong and what to do, without the address."""
    if isinstance(error, PoolTimeout):
        return "all connections are busy"
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorcode", 0) & 0xFF, address)
    if isinstance(cause, psycopg.Error) and (cause.sqlstate == _DISK_FULL or _NO_SPACE in str(cause)):
        return "the server's disk is full: nothing was written; make room there, and a running bot goes on by itself"
    if isinstance(cause, psycopg.OperationalError):
        return _without_password(cause, address)
    if isinstance(cause, psycopg.Error) and cause.sqlstate in _NOT_ALLOWED:
        return _without_password(cause, address)
    return None


def _of_sqlite(code: int, address: URL) -> str | None:
    # Where there is no room for the files beside it, SQLite speaks of the disk in general.
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_full(Path(str(address.database))):
        return FULL
    return _SQLITE.get(code)


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _show(address: URL) -> str:
    """Where it is, without who may enter."""
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    port = f":{address.port}" if address.port else ""
    return f"postgresql://{address.host or ''}{port}/{address.database or ''}"


def _without_password(error: psycopg.Error, address: URL) -> str:
    said = " ".join(str(error).split())
    for secret in (address.password, address.query.get("password")):
        if isinstance(secret, str) and secret:
            said = said.replace(secret, "***")
    return said if len(said) <= _WIDEST else said[: _WIDEST - 1] + "…"
