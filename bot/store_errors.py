"""What to say where the database cannot be used: one line that names it, never its password."""

import sqlite3

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.engine import BUSY_MS, UrlError, normalise_url
from db.migrate import SchemaError

_WIDEST = 300
_DAMAGED = "the file is damaged or no SQLite database; `dondoc restore` brings a backup back into a new one"
# SQLite's primary result codes that speak of the file, not of a statement.
_SQLITE = {
    sqlite3.SQLITE_BUSY: f"another program has kept the file locked for {BUSY_MS // 1000} s; stop it first",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_READONLY: "this user may only read the file; allow writing to it and to its folder",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; name one in a folder that this user may write to",
    sqlite3.SQLITE_PROTOCOL: "the file cannot be locked; it must be on a disk of this machine",
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_NOT_ALLOWED = ("42501", "25006")


def find_problem(error: Exception, url: str) -> str | None:
    """The line for an error of the database itself; None where it is a bug, whose traceback is wanted."""
    if isinstance(error, UrlError | SchemaError):
        return f"DATABASE_URL: {error}"
    try:
        address = normalise_url(url)
    except UrlError:
        return None
    found = _find_cause(error, address)
    return found and f"DATABASE_URL ({_show(address)}): {found}"


def _find_cause(error: Exception, address: URL) -> str | None:
    if isinstance(error, PoolTimeout):
        return "all connections are busy"
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(cause, psycopg.OperationalError):
        return _without_password(cause, address)
    if isinstance(cause, psycopg.Error) and cause.sqlstate in _NOT_ALLOWED:
        return _without_password(cause, address)
    return None


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
