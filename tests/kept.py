"""One database of each kind, kept from test to test: put back between them to how it was, not made anew.

A new engine compiles every statement again and a new connection learns the schema again, which costs more than most
tests do. What a test leaves behind that putting rows back cannot mend (listeners, connections, tables changed) is
noticed, and the database then made anew.
"""

import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db.engine import Database

T = TypeVar("T")
WAIT_MS = 3000


class Kept(Protocol):
    """A database that can be put back to a state it once was in."""

    database: Database

    @property
    def url(self) -> str:
        """Of the database, to be opened by others too."""

    def reset(self) -> None:
        """As it was when it was new."""

    def once(self, state: Hashable, make: Callable[[], T]) -> T:
        """The state that `make` leads to: made the first time, later put back as it was then.

        Returns what `make` returned that time.
        """


def count_listeners(database: Database) -> int:
    """How many are told of what its engines and their pools do."""
    engines: Any = database.writer.dispatch
    pools: Any = database.writer.pool.dispatch
    heard = [
        getattr(each, name) for each in (engines, database.reader.dispatch) for name in engines._event_names
    ]
    heard += [getattr(pools, name) for name in pools._event_names]
    return sum(map(len, heard))


@dataclass
class KeptSqlite:
    """A file; its states are files beside it. `pattern`: one that is migrated."""

    pattern: Path
    folder: Path
    made: dict[Hashable, tuple[Path, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path = self.folder / "dondoc.db"
        self._numbers = count(1)
        self._open()

    def _open(self) -> None:
        self.database = Database(self.url)
        self._listeners = count_listeners(self.database)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def reset(self) -> None:
        self._put(self.pattern)

    def once(self, state: Hashable, make: Callable[[], T]) -> T:
        if state in self.made:
            file, value = self.made[state]
            self._put(file)
            return value  # type: ignore[no-any-return]
        made = make()
        self.database.close()  # all of it is in the one file then
        copy = self.folder / f"state-{next(self._numbers)}.db"
        shutil.copyfile(self.path, copy)
        self.made[state] = copy, made
        return made

    def _put(self, file: Path) -> None:
        self.database.close()
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copyfile(file, self.path)
        if count_listeners(self.database) != self._listeners:
            self._open()


Rows = dict[str, bytes]


@dataclass(frozen=True)
class State:
    """Of a PostgreSQL database: its rows as COPY writes them, and how far its sequences have counted."""

    rows: Rows
    counted: dict[str, int]


@dataclass
class KeptPostgresql:
    """A database of a server; `create` makes it anew from the migrated one and returns its address."""

    create: Callable[[], str]
    made: dict[Hashable, tuple[State, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._open()
        self._new = self._read()

    def _open(self) -> None:
        self.address = self.create()
        self.database = Database(self.address)
        self._listeners = count_listeners(self.database)
        self._hand = self._connect()
        self._tables = [
            str(name)
            for (name,) in self._hand.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ]
        self._schema = self._read_schema()

    def _connect(self) -> "psycopg.Connection[Any]":
        plain = make_url(self.address).set(drivername="postgresql").render_as_string(hide_password=False)
        hand = psycopg.connect(plain, autocommit=True)
        # Neither triggers nor foreign keys: the order of the tables does not matter then.
        hand.execute("SET session_replication_role = replica")
        hand.execute(f"SET lock_timeout = {WAIT_MS}")
        return hand

    @property
    def url(self) -> str:
        return self.address

    def reset(self) -> None:
        self._put(self._new)

    def once(self, state: Hashable, make: Callable[[], T]) -> T:
        if state in self.made:
            stored, value = self.made[state]
            self._put(stored)
            return value  # type: ignore[no-any-return]
        made = make()
        self.made[state] = self._read(), made
        return made

    def close(self) -> None:
        self.database.close()
        self._hand.close()

    # --- what is in it

    def _read_schema(self) -> Any:
        """Changes with any change of a table, its columns, its indexes or its triggers."""
        return self._hand.execute(
            "SELECT (SELECT sum(hashtextextended(format('%s %s %s', oid, relname, xmin), 0)) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S'),"
            " (SELECT sum(hashtextextended(format('%s %s', oid, xmin), 0)) FROM pg_trigger)"
        ).fetchone()

    def _read(self) -> State:
        rows = {table: self._copy_out(table) for table in self._tables}
        counted = self._hand.execute("SELECT sequencename, last_value FROM pg_sequences")
        return State(
            {table: found for table, found in rows.items() if found},
            {name: last for name, last in counted if last is not None},
        )

    def _copy_out(self, table: str) -> bytes:
        order = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self._hand.cursor() as cursor, cursor.copy(order) as copy:
            return b"".join(bytes(each) for each in copy)

    # --- put back

    def _put(self, state: State) -> None:
        try:
            self._part_from_others()
            if self._read_schema() != self._schema:
                raise psycopg.DatabaseError("the tables are no longer what they were")
            self._put_rows(state)
        except psycopg.Error:
            self.close()
            self._open()
            self._put_rows(state)
        if count_listeners(self.database) != self._listeners:
            self.database.close()
            self.database = Database(self.address)

    def _part_from_others(self) -> None:
        """Nobody but the kept engine's resting connections stays in the database."""
        rest = self.database.writer.pool
        others = self._hand.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
        if others == (rest.checkedin(),):  # type: ignore[attr-defined]
            return
        self.database.close()
        self._hand.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def _put_rows(self, state: State) -> None:
        filled = self._delete()
        if filled:
            self._hand.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(map(sql.Identifier, filled))))
        with self._hand.transaction(), self._hand.cursor() as cursor:
            for table, rows in state.rows.items():
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                    copy.write(rows)
            begun = cursor.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")
            for name in {name for (name,) in begun} | state.counted.keys():
                last = state.counted.get(name)
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", (name, last or 1, last is not None))

    def _delete(self) -> list[str]:
        """The tables that had rows."""
        each = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in self._tables]
        filled = []
        with self._hand.transaction(), self._hand.cursor() as cursor:
            cursor.execute(sql.SQL("; ").join(each))
            for table in self._tables:
                if cursor.rowcount:
                    filled.append(table)
                cursor.nextset()
        return filled
