"""One database, opened for writing and for reading. Every write is one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from time import sleep
from typing import Any, cast

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    Result,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlmodel import Session

from db.remembering import count_writes

BUSY_MS = 20_000
RETRY_MS = 20
CONNECT_S = 10
# libpq's: how long until a connection, or one that has gone silent, is given up.
_PATIENCE = {
    "connect_timeout": CONNECT_S,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 14_000,
}
_EXAMPLES = "use sqlite:///data/dondoc.db or postgresql://user:password@host/name"


class UrlError(ValueError):
    """An address that no database can be opened by; says what would be right."""


class Database:
    """Hands out transactions. SQLite: WAL, `synchronous=FULL` (a power cut loses nothing that was committed).

    `idle_s`: PostgreSQL ends a writing transaction whose program does nothing for so long, so that one that was
    frozen, or whose line is cut, holds no lock for ever.
    """

    def __init__(self, url: str, *, pool_size: int = 8, idle_s: float | None = None) -> None:
        self.url = normalise_url(url)
        self._turn = RLock()
        if self.is_sqlite:
            self.writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", pool_size)
            self.reader = _sqlite_engine(self.url, "BEGIN", pool_size, query_only=True)
        else:
            # Of the transaction, not of the connection: that may be a pooler's, and serve others next.
            limit = f"; SET LOCAL idle_in_transaction_session_timeout = {int((idle_s or 0) * 1000)}"
            self.writer = _postgresql_engine(
                self.url, "BEGIN" if idle_s is None else f"BEGIN{limit}", pool_size
            )
            # READ COMMITTED would let two queries of one listing see two different moments.
            self.reader = self.writer.execution_options(
                begin="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits at the end of the block and undoes everything on an error."""
        with self._in_turn(), Session(self.writer, expire_on_commit=False) as session, session.begin():
            _connect(session, self.writer)
            yield session

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """SQLite: one thread after the other.

        Who waits for its own lock looks again after longer and longer sleeps: a thread that writes all the time
        would keep the others out for half a second. Other processes are still waited for there.
        """
        has_turn = self.is_sqlite and self._turn.acquire(timeout=BUSY_MS / 1000)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view that cannot write."""
        with Session(self.reader, autoflush=False, expire_on_commit=False) as session, session.begin():
            _connect(session, self.reader)
            yield session

    def migration_engine(self) -> Engine:
        """For changes of the schema: foreign keys off, since batch changes would drop child rows."""
        if not self.is_sqlite:
            return _postgresql_engine(self.url, "BEGIN", 1)
        return _sqlite_engine(self.url, "BEGIN IMMEDIATE", 1, foreign_keys=False)

    def close(self) -> None:
        # The writer is the last: of SQLite's log nothing stays beside the file then, which a reader may not write.
        self.reader.dispose()
        self.writer.dispose()


def _connect(session: Session, engine: Engine) -> None:
    """Begins. A connection that broke while it rested shows it now, when nothing can be lost: once, a new one does."""
    try:
        session.connection()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        engine.dispose()  # the others that rest will be no better
        session.connection()


def count_changed(result: Result[*tuple[Any, ...]]) -> int:
    """How many rows an UPDATE or DELETE changed: the way rows are claimed on both databases."""
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def read_clock(session: Session) -> datetime:
    """The database's own clock: what several machines agree on."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(datetime, session.execute(text("SELECT clock_timestamp()")).scalar_one()).astimezone(UTC)
    return datetime.now(UTC)


def normalise_url(url: str) -> URL:
    """`postgres://` and `postgresql://` are opened with psycopg 3. Raises UrlError for what cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        # Not repeated: it may hold a password.
        raise UrlError("not an address: " + _EXAMPLES) from error
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):
        if "@" in f"{parsed.host}{parsed.database}":
            # What is taken for the host or the name is the end of a password: not repeated.
            raise UrlError("write the @ : / of a password as %40 %3A %2F")
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UrlError(f"unknown database {backend!r}: {_EXAMPLES}")
    if not parsed.database or ":memory:" in parsed.database or parsed.database.startswith("file:"):
        raise UrlError("a database in memory or a file: address keeps nothing safe: " + _EXAMPLES)
    return parsed.set(drivername="sqlite+pysqlite")


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite URL; None for PostgreSQL."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def _postgresql_engine(url: URL, begin: str, pool_size: int) -> Engine:
    """Its transactions are begun here: by one journey to the server, which finds a broken connection as well."""
    # An address may set its own; without them a server that is gone is waited for until TCP gives up.
    arguments = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=4, connect_args={**arguments, "autocommit": True}
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        words = connection.get_execution_options().get("begin", begin)
        raw: Any = connection.connection.driver_connection
        try:
            # Two commands, which cannot be prepared.
            raw.execute(words, prepare=False)
        except connection.dialect.loaded_dbapi.Error as error:
            connection.invalidate(error)
            raise OperationalError(words, None, error, connection_invalidated=True) from error

    count_writes(engine)
    return engine


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Several programs on a new file: the change of mode is refused at once, whatever the busy timeout says."""
    for left in reversed(range(BUSY_MS // RETRY_MS)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if left == 0 or error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            sleep(RETRY_MS / 1000)


def _sqlite_engine(
    url: URL, begin: str, pool_size: int, *, query_only: bool = False, foreign_keys: bool = True
) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=4, connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        # pysqlite must not begin transactions by itself: a deferred BEGIN loses the race for the write lock.
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        _use_wal(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    count_writes(engine)
    return engine
